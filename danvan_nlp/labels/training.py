"""Training a tagger for themes of the user's own, from sentences that people labelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from danvan_nlp.errors import DataError
from danvan_nlp.labels.exchange import import_labels
from danvan_nlp.labels.judged import heading_path, judged_cells, split_keys
from danvan_nlp.tables.sheet import read_sheet
from danvan_nlp.themes import Model, SentenceContext, Tagger, Taxonomy
from danvan_nlp.themes.corpus import AnnotatedDocument
from danvan_nlp.themes.evaluate import f1, micro_f1
from danvan_nlp.themes.prose import Prose

if TYPE_CHECKING:
    from danvan_nlp.themes.fit import Options, OutOfFold

_WRITER = "user"
# A model that saw no other genre, and few words of its own, cannot tell genres apart: it takes every text for its own.
_ANY_GENRE = Prose(intercept=20.0, words=0.0, pairs=0.0)
_LEAST_DOCUMENTS = 2
_Said = tuple[str, SentenceContext, Mapping[str, bool]]


def read_labelled(path: str | Path, taxonomy: Taxonomy) -> list[AnnotatedDocument]:
    """Read labelled sentences: a CSV or XLSX file, or what Label Studio (``.json``) or doccano (``.jsonl``) exports.

    Columns: ``text``; ``themes`` (keys of all that hold, apart by blanks or semicolons: all others are a no), or a
    column a theme (yes, no, or nothing for not judged), or columns ``yes`` and ``no``; and, where they are known,
    ``headings`` (the outermost first, apart by ``" > "``) and ``document`` (or ``doc_id``). Sentences of one document
    are neighbours where their rows are; without a document each row stands alone.

    Returns
    -------
    list of AnnotatedDocument
        In the order of the file; a theme that was not judged stands in ``unjudged``.

    Raises
    ------
    DataError
        The file cannot be read, lacks a column, names an unknown theme, or says yes and no of one; the message names
        the line.
    """
    path = Path(path)
    read = _from_tool if path.suffix.lower() in (".json", ".jsonl") else _from_sheet
    rows = list(read(path, taxonomy))
    if not any(said for _, _, said in rows):
        raise DataError(f"{path} holds no judged sentence; say yes or no of at least one theme")
    grouped: dict[str, list[_Said]] = {}
    for row in rows:
        grouped.setdefault(row[0], []).append(row)
    return [_document(name, own, taxonomy) for name, own in grouped.items()]


def _from_tool(path: Path, taxonomy: Taxonomy) -> Iterator[_Said]:
    judged, problems = import_labels(path, taxonomy.keys)
    if problems:
        raise DataError(f"{path}: {problems[0]} ({len(problems)} such rows)")
    for one in judged:
        yield one.doc_id, SentenceContext(text=one.text, headings=one.headings, document=one.doc_id), one.themes


def _from_sheet(path: Path, taxonomy: Taxonomy) -> Iterator[_Said]:
    rows = read_sheet(path)
    if not rows:
        raise DataError(f"{path} holds no row")
    columns = set(rows[0])
    if "text" not in columns or not columns & {"themes", "yes", "no", *taxonomy.keys}:
        raise DataError(f"{path}: needs the column text, and themes or a column a theme ({', '.join(taxonomy.keys)})")
    for row in rows:
        where = f"{path}, line {row['line']}"
        if not row["text"].strip():
            raise DataError(f"{where}: the text is empty")
        try:
            every = split_keys(row["themes"]) if "themes" in row else None
            said = judged_cells(row, taxonomy.keys) if every is None else taxonomy.all_judged(every)
        except DataError as error:
            raise DataError(f"{where}: {error}") from error
        name = row.get("document") or row.get("doc_id") or f"line {row['line']}"
        headings = heading_path(row.get("headings", ""))
        yield name, SentenceContext(text=row["text"], headings=headings, document=name), said


def _document(name: str, rows: Sequence[_Said], taxonomy: Taxonomy) -> AnnotatedDocument:
    judged = []
    for _, sentence, said in rows:
        try:
            judged.append(taxonomy.completed(said))
        except DataError as error:
            raise DataError(f"{name}, {sentence.text[:40]!r}: {error}") from error
    keys = frozenset(taxonomy.keys)
    return AnnotatedDocument(
        name,
        _WRITER,
        tuple(sentence for _, sentence, _ in rows),
        tuple(frozenset(theme for theme, yes in said.items() if yes) for said in judged),
        tuple(keys - frozenset(said) for said in judged),
    )


def cross_fit(
    documents: Sequence[AnnotatedDocument],
    taxonomy: Taxonomy,
    *,
    other: Sequence[AnnotatedDocument] = (),
    seed: int = 0,
) -> OutOfFold:
    """What machines that did not see it say of each document: `train_labelled` and `compare_models` start from it.

    Parameters
    ----------
    other : sequence of AnnotatedDocument
        Texts of other genres (`themes.corpus.read_prose`), in which the model is to find nothing.

    Raises
    ------
    DataError
        There are fewer than two documents, or a theme of which all judgements are a yes.
    """
    from danvan_nlp.themes.fit import out_of_fold

    for theme, (yes, no) in judgements([*documents, *other], taxonomy).items():
        if yes and not no:
            raise DataError(f"all {yes} sentences judged for {theme} are a yes; training needs some that are a no")
    return out_of_fold(documents, other, taxonomy, _options(documents), seed)


def train_labelled(
    documents: Sequence[AnnotatedDocument],
    taxonomy: Taxonomy,
    out: OutOfFold,
    *,
    other: Sequence[AnnotatedDocument] = (),
    seed: int = 0,
) -> Model:
    """Train a model; the figures of its cross-validation, over whole documents, stand in ``model.meta``.

    Parameters
    ----------
    out : OutOfFold
        What `cross_fit` gave for the same documents, texts of other genres and seed; without such texts the model takes
        every text for its own genre.
    """
    from danvan_nlp.themes.train import train

    if not taxonomy.core:
        # Figures over the core themes want some.
        taxonomy = replace(taxonomy, themes=tuple(replace(theme, core=True) for theme in taxonomy))
    model = train(documents, taxonomy, seed=seed, other=other, options=_options(documents), out=out)
    return model if other else replace(model, prose=_ANY_GENRE)


def judgements(documents: Sequence[AnnotatedDocument], taxonomy: Taxonomy) -> dict[str, tuple[int, int]]:
    """How many sentences were judged yes, and how many no, for each theme."""
    from danvan_nlp.themes.fit import judged_of, truth_of

    truth, judged = truth_of(documents, taxonomy), judged_of(documents, taxonomy)
    counts = zip((truth & judged).sum(axis=0).tolist(), (~truth & judged).sum(axis=0).tolist(), strict=True)
    return dict(zip(taxonomy.keys, counts, strict=True))


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
    documents: Sequence[AnnotatedDocument], taxonomy: Taxonomy, old: Tagger, out: OutOfFold
) -> dict[str, dict[str, float | None]]:
    """F1 on the labelled documents, of another model and of one trained as `train_labelled` trains.

    The new one is measured over folds of whole documents: what it says of a document comes from machines, calibration
    and thresholds that did not see it. The other is taken as it is; where it was trained on these documents, its
    figures flatter it. Only what was judged counts.

    Parameters
    ----------
    documents : sequence of AnnotatedDocument
        The labelled documents, on which both are measured.
    out : OutOfFold
        What `cross_fit` gave for them, others behind them or not.

    Returns
    -------
    dict of str to dict
        For each theme that was judged, and ``"micro"`` for those without a parent that both models know: ``old``
        (None where the other model does not know the theme), ``new`` and ``support``; where nothing was to be found,
        both are None.
    """
    from danvan_nlp.themes.train import held_out

    n = sum(len(document.sentences) for document in documents)
    judged, new = out.judged[:n], held_out(out, taxonomy)[1][:n] & out.judged[:n]
    truth = out.truth[:n] & judged
    tagged = [tagging for document in documents for tagging in old.tag(document.sentences)]
    before = judged & np.array([[key in tagging.themes for key in taxonomy.keys] for tagging in tagged], dtype=bool)
    known, scores = set(old.model.themes), (f1(truth, before), f1(truth, new))
    found: dict[str, dict[str, float | None]] = {}
    for column, key in enumerate(taxonomy.keys):
        if judged[:, column].any():
            was, now = (float(of_model[column]) for of_model in scores)
            support = int(truth[:, column].sum())
            found[key] = {
                "old": was if support and key in known else None,
                "new": now if support else None,
                "support": support,
            }
    both = [taxonomy.keys.index(t.key) for t in taxonomy if not t.parent and t.key in known and t.key in found]
    if truth[:, both].any():
        found["micro"] = {
            "old": micro_f1(truth[:, both], before[:, both]),
            "new": micro_f1(truth[:, both], new[:, both]),
            "support": int(truth[:, both].sum()),
        }
    return found
