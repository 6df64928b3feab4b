"""Syllables of a sentence and their n-grams, looked up for a whole batch at once."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from danvan_nlp.themes.lookup import Lookup
from danvan_nlp.themes.words import Ints, Words, hashes_of

START = "^"
NUMBER = "0"


@dataclass(frozen=True, slots=True)
class Grams:
    """A set of n-grams, kept as a trie in sorted arrays.

    An n-gram of order n is the pair of the n-gram before its last word and that word, as one integer
    ``parent * len(words) + word``; ``levels[n - 2]`` holds those of order n, sorted. The number of an n-gram is its
    place in its level, after the words and the levels before.

    Examples
    --------
    >>> from danvan_nlp.themes.words import read_words
    >>> grams = Grams.of_documents([read_words(["tiếp công dân"])], order=3, least=1)
    >>> rows, found = grams.find(*grams.read(read_words(["Lịch tiếp công dân"])))
    >>> grams.name(int(found[-1]))
    'tiếp công dân'
    """

    words: tuple[str, ...]
    levels: tuple[Ints, ...]
    _places: tuple[Lookup, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keys = (hashes_of(self.words).view(np.int64), *self.levels)
        object.__setattr__(self, "_places", tuple(map(Lookup.of, keys)))

    def __len__(self) -> int:
        return len(self.words) + sum(len(level) for level in self.levels)

    @classmethod
    def of_documents(cls, documents: Iterable[Words], *, order: int, least: int) -> Grams:
        """The n-grams up to an order that stand in at least so many documents, `START` before each text."""
        spread: Counter[tuple[str, ...]] = Counter()
        for document in documents:
            sentences = [(START, *sentence) for sentence in document.lists()]
            seen = {
                sentence[i : i + n]
                for sentence in sentences
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

    def read(self, words: Words, *, start: bool = False) -> tuple[Ints, Ints]:
        """Numbers of the words of a batch, one after another, and the row of each; -1 for a word not known.

        With ``start``, `START` stands before the words of each text.
        """
        ids = self._places[0](words.hashes.view(np.int64))
        ids[(ids < 0) & words.digits] = self.number_of(NUMBER)
        if not start:
            return ids, words.rows
        begins = np.searchsorted(words.rows, np.arange(words.size))
        return np.insert(ids, begins, self.number_of(START)), np.insert(words.rows, begins, np.arange(words.size))

    def number_of(self, word: str) -> int:
        """The number of a word, -1 where it is not known."""
        place = bisect_left(self.words, word)
        return place if place < len(self.words) and self.words[place] == word else -1

    def find(self, ids: Ints, rows: Ints) -> tuple[Ints, Ints]:
        """Rows and numbers of all n-grams that stand in a batch, with repetitions."""
        at = np.flatnonzero(ids >= 0)
        parent = ids[at]
        found_rows, found = [rows[at]], [parent]
        offset, size = len(self.words), len(ids)
        for order, (level, places) in enumerate(zip(self.levels, self._places[1:], strict=True), 1):
            if not len(level):
                break
            inside = at + order < size
            at, parent = at[inside], parent[inside]
            last = ids[at + order]
            fits = (last >= 0) & (rows[at + order] == rows[at])
            at = at[fits]
            place = places(parent[fits] * len(self.words) + last[fits])
            hit = place >= 0
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
