"""Linear scores of sentences from their own features and their neighbours' words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from danvan_nlp.themes.context import SentenceContext
from danvan_nlp.themes.features import Floats, Sparse


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of the themes.

    Attributes
    ----------
    own : array of shape (n_features, n_themes)
        For the sentence's own features.
    near : array of shape (n_words, 2 * n_themes)
        For the n-grams of the sentence before (first half) and of the one after; ``n_words`` is the size of the first
        block of features.
    intercepts : array of shape (n_themes,)
    """

    own: Floats
    near: Floats
    intercepts: Floats
    # Own and near weights of the words side by side: looked up once for both.
    _of_words: Floats = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_of_words", np.hstack([self.own[: len(self.near)], self.near]))

    @property
    def previous(self) -> Floats:
        """Weights for the sentence before."""
        return self.near[:, : len(self.intercepts)]

    @property
    def next(self) -> Floats:
        """Weights for the sentence after."""
        return self.near[:, len(self.intercepts) :]

    def __call__(self, features: Sparse, linked: Floats) -> Floats:
        """Scores, one row a sentence; ``linked`` is what ``follows`` gives."""
        n, m = len(linked), len(self.intercepts)
        is_word = features.columns < len(self.near)
        words = multiply(features.of(is_word), self._of_words, n)
        scores = words[:, :m] + multiply(features.of(~is_word), self.own, n) + self.intercepts
        scores[1:] += words[:-1, m : 2 * m] * linked[1:, None]
        scores[:-1] += words[1:, 2 * m :] * linked[1:, None]
        return scores

    def calibrated(self, slopes: Floats, offsets: Floats) -> Linear:
        """The same weights giving log-odds: each theme's scores times its slope, plus its offset."""
        return Linear(
            (self.own * slopes).astype(np.float32),
            (self.near * np.tile(slopes, 2)).astype(np.float32),
            (self.intercepts * slopes + offsets).astype(np.float32),
        )


def follows(sentences: Sequence[SentenceContext]) -> Floats:
    """1 for each sentence that follows the one before it under the same headings, else 0.

    Examples
    --------
    >>> one, two = SentenceContext(text="a", headings=("I",)), SentenceContext(text="b", headings=("II",))
    >>> follows([one, one, two]).tolist()
    [0.0, 1.0, 0.0]
    """
    linked = [
        one.headings == two.headings and one.document == two.document
        for one, two in zip(sentences, sentences[1:], strict=False)
    ]
    return np.array([False, *linked][: len(sentences)], dtype=np.float32)


def multiply(features: Sparse, weights: Floats, n_rows: int) -> Floats:
    """Product of sparse features and dense weights."""
    rows, columns, values = features.rows, features.columns, features.values
    if (rows[1:] < rows[:-1]).any():
        order = np.argsort(rows, kind="stable")
        rows, columns, values = rows[order], columns[order], values[order]
    product = np.zeros((n_rows, weights.shape[1]), dtype=np.float32)
    if len(rows):
        starts = np.flatnonzero(np.concatenate(([True], rows[1:] != rows[:-1])))
        terms = weights.take(columns, axis=0)
        terms *= values[:, None]
        product[rows[starts]] = np.add.reduceat(terms, starts, axis=0)
    return product
