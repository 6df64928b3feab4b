"""What the clause around a mention says of it: who issued it and when, and the rules that it covers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from danvan_nlp import data
from danvan_nlp.references.dates import read_opening
from danvan_nlp.references.drafts import Draft
from danvan_nlp.references.issuers import read_issuer
from danvan_nlp.references.titles import trimmed
from danvan_nlp.references.vocabulary import one_of, types, wording, words_of

# A body before a colon to which, and not by which, something is said.
_ADDRESSED = re.compile(r"(?:[Kk]ính gửi|với|đối với|tại|cho|đề nghị|của|giao|gửi)\s*:?\s*$")
_PARTNER = re.compile(r"(?:phối hợp|cùng)\s+(?:với\s+)?$")
_CLAUSE_HEAD = re.compile(r"[\s*_¹²³⁰-⁹+•–-]*")
# After a subject that is the only one: "Huyện ủy quán triệt", but not "Đảng ủy, Ban Giám đốc", "Đảng ủy và".
_ALONE = re.compile(r"\s+(?!và\s)[^\W\d_A-ZĐ]")
_CLAUSES = 600
_RULES = 500


@cache
def _list() -> re.Pattern[str]:
    after = one_of(wording()["one_after_the_other"])
    return re.compile(rf"[\s*_.]*(?:;|,|và|;\s*và|,\s*và)[\s*_]*(?:[-+•]\s*)?(?P<after>{after}\s+)?")


@cache
def _attached() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(rf"[\s,]*(?:\(\s*)?{one_of(wording()['attached'])}\s*$"),
        re.compile(words_of(name[0].upper() + name[1:] for name in types().attachable)),
    )


def attachable(text: str, floor: int, at: int, starts: Sequence[int]) -> tuple[int, int] | None:
    """The rules issued under cover of the decision at a place: "Quy chế … kèm theo" before it."""
    if "theo" not in text[max(floor, at - 8) : at]:
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
    place = r"(?:\s*\([^()]{2,40}\))?"
    return re.compile(rf"{place}\s+{verbs}(?!\w)\s*:?\s*(?:(?:\d+\s+)?{things}\s*:?\s*)?")


@cache
def _body() -> re.Pattern[str]:
    told = data.toml("issuers")
    fields = [f"{head} {field}" for head in told["field_heads"] for field in told["fields"]]
    return re.compile(words_of([*told["bodies"], *fields]))


@cache
def _last_words() -> frozenset[str]:
    """The words that what names the issuing body ends with, for a quick look."""
    words = wording()
    phrases = (*words["issuing_verbs"], *words["issued_things"], *words["said_in"])
    return frozenset(phrase.lower().split()[-1] for phrase in phrases)


@cache
def _said_in() -> re.Pattern[str]:
    return re.compile(rf"\s+{one_of(wording()['said_in'])}\s+(?:các\s+)?")


@cache
def _dating() -> re.Pattern[str]:
    words = wording()
    verbs, things = one_of(words["dating_verbs"]), one_of(words["issued_things"])
    return re.compile(rf"\s{verbs}(?!\w)\s*:?\s*(?:(?:\d+\s+)?{things}\s*:?\s*)?$")


def _led(text: str, low: int, end: int) -> bool:
    """Whether what stands at the end may be a body that issues a document: a quick look."""
    head = text[max(low, end - 24) : end].rstrip(" \n*_")
    last = head[max(head.rfind(" "), head.rfind("\n")) + 1 :]
    return last.endswith(":") or last.lower() in _last_words()


def _issued_on(text: str, low: int, end: int) -> str | None:
    """The date on which what follows was issued: "Ngày 09/10/2015, Huyện ủy ban hành", "Năm 2016, UBND huyện ký"."""
    verb = _dating().search(text, max(low, end - 70), end)
    return read_opening(text, low, verb.start()) if verb else None


def _subject(text: str, low: int, end: int) -> tuple[int, int] | None:
    """The body that issues what stands at the end: "UBND xã đã ban hành:", "(Huyện ủy Cao Sơn:", "của Sở Y tế tại"."""
    before, partner = -1, False
    for match in _body().finditer(text, low, end):
        if match.start() < before:
            continue
        # "phối hợp với Hội đồng nhân dân, Ủy ban nhân dân ký kết": not these issue, but who works with them.
        listed = before >= 0 and text[before : match.start()].strip() == ","
        partner = (partner and listed) or bool(_PARTNER.search(text, low, match.start()))
        far = read_issuer(text, match.start(), end)
        before = far or -1
        if far is None or partner:
            continue
        if text[far:end].strip(" \n*_") == ":" and not _ADDRESSED.search(text, low, match.start()):
            return match.start(), far
        verb = _issuing().match(text, far, end)
        if (verb and verb.end() == end) or _said_in().fullmatch(text, far, end):
            return match.start(), far
    return None


@cache
def _bare_verb() -> re.Pattern[str]:
    words = wording()
    verbs, things = one_of(words["issuing_verbs"]), one_of(words["issued_things"])
    return re.compile(rf";\s*{verbs}(?!\w)\s*:?\s*(?:(?:\d+\s+)?{things}\s*:?\s*)?$")


def _carried(text: str, floor: int, end: int) -> tuple[int, int] | None:
    """The body that the clauses before a bare verb are about: "Huyện ủy quán triệt …; sơ kết …; ban hành Kế hoạch"."""
    floor = max(floor, end - _CLAUSES)
    verb = _bare_verb().search(text, max(floor, end - 70), end)
    place = verb.start() if verb else floor
    while place > floor:
        stop = max(text.rfind(mark, floor, place) for mark in (";", ". ", "\n"))
        head = _CLAUSE_HEAD.match(text, stop + 1 if stop >= 0 else floor, place)
        start = head.end() if head else place
        if far := read_issuer(text, start, place, known_only=True):
            return (start, far) if _ALONE.match(text, far, place) else None
        place = stop if stop >= 0 and text[stop] == ";" else floor
    return None


def from_sentence(text: str, drafts: Sequence[Draft]) -> None:
    """Give mentions the title of the rules they cover, and the issuer and date that the clause before them names."""
    # Mentions with the issuer and date that those listed after them take over.
    trail: list[tuple[Draft, tuple[int, int] | None, str | None]] = []
    starts = [draft.start for draft in drafts]
    for draft in drafts:
        if draft.number is None or draft.kind not in (("full", "short") if draft.dated else ("full",)):
            continue
        rules = attachable(text, draft.floor, draft.start, starts) if draft.type != "báo cáo" else None
        start = draft.start
        if rules:
            start = rules[0]
            title = _rules_title(text, rules, drafts, starts)
            draft.title = draft.title or (title if text[slice(*title)].lower() not in types().attachable else None)
        if draft.nested:
            continue
        if trail and trail[-1][0].limit != draft.limit:
            trail.clear()
        while trail and trail[-1][0].start >= start:
            trail.pop()
        issuer, issued, inherited = None, None, False
        if trail and (joint := _follows(text, trail[-1][0], start)):
            # "KH 25 để thực hiện KL 100, tiếp đó là KL 111": from the body that issued the first.
            first = next((one for one in reversed(trail) if one[1]), trail[-1]) if joint["after"] else trail[-1]
            (before, issuer, issued), inherited = first, True
            issued = issued if issued and before.body == draft.body else None
        elif not (draft.central and draft.dated and draft.issuer):
            low = max(draft.floor, start - 140, trail[-1][0].tail if trail else 0)
            if _led(text, low, start):
                issuer = _subject(text, low, start) or _carried(text, draft.floor, start)
                issued = _issued_on(text, low, start)
        if draft.issuer is None and issuer and _may_issue(text, issuer, draft, inherited):
            draft.issuer = issuer
        if draft.dated or issued is None or (draft.year or issued)[:4] != issued[:4]:
            issued = None
        else:
            draft.date, draft.dated = issued, True
        trail.append((draft, issuer, issued))


@cache
def _central() -> re.Pattern[str]:
    return re.compile(rf"{one_of(data.toml('issuers')['central'])}(?!\w)")


def _may_issue(text: str, issuer: tuple[int, int], draft: Draft, inherited: bool) -> bool:
    """Whether a body may have issued a document: the centre's only a central one, and that no local one in passing."""
    central = bool(_central().match(text, *issuer))
    return central if draft.central else not (central and inherited)


def _follows(text: str, previous: Draft, start: int) -> re.Match[str] | None:
    far = max(previous.tail, previous.cover)
    return _list().fullmatch(text, far, start) if start >= far else None


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
