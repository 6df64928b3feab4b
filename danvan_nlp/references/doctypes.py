"""The type word before a number: "Chương trình hành động số", "QUYẾT ĐỊNH SỐ:", "Chỉ thi"."""

from __future__ import annotations

import re
from typing import NamedTuple

from danvan_nlp.references.vocabulary import types, unmarked

_WINDOW = 90
_BLANK = " \t\n:.*_"
_NUMBER_WORDS = ("số", "Số", "SỐ", "sô", "Sô", "SÔ", "sổ", "Sổ", "Sỗ", "sỗ")
_GLUED = re.compile(r"[,;](?=[^\W\d_]+\s*$)")
_LEAD = re.compile(r"[\W_]+")
_LONGEST_QUALIFIER = 4
_WORDS = 8
_LONGEST_GAP = 6
_LONGEST_WORD = 9


class TypeWord(NamedTuple):
    """What stands before a number: the type (None where there is none) and the word "số".

    ``start`` is where the mention begins: at the type, at "số", or at the number itself.
    """

    start: int
    type: str | None
    numbered: bool
    bracketed: bool = False


def _named(words: list[str]) -> tuple[str, int] | None:
    """The type that the last words name, and how many of them it takes."""
    known = types()
    last = len(words)
    for count in range(min(known.longest, last), 0, -1):
        phrase = " ".join(words[-count:])
        if count == 1 and " ".join(words[-2:]).lower() in known.compounds:
            return None
        name = known.by_spelling.get(phrase.lower())
        if name is None and count == 1:
            name = known.by_abbreviation.get(phrase)
        if name is not None:
            return name, count
    return None


def _misspelt(words: list[str]) -> tuple[str, int] | None:
    known = types().by_unmarked
    for count in (2, 1):
        if len(words) >= count and (name := known.get(unmarked(" ".join(words[-count:])))):
            return name, count
    return None


def _without_qualifiers(words: list[str]) -> list[str]:
    qualifiers = types().qualifiers
    for _ in range(2):
        for count in range(min(_LONGEST_QUALIFIER, len(words) - 1), 0, -1):
            if " ".join(words[-count:]).lower() in qualifiers:
                words = words[:-count]
                break
        else:
            break
    return words


def type_before(text: str, floor: int, at: int) -> TypeWord:
    """Read the type word and "số" that lead to the number at a place of the text.

    Parameters
    ----------
    text : str
        The key.
    floor : int
        The type does not begin before this place.
    at : int
        Where the number begins.

    Examples
    --------
    >>> type_before("theo Chương trình hành động số 38-CTr/TU", 0, 31)
    TypeWord(start=5, type='chương trình', numbered=True, bracketed=False)
    >>> type_before("Số 16-BC/TU", 0, 3)
    TypeWord(start=0, type=None, numbered=True, bracketed=False)
    """
    low = max(floor, at - _WINDOW)
    head = text[low:at].rstrip(_BLANK)
    number_word = head.endswith(_NUMBER_WORDS)
    start = at
    if number_word:
        start = low + len(head) - 2
        head = head[:-2].rstrip(_BLANK)
    bracketed = head.endswith("(")
    if bracketed:
        head = head[:-1].rstrip(_BLANK)
    found = _type_at_end(head, number_word or not bracketed)
    if found is None or bracketed:
        return TypeWord(start, found[0] if found else None, number_word, bracketed and found is not None)
    return TypeWord(low + found[1], found[0], number_word)


# What stands between a type word and its number in most mentions.
_PLAIN = {gap: gap != " " for gap in (" ", " số ", " Số ", " SỐ ", " số: ", " Số: ", " SỐ: ")}


def type_at(text: str, floor: int, at: int, word: tuple[int, int]) -> TypeWord | None:
    """The type word found before a number, where it leads straight to it and `type_before` would name no longer type.

    Examples
    --------
    >>> type_at("theo Kết luận số 114-KL/TW", 0, 17, (5, 13))
    TypeWord(start=5, type='kết luận', numbered=True, bracketed=False)
    >>> type_at("theo Kết luận của Đảng số 114-KL/TW", 0, 26, (5, 13)) is None
    True
    """
    start, end = word
    numbered = _PLAIN.get(text[end:at]) if at - end < _LONGEST_GAP and start >= floor else None
    if numbered is None or (start > floor and not text[start - 1].isspace()):
        return None
    written = text[start:end]
    known = types()
    name = known.by_capital.get(written)
    if name is None or " " not in written:
        return None
    longer = known.longer[written]
    if longer and text[max(floor, start - _LONGEST_WORD) : start].rstrip().lower().endswith(longer):
        return None
    return TypeWord(start, name, numbered)


def _type_at_end(head: str, misspelt: bool) -> tuple[str, int] | None:
    """The type that a text ends with, qualifiers aside, and where its word begins."""
    if not head or not (head[-1].isalnum() or head[-1].isspace()):
        return None
    # "34/2007/PL-UBTVQH11,NĐ 04/2015/NĐ-CP": the comma ends a word where no blank follows it too.
    if glued := _GLUED.search(head):
        found = _type_at_end(head[glued.end() :], misspelt)
        return (found[0], glued.end() + found[1]) if found else None
    parts = head.rsplit(None, 2)
    if len(parts) > 2 and parts[1][0].isalpha():
        pair = f"{parts[1]} {parts[2]}".lower()
        name = types().by_spelling.get(pair)
        if name is not None and not parts[0].lower().endswith(types().longer[pair]):
            return name, head.rfind(parts[1], 0, len(head) - len(parts[2]))
    words = head.rsplit(None, _WORDS)[-_WORDS:]
    if not words:
        return None
    words = [_LEAD.sub("", word, count=1) if not word[0].isalnum() else word for word in words]
    kept = words
    found = _named(words)
    if found is None:
        kept = _without_qualifiers(words)
        found = _named(kept) if kept is not words else None
    if found is None and misspelt:
        found = _misspelt(words)
        kept = words if found else kept
        found = found or _misspelt(kept)
    if found is None:
        return None
    return found[0], _start_of_word(head, len(words) - len(kept) + found[1])


def _start_of_word(head: str, count: int) -> int:
    """Where the last words of a text begin, leading marks left out."""
    parts = head.rsplit(None, count)
    place = len(parts[0]) if len(parts) > count else 0
    while place < len(head) and not head[place].isalnum():
        place += 1
    return place
