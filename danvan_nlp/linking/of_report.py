"""Relations of the report itself: its title, its opening sentence, the note that an appendix carries."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from danvan_nlp.language.key import fold
from danvan_nlp.linking.clauses import LEAD
from danvan_nlp.linking.collected import Collected
from danvan_nlp.linking.passages import acts, coordinated
from danvan_nlp.types import RelationType, Unit

_PURPOSE = re.compile(r"\bbáo cáo\b|\b(?:như sau|sau đây|dưới đây)\W*$")
_REPORTS = re.compile(r"\b(?:báo cáo|sơ kết|tổng kết)\b")
_REVIEWED = re.compile(r"\b(?:sơ kết|tổng kết)\b")
_NUMBERED = re.compile(r"\W*(?:[ivx]{1,5}|[a-d]|\d{1,2}|phần thứ|chương)\b\W")
_OWN: frozenset[RelationType] = frozenset(("reviews", "implements", "continues", "based_on", "responds_to", "guides"))
_ATTACHING = ("báo cáo", "công văn", "tờ trình", "kế hoạch")
_OPENING = 3


def attached(found: Collected, members: Sequence[int], unit: Unit, text: str) -> None:
    """Find what an appendix belongs to: "(kèm theo Báo cáo số …)"."""
    for i in members:
        m = found.mentions[i]
        before = text[unit.start : m.start]
        note = before.rfind("(")
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
    if not _PURPOSE.search(fold(text[unit.start : unit.end])):
        return
    for n, i in enumerate(members):
        previous = found.mentions[members[n - 1]].end if n else unit.start
        passage = text[previous : found.mentions[i].start]
        if any(source is not None for source, _ in found.on(i)):
            continue
        shared = found.of_report(members[n - 1]) if n and coordinated(passage) else None
        if shared:
            found.add(None, i, shared)
            continue
        folded = fold(passage)
        said = acts(passage, of_report=True) if LEAD.search(folded) or _REPORTS.search(folded) else None
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
            if zone and _numbered(text[unit.start : unit.end]):
                break
            zone.append(i)
    return zone
