"""How much of the reports each theme takes, by place and time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from danvan_nlp.corpus.association import Floats
from danvan_nlp.corpus.corpus import Corpus
from danvan_nlp.corpus.names import theme_names
from danvan_nlp.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

_GROUPS = ("place", "locality", "admin_level", "year", "doc_id")


def wilson(successes: Floats, trials: Floats, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Wilson's score interval of a share.

    With p = k/n and z the normal quantile: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n).

    Parameters
    ----------
    successes, trials : array of float
        k of n; an interval over no trials is the whole range from 0 to 1.
    confidence : float
        Coverage, between 0 and 1.

    Returns
    -------
    low, high : array of float

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22, 209-212.

    Examples
    --------
    >>> low, high = wilson(np.array([5.0]), np.array([10.0]))
    >>> round(float(low[0]), 6), round(float(high[0]), 6)
    (0.236593, 0.763407)
    """
    from scipy.special import ndtri

    z = float(ndtri(0.5 + confidence / 2))
    n = np.maximum(trials, 1)
    p = successes / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # At none and at all the formula gives 0 and 1 but for rounding.
    low = np.where((trials == 0) | (successes == 0), 0.0, middle - half)
    high = np.where((trials == 0) | (successes == trials), 1.0, middle + half)
    return low, high


def theme_share(
    corpus: Corpus, by: str | Iterable[str] = ("place", "year"), *, confidence: float = 0.95
) -> pd.DataFrame:
    """The share of sentences and footnotes that have each theme, with an interval.

    Parameters
    ----------
    corpus : Corpus
        Where to count.
    by : str or iterable of str
        Any of ``place, locality, admin_level, year, doc_id``; an empty list takes all together.
    confidence : float
        Coverage of the interval.

    Returns
    -------
    pandas.DataFrame
        The columns of ``by``, ``theme``, ``theme_name``, ``n`` (sentences with the theme), ``n_sentences``, ``share``,
        ``low``, ``high`` (:func:`wilson`), and ``doc_id, sentence_id, start, end`` of the first such sentence, null
        where there is none. Every theme of the run stands in every group. Where ``by`` holds ``doc_id``, it is that.

    Notes
    -----
    The interval takes sentences for independent; those of one report are not, so that the true one is wider.

    Examples
    --------
    >>> theme_share(Corpus.from_run("demo"), "year")  # doctest: +SKIP
    """
    import pandas as pd

    if not 0 < confidence < 1:
        raise UsageError(f"confidence is {confidence}; give a number between 0 and 1")
    groups = [by] if isinstance(by, str) else list(by)
    unknown = [name for name in groups if name not in _GROUPS]
    if unknown:
        raise UsageError(f"cannot group by {unknown[0]!r}; choose among {', '.join(_GROUPS)}")
    rows = np.flatnonzero(corpus.prose)
    facts = corpus.rows(rows)
    names, has = corpus.store.themes
    has = has[rows]
    parts: list[dict[str, Any]] = []
    for values, members in _groups(facts, groups):
        for column, theme in enumerate(names):
            found = members[has[members, column]]
            first = facts.iloc[found[0]] if len(found) else None
            place = {c: None if first is None else first[c] for c in ("doc_id", "sentence_id", "start", "end")}
            counts = {"n": len(found), "n_sentences": len(members)}
            parts.append({**place, **dict(zip(groups, values, strict=True)), "theme": theme, **counts})
    columns = ["theme", "n", "n_sentences", "doc_id", "sentence_id", "start", "end"]
    frame = pd.DataFrame(parts, columns=[*groups, *(c for c in columns if c not in groups)])
    n, of = frame["n"].to_numpy(float), frame["n_sentences"].to_numpy(float)
    low, high = wilson(n, of, confidence)
    at = list(frame.columns).index("n_sentences") + 1
    for step, (name, column) in enumerate((("share", n / np.maximum(of, 1)), ("low", low), ("high", high))):
        frame.insert(at + step, name, column)
    labels = theme_names()
    frame.insert(list(frame.columns).index("theme") + 1, "theme_name", [labels.get(t, t) for t in frame["theme"]])
    types = {"start": "Int64", "end": "Int64", "n": "int64", "n_sentences": "int64", "year": "Int64"}
    return frame.astype({column: dtype for column, dtype in types.items() if column in frame})


def _groups(facts: pd.DataFrame, by: list[str]) -> list[tuple[tuple[Any, ...], Any]]:
    """Values of each group and the positions of its rows; documents without a value are a group of their own."""
    if not by:
        return [((), np.arange(len(facts)))]
    grouped = facts.groupby(by, dropna=False, sort=True)
    return [(key if isinstance(key, tuple) else (key,), at) for key, at in grouped.indices.items()]
