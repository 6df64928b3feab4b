"""What the tagger weighs for each theme: the whole sentence, its best clause, its length, its neighbours.

The first stage gives one margin a theme to a sentence and to each of its clauses; the second weighs, theme by theme,
the few numbers named in ``EVIDENCE``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from danvan_nlp.themes.context import SentenceContext
from danvan_nlp.themes.features import Featuriser, Floats, Sparse

EVIDENCE = ("whole", "clause", "length", "whole×length", "clause×length", "previous", "next", "has previous", "has next")
# Length is log(words / 26), the middle of the annotated corpus, cut where it has too few sentences to learn from.
_MIDDLE, _SHORTEST, _LONGEST = 26, -1.0, 1.5
_CLAUSE_END = re.compile(r"(?<=[;,.:])\s+")
_SHORT_CLAUSE, _LONG_CLAUSE = 10, 26


def clauses(text: str) -> list[str]:
    """Cut a sentence at its punctuation into pieces of about ten to twenty-six words.

    Reports pack several statements into one sentence of a hundred words; read as a whole, each drowns in the others.

    Examples
    --------
    >>> clauses("Ban hành 3 kế hoạch về dân vận; mở 5 lớp tập huấn.")
    ['Ban hành 3 kế hoạch về dân vận; mở 5 lớp tập huấn.']
    >>> len(clauses("Ban hành kế hoạch thực hiện công tác dân vận năm nay; " * 6))
    3
    """
    done: list[str] = []
    words: list[str] = []
    for piece in _CLAUSE_END.split(text):
        more = piece.split()
        if len(words) >= _SHORT_CLAUSE and len(words) + len(more) > _LONG_CLAUSE:
            done.append(" ".join(words))
            words = []
        words += more
    if done and len(words) < _SHORT_CLAUSE:
        done[-1] = " ".join([done[-1], *words])
    else:
        done.append(" ".join(words))
    return done


@dataclass(frozen=True, slots=True)
class Margins:
    """Margins of sentences, one column a theme: of the whole, and the highest of its clauses with that clause's place."""

    whole: Floats
    clause: Floats
    best: npt.NDArray[np.int64]


def margins(featuriser: Featuriser, weights: Floats, intercepts: Floats, sentences: Sequence[SentenceContext]) -> Margins:
    """First stage."""
    rows: list[SentenceContext] = list(sentences)
    owners: list[int] = []
    places: list[int] = []
    for i, sentence in enumerate(sentences):
        parts = clauses(sentence.text) if len(sentence.text) > 4 * _SHORT_CLAUSE else []
        if len(parts) > 1:
            rows.extend(replace(sentence, text=part) for part in parts)
            owners.extend([i] * len(parts))
            places.extend(range(len(parts)))
    values = multiply(featuriser(rows), weights, len(rows)) + intercepts
    n = len(sentences)
    whole, of_clauses = values[:n], values[n:]
    best, clause = np.full(whole.shape, -1, dtype=np.int64), whole.copy()
    if owners:
        owned, starts = np.unique(np.array(owners), return_index=True)
        clause[owned] = np.maximum.reduceat(of_clauses, starts, axis=0)
        for owner, place, row in zip(reversed(owners), reversed(places), of_clauses[::-1], strict=True):
            best[owner] = np.where(row == clause[owner], place, best[owner])
    return Margins(whole, clause, best)


def weigh(found: Margins, sentences: Sequence[SentenceContext]) -> Floats:
    """Evidence of the second stage: an array of sentences by themes by ``EVIDENCE``."""
    n, m = found.whole.shape
    made = np.zeros((n, m, len(EVIDENCE)), dtype=np.float32)
    words = np.array([max(1, len(s.text.split())) for s in sentences], dtype=np.float32)
    length = np.clip(np.log(words / _MIDDLE), _SHORTEST, _LONGEST)[:, None]
    follows = np.zeros((n, 1), dtype=np.float32)
    for i in range(1, n):
        one, two = sentences[i - 1], sentences[i]
        follows[i] = one.headings == two.headings and one.document == two.document
    made[:, :, 0], made[:, :, 1], made[:, :, 2] = found.whole, found.clause, length
    made[:, :, 3], made[:, :, 4] = found.whole * length, found.clause * length
    made[1:, :, 5], made[:-1, :, 6] = found.whole[:-1] * follows[1:], found.whole[1:] * follows[1:]
    made[:, :, 7], made[:-1, :, 8] = follows, follows[1:]
    return made


def multiply(features: Sparse, weights: Floats, n_rows: int) -> Floats:
    """Product of sparse features and dense weights."""
    order = np.argsort(features.rows, kind="stable")
    rows, columns, values = features.rows[order], features.columns[order], features.values[order]
    product = np.zeros((n_rows, weights.shape[1]), dtype=np.float32)
    if len(rows):
        starts = np.flatnonzero(np.concatenate(([True], rows[1:] != rows[:-1])))
        product[rows[starts]] = np.add.reduceat(weights[columns] * values[:, None], starts, axis=0)
    return product
