"""What members of a list share, and what the sentence around a mention says of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from danvan_nlp.references.drafts import Draft
from danvan_nlp.references.issuers import read_issuer
from danvan_nlp.references.titles import clean, share_quoted, trimmed
from danvan_nlp.references.vocabulary import load_toml, one_of, types, wording

_JOINT = re.compile(r"[\s*_]*(?:,|và|hoặc|,\s*và|&)[\s*_]*(?:[Ss]ố\s*:?\s*)?")
_LIST = re.compile(r"[\s*_.]*(?:;|,|và|;\s*và|,\s*và)[\s*_]*(?:[-+•]\s*)?")
_PART = re.compile(
    r"(?:(?:[Đđ]iểm|[Kk]hoản|[ĐĐđ]iều|[Cc]hương|[Mm]ục|[Pp]hần|[Tt]iết|[Pp]hụ\s+lục)\s+(?:\d{1,3}[a-zđ]?|[a-zđ]|[IVXL]{1,5})(?!\w)"
    r"(?:\s*(?:,|và)\s*(?:\d{1,3}[a-zđ]?|[a-zđ]|[IVXL]{1,5})(?!\w))*\s*(?:,|;|và)?\s*)+(?:của\s+|tại\s+)?$"
)
_PART_WORD = 6
# A body before a colon to which, and not by which, something is said.
_ADDRESSED = re.compile(r"(?:[Kk]ính gửi|với|đối với|tại|cho|đề nghị|của|giao|gửi)\s*:?\s*$")
_RULES = 500
_PART_HINT = re.compile(
    r"(?:iểm|hoản|iều|hương|ục|hần|iết)\s+(?:\d{1,3}[a-zđ]?|[a-zđ]|[IVXL]{1,5})\s*(?:của\s*|tại\s*)?$"
)


def groups(text: str, drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Lists of the same kind of document, as one citation names them: same type, same symbol, joined."""
    found: list[list[Draft]] = []
    for draft in drafts:
        if draft.kind not in ("full", "short") or draft.name is not None:
            continue
        last = found[-1][-1] if found else None
        if last is not None and _joined(text, last, draft):
            found[-1].append(draft)
        else:
            found.append([draft])
    return [group for group in found if len(group) > 1]


def _joined(text: str, one: Draft, two: Draft) -> bool:
    if one.limit != two.limit or one.type != two.type or two.start - one.tail > 14 or one.term is not None:
        return False
    if two.typed and one.symbol != two.symbol:
        return False
    return bool(_JOINT.fullmatch(text, one.tail, two.start))


def share(text: str, members: Sequence[Draft]) -> None:
    """Give the date, issuer and term stated once, after the last member, to all that have none of their own."""
    share_quoted(text, members)
    last = members[-1]
    for index in range(len(members) - 2, -1, -1):
        draft, heir = members[index], members[index + 1]
        other_year = draft.year and heir.date and heir.date[:4] != draft.year
        if not draft.dated and draft.issuer is None and not other_year:
            draft.date, draft.dated = heir.date, heir.dated
        if draft.issuer is None and draft.term is None:
            draft.issuer, draft.term = last.issuer, last.term
        if draft.symbol is None and heir.symbol is not None and heir.number_at >= 0 and not heir.typed:
            draft.symbol, draft.known, draft.central, draft.kind = heir.symbol, heir.known, heir.central, "full"


def read_part(text: str, draft: Draft) -> None:
    """Read "điểm a khoản 2 Điều 6" before a mention into it."""
    low = max(draft.floor, draft.start - 90)
    before = text[max(low, draft.start - 8) : draft.start].split()
    if not before or not (before[-1][-1].isdigit() or len(before[-1]) < _PART_WORD):
        return
    if not draft.typed or not _PART_HINT.search(text, max(low, draft.start - 24), draft.start):
        return
    match = _PART.search(text, low, draft.start)
    if match:
        draft.part = re.sub(r"\s+(?:của|tại)$", "", clean(match[0]))


@cache
def _attached() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = one_of([name[0].upper() + name[1:] for name in types().attachable])
    return (
        re.compile(rf"[\s,]*(?:\(\s*)?{one_of(wording()['attached'])}\s*$"),
        re.compile(rf"(?<!\w){names}(?!\w)"),
    )


