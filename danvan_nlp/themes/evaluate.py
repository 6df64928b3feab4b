"""Measures for multi-label tagging, thresholds and calibration: plain numpy, so that tests can check them by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Doubles = npt.NDArray[np.float64]


def f1(truth: Bools, chosen: Bools) -> Doubles:
    """F1 of each column; 1 where there is nothing to find and nothing was found.

    Examples
    --------
    >>> f1(np.array([[True], [True]]), np.array([[True], [False]])).round(3).tolist()
    [0.667]
    """
    hits = (truth & chosen).sum(axis=0)
    total = truth.sum(axis=0) + chosen.sum(axis=0)
    return np.where(total > 0, 2 * hits / np.maximum(total, 1), 1.0)


def micro_f1(truth: Bools, chosen: Bools) -> float:
    """F1 over all cells.

    Examples
    --------
    >>> micro_f1(np.array([[True, False]]), np.array([[True, True]]))
    0.6666666666666666
    """
    return float(f1(truth.reshape(-1, 1), chosen.reshape(-1, 1))[0])


def sigmoid(logits: Doubles) -> Doubles:
    """Probabilities of log-odds.

    Examples
    --------
    >>> sigmoid(np.array([0.0])).tolist()
    [0.5]
    """
    return 1 / (1 + np.exp(-np.clip(logits, -60, 60)))


def best_thresholds(truth: Bools, scores: Doubles, judged: Bools) -> Doubles:
    """For each column the score from which on F1 is highest, F1 smoothed over neighbouring cuts.

    Only cells that were judged count. A column without a yes gets 1: it is never set.

    Examples
    --------
    >>> truth = np.array([[True], [True], [False], [False]])
    >>> best_thresholds(truth, np.array([[0.9], [0.8], [0.2], [0.1]]), np.ones_like(truth)).tolist()
    [0.5]
    """
    thresholds = np.ones(scores.shape[1])
    for column in range(scores.shape[1]):
        rows = np.flatnonzero(judged[:, column])
        order = rows[np.argsort(-scores[rows, column], kind="stable")]
        hits = np.cumsum(truth[order, column])
        if not truth[order, column].any():
            continue
        curve = 2 * hits / (np.arange(1, len(order) + 1) + hits[-1])
        width = 5 if len(order) >= 100 else 1
        curve = np.convolve(np.pad(curve, width // 2, mode="edge"), np.ones(width) / width, "valid")
        best = int(curve.argmax())
        after = order[min(best + 1, len(order) - 1)]
        thresholds[column] = (scores[order[best], column] + scores[after, column]) / 2
    return thresholds


def calibration_error(truth: Bools, probabilities: Doubles, *, bins: int = 15) -> float:
    """Expected calibration error, all cells pooled, in bins of equal mass.

    Examples
    --------
    >>> calibration_error(np.array([[True, False]]), np.array([[1.0, 0.5]]), bins=2)
    0.25
    """
    flat, right = probabilities.ravel(), truth.ravel()
    order = np.argsort(flat, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    return float(sum(abs(flat[part].mean() - right[part].mean()) * len(part) for part in parts) / len(order))


def brier_score(truth: Bools, probabilities: Doubles) -> float:
    """Mean squared difference of probability and truth, all cells pooled (Brier 1950).

    Examples
    --------
    >>> brier_score(np.array([[True, False]]), np.array([[1.0, 0.5]]))
    0.125
    """
    return float(((probabilities - truth) ** 2).mean())


def reliability(truth: Bools, probabilities: Doubles, *, bins: int = 10) -> list[dict[str, float]]:
    """Mean probability and share of yes in bins of equal width, all cells pooled; bins without a cell are left out.

    Examples
    --------
    >>> reliability(np.array([[True, False]]), np.array([[0.9, 0.5]]), bins=2)
    [{'probability': 0.7, 'share': 0.5, 'n': 2}]
    """
    flat, right = probabilities.ravel(), truth.ravel()
    place = np.minimum((flat * bins).astype(int), bins - 1)
    return [
        {"probability": float(flat[here].mean()), "share": float(right[here].mean()), "n": int(here.sum())}
        for here in (place == i for i in range(bins))
        if here.any()
    ]


def folds(names: Sequence[str], sizes: Sequence[int], n_folds: int) -> list[int]:
    """A fold for each document, the folds of nearly equal size; depends on nothing but names and sizes.

    Examples
    --------
    >>> folds(["a", "b", "c"], [10, 5, 6], 2)
    [0, 1, 1]
    """
    filled = [0] * n_folds
    chosen = [0] * len(names)
    for i in sorted(range(len(names)), key=lambda i: (-sizes[i], names[i])):
        chosen[i] = filled.index(min(filled))
        filled[chosen[i]] += sizes[i]
    return chosen
