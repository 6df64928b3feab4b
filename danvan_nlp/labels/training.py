"""Training a tagger for themes of the user's own, from sentences in a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from danvan_nlp.errors import DataError
from danvan_nlp.labels.judged import judgement, split_keys
from danvan_nlp.labels.sheets import read_sheet
from danvan_nlp.themes import Model, SentenceContext, Tagger, Taxonomy
from danvan_nlp.themes.corpus import AnnotatedDocument
from danvan_nlp.themes.evaluate import Bools, best_thresholds, f1, micro_f1
from danvan_nlp.themes.prose import Prose

if TYPE_CHECKING:
    from danvan_nlp.themes.fit import Options, OutOfFold

_WRITER = "user"
# A model that saw no other genre, and few words of its own, cannot tell genres apart: it takes every text for its own.
_ANY_GENRE = Prose(intercept=20.0, words=0.0, pairs=0.0)
_LEAST_DOCUMENTS = 2


def read_labelled(path: str | Path, taxonomy: Taxonomy) -> tuple[list[AnnotatedDocument], list[str]]:
    """Read labelled sentences from a CSV or XLSX file.

    Columns: ``text``; ``themes`` (keys of all that hold, apart by blanks or semicolons) or a column a theme (yes, no);
    and, where they are known, ``headings`` (the outermost first, apart by ``" > "``) and ``document`` (or
    ``doc_id``). Sentences of one document are neighbours where their rows are; without a document each row stands
    alone.

    Returns
    -------
    documents : list of AnnotatedDocument
        In the order of the file.
    left_out : list of str
        Rows in which some theme was not judged: they cannot be trained on.

    Raises
    ------
    DataError
        The file cannot be read, lacks a column, or names an unknown theme; the message names the line.
    """
    rows = read_sheet(path)
    if not rows:
        raise DataError(f"{path} holds no row")
    children = [theme.key for theme in taxonomy if theme.key not in {t.parent for t in taxonomy}]
    columns = set(rows[0])
    if "text" not in columns or not ("themes" in columns or columns & set(children)):
        raise DataError(f"{path}: needs the column text, and themes or a column a theme ({', '.join(children)})")
    made: list[tuple[str, SentenceContext, frozenset[str]]] = []
    left_out = []
    for row in rows:
        where = f"{path}, line {row['line']}"
        if not row["text"].strip():
            raise DataError(f"{where}: the text is empty")
        try:
            themes = _themes(row, taxonomy, children)
        except DataError as error:
            raise DataError(f"{where}: {error}") from error
        if themes is None:
            left_out.append(f"line {row['line']}: not every theme was judged")
            continue
        name = row.get("document") or row.get("doc_id") or f"line {row['line']}"
        headings = tuple(title.strip() for title in row.get("headings", "").split(" > ") if title.strip())
        made.append((name, SentenceContext(text=row["text"], headings=headings, document=name), themes))
    return _documents(made), left_out


def _themes(row: Mapping[str, str], taxonomy: Taxonomy, children: Sequence[str]) -> frozenset[str] | None:
    if "themes" in row:
        themes = split_keys(row["themes"])
        unknown = sorted(set(themes) - set(taxonomy.keys))
        if unknown:
            raise DataError(f"{unknown[0]!r} is no theme of the taxonomy; it has {', '.join(taxonomy.keys)}")
        return frozenset(themes)
    said = {theme: judgement(row.get(theme, "")) for theme in children}
    return None if None in said.values() else frozenset(theme for theme, yes in said.items() if yes)


def _documents(rows: Sequence[tuple[str, SentenceContext, frozenset[str]]]) -> list[AnnotatedDocument]:
    order = {name: i for i, name in enumerate(dict.fromkeys(name for name, _, _ in rows))}
    grouped = groupby(sorted(rows, key=lambda row: order[row[0]]), key=lambda row: row[0])
    made = []
    for name, group in grouped:
        own = list(group)
        made.append(
            AnnotatedDocument(name, _WRITER, tuple(s for _, s, _ in own), tuple(themes for _, _, themes in own))
        )
    return made


def train_labelled(
    documents: Sequence[AnnotatedDocument],
    taxonomy: Taxonomy,
    *,
    other: Sequence[AnnotatedDocument] = (),
    seed: int = 0,
) -> Model:
    """Train a model; the figures of its cross-validation, over whole documents, stand in ``model.meta``.

    Parameters
    ----------
    other : sequence of AnnotatedDocument
        Texts of other genres (`themes.corpus.read_prose`), in which the model is to find nothing; without them it takes
        every text for its own genre.

    Raises
    ------
    DataError
        There are fewer than two documents.
    """
    from danvan_nlp.themes.train import train

    if not taxonomy.core:
        # Figures over the core themes want some.
        taxonomy = replace(taxonomy, themes=tuple(replace(theme, core=True) for theme in taxonomy))
    model = train(documents, taxonomy, seed=seed, other=other, options=_options(documents))
    return model if other else replace(model, prose=_ANY_GENRE)


def _options(documents: Sequence[AnnotatedDocument]) -> Options:
    from danvan_nlp.themes.fit import Options

    if len(documents) < _LEAST_DOCUMENTS:
        raise DataError(
            f"all rows are of one document; training wants at least {_LEAST_DOCUMENTS}, to measure on what it did not "
            "see: fill the column document, or leave it out"
        )
    usual = Options()
    return replace(usual, n_folds=min(usual.n_folds, len(documents)))


def compare_models(
    documents: Sequence[AnnotatedDocument],
    taxonomy: Taxonomy,
    old: Tagger,
    *,
    corpus: Sequence[AnnotatedDocument] = (),
    seed: int = 0,
) -> dict[str, dict[str, float]]:
    """F1 on the labelled documents, of another model and of one trained as `train_labelled` trains.

    The new one is measured over folds of whole documents: what it says of a document comes from machines, calibration
    and thresholds that did not see it. The other is taken as it is; where it was trained on these documents, its
    figures flatter it.

    Parameters
    ----------
    documents : sequence of AnnotatedDocument
        The labelled documents, on which both are measured.
    corpus : sequence of AnnotatedDocument
        What the new model is trained on besides.

    Returns
    -------
    dict of str to dict
        For each theme, and ``"micro"`` for all without a parent: ``old``, ``new`` and ``support``.
    """
    from danvan_nlp.themes.fit import out_of_fold

    everything = [*documents, *corpus]
    out = out_of_fold(everything, (), taxonomy, _options(everything), seed)
    n = sum(len(document.sentences) for document in documents)
    truth, new = out.truth[:n], _held_out(out, taxonomy)[:n]
    tagged = [tagging for document in documents for tagging in old.tag(document.sentences)]
    before = np.array([[key in tagging.themes for key in taxonomy.keys] for tagging in tagged], dtype=bool)
    top = [taxonomy.keys.index(theme.key) for theme in taxonomy if not theme.parent]
    found = {
        key: {"old": float(a), "new": float(b), "support": int(count)}
        for key, a, b, count in zip(taxonomy.keys, f1(truth, before), f1(truth, new), truth.sum(axis=0), strict=True)
    }
    found["micro"] = {
        "old": micro_f1(truth[:, top], before[:, top]),
        "new": micro_f1(truth[:, top], new[:, top]),
        "support": int(truth[:, top].sum()),
    }
    return found


def _held_out(out: OutOfFold, taxonomy: Taxonomy) -> Bools:
    """Themes of every sentence, calibration and thresholds of its fold from the other folds."""
    from danvan_nlp.themes.fit import calibrate
    from danvan_nlp.themes.train import sigmoid

    chosen = np.zeros(out.truth.shape, dtype=bool)
    for held in sorted(set(out.fold.tolist())):
        seen, new = out.fold != held, out.fold == held
        slopes, offsets = calibrate(out.truth[seen], out.margins[seen])
        thresholds = best_thresholds(out.truth[seen], sigmoid(out.margins[seen] * slopes + offsets))
        chosen[new] = sigmoid(out.margins[new] * slopes + offsets) >= thresholds
    for theme in taxonomy:
        if theme.parent:
            chosen[:, taxonomy.keys.index(theme.parent)] |= chosen[:, taxonomy.keys.index(theme.key)]
    return chosen