def attachable(text: str, floor: int, at: int, starts: Sequence[int]) -> tuple[int, int] | None:
    """The rules issued under cover of the decision at a place: "Quy chế … kèm theo" before it."""
    if not text[max(floor, at - 8) : at].rstrip().endswith("theo"):
        return None
    low = max(floor, at - _RULES)
    phrases, names = _attached()
    tail = phrases.search(text, max(low, at - 40), at)
    if tail is None:
        return None
    end = tail.start()
    segment = max(text.rfind(";", low, end), text.rfind(". ", low, end), low - 1) + 1
    for found in names.finditer(text, segment, end):
        known = bisect_left(starts, found.start())
        if known == len(starts) or starts[known] != found.start():
            return found.start(), end
    return None


@cache
def _issuing() -> re.Pattern[str]:
    words = wording()
    count = r"(?:\d+\s+)?"
    return re.compile(
        rf"\s+(?:{one_of(words['issuing_verbs'])})(?!\w)\s*:?\s*(?:{count}{one_of(words['issued_things'])}\s*:?\s*)?",
        re.IGNORECASE,
    )


@cache
def _body() -> re.Pattern[str]:
    data = load_toml("issuers.toml")
    return re.compile(
        rf"(?<!\w)(?:{one_of(data['bodies'])}|{one_of(data['field_heads'])}\s+{one_of(data['fields'])})(?!\w)"
    )


@cache
def _last_words() -> frozenset[str]:
    """The words that what names the issuing body ends with, for a quick look."""
    words = wording()
    return frozenset(phrase.lower().split()[-1] for phrase in (*words["issuing_verbs"], *words["issued_things"]))


def _subject(text: str, low: int, end: int) -> tuple[int, int] | None:
    """The body that issues what stands at the end: "UBND tỉnh đã ban hành:", "(Huyện ủy Cao Sơn:"."""
    head = text[max(low, end - 24) : end].rstrip(" \n*_")
    last = head.rstrip(":").rsplit(None, 1)
    if not last or not (head.endswith(":") or last[-1].lower() in _last_words()):
        return None
    for match in _body().finditer(text, low, end):
        far = read_issuer(text, match.start(), end)
        if far is None:
            continue
        if text[far:end].strip(" \n*_") == ":" and not _ADDRESSED.search(text, low, match.start()):
            return match.start(), far
        verb = _issuing().match(text, far, end)
        if verb and verb.end() == end:
            return match.start(), far
    return None


def from_sentence(text: str, drafts: Sequence[Draft]) -> None:
    """Give mentions the title of the rules they cover, and the issuer that the sentence names as their subject."""
    trail: list[tuple[Draft, tuple[int, int] | None]] = []
    starts = [draft.start for draft in drafts]
    for draft in drafts:
        if draft.nested or draft.kind != "full" or draft.number is None:
            continue
        rules = attachable(text, draft.floor, draft.start, starts) if draft.type != "báo cáo" else None
        start = draft.start
        if rules:
            start = rules[0]
            title = _rules_title(text, rules, drafts, starts)
            draft.title = draft.title or (title if text[slice(*title)].lower() not in types().attachable else None)
        if trail and trail[-1][0].limit != draft.limit:
            trail.clear()
        while trail and trail[-1][0].start >= start:
            trail.pop()
        if trail and _follows(text, trail[-1][0], start):
            lender = trail[-1][1]
        else:
            low = max(draft.floor, start - 140, trail[-1][0].tail if trail else 0)
            lender = None if draft.central else _subject(text, low, start)
        if draft.issuer is None and not draft.central:
            draft.issuer = lender
        trail.append((draft, lender))


def _follows(text: str, previous: Draft, start: int) -> bool:
    far = max(previous.tail, previous.cover)
    return start >= far and bool(_LIST.fullmatch(text, far, start))


def _rules_title(text: str, rules: tuple[int, int], drafts: Sequence[Draft], starts: Sequence[int]) -> tuple[int, int]:
    """The rules' name, without the document that they follow ("Quy chế … theo Quy định số 11-QĐi/TW")."""
    start, end = rules
    index = bisect_right(starts, start)
    if index < len(drafts) and drafts[index].start < end:
        before = text[start : drafts[index].start].rstrip()
        if before.endswith((" theo", " thực hiện")):
            end = start + before.rfind(" ")
    start, end = trimmed(text, start, end)
    quoted = start > 0 and text[start - 1] in '“"' and text[end - 1] in '”"'
    return start, end - quoted
