"""Association in tables of two rows and two columns: the formulas alone."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from danvan_nlp.errors import UsageError

Floats = npt.NDArray[np.float64]
Measure = Literal["chi2", "lr", "pmi"]
Correction = Literal["default", "yates", "williams", "none"]


def association(a: Floats, b: Floats, c: Floats, d: Floats, measure: Measure, correction: Correction) -> Floats:
    """Signed association of the rows with the columns of tables ``[[a, b], [c, d]]``.

    Parameters
    ----------
    a, b : array of float
        Count of a feature in the target and in the reference.
    c, d : array of float
        Count of all other features there.
    measure : {"chi2", "lr", "pmi"}
        With N = a+b+c+d and E = (a+b)(a+c)/N:
        chi2 = N(|ad-bc| - Nδ)² / ((a+b)(c+d)(a+c)(b+d));
        lr = G² = 2 Σ O ln(O/E_O) over the four cells, divided by Williams' q;
        pmi = ln(a/E), minus infinity where a is 0.
        chi2 and lr are negative where a <= E.
    correction : {"default", "yates", "williams", "none"}
        ``"yates"``: δ = min(1/2, |ad-bc|/N) for chi2, always (Yates 1934; scipy's ``chi2_contingency``).
        ``"williams"``: lr is divided by q = 1 + (N/(a+b) + N/(c+d) - 1)(N/(a+c) + N/(b+d) - 1)/(6N)
        (Williams 1976), q = 1 where a cell is empty.
        ``"default"``: as quanteda's ``textstat_keyness``: for chi2 δ = 1/2 only where an expected count is under 5 and
        |ad-bc| >= N/2; Williams' q for lr, as its help page says (some releases move the counts by Yates' δ instead);
        nothing for pmi.

    Returns
    -------
    array of float
        The measure; 0 where a row or column of the table is empty.

    Raises
    ------
    UsageError
        Unknown measure or correction, or one that does not belong to the other.

    Examples
    --------
    >>> one = np.array([10.0])
    >>> association(one, one * 2, one * 9, one * 18, "chi2", "none").round(6).tolist()
    [0.0]
    """
    allowed = {
        "chi2": ("default", "yates", "none"),
        "lr": ("default", "williams", "none"),
        "pmi": ("default", "none"),
    }
    if measure not in allowed:
        raise UsageError(f"unknown measure {measure!r}; choose one of {', '.join(allowed)}")
    if correction not in allowed[measure]:
        raise UsageError(f"{measure} takes the corrections {', '.join(allowed[measure])}, not {correction!r}")
    n = a + b + c + d
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = (a + b) * (a + c) / n
        if measure == "pmi":
            return np.asarray(np.where(a > 0, np.log(a / expected), -np.inf))
        score = _chi2(a, b, c, d, correction) if measure == "chi2" else _g2(a, b, c, d, correction)
    return np.nan_to_num(np.where(a > expected, score, -score), nan=0.0) + 0.0


def _chi2(a: Floats, b: Floats, c: Floats, d: Floats, correction: Correction) -> Floats:
    n = a + b + c + d
    gap = np.abs(a * d - b * c)
    if correction == "yates":
        delta = np.minimum(0.5, gap / n)
    elif correction == "default":
        smallest = np.minimum(a + b, c + d) * np.minimum(a + c, b + d) / n
        delta = np.where((gap >= n / 2) & (smallest < 5), 0.5, 0.0)
    else:
        delta = np.zeros_like(n)
    return np.asarray(n * (gap - n * delta) ** 2 / ((a + b) * (c + d) * (a + c) * (b + d)))


def _g2(a: Floats, b: Floats, c: Floats, d: Floats, correction: Correction) -> Floats:
    n = a + b + c + d
    total = np.zeros_like(n)
    for observed, row, column in ((a, a + b, a + c), (b, a + b, b + d), (c, c + d, a + c), (d, c + d, b + d)):
        total += np.where(observed > 0, observed * np.log(np.where(observed > 0, observed, 1) * n / (row * column)), 0)
    if correction == "none":
        return np.asarray(2 * total)
    q = 1 + (n / (a + b) + n / (c + d) - 1) * (n / (a + c) + n / (b + d) - 1) / (6 * n)
    return np.asarray(2 * total / np.where(a * b * c * d == 0, 1.0, q))


def p_value(score: Floats) -> Floats:
    """Probability of a chi-square with one degree of freedom at least so far from 0.

    Examples
    --------
    >>> p_value(np.array([3.841459])).round(6).tolist()
    [0.05]
    """
    from scipy.special import erfc

    return np.asarray(erfc(np.sqrt(np.abs(score) / 2)))
