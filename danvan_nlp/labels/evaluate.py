"""How well a run found the themes: against sentences that a person labelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from danvan_nlp.labels.compare import Compared
from danvan_nlp.themes import Taxonomy
from danvan_nlp.themes.evaluate import Bools, Doubles, brier_score, calibration_error, f1, reliability

NOTHING = "(nothing)"


def evaluate(
    compared: Sequence[Compared], taxonomy: Taxonomy, *, seed: int = 0, resamples: int = 1000
) -> dict[str, Any]:
    """Figures of a run against gold; a theme that was not judged in a sentence does not count there, nor in
    the means one that was judged in none.

    Parameters
    ----------
    compared : sequence of Compared
        What `compare` gave.
    seed, resamples : int
        Of the bootstrap, which draws whole documents; its intervals hold 95 %, and are None for a single document.

    Returns
    -------
    dict
        ``themes`` (for each: precision, recall, f1, f1_interval, average_precision, support), ``core_macro_f1``,
        ``macro_f1``, ``micro_f1`` with their intervals (over themes that have no parent), ``calibration_error`` and
        ``brier_score``, ``reliability`` (bins of probability and the share that holds), ``confusion`` (missed theme to
        wrong theme to number of sentences) and ``error_kinds``.

    Examples
    --------
    >>> from danvan_nlp.labels.gold import GoldUnit
    >>> def sentence(truth, chosen):
    ...     unit = GoldUnit(0, 3, frozenset(truth))
    ...     return Compared("a", unit, "Câu", truth=unit.themes, chosen=frozenset(chosen), scores={}, found=True)
    >>> compared = [sentence(["tiep_dan"], ["tiep_dan"]), sentence(["tiep_dan"], ["kinh_te_xa_hoi"])]
    >>> figures = evaluate(compared, Taxonomy.load())
    >>> figures["themes"]["tiep_dan"]["recall"], figures["micro_f1"], figures["error_kinds"]
    (0.5, 0.5, {'swapped': 1})
    """
    cells = _cells(compared, taxonomy.keys)
    drawn = _resampled(_Totals(cells.truth, cells.chosen), [c.document for c in compared], seed, resamples)
    truth, scores = cells.truth[cells.judged], cells.scores[cells.judged]
    return {
        "documents": len({c.document for c in compared}),
        "sentences": len(compared),
        "seed": seed,
        "resamples": resamples,
        "themes": _by_theme(cells, taxonomy.keys, drawn),
        **_means(cells, taxonomy, drawn),
        "calibration_error": calibration_error(truth, scores),
        "brier_score": brier_score(truth, scores),
        "reliability": reliability(truth, scores),
        "confusion": confusion(compared, taxonomy),
        "error_kinds": dict(sorted(Counter(error["kind"] for error in errors(compared, taxonomy)).items())),
    }


@dataclass(frozen=True, slots=True)
class _Cells:
    """Truth, choice and probability of each sentence and theme, and whether it was judged; what was not, holds not."""

    truth: Bools
    chosen: Bools
    scores: Doubles
    judged: Bools

    @property
    def heard(self) -> Bools:
        """Which themes were judged in any sentence."""
        found: Bools = np.logical_or.reduce(self.judged, axis=0)
        return found


def _by_theme(cells: _Cells, keys: Sequence[str], drawn: _Drawn | None) -> dict[str, dict[str, Any]]:
    """The figures of each theme."""
    whole = _Totals(cells.truth, cells.chosen)
    themes = {}
    for column, (key, heard) in enumerate(zip(keys, cells.heard, strict=True)):
        precision, recall, score = whole.row(column)
        truth, scores = (cells_of[cells.judged[:, column], column] for cells_of in (cells.truth, cells.scores))
        themes[key] = {
            "precision": precision,
            "recall": recall,
            "f1": score if heard else None,
            "f1_interval": _interval(None if drawn is None or not heard else drawn.f1[:, column]),
            "average_precision": average_precision(truth, scores),
            "support": int(cells.truth[:, column].sum()),
        }
    return themes


def _means(cells: _Cells, taxonomy: Taxonomy, drawn: _Drawn | None) -> dict[str, Any]:
    """The means over the themes that have no parent and were judged, and over the core themes."""
    at = {key: column for column, (key, heard) in enumerate(zip(taxonomy.keys, cells.heard, strict=True)) if heard}
    top = [at[theme.key] for theme in taxonomy if not theme.parent and theme.key in at]
    core = [at[key] for key in taxonomy.core if key in at]
    means: dict[str, Any] = {}
    for name, columns in (("core_macro_f1", core), ("macro_f1", top)):
        if columns:
            means[name] = float(f1(cells.truth[:, columns], cells.chosen[:, columns]).mean())
            means[f"{name}_interval"] = _interval(None if drawn is None else drawn.f1[:, columns].mean(axis=1))
    means["micro_f1"] = float(f1(cells.truth[:, top].reshape(-1, 1), cells.chosen[:, top].reshape(-1, 1))[0])
    means["micro_f1_interval"] = _interval(None if drawn is None else drawn.micro(top))
    return means


def _cells(compared: Sequence[Compared], keys: Sequence[str]) -> _Cells:
    judged = np.array([[_is_judged(c, key) for key in keys] for c in compared], dtype=bool)
    truth = np.array([[key in c.truth for key in keys] for c in compared], dtype=bool)
    chosen = np.array([[key in c.chosen for key in keys] for c in compared], dtype=bool)
    scores = np.array([[c.scores.get(key, 0.0) for key in keys] for c in compared])
    return _Cells(truth & judged, chosen & judged, scores, judged)


def _is_judged(compared: Compared, theme: str) -> bool:
    return compared.unit.judged is None or theme in compared.unit.judged


class _Totals:
    """Hits, false alarms and misses of each theme, and what they give."""

    def __init__(self, truth: Bools, chosen: Bools) -> None:
        self.hits, self.alarms, self.misses = truth & chosen, ~truth & chosen, truth & ~chosen

    def row(self, column: int) -> tuple[float | None, float | None, float]:
        """Precision, recall and F1 of one theme; None where there is nothing to divide by."""
        hit, alarm, miss = (int(x[:, column].sum()) for x in (self.hits, self.alarms, self.misses))
        precision = hit / (hit + alarm) if hit + alarm else None
        recall = hit / (hit + miss) if hit + miss else None
        return precision, recall, 2 * hit / (2 * hit + alarm + miss) if hit + alarm + miss else 1.0


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Counts of each resample: one row a resample, one column a theme."""

    hits: Doubles
    errors: Doubles

    @property
    def f1(self) -> Doubles:
        return _ratio(self.hits, self.errors)

    def micro(self, columns: Sequence[int]) -> Doubles:
        return _ratio(self.hits[:, columns].sum(axis=1), self.errors[:, columns].sum(axis=1))


