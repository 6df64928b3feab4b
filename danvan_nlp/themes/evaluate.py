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


def best_thresholds(truth: Bools, scores: Doubles) -> Doubles:
    """For each column the score from which on F1 is highest, F1 smoothed over neighbouring cuts.

    Examples
    --------
    >>> best_thresholds(np.array([[True], [True], [False], [False]]), np.array([[0.9], [0.8], [0.2], [0.1]])).tolist()
    [0.5]
    """
    thresholds = np.empty(scores.shape[1])
    for column in range(scores.shape[1]):
        order = np.argsort(-scores[:, column], kind="stable")
        hits = np.cumsum(truth[order, column])
        curve = 2 * hits / (np.arange(1, len(order) + 1) + max(1, hits[-1]))
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
