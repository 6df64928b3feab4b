"""Type words with a capital: what they name without number, a short form, or a document named before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from heapq import merge

from danvan_nlp.language.key import fold
from danvan_nlp.references.bounds import Bounds, cell_end
from danvan_nlp.references.drafts import Draft
from danvan_nlp.references.issuers import CAPITAL
from danvan_nlp.references.named import YEARS, Named, read_congress, read_constitution, read_law, read_plenum
from danvan_nlp.references.tails import read_tail
from danvan_nlp.references.vocabulary import one_of, type_words, types, wording

_YEAR_DIGITS = 4
_LAWS = ("luật", "bộ luật", "pháp lệnh")
# A number that goes on into a date, a decimal, a percentage or a symbol is not a short form.
_ENDS = r"(?![\w/%]|[.,-]\d|\s?[-–—/]\s?[A-ZĐ0-9])"
_SHORT = re.compile(
    rf"[ \n]+(?P<word>(?:[Ss]ố|SỐ)\s*:?\s*)?(?P<number>[0-9O]{{1,4}}[a-z]?)(?:/(?P<year>(?:19|20)\d\d))?{_ENDS}"
)
_MEMBER = re.compile(
    rf"\s*(?:,|;|và|,\s*và)\s*(?:[Ss]ố\s*:?\s*)?(?P<number>\d{{1,4}}[a-z]?){_ENDS}(?!\s+(?:tháng|năm\s+(?!\d)|ngày))"
)
# Types in small letters, each with a pattern of its own: a single literal is what the engine skips to fastest.
_SMALL = (
    re.compile(r"nghị quyết(?=\s+(?:[Đđ]ại\s+hội|Trung\s+ương|TW|Hội\s+nghị)(?!\w))"),
    re.compile(rf"luật(?=\s+[{CAPITAL}][^\W\d_]*\s)"),
)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = wording()
    abbreviated = "|".join(f"{word} số |{word} " for word in words["short_abbreviations"])
    return (
        # A plain alternation of words: the engine then skips to their first letters.
        re.compile(rf"(?:{type_words()[3:-1]}|NQ|KL|{abbreviated})(?![^\W\d_](?<!T))"),
        re.compile(rf"\s+{one_of(words['pointing'])}(?!\w)"),
        re.compile(rf"\s*[,.;:)”\"]|\s*$|\s+{one_of(words['after_alone'])}(?!\w)"),
        re.compile(rf"\s*{one_of(words['timed'])}(?!\w)(?!\s+\d{{4}}|\s+\d{{1,2}}(?:\s?[/.-]\s?\d|\s+tháng))"),
        re.compile(rf"\s*[^\w\s]|\s*$|\s*\n|\s+{one_of(words['follows_number'])}(?!\w)"),
    )


def _drafts(named: Sequence[Named], bounds: tuple[int, int, int], text: str) -> list[Draft]:
    made = []
    for one in named:
        draft = Draft(one.start, one.end, *bounds, type=one.type, name=one.name, date=one.date, term=one.term)
        draft.titled, draft.typed, draft.tail = one.titled, True, one.end
        draft.number_at = one.start
        made.append(draft)
    last = made[-1]
    tail = read_tail(text, last.end, last.stop)
    for draft in made:
        draft.date = draft.date or tail.date
        draft.issuer = tail.issuer
        draft.dated = draft.date is not None
    last.tail = tail.end
    if last.name and last.name.startswith("nq-dai-hoi") and (years := YEARS.match(text, last.tail, last.stop)):
        last.tail = years.end()
    return made


def _named(text: str, start: int, end: int, limit: int, kind: str) -> list[Named]:
    if kind in _LAWS:
        return read_law(text, start, end, limit, kind)
    if kind == "hiến pháp":
        return read_constitution(text, start, end, limit)
    found: list[Named] = []
    if kind == "nghị quyết":
        found = read_congress(text, start, end, limit)
    if not found and kind in ("nghị quyết", "kết luận"):
        found = read_plenum(text, start, end, limit, kind)
    return found


def _short(text: str, start: int, end: int, bounds: tuple[int, int, int], kind: str) -> list[Draft]:
    """ "Kết luận 114", "Nghị quyết 18, 19": a draft a number, not yet known to have an antecedent."""
    match = _SHORT.match(text, end, bounds[2])
    if match is None:
        return []
    timed, follows = _patterns()[3:]
    if text.startswith("CT", start, end) and match["number"] in wording()["programmes"]:
        return []
    if timed.match(text, match.end(), bounds[2]) or (match["year"] and kind not in types().yearly):
        return []
    places = [(start, match)]
    while more := _MEMBER.match(text, places[-1][1].end(), bounds[2]):
        if timed.match(text, more.end(), bounds[2]):
            break
        places.append((more.start("number"), more))
    made = []
    for begin, one in places:
        digits = one["number"].replace("O", "0")
        draft = Draft(begin, one.end("number"), *bounds, kind="short", type=kind, number=digits.lstrip("0") or "0")
        draft.typed, draft.tail = True, draft.end
        year = len(digits) == _YEAR_DIGITS and digits.startswith(("19", "20"))
        count = year or len(digits) == 1 or follows.match(text, one.end(), bounds[2]) is None
        draft.numbered = bool(match["word"]) or not count
        if one is match and match["year"]:
            draft.year, draft.numbered, draft.end = match["year"], True, match.end()
            draft.tail = draft.end
        made.append(draft)
    last = made[-1]
    tail = read_tail(text, last.end, last.stop)
    last.tail, last.date, last.dated, last.issuer, last.term = tail.end, tail.date, tail.dated, tail.issuer, tail.term
    return made


def _pointing(text: str, start: int, end: int, bounds: tuple[int, int, int], kind: str) -> Draft | None:
    """ "Kết luận này", "Nghị quyết nêu trên", and a type alone in the middle of a sentence."""
    _, pointing, after, *_ = _patterns()
    far = pointing.match(text, end, bounds[2])
    if far is None:
        before = text[max(bounds[0], start - 2) : start]
        if not (len(before) == 2 and before[0].isalpha() and before[1] == " " and before[0].islower()):
            return None
        if not after.match(text, end, bounds[2]):
            return None
    draft = Draft(start, far.end() if far else end, *bounds, kind="anaphor", type=kind)
    draft.tail, draft.titled = draft.end, False
    draft.issuer = read_tail(text, draft.end, draft.stop).issuer
    return draft


def _may_be_short(written: str, kind: str) -> bool:
    """Whether a bare number may follow a type word: "Kết luận 114", "NQ 18"."""
    known = types()
    return kind in known.short and (written not in known.by_abbreviation or written in wording()["short_abbreviations"])


def _place(match: re.Match[str]) -> int:
    return match.start()


def worded(text: str, bounds: Bounds, numbered: Sequence[Draft]) -> list[Draft]:
    """Named documents, short forms and anaphors outside the numbered mentions, in the order of the text."""
    found: list[Draft] = []
    known = types()
    after = 0
    index = 0
    found_words = (pattern.finditer(text) for pattern in (_patterns()[0], *_SMALL))
    for match in merge(*found_words, key=_place):
        start, end = match.span()
        while index < len(numbered) and numbered[index].end <= start:
            index += 1
        if start < after or (index < len(numbered) and numbered[index].start < end):
            continue
        if start and text[start - 1].isalnum():
            continue
        written = match[0]
        if written[-1] == " ":
            written = written.split()[0]
            end = start + len(written)
        kind = known.by_spelling.get(fold(written)) or known.by_abbreviation[written]
        low, high, role = bounds.around(start)
        place = (low, high, cell_end(text, end, high, role))
        named = _named(text, start, end, place[2], kind)
        drafts = _drafts(named, place, text) if named else []
        if not drafts and text[start].isupper() and _may_be_short(written, kind):
            drafts = _short(text, start, end, place, kind)
            for draft in drafts:
                # A bare number in a table counts something, unless such a document was cited before.
                draft.numbered = draft.numbered and role != "table"
        if not drafts and text[start].isupper() and (alone := _pointing(text, start, end, place, kind)):
            drafts = [alone]
        limit = numbered[index].start if index < len(numbered) else len(text)
        kept = [draft for draft in drafts if draft.end <= limit]
        for draft in kept:
            draft.role = role
        found += kept
        after = kept[-1].end if kept else end
    return found
