"""Collocations: words that stand one after another more often than chance would have it."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from danvan_nlp.corpus.index import Ints, Longs
from danvan_nlp.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from danvan_nlp.corpus.corpus import Corpus

Floats = npt.NDArray[np.float64]
_SMOOTHING = 0.5


def phrases(corpus: Corpus, *, size: int = 2, min_count: int = 3) -> pd.DataFrame:
    """Score the sequences of words of one sentence.

    For a sequence x of K words, n_i counts the sequences that agree with x on exactly the i-th subset of its places,
    plus 1/2. λ = Σ (-1)^(K - b_i) ln n_i, b_i the size of the subset: the K-way interaction of the saturated log-linear
    model. z = λ / √(Σ 1/n_i).

    Parameters
    ----------
    corpus : Corpus
        Where to count; of its sentences and footnotes, tokens with a letter. A token without one breaks a sequence.
    size : int
        K, from 2 to 5.
    min_count : int
        Sequences that stand less often are left out.

    Returns
    -------
    pandas.DataFrame
        ``phrase, count, size, lambda, z``, highest z first, and ``doc_id, sentence_id, start, end`` of its first place.

    References
    ----------
    Blaheta, D. & Johnson, M. (2001). Unsupervised learning of multi-word verbs. ACL Workshop on Collocation.
    ``quanteda.textstats::textstat_collocations``.

    Examples
    --------
    >>> Corpus.from_run("demo").phrases(size=3).head()  # doctest: +SKIP
    """
    import pandas as pd

    if not 2 <= size <= 5:
        raise UsageError(f"size is {size}; give a number of words from 2 to 5")
    index = corpus.store.index
    at = _sequences(corpus, size)
    grams = np.stack([index.ids[at + step] for step in range(size)], axis=1)
    _, first, whole = np.unique(_key(grams, len(index.words)), return_index=True, return_counts=True)
    keep = whole >= max(min_count, 1)
    first, whole = first[keep], whole[keep]
    agree: dict[tuple[int, ...], Floats] = {(): np.full(len(first), float(len(at)))}
    for k in range(1, size + 1):
        for places in combinations(range(size), k):
            key = _key(grams[:, places], len(index.words))
            values, counts = np.unique(key, return_counts=True)
            agree[places] = counts[np.searchsorted(values, key[first])].astype(float)
    score, z = _interaction(agree, size)
    order = np.lexsort((first, -z))
    first = first[order]
    start, last = index.start[at[first]], at[first] + size - 1
    rows = corpus.rows(index.sentence[at[first]].astype(np.int64))[["doc_id", "sentence_id"]]
    names = [" ".join(index.words[i] for i in gram) for gram in grams[first]]
    frame = pd.DataFrame({"phrase": pd.array(names, dtype="string"), "count": whole[order], "size": size})
    frame = frame.assign(**{"lambda": score[order], "z": z[order]})
    where = rows.assign(start=start, end=index.start[last] + index.length[index.raw[last]])
    return pd.concat([frame, where], axis=1)


def _sequences(corpus: Corpus, size: int) -> Longs:
    """First tokens of the sequences that stand in one sentence and hold words alone."""
    index = corpus.store.index
    word = corpus.prose[index.sentence] & index.spelt[index.ids]
    n = max(len(word) - size + 1, 0)
    good = np.ones(n, bool)
    for step in range(size):
        good &= word[step : step + n]
    good &= index.sentence[:n] == index.sentence[size - 1 : size - 1 + n]
    return np.flatnonzero(good)


def _key(columns: Ints, base: int) -> Longs:
    """One number for each row of words; before a product could overflow, the rows so far are numbered again."""
    key = columns[:, 0].astype(np.int64)
    for column in range(1, columns.shape[1]):
        if column > 1:
            key = np.unique(key, return_inverse=True)[1]
        key = key * max(base, 1) + columns[:, column]
    return np.asarray(key, np.int64)


def _interaction(agree: dict[tuple[int, ...], Floats], size: int) -> tuple[Floats, Floats]:
    """λ and z from the counts of sequences that agree at least on each subset of places."""
    score, variance = np.zeros_like(agree[()]), np.zeros_like(agree[()])
    for places in agree:
        rest = [place for place in range(size) if place not in places]
        exact = np.zeros_like(score)
        for k in range(len(rest) + 1):
            for more in combinations(rest, k):
                exact += (-1) ** k * agree[tuple(sorted((*places, *more)))]
        n = exact + _SMOOTHING
        score += (-1) ** (size - len(places)) * np.log(n)
        variance += 1 / n
    return score, score / np.sqrt(variance)