def _ratio(hits: Doubles, wrong: Doubles) -> Doubles:
    total = 2 * hits + wrong
    return np.where(total > 0, 2 * hits / np.maximum(total, 1), 1.0)


def _resampled(whole: _Totals, documents: Sequence[str], seed: int, resamples: int) -> _Drawn | None:
    names = sorted(set(documents))
    if len(names) < 2:
        return None
    member = np.array([[name == document for document in documents] for name in names], dtype=np.float64)
    hits, wrong = member @ whole.hits, member @ (whole.alarms + whole.misses)
    draws = np.random.default_rng(seed).multinomial(len(names), [1 / len(names)] * len(names), size=resamples)
    return _Drawn(draws @ hits, draws @ wrong)


def _interval(values: Doubles | None) -> list[float] | None:
    return None if values is None else [float(x) for x in np.quantile(values, (0.025, 0.975))]


def average_precision(truth: Bools, scores: Doubles) -> float | None:
    """Precision averaged over the steps of recall, ties taken together; None where nothing is to be found.

    Examples
    --------
    >>> average_precision(np.array([True, False, True]), np.array([0.9, 0.8, 0.7]))
    0.8333333333333333
    """
    if not truth.any():
        return None
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(truth[order])
    last = np.flatnonzero(np.diff(scores[order], append=-np.inf))
    precision, recall = hits[last] / (last + 1), hits[last] / hits[-1]
    return float((np.diff(recall, prepend=0.0) * precision).sum())


def errors(compared: Sequence[Compared], taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """Sentences that the run got wrong, the kind of error first.

    ``missed`` lacks themes, ``wrong`` has some too many, ``swapped`` both; ``not_found`` is a sentence that the run
    took for something else, or did not see. Parents are left out: their children say it.
    """
    parents = {theme.parent for theme in taxonomy}
    found = []
    for c in compared:
        missed, wrong = (
            sorted(c.truth - c.chosen - parents),
            sorted(t for t in c.chosen - c.truth - parents if _is_judged(c, t)),
        )
        if not missed and not wrong and (c.found or not c.truth):
            continue
        kind = "not_found" if not c.found else "swapped" if missed and wrong else "missed" if missed else "wrong"
        place = {"document": c.document, "start": c.unit.start, "end": c.unit.end}
        found.append({"kind": kind, **place, "missed": missed, "wrong": wrong, "text": c.text})
    return sorted(found, key=lambda error: (error["kind"], error["document"], error["start"]))


def confusion(compared: Sequence[Compared], taxonomy: Taxonomy) -> dict[str, dict[str, int]]:
    """For each missed theme, how often each theme stood wrongly in its place; ``(nothing)`` where none did."""
    counts: Counter[tuple[str, str]] = Counter()
    for error in errors(compared, taxonomy):
        for missed in error["missed"] or [NOTHING]:
            for wrong in error["wrong"] or [NOTHING]:
                counts[missed, wrong] += 1
    made: dict[str, dict[str, int]] = {}
    for (missed, wrong), n in sorted(counts.items()):
        if (missed, wrong) != (NOTHING, NOTHING):
            made.setdefault(missed, {})[wrong] = n
    return made
