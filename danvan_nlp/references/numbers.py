"""Numbered documents: number, year and symbol, with the type word that leads to them."""

from __future__ import annotations

import re
from functools import cache

from danvan_nlp.references.bounds import Bounds, cell_end, cell_start
from danvan_nlp.references.doctypes import TypeWord, type_at, type_before
from danvan_nlp.references.drafts import Draft
from danvan_nlp.references.landmarks import Landmarks
from danvan_nlp.references.symbols import Symbol, read_symbol, small_symbol
from danvan_nlp.references.tails import read_tail
from danvan_nlp.references.vocabulary import one_of, wording

# How far before its sign a number begins at most, and how far after it the symbol ends.
_LEAD, _LONGEST = 24, 256
_SPLIT = re.compile(r"(?:[Ss]ố|SỐ)\s*:?\s*(?P<digits>(?:[0-9O]{1,3} ){1,3})$")
_JOINT = re.compile(r"[\s*_]*(?:[,;/&]|và|VÀ|hoặc|hay|[,;]\s*và)?[\s*_]*(?:(?:[Ss]ố|SỐ)\s*:?)?[\s*_]*")
_BETWEEN = re.compile(r"(?:(?:của|CỦA)\s[^.;:(]{3,60}|về\s[^.,;:(]{3,40})\s*(?:[Ss]ố|SỐ)\s*:?\s*$")
# I or l for the first figure 1, straight after "số".
_ONE = re.compile(r"(?:[Ss][ốỗ]|S[ỐỖ])\s*:?\s*[Il]$")


@cache
def _number_and_symbol() -> re.Pattern[str]:
    return re.compile(
        r"[0-9O](?<![0-9_/.–-][0-9O])"
        r"(?P<rest>[0-9O]{0,4}|[0-9O]?\.[0-9O]{3})(?P<letter>[a-zđ](?![^\W_])|[A-EĐ](?=\s?[-/]))?"
        r"(?:(?:\s?/\s?|-(?=\d{4}/))(?P<year>(?:19|20)[0-9O]{2})(?![0-9]))?"
        r"(?P<sign>\s{0,3}[-–—/]{1,2}\s{0,2}|[ \n]|(?=[A-ZĐ]{2,4}r?/[A-ZĐ]))"
        r"(?P<symbol>(?:Th?\.)?[A-ZĐƯ][^\W_]{0,24}"
        rf"(?:(?:\s{{0,2}}[-–/&]\s{{0,2}}|\.(?=[A-ZĐƯ]{{2}}))(?:Th?\.)?[A-ZĐƯ][^\W_]{{0,24}}){{0,6}}|{small_symbol()})"
    )


@cache
def _not_a_reference() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = wording()
    endings = one_of(words["file_endings"], any_case=True)
    standards = one_of(words["not_number_before"], any_case=True)
    return (
        re.compile(rf"[\w\-–/.]{{0,40}}?{endings}(?!\w)"),
        re.compile(rf"(?<!\w){standards}\s*:?\s*[\w\-]*[\s/:\-]*$"),
    )


_DIGITS = frozenset("0123456789O")
# Before a number whose symbol is in small letters: whatever else is part of an address or a file name.
_OPENING = '([|"“*'


def _number(digits: str, letter: str | None) -> str:
    """A number as written in standard form: no O for 0, no mark of thousands, no leading zeros."""
    if not digits.isdigit():
        digits = digits.replace("O", "0").replace(".", "").replace(" ", "")
    return (digits.lstrip("0") or "0") + (letter or "")


def _wanted(text: str, start: int, end: int, word: TypeWord, symbol: Symbol, year: str | None) -> bool:
    """Whether digits and capitals of this look are the number of a document."""
    if word.type is None:
        if not symbol.strong and not (word.numbered and "-" in symbol.text.replace("/", "-")):
            return False
        if _not_a_reference()[1].search(text, max(0, start - 24), start):
            return False
    if "." in text[end : end + 8] and _not_a_reference()[0].match(text, end, end + 48):
        return False
    return (year is not None or len(symbol.text) > 1) and not symbol.text.isdigit()


def _symbol(text: str, match: re.Match[str], limit: int) -> Symbol | None:
    """The symbol after a number; None where there is none, or what stands there is part of an address or file name."""
    raw, at, begin = match["symbol"], match.start(), match.start("symbol")
    if raw.islower():
        if at and not (text[at - 1].isspace() or text[at - 1] in _OPENING):
            return None
        raw = raw.upper()
    symbol = read_symbol(match["sign"], raw if match.end() <= limit else raw[: max(0, limit - begin)])
    return symbol if symbol is not None and begin + symbol.length <= limit else None


