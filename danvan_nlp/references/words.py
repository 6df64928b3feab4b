"""Type words with a capital: what they name without number, a short form, or a document named before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from danvan_nlp.language.letters import UPPER
from danvan_nlp.references.bounds import Bounds, cell_end
from danvan_nlp.references.drafts import Draft
from danvan_nlp.references.landmarks import Landmarks
from danvan_nlp.references.named import YEARS, Named, read_congress, read_constitution, read_law, read_plenum
from danvan_nlp.references.tails import read_tail
from danvan_nlp.references.vocabulary import one_of, types, wording

_YEAR_DIGITS = 4
_LINE_END = re.compile(r"[ *_.:]*(?:\n|$)")
_OF = re.compile(r"\s+của(?!\w)")
# "Trịnh Văn Luật": the last name of a person.
_PERSON = re.compile(rf"[{UPPER}]\w* [{UPPER}]\w* $")
_LAWS = ("luật", "bộ luật", "pháp lệnh")
# A number that goes on into a date, a decimal, a percentage or a symbol is not a short form; the mark of a footnote may
# follow it.
_ENDS = r"(?![^\W⁰¹²³⁴-⁹]|[/%]|[.,-]\d|\s?[-–—/]\s?[A-ZĐ0-9])[⁰¹²³⁴-⁹]*"
_MEMBER = re.compile(
    rf"\s*(?:,|;|và|,\s*và)\s*(?:[Ss]ố\s*:?\s*)?(?P<number>\d{{1,4}}[a-z]?){_ENDS}(?!\s+(?:tháng|năm\s+(?!\d)|ngày))"
)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = wording()
    return (
        re.compile(rf"\s+{one_of(words['pointing'])}(?!\w)"),
        re.compile(rf"\s*{one_of(words['timed'])}(?!\w)(?!\s+\d{{4}}|\s+\d{{1,2}}(?:\s?[/.-]\s?\d|\s+tháng))"),
        re.compile(rf"\s*[^\w\s]|\s*$|\s*\n|\s+{one_of(words['follows_number'])}(?!\w)"),
    )


@cache
def _short_number() -> re.Pattern[str]:
    qualified = rf"[ \n]+{one_of(types().qualifiers)}(?=[ \n]+(?:[Ss]ố|SỐ))"
    word = r"(?P<word>(?:[Ss]ố|SỐ)\s*:?\s*)"
    number = r"(?P<number>[0-9O]{1,4}[a-z]?)(?:/(?P<year>(?:19|20)\d\d))?"
    return re.compile(rf"(?:{qualified})?[ \n]+{word}?{number}{_ENDS}")


@cache
def _alone_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = wording()
    return (
        re.compile(rf"[\s*_]*(?:[,.;:)”\"]|$)|\s+{one_of(words['after_alone'])}(?!\w)"),
        re.compile(rf"\s+{one_of(words['after_head'])}(?!\w)"),
    )


@cache
def _assembly() -> re.Pattern[str]:
    return re.compile(rf"{one_of(wording()['law_givers'])}(?!\w)")


@cache
def _several() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(wording()['several'], any_case=True)}|(?<!iều )\d+)\s+$")


def _drafts(named: Sequence[Named], bounds: tuple[int, int, int], text: str) -> list[Draft]:
    made = []
    for one in named:
        draft = Draft(one.start, one.end, *bounds, type=one.type, name=one.name, date=one.date, term=one.term)
        draft.titled, draft.typed, draft.tail = one.titled, True, one.end
        draft.number_at = one.start
        made.append(draft)
    last = made[-1]
    tail = read_tail(text, last.end, last.stop)
    # "… thực hiện Luật Khiếu nại, của Sở Nội vụ": what no assembly issued is said of another document.
    other = last.type in _LAWS and tail.issuer is not None and not _assembly().match(text, *tail.issuer)
    for draft in made:
        draft.date = draft.date or tail.date
        draft.issuer = None if other else tail.issuer
        draft.dated = draft.date is not None
    last.tail = last.end if other and not tail.dated else tail.end
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
    match = _short_number().match(text, end, bounds[2])
    if match is None:
        return []
    timed, follows = _patterns()[1:]
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
        draft.typed, draft.tail, draft.number_at = one is match, draft.end, one.start("number")
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


def _alone(text: str, start: int, end: int, bounds: tuple[int, int, int]) -> bool:
    """Whether a type word without number stands for a document: in a sentence, at its head, in capitals."""
    after, head = _alone_patterns()
    floor, _, limit = bounds
    before = text[max(floor, start - 2) : start]
    if before[-1:] == " " and before[0].isalpha():
        if before[0].isupper():
            return text[end - 1].isupper() and bool(_LINE_END.match(text, end, limit))
        person = _PERSON.search(text, max(floor, start - 24), start)
        return person is None and bool(after.match(text, end, limit))
    opens = not before or before[-1] == "\n" or before in (". ", "- ", "+ ", ") ")
    return opens and bool(head.match(text, end, limit))


def _pointing(text: str, start: int, end: int, bounds: tuple[int, int, int], kind: str) -> Draft | None:
    """ "Kết luận này", "Nghị quyết nêu trên", and a type alone."""
    far = _patterns()[0].match(text, end, bounds[2])
    if far is None and not _alone(text, start, end, bounds):
        return None
    if _several().search(text, max(bounds[0], start - 8), start):
        return None
    draft = Draft(start, far.end() if far else end, *bounds, kind="anaphor", type=kind)
    tail = read_tail(text, draft.end, draft.stop)
    if far is None and tail.issuer is None and _OF.match(text, end, bounds[2]):
        return None
    draft.tail, draft.titled, draft.issuer = tail.end, False, tail.issuer
    return draft


def _may_be_short(written: str) -> bool:
    """Whether a bare number may follow a type word: "Kết luận 114", "NQ 18"."""
    return written not in types().by_abbreviation or written in wording()["short_abbreviations"]


def worded(text: str, bounds: Bounds, numbered: Sequence[Draft], places: Landmarks) -> list[Draft]:
    """Named documents, short forms and anaphors outside the numbered mentions, in the order of the text."""
    found: list[Draft] = []
    known = types()
    after = 0
    index = 0
    for start, end in places.words:
        while index < len(numbered) and numbered[index].end <= start:
            index += 1
        if start < after or (index < len(numbered) and numbered[index].start < end):
            continue
        if start and text[start - 1].isalnum():
            continue
        written = text[start:end]
        kind = known.by_capital.get(written) or known.by_abbreviation.get(written)
        kind = kind or known.by_spelling[" ".join(written.lower().split())]
        low, high, role = bounds.around(start)
        place = (low, high, cell_end(text, end, high, role))
        named = _named(text, start, end, place[2], kind)
        drafts = _drafts(named, place, text) if named else []
        if not drafts and _may_be_short(written):
            drafts = _short(text, start, end, place, kind)
            small = written[0].islower()
            if small and not all(draft.numbered for draft in drafts):
                drafts = []
            # In a table, after a type in small letters ("hội nghị quyết định 12, 15"), or after one that is not cited
            # so, a bare number counts something, unless such a document was cited or declared before.
            cited = role != "table" and kind in known.short and (not small or any(draft.issuer for draft in drafts))
            for draft in drafts:
                draft.numbered = draft.numbered and cited
        this = not drafts and (written[0].isupper() or text.startswith(" này", end))
        if this and (alone := _pointing(text, start, end, place, kind)):
            drafts = [alone]
        limit = numbered[index].start if index < len(numbered) else len(text)
        kept = [draft for draft in drafts if draft.end <= limit]
        for draft in kept:
            draft.role = role
        found += kept
        after = kept[-1].end if kept else end
    return found
