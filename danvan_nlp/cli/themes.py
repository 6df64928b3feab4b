"""Commands on themes: ``danvan explain``, ``danvan evaluate``, ``danvan train``."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from danvan_nlp.cli.app import app
from danvan_nlp.cli.options import Json, Overwrite, OwnModel, OwnTaxonomy, RunFolder
from danvan_nlp.cli.output import file_to_write, folder_to_write, number
from danvan_nlp.errors import UsageError

if TYPE_CHECKING:
    from danvan_nlp.labels.explain import Why

_MOST = 6
_FEW = 10
_KINDS = {
    "missed": "a theme is lacking",
    "wrong": "a theme too many",
    "swapped": "both",
    "not_found": "the run has no sentence there",
}
_BLOCKS = {"words": "word", "outer": "outer heading", "previous": "sentence before", "next": "sentence after"}


@app.command("explain")
def explain_command(
    what: Annotated[str, typer.Argument(help="A report (with --line), or a sentence in quotes.", show_default=False)],
    line: Annotated[int | None, typer.Option(help="Line of the report.", show_default=False)] = None,
    heading: Annotated[list[str] | None, typer.Option(help="Heading above the sentence; the outermost first.")] = None,
    theme: Annotated[list[str] | None, typer.Option(help="Theme to explain; default: those set or near.")] = None,
    as_json: Json = False,
    model: OwnModel = None,
) -> None:
    """Show the words, headings and references that spoke for and against the themes of a sentence."""
    from danvan_nlp.labels.explain import explain, sentences_at
    from danvan_nlp.reading.formats import SUFFIXES
    from danvan_nlp.themes import SentenceContext, load_model

    if line is not None and heading:
        raise UsageError("--heading is for a sentence in quotes; that of a report stands under its own headings")
    tagger = load_model(model)
    if line is not None:
        sentences, places = sentences_at(what, line)
    elif os.path.isfile(what):
        raise UsageError(f"{what} is a file; give --line N to say which sentence")
    elif os.path.splitext(what)[1].lower() in SUFFIXES:
        raise UsageError(f"{what}: no such file; check its name, or give a sentence in quotes")
    else:
        sentences, places = [SentenceContext(text=what, headings=tuple(heading or ()))], [0]
    found = [(sentences[i], explain(tagger, sentences, i, themes=theme or ())) for i in places]
    if as_json:
        made = [{"text": s.text, "headings": s.headings, "themes": [asdict(why) for why in whys]} for s, whys in found]
        typer.echo(json.dumps(made, ensure_ascii=False, indent=1))
        return
    typer.echo("\n\n".join(_explained(s.text, s.headings, whys) for s, whys in found))


def _explained(text: str, headings: tuple[str, ...], whys: list[Why]) -> str:
    lines = [" ".join(text.split())]
    if headings:
        lines.append(f"  under: {' > '.join(' '.join(title.split()) for title in headings)}")
    if not whys:
        lines.append("  no theme, and none came near; give --theme to ask for one")
    for why in whys:
        verdict = "set" if why.chosen else "not set"
        lines.append(f"\n  {why.theme}: {verdict}, probability {why.probability:.3f}, threshold {why.threshold:.3f}")
        named = [reason for reason in why.reasons if reason.block != "start"]
        for side, sign in (("for", 1), ("against", -1)):
            for reason in [r for r in named if r.weight * sign > 0][:_MOST]:
                block = _BLOCKS.get(reason.block, reason.block)
                feature = reason.feature.replace("^", "(beginning)", 1)
                lines.append(f"    {side:<8}{reason.weight:+6.2f}  {block}: {feature}")
        start = sum(reason.weight for reason in why.reasons if reason.block == "start")
        total = sum(reason.weight for reason in why.reasons)
        lines.append(f"    {'start':<8}{start:+6.2f}  all together {total:+.2f} (log-odds)")
    return "\n".join(lines)


@app.command("evaluate")
def evaluate_command(
    run: RunFolder,
    gold: Annotated[
        Path,
        typer.Argument(
            help="Folder of annotated reports or of NAME.gold.jsonl, or a file of labels of this run.",
            show_default=False,
        ),
    ],
    taxonomy: OwnTaxonomy = None,
    as_json: Json = False,
    plot: Annotated[Path | None, typer.Option(help="SVG file to draw F1 and its intervals to.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what --plot names.")] = False,
    list_errors: Annotated[int, typer.Option("--errors", help="List so many errors of each kind.")] = 0,
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap.")] = 0,
) -> None:
    """Measure the themes of a run against gold: each theme, all together, what is taken for what."""
    from danvan_nlp.labels.compare import compare
    from danvan_nlp.labels.evaluate import errors, evaluate
    from danvan_nlp.labels.gold import judged_gold, read_gold
    from danvan_nlp.labels.plot import draw
    from danvan_nlp.themes import Taxonomy

    drawing = None if plot is None else file_to_write(plot, ".svg", overwrite=overwrite)
    themes = Taxonomy.load(taxonomy)
    documents = judged_gold(gold, run, themes) if gold.is_file() else read_gold(gold)
    compared, missing = compare(run, documents, themes)
    figures: dict[str, Any] = {**evaluate(compared, themes, seed=seed), "missing": missing}
    wrong = errors(compared, themes)
    if drawing is not None:
        drawing.write_text(draw(figures, {theme.key: theme.vi for theme in themes}), encoding="utf-8")
    if missing:
        listed = ", ".join(missing[:_FEW]) + (", …" if len(missing) > _FEW else "")
        typer.echo(f"danvan: not measured, since the run has no such text ({len(missing)}): {listed}", err=True)
    if as_json:
        typer.echo(json.dumps({**figures, "errors": wrong}, ensure_ascii=False, indent=1))
        return
    typer.echo(_figures(figures))
    for kind, count in figures["error_kinds"].items():
        said = f"{kind} ({_KINDS[kind]}): {count} sentences"
        typer.echo(f"\n{said}" if list_errors else said)
        for row in [row for row in wrong if row["kind"] == kind][:list_errors]:
            signs = " ".join([*(f"-{t}" for t in row["missed"]), *(f"+{t}" for t in row["wrong"])])
            typer.echo(f"  {row['document']} {row['start']}: {signs}: {' '.join(row['text'].split())[:90]}")


def _figures(figures: dict[str, Any]) -> str:
    lines = [f"{'theme':<24}{'P':>7}{'R':>7}{'F1':>7}   {'95 %':<13}{'AP':>7}{'support':>9}"]
    for key, row in figures["themes"].items():
        cells = "".join(number(row[name]) for name in ("precision", "recall", "f1"))
        lines.append(
            f"{key:<24}{cells}   {_range(row['f1_interval']):<13}{number(row['average_precision'])}{row['support']:>9}"
        )
    lines.append("")
    for name, shown in (("core_macro_f1", "core, macro F1"), ("macro_f1", "macro F1"), ("micro_f1", "micro F1")):
        if name in figures:
            lines.append(f"{shown:<38}{number(figures[name])}   {_range(figures[f'{name}_interval'])}")
    lines.append(f"{'expected calibration error':<38}{number(figures['calibration_error'])}")
    lines.append(f"{'Brier score':<38}{figures['brier_score']:>7.4f}")
    lines.append(f"{figures['sentences']} sentences of {figures['documents']} documents")
    if 1 < figures["documents"] < _FEW:
        lines.append("The intervals draw whole documents; of so few they are rough.")
    pairs = [(n, a, b) for a, row in figures["confusion"].items() for b, n in row.items() if "(" not in a + b]
    if pairs:
        lines.append("\nmissed, and set in its place")
        lines += [f"  {n:>4}  {a} -> {b}" for n, a, b in sorted(pairs, key=lambda p: (-p[0], p[1], p[2]))[:10]]
    return "\n".join([*lines, ""])


def _range(interval: list[float] | None) -> str:
    return "" if interval is None else f"{interval[0]:.3f}–{interval[1]:.3f}"


@app.command("train")
def train_command(
    data: Annotated[
        Path, typer.Option(help="CSV or XLSX: text, themes, and where known headings, document.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the model.", show_default=False)],
    overwrite: Overwrite = False,
    taxonomy: OwnTaxonomy = None,
    corpus: Annotated[Path | None, typer.Option(help="Folder of annotated reports to train on besides.")] = None,
    other: Annotated[Path | None, typer.Option(help="Texts of other genres, in which nothing is to be found.")] = None,
    against: Annotated[
        str | None, typer.Option(help="Compare on the labelled data with this model's folder, or with 'own'.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the training.")] = 0,
) -> None:
    """Train a theme model on labelled sentences; use it with 'danvan run --model'."""
    from danvan_nlp.labels.training import compare_models, cross_fit, judgements, read_labelled, train_labelled
    from danvan_nlp.themes import Taxonomy, load_model
    from danvan_nlp.themes.corpus import read_corpus, read_prose
    from danvan_nlp.themes.model import ARRAYS, META

    folder = folder_to_write(out, (ARRAYS, META), overwrite=overwrite)
    themes = Taxonomy.load(taxonomy)
    labelled = read_labelled(data, themes)
    old = None if against is None else load_model(None if against == "own" else against)
    base = read_corpus(corpus, themes) if corpus is not None else []
    documents = [*labelled, *base]
    n_sentences = sum(len(document.sentences) for document in documents)
    typer.echo(f"training on {n_sentences} sentences of {len(documents)} documents …", err=True)
    texts = read_prose(other) if other is not None else ()
    out_of_fold = cross_fit(documents, themes, other=texts, seed=seed)
    model = train_labelled(documents, themes, out_of_fold, other=texts, seed=seed)
    model.save(folder)
    compared = compare_models(labelled, themes, old, out_of_fold) if old is not None else {}
    n_labelled = sum(len(document.sentences) for document in labelled)
    typer.echo(_trained(model.meta["cross_validation"], judgements(labelled, themes), n_labelled))
    typer.echo(f"written {out}; use it with 'danvan run … --model {out}'")
    if compared:
        typer.echo(f"\n{'F1 on the labelled data':<28}{'old':>7}{'new':>7}{'yes':>7}")
        for key, row in compared.items():
            typer.echo(f"{key:<28}{number(row['old'])}{number(row['new'])}{row['support']:>7}")


def _trained(found: dict[str, Any], counts: dict[str, tuple[int, int]], total: int) -> str:
    """Figures of the cross-validation, and how many of the labelled sentences each theme was judged in."""
    lines = [f"{'':<28}{'on documents kept apart':>23}{'labelled sentences':>27}"]
    lines.append(f"{'theme':<28}{'F1':>12}{'support':>11}{'yes':>11}{'no':>7}{'open':>9}")
    for key, score in found["f1"].items():
        yes, no = counts[key]
        heard = score if found["n"][key] else None
        lines.append(f"{key:<28}{number(heard):>12}{found['n'][key]:>11}{yes:>11}{no:>7}{total - yes - no:>9}")
    lines.append(f"{'all, micro-averaged':<28}{found['all_micro_f1']:>12.3f}")
    silent = [key for key, support in found["n"].items() if not support]
    if silent:
        lines.append(f"never set, since no sentence was judged yes: {', '.join(silent)}")
    return "\n".join(lines)
