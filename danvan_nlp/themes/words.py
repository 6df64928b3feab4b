"""Folded syllables and numbers of many texts, read at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from danvan_nlp.language.key import make_key

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Bools = npt.NDArray[np.bool_]
_Kinds = npt.NDArray[np.uint8]

# The marks that a unit keeps at its start: "II-", "2.1.", "a)", "(1)", "-", "¹", "�", markup.
_ENUMERATOR = re.compile(
    r"(?:[\s\-–+•*#_>|�(¹²³⁴-⁹⁰]+|(?:[ivxlc]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])[.)\-–:](?=\s))*"
)
# What a character is: part of a syllable, part of a number (runs of either make one word), and more of it.
_LETTER, _DECIMAL, _DIGIT, _ALPHA = 1, 2, 4, 8
_RUN = _LETTER | _DECIMAL
# Latin, Vietnamese and general punctuation stand below; what stands above is looked at one by one.
_TABLED = 0x2100
# Factors of the letters of a word in its hash; those of a word of more letters come round again.
_POWERS = np.cumprod(np.full(64, 0x9E3779B97F4A7C15, dtype=np.uint64))


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a batch of texts, one after another.

    Attributes
    ----------
    folded : str
        The texts in folded form, without their enumerators, one behind the other.
    starts, ends : array of shape (n_words,)
        Place of each word in ``folded``.
    rows : array of shape (n_words,)
        Which text it stands in.
    kinds : array of shape (n_letters,)
        What each character of ``folded`` is.
    size : int
        Number of texts.
    """

    folded: str
    starts: Ints
    ends: Ints
    rows: Ints
    kinds: _Kinds
    size: int

    @property
    def digits(self) -> Bools:
        """Which words are numbers."""
        return (self.kinds[self.starts] & _DIGIT) > 0

    @property
    def hashes(self) -> Hashes:
        """A number for each word, the same wherever the word stands."""
        return _hashes(self.folded, self.starts, self.ends)

    def only_letters(self) -> Words:
        """Those words that hold nothing but letters."""
        other = np.concatenate(([0], np.cumsum((self.kinds & _ALPHA) == 0)))
        kept = other[self.ends] == other[self.starts]
        return Words(self.folded, self.starts[kept], self.ends[kept], self.rows[kept], self.kinds, self.size)

    def lists(self) -> list[list[str]]:
        """The words of each text."""
        words = [self.folded[a:b] for a, b in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]
        bounds = np.searchsorted(self.rows, np.arange(self.size + 1)).tolist()
        return [words[a:b] for a, b in pairwise(bounds)]


def read_words(texts: Sequence[str]) -> Words:
    """Read the words of many texts.

    Examples
    --------
    >>> read_words(["2.1. Uỷ ban đã tiếp 35 lượt", "Đối thoại"]).lists()
    [['ủy', 'ban', 'đã', 'tiếp', '35', 'lượt'], ['đối', 'thoại']]
    """
    pieces = [_without_enumerator(make_key(text).text.lower()) for text in texts]
    folded = "\n".join(pieces)
    kinds = _kinds_of(_codes(folded))
    runs = np.concatenate((np.zeros(1, np.uint8), kinds & _RUN, np.zeros(1, np.uint8)))
    breaks = np.flatnonzero(runs[1:] != runs[:-1])
    within = runs[1:][breaks] > 0
    starts = breaks[within]
    ends = breaks[1:][within[:-1]]
    bounds = np.cumsum([len(piece) + 1 for piece in pieces], dtype=np.int64)
    return Words(folded, starts, ends, np.searchsorted(bounds, starts, side="right"), kinds, len(pieces))


def syllables(text: str) -> list[str]:
    """Folded syllables and numbers of a text, its enumerator left out.

    Examples
    --------
    >>> syllables("a) Hoà giải 12/15 vụ")
    ['hòa', 'giải', '12', '15', 'vụ']
    """
    return read_words([text]).lists()[0]


def hashes_of(words: Sequence[str]) -> Hashes:
    """The numbers that `Words.hashes` gives these words.

    Examples
    --------
    >>> bool((hashes_of(["tiếp", "dân"]) == read_words(["Tiếp dân"]).hashes).all())
    True
    """
    lengths = np.array([len(word) for word in words], dtype=np.int64)
    ends = np.cumsum(lengths)
    return _hashes("".join(words), ends - lengths, ends)


def _hashes(text: str, starts: Ints, ends: Ints) -> Hashes:
    """Polynomials over the letters of each word, modulo 2**64."""
    if not len(starts):
        return np.zeros(0, dtype=np.uint64)
    lengths = ends - starts
    first = np.cumsum(lengths) - lengths
    within = np.arange(lengths.sum()) - np.repeat(first, lengths)
    codes = _codes(text)[np.repeat(starts, lengths) + within]
    return np.asarray(np.add.reduceat(codes * _POWERS[within & (len(_POWERS) - 1)], first))


def _without_enumerator(folded: str) -> str:
    found = _ENUMERATOR.match(folded)
    return folded[found.end() :] if found else folded


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _kinds_of(codes: npt.NDArray[np.uint32]) -> _Kinds:
    kinds = _table().take(codes, mode="clip")
    above = np.flatnonzero(codes >= _TABLED)
    if len(above):
        unique, which = np.unique(codes[above], return_inverse=True)
        kinds[above] = np.array([_kind(chr(code)) for code in unique.tolist()], dtype=np.uint8)[which]
    return kinds


@cache
def _table() -> _Kinds:
    return np.array([_kind(chr(code)) for code in range(_TABLED)], dtype=np.uint8)


def _kind(letter: str) -> int:
    if letter == "_" or not letter.isalnum():
        return 0
    run = _DECIMAL if letter.isdecimal() else _LETTER
    return run | _DIGIT * letter.isdigit() | _ALPHA * letter.isalpha()
