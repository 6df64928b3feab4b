"""Where the nodes of a graph stand on the plane."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def layout(n: int, edges: npt.NDArray[np.int64], *, rounds: int = 300, seed: int = 0) -> Floats:
    """Place nodes so that linked ones stand near one another and all others apart.

    Each round every edge pulls its ends together by a share of its length, and every node is pushed away by a few
    others drawn at random, in place of by all: the time grows with nodes and edges, not with their square
    (the sampling of Tang et al. 2016, LargeVis).

    Parameters
    ----------
    n : int
        Number of nodes.
    edges : array of int, shape (n_edges, 2)
        Ends of the edges.
    rounds : int
        Steps, each smaller than the one before.
    seed : int
        The same seed gives the same places.

    Returns
    -------
    array of float, shape (n, 2)
        Coordinates, centred on 0.

    Examples
    --------
    >>> layout(3, np.array([[0, 1]])).shape
    (3, 2)
    """
    draw = np.random.default_rng(seed)
    at = draw.normal(size=(n, 2)) * np.sqrt(max(n, 1))
    if n < 2:
        return np.zeros((n, 2))
    edges = edges[edges[:, 0] != edges[:, 1]] if len(edges) else np.empty((0, 2), np.int64)
    degree = np.maximum(np.bincount(edges.ravel(), minlength=n), 1).astype(float)
    samples = 12
    for step in range(rounds):
        cool = 1 - step / rounds
        move = np.zeros_like(at)
        gap = at[edges[:, 1]] - at[edges[:, 0]]
        for axis in range(2):
            move[:, axis] += np.bincount(edges[:, 0], gap[:, axis] / degree[edges[:, 0]], n)
            move[:, axis] -= np.bincount(edges[:, 1], gap[:, axis] / degree[edges[:, 1]], n)
        others = draw.integers(0, n, (n, samples))
        away = at[:, None, :] - at[others]
        square = (away**2).sum(axis=2, keepdims=True) + 0.5
        move += (away / square).sum(axis=1) * (n / samples) * 0.5
        move -= at * 0.05
        size = np.linalg.norm(move, axis=1, keepdims=True)
        at += move * np.minimum(1, 3 * cool / np.maximum(size, 1e-9)) * (0.1 + 0.5 * cool)
    return _drawn_in(at - at.mean(axis=0))


def _drawn_in(at: Floats) -> Floats:
    """Ten units of room a node; what stands far outside, nothing being linked to it, is drawn in to the rim."""
    away = np.linalg.norm(at, axis=1)
    rim = max(float(np.quantile(away, 0.95)) * 1.1, 1e-9)
    at = at * np.minimum(1, rim / np.maximum(away, 1e-9))[:, None]
    return np.asarray(at / rim * 10 * np.sqrt(len(at)))
