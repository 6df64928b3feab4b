"""Fitting both stages; the only module that needs scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from danvan_nlp.themes.context import SentenceContext
from danvan_nlp.themes.corpus import AnnotatedDocument
from danvan_nlp.themes.evaluate import Bools, Doubles, folds
from danvan_nlp.themes.evidence import EVIDENCE, margins, weigh
from danvan_nlp.themes.features import Featuriser, Floats, Weights, make_featuriser
from danvan_nlp.themes.grams import syllables
from danvan_nlp.themes.prose import coverage
from danvan_nlp.themes.taxonomy import Taxonomy


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
    ratios : float
        The same of those over features scaled by naive Bayes ratios; 0 leaves them out.
    joined : bool
        Whether the second stage also learns from neighbouring sentences joined into long ones.
    evidence : tuple of str
        What the second stage weighs, of ``EVIDENCE``.
    blocks : Weights
        Weight of each block of features.
    """

    order: int = 4
    least: int = 2
    cost: float = 1.0
    ratios: float = 0.3
    joined: bool = True
    evidence: tuple[str, ...] = EVIDENCE
    n_folds: int = 6
    blocks: Weights = Weights()


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """Evidence and genre coverage of sentences by first stages that did not see their document."""

    truth: Bools
    evidence: Floats
    coverage: Doubles
    fold: npt.NDArray[np.int64]
    # Which rows are the corpus's own sentences, and which are of another genre; the others are joined sentences.
    plain: Bools
    other: Bools


def out_of_fold(
    corpus: Sequence[AnnotatedDocument], other: Sequence[AnnotatedDocument], taxonomy: Taxonomy, options: Options, seed: int
) -> OutOfFold:
    """Run the first stage over folds of whole documents."""
    documents = [*corpus, *other]
    of_document = folds([d.name for d in documents], [len(d.sentences) for d in documents], options.n_folds)
    held = documents + ([join(d, seed) for d in corpus] if options.joined else [])
    of_held = of_document + (of_document[: len(corpus)] if options.joined else [])
    made = []
    for k in range(options.n_folds):
        seen = [d for d, fold in zip(documents, of_document, strict=True) if fold != k]
        featuriser, weights, intercepts = first_stage(seen, taxonomy, options, seed)
        for place, document in enumerate(held):
            if of_held[place] == k:
                evidence = weigh(margins(featuriser, weights, intercepts, document.sentences), document.sentences)
                shares = coverage(featuriser.grams, [syllables(s.text) for s in document.sentences])
                made.append((place, evidence, shares))
    made.sort(key=lambda row: row[0])
    sizes = [len(d.sentences) for d in held]
    return OutOfFold(
        truth=truth_of(held, taxonomy),
        evidence=np.concatenate([evidence for _, evidence, _ in made]),
        coverage=np.concatenate([shares for _, _, shares in made]),
        fold=np.repeat(of_held, sizes),
        plain=np.repeat(np.arange(len(held)) < len(corpus), sizes),
        other=np.repeat([len(corpus) <= i < len(documents) for i in range(len(held))], sizes),
    )


def join(document: AnnotatedDocument, seed: int) -> AnnotatedDocument:
    """Join two or three neighbouring sentences that share a theme: real reports have longer sentences than the corpus."""
    random = np.random.default_rng([seed, *document.name.encode()])
    sentences: list[SentenceContext] = []
    themes: list[frozenset[str]] = []
    at = 0
    while at < len(document.sentences):
        one, marked = document.sentences[at], document.themes[at]
        end, most = at + 1, int(random.integers(2, 4))
        while end < min(len(document.sentences), at + most):
            two, more = document.sentences[end], document.themes[end]
            if (two.headings, two.role) != (one.headings, one.role) or not (marked & more or marked == more):
                break
            marked |= more
            end += 1
        sentences.append(replace(one, text=" ".join(s.text for s in document.sentences[at:end])))
        themes.append(marked)
        at = end
    return AnnotatedDocument(document.name, document.writer, tuple(sentences), tuple(themes))


