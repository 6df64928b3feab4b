"""Two reports side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from danvan_nlp.corpus.keyness import keyness
from danvan_nlp.corpus.reuse import reuse
from danvan_nlp.corpus.share import theme_share
from danvan_nlp.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from danvan_nlp.corpus.corpus import Corpus


@dataclass(frozen=True)
class Comparison:
    """What two reports have in common, and what tells them apart.

    Attributes
    ----------
    name_a, name_b : str
        Place and year of the two.
    themes : pandas.DataFrame
        ``theme, theme_name, share_a, share_b, difference`` (a - b), largest difference first; shares as in
        :meth:`Corpus.theme_share`.
    words : pandas.DataFrame
        :meth:`Corpus.keyness` of a against b, by G².
    directives : pandas.DataFrame
        ``target_id, title, n_a, n_b``: mentions in each.
    indicators : pandas.DataFrame
        Figures of the appendices that both give: ``indicator, level, year, value_a, value_b, difference``.
    passages : pandas.DataFrame
        :meth:`Corpus.reuse` of the two.
    """

    name_a: str
    name_b: str
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
    >>> Corpus.from_run("demo").compare("3f0c…", "9a1b…").themes  # doctest: +SKIP
    """
    known = set(corpus.documents["doc_id"])
    for doc_id in (report_a, report_b):
        if doc_id not in known:
            raise UsageError(f"no report {doc_id!r} in this corpus; 'documents' lists them")
    a, b = corpus.filter(doc_id=report_a), corpus.filter(doc_id=report_b)
    return Comparison(
        name_a=_name(corpus, report_a),
        name_b=_name(corpus, report_b),
        themes=_themes(a, b),
        words=keyness(a, b, measure="lr", min_count=1),
        directives=_directives(a, b),
        indicators=_indicators(corpus, report_a, report_b),
        passages=reuse(corpus.filter(doc_id=[report_a, report_b])),
    )


def _name(corpus: Corpus, report: str) -> str:
    documents = corpus.store.documents
    facts = documents.loc[documents["doc_id"] == report, ["place", "date"]].astype(object).iloc[0]
    place, date = (value if isinstance(value, str) else None for value in facts)
    return " ".join(" ".join(part for part in (place or report, date[:4] if date else None) if part).split())


def _themes(a: Corpus, b: Corpus) -> pd.DataFrame:
    columns = ["theme", "theme_name", "share"]
    both = theme_share(a, [])[columns].merge(
        theme_share(b, [])[columns], on=["theme", "theme_name"], suffixes=("_a", "_b")
    )
    both["difference"] = both["share_a"] - both["share_b"]
    order = both["difference"].abs().sort_values(ascending=False, kind="stable").index
    return both.loc[order].reset_index(drop=True)


def _directives(a: Corpus, b: Corpus) -> pd.DataFrame:
    import pandas as pd

    one, two = a.directives, b.directives
    both = pd.concat([one, two])[["target_id", "title"]].drop_duplicates("target_id")
    for name, found in (("n_a", one), ("n_b", two)):
        counts = dict(zip(found["target_id"], found["n_mentions"], strict=True))
        both[name] = np.array([counts.get(target, 0) for target in both["target_id"]], np.int64)
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
