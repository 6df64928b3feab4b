"""Sentences that say nearly the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from danvan_nlp.corpus.index import Longs
from danvan_nlp.errors import UsageError
from danvan_nlp.language.key import fold

if TYPE_CHECKING:
    import pandas as pd

    from danvan_nlp.corpus.corpus import Corpus


def similar_sentences(
    corpus: Corpus, like: str, *, limit: int = 10, min_score: float = 0.1, other_documents: bool = False
) -> pd.DataFrame:
    """The sentences nearest to a sentence of the run, or to a text, by the cosine of their words.

    A word weighs tf · (ln((1 + n)/(1 + df)) + 1): its count in the sentence, n the sentences of the corpus, df those
    that have it; the cosine is of these vectors (scikit-learn's ``TfidfVectorizer``).

    Parameters
    ----------
    corpus : Corpus
        Where to look; its sentences and footnotes.
    like : str
        A ``sentence_id`` of the run, or any text.
    limit : int
        At most so many.
    min_score : float
        Less similar ones are left out.
    other_documents : bool
        Look in other documents than the sentence's own alone.

    Returns
    -------
    pandas.DataFrame
        ``doc_id, sentence_id, start, end, place, locality, admin_level, year, score, text``, nearest first; the
        sentence itself is not among them.

    Raises
    ------
    UsageError
        The text is empty.

    References
    ----------
    Salton, G. & Buckley, C. (1988). Term-weighting approaches in automatic text retrieval. Information Processing &
    Management 24(5), 513-523.

    Examples
    --------
    >>> Corpus.from_run("demo").similar_sentences("Tổ chức đối thoại với nhân dân")  # doctest: +SKIP
    """
    import pandas as pd
    import pyarrow as pa

    if not like.strip():
        raise UsageError("the text is empty; give a sentence, or the id of one")
    rows = np.flatnonzero(corpus.prose)
    counts = _counts(corpus, rows)
    df = np.asarray((counts > 0).sum(axis=0)).ravel()
    idf = np.log((1 + len(rows)) / (1 + df)) + 1
    weights = counts.astype(float) * idf
    norms = np.sqrt(np.asarray((weights * weights).sum(axis=1)).ravel())
    own = corpus.store.sentence_rows.get(like)
    wanted = _counts(corpus, np.array([own]))[[0]].toarray().ravel() if own is not None else _query(corpus, like)
    query = wanted * idf
    scale = norms * np.linalg.norm(query)
    score = np.divide(weights @ query, scale, out=np.zeros(len(rows)), where=scale > 0)
    if own is not None:
        document = corpus.store.sentence_document
        score[rows == own] = -1
        if other_documents:
            score[document[rows] == document[own]] = -1
    order = np.lexsort((rows, -score))[:limit]
    order = order[score[order] >= min_score]
    found = corpus.rows(rows[order]).assign(score=score[order])
    found["text"] = pd.array(corpus.store.column("sentences", "text").take(pa.array(rows[order])), dtype="string")
    return found


def _counts(corpus: Corpus, rows: Longs) -> Any:
    """How often each of some sentences has each word: shape (n_rows, n_words)."""
    from scipy.sparse import coo_array

    index = corpus.store.index
    place = np.full(len(corpus.store.starts), -1)
    place[rows] = np.arange(len(rows))
    at = np.flatnonzero((place[index.sentence] >= 0) & index.spelt[index.ids])
    ends = (place[index.sentence[at]], index.ids[at])
    return coo_array((np.ones(len(at), np.int64), ends), shape=(len(rows), len(index.words))).tocsr()


def _query(corpus: Corpus, text: str) -> Any:
    from danvan_nlp.language.tokens import tokenize_words

    number = {word: i for i, word in enumerate(corpus.store.index.words)}
    vector = np.zeros(len(number))
    for start, end in tokenize_words([text])[0]:
        word = number.get(fold(text[start:end]))
        if word is not None and corpus.store.index.spelt[word]:
            vector[word] += 1
    return vector
