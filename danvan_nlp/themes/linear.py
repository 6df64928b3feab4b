"""Linear scores of sentences from their own features and their neighbours' words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
        scores = multiply(features, self.own, n) + self.intercepts
        if n > 1 and linked.any():
            near = features.columns < len(self.near)
            words = Sparse(features.rows[near], features.columns[near], features.values[near])
            added = multiply(words, self.near, n)
            scores[1:] += added[:-1, :m] * linked[1:, None]
            scores[:-1] += added[1:, m:] * linked[1:, None]
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
    order = np.argsort(features.rows, kind="stable")
    rows, columns, values = features.rows[order], features.columns[order], features.values[order]
    product = np.zeros((n_rows, weights.shape[1]), dtype=np.float32)
    if len(rows):
        starts = np.flatnonzero(np.concatenate(([True], rows[1:] != rows[:-1])))
        product[rows[starts]] = np.add.reduceat(weights[columns] * values[:, None], starts, axis=0)
    return product
