"""Documents issued to carry out others: "Thực hiện A, Tỉnh ủy ban hành B", "cụ thể hóa A bằng B"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danvan_nlp.language.key import fold
from danvan_nlp.linking.collected import Collected
from danvan_nlp.linking.passages import coordinated, enumerated
from danvan_nlp.types import RelationType, Unit

# A clause that opens with a verb and the document it governs; the passage ends where that document begins.
LEAD = re.compile(
    r"(?:^|[.;:] |[-–+•*] )(?:\d{1,2}[.)]\d?\.? ?|[a-zđ]\) )?(?:để |nhằm )?"
    r"(?P<verb>thực hiện|triển khai(?: thực hiện)?|quán triệt|căn cứ(?: vào)?|theo|trả lời|phúc đáp|bám sát"
    r"|trên (?:cơ sở|tinh thần))"
    r"(?: chế độ (?:thông tin,? )?báo cáo[^;]{0,40} và)?"
    r"(?: (?:nghiêm túc|theo|tinh thần|nội dung|các|của|sự chỉ đạo|chỉ đạo|tại"
    r"|(?:ý kiến )?(?:chỉ đạo|yêu cầu|đề nghị) của [^,;]{3,60} tại))*$"
)
# "Sau khi có A, … ban hành B" says only when; B carries A out where "để thực hiện" follows it.
_AFTERWARDS = re.compile(
    r"(?:^|[.;] |[-–+•*] )(?:ngay )?sau khi (?:có|nhận được|tiếp nhận|tiếp thu|[^,;]{3,60} ban hành)"
    r"(?: (?:các|nội dung))*$"
)
_TO_CARRY_OUT = re.compile(r"[^;.]{0,60}?\b(?:để|nhằm) (?:tổ chức |triển khai )*(?:thực hiện|triển khai)\b")
_MADE_CONCRETE = re.compile(r"\b(?P<verb>cụ thể hóa|thể chế hóa)(?: (?:tinh thần|nội dung|các|của))*$")
_ISSUES = re.compile(
    r",.*\b(?:ban hành|xây dựng|tham mưu|ký|ra|có)(?:(?! kế hoạch| chương trình| thực hiện| triển khai)[^;,]){0,40}$"
)
_KINDS: dict[str, RelationType] = {
    "căn": "based_on",
    "theo": "based_on",
    "trên": "based_on",
    "bám": "based_on",
    "trả": "responds_to",
    "phúc": "responds_to",
}
_TURNED_INTO = re.compile(r"\b(?:bằng|(?<!hoàn )thành)$")
_LONGEST = 400
_FOLLOWING = 120


def issued_for(found: Collected, members: Sequence[int], unit: Unit, text: str) -> None:
    """Find what is issued to carry out the documents that a clause begins with."""
    led: list[int] = []
    kind: RelationType = "implements"
    only_after = False
    for n, i in enumerate(members):
        previous = found.mentions[members[n - 1]].end if n else unit.start
        passage = text[previous : found.mentions[i].start]
        folded = fold(passage[-_LONGEST:])
        lead = LEAD.search(folded) or _MADE_CONCRETE.search(folded)
        afterwards = None if lead else _AFTERWARDS.search(folded)
        if led and _issues(folded):
            for issued in _carrying_out(found, i, text) if only_after else (i, *_beside(found, members[n:], text)):
                for target in led:
                    found.add(issued, target, kind)
            led = []
        elif lead or afterwards:
            led, only_after = [i], afterwards is not None
            kind = lead_kind(lead) if lead else "implements"
        elif led and (coordinated(passage) or enumerated(passage)):
            led.append(i)
        else:
            led = []


def lead_kind(lead: re.Match[str]) -> RelationType:
    """The relation that the verb a clause opens with gives to its document."""
    return _KINDS.get(lead["verb"].split()[0], "implements")


def _carrying_out(found: Collected, i: int, text: str) -> list[int]:
    """The document itself where the words after it say that it carries something out."""
    end = found.mentions[i].end
    return [i] if _TO_CARRY_OUT.match(fold(text[end : end + _FOLLOWING])) else []


def _beside(found: Collected, members: Sequence[int], text: str) -> list[int]:
    """Documents issued together with the first."""
    joined: list[int] = []
    for before, i in zip(members, members[1:], strict=False):
        if not coordinated(text[found.mentions[before].end : found.mentions[i].start]):
            break
        joined.append(i)
    return joined


def _issues(passage: str) -> bool:
    """Whether a body issues the document after a passage: ", UBND tỉnh ban hành", "… bằng"."""
    if ";" in passage or ". " in passage:
        return False
    return bool(_TURNED_INTO.search(passage)) or ("," in passage and bool(_ISSUES.match(passage, passage.index(","))))
