"""How much a text looks like Vietnamese prose of the genre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from danvan_nlp.themes.grams import Grams, syllables

# A short text says little: it counts as so many syllables more, of which only the first share is known.
_PRIOR = 4.0


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

    def score(self, grams: Grams, text: str) -> float:
        """Between 0 and 1; 0 for a text without words."""
        words = syllables(text)
        if not any(word.isalpha() for word in words):
            return 0.0
        shares = coverage(grams, [words])[0]
        logit = self.intercept + self.words * shares[0] + self.pairs * shares[1]
        return round(float(1 / (1 + np.exp(-logit))), 4)


def coverage(grams: Grams, texts: Sequence[Sequence[str]]) -> npt.NDArray[np.float64]:
    """Shares of each text's syllables and pairs that are known, drawn towards none for short texts."""
    letters = [[word for word in text if word.isalpha()] for text in texts]
    rows, found = grams.find(*grams.read(letters))
    n_words = len(grams.words)
    n_pairs = len(grams.levels[0]) if grams.levels else 0
    sizes = np.array([len(text) for text in letters], dtype=np.float64)
    words = np.bincount(rows[found < n_words], minlength=len(letters))
    pairs = np.bincount(rows[(found >= n_words) & (found < n_words + n_pairs)], minlength=len(letters))
    return np.column_stack([words / (sizes + _PRIOR), pairs / (np.maximum(sizes - 1, 0) + _PRIOR)])
