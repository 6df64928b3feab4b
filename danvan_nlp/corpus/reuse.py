"""Passages that reports share word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from danvan_nlp.corpus.index import Longs
from danvan_nlp.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from danvan_nlp.corpus.corpus import Corpus


def reuse(corpus: Corpus, *, min_words: int = 12) -> pd.DataFrame:
    """Find what stands in two reports or more, word for word.

    Every run of ``min_words`` syllables is hashed to 64 bits; a run that an earlier document of the corpus has too is
    paired with the first such place, and pairs that go on in both documents are joined into one passage. Case, tone
    mark style, punctuation and line breaks do not matter. Linear in the length of the corpus.

    Parameters
    ----------
    corpus : Corpus
        Where to look; its sentences and footnotes, in order, so that a passage may go over several.
    min_words : int
        The shortest passage, in syllables.

    Returns
    -------
    pandas.DataFrame
        ``doc_id, sentence_id, start, end, place, year`` of the passage, the same with ``first_`` before each name for
        where it stands first, ``n_words``, ``n_documents`` (documents that have its beginning), ``text``; longest
        first. One row for each document but the first.

    Raises
    ------
    UsageError
        ``min_words`` is under 3.

    References
    ----------
    Karp, R. M. & Rabin, M. O. (1987). Efficient randomized pattern-matching algorithms. IBM Journal of Research and
    Development 31(2), 249-260. Brin, S., Davis, J. & Garcia-Molina, H. (1995). Copy detection mechanisms for digital
    documents. SIGMOD.

    Examples
    --------
    >>> Corpus.from_run("demo").reuse()[["text", "n_documents"]]  # doctest: +SKIP
    """
    if min_words < 3:
        raise UsageError(f"min_words is {min_words}; give 3 or more")
    index = corpus.store.index
    stream = index.syllables
    solid = np.array([any(c.isalnum() for c in s) for s in stream.vocabulary], bool)
    sentence = index.sentence[stream.token]
    at = np.flatnonzero(corpus.prose[sentence] & solid[stream.ids]) if len(stream.ids) else np.empty(0, np.int64)
    document = corpus.store.sentence_document[sentence[at]]
    place, first, n_documents = _pairs(stream.ids[at], document, min_words)
    begins, lengths = _runs(place, first, document)
    ends = begins + lengths - 1
    order = np.lexsort((begins, -lengths))
    begins, ends = begins[order], ends[order]
    size = min_words - 1
    later = _where(corpus, at[place[begins]], at[place[ends] + size], sentence)
    earlier = _where(corpus, at[first[begins]], at[first[ends] + size], sentence)
    frame = later.assign(**{f"first_{name}": earlier[name] for name in later.columns})
    frame["n_words"] = lengths[order] + size
    frame["n_documents"] = n_documents[begins]
    return frame.assign(text=_texts(corpus, sentence[at[place[begins]]], sentence[at[place[ends] + size]], frame))


def _pairs(ids: Any, document: Any, size: int) -> tuple[Longs, Longs, Longs]:
    """Windows that an earlier document has too: where, where first, and in how many documents."""
    n = max(len(ids) - size + 1, 0)
    draw = np.random.default_rng(0)
    table = draw.integers(0, 2**64, int(ids.max(initial=0)) + 1, dtype=np.uint64)
    odd = np.uint64(0x9E3779B97F4A7C15)
    key = np.zeros(n, np.uint64)
    for step in range(size):
        key = key * odd + table[ids[step : step + n]]
    inside = np.flatnonzero(document[:n] == document[size - 1 : size - 1 + n])
    _, first, group = np.unique(key[inside], return_index=True, return_inverse=True)
    base = int(document.max(initial=0)) + 1
    pairs = np.sort(group.astype(np.int64) * base + document[inside])
    documents = np.bincount(pairs[np.diff(pairs, prepend=-1) > 0] // base, minlength=len(first))
    leader = inside[first][group]
    other = document[leader] != document[inside]
    return inside[other], leader[other], documents[group][other]


def _runs(place: Longs, first: Longs, document: Any) -> tuple[Longs, Longs]:
    """Joins windows that go on by one in both documents: the first of each run, and how many windows it has."""
    if not len(place):
        return place, place
    goes_on = (np.diff(place) == 1) & (np.diff(first) == 1)
    goes_on &= (document[place[1:]] == document[place[:-1]]) & (document[first[1:]] == document[first[:-1]])
    begins = np.flatnonzero(np.append(True, ~goes_on))
    return begins, np.diff(np.append(begins, len(place)))


def _where(corpus: Corpus, first: Longs, last: Longs, sentence: Any) -> pd.DataFrame:
    start, end = corpus.store.index.spans(first, last)
    rows = corpus.rows(sentence[first].astype(np.int64))[["doc_id", "sentence_id", "start", "end", "place", "year"]]
    return rows.assign(start=start, end=end)


def _texts(corpus: Corpus, first: Any, last: Any, frame: pd.DataFrame) -> Any:
    """What a passage says, from its first sentence to its last; what stands between two sentences becomes a blank."""
    import pandas as pd

    texts, starts = corpus.store.column("sentences", "text"), corpus.store.starts
    out = []
    for a, b, start, end in zip(first, last, frame["start"], frame["end"], strict=True):
        rows = range(int(a), int(b) + 1)
        parts = zip(rows, texts.slice(rows.start, len(rows)).to_pylist(), starts[rows.start : rows.stop], strict=True)
        out.append(" ".join(t[max(start - s, 0) : max(end - s, 0)] for row, t, s in parts if corpus.prose[row]))
    return pd.array(out, dtype="string")
