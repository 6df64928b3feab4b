"""Fitting the linear machines; the only module that needs scikit-learn, besides ``calibrate``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from danvan_nlp.errors import DataError
from danvan_nlp.themes.context import SentenceContext
from danvan_nlp.themes.corpus import AnnotatedDocument
from danvan_nlp.themes.evaluate import Bools, Doubles, folds
from danvan_nlp.themes.features import Featuriser, Weights, make_featuriser
from danvan_nlp.themes.linear import Linear, follows
from danvan_nlp.themes.prose import coverage
from danvan_nlp.themes.taxonomy import Taxonomy
from danvan_nlp.themes.words import read_words

# Log-odds of a theme without a yes.
_UNHEARD_OF = -10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Choices of the training; each stays because leaving it out lowers a figure in the model card.

    Attributes
    ----------
    order : int
        Longest n-gram of syllables.
    least : int
        Number of documents that an n-gram must stand in.
    cost : float
        Inverse regularisation of the linear support vector machines.
    ratios : bool
        Whether to add machines over features scaled by naive Bayes ratios.
    blocks : Weights
        Weight of each block of features.
    n_folds : int
        Folds, of whole documents, for thresholds, calibration and figures.
    """

    order: int = 2
    least: int = 2
    cost: float = 0.5
    ratios: bool = True
    blocks: Weights = field(default_factory=Weights)
    n_folds: int = 6


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """Margins and genre coverage of sentences by machines that did not see their document."""

    truth: Bools
    # Which cells of the truth somebody judged.
    judged: Bools
    margins: Doubles
    coverage: Doubles
    fold: npt.NDArray[np.int64]
    # Which rows are the corpus's, and not of another genre.
    inside: Bools


def out_of_fold(
    corpus: Sequence[AnnotatedDocument],
    other: Sequence[AnnotatedDocument],
    taxonomy: Taxonomy,
    options: Options,
    seed: int,
) -> OutOfFold:
    """Fit and score over folds of whole documents."""
    documents = [*corpus, *other]
    sizes = [len(d.sentences) for d in documents]
    of_document = folds([d.name for d in documents], sizes, options.n_folds)
    fold = np.repeat(of_document, sizes)
    truth, judged = truth_of(documents, taxonomy), judged_of(documents, taxonomy)
    margins, shares = np.zeros(truth.shape), np.zeros((len(truth), 2))
    for held in range(options.n_folds):
        seen = [d for d, k in zip(documents, of_document, strict=True) if k != held]
        new = [s for d, k in zip(documents, of_document, strict=True) if k == held for s in d.sentences]
        featuriser, machines = fit(seen, taxonomy, options, seed)
        margins[fold == held] = machines(featuriser(new), follows(new))
        shares[fold == held] = coverage(featuriser.grams, read_words([s.text for s in new]))
    inside = np.repeat(np.arange(len(documents)) < len(corpus), sizes)
    return OutOfFold(truth, judged, margins, shares, fold, inside)


def fit(
    documents: Sequence[AnnotatedDocument], taxonomy: Taxonomy, options: Options, seed: int
) -> tuple[Featuriser, Linear]:
    """Choose the vocabulary and fit one machine a theme, each on the sentences in which its theme was judged."""
    in_genre = [d.sentences for d in documents if d.writer]
    featuriser = make_featuriser(in_genre, options.blocks, order=options.order, least=options.least)
    sentences = [s for d in documents for s in d.sentences]
    rows, truth, judged = _matrix(featuriser, sentences), truth_of(documents, taxonomy), judged_of(documents, taxonomy)
    weights, intercepts = np.zeros((rows.shape[1], truth.shape[1])), np.full(truth.shape[1], -1.0)
    for column in range(truth.shape[1]):
        seen = judged[:, column]
        if two_valued(truth[seen, column]):
            weights[:, column], intercepts[column] = _machine(rows[seen], truth[seen, column], options, seed)
    own, words = sum(featuriser.blocks.values()), len(featuriser.grams)
    near = weights[own:] * options.blocks.neighbour
    return featuriser, Linear(
        own=weights[:own].astype(np.float32),
        near=np.hstack([near[:words], near[words:]]).astype(np.float32),
        intercepts=intercepts.astype(np.float32),
    )


