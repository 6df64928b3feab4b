"""What the tagger sees of a sentence: its words, its headings, its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from danvan_nlp.types import Mention, Report


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


def contexts(
    report: Report, mentions: Sequence[Mention] = (), *, document: str = ""
) -> tuple[list[int], list[SentenceContext]]:
    """Contexts of the sentences and footnotes of a report.

    Parameters
    ----------
    mentions : sequence of Mention
        Not weighed: cited directives were no help beyond the sentence's words (model card).

    Returns
    -------
    indexes : list of int
        Index into ``report.units`` of each context.
    contexts : list of SentenceContext
        In the order of the text.
    """
    headings = unit_headings(report)
    indexes = [i for i, unit in enumerate(report.units) if unit.role in ("sentence", "footnote")]
    made = [
        SentenceContext(
            text=report.text[report.units[i].start : report.units[i].end],
            headings=headings[i],
            document=document,
        )
        for i in indexes
    ]
    return indexes, made


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
