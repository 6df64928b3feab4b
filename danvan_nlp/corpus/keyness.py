"""Keyness: the words that one part of a corpus has more, or less, often than another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from danvan_nlp.corpus.association import Correction, Measure, association, p_value
from danvan_nlp.corpus.index import Longs
from danvan_nlp.corpus.store import Mask
from danvan_nlp.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from danvan_nlp.corpus.corpus import Corpus

Feature = Literal["word", "syllable"]
By = Literal["place", "admin_level", "year", "theme"]
# The parameter of ``Corpus.filter`` that picks a value of each.
_FILTERS = {"place": "place", "admin_level": "level", "year": "year", "theme": "theme"}


def keyness(
    target: Corpus,
    reference: Corpus | None = None,
    *,
    by: By | None = None,
    measure: Measure = "chi2",
    correction: Correction = "default",
    feature: Feature = "word",
    min_count: int = 2,
) -> pd.DataFrame:
    """Score every word by how much more often the target has it than the reference has.

    Parameters
    ----------
    target : Corpus
        The part of interest: ``corpus.filter(place="Cao Bằng")``, ``corpus.filter(theme="tiep_dan")`` …
    reference : Corpus, optional
        What it is compared with; without it, all sentences of the run that are not in the target. Sentences that are
        in both count for the target alone.
    by : {"place", "admin_level", "year", "theme"}, optional
        Score every value of it in place of one target: each place (level, year, theme) of this corpus against
        the rest of it. The value is the first column of the result.
    measure : {"chi2", "lr", "pmi"}
        Chi-square, log-likelihood ratio G² (Dunning 1993) or pointwise mutual information, natural logarithm; the
        formulas stand in :func:`danvan_nlp.corpus.association.association`.
    correction : {"default", "yates", "williams", "none"}
        Correction for continuity; ``"default"`` is quanteda's.
    feature : {"word", "syllable"}
        Words as segmented, or the syllables that they are written in.
    min_count : int
        Words that both parts together have less often are left out; they still count in the totals.

    Returns
    -------
    pandas.DataFrame
        ``feature, score, p, n_target, n_reference``, highest score first, and ``doc_id, sentence_id, start, end``: the
        first place of the word, in the target where it has it. ``p`` is of a chi-square with one degree of freedom,
        for one word looked at alone; null for pmi. No row where the target has no word.

    Notes
    -----
    Only sentences and footnotes are counted, and only tokens with a letter. Words of one report depend on each other:
    the p-values are a ranking, not a test of the places.

    References
    ----------
    Benoit, K. et al. (2018). quanteda. JOSS 3(30), 774; ``quanteda.textstats::textstat_keyness``.
    Dunning, T. (1993). Accurate Methods for the Statistics of Surprise and Coincidence. Computational Linguistics
    19(1), 61-74.
    Yates, F. (1934). Contingency tables involving small numbers and the χ² test. JRSS Supplement 1(2), 217-235.
    Williams, D. A. (1976). Improved likelihood ratio tests for complete contingency tables. Biometrika 63(1), 33-37.

    Examples
    --------
    >>> corpus = Corpus.from_run("demo")                        # doctest: +SKIP
    >>> corpus.filter(level="cap_huyen").keyness(measure="lr")  # doctest: +SKIP
    >>> corpus.keyness(by="year").groupby("year").head(10)      # doctest: +SKIP
    """
    import pandas as pd

    if by is not None:
        if reference is not None:
            raise UsageError("each value is compared with the rest; give either a reference or 'by'")
        options = {"measure": measure, "correction": correction, "feature": feature, "min_count": min_count}
        return _keyness_by(target, by, options)
    rest = ~target.selected if reference is None else reference.selected & ~target.selected
    if reference is not None and reference.store is not target.store:
        raise UsageError("target and reference come from two runs; filter both out of one corpus")
    prose = target.store.prose
    ids, sentence, names, spelt = _features(target, feature)
    in_target, in_rest = (_counts(ids, sentence, mask & prose, len(names)) for mask in (target.selected, rest))
    a, b = (np.where(spelt, n, 0).astype(float) for n in (in_target, in_rest))
    c, d = a.sum() - a, b.sum() - b
    score = association(a, b, c, d, measure, correction)
    # Where the target has no word, none is more frequent there than elsewhere.
    kept = np.flatnonzero((a + b >= max(min_count, 1)) & spelt & bool(a.any()))
    kept = kept[np.lexsort((np.array(names, object)[kept].astype(str), -score[kept]))]
    frame = pd.DataFrame(
        {
            "feature": pd.array([names[i] for i in kept], dtype="string"),
            "score": score[kept],
            "p": np.full(len(kept), np.nan) if measure == "pmi" else p_value(score[kept]),
            "n_target": a[kept].astype(np.int64),
            "n_reference": b[kept].astype(np.int64),
        }
    )
    return pd.concat([frame, _places(target, feature, kept, target.selected & prose, rest & prose)], axis=1)


def _keyness_by(corpus: Corpus, by: By, options: dict[str, Any]) -> pd.DataFrame:
    import pandas as pd

    if by not in _FILTERS:
        raise UsageError(f"cannot compare by {by!r}; choose among {', '.join(_FILTERS)}")
    values = corpus.store.themes[0] if by == "theme" else sorted(_known(corpus, by))
    parts = {value: corpus.filter(**{_FILTERS[by]: value}) for value in values}
    # An empty part keeps the columns where there is no value at all.
    empty = keyness(corpus.filter(doc_id=[]), corpus, **options).head(0)
    found = [keyness(part, corpus, **options).assign(**{by: value}) for value, part in parts.items() if len(part)]
    frame = pd.concat([empty.assign(**{by: None}), *found], ignore_index=True)
    frame = frame.astype({by: "Int64" if by == "year" else "string", **dict(empty.dtypes)})
    return frame[[by, *empty.columns]]


def _known(corpus: Corpus, by: By) -> set[Any]:
    documents = corpus.documents
    values = documents["date"].dropna().str[:4] if by == "year" else documents[by].dropna()
    return {int(v) if by == "year" else v for v in values if by != "year" or v.isdigit()}


def _features(corpus: Corpus, feature: Feature) -> tuple[Longs, Longs, list[str], Mask]:
    """Number and sentence of each feature of the run, their names, and which hold a letter."""
    index = corpus.store.index
    if feature == "word":
        return index.ids, index.sentence, index.words, index.spelt  # type: ignore[return-value]
    if feature != "syllable":
        raise UsageError(f"unknown feature {feature!r}; choose word or syllable")
    stream = index.syllables
    spelt = np.array([any(c.isalpha() for c in s) for s in stream.vocabulary], bool)
    return stream.ids, index.sentence[stream.token], stream.vocabulary, spelt  # type: ignore[return-value]


def _counts(ids: Longs, sentence: Longs, mask: Mask, size: int) -> Longs:
    return np.bincount(ids[mask[sentence]], minlength=size)


def _places(corpus: Corpus, feature: Feature, kept: Longs, target: Mask, rest: Mask) -> pd.DataFrame:
    """The first place of each feature: in the target, else in the reference."""
    index = corpus.store.index
    ids, sentence, names, _ = _features(corpus, feature)
    first = np.zeros(len(names), np.int64)
    for mask in (rest, target):
        at = np.flatnonzero(mask[sentence])[::-1]
        first[ids[at]] = at
    at = first[kept]
    if feature == "word":
        start, end, token = index.start[at], index.start[at] + index.length[index.raw[at]], at
    else:
        (start, end), token = index.spans(at, at), index.syllables.token[at].astype(np.int64)
    rows = corpus.rows(index.sentence[token].astype(np.int64))
    return rows[["doc_id", "sentence_id"]].assign(start=start, end=end)
