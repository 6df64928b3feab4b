"""Documents issued to carry out others: "Thực hiện A, Tỉnh ủy ban hành B", "cụ thể hóa A bằng B"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danvan_nlp.language.key import fold
from danvan_nlp.linking.collected import Collected
from danvan_nlp.linking.passages import coordinated, listed
from danvan_nlp.types import RelationType, Unit

# A clause that opens with a verb and the document it governs; the passage ends where that document begins.
LEAD = re.compile(
    r"(?:^|[.;:] |[-–+•*] )(?:\d{1,2}[.)]\d?\.? ?|[a-zđ]\) )?(?:để |nhằm )?"
    r"(?P<verb>thực hiện|triển khai(?: thực hiện)?|quán triệt|căn cứ(?: vào)?|theo|trả lời|phúc đáp)"
    r"(?: (?:nghiêm túc|theo|tinh thần|nội dung|các|của|sự chỉ đạo|chỉ đạo|tại))*$"
)
_MADE_CONCRETE = re.compile(r"\b(?P<verb>cụ thể hóa|thể chế hóa)(?: (?:tinh thần|nội dung|các|của))*$")
_ISSUES = re.compile(
    r",.*\b(?:ban hành|xây dựng|tham mưu|ký|ra|có)(?:(?! kế hoạch| chương trình| thực hiện| triển khai)[^;,]){0,40}$"
)
_KINDS: dict[str, RelationType] = {
    "căn": "based_on",
    "theo": "based_on",
    "trả": "responds_to",
    "phúc": "responds_to",
}
_LONGEST = 400


def issued_for(found: Collected, members: Sequence[int], unit: Unit, text: str) -> None:
    """Find what is issued to carry out the documents that a clause begins with."""
    led: list[int] = []
    kind: RelationType = "implements"
    for n, i in enumerate(members):
        previous = found.mentions[members[n - 1]].end if n else unit.start
        passage = text[previous : found.mentions[i].start]
        folded = fold(passage[-_LONGEST:])
        lead = LEAD.search(folded) or _MADE_CONCRETE.search(folded)
        if led and _issues(folded):
            for issued in (i, *_beside(found, members[n:], text)):
                for target in led:
                    found.add(issued, target, kind)
            led = []
        elif lead:
            led = [i]
            kind = _KINDS.get(lead["verb"].split()[0], "implements")
        elif led and coordinated(passage):
            led.append(i)
        else:
            led = []


def _beside(found: Collected, members: Sequence[int], text: str) -> list[int]:
    """Documents that nothing but a conjunction joins to the first."""
    joined: list[int] = []
    for before, i in zip(members, members[1:], strict=False):
        if not listed(text[found.mentions[before].end : found.mentions[i].start]):
            break
        joined.append(i)
    return joined


def _issues(passage: str) -> bool:
    """Whether a body issues the document after a passage: ", UBND tỉnh ban hành", "… bằng"."""
    if ";" in passage or ". " in passage:
        return False
    return passage.endswith("bằng") or ("," in passage and bool(_ISSUES.match(passage, passage.index(","))))
