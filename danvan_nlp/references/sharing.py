"""What members of a list share, and the part of a document that is cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danvan_nlp.references.drafts import Draft
from danvan_nlp.references.titles import clean, share_quoted

_JOINT = re.compile(r"[\s*_]*(?:,|và|VÀ|hoặc|HOẶC|,\s*và|&)[\s*_]*(?:[Ss]ố\s*:?\s*)?")
# "Kết luận số 114-KL/TW, Kết luận số 120-KL/TW ngày …": where each has its type word, one date is that of both only if
# they are numbered so near.
_SAME_DAY = 4
_PART = re.compile(
    r"(?:(?:[Đđ]iểm|[Kk]hoản|[ĐĐđ]iều|[Cc]hương|[Mm]ục|[Pp]hần|[Tt]iết|[Pp]hụ\s+lục)\s+(?:\d{1,3}[a-zđ]?|[a-zđ]|[IVXL]{1,5})(?!\w)"
    r"(?:\s*(?:,|và)\s*(?:\d{1,3}[a-zđ]?|[a-zđ]|[IVXL]{1,5})(?!\w))*\s*(?:,|;|và)?\s*)+(?:của\s+|tại\s+)?$"
)
_PART_HINT = re.compile(
    r"(?:iểm|hoản|iều|hương|ục|hần|iết|,|và)\s+(?:\d{1,3}[a-zđ]?|[a-zđ]|[IVXL]{1,5})\s*(?:của\s*|tại\s*)?$"
)


def groups(text: str, drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Lists of the same kind of document, as one citation names them: same type, same symbol, joined."""
    found: list[list[Draft]] = []
    last: Draft | None = None
    for draft in drafts:
        if draft.name is not None or draft.kind not in ("full", "short"):
            continue
        if last is not None and last.limit == draft.limit and _joined(text, last, draft):
            if found and found[-1][-1] is last:
                found[-1].append(draft)
            else:
                found.append([last, draft])
        last = draft
    return found


def _joined(text: str, one: Draft, two: Draft) -> bool:
    if one.type != two.type or two.start - one.tail > 14 or one.term is not None:
        return False
    if two.typed and one.symbol != two.symbol:
        return False
    return bool(_JOINT.fullmatch(text, one.tail, two.start))


def _near(one: Draft, two: Draft) -> bool:
    """Whether two numbers follow so soon on each other that both may be of one day."""
    digits = (re.sub(r"\D", "", draft.number or "") for draft in (one, two))
    first, second = (int(number or 0) for number in digits)
    return abs(first - second) <= _SAME_DAY


def share(text: str, members: Sequence[Draft]) -> None:
    """Give the date, issuer and term stated once, after the last member, to all that have none of their own."""
    share_quoted(text, members)
    last = members[-1]
    for index in range(len(members) - 2, -1, -1):
        draft, heir = members[index], members[index + 1]
        other_year = draft.year and heir.date and heir.date[:4] != draft.year
        if not draft.dated and draft.issuer is None and not other_year and (not heir.typed or _near(draft, heir)):
            draft.date, draft.dated = heir.date, heir.dated
        if draft.issuer is None and draft.term is None:
            draft.issuer, draft.term = last.issuer, last.term
        if draft.symbol is None and heir.symbol is not None and heir.number_at >= 0 and not heir.typed:
            draft.symbol, draft.known, draft.central, draft.kind = heir.symbol, heir.known, heir.central, "full"


def share_across(text: str, drafts: Sequence[Draft]) -> None:
    """Give what is stated once to documents of several types: the issuer, and a date that is said to be "cùng ngày".

    Of the party's centre the Central Committee, the Politburo and the Secretariat number alike: there an issuer named
    once is that of the document beside it.
    """
    limit, two = -1, None
    for one in reversed(drafts):
        if one.limit == limit and two and not one.dated and (two.together or two.issuer) and one.body == two.body:
            _share_with(text, one, two)
        limit, two = one.limit, one


def _share_with(text: str, one: Draft, two: Draft) -> None:
    if two.together and one.symbol:
        one.date, one.dated, one.together = two.date, two.dated, True
    plain = one.symbol is not None and not (one.central and "/" in one.symbol)
    if plain and one.issuer is None and one.tail == one.end and _JOINT.fullmatch(text, one.end, two.start):
        one.issuer = two.issuer


def read_part(text: str, draft: Draft) -> None:
    """Read "điểm a khoản 2 Điều 6" before a mention into it."""
    start = draft.start
    if not draft.typed or not _PART_HINT.search(text, max(draft.floor, start - 24), start):
        return
    match = _PART.search(text, max(draft.floor, start - 90), start)
    if match:
        draft.part = re.sub(r"\s+(?:của|tại)$", "", clean(match[0]))
