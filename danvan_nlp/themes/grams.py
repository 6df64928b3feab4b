"""Syllables of a sentence and their n-grams, looked up for a whole batch at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
import numpy.typing as npt

from danvan_nlp.language.key import fold, make_key

Ints = npt.NDArray[np.int64]

START = "^"
NUMBER = "0"
_SEPARATOR = "\x1e"
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
# The marks that a unit keeps at its start: "II-", "2.1.", "a)", "(1)", "-", "¹", "�", markup.
_ENUMERATOR = re.compile(
    r"(?:[\s\-–+•*#_>|�(¹²³⁴-⁹⁰]+|(?:[ivxlc]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])[.)\-–:](?=\s))*"
)


def syllables(text: str) -> list[str]:
    """Folded syllables and numbers of a text, its enumerator left out.

    Examples
    --------
    >>> syllables("2.1. Uỷ ban đã tiếp 35 lượt")
    ['ủy', 'ban', 'đã', 'tiếp', '35', 'lượt']
    """
    return syllables_of([text])[0]


def syllables_of(texts: Sequence[str]) -> list[list[str]]:
    """The same for many texts, whose key is made at once."""
    if not texts:
        return []
    key = make_key(_SEPARATOR.join(text.replace(_SEPARATOR, " ") for text in texts)).text.lower()
    return [_TOKEN.findall(text, _enumerator_end(text)) for text in key.split(_SEPARATOR)]


def _enumerator_end(folded: str) -> int:
    found = _ENUMERATOR.match(folded)
    return found.end() if found else 0


@dataclass(frozen=True, slots=True)
class Grams:
    """A set of n-grams, kept as a trie in sorted arrays.

    An n-gram of order n is the pair of the n-gram before its last word and that word, as one integer
    ``parent * len(words) + word``; ``levels[n - 2]`` holds those of order n, sorted. The number of an n-gram is its
    place in its level, after the words and the levels before.

    Examples
    --------
    >>> grams = Grams.of_phrases(["tiếp công dân", "đối thoại"])
    >>> batch = grams.read([["lịch", "tiếp", "công", "dân"]])
    >>> [grams.name(feature) for _, feature in zip(*grams.find(*batch))][-1]
    'tiếp công dân'
    """

    words: tuple[str, ...]
    levels: tuple[Ints, ...]
    lookup: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lookup", {word: i for i, word in enumerate(self.words)})

    def __len__(self) -> int:
        return len(self.words) + sum(len(level) for level in self.levels)

    @classmethod
    def of_phrases(cls, phrases: Iterable[str]) -> Grams:
        """The n-grams that are the given phrases and their beginnings."""
        split = [_TOKEN.findall(fold(phrase)) for phrase in phrases]
        return cls._build({tuple(words[: i + 1]) for words in split for i in range(len(words))})

    @classmethod
    def of_documents(cls, documents: Sequence[Sequence[Sequence[str]]], *, order: int, least: int) -> Grams:
        """The n-grams up to an order that stand in at least so many documents.

        Each document is a sequence of sentences, each of these a sequence of words.
        """
        spread: Counter[tuple[str, ...]] = Counter()
        for document in documents:
            seen = {
                tuple(sentence[i : i + n])
                for sentence in document
                for n in range(1, order + 1)
                for i in range(len(sentence) - n + 1)
            }
            spread.update(seen)
        kept = {gram for gram, count in spread.items() if count >= least}
        return cls._build(kept | {(NUMBER,), (START,)})

    @classmethod
    def _build(cls, grams: set[tuple[str, ...]]) -> Grams:
        words = tuple(sorted({word for gram in grams for word in gram}))
        lookup = {word: i for i, word in enumerate(words)}
        places: dict[tuple[str, ...], int] = {(word,): i for word, i in lookup.items()}
        levels: list[Ints] = []
        for order in range(2, max((len(gram) for gram in grams), default=1) + 1):
            keyed = sorted(
                (places[gram[:-1]] * len(words) + lookup[gram[-1]], gram) for gram in grams if len(gram) == order
            )
            places = {gram: i for i, (_, gram) in enumerate(keyed)}
            levels.append(np.array([key for key, _ in keyed], dtype=np.int64))
        return cls(words, tuple(levels))

    def read(self, sentences: Sequence[Sequence[str]]) -> tuple[Ints, Ints]:
        """Numbers of the words of a batch, one after another, and the row of each; -1 for a word not known."""
        flat = [word for sentence in sentences for word in sentence]
        ids = np.array(list(map(self.lookup.get, flat, repeat(-1))), dtype=np.int64)
        number = self.lookup.get(NUMBER, -1)
        for i in np.flatnonzero(ids < 0).tolist():
            if flat[i][0].isdigit():
                ids[i] = number
        lengths = [len(sentence) for sentence in sentences]
        return ids, np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)

    def find(self, ids: Ints, rows: Ints) -> tuple[Ints, Ints]:
        """Rows and numbers of all n-grams that stand in a batch, with repetitions."""
        at = np.flatnonzero(ids >= 0)
        parent = ids[at]
        found_rows, found = [rows[at]], [parent]
        offset, size = len(self.words), len(ids)
        for order, level in enumerate(self.levels, 1):
            if not len(level):
                break
            inside = at + order < size
            at, parent = at[inside], parent[inside]
            last = ids[at + order]
            fits = (last >= 0) & (rows[at + order] == rows[at])
            at, key = at[fits], parent[fits] * len(self.words) + last[fits]
            place = np.minimum(np.searchsorted(level, key), len(level) - 1)
            hit = level[place] == key
            at, parent = at[hit], place[hit]
            found_rows.append(rows[at])
            found.append(parent + offset)
            offset += len(level)
        return np.concatenate(found_rows), np.concatenate(found)

    def name(self, feature: int) -> str:
        """The n-gram of a number, words parted by a blank."""
        offset, starts = len(self.words), []
        for level in self.levels:
            starts.append(offset)
            offset += len(level)
        order = sum(feature >= start for start in starts)
        words: list[str] = []
        while order:
            key = int(self.levels[order - 1][feature - starts[order - 1]])
            words.append(self.words[key % len(self.words)])
            order -= 1
            feature = key // len(self.words) + (starts[order - 1] if order else 0)
        return " ".join([self.words[feature], *reversed(words)])
