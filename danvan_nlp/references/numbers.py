"""Numbered documents: number, year and symbol, with the type word that leads to them."""

from __future__ import annotations

import re
from functools import cache

from danvan_nlp.references.bounds import Bounds, cell_end, cell_start
from danvan_nlp.references.doctypes import TypeWord, type_before
from danvan_nlp.references.drafts import Draft
from danvan_nlp.references.symbols import Symbol, read_symbol
from danvan_nlp.references.tails import read_tail
from danvan_nlp.references.vocabulary import one_of, wording

# The first character does the filtering: every other part is tried only after a digit (or O read for 0).
_NUMBER = re.compile(
    r"[0-9O](?<![0-9_/.–-][0-9O])"
    r"(?P<rest>[0-9O]{0,4}|[0-9O]?\.[0-9O]{3})(?P<letter>[a-zđ](?![^\W_])|[A-EĐ](?=\s?[-/]))?"
    r"(?:(?:\s?/\s?|-(?=\d{4}/))(?P<year>(?:19|20)[0-9O]{2})(?![0-9]))?"
    r"(?P<sign>\s{0,3}[-–—/]{1,2}\s{0,2}|[ \n]|(?=[A-ZĐ]{2,4}r?/[A-ZĐ]))"
    r"(?P<symbol>(?:Th?\.)?[A-ZĐƯ][^\W_]{0,24}"
    r"(?:\s{0,2}[-–/&]\s{0,2}(?:Th?\.)?[A-ZĐƯ][^\W_]{0,24}){0,6})"
)
_SPLIT = re.compile(r"(?:[Ss]ố|SỐ)\s*:?\s*(?P<digits>(?:[0-9O]{1,3} ){1,3})$")
_JOINT = re.compile(r"[\s*_]*(?:[,;/&]|và|hoặc|hay|[,;]\s*và)?[\s*_]*(?:(?:[Ss]ố|SỐ)\s*:?)?[\s*_]*")
_BETWEEN = re.compile(r"(?:của|CỦA)\s[^.;:(]{3,60}\s*(?:[Ss]ố|SỐ)\s*:?\s*$")


@cache
def _not_a_reference() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = wording()
    endings = "|".join(re.escape(ending) for ending in words["file_endings"])
    return (
        re.compile(rf"[\w\-–/.]{{0,40}}?(?:{endings})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w){one_of(words['not_number_before'])}\s*:?\s*[\w\-]*[\s/:\-]*$", re.IGNORECASE),
    )


_DIGITS = frozenset("0123456789O")


def _digits(match: re.Match[str]) -> str:
    text = match[0][0] + match["rest"]
    number = text.replace("O", "0").replace(".", "").lstrip("0") or "0"
    return number + (match["letter"] or "")


def _wanted(text: str, start: int, end: int, word: TypeWord, symbol: Symbol, year: str | None) -> bool:
    """Whether digits and capitals of this look are the number of a document."""
    if word.type is None and not symbol.strong and not (word.numbered and "-" in symbol.text.replace("/", "-")):
        return False
    file_name, standard = _not_a_reference()
    if word.type is None and standard.search(text, max(0, start - 24), start):
        return False
    if "." in text[end : end + 8] and file_name.match(text, end, end + 48):
        return False
    return not (symbol.text.isdigit() or (year is None and len(symbol.text) < 2))


def _draft(text: str, match: re.Match[str], bounds: Bounds, previous: Draft | None) -> Draft | None:
    at = match.start()
    floor, limit, role = bounds.around(at)
    symbol = read_symbol(match["sign"], match["symbol"][: max(0, limit - match.start("symbol"))])
    if symbol is None:
        return None
    end = match.start("symbol") + symbol.length
    if end > limit:
        return None
    before = text[at - 1] if at else " "
    number = _digits(match)
    if before == " " and text[at - 2] in _DIGITS and (split := _SPLIT.search(text, max(floor, at - 20), at)):
        number = (split["digits"].replace(" ", "").replace("O", "0") + match[0][0] + match["rest"]).lstrip("0")
        at = split.start("digits")
    low = cell_start(text, at, floor, role)
    word = type_before(text, low, at)
    if before.isalpha() and word.start == at:
        return None
    if not match["sign"].strip() and not (word.type and symbol.strong):
        return None
    joined = previous is not None and word.type is None and previous.limit == limit and previous.end <= word.start
    joint = bool(joined and previous and _JOINT.fullmatch(text, min(previous.tail, at), at))
    if not _wanted(text, at, end, word, symbol, match["year"]) and not joint:
        return None
    stop = cell_end(text, end, limit, role)
    start, name = word.start, word.type
    if word.type is None and word.numbered and (issued := _BETWEEN.search(text, max(low, at - 90), at)):
        owner = type_before(text, low, issued.start())
        if owner.type:
            start, name = owner.start, owner.type
    draft = Draft(start, end, floor, limit, stop, type=name, number=number, symbol=symbol.text, number_at=at)
    draft.year = match["year"].replace("O", "0") if match["year"] else None
    draft.known, draft.central, draft.typed, draft.numbered = symbol.known, symbol.central, bool(name), word.numbered
    draft.role = role
    tail = read_tail(text, end, stop)
    draft.tail, draft.date, draft.dated, draft.term = tail.end, tail.date, tail.dated, tail.term
    draft.issuer = tail.issuer
    if name is None:
        draft.type = previous.type if joint and previous and _alike(previous, symbol) else symbol.type
    return draft


def _alike(previous: Draft, symbol: Symbol) -> bool:
    """Whether the type of the member before holds for a number without one: "Quy định số 75-QĐ/TW, 76-QĐ/TW"."""
    first = re.split("[/-]", previous.symbol or "", maxsplit=1)[0]
    return symbol.type is None or previous.type == "văn bản" or first == re.split("[/-]", symbol.text, maxsplit=1)[0]


def numbered(text: str, bounds: Bounds) -> list[Draft]:
    """Every mention with a number and a symbol, in the order of the text.

    Parameters
    ----------
    text : str
        The key.
    bounds : Bounds
        The stretches that mentions stay in.
    """
    found: list[Draft] = []
    previous: Draft | None = None
    at = 0
    while match := _NUMBER.search(text, at):
        draft = _draft(text, match, bounds, previous)
        if draft is None:
            at = match.start() + 1 + len(match["rest"])
            continue
        if previous is not None and draft.start < previous.end:
            draft.start = draft.number_at
        found.append(draft)
        previous, at = draft, draft.end
    return found
