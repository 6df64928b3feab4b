"""Tagging sentences with themes, and saying why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from danvan_nlp.themes.context import SentenceContext
from danvan_nlp.themes.evidence import EVIDENCE, Margins, clauses, margins, weigh
from danvan_nlp.themes.features import Floats
from danvan_nlp.themes.model import Model, read_model
from danvan_nlp.types import Tagging

_BATCH = 1024
_NEVER = -12.0


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
        scores = np.round(1 / (1 + np.exp(-self.logits(sentences).astype(np.float64))), 4)
        chosen = scores >= model.thresholds
        for child, parent in model.parents:
            scores[:, parent] = np.maximum(scores[:, parent], scores[:, child])
            chosen[:, parent] |= chosen[:, child]
        names = model.themes
        made = []
        for row, hits in zip(scores.tolist(), chosen.tolist(), strict=True):
            themes = tuple(name for name, hit in zip(names, hits, strict=True) if hit)
            made.append(Tagging(themes, dict(zip(names, row, strict=True))))
        return made

    def logits(self, sentences: Sequence[SentenceContext]) -> Floats:
        """Log-odds of each theme, one row a sentence; text without a word has none."""
        model = self.model
        evidence = weigh(self._margins(sentences), sentences)
        logits = np.einsum("ntk,tk->nt", evidence, model.evidence_weights) + model.evidence_intercepts
        bare = [i for i, sentence in enumerate(sentences) if not any(map(str.isalpha, sentence.text))]
        logits[bare] = _NEVER
        return np.clip(logits, _NEVER, -_NEVER)

    def _margins(self, sentences: Sequence[SentenceContext]) -> Margins:
        model = self.model
        batches = [sentences[first : first + _BATCH] for first in range(0, len(sentences), _BATCH)]
        found = [margins(model.featuriser, model.weights, model.intercepts, batch) for batch in batches]
        return Margins(*(np.concatenate([getattr(one, name) for one in found]) for name in Margins.__slots__))

    def explain(
        self, sentences: Sequence[SentenceContext], index: int, theme: str, *, limit: int | None = 10
    ) -> list[Reason]:
        """What weighs most for and against a theme of one sentence, the heaviest first.

        Without a limit the weights of the reasons add up to the theme's log-odds.

        Parameters
        ----------
        sentences : sequence of SentenceContext
            The sentence among its neighbours, as given to ``tag``.

        Raises
        ------
        KeyError
            Where the model knows no such theme.

        Examples
        --------
        >>> reasons = load_model().explain([SentenceContext(text="Duy trì lịch tiếp công dân.")], 0, "tiep_dan")
        >>> any("tiếp công dân" in reason.feature for reason in reasons)
        True
        """
        model = self.model
        if theme not in model.themes:
            raise KeyError(f"no theme {theme!r}; the model knows {', '.join(model.themes)}")
        column = model.themes.index(theme)
        near = sentences[max(0, index - 1) : index + 2]
        place = min(index, 1)
        found = self._margins(near)
        evidence = weigh(found, near)[place, column]
        weights = dict(zip(EVIDENCE, model.evidence_weights[column].tolist(), strict=True))
        given = dict(zip(EVIDENCE, evidence.tolist(), strict=True))
        length = given["length"]
        whole = weights["whole"] + length * weights["whole×length"]
        part = weights["clause"] + length * weights["clause×length"]
        best = int(found.best[place, column])
        sentence = near[place]
        clause = sentence if best < 0 else replace(sentence, text=clauses(sentence.text)[best])
        added = Counter(self._added(sentence, column, whole))
        for key, weight in self._added(clause, column, part).items():
            added[key] += weight
        added["sentence", "length"] = length * weights["length"]
        added["sentence", "start"] = float(model.intercepts[column]) * (whole + part) + float(
            model.evidence_intercepts[column]
        )
        added["neighbour", "previous"] = given["previous"] * weights["previous"] + given["has previous"] * weights["has previous"]
        added["neighbour", "next"] = given["next"] * weights["next"] + given["has next"] * weights["has next"]
        reasons = [Reason(*key, round(weight, 4)) for key, weight in added.items()]
        return sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.block, reason.feature))[:limit]

    def _added(self, sentence: SentenceContext, column: int, factor: float) -> dict[tuple[str, str], float]:
        """What each feature of a sentence or clause adds to the log-odds."""
        found = self.model.featuriser([sentence])
        added: Counter[tuple[str, str]] = Counter()
        for feature, value in zip(found.columns.tolist(), found.values.tolist(), strict=True):
            added[self.model.featuriser.describe(feature)] += value * float(self.model.weights[feature, column]) * factor
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
    return model.prose.score(model.featuriser.grams, text)
