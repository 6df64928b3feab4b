"""Training the tagger: ``python -m danvan_nlp.themes.train --corpus corpora/annotated --out models/themes``."""

from __future__ import annotations

import argparse
import hashlib
import platform
from collections.abc import Collection, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

import danvan_nlp
from danvan_nlp.errors import DataError
from danvan_nlp.themes.corpus import AnnotatedDocument, locked_documents, read_corpus, read_prose
from danvan_nlp.themes.evaluate import (
    Bools,
    Doubles,
    best_thresholds,
    brier_score,
    calibration_error,
    f1,
    micro_f1,
    sigmoid,
)
from danvan_nlp.themes.fit import Options, OutOfFold, calibrate, fit, out_of_fold
from danvan_nlp.themes.model import Model
from danvan_nlp.themes.prose import Prose
from danvan_nlp.themes.taxonomy import Taxonomy


def train(
    corpus: Sequence[AnnotatedDocument],
    taxonomy: Taxonomy | None = None,
    *,
    seed: int = 0,
    other: Sequence[AnnotatedDocument] = (),
    options: Options | None = None,
    out: OutOfFold | None = None,
    locked: Collection[str] = (),
) -> Model:
    """Train a model; the same documents, taxonomy, options and seed give the same model to the byte.

    Parameters
    ----------
    corpus : sequence of AnnotatedDocument
        At least as many documents as there are folds.
    other : sequence of AnnotatedDocument
        Texts of other genres, without themes.
    out : OutOfFold, optional
        What `fit.out_of_fold` gave for the same arguments, where it was asked before.
    locked : collection of str
        Names of documents that the figures of the cross-validation leave out: the test split.

    Raises
    ------
    DataError
        Where there are too few documents, or the corpus has a theme that the taxonomy lacks.
    """
    taxonomy, options = taxonomy or Taxonomy.load(), options or Options()
    if len(corpus) < options.n_folds:
        raise DataError(f"training wants at least {options.n_folds} documents, the corpus has {len(corpus)}")
    out = out or out_of_fold(corpus, other, taxonomy, options, seed)
    slopes, offsets = calibrate(out.truth, out.margins, out.judged)
    probabilities = sigmoid(out.margins * slopes + offsets)
    featuriser, machines = fit([*corpus, *other], taxonomy, options, seed)
    keys = taxonomy.keys
    shown = np.repeat([d.name not in locked for d in [*corpus, *other]], [len(d.sentences) for d in [*corpus, *other]])
    return Model(
        themes=keys,
        featuriser=featuriser,
        linear=machines.calibrated(slopes.astype(np.float32), offsets.astype(np.float32)),
        thresholds=best_thresholds(out.truth, probabilities, out.judged).astype(np.float32),
        parents=tuple((keys.index(t.key), keys.index(t.parent)) for t in taxonomy if t.parent),
        prose=_prose(out.coverage, out.inside),
        meta=_meta(corpus, other, taxonomy, seed, options, cross_validate(out, taxonomy, shown)),
    )


def cross_validate(out: OutOfFold, taxonomy: Taxonomy, shown: Bools | None = None) -> dict[str, Any]:
    """Figures on the corpus's sentences, or those of them that are shown, as far as they were judged."""
    probabilities, chosen = held_out(out, taxonomy)
    rows = out.inside if shown is None else out.inside & shown
    truth, judged, chosen = out.truth[rows], out.judged[rows], chosen[rows]
    cells = truth[judged], probabilities[rows][judged]
    return {
        **figures(truth & judged, chosen & judged, taxonomy),
        "calibration_error": round(calibration_error(*cells), 4),
        "brier_score": round(brier_score(*cells), 4),
    }


def held_out(out: OutOfFold, taxonomy: Taxonomy) -> tuple[Doubles, Bools]:
    """Probabilities and themes of every sentence; calibration and thresholds of a fold come from the other folds."""
    keys = taxonomy.keys
    probabilities, chosen = np.zeros(out.truth.shape), np.zeros(out.truth.shape, dtype=bool)
    for held in np.unique(out.fold):
        seen, new = out.fold != held, out.fold == held
        slopes, offsets = calibrate(out.truth[seen], out.margins[seen], out.judged[seen])
        before = sigmoid(out.margins[seen] * slopes + offsets)
        probabilities[new] = sigmoid(out.margins[new] * slopes + offsets)
        chosen[new] = probabilities[new] >= best_thresholds(out.truth[seen], before, out.judged[seen])
    for theme in taxonomy:
        if theme.parent:
            chosen[:, keys.index(theme.parent)] |= chosen[:, keys.index(theme.key)]
    return probabilities, chosen


def figures(truth: Bools, chosen: Bools, taxonomy: Taxonomy) -> dict[str, Any]:
    """F1 a theme, and over the core themes and all themes that have no parent."""
    keys, scores = taxonomy.keys, f1(truth, chosen)
    core = [keys.index(key) for key in taxonomy.core]
    top = [keys.index(theme.key) for theme in taxonomy if not theme.parent]
    return {
        "core_macro_f1": round(float(scores[core].mean()), 4),
        "all_macro_f1": round(float(scores[top].mean()), 4),
        "all_micro_f1": round(micro_f1(truth[:, top], chosen[:, top]), 4),
        "f1": {key: round(float(score), 4) for key, score in zip(keys, scores, strict=True)},
        "n": {key: int(count) for key, count in zip(keys, truth.sum(axis=0), strict=True)},
    }


def _prose(shares: Doubles, inside: Bools) -> Prose:
    """Fit the genre score; without prose of other genres, a fixed line."""
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
    cross_validation: dict[str, Any],
) -> dict[str, Any]:
    import sklearn

    digest = hashlib.sha256()
    for document in [*corpus, *other]:
        for sentence, themes in zip(document.sentences, document.themes, strict=True):
            digest.update(repr((document.name, sentence, sorted(themes))).encode())
        for themes in filter(None, document.unjudged):
            digest.update(repr(sorted(themes)).encode())
    return {
        "versions": {
            "danvan_nlp": danvan_nlp.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
            "scikit-learn": sklearn.__version__,
        },
        "taxonomy_sha256": taxonomy.sha256,
        "names": {theme.key: theme.vi for theme in taxonomy},
        "corpus": {
            "sha256": digest.hexdigest(),
            "documents": len(corpus),
            "sentences": sum(len(d.sentences) for d in corpus),
            "other": sum(len(d.sentences) for d in other),
        },
        "options": {key: value for key, value in asdict(options).items() if key != "blocks"},
        "seed": seed,
        "cross_validation": cross_validation,
    }


def main() -> None:
    """Train from the command line and print the figures of the cross-validation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of annotated documents")
    parser.add_argument("--other", type=Path, help="prose of other genres; default: other_prose.txt beside --out")
    parser.add_argument("--taxonomy", type=Path, help="taxonomy file; default: the package's own")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    taxonomy = Taxonomy.load(args.taxonomy)
    other = args.other or args.out.parent / "other_prose.txt"
    model = train(
        read_corpus(args.corpus, taxonomy),
        taxonomy,
        seed=args.seed,
        locked=locked_documents(args.corpus),
        other=read_prose(other) if other.exists() else (),
    )
    model.save(args.out)
    found = model.meta["cross_validation"]
    for key, score in found["f1"].items():
        print(f"{key:24} {score:.3f} {found['n'][key]:5}")
    for key in ("core_macro_f1", "all_macro_f1", "all_micro_f1", "calibration_error", "brier_score"):
        print(f"{key:24} {found[key]:.3f}")


if __name__ == "__main__":
    main()
