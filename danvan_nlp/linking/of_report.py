"""Where a report speaks of itself: its title, its opening sentence, the note that an appendix carries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danvan_nlp.language.key import fold
from danvan_nlp.linking.collected import Collected
from danvan_nlp.linking.passages import Passage, find_verb
from danvan_nlp.linking.wordings import has, wordings
from danvan_nlp.types import Mention, RelationType, Unit

_NUMBERED = re.compile(r"\W*(?:[ivx]{1,5}|[a-d]|\d{1,2}(?! năm)|phần thứ|chương)\b\W")
_SECTION = re.compile(r"\W*(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})[.)] ")
_OWN: frozenset[RelationType] = frozenset(("reviews", "implements", "continues", "based_on", "responds_to", "guides"))
_ATTACHING = ("báo cáo", "công văn", "tờ trình", "kế hoạch")
_OPENING = 3


def attached(found: Collected, members: Sequence[int], unit: Unit, text: str) -> None:
    """Find what an appendix, or the rules that a decision carries, belong to: "(kèm theo Báo cáo số …)"."""
    for i in members:
        m = found.mentions[i]
        before = text[unit.start : m.start]
        note = before.rfind("(")
        if m.type == "quyết định" and has("issued_with_it", fold(before)):
            found.add(None, i, "issued_with")
        if m.type not in _ATTACHING or (note < 0 and unit.role != "admin"):
            continue
        verb, _ = find_verb(fold(before[note + 1 :]), title="")
        if verb and verb.type == "attached_to":
            found.add(None, i, "attached_to")


def says(passage: Passage, role: str) -> RelationType | None:
    """What the report does with the next document, where people's verbs are its own: in its title, in its purpose."""
    leads = role == "title" or passage.opens or has("reports", passage.text) or has("asked", passage.text)
    if not (role and leads):
        return None
    end = max((m.end() for m in wordings().breaks.finditer(passage.text)), default=0)
    verb, _ = find_verb(passage.text[end:], title=passage.text.rpartition(";")[2])
    return verb.type if verb and verb.type in _OWN else None


def purposes(inside: Sequence[int], mentions: Sequence[Mention], unit: Unit, text: str) -> bool:
    """Whether a sentence says what the report is for: "Thực hiện A, Huyện ủy báo cáo kết quả như sau"."""
    pieces, end = [], unit.start
    for i in inside:
        pieces.append(text[end : mentions[i].start])
        end = mentions[i].end
    words = fold(" ; ".join([*pieces, text[end : unit.end]]))
    if has("closing", words):
        return False
    return has("asked", fold(pieces[0])) or has("purpose", words) or has("recital", words)


def opening(units: Sequence[Unit], text: str) -> set[int]:
    """The first sentences of the report, before its first numbered section: where it says what it is for."""
    found: set[int] = set()
    sentences = 0
    for i, unit in enumerate(units):
        if unit.role == "sentence":
            found.add(i)
            sentences += not has("recital", fold(text[unit.start : unit.end]))
        elif found and unit.role == "heading" and _NUMBERED.match(fold(text[unit.start : unit.end])):
            break
        if sentences == _OPENING:
            break
    return found


def title_units(units: Sequence[Unit], text: str) -> list[int]:
    """The headings before the text begins and before the first that is numbered."""
    zone: list[int] = []
    for i, unit in enumerate(units):
        if unit.role in ("sentence", "footnote", "table"):
            break
        if unit.role == "heading":
            words = text[unit.start : unit.end]
            if _NUMBERED.match(fold(words)) and (zone or _SECTION.match(words)):
                break
            zone.append(i)
    return zone
