"""Tagging sentences with themes, and saying why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from danvan_nlp.themes.context import SentenceContext
from danvan_nlp.themes.features import Floats, Sparse
from danvan_nlp.themes.model import Model, read_model
from danvan_nlp.types import Tagging

_BATCH = 1024


@dataclass(frozen=True, slots=True)
class Reason:
    """What one feature of a sentence adds to a theme's log-odds; negative where it speaks against."""

    block: str
    feature: str
    weight: float


@dataclass(frozen=True, slots=True)
class Tagger:
    """Gives sentences their themes.

    Examples
    --------
    >>> tagger = load_model()
    >>> sentence = SentenceContext(text="Chủ tịch xã tiếp công dân định kỳ, giải quyết 12 đơn khiếu nại.")
    >>> tagger.tag([sentence])[0].themes
    ('tiep_dan',)
    """

    model: Model

    def tag(self, sentences: Sequence[SentenceContext]) -> list[Tagging]:
        """Themes of each sentence, sorted, and the calibrated probability of every theme.

        Parameters
        ----------
        sentences : sequence of SentenceContext
            Any number, of one document or of many.
        """
        made: list[Tagging] = []
        for first in range(0, len(sentences), _BATCH):
            made.extend(self._tag(sentences[first : first + _BATCH]))
        return made

    def _tag(self, sentences: Sequence[SentenceContext]) -> Iterator[Tagging]:
        model = self.model
        scores = np.round(1 / (1 + np.exp(-self.logits(sentences).astype(np.float64))), 4)
        for child, parent in model.parents:
            scores[:, parent] = np.maximum(scores[:, parent], scores[:, child])
        chosen = scores >= model.thresholds
        for child, parent in model.parents:
            chosen[:, parent] |= chosen[:, child]
        names = model.themes
        for row, hits in zip(scores.tolist(), chosen.tolist(), strict=True):
            themes = tuple(name for name, hit in zip(names, hits, strict=True) if hit)
            yield Tagging(themes, dict(zip(names, row, strict=True)))

    def logits(self, sentences: Sequence[SentenceContext]) -> Floats:
        """Log-odds of each theme, one row a sentence."""
        features = self.model.featuriser(sentences)
        return multiply(features, self.model.weights, len(sentences)) + self.model.intercepts

    def explain(self, sentence: SentenceContext, theme: str, *, limit: int = 10) -> list[Reason]:
        """The features that weigh most for and against a theme, the heaviest first.

        Raises
        ------
        KeyError
            Where the model knows no such theme.

        Examples
        --------
        >>> reasons = load_model().explain(SentenceContext(text="Duy trì lịch tiếp công dân."), "tiep_dan")
        >>> reasons[0].block, reasons[0].weight > 0
        ('lexicon', True)
        """
        model = self.model
        if theme not in model.themes:
            raise KeyError(f"no theme {theme!r}; the model knows {', '.join(model.themes)}")
        column = model.themes.index(theme)
        found = model.featuriser([sentence])
        added = found.values * model.weights[found.columns, column]
        order = sorted(range(len(added)), key=lambda i: (-abs(float(added[i])), int(found.columns[i])))[:limit]
        return [Reason(*model.featuriser.describe(int(found.columns[i])), round(float(added[i]), 4)) for i in order]


def multiply(features: Sparse, weights: Floats, n_rows: int) -> Floats:
    """Product of sparse features and dense weights."""
    order = np.argsort(features.rows, kind="stable")
    rows, columns, values = features.rows[order], features.columns[order], features.values[order]
    product = np.zeros((n_rows, weights.shape[1]), dtype=np.float32)
    if len(rows):
        starts = np.flatnonzero(np.concatenate(([True], rows[1:] != rows[:-1])))
        product[rows[starts]] = np.add.reduceat(weights[columns] * values[:, None], starts, axis=0)
    return product


@cache
def _own() -> Tagger:
    return Tagger(read_model())


def load_model(path: str | Path | None = None) -> Tagger:
    """Load a tagger; without a path, the one that the package brings (kept after the first call).

    Raises
    ------
    ModelError
        Where the model is missing, damaged, altered since it was written, or of another format.
    """
    return _own() if path is None else Tagger(read_model(path))


def lang_score(text: str) -> float:
    """How much a text looks like Vietnamese prose of the genre, between 0 and 1.

    Examples
    --------
    >>> lang_score("Ban Thường vụ Huyện ủy ban hành kế hoạch thực hiện công tác dân vận chính quyền.") > 0.8
    True
    >>> lang_score("Stir in two cups of flour and bake for thirty minutes.") < 0.1
    True
    """
    model = load_model().model
    return model.prose.score(model.featuriser.grams, text)
