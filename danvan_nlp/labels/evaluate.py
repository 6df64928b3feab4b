"""How well a run found the themes: against sentences that a person labelled."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from danvan_nlp.errors import DataError, UsageError
from danvan_nlp.labels.gold import GoldDocument, GoldUnit
from danvan_nlp.labels.judged import text_hash
from danvan_nlp.tables import read_table
from danvan_nlp.themes import Taxonomy
from danvan_nlp.themes.evaluate import Bools, Doubles, brier_score, calibration_error, f1, reliability

_PROSE = ("sentence", "footnote")
NOTHING = "(nothing)"


@dataclass(frozen=True, slots=True)
class Compared:
    """One gold sentence beside what the run says of it.

    Attributes
    ----------
    found : bool
        Whether the run has a sentence or footnote there.
    scores : mapping of str to float
        Probability of each theme, the highest where several sentences of the run lie there.
    """

    document: str
    unit: GoldUnit
    text: str
    truth: frozenset[str]
    chosen: frozenset[str]
    scores: Mapping[str, float]
    found: bool


def compare(run: str | Path, gold: Sequence[GoldDocument], taxonomy: Taxonomy) -> tuple[list[Compared], list[str]]:
    """Lay gold sentences beside those of a run.

    A sentence of the run belongs to a gold sentence where they share at least half of the shorter one.

    Returns
    -------
    compared : list of Compared
        One a gold sentence, in the order of the gold.
    missing : list of str
        Gold documents that the run does not hold with the same text.

    Raises
    ------
    UsageError
        The run holds none of them.
    DataError
        The gold has a theme that the taxonomy lacks.
    """
    known = set(taxonomy.keys)
    for document in gold:
        unknown = sorted(theme for unit in document.units for theme in unit.themes if theme not in known)
        if unknown:
            raise DataError(f"{document.name}: unknown theme {unknown[0]!r}; known are {', '.join(sorted(known))}")
    table = read_table(run, "sentences")
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in table.to_dict("records"):
        if row["role"] in _PROSE:
            rows.setdefault(row["doc_id"], []).append(row)  # type: ignore[arg-type]
    by_text = {_hash_of(path): path.stem for path in sorted(Path(run, "texts").glob("*.txt"))}
    compared, missing = [], []
    for document in gold:
        doc_id = by_text.get(text_hash(document.text))
        if doc_id is None:
            missing.append(document.name)
        else:
            compared += _document(document, rows.get(doc_id, []), taxonomy)
    if not compared:
        raise UsageError(
            "the run holds none of the gold documents; make it from the very texts "
            "('danvan label texts GOLD -o DIR' writes those of annotated reports)"
        )
    return compared, missing


def _hash_of(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as text:
        return text_hash(text.read())


def _document(document: GoldDocument, rows: list[dict[str, Any]], taxonomy: Taxonomy) -> list[Compared]:
    ends = [row["end"] for row in rows]
    made = []
    for unit in document.units:
        here = []
        for row in rows[bisect_left(ends, unit.start + 1) :]:
            if row["start"] >= unit.end:
                break
            shared = min(unit.end, row["end"]) - max(unit.start, row["start"])
            if 2 * shared >= min(unit.end - unit.start, row["end"] - row["start"]):
                here.append(row)
        scores: dict[str, float] = {}
        for row in here:
            for theme, score in row["scores"].items():
                scores[theme] = max(score, scores.get(theme, 0.0))
        made.append(
            Compared(
                document=document.name,
                unit=unit,
                text=document.text[unit.start : unit.end],
                truth=frozenset(taxonomy.with_parents(unit.themes)),
                chosen=frozenset(theme for row in here for theme in row["themes"]),
                scores=scores,
                found=bool(here),
            )
        )
    return made


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
    """
    keys = taxonomy.keys
    truth, chosen, scores, judged = _cells(compared, keys)
    heard: Bools = np.logical_or.reduce(judged, axis=0)
    at = {key: column for column, key in enumerate(keys) if heard[column]}
    top = [at[theme.key] for theme in taxonomy if not theme.parent and theme.key in at]
    core = [at[key] for key in taxonomy.core if key in at]
    whole = _Totals(truth, chosen)
    drawn = _resampled(whole, [c.document for c in compared], seed, resamples)
    themes = {}
    for column, key in enumerate(keys):
        precision, recall, score = whole.row(column)
        themes[key] = {
            "precision": precision,
            "recall": recall,
            "f1": score if heard[column] else None,
            "f1_interval": _interval(None if drawn is None or not heard[column] else drawn.f1[:, column]),
            "average_precision": average_precision(truth[judged[:, column], column], scores[judged[:, column], column]),
            "support": int(truth[:, column].sum()),
        }
    summary: dict[str, Any] = {}
    for name, columns in (("core_macro_f1", core), ("macro_f1", top)):
        if columns:
            summary[name] = float(f1(truth[:, columns], chosen[:, columns]).mean())
            summary[f"{name}_interval"] = _interval(None if drawn is None else drawn.f1[:, columns].mean(axis=1))
    summary["micro_f1"] = float(f1(truth[:, top].reshape(-1, 1), chosen[:, top].reshape(-1, 1))[0])
    summary["micro_f1_interval"] = _interval(None if drawn is None else drawn.micro(top))
    return {
        "documents": len({c.document for c in compared}),
        "sentences": len(compared),
        "seed": seed,
        "resamples": resamples,
        "themes": themes,
        **summary,
        "calibration_error": calibration_error(truth[judged], scores[judged]),
        "brier_score": brier_score(truth[judged], scores[judged]),
        "reliability": reliability(truth[judged], scores[judged]),
        "confusion": confusion(compared, taxonomy),
        "error_kinds": dict(sorted(Counter(error["kind"] for error in errors(compared, taxonomy)).items())),
    }


def _cells(compared: Sequence[Compared], keys: Sequence[str]) -> tuple[Bools, Bools, Doubles, Bools]:
    """Truth, choice and probability of each sentence and theme, and whether it was judged; what was not, holds not."""
    judged = np.array([[_is_judged(c, key) for key in keys] for c in compared], dtype=bool)
    truth = np.array([[key in c.truth for key in keys] for c in compared], dtype=bool)
    chosen = np.array([[key in c.chosen for key in keys] for c in compared], dtype=bool)
    scores = np.array([[c.scores.get(key, 0.0) for key in keys] for c in compared])
    return truth & judged, chosen & judged, scores, judged


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
