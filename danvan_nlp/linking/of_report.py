"""Relations of the report itself: its title, its opening sentence, the note that an appendix carries."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from danvan_nlp.language.key import fold
from danvan_nlp.linking.clauses import LEAD, lead_kind
from danvan_nlp.linking.collected import Collected
from danvan_nlp.linking.passages import acts, coordinated, enumerated
from danvan_nlp.types import RelationType, Unit

_PURPOSE = re.compile(
    r"\bbáo cáo\b|\b(?:tổng hợp|đánh giá) (?:tình hình|kết quả)\b|\b(?:như sau|nội dung sau|sau đây|dưới đây)\W*$"
)
_REPORTS = re.compile(r"\b(?:báo cáo|sơ kết|tổng kết|đánh giá|tổng hợp)\b")
# "Theo yêu cầu của Tỉnh ủy tại Công văn số …": what asks for the report.
_ASKED = re.compile(r"\b(?:theo|thực hiện) (?:ý kiến )?(?:chỉ đạo|yêu cầu|đề nghị)(?: của [^,;]{3,60})? tại$")
_REVIEWED = re.compile(r"\b(?:sơ kết|tổng kết)\b")
_NUMBERED = re.compile(r"\W*(?:[ivx]{1,5}|[a-d]|\d{1,2}(?! năm)|phần thứ|chương)\b\W")
_SECTION = re.compile(r"\W*(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})[.)] ")
_OWN: frozenset[RelationType] = frozenset(("reviews", "implements", "continues", "based_on", "responds_to", "guides"))
_ATTACHING = ("báo cáo", "công văn", "tờ trình", "kế hoạch")
_CLOSING = ("trên đây là", "trên đây, là")
_ISSUED_WITH = re.compile(r"\W*\((?:được )?ban hành kèm theo\s*$")
_OPENING = 3


def attached(found: Collected, members: Sequence[int], unit: Unit, text: str) -> None:
    """Find what an appendix, or the rules that a decision carries, belong to: "(kèm theo Báo cáo số …)"."""
    for i in members:
        m = found.mentions[i]
        before = text[unit.start : m.start]
        note = before.rfind("(")
        if m.type == "quyết định" and _ISSUED_WITH.match(fold(before)):
            found.add(None, i, "issued_with")
        if m.type not in _ATTACHING or (note < 0 and unit.role != "admin"):
            continue
        if acts(before[note + 1 :], of_report=True) == "attached_to":
            found.add(None, i, "attached_to")


def opening(units: Sequence[Unit], text: str) -> set[int]:
    """The first sentences of the report, before its first numbered section: where it says what it is for."""
    found: set[int] = set()
    for i, unit in enumerate(units):
        if unit.role == "sentence":
            found.add(i)
        elif found and unit.role == "heading" and _numbered(text[unit.start : unit.end]):
            break
        if len(found) == _OPENING:
            break
    return found


def purpose(found: Collected, members: Sequence[int], unit: Unit, text: str) -> None:
    """Find what the report does by its own words: "Thực hiện A, Ban Thường vụ báo cáo kết quả thực hiện B"."""
    whole = fold(text[unit.start : unit.end])
    if whole.startswith(_CLOSING):
        return
    asked = bool(_ASKED.search(fold(text[unit.start : found.mentions[members[0]].start])))
    if not (asked or _PURPOSE.search(whole)):
        return
    for n, i in enumerate(members):
        previous = found.mentions[members[n - 1]].end if n else unit.start
        passage = text[previous : found.mentions[i].start]
        if any(source is not None for source, _ in found.on(i)):
            continue
        shared = found.of_report(members[n - 1]) if n and (coordinated(passage) or enumerated(passage)) else None
        if shared:
            found.add(None, i, shared)
            continue
        folded = fold(passage)
        leads = any(pattern.search(folded) for pattern in (LEAD, _REPORTS, _ASKED))
        said = acts(passage, of_report=True) if leads else None
        if said is None and (lead := LEAD.search(folded)):
            said = lead_kind(lead)
        if said in _OWN:
            found.add(None, i, said)


def title(found: Collected, inside: Mapping[int, Sequence[int]], units: Sequence[Unit], text: str) -> None:
    """Find what the report's title says, over as many headings as it takes: "Sơ kết 05 năm thực hiện A"."""
    zone = _title_units(units, text)
    members = [i for at in zone for i in inside.get(at, [])]
    for n, i in enumerate(members):
        previous = found.mentions[members[n - 1]].end if n else units[zone[0]].start
        passage = text[previous : found.mentions[i].start]
        if found.on(i):
            continue
        if n and coordinated(passage):
            for source, kind in found.on(members[n - 1]):
                found.add(source, i, kind)
        elif not n or not acts(passage):
            said = acts(passage, of_report=True)
            before = found.of_report(members[n - 1]) if n else None
            if said == "reviews" and before == "implements" and not _REVIEWED.search(fold(passage)):
                # "Kết quả 5 năm thực hiện A và 4 năm thực hiện B": what heads the title holds for both.
                said = before
            if said in _OWN:
                found.add(None, i, said)


def _numbered(heading: str) -> bool:
    return bool(_NUMBERED.match(fold(heading)))


def _title_units(units: Sequence[Unit], text: str) -> list[int]:
    """The headings before the text begins and before the first that is numbered."""
    zone: list[int] = []
    for i, unit in enumerate(units):
        if unit.role in ("sentence", "footnote", "table"):
            break
        if unit.role == "heading":
            if _numbered(text[unit.start : unit.end]) and (zone or _SECTION.match(text[unit.start : unit.end])):
                break
            zone.append(i)
    return zone
