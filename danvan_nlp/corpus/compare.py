"""Two reports side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_nlp.corpus.corpus import Corpus
from danvan_nlp.corpus.keyness import keyness
from danvan_nlp.corpus.reuse import reuse
from danvan_nlp.corpus.share import theme_share
from danvan_nlp.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Comparison:
    """What two reports have in common, and what tells them apart.

    Attributes
    ----------
    themes : pandas.DataFrame
        ``theme, theme_name, share_a, share_b, difference`` (a - b), largest difference first; shares as in
        :func:`danvan_nlp.corpus.theme_share`.
    words : pandas.DataFrame
        :func:`danvan_nlp.corpus.keyness` of a against b, by G².
    directives : pandas.DataFrame
        ``target_id, title, n_a, n_b``: mentions in each.
    indicators : pandas.DataFrame
        Figures of the appendices that both give: ``indicator, level, year, value_a, value_b, difference``.
    passages : pandas.DataFrame
        :func:`danvan_nlp.corpus.reuse` of the two.
    """

    themes: pd.DataFrame
    words: pd.DataFrame
    directives: pd.DataFrame
    indicators: pd.DataFrame
    passages: pd.DataFrame


def compare(corpus: Corpus, report_a: str, report_b: str) -> Comparison:
    """Put two reports of a corpus side by side.

    Parameters
    ----------
    corpus : Corpus
        The corpus that holds both.
    report_a, report_b : str
        Their ``doc_id``.

    Returns
    -------
    Comparison

    Raises
    ------
    UsageError
        The corpus does not hold one of them.

    Examples
    --------
    >>> compare(Corpus.from_run("demo"), "3f0c…", "9a1b…").themes  # doctest: +SKIP
    """
    known = set(corpus.documents["doc_id"])
    for doc_id in (report_a, report_b):
        if doc_id not in known:
            raise UsageError(f"no report {doc_id!r} in this corpus; 'documents' lists them")
    a, b = corpus.filter(doc_id=report_a), corpus.filter(doc_id=report_b)
    return Comparison(
        themes=_themes(a, b),
        words=keyness(a, b, measure="lr", min_count=1),
        directives=_directives(a, b),
        indicators=_indicators(corpus, report_a, report_b),
        passages=reuse(corpus.filter(doc_id=[report_a, report_b])),
    )


def _themes(a: Corpus, b: Corpus) -> pd.DataFrame:
    columns = ["theme", "theme_name", "share"]
    both = theme_share(a, [])[columns].merge(
        theme_share(b, [])[columns], on=["theme", "theme_name"], suffixes=("_a", "_b")
    )
    both["difference"] = both["share_a"] - both["share_b"]
    order = both["difference"].abs().sort_values(ascending=False, kind="stable").index
    return both.loc[order].reset_index(drop=True)


def _directives(a: Corpus, b: Corpus) -> pd.DataFrame:
    columns = ["target_id", "title", "n_mentions"]
    both = a.directives[columns].merge(
        b.directives[columns], on=["target_id", "title"], how="outer", suffixes=("_a", "_b")
    )
    both = both.rename(columns={"n_mentions_a": "n_a", "n_mentions_b": "n_b"})
    both = both.fillna({"n_a": 0, "n_b": 0}).astype({"n_a": "int64", "n_b": "int64"})
    both["shared"] = (both["n_a"] > 0) & (both["n_b"] > 0)
    both["total"] = both["n_a"] + both["n_b"]
    both = both.sort_values(["shared", "total", "target_id"], ascending=[False, False, True])
    return both[["target_id", "title", "n_a", "n_b"]].reset_index(drop=True)


def _indicators(corpus: Corpus, report_a: str, report_b: str) -> pd.DataFrame:
    rows = corpus.store.read("indicators").dropna(subset=["indicator", "value"])
    keys = ["indicator", "level", "year"]
    one, two = (
        rows[rows["doc_id"] == doc_id].drop_duplicates(keys)[[*keys, "value", "start", "end"]]
        for doc_id in (report_a, report_b)
    )
    both = one.merge(two, on=keys, suffixes=("_a", "_b"))
    both["difference"] = both["value_a"] - both["value_b"]
    return both