def _machine(rows: Any, truth: Bools, options: Options, seed: int) -> tuple[Doubles, float]:
    """A support vector machine and one over naive Bayes ratios (Wang and Manning 2012), summed at equal spread."""
    from sklearn.svm import LinearSVC

    plain = LinearSVC(C=options.cost, random_state=seed).fit(rows, truth)
    weights, intercept = plain.coef_[0], float(plain.intercept_[0])
    if not options.ratios:
        return weights, intercept
    inside, outside = (np.asarray(rows[chosen].sum(axis=0)).ravel() + 0.05 for chosen in (truth, ~truth))
    ratio = np.clip(np.log((inside / inside.sum()) / (outside / outside.sum())), -4, 4)
    scaled = LinearSVC(C=options.cost, random_state=seed).fit(rows.multiply(ratio).tocsr(), truth)
    by_ratio, second = scaled.coef_[0] * ratio, float(scaled.intercept_[0])
    # A machine that found nothing to part by has no spread.
    one, two = ((rows @ found).std() or 1.0 for found in (weights, by_ratio))
    return weights / one + by_ratio / two, intercept / one + second / two


def two_valued(truth: Bools) -> bool:
    """Whether there is both a yes and a no to learn from."""
    return bool(truth.any() and not truth.all())


def calibrate(truth: Bools, margins: Doubles, judged: Bools) -> tuple[Doubles, Doubles]:
    """Slope and offset a theme that turn margins into log-odds (Platt 1999), by the cells that were judged."""
    from sklearn.linear_model import LogisticRegression

    slopes, offsets = np.ones(margins.shape[1]), np.full(margins.shape[1], _UNHEARD_OF)
    for column in range(margins.shape[1]):
        seen = judged[:, column]
        if two_valued(truth[seen, column]):
            line = LogisticRegression(C=100.0).fit(margins[seen][:, [column]], truth[seen, column])
            slopes[column], offsets[column] = line.coef_[0, 0], line.intercept_[0]
    return slopes, offsets


def truth_of(documents: Sequence[AnnotatedDocument], taxonomy: Taxonomy) -> Bools:
    """Annotated themes, parents included: one row a sentence, one column a theme.

    Raises
    ------
    DataError
        Where the corpus has a theme that the taxonomy lacks.
    """
    keys = taxonomy.keys
    marked = [themes for document in documents for themes in document.themes]
    if unknown := frozenset().union(*marked) - set(keys):
        raise DataError(f"the corpus has themes that the taxonomy lacks: {sorted(unknown)}")
    return np.array([[key in taxonomy.with_parents(themes) for key in keys] for themes in marked], dtype=bool)


def judged_of(documents: Sequence[AnnotatedDocument], taxonomy: Taxonomy) -> Bools:
    """Which cells of `truth_of` somebody judged."""
    keys = taxonomy.keys
    open_ = [themes for d in documents for themes in d.unjudged or (frozenset[str](),) * len(d.sentences)]
    return np.array([[key not in themes for key in keys] for themes in open_], dtype=bool)


def _matrix(featuriser: Featuriser, sentences: Sequence[SentenceContext]) -> Any:
    """Features, and beside them the words of the sentence before and of the one after."""
    from scipy.sparse import csr_matrix, diags, hstack

    found = featuriser(sentences)
    shape = (len(sentences), sum(featuriser.blocks.values()))
    rows = csr_matrix((found.values, (found.rows, found.columns)), shape=shape)
    words = rows[:, : len(featuriser.grams)] * featuriser.weights.neighbour
    link = follows(sentences)
    previous = diags([link[1:]], [-1], shape=(len(link), len(link))) @ words
    after = diags([link[1:]], [1], shape=(len(link), len(link))) @ words
    return hstack([rows, previous, after], format="csr")
