"""Which document acts on which: relations stated inside one unit, and those of the report itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from danvan_nlp.language.key import fold
from danvan_nlp.linking.clauses import Clauses
from danvan_nlp.linking.collected import Collected
from danvan_nlp.linking.context import unit_index
from danvan_nlp.linking.of_report import attached, opening, purposes, title_units
from danvan_nlp.linking.passages import read
from danvan_nlp.types import Mention, Relation, Unit

_POINTS = re.compile(r" (?:này|đó|trên)$")
_CELL = re.compile(r"\t|\||\n|  +")
# A number cell holds the number, perhaps its date, and little else.
_NUMBER_CELL = 30


def relations(mentions: Sequence[Mention], *, text: str, units: Sequence[Unit]) -> list[Relation]:
    """Find the relations that the text states between its documents, and of the report to them.

    Parameters
    ----------
    mentions : sequence of Mention
        The document's references, in the order of the text.
    text : str
        The document's text.
    units : sequence of Unit
        Its units, in the order of the text.

    Returns
    -------
    list of Relation
        ``source`` None means the report; ``start, end`` cover the two mentions.

    Examples
    --------
    >>> text = "Kế hoạch số 12-KH/TU về thực hiện Kết luận số 114-KL/TW"
    >>> plan = Mention(start=0, end=20, kind="full", type="kế hoạch", number="12", symbol="KH/TU")
    >>> conclusion = Mention(start=34, end=55, kind="short", type="kết luận", number="114", symbol="KL/TW")
    >>> unit = Unit(start=0, end=len(text), role="sentence")
    >>> relations([plan, conclusion], text=text, units=[unit])[0].type
    'implements'
    """
    starts = [u.start for u in units]
    unit_of = [unit_index(units, starts, m.start) for m in mentions]
    stands_for: dict[int, int | None] = {}
    inside: dict[int, list[int]] = {}
    for i, (m, at) in enumerate(zip(mentions, unit_of, strict=True)):
        if m.kind == "anaphor" and m.alias_of is not None and _POINTS.search(fold(text[m.start : m.end])):
            if mentions[m.alias_of].kind == "self":
                stands_for[i] = None
            elif unit_of[m.alias_of] == at:
                stands_for[i] = m.alias_of
        if at is not None and (m.kind not in ("self", "anaphor") or i in stands_for):
            inside.setdefault(at, []).append(i)
    found = Collected(mentions, stands_for)
    title, first = title_units(units, text), opening(units, text)
    if any(at in inside for at in title):
        members = [i for at in title for i in inside.get(at, [])]
        Clauses(found, text, members, units[title[0]].start, "title").read()
    for at, members in inside.items():
        unit = units[at]
        attached(found, members, unit, text)
        if unit.role == "table":
            _row(found, members, unit, text)
        if at not in title:
            own = at in first and purposes(members, mentions, unit, text)
            Clauses(found, text, members, unit.start, "purpose" if own else "").read()
    return sorted(found.relations, key=lambda r: (r.start, r.end, r.target))


def _row(found: Collected, members: Sequence[int], unit: Unit, text: str) -> None:
    """Let the number in a cell of its own act on what the title cell of a list of documents names."""
    bounds = [unit.start, *(m.end() for m in _CELL.finditer(text, unit.start, unit.end)), unit.end]
    cells: dict[int, list[int]] = {}
    for i in members:
        cells.setdefault(bisect_right(bounds, found.mentions[i].start) - 1, []).append(i)
    own = [
        c for c, inside in cells.items() if _is_number_cell(found.mentions[inside[0]], bounds[c], bounds[c + 1], text)
    ]
    if len(own) != 1 or len(bounds) == len(("start", "end")):
        return
    source = cells.pop(own[0])[0]
    for c, inside in cells.items():
        passage = read(text[bounds[c] : found.mentions[inside[0]].start])
        if passage.verb and passage.by in ("document", "same"):
            found.add(source, inside[0], passage.verb.type)


def _is_number_cell(m: Mention, start: int, end: int, text: str) -> bool:
    before, after = text[start : m.start], text[m.end : end]
    return not before.strip("-–+ ") and len(after.strip(" .,;\t|\n")) < _NUMBER_CELL