def first_stage(
    documents: Sequence[AnnotatedDocument], taxonomy: Taxonomy, options: Options, seed: int
) -> tuple[Featuriser, Floats, Floats]:
    """Choose the vocabulary and fit the linear machines; returns them with their weights (features by themes)."""
    in_genre = [d.sentences for d in documents if d.writer]
    featuriser = make_featuriser(in_genre, taxonomy, options.blocks, order=options.order, least=options.least)
    sentences = [s for d in documents for s in d.sentences]
    rows, truth = _matrix(featuriser, sentences), truth_of(documents, taxonomy)
    weights, intercepts = np.zeros((rows.shape[1], truth.shape[1])), np.full(truth.shape[1], -1.0)
    for column in range(truth.shape[1]):
        if truth[:, column].any() and not truth[:, column].all():
            weights[:, column], intercepts[column] = _machine(rows, truth[:, column], options, seed)
    return featuriser, weights.astype(np.float32), intercepts.astype(np.float32)


def _machine(rows: Any, truth: Bools, options: Options, seed: int) -> tuple[Doubles, float]:
    """A support vector machine and one over naive Bayes ratios (Wang and Manning 2012), summed at equal spread."""
    from sklearn.svm import LinearSVC

    plain = LinearSVC(C=options.cost, random_state=seed).fit(rows, truth)
    weights, intercept = plain.coef_[0], float(plain.intercept_[0])
    if not options.ratios:
        return weights, intercept
    inside, outside = (np.asarray(rows[chosen].sum(axis=0)).ravel() + 0.05 for chosen in (truth, ~truth))
    ratio = np.clip(np.log((inside / inside.sum()) / (outside / outside.sum())), -4, 4)
    scaled = LinearSVC(C=options.ratios, random_state=seed).fit(rows.multiply(ratio).tocsr(), truth)
    by_ratio, second = scaled.coef_[0] * ratio, float(scaled.intercept_[0])
    one, two = (rows @ weights).std(), (rows @ by_ratio).std()
    return weights / one + by_ratio / two, intercept / one + second / two


def second_stage(out: OutOfFold, rows: Bools, options: Options) -> tuple[Floats, Floats]:
    """Fit the logistic weights of the evidence; returns them (themes by evidence) and the intercepts."""
    from sklearn.linear_model import LogisticRegression

    used = [i for i, name in enumerate(EVIDENCE) if name in options.evidence]
    truth, evidence = out.truth[rows], out.evidence[rows]
    weights = np.zeros((truth.shape[1], len(EVIDENCE)), dtype=np.float32)
    intercepts = np.full(truth.shape[1], -6.0, dtype=np.float32)
    for theme in range(truth.shape[1]):
        if truth[:, theme].any() and not truth[:, theme].all():
            line = LogisticRegression(C=3.0, max_iter=2000).fit(evidence[:, theme, used], truth[:, theme])
            weights[theme, used], intercepts[theme] = line.coef_[0], line.intercept_[0]
    return weights, intercepts


def truth_of(documents: Sequence[AnnotatedDocument], taxonomy: Taxonomy) -> Bools:
    """Annotated themes, parents included: one row a sentence, one column a theme.

    Raises
    ------
    ValueError
        Where the corpus has a theme that the taxonomy lacks.
    """
    keys = taxonomy.keys
    marked = [themes for document in documents for themes in document.themes]
    if unknown := frozenset().union(*marked) - set(keys):
        raise ValueError(f"the corpus has themes that the taxonomy lacks: {sorted(unknown)}")
    return np.array([[key in taxonomy.with_parents(themes) for key in keys] for themes in marked], dtype=bool)


def _matrix(featuriser: Featuriser, sentences: Sequence[SentenceContext]) -> Any:
    from scipy.sparse import csr_matrix

    found = featuriser(sentences)
    shape = (len(sentences), sum(featuriser.blocks.values()))
    return csr_matrix((found.values, (found.rows, found.columns)), shape=shape)
