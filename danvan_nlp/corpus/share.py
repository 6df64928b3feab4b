"""How much of the reports each theme takes, by place and time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from danvan_nlp.corpus.association import Floats
from danvan_nlp.corpus.index import Longs
from danvan_nlp.corpus.names import theme_names
from danvan_nlp.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from danvan_nlp.corpus.corpus import Corpus

_PLACE = ("doc_id", "sentence_id", "start", "end")
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


def theme_share(corpus: Corpus, by: str | Iterable[str] = ("place", "year")) -> pd.DataFrame:
    """The share of sentences and footnotes that have each theme, with its 95% interval.

    Parameters
    ----------
    corpus : Corpus
        Where to count.
    by : str or iterable of str
        Any of ``place, locality, admin_level, year, doc_id``; an empty list takes all together.

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
    >>> Corpus.from_run("demo").theme_share("year")  # doctest: +SKIP
    """
    import pandas as pd

    groups = [by] if isinstance(by, str) else list(by)
    unknown = [name for name in groups if name not in _GROUPS]
    if unknown:
        raise UsageError(f"cannot group by {unknown[0]!r}; choose among {', '.join(_GROUPS)}")
    rows = np.flatnonzero(corpus.prose)
    names, has = corpus.store.themes
    values, group = _groups(corpus.rows(rows), groups)
    n = np.zeros((len(values), len(names)), np.int64)
    first = np.full((len(values), len(names)), -1)
    for column in range(len(names)):
        found = np.flatnonzero(has[rows, column])
        n[:, column] = np.bincount(group[found], minlength=len(values))
        # Of several values for one place the last stays: backwards, that of the first sentence.
        first[group[found[::-1]], column] = rows[found[::-1]]
    of = np.repeat(np.bincount(group, minlength=len(values)), len(names))
    frame = values.loc[np.repeat(values.index, len(names))].reset_index(drop=True)
    labels = theme_names(corpus.store.record)
    frame["theme"] = pd.array(names * len(values), dtype="string")
    frame["theme_name"] = pd.array([labels.get(name, name) for name in names] * len(values), dtype="string")
    counts = n.ravel()
    low, high = wilson(counts.astype(float), of.astype(float))
    frame = frame.assign(n=counts, n_sentences=of, share=counts / np.maximum(of, 1), low=low, high=high)
    return pd.concat([frame, _places(corpus, first.ravel()).drop(columns=groups, errors="ignore")], axis=1)


def _groups(facts: pd.DataFrame, by: list[str]) -> tuple[pd.DataFrame, Longs]:
    """Values of each group, and the group of each row; documents without a value are a group of their own."""
    import pandas as pd

    if not by:
        return pd.DataFrame(index=[0]), np.zeros(len(facts), np.int64)
    grouped = facts.groupby(by, dropna=False, sort=True)
    number = np.asarray(grouped.ngroup(), np.int64)
    first = np.flatnonzero(~facts[by].duplicated())
    return facts[by].iloc[first[np.argsort(number[first])]].reset_index(drop=True), number


def _places(corpus: Corpus, rows: Longs) -> pd.DataFrame:
    """Where sentences stand; nulls where the row is -1."""
    found = np.flatnonzero(rows >= 0)
    places = corpus.rows(rows[found])[list(_PLACE)].astype({"start": "Int64", "end": "Int64"})
    return places.set_axis(found).reindex(range(len(rows)))