def _draft(
    text: str, match: re.Match[str], bounds: Bounds, previous: Draft | None, type_word: tuple[int, int]
) -> Draft | None:
    """The mention that has a number of this look, with its type word; None where it is no document's."""
    at = match.start()
    floor, limit, role = bounds.around(at)
    symbol = _symbol(text, match, limit)
    if symbol is None:
        return None
    rest, letter, year, sign, _ = match.groups()
    digits, end = text[at] + rest, match.start("symbol") + symbol.length
    if at and text[at - 1] in " Il":
        at, digits, letter = _misread(text, floor, at, digits, letter)
    low = floor if role is None else cell_start(text, at, floor, role)
    word = type_at(text, low, at, type_word) or type_before(text, low, at)
    if at and text[at - 1].isalpha() and word.start == at:
        return None
    if not sign.strip() and not (word.type and symbol.strong):
        return None
    joined = word.type is None and previous is not None and previous.limit == limit and previous.end <= word.start
    joint = bool(joined and previous and _JOINT.fullmatch(text, min(previous.tail, at), at))
    if not joint and not _wanted(text, at, end, word, symbol, year):
        return None
    start, name = word.start, word.type
    if name is None and word.numbered:
        start, name = _typed_before_title(text, low, at, symbol) or (start, name)
    stop = limit if role is None else cell_end(text, end, limit, role)
    draft = Draft(start, end, floor, limit, stop, type=name, number=_number(digits, letter), symbol=symbol.text)
    if name is None:
        draft.type = previous.type if joint and previous and _alike(previous, symbol) else symbol.type
    draft.year = year.replace("O", "0") if year else None
    draft.number_at, draft.role, draft.typed, draft.numbered = at, role, name is not None, word.numbered
    draft.known, draft.central = symbol.known, symbol.central
    _add_tail(text, draft)
    return draft


def _add_tail(text: str, draft: Draft) -> None:
    """Read date, issuer and term after the symbol."""
    tail = read_tail(text, draft.end, draft.stop)
    draft.tail, draft.date, draft.dated, draft.term = tail.end, tail.date, tail.dated, tail.term
    draft.issuer, draft.together = tail.issuer, tail.led == "cùng"
    if tail.led and draft.year and tail.date and tail.date[:4] != draft.year:
        # "Luật … năm 2022 và Nghị định số 59/2023/NĐ-CP, ban hành ngày 30/7/2025": said of something else.
        draft.date, draft.dated = None, False


def _misread(text: str, floor: int, at: int, digits: str, letter: str | None) -> tuple[int, str, str | None]:
    """Where a number begins and its digits, a blank within it and a one read as a letter put right."""
    if text[at - 1] == " ":
        if text[at - 2] in _DIGITS and (split := _SPLIT.search(text, max(floor, at - 20), at)):
            return split.start("digits"), split["digits"] + digits, None
    elif _ONE.search(text, max(floor, at - 8), at):
        return at - 1, "1" + digits, letter
    return at, digits, letter


def _typed_before_title(text: str, low: int, at: int, symbol: Symbol) -> tuple[int, str] | None:
    """Start and type of a document whose title stands before its number.

    "Quy định về nêu gương số …", but not "theo quy định về nêu gương và số …".
    """
    issued = _BETWEEN.search(text, max(low, at - 90), at)
    if issued is None:
        return None
    owner = type_before(text, low, issued.start())
    if owner.type and (issued[0][0] in "cC" or owner.type == symbol.type or text[owner.start].isupper()):
        return owner.start, owner.type
    return None


def _alike(previous: Draft, symbol: Symbol) -> bool:
    """Whether the type of the member before holds for a number without one: "Quy định số 75-QĐ/TW, 76-QĐ/TW"."""
    first = re.split("[/-]", previous.symbol or "", maxsplit=1)[0]
    return symbol.type is None or previous.type == "văn bản" or first == re.split("[/-]", symbol.text, maxsplit=1)[0]


def numbered(text: str, bounds: Bounds, places: Landmarks) -> list[Draft]:
    """Every mention with a number and a symbol, in the order of the text.

    Parameters
    ----------
    text : str
        The key.
    bounds : Bounds
        The stretches that mentions stay in.
    places : Landmarks
        Where numbers and type words may stand.
    """
    found: list[Draft] = []
    previous: Draft | None = None
    at = 0
    pattern = _number_and_symbol()
    words = places.words
    index, last = -1, len(words) - 1
    for place in places.numbers:
        while place >= at:
            match = pattern.search(text, max(at, place - _LEAD), place + _LONGEST)
            if match is None or match.start() > place:
                break
            while index < last and words[index + 1][1] <= match.start():
                index += 1
            draft = _draft(text, match, bounds, previous, words[index] if index >= 0 else (-1, -1))
            if draft is None:
                at = match.start() + 1 + len(match["rest"])
                continue
            if previous is not None and draft.start < previous.end:
                draft.start = draft.number_at
            found.append(draft)
            previous, at = draft, draft.end
    return found
