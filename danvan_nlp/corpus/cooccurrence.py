"""What stands together: words, themes or directives of one sentence, or words of one window."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from danvan_nlp.corpus.association import association
from danvan_nlp.corpus.index import Longs
from danvan_nlp.corpus.kwic import match_syllables
from danvan_nlp.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

    from danvan_nlp.corpus.corpus import Corpus

Of = Literal["words", "themes", "directives"]
Context = Literal["sentence", "window"]
Count = Literal["boolean", "frequency"]
_ROWS_AT_ONCE = 4096


def cooccurrence(
    corpus: Corpus,
    of: Of | Iterable[str] = "words",
    *,
    context: Context = "sentence",
    count: Count = "boolean",
    window: int = 5,
    min_count: int = 2,
    limit: int = 500,
) -> pd.DataFrame:
    """Count the pairs of features that stand in one sentence, or within a number of words.

    Parameters
    ----------
    corpus : Corpus
        Where to count; of its sentences and footnotes.
    of : {"words", "themes", "directives"} or iterable of str
        What to pair. A list holds words and phrases of your own, with the wildcards of :meth:`Corpus.kwic`.
    context : {"sentence", "window"}
        A sentence, or ``window`` words on either side within the sentence (words only).
    count : {"boolean", "frequency"}
        In how many sentences the pair stands, or how many pairs there are: Σ f_i f_j over the sentences, and
        Σ f_i(f_i - 1)/2 for a feature with itself. A window always counts pairs, each once, also of a word with itself
        (releases of quanteda differ there).
    window : int
        Words on either side.
    min_count : int
        Pairs that stand together less often are left out.
    limit : int
        For words, so many of the most frequent are paired.

    Returns
    -------
    pandas.DataFrame
        ``a, b, n`` (together, by ``count``), highest n first. With ``context="sentence"`` also, over numbers of
        sentences n_a, n_b, n_ab of N: ``n_a, n_b, n_ab``, ``expected`` = n_a n_b / N, ``pmi`` =
        ln(n_ab N / (n_a n_b)), ``dice`` = 2 n_ab / (n_a + n_b), ``jaccard`` = n_ab / (n_a + n_b - n_ab), ``lr`` = G²
        with its sign. ``doc_id, sentence_id, start, end`` is the first sentence that has both.

    References
    ----------
    Benoit, K. et al. (2018). quanteda. JOSS 3(30), 774; function ``fcm``.
    Church, K. W. & Hanks, P. (1990). Word association norms, mutual information, and lexicography. Computational
    Linguistics 16(1), 22-29.

    Examples
    --------
    >>> Corpus.from_run("demo").cooccurrence("themes").head(3)[["a", "b", "n", "pmi"]]  # doctest: +SKIP
    """
    if context not in ("sentence", "window") or count not in ("boolean", "frequency"):
        raise UsageError(f"context {context!r}, count {count!r}: give sentence or window, boolean or frequency")
    if context == "window":
        if of != "words":
            raise UsageError("a window holds words; pair themes and directives by sentence")
        return _by_window(corpus, window, min_count, limit)
    names, matrix = _matrix(corpus, of, limit)
    total = corpus.selected.sum() if of == "directives" else corpus.prose.sum()
    return _by_sentence(corpus, names, matrix, count, min_count, float(total))


def _matrix(corpus: Corpus, of: Of | Iterable[str], limit: int) -> tuple[list[str], csr_array]:
    """Names of the features, and how often each sentence of the run has which: shape (n_sentences, n_features)."""
    store = corpus.store
    if of == "themes":
        names, has = store.themes
        rows, columns = np.nonzero(has & corpus.prose[:, None])
    elif of == "directives":
        cited = store.reference_rows
        targets = store.column("references", "target_id").to_pylist()
        # A directive may stand in a heading or a table too: wherever it is cited counts.
        pairs = [(r, t) for r, t in zip(cited.tolist(), targets, strict=True) if t and r >= 0 and corpus.selected[r]]
        names = sorted({t for _, t in pairs})
        number = {name: i for i, name in enumerate(names)}
        rows, columns = np.array([r for r, _ in pairs]), np.array([number[t] for _, t in pairs])
    elif of == "words":
        index = store.index
        at = np.flatnonzero(corpus.prose[index.sentence] & index.spelt[index.ids])
        top = _most_frequent(index.ids[at], len(index.words), limit)
        place = np.full(len(index.words), -1)
        place[top] = np.arange(len(top))
        at = at[place[index.ids[at]] >= 0]
        names, rows, columns = [index.words[i] for i in top], index.sentence[at].astype(np.int64), place[index.ids[at]]
    elif isinstance(of, str):
        raise UsageError(f"cannot pair {of!r}; give words, themes, directives or a list of words")
    else:
        names, rows, columns = _of_patterns(corpus, list(of))
    return names, _sparse(rows, columns, (len(store.starts), len(names)))


def _of_patterns(corpus: Corpus, names: list[str]) -> tuple[list[str], Any, Any]:
    index = corpus.store.index
    rows = [index.sentence[index.syllables.token[match_syllables(index, name)]] for name in names]
    rows = [found[corpus.prose[found]] for found in rows]
    columns = np.repeat(np.arange(len(names)), [len(found) for found in rows])
    return names, np.concatenate(rows or [np.empty(0, np.int64)]), columns


def _sparse(rows: Any, columns: Any, shape: tuple[int, int]) -> csr_array:
    from scipy.sparse import coo_array

    rows, columns = np.asarray(rows, np.int64), np.asarray(columns, np.int64)
    return coo_array((np.ones(len(rows), np.int64), (rows, columns)), shape=shape).tocsr()


def _most_frequent(ids: Any, size: int, limit: int) -> Longs:
    counts = np.bincount(ids, minlength=size)
    order = np.lexsort((np.arange(size), -counts))[:limit]
    return np.asarray(order[counts[order] > 0], np.int64)


def _by_sentence(
    corpus: Corpus, names: list[str], matrix: csr_array, count: Count, min_count: int, total: float
) -> pd.DataFrame:
    import pandas as pd

    has = (matrix > 0).astype(np.int64)
    sentences = np.asarray(has.sum(axis=0)).ravel()
    both = (has.T @ has).tocoo()
    a, b = both.coords
    upper = a < b if count == "boolean" else a <= b
    a, b, n_ab = a[upper], b[upper], both.data[upper]
    n = n_ab
    if count == "frequency":
        times = matrix.T @ matrix
        # SciPy answers no index with a matrix.
        n = np.asarray(times[a, b]).ravel() if len(a) else np.empty(0, np.int64)
        own = np.asarray(matrix.sum(axis=0)).ravel()
        n = np.where(a == b, (n - own[a]) // 2, n)
    keep = np.flatnonzero(n >= max(min_count, 1))
    keep = keep[np.lexsort((b[keep], a[keep], -n[keep]))]
    a, b, n, n_ab = a[keep], b[keep], n[keep], n_ab[keep]
    n_a, n_b = sentences[a].astype(float), sentences[b].astype(float)
    labels = np.array([*names, ""], object)
    frame = pd.DataFrame({"a": labels[a], "b": labels[b], "n": n, "n_a": sentences[a], "n_b": sentences[b]})
    frame = frame.astype({"a": "string", "b": "string"}).assign(n_ab=n_ab, expected=n_a * n_b / max(total, 1))
    if len(frame):
        frame["pmi"] = np.log(n_ab * total / (n_a * n_b))
        frame["dice"], frame["jaccard"] = 2 * n_ab / (n_a + n_b), n_ab / (n_a + n_b - n_ab)
        frame["lr"] = association(n_ab * 1.0, n_a - n_ab, n_b - n_ab, total - n_a - n_b + n_ab, "lr", "none")
    else:
        frame = frame.assign(**{c: np.empty(0) for c in ("pmi", "dice", "jaccard", "lr")})
    places = corpus.rows(_first_common(has, a, b))[["doc_id", "sentence_id", "start", "end"]]
    return pd.concat([frame, places], axis=1)


def _first_common(has: csr_array, a: Longs, b: Longs) -> Longs:
    """The first row that has both columns of each pair: block by block, as most pairs are met early."""
    first = np.zeros(len(a), np.int64)
    left = np.arange(len(a))
    for at in range(0, has.shape[0], _ROWS_AT_ONCE):
        if not len(left):
            break
        block = has[at : at + _ROWS_AT_ONCE]
        met = np.asarray((block.T @ block).tocsr()[a[left], b[left]]).ravel() > 0
        columns = block.tocsc()
        for pair in left[met]:
            one, two = (columns.indices[columns.indptr[i] : columns.indptr[i + 1]] for i in (a[pair], b[pair]))
            first[pair] = at + np.intersect1d(one, two, assume_unique=True)[0]
        left = left[~met]
    return first


def _by_window(corpus: Corpus, window: int, min_count: int, limit: int) -> pd.DataFrame:
    import pandas as pd

    index = corpus.store.index
    ids, sentence = index.ids.astype(np.int64), index.sentence
    chosen = corpus.prose[sentence] & index.spelt[ids]
    wanted = np.zeros(len(index.words), bool)
    wanted[_most_frequent(ids[chosen], len(index.words), limit)] = True
    chosen &= wanted[ids]
    found = [(np.empty(0, np.int64),) * 3]
    for step in range(1, window + 1):
        left = np.flatnonzero(chosen[:-step] & chosen[step:] & (sentence[:-step] == sentence[step:]))
        one, two = ids[left], ids[left + step]
        pairs = np.minimum(one, two) * len(index.words) + np.maximum(one, two)
        keys, first, n = np.unique(pairs, return_index=True, return_counts=True)
        found.append((keys, left[first], n))
    every, places, counts = (np.concatenate(column) for column in zip(*found, strict=True))
    keys, group = np.unique(every, return_inverse=True)
    n = np.bincount(group, counts, len(keys)).astype(np.int64)
    first = np.full(len(keys), len(ids))
    np.minimum.at(first, group, places)
    keep = np.flatnonzero(n >= max(min_count, 1))
    keep = keep[np.lexsort((keys[keep], -n[keep]))]
    words = np.array([*index.words, ""], object)
    a, b = keys[keep] // max(len(index.words), 1), keys[keep] % max(len(index.words), 1)
    frame = pd.DataFrame({"a": words[a], "b": words[b], "n": n[keep]}).astype({"a": "string", "b": "string"})
    where = corpus.rows(sentence[first[keep]].astype(np.int64))
    return pd.concat([frame, where[["doc_id", "sentence_id", "start", "end"]]], axis=1)
