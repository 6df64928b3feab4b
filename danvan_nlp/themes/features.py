"""Features of a batch of sentences: n-grams of their words and of the headings above them.

What else was tried and left out, since the figures did not fall without it, stands in the model card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from danvan_nlp.themes.context import SentenceContext
from danvan_nlp.themes.grams import START, Grams, Ints, syllables, syllables_of

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sparse:
    """Entries of a sparse matrix, rows in any order."""

    rows: Ints
    columns: Ints
    values: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much the blocks weigh against the sentence's own words (1.0); 0 leaves a block out.

    Attributes
    ----------
    heading, outer : float
        The innermost heading, and those above it.
    neighbour : float
        The words of the sentences before and after, under the same headings.
    """

    heading: float = 0.3
    outer: float = 0.15
    neighbour: float = 0.5


@dataclass(frozen=True, slots=True)
class Featuriser:
    """Turns contexts into rows of features; the same code trains and tags.

    Columns are, one block after another: n-grams of the sentence, of the innermost heading, of the outer headings.
    """

    grams: Grams
    idf: Floats
    heading_grams: Grams
    heading_idf: Floats
    weights: Weights

    @property
    def blocks(self) -> dict[str, int]:
        """Name and number of columns of each block, in their order."""
        return {"words": len(self.grams), "heading": len(self.heading_grams), "outer": len(self.heading_grams)}

    def __call__(self, sentences: Sequence[SentenceContext]) -> Sparse:
        """Features of a batch."""
        # Many sentences stand under one path of headings: each path is read once.
        paths = {path: i for i, path in enumerate(dict.fromkeys(s.headings for s in sentences))}
        of_path = np.array([paths[s.headings] for s in sentences], dtype=np.int64)
        inner = [syllables(path[-1]) if path else [] for path in paths]
        outer = [[w for title in path[:-1] for w in (START, *syllables(title))] for path in paths]
        words = [[START, *found] for found in syllables_of([s.text for s in sentences])]
        grams, idf = self.heading_grams, self.heading_idf
        parts = [
            _weighed(self.grams, self.idf, words, 1.0),
            _spread(_weighed(grams, idf, inner, self.weights.heading), of_path, len(paths)),
            _spread(_weighed(grams, idf, outer, self.weights.outer), of_path, len(paths)),
        ]
        starts = (0, len(self.grams), len(self.grams) + len(grams))
        return Sparse(
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.columns + start for part, start in zip(parts, starts, strict=True)]),
            np.concatenate([part.values for part in parts]),
        )

    def describe(self, column: int) -> tuple[str, str]:
        """Block and n-gram of a column, such as ``("words", "tiếp công dân")``."""
        names, ends = list(self.blocks), np.cumsum(list(self.blocks.values()))
        place = int(np.searchsorted(ends, column, side="right"))
        grams = self.heading_grams if place else self.grams
        return names[place], grams.name(column - (int(ends[place - 1]) if place else 0))


_NOTHING = Sparse(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))


def make_featuriser(
    documents: Sequence[Sequence[SentenceContext]], weights: Weights, *, order: int, least: int
) -> Featuriser:
    """Choose the vocabulary: n-grams up to an order that stand in so many documents."""
    words = [[[START, *found] for found in syllables_of([s.text for s in document])] for document in documents]
    titles = [dict.fromkeys(title for s in document for title in s.headings) for document in documents]
    headings = [[[START, *syllables(title)] for title in document] for document in titles]
    grams = Grams.of_documents(words, order=order, least=least)
    heading_grams = Grams.of_documents(headings, order=2, least=least)
    return Featuriser(
        grams=grams,
        idf=_idf(grams, [sentence for document in words for sentence in document]),
        heading_grams=heading_grams,
        heading_idf=_idf(heading_grams, [heading for document in headings for heading in document]),
        weights=weights,
    )


def _idf(grams: Grams, texts: Sequence[Sequence[str]]) -> Floats:
    rows, found = grams.find(*grams.read(texts))
    counts = np.bincount(np.unique(rows * len(grams) + found) % len(grams), minlength=len(grams))
    # Rounded to what the model file keeps, so that training and tagging see the same numbers.
    return (np.log((1 + len(texts)) / (1 + counts)) + 1).astype(np.float16).astype(np.float32)


def _weighed(grams: Grams, idf: Floats, texts: Sequence[Sequence[str]], weight: float) -> Sparse:
    """Sublinear tf-idf of unit length, times the block's weight."""
    if not weight or not len(grams):
        return _NOTHING
    rows, found = grams.find(*grams.read(texts))
    unique, counts = np.unique(rows * len(grams) + found, return_counts=True)
    rows, found = np.divmod(unique, len(grams))
    values = (1 + np.log(counts)) * idf[found]
    norms = np.sqrt(np.bincount(rows, values**2, minlength=len(texts)))
    return Sparse(rows, found, (values * (weight / norms[rows])).astype(np.float32))


def _spread(block: Sparse, of_path: Ints, n_paths: int) -> Sparse:
    """Features of heading paths, given to every sentence that stands under the path."""
    order = np.argsort(block.rows, kind="stable")
    counts = np.bincount(block.rows, minlength=n_paths)
    starts = np.cumsum(counts) - counts
    lengths = counts[of_path]
    rows = np.repeat(np.arange(len(of_path)), lengths)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    take = order[np.repeat(starts[of_path], lengths) + within]
    return Sparse(rows, block.columns[take], block.values[take])
