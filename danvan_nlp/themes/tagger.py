"""Tagging sentences with themes, and saying why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from pathlib import Path

import numpy as np

from danvan_nlp.themes.context import SentenceContext
from danvan_nlp.themes.features import Floats
from danvan_nlp.themes.linear import follows
from danvan_nlp.themes.model import Model, read_model
from danvan_nlp.types import Tagging

_BATCH = 512
_NEVER = -12.0
# Sentences of a document that tell its genre, and the genre scores up to which it has no theme and from which on its
# themes are taken as they are.
_SAMPLE = 50
_OUTSIDE, _SURE = 0.3, 0.8


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
            Any number, of one document or of several, each document's in the order of its text.
        """
        if not sentences:
            return []
        model = self.model
        scores = 1 / (1 + np.exp(-self.logits(sentences).astype(np.float64)))
        scores = np.round(scores * self._in_genre(sentences)[:, None], 4)
        chosen = scores >= model.thresholds
        for child, parent in model.parents:
            scores[:, parent] = np.maximum(scores[:, parent], scores[:, child])
            chosen[:, parent] |= chosen[:, child]
        names = model.themes
        return [
            Tagging(tuple(compress(names, hits)), dict(zip(names, row, strict=True)))
            for row, hits in zip(scores.tolist(), chosen.tolist(), strict=True)
        ]

    def _in_genre(self, sentences: Sequence[SentenceContext]) -> Floats:
        """1 for sentences of documents that look like the genre, towards 0 for those that do not."""
        model = self.model
        of_document: dict[str, list[str]] = {}
        for sentence in sentences:
            sample = of_document.setdefault(sentence.document, [])
            if len(sample) < _SAMPLE:
                sample.append(sentence.text)
        texts = ["\n".join(texts) for texts in of_document.values()]
        scores = (model.prose.scores(model.featuriser.grams, texts) - _OUTSIDE) / (_SURE - _OUTSIDE)
        share = dict(zip(of_document, np.clip(scores, 0.0, 1.0).tolist(), strict=True))
        return np.array([share[sentence.document] for sentence in sentences], dtype=np.float32)

    def logits(self, sentences: Sequence[SentenceContext]) -> Floats:
        """Log-odds of each theme, one row a sentence."""
        parts = []
        for first in range(0, len(sentences), _BATCH):
            # One sentence more on either side, so that no batch parts neighbours.
            start = max(0, first - 1)
            rows = self._logits(sentences[start : first + _BATCH + 1])
            parts.append(rows[first - start : first - start + _BATCH])
        logits = np.concatenate(parts)
        bare = [i for i, sentence in enumerate(sentences) if not any(map(str.isalpha, sentence.text))]
        logits[bare] = _NEVER
        return logits

    def _logits(self, sentences: Sequence[SentenceContext]) -> Floats:
        return self.model.linear(self.model.featuriser(sentences), follows(sentences))

    def explain(
        self, sentences: Sequence[SentenceContext], index: int, theme: str, *, limit: int | None = 10
    ) -> list[Reason]:
        """What weighs most for and against a theme of one sentence, the heaviest first.

        Without a limit the weights of the reasons add up to the theme's log-odds.

        Parameters
        ----------
        sentences : sequence of SentenceContext
            The sentence among its neighbours, as given to ``tag``.
        index : int
            Which of them.

        Raises
        ------
        KeyError
            Where the model knows no such theme.

        Examples
        --------
        >>> reasons = load_model().explain([SentenceContext(text="Duy trì lịch tiếp công dân.")], 0, "tiep_dan")
        >>> any("công dân" in reason.feature for reason in reasons)
        True
        """
        model = self.model
        if theme not in model.themes:
            raise KeyError(f"no theme {theme!r}; the model knows {', '.join(model.themes)}")
        column = model.themes.index(theme)
        added = self._added(sentences[index], model.linear.own[:, column])
        added["start", ""] = float(model.linear.intercepts[column])
        linked = follows(sentences[max(0, index - 1) : index + 2])
        here = min(index, 1)
        sides = {"previous": (here, index - 1, model.linear.previous), "next": (here + 1, index + 1, model.linear.next)}
        for side, (place, neighbour, weights) in sides.items():
            if 0 < place < len(linked) and linked[place]:
                words = self._added(sentences[neighbour], weights[:, column])
                added.update({(side, feature): weight for (_, feature), weight in words.items()})
        reasons = [Reason(*key, round(weight, 4)) for key, weight in added.items()]
        return sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.block, reason.feature))[:limit]

    def _added(self, sentence: SentenceContext, weights: Floats) -> dict[tuple[str, str], float]:
        """What each feature of a sentence adds, as far as there are weights."""
        found = self.model.featuriser([sentence])
        added: dict[tuple[str, str], float] = defaultdict(float)
        for feature, value in zip(found.columns.tolist(), found.values.tolist(), strict=True):
            if feature < len(weights):
                added[self.model.featuriser.describe(feature)] += value * float(weights[feature])
        return added


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
    return float(model.prose.scores(model.featuriser.grams, [text])[0])
