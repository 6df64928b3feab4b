"""The places at which mentions may stand, found in one pass: whatever else is read is read beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from danvan_nlp.language.letters import UPPER
from danvan_nlp.references.vocabulary import beginnings, one_of, types, wording

_DIGIT = "[0-9O]"
_SIGN = "[-–—/]"
_SYMBOL_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZĐƯ"
# A number may end in a letter; up to three blanks stand between it and the sign.
_AFTER_NUMBER = "|".join(
    rf"(?<={_DIGIT}{between}.)"
    for between in ("", r"[a-zđA-EĐ\s]", r"[a-zđA-EĐ\s]\s", r"[a-zđA-EĐ\s]\s\s", r"[a-zđA-EĐ]\s\s\s")
)
# After the sign, a symbol in capitals, or what may be one in small letters: "nq-", "bcđ35-".
_BEFORE_SYMBOL = rf"(?={_SIGN}?\s{{0,2}}[{_SYMBOL_LETTERS}]|[a-zđư]{{1,16}}\d{{0,2}}[-–/&])"
_WITHOUT_SIGN = rf"(?<={_DIGIT}.)|(?<={_DIGIT}[ \na-zđA-EĐ].)|(?<={_DIGIT}[a-zđ][ \n].)"
# Types in small letters, and what must follow them.
_SHORT_NUMBER = r"(?:số\s+)?\d{2,4}(?!\w)"
_SMALL = {
    "nghị quyết": re.compile(rf"\s+(?:(?:[Đđ]ại\s+hội|Trung\s+ương|TW|Hội\s+nghị)(?!\w)|{_SHORT_NUMBER})"),
    **dict.fromkeys(("quyết định", "chỉ thị", "kết luận"), re.compile(rf"\s+{_SHORT_NUMBER}")),
    "luật": re.compile(rf"\s+[{UPPER}][^\W\d_]*\s"),
}
_THIS = " này"
_LONGEST_TYPE = 12
# Types abbreviated that need no blank after them.
_ALONE = ("NQ", "KL")
_WORD_ENDS = r"(?![^\W\d_](?<!T))"


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Places of a text, each list in its order.

    Attributes
    ----------
    numbers : list of int
        Where a number may go over into its symbol: at the sign between them or at the symbol's first letter.
    words : list of tuple of int
        Where type words with a capital, abbreviated types, and types in small letters before the name of a document
        begin and end.
    """

    numbers: list[int]
    words: list[tuple[int, int]]


@cache
def type_word() -> re.Pattern[str]:
    """A type with a capital ("Kết luận", "KẾT LUẬN", "Kết Luận") or abbreviated ("NQ")."""
    return re.compile("|".join(first + rest for first, ways in _type_words().items() for rest in ways))


def _type_words() -> dict[str, list[str]]:
    """By the first letter, the patterns of what goes on to a type word."""
    written = [*types().by_capital, *_ALONE]
    ways = {first: [f"{rest}{_WORD_ENDS}"] for first, rest in beginnings(written).items()}
    for word in wording()["short_abbreviations"]:
        ways.setdefault(word[0], []).append(rf"{word[1:]}(?= (?:số )?{_WORD_ENDS})")
    return ways


@cache
def _pattern() -> re.Pattern[str]:
    # Alternatives that each begin with one character: the engine skips to these and looks at no other place.
    ways = _type_words()
    letters = (rf"{one}(?:{'|'.join((_WITHOUT_SIGN, *ways.get(one, ())))})" for one in _SYMBOL_LETTERS)
    signs = (rf"{sign}(?:{_AFTER_NUMBER}){_BEFORE_SYMBOL}" for sign in _SIGN[1:-1])
    return re.compile("|".join((*signs, *letters)))


def landmarks(text: str) -> Landmarks:
    """Find the places of a text, given as its key.

    Examples
    --------
    >>> landmarks("Thực hiện Kết luận số 114-KL/TW của Ban Bí thư")
    Landmarks(numbers=[25], words=[(10, 18), (26, 28)])
    """
    numbers: list[int] = []
    words: list[tuple[int, int]] = []
    for match in _pattern().finditer(text):
        place = start, end = match.span()
        if end - start > 1:
            words.append(place)
            continue
        numbers.append(start)
        # "Điều 13 Luật …": what may be a symbol may be a type word too.
        if text[start] in _SYMBOL_LETTERS and (word := type_word().match(text, start)):
            words.append(word.span())
    words.extend(_small(text))
    words.sort()
    return Landmarks(numbers, words)


def _small(text: str) -> Iterator[tuple[int, int]]:
    for word, goes_on in _SMALL.items():
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            if goes_on.match(text, end):
                yield start, end
            start = text.find(word, end)
    before = _before_this()
    place = text.find(_THIS)
    while place >= 0:
        if named := before.search(text, max(0, place - _LONGEST_TYPE), place):
            yield named.span()
        place = text.find(_THIS, place + len(_THIS))


@cache
def _before_this() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){one_of(wording()['small_before_this'])}$")
