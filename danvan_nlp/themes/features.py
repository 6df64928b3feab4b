"""Features of a batch of sentences: n-grams of their words, of their first words, and of the headings above them.

What else was tried and left out, since the figures did not fall without it, stands in the model card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from danvan_nlp.themes.context import SentenceContext
from danvan_nlp.themes.grams import Grams
from danvan_nlp.themes.words import Ints, Words, read_words

Floats = npt.NDArray[np.float32]

# So many words of a sentence are its opening.
_OPENING = 12


@dataclass(frozen=True, slots=True)
class Sparse:
    """Entries of a sparse matrix, block after block of columns, the rows of each block in order."""

    rows: Ints
    columns: Ints
    values: Floats

    def of(self, chosen: npt.NDArray[np.bool_]) -> Sparse:
        """The chosen entries."""
        return Sparse(self.rows[chosen], self.columns[chosen], self.values[chosen])


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much the blocks weigh against the sentence's own words (1.0); 0 leaves a block out.

    Attributes
    ----------
    opening : float
        The first words of the sentence: reports name the topic there, and purposes and results behind it.
    heading, outer : float
        The innermost heading, and those above it.
    neighbour : float
        The words of the sentences before and after, under the same headings.
    """

    opening: float = 0.5
    heading: float = 0.3
    outer: float = 0.15
    neighbour: float = 0.5


@dataclass(frozen=True, slots=True)
class Featuriser:
    """Turns contexts into rows of features; the same code trains and tags.

    Columns are, one block after another: n-grams of the sentence, of its first words, of the innermost heading, of the
    outer headings.
    """

    grams: Grams
    idf: Floats
    heading_grams: Grams
    heading_idf: Floats
    weights: Weights

    @property
    def blocks(self) -> dict[str, int]:
        """Name and number of columns of each block, in their order."""
        words, headings = len(self.grams), len(self.heading_grams)
        return {"words": words, "opening": words, "heading": headings, "outer": headings}

    def __call__(self, sentences: Sequence[SentenceContext]) -> Sparse:
        """Features of a batch."""
        # Many sentences stand under one path of headings: each path is read once.
        paths = {path: i for i, path in enumerate(dict.fromkeys(s.headings for s in sentences))}
        of_path = np.array([paths[s.headings] for s in sentences], dtype=np.int64)
        titles = [(i, title) for path, i in paths.items() for title in path[:-1]]
        inner = self.heading_grams.read(read_words([path[-1] if path else "" for path in paths]))
        ids, of_title = self.heading_grams.read(read_words([title for _, title in titles]), start=True)
        outer = ids, np.array([i for i, _ in titles], dtype=np.int64)[of_title]
        words = self.grams.read(read_words([s.text for s in sentences]), start=True)
        grams, idf = self.heading_grams, self.heading_idf
        parts = [
            _weighed(self.grams, self.idf, words, len(sentences), 1.0),
            _weighed(self.grams, self.idf, _opening(*words), len(sentences), self.weights.opening),
            _spread(_weighed(grams, idf, inner, len(paths), self.weights.heading), of_path, len(paths)),
            _spread(_weighed(grams, idf, outer, len(paths), self.weights.outer), of_path, len(paths)),
        ]
        starts = np.cumsum([0, *self.blocks.values()])
        return Sparse(
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.columns + start for part, start in zip(parts, starts[:-1], strict=True)]),
            np.concatenate([part.values for part in parts]),
        )

    def describe(self, column: int) -> tuple[str, str]:
        """Block and n-gram of a column, such as ``("words", "tiếp công dân")``."""
        names, ends = list(self.blocks), np.cumsum(list(self.blocks.values()))
        place = int(np.searchsorted(ends, column, side="right"))
        grams = self.grams if place < 2 else self.heading_grams
        return names[place], grams.name(column - (int(ends[place - 1]) if place else 0))


_NOTHING = Sparse(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))


def make_featuriser(
    documents: Sequence[Sequence[SentenceContext]], weights: Weights, *, order: int, least: int
) -> Featuriser:
    """Choose the vocabulary: n-grams up to an order that stand in so many documents."""
    words = [read_words([s.text for s in document]) for document in documents]
    headings = [read_words(list(dict.fromkeys(title for s in d for title in s.headings))) for d in documents]
    grams = Grams.of_documents(words, order=order, least=least)
    heading_grams = Grams.of_documents(headings, order=2, least=least)
    return Featuriser(
        grams=grams,
        idf=_idf(grams, words),
        heading_grams=heading_grams,
        heading_idf=_idf(heading_grams, headings),
        weights=weights,
    )


def _idf(grams: Grams, documents: Sequence[Words]) -> Floats:
    counts, size = np.zeros(len(grams), dtype=np.int64), sum(words.size for words in documents)
    for words in documents:
        rows, found = grams.find(*grams.read(words, start=True))
        counts += np.bincount(np.unique(rows * len(grams) + found) % len(grams), minlength=len(grams))
    # Rounded to what the model file keeps, so that training and tagging see the same numbers.
    return (np.log((1 + size) / (1 + counts)) + 1).astype(np.float16).astype(np.float32)


def _weighed(grams: Grams, idf: Floats, read: tuple[Ints, Ints], size: int, weight: float) -> Sparse:
    """Sublinear tf-idf of unit length, times the block's weight, of so many texts as `Grams.read` read them."""
    if not weight or not len(grams):
        return _NOTHING
    rows, found = grams.find(*read)
    # As np.unique does it, but with the sort that profits from the order there is.
    entries = np.sort(rows * len(grams) + found, kind="stable")
    first = np.flatnonzero(np.diff(entries, prepend=-1))
    counts = np.diff(first, append=len(entries))
    rows, found = np.divmod(entries[first], len(grams))
    values = (1 + np.log(counts)) * idf[found]
    norms = np.sqrt(np.bincount(rows, values**2, minlength=size))
    return Sparse(rows, found, (values * (weight / norms[rows])).astype(np.float32))


def _opening(ids: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Those of the words read that stand first in their sentence."""
    place = np.arange(len(rows)) - np.searchsorted(rows, rows)
    return ids[place <= _OPENING], rows[place <= _OPENING]


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
