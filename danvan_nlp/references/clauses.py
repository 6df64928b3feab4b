"""What the clause around a mention says of it: who issued it and when, and the rules that it covers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from danvan_nlp.references.dates import read_opening
from danvan_nlp.references.drafts import Draft
from danvan_nlp.references.issuers import read_issuer
from danvan_nlp.references.titles import trimmed
from danvan_nlp.references.vocabulary import load_toml, one_of, types, wording, words_of

_LIST = re.compile(r"[\s*_.]*(?:;|,|và|;\s*và|,\s*và)[\s*_]*(?:[-+•]\s*)?")
# A body before a colon to which, and not by which, something is said.
_ADDRESSED = re.compile(r"(?:[Kk]ính gửi|với|đối với|tại|cho|đề nghị|của|giao|gửi)\s*:?\s*$")
_RULES = 500


@cache
def _attached() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(rf"[\s,]*(?:\(\s*)?{one_of(wording()['attached'])}\s*$"),
        re.compile(words_of(name[0].upper() + name[1:] for name in types().attachable)),
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
    verbs, things = (one_of(words[name], any_case=True) for name in ("issuing_verbs", "issued_things"))
    return re.compile(rf"\s+{verbs}(?!\w)\s*:?\s*(?:(?:\d+\s+)?{things}\s*:?\s*)?")


@cache
def _body() -> re.Pattern[str]:
    data = load_toml("issuers.toml")
    fields = [f"{head} {field}" for head in data["field_heads"] for field in data["fields"]]
    return re.compile(words_of([*data["bodies"], *fields]))


@cache
def _last_words() -> frozenset[str]:
    """The words that what names the issuing body ends with, for a quick look."""
    words = wording()
    return frozenset(phrase.lower().split()[-1] for phrase in (*words["issuing_verbs"], *words["issued_things"]))


@cache
def _dating() -> re.Pattern[str]:
    words = wording()
    verbs, things = one_of(words["dating_verbs"]), one_of(words["issued_things"])
    return re.compile(rf"\s{verbs}(?!\w)\s*:?\s*(?:(?:\d+\s+)?{things}\s*:?\s*)?$")


def _led(text: str, low: int, end: int) -> bool:
    """Whether what stands at the end may be a body that issues a document: a quick look."""
    head = text[max(low, end - 24) : end].rstrip(" \n*_")
    last = head.rstrip(":").rsplit(None, 1)
    return bool(last) and (head.endswith(":") or last[-1].lower() in _last_words())


def _issued_on(text: str, low: int, end: int) -> str | None:
    """The date on which what follows was issued: "Ngày 09/10/2015, Huyện ủy ban hành", "Năm 2016, UBND huyện ký"."""
    verb = _dating().search(text, max(low, end - 70), end)
    return read_opening(text, low, verb.start()) if verb else None


def _subject(text: str, low: int, end: int) -> tuple[int, int] | None:
    """The body that issues what stands at the end: "UBND tỉnh đã ban hành:", "(Huyện ủy Cao Sơn:"."""
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
    """Give mentions the title of the rules they cover, and the issuer and date that the clause before them names."""
    # Mentions with the issuer and date that those listed after them take over.
    trail: list[tuple[Draft, tuple[int, int] | None, str | None]] = []
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
        issuer, issued = None, None
        if trail and _follows(text, trail[-1][0], start):
            before, issuer, issued = trail[-1]
            issued = issued if issued and before.body == draft.body else None
        elif not (draft.central and draft.dated):
            low = max(draft.floor, start - 140, trail[-1][0].tail if trail else 0)
            if _led(text, low, start):
                issuer = None if draft.central else _subject(text, low, start)
                issued = _issued_on(text, low, start)
        if draft.issuer is None and not draft.central:
            draft.issuer = issuer
        if draft.dated or issued is None or (draft.year or issued)[:4] != issued[:4]:
            issued = None
        else:
            draft.date, draft.dated = issued, True
        trail.append((draft, issuer, issued))


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
