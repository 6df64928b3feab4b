"""How much a text looks like Vietnamese prose of the genre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from danvan_nlp.themes.grams import Grams
from danvan_nlp.themes.words import Words, read_words

# A short text says little: it counts as so many syllables more, of which only the first share is known.
_PRIOR = 4.0
# Texts read at once: more would not stay in the processor's cache.
_BATCH = 8


@dataclass(frozen=True, slots=True)
class Prose:
    """A logistic score over the share of a text's syllables, and pairs of syllables, that the genre's reports use."""

    intercept: float
    words: float
    pairs: float

    def to_array(self) -> npt.NDArray[np.float64]:
        """The three numbers, for storing."""
        return np.array([self.intercept, self.words, self.pairs])

    @classmethod
    def from_array(cls, values: npt.NDArray[np.float64]) -> Prose:
        """The inverse of ``to_array``."""
        return cls(*(float(value) for value in values))

    def scores(self, grams: Grams, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """For each text a number between 0 and 1; 0 for a text without words."""
        parts = [self._scores(grams, texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
        return np.concatenate([np.zeros(0), *parts])

    def _scores(self, grams: Grams, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        words = read_words(texts).only_letters()
        logits = self.intercept + coverage(grams, words) @ (self.words, self.pairs)
        spoken = np.bincount(words.rows, minlength=len(texts)) > 0
        return np.where(spoken, np.round(1 / (1 + np.exp(-logits)), 4), 0.0)


def coverage(grams: Grams, words: Words) -> npt.NDArray[np.float64]:
    """Shares of each text's syllables and pairs that are known, drawn towards none for short texts."""
    words = words.only_letters()
    rows, found = grams.find(*grams.read(words))
    n_words = len(grams.words)
    n_pairs = len(grams.levels[0]) if grams.levels else 0
    sizes = np.bincount(words.rows, minlength=words.size)
    known = np.bincount(rows[found < n_words], minlength=words.size)
    pairs = np.bincount(rows[(found >= n_words) & (found < n_words + n_pairs)], minlength=words.size)
    return np.column_stack([known / (sizes + _PRIOR), pairs / (np.maximum(sizes - 1, 0) + _PRIOR)])
