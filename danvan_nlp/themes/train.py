"""Training the tagger: ``python -m danvan_nlp.themes.train --corpus corpora/annotated --out models/themes``."""

from __future__ import annotations

import argparse
import hashlib
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import danvan_nlp
from danvan_nlp.themes.context import SentenceContext
from danvan_nlp.themes.corpus import AnnotatedDocument, read_corpus, read_prose
from danvan_nlp.themes.evaluate import Bools, Doubles, best_thresholds, calibration_error, f1, folds, micro_f1
from danvan_nlp.themes.features import Featuriser, Weights, make_featuriser
from danvan_nlp.themes.grams import syllables
from danvan_nlp.themes.model import Model
from danvan_nlp.themes.prose import Prose, coverage
from danvan_nlp.themes.taxonomy import Taxonomy

N_FOLDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Choices of the training, each kept because leaving it lowers a figure in the model card.

    Attributes
    ----------
    order : int
        Longest n-gram of syllables.
    least : int
        Number of documents that an n-gram must stand in.
    cost : float
        Inverse regularisation of the linear support vector machines.
    blocks : Weights
        Weight of each block of features.
    """

    order: int = 4
    least: int = 2
    cost: float = 1.0
    blocks: Weights = Weights()


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """Margins and genre coverage of every sentence by models that did not see its document."""

    truth: Bools
    margins: Doubles
    coverage: Doubles
    fold: npt.NDArray[np.int64]


def train(
    corpus: Sequence[AnnotatedDocument],
    taxonomy: Taxonomy | None = None,
    *,
    seed: int = 0,
    other: Sequence[AnnotatedDocument] = (),
    options: Options | None = None,
) -> Model:
    """Train a model; the same documents, taxonomy, options and seed give the same model to the byte.

    Parameters
    ----------
    corpus : sequence of AnnotatedDocument
        At least as many documents as there are folds.
    other : sequence of AnnotatedDocument
        Texts of other genres, without themes.

    Raises
    ------
    ValueError
        Where there are too few documents, or the corpus has a theme that the taxonomy lacks.
    """
    taxonomy, options = taxonomy or Taxonomy.load(), options or Options()
    out = out_of_fold(corpus, taxonomy, seed=seed, other=other, options=options)
    slopes, offsets = platt(out.truth, out.margins)
    probabilities = sigmoid(out.margins * slopes + offsets)
    inside = np.arange(len(out.truth)) < sum(len(d.sentences) for d in corpus)
    thresholds = best_thresholds(out.truth[inside], probabilities[inside])
    documents = [*corpus, *other]
    featuriser = make_featuriser(
        [d.sentences for d in corpus], taxonomy, options.blocks, order=options.order, least=options.least
    )
    weights, intercepts = fit(featuriser, _sentences(documents), _truth(documents, taxonomy), options.cost, seed)
    keys = taxonomy.keys
    return Model(
        featuriser=featuriser,
        weights=(weights * slopes).astype(np.float32),
        intercepts=(intercepts * slopes + offsets).astype(np.float32),
        thresholds=thresholds.astype(np.float32),
        parents=tuple((keys.index(t.key), keys.index(t.parent)) for t in taxonomy if t.parent),
        prose=_prose(out.coverage, inside),
        meta=_meta(corpus, other, taxonomy, seed, options, report(out, inside, taxonomy)),
    )


def out_of_fold(
    corpus: Sequence[AnnotatedDocument],
    taxonomy: Taxonomy,
    *,
    seed: int,
    other: Sequence[AnnotatedDocument],
    options: Options,
) -> OutOfFold:
    """Cross-validate by document."""
    documents = [*corpus, *other]
    if len(corpus) < N_FOLDS:
        raise ValueError(f"training wants at least {N_FOLDS} documents, the corpus has {len(corpus)}")
    of_document = folds([d.name for d in documents], [len(d.sentences) for d in documents], N_FOLDS)
    fold = np.repeat(of_document, [len(d.sentences) for d in documents])
    truth = _truth(documents, taxonomy)
    margins, shares = np.zeros(truth.shape), np.zeros((len(truth), 2))
    for held in range(N_FOLDS):
        seen = [d for d, k in zip(documents, of_document, strict=True) if k != held]
        new = _sentences([d for d, k in zip(documents, of_document, strict=True) if k == held])
        in_genre = [d.sentences for d in seen if d.writer]
        featuriser = make_featuriser(in_genre, taxonomy, options.blocks, order=options.order, least=options.least)
        weights, intercepts = fit(featuriser, _sentences(seen), truth[fold != held], options.cost, seed)
        margins[fold == held] = _matrix(featuriser, new) @ weights + intercepts
        shares[fold == held] = coverage(featuriser.grams, [syllables(s.text) for s in new])
    return OutOfFold(truth, margins, shares, fold)


def fit(
    featuriser: Featuriser, sentences: Sequence[SentenceContext], truth: Bools, cost: float, seed: int
) -> tuple[Doubles, Doubles]:
    """One linear support vector machine a theme; returns weights (features by themes) and intercepts."""
    from sklearn.svm import LinearSVC

    rows = _matrix(featuriser, sentences)
    weights, intercepts = np.zeros((rows.shape[1], truth.shape[1])), np.full(truth.shape[1], -1.0)
    for column in range(truth.shape[1]):
        if truth[:, column].any() and not truth[:, column].all():
            machine = LinearSVC(C=cost, random_state=seed).fit(rows, truth[:, column])
            weights[:, column], intercepts[column] = machine.coef_[0], machine.intercept_[0]
    return weights, intercepts


def platt(truth: Bools, margins: Doubles) -> tuple[Doubles, Doubles]:
    """Slope and offset a theme that turn margins into log-odds."""
    from sklearn.linear_model import LogisticRegression

    slopes, offsets = np.ones(margins.shape[1]), np.zeros(margins.shape[1])
    for column in range(margins.shape[1]):
        if truth[:, column].any() and not truth[:, column].all():
            line = LogisticRegression(C=100.0).fit(margins[:, [column]], truth[:, column])
            slopes[column], offsets[column] = line.coef_[0, 0], line.intercept_[0]
    return slopes, offsets


def report(out: OutOfFold, inside: Bools, taxonomy: Taxonomy) -> dict[str, Any]:
    """Figures of the cross-validation; calibration and thresholds of a fold come from the other folds."""
    keys = taxonomy.keys
    probabilities, chosen = np.zeros(out.margins.shape), np.zeros(out.truth.shape, dtype=bool)
    for held in range(N_FOLDS):
        seen, new = out.fold != held, out.fold == held
        slopes, offsets = platt(out.truth[seen], out.margins[seen])
        thresholds = best_thresholds(out.truth[seen & inside], sigmoid(out.margins[seen & inside] * slopes + offsets))
        probabilities[new] = sigmoid(out.margins[new] * slopes + offsets)
        chosen[new] = probabilities[new] >= thresholds
    for theme in taxonomy:
        if theme.parent:
            chosen[:, keys.index(theme.parent)] |= chosen[:, keys.index(theme.key)]
    truth, chosen, probabilities = out.truth[inside], chosen[inside], probabilities[inside]
    scores = f1(truth, chosen)
    core = [keys.index(key) for key in taxonomy.core]
    top = [keys.index(theme.key) for theme in taxonomy if not theme.parent]
    return {
        "core_macro_f1": round(float(scores[core].mean()), 4),
        "all_macro_f1": round(float(scores[top].mean()), 4),
        "all_micro_f1": round(micro_f1(truth[:, top], chosen[:, top]), 4),
        "calibration_error": round(calibration_error(truth, probabilities), 4),
        "f1": {key: round(float(score), 4) for key, score in zip(keys, scores, strict=True)},
        "n": {key: int(count) for key, count in zip(keys, truth.sum(axis=0), strict=True)},
    }


def sigmoid(logits: Doubles) -> Doubles:
    """Probabilities of log-odds."""
    return 1 / (1 + np.exp(-np.clip(logits, -60, 60)))


def _sentences(documents: Sequence[AnnotatedDocument]) -> list[SentenceContext]:
    return [sentence for document in documents for sentence in document.sentences]


def _truth(documents: Sequence[AnnotatedDocument], taxonomy: Taxonomy) -> Bools:
    keys = taxonomy.keys
    marked = [themes for document in documents for themes in document.themes]
    if unknown := frozenset().union(*marked) - set(keys):
        raise ValueError(f"the corpus has themes that the taxonomy lacks: {sorted(unknown)}")
    return np.array([[key in taxonomy.with_parents(themes) for key in keys] for themes in marked], dtype=bool)


def _matrix(featuriser: Featuriser, sentences: Sequence[SentenceContext]) -> Any:
    from scipy.sparse import csr_matrix

    found = featuriser(sentences)
    return csr_matrix(
        (found.values, (found.rows, found.columns)), shape=(len(sentences), sum(featuriser.blocks.values()))
    )


def _prose(shares: Doubles, inside: Bools) -> Prose:
    from sklearn.linear_model import LogisticRegression

    if inside.all():
        return Prose(-4.0, 3.0, 6.0)
    line = LogisticRegression(C=10.0, class_weight="balanced").fit(shares, inside)
    return Prose(float(line.intercept_[0]), float(line.coef_[0, 0]), float(line.coef_[0, 1]))


def _meta(
    corpus: Sequence[AnnotatedDocument],
    other: Sequence[AnnotatedDocument],
    taxonomy: Taxonomy,
    seed: int,
    options: Options,
    figures: dict[str, Any],
) -> dict[str, Any]:
    import sklearn

    digest = hashlib.sha256()
    for document in [*corpus, *other]:
        for sentence, themes in zip(document.sentences, document.themes, strict=True):
            digest.update(repr((document.name, sentence, sorted(themes))).encode())
    return {
        "versions": {
            "danvan_nlp": danvan_nlp.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
            "scikit-learn": sklearn.__version__,
        },
        "taxonomy_sha256": taxonomy.sha256,
        "corpus": {
            "sha256": digest.hexdigest(),
            "documents": len(corpus),
            "sentences": len(_sentences(corpus)),
            "other": len(_sentences(other)),
        },
        "options": {"order": options.order, "least": options.least, "cost": options.cost, "folds": N_FOLDS},
        "seed": seed,
        "cross_validation": figures,
    }


def main() -> None:
    """Train from the command line and print the figures of the cross-validation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of annotated documents")
    parser.add_argument(
        "--other", type=Path, help="file of prose of other genres; default: other_prose.txt beside --out"
    )
    parser.add_argument("--taxonomy", type=Path, help="taxonomy file; default: the package's own")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    other = args.other or args.out.parent / "other_prose.txt"
    model = train(
        read_corpus(args.corpus),
        Taxonomy.load(args.taxonomy),
        seed=args.seed,
        other=read_prose(other) if other.exists() else (),
    )
    model.save(args.out)
    figures = model.meta["cross_validation"]
    for key, score in figures["f1"].items():
        print(f"{key:24} {score:.3f} {figures['n'][key]:5}")
    for key in ("core_macro_f1", "all_macro_f1", "all_micro_f1", "calibration_error"):
        print(f"{key:24} {figures[key]:.3f}")


if __name__ == "__main__":
    main()
