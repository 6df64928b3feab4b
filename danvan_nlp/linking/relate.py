"""Which document acts on which: relations stated inside one unit, and those of the report itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from danvan_nlp.language.key import fold
from danvan_nlp.linking.context import unit_index
from danvan_nlp.linking.passages import acted_by, acts, acts_too, coordinated, listed
from danvan_nlp.types import Mention, Relation, RelationType, Unit

_LEAD = re.compile(
    r"(?:^|[.;:] |[-–+•*] )(?:\d{1,2}[.)]\d?\.? ?|[a-zđ]\) )?(?:để )?(?P<verb>thực hiện|triển khai(?: thực hiện)?|quán triệt|căn cứ(?: vào)?|theo)"
    r"(?: (?:nghiêm túc|theo|tinh thần|nội dung|các|của|sự chỉ đạo|chỉ đạo|tại))*$"
)
_MADE_CONCRETE = re.compile(r"\b(?P<verb>cụ thể hóa|thể chế hóa)(?: (?:tinh thần|nội dung|các|của))*$")
_ISSUES = re.compile(r",.*\b(?:ban hành|xây dựng|tham mưu|ký|ra|có)(?:(?! kế hoạch| chương trình)[^;]){0,40}$")
_REPORTS = re.compile(r"\bbáo cáo\b")
_WITH = re.compile(r"^[^;()]*\bkèm theo$")
_ACTED_THEN_WITH = re.compile(r"(?<!kèm )\b(?P<verb>theo|thực hiện|hướng dẫn)$")
_NUMBERED = re.compile(r"^\W*(?:[IVX]{1,5}|[A-D]|\d{1,2}|phần thứ|chương)\b[\W]", re.IGNORECASE)
_CELL = re.compile(r"\t|\||\n|  +")
_OF_REPORT: frozenset[RelationType] = frozenset(
    ("reviews", "implements", "continues", "based_on", "responds_to", "guides")
)
_OPENING = 3
_TITLE_OF = 300


@dataclass(slots=True)
class _Found:
    """The relations of one document while they are being collected."""

    mentions: Sequence[Mention]
    relations: list[Relation] = field(default_factory=list)
    seen: set[tuple[int | None, int]] = field(default_factory=set)

    def add(self, source: int | None, target: int, type_: RelationType) -> None:
        """Keep a relation once; a pair has one."""
        if (source, target) in self.seen or source == target:
            return
        self.seen.add((source, target))
        t = self.mentions[target]
        s = self.mentions[source] if source is not None else t
        span = min(s.start, t.start), max(s.end, t.end)
        self.relations.append(Relation(source=source, target=target, type=type_, start=span[0], end=span[1]))

    def acted_on(self, target: int) -> list[tuple[int | None, RelationType]]:
        """What acts on a mention, and how."""
        return [(r.source, r.type) for r in self.relations if r.target == target]


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
    found = _Found(mentions)
    starts = [u.start for u in units]
    inside: dict[int, list[int]] = {}
    for i, m in enumerate(mentions):
        at = unit_index(units, starts, m.start)
        if at is not None and m.kind not in ("self", "anaphor"):
            inside.setdefault(at, []).append(i)
    opening = _opening(units, text)
    for at, members in inside.items():
        unit = units[at]
        if unit.role == "table":
            _row(found, members, unit, text)
        _between(found, members, text)
        _issued_for(found, members, unit, text)
        _attached(found, members, unit, text)
        if at in opening:
            _purpose(found, members, unit, text)
    _title(found, inside, units, text)
    found.relations.sort(key=lambda r: (r.start, r.end, r.target))
    return found.relations


def _same(a: Mention, b: Mention) -> bool:
    return bool(a.number) and (a.number, a.symbol) == (b.number, b.symbol)


def _body(m: Mention) -> str:
    """The body in a symbol: TU in KH/TU, UBND in KH-UBND."""
    return re.split(r"[/\-]", m.symbol or "")[-1]


def _between(found: _Found, members: Sequence[int], text: str) -> None:
    """Relations that the words between two neighbouring mentions state, and those shared over a coordination."""
    for n, (a, b) in enumerate(zip(members, members[1:], strict=False)):
        one, two = found.mentions[a], found.mentions[b]
        if _same(one, two):
            continue
        passage = text[one.end : two.start]
        if _WITH.search(fold(passage)) and _with_decision(found, a, b, text):
            continue
        kind = acts(passage)
        if kind:
            found.add(a, b, kind)
            _shared_source(found, members[: n + 1], b, kind, text)
        elif back := acted_by(passage):
            found.add(b, a, back)
        elif also := acts_too(passage):
            for source, _ in found.acted_on(a):
                found.add(source, b, also)
        elif coordinated(passage):
            for source, shared in found.acted_on(a):
                if (
                    source is None
                    or _body(found.mentions[source]) != _body(two)
                    or found.mentions[source].start > two.start
                ):
                    found.add(source, b, shared)


def _shared_source(found: _Found, before: Sequence[int], target: int, kind: RelationType, text: str) -> None:
    """ "Kế hoạch A và Công văn B thực hiện C": A acts on C as B does."""
    for a, b in zip(reversed(before[:-1]), reversed(before), strict=False):
        one, two = found.mentions[a], found.mentions[b]
        if _body(one) != _body(two) or found.acted_on(b) or not listed(text[one.end : two.start]):
            return
        found.add(a, target, kind)


def _with_decision(found: _Found, a: int, b: int, text: str) -> bool:
    """ "Quy chế … theo A (ban hành) kèm theo B": B, not A, is the document that carries the rules."""
    before = fold(text[max(0, found.mentions[a].start - 60) : found.mentions[a].start])
    verb = _ACTED_THEN_WITH.search(before)
    if not verb:
        return False
    kinds: dict[str, RelationType] = {"theo": "based_on", "thực hiện": "implements", "hướng dẫn": "guides"}
    found.add(b, a, kinds[verb["verb"]])
    return True


def _issued_for(found: _Found, members: Sequence[int], unit: Unit, text: str) -> None:
    """ "Thực hiện A và B, Tỉnh ủy ban hành C", "cụ thể hóa A bằng C": C implements what the clause begins with."""
    led: list[int] = []
    kind: RelationType = "implements"
    for n, a in enumerate(members):
        previous = found.mentions[members[n - 1]].end if n else unit.start
        passage = text[previous : found.mentions[a].start]
        folded = fold(passage)
        lead = _LEAD.search(folded) or _MADE_CONCRETE.search(folded)
        if led and _issues(folded):
            for target in led:
                found.add(a, target, kind)
            _issued_beside(found, members[n:], led, kind, text)
            led = []
        elif lead:
            led = [a]
            kind = "based_on" if lead["verb"].startswith(("căn cứ", "theo")) else "implements"
        elif led and coordinated(passage):
            led.append(a)
        else:
            led = []


def _issued_beside(found: _Found, members: Sequence[int], led: Sequence[int], kind: RelationType, text: str) -> None:
    """Documents that nothing but a conjunction joins to the one issued."""
    for c, d in zip(members, members[1:], strict=False):
        if not listed(text[found.mentions[c].end : found.mentions[d].start]):
            return
        for target in led:
            found.add(d, target, kind)


def _issues(passage: str) -> bool:
    """Whether a body issues the document after a passage: ", UBND tỉnh ban hành", "… bằng"."""
    if ";" in passage or ". " in passage:
        return False
    return passage.endswith("bằng") or ("," in passage and bool(_ISSUES.match(passage[passage.index(",") :])))


def _attached(found: _Found, members: Sequence[int], unit: Unit, text: str) -> None:
    """ "(kèm theo Báo cáo số …)": the report that an appendix belongs to."""
    for i in members:
        m = found.mentions[i]
        before = text[unit.start : m.start]
        open_at = before.rfind("(")
        note = open_at >= 0 or unit.role == "admin"
        if (
            note
            and acts(before[open_at + 1 :], of_report=True) == "attached_to"
            and m.type in ("báo cáo", "công văn", "tờ trình", "kế hoạch")
        ):
            found.add(None, i, "attached_to")


def _row(found: _Found, members: Sequence[int], unit: Unit, text: str) -> None:
    """A row of a list of documents: the number in a cell of its own acts on what the title cell names."""
    bounds = [unit.start, *(m.end() for m in _CELL.finditer(text, unit.start, unit.end)), unit.end]
    cells = list(zip(bounds, bounds[1:], strict=False))
    own = [
        i
        for i in members
        for start, end in cells
        if start <= found.mentions[i].start < end and not text[start : found.mentions[i].start].strip("-–+ ")
        and len(text[found.mentions[i].end : end].strip(" .,;\t|\n")) < 30
    ]  # fmt: skip
    if len(own) != 1 or len(cells) == 1:
        return
    for start, end in cells:
        inside = [i for i in members if start <= found.mentions[i].start < end and i != own[0]]
        if not inside:
            continue
        kind = acts(text[start : found.mentions[inside[0]].start])
        if kind:
            found.add(own[0], inside[0], kind)


def _opening(units: Sequence[Unit], text: str) -> set[int]:
    """The first sentences of the report, where it says what it is for."""
    first = [i for i, u in enumerate(units) if u.role == "sentence"][:_OPENING]
    found: set[int] = set()
    for n, i in enumerate(first):
        numbered = any(u.role == "heading" and _NUMBERED.match(text[u.start : u.end]) for u in units[first[0] : i])
        if n and numbered:
            break
        found.add(i)
    return found


def _purpose(found: _Found, members: Sequence[int], unit: Unit, text: str) -> None:
    """ "Thực hiện A của …, Ban Thường vụ báo cáo kết quả thực hiện B": the report implements both."""
    sentence = fold(text[unit.start : unit.end])
    if not _REPORTS.search(sentence):
        return
    for n, i in enumerate(members):
        m = found.mentions[i]
        previous = found.mentions[members[n - 1]].end if n else unit.start
        passage = text[previous : m.start]
        folded = fold(passage)
        if any(source is not None for source, _ in found.acted_on(i)):
            continue
        if n and coordinated(passage) and (None, members[n - 1]) in found.seen:
            for _, kind in [k for k in found.acted_on(members[n - 1]) if k[0] is None]:
                found.add(None, i, kind)
            continue
        lead = _LEAD.search(folded)
        says = _REPORTS.search(folded)
        kind_of = acts(passage[-_TITLE_OF:], of_report=True) if lead or says else None
        if kind_of in _OF_REPORT:
            found.add(None, i, kind_of)


def _title(found: _Found, inside: dict[int, list[int]], units: Sequence[Unit], text: str) -> None:
    """The report's title, over as many headings as it takes: "Sơ kết 05 năm thực hiện A"."""
    zone: list[int] = []
    for i, u in enumerate(units):
        if u.role in ("sentence", "footnote", "table"):
            break
        if u.role == "heading":
            if zone and _NUMBERED.match(text[u.start : u.end]):
                break
            zone.append(i)
    members = [i for at in zone for i in inside.get(at, [])]
    if not members:
        return
    start = units[zone[0]].start
    for n, i in enumerate(members):
        m = found.mentions[i]
        previous = found.mentions[members[n - 1]].end if n else start
        passage = text[previous : m.start]
        if any(True for _ in found.acted_on(i)):
            continue
        if n and coordinated(passage):
            for source, kind in found.acted_on(members[n - 1]):
                found.add(source, i, kind)
            continue
        said = acts(passage, of_report=True) if not n or not acts(passage) else None
        if said in _OF_REPORT and said is not None:
            found.add(None, i, said)
