"""What the tagger sees of a sentence: its words, its headings, its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from danvan_nlp.types import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceContext:
    """A sentence with what stands around it.

    Neighbours are not named here: they are the sentences before and after in the sequence that is given to
    ``Tagger.tag``, as far as they have the same ``document``.

    Attributes
    ----------
    text : str
        The sentence, as it stands in its source.
    headings : tuple of str
        Headings of the sections it stands in, the outermost first.
    document : str
        Sentences of different documents are no neighbours.
    """

    text: str
    headings: tuple[str, ...] = ()
    document: str = ""


def contexts(report: Report, *, document: str = "") -> tuple[list[int], list[SentenceContext]]:
    """Contexts of the sentences and footnotes of a report.

    Parameters
    ----------
    report : Report
        A report read into its structure.
    document : str
        What tells its sentences from those of other reports given to the tagger together.

    Returns
    -------
    indexes : list of int
        Index into ``report.units`` of each context.
    contexts : list of SentenceContext
        In the order of reading: a footnote behind the sentence that bears its mark.
    """
    headings = unit_headings(report)
    judged = (i for i, unit in enumerate(report.units) if unit.role in ("sentence", "footnote"))
    indexes = sorted(judged, key=lambda i: reading_place(report, i))
    made = [
        SentenceContext(
            text=report.text[report.units[i].start : report.units[i].end],
            headings=headings[i],
            document=document,
        )
        for i in indexes
    ]
    return indexes, made


def reading_place(report: Report, index: int) -> tuple[int, int]:
    """Sort key of a unit in the order of reading, which has a footnote behind the sentence that bears its mark."""
    anchor = report.units[index].anchor
    return (index if anchor is None else anchor, index)


def unit_headings(report: Report) -> list[tuple[str, ...]]:
    """Headings above each unit, the outermost first.

    A footnote has those of the sentence that bears its mark, or none where that is not known: footnotes may stand at
    the end of the report, under headings that say nothing of them. The report's title is no section's heading: it
    names everything the report holds ("… nhiệm vụ năm 2020").
    """
    paths = _paths(report)
    made = []
    for unit in report.units:
        holder = unit if unit.anchor is None else report.units[unit.anchor]
        lost = holder.section is None or (unit.role == "footnote" and unit.anchor is None)
        made.append(() if lost or holder.section is None else paths[holder.section])
    return made


def _paths(report: Report) -> list[tuple[str, ...]]:
    """Titles from the root to each section; a parent stands before its children."""
    paths: list[tuple[str, ...]] = []
    for section in report.sections:
        above = paths[section.parent] if section.parent is not None else ()
        paths.append((*above, section.title) if section.title.strip() else above)
    return paths
