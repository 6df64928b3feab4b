"""What the tagger sees of a sentence: its words, its headings, its neighbours, its references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from danvan_nlp.types import Mention, Report, Role


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
    role : Role
        ``"sentence"`` or ``"footnote"``.
    references : tuple of str
        Number and symbol of the directives it cites, short forms resolved: ``"114-KL/TW"``, ``"04/2015/NĐ-CP"``.
        Numbers in the sentence's own words are found without this.
    document : str
        Sentences of different documents are no neighbours.
    """

    text: str
    headings: tuple[str, ...] = ()
    role: Role = "sentence"
    references: tuple[str, ...] = ()
    document: str = ""


def contexts(
    report: Report, mentions: Sequence[Mention] = (), *, document: str = ""
) -> tuple[list[int], list[SentenceContext]]:
    """Contexts of the sentences and footnotes of a report.

    Returns
    -------
    indexes : list of int
        Index into ``report.units`` of each context.
    contexts : list of SentenceContext
        In the order of the text.
    """
    headings = unit_headings(report)
    cited = cited_directives(report, mentions)
    indexes = [i for i, unit in enumerate(report.units) if unit.role in ("sentence", "footnote")]
    made = [
        SentenceContext(
            text=report.text[report.units[i].start : report.units[i].end],
            headings=headings[i],
            role=report.units[i].role,
            references=cited.get(i, ()),
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


def cited_directives(report: Report, mentions: Sequence[Mention]) -> dict[int, tuple[str, ...]]:
    """Number and symbol of the directives that each unit cites, by index of the unit."""
    cited: dict[int, tuple[str, ...]] = {}
    ordered = sorted((mention.start, i) for i, mention in enumerate(mentions))
    at = 0
    for index, unit in enumerate(report.units):
        found = []
        while at < len(ordered) and ordered[at][0] < unit.end:
            mention = mentions[ordered[at][1]]
            if mention.start >= unit.start and mention.number and mention.symbol:
                found.append(f"{mention.number}-{mention.symbol}")
            at += 1
        if found:
            cited[index] = tuple(found)
    return cited
