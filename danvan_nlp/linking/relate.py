"""Which document acts on which: relations stated inside one unit, and those of the report itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from danvan_nlp.language.key import fold
from danvan_nlp.linking.clauses import issued_for
from danvan_nlp.linking.collected import Collected
from danvan_nlp.linking.context import unit_index
from danvan_nlp.linking.of_report import attached, opening, purpose, title
from danvan_nlp.linking.passages import acted_by, acts, acts_too, after_attributes, coordinated, listed
from danvan_nlp.types import Mention, Relation, RelationType, Unit

_WITH = re.compile(r"^[^;()]*\bkèm theo$")
_ACTED_THEN_WITH = re.compile(r"(?<!kèm )\b(?P<verb>theo|thực hiện|hướng dẫn)$")
_TURNS_BACK = re.compile(r"(?:,|,? ?và) ?(?:đồng thời )?(?:thay|bãi bỏ|sửa đổi|bổ sung)")
_REPLACES = re.compile(r" thay thế ?(?:[.;,)]|$)")
_CELL = re.compile(r"\t|\||\n|  +")
# A body replaces and amends documents of its own.
_OWN_KIND: tuple[RelationType, ...] = ("replaces", "amends")
_BEFORE = 60
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
    found = Collected(mentions)
    starts = [u.start for u in units]
    inside: dict[int, list[int]] = {}
    for i, m in enumerate(mentions):
        at = unit_index(units, starts, m.start)
        if at is not None and m.kind not in ("self", "anaphor"):
            inside.setdefault(at, []).append(i)
    first = opening(units, text)
    for at, members in inside.items():
        unit = units[at]
        if unit.role == "table":
            _row(found, members, unit, text)
        _between(found, members, text)
        issued_for(found, members, unit, text)
        attached(found, members, unit, text)
        if at in first:
            purpose(found, members, unit, text)
    title(found, inside, units, text)
    return sorted(found.relations, key=lambda r: (r.start, r.end, r.target))


def _same(a: Mention, b: Mention) -> bool:
    return bool(a.number) and (a.number, a.symbol) == (b.number, b.symbol)


def _body(m: Mention) -> str:
    """The body in a symbol: TU in KH/TU, UBND in KH-UBND."""
    return re.split(r"[/\-]", m.symbol or "")[-1]


def _between(found: Collected, members: Sequence[int], text: str) -> None:
    """Relations that the words between two neighbouring mentions state, and those shared over a coordination."""
    back_on: dict[int, tuple[int, RelationType]] = {}
    for n, (a, b) in enumerate(zip(members, members[1:], strict=False)):
        one, two = found.mentions[a], found.mentions[b]
        passage = text[one.end : two.start]
        if _same(one, two) or (_WITH.search(fold(passage)) and _with_decision(found, a, b, text)):
            continue
        if kind := acts(passage):
            actor = _outer(found, a, kind, passage)
            found.add(actor, b, kind)
            if actor == a:
                _shared_source(found, members[: n + 1], b, kind, text)
        elif back := acted_by(passage):
            back_on[b] = a, back
            found.add(b, a, back)
        elif also := acts_too(passage):
            for source, _ in found.on(a):
                found.add(source, b, also)
        elif coordinated(passage) and a in back_on:
            back_on[b] = back_on[a]
            found.add(b, *back_on[b])
        elif coordinated(passage) and _replaces_after(text[two.end : two.end + _BEFORE]):
            found.add(b, a, "replaces")
        elif coordinated(passage):
            for source, shared in found.on(a):
                if source is None or shared in _OWN_KIND or _may_act_on_both(found.mentions[source], two):
                    found.add(source, b, shared)


def _outer(found: Collected, a: int, kind: RelationType, passage: str) -> int:
    """The document that a verb after a comma belongs to: "A quy định chi tiết B, thay thế C" says that A replaces C."""
    sources = [source for source, _ in found.on(a) if source is not None]
    return sources[0] if sources and kind in _OWN_KIND and _TURNS_BACK.match(after_attributes(passage)) else a


def _replaces_after(following: str) -> bool:
    """Whether the verb stands at the end: "Quyết định A và Quyết định B, ngày … thay thế"."""
    return "thay" in following and bool(_REPLACES.match(after_attributes(following)))


def _may_act_on_both(source: Mention, target: Mention) -> bool:
    """A second document of the source's own body stands beside the source, save in a row that names the source last."""
    return _body(source) != _body(target) or source.start > target.start


def _shared_source(found: Collected, before: Sequence[int], target: int, kind: RelationType, text: str) -> None:
    """Let A act on C as B does: "Kế hoạch A và Công văn B thực hiện C"."""
    for a, b in zip(reversed(before[:-1]), reversed(before), strict=False):
        one, two = found.mentions[a], found.mentions[b]
        if _body(one)[-2:] != _body(two)[-2:] or found.on(b) or not listed(text[one.end : two.start]):
            return
        found.add(a, target, kind)


def _with_decision(found: Collected, a: int, b: int, text: str) -> bool:
    """Let B act on A in "Quy chế … theo A (ban hành) kèm theo B": B is the document that carries the rules."""
    start = found.mentions[a].start
    verb = _ACTED_THEN_WITH.search(fold(text[max(0, start - _BEFORE) : start]))
    if not verb:
        return False
    kinds: dict[str, RelationType] = {"theo": "based_on", "thực hiện": "implements", "hướng dẫn": "guides"}
    found.add(b, a, kinds[verb["verb"]])
    return True


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
        kind = acts(text[bounds[c] : found.mentions[inside[0]].start])
        if kind:
            found.add(source, inside[0], kind)


def _is_number_cell(m: Mention, start: int, end: int, text: str) -> bool:
    before, after = text[start : m.start], text[m.end : end]
    return not before.strip("-–+ ") and len(after.strip(" .,;\t|\n")) < _NUMBER_CELL
