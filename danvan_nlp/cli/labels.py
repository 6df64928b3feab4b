"""Commands for the person in the loop: ``danvan label`` and ``danvan agree``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from danvan_nlp.cli.app import app
from danvan_nlp.cli.options import Json, Overwrite, OwnModel, OwnTaxonomy, RunFolder
from danvan_nlp.cli.output import file_to_write, folder_to_write, number
from danvan_nlp.errors import UsageError

label = typer.Typer(help="Send sentences to annotators, and take their labels back.", no_args_is_help=True)
app.add_typer(label, name="label")

# The ending of the file that each tool takes.
_ENDINGS = {"labelstudio": ".json", "doccano": ".jsonl", "csv": ".csv", "xlsx": ".xlsx"}


@label.command("export")
def export_command(
    run: RunFolder,
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write.", show_default=False)],
    tool: Annotated[str, typer.Option("--to", help="labelstudio, doccano, csv or xlsx.", show_default=False)],
    uncertain: Annotated[bool, typer.Option("--uncertain", help="What the model is least sure of first.")] = False,
    part: Annotated[str, typer.Option(help="What a task is: sentence or document.")] = "sentence",
    taxonomy: OwnTaxonomy = None,
    overwrite: Overwrite = False,
) -> None:
    """Write the sentences of a run for an annotation tool or a spreadsheet."""
    from danvan_nlp.labels.exchange import export_labels
    from danvan_nlp.themes import Taxonomy

    if tool == "doccano" and taxonomy is not None:
        raise UsageError("doccano's project holds the labels that are asked; leave --taxonomy out")
    if tool in _ENDINGS:
        file_to_write(out, _ENDINGS[tool], overwrite=overwrite)
    asked = Taxonomy.load(taxonomy) if taxonomy is not None else None
    written = export_labels(run, out, tool, part=part, uncertain=uncertain, taxonomy=asked)  # type: ignore[arg-type]  # checked there
    for path in written:
        typer.echo(f"Written {path}")


@label.command("import")
def import_command(
    file: Annotated[
        Path, typer.Argument(help="Label Studio .json, doccano .jsonl, .csv or .xlsx.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The corrections file to write.", show_default=False)],
    by_text: Annotated[
        bool, typer.Option("--by-text", help="Name sentences by their text, so that edited documents match too.")
    ] = False,
    model: OwnModel = None,
    taxonomy: OwnTaxonomy = None,
    overwrite: Overwrite = False,
) -> None:
    """Turn labels into a corrections file for 'danvan run --corrections'; report every row that does not match.

    Exit status: 0 all rows were taken, 1 some were not.
    """
    from danvan_nlp.labels.corrections import write_corrections
    from danvan_nlp.labels.exchange import import_labels
    from danvan_nlp.themes import Taxonomy, load_model

    if taxonomy is not None and model is not None:
        raise UsageError("both --taxonomy and --model say which themes there are; give one of them")
    file_to_write(out, ".csv", ".xlsx", overwrite=overwrite)
    themes = Taxonomy.load(taxonomy).keys if taxonomy is not None else load_model(model).model.themes
    judged, problems = import_labels(file, themes)
    write_corrections(out, judged, themes, by_text=by_text)
    for problem in problems:
        typer.echo(f"{file}: {problem}", err=True)
    typer.echo(f"Written {out}: {len(judged)} sentences judged, {len(problems)} rows not taken")
    raise typer.Exit(1 if problems else 0)


@label.command("texts")
def texts_command(
    gold: Annotated[Path, typer.Argument(help="Folder of annotated reports.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the texts.", show_default=False)],
    overwrite: Overwrite = False,
) -> None:
    """Write the plain texts of annotated reports, to run on them and evaluate the run."""
    from danvan_nlp.labels.gold import read_gold

    documents = read_gold(gold)
    folder_to_write(out, [f"{document.name}.txt" for document in documents], overwrite=overwrite)
    out.mkdir(parents=True, exist_ok=True)
    if out.resolve() == gold.resolve():
        raise UsageError(f"{out} holds the annotated reports themselves; give another folder")
    for document in documents:
        with (out / f"{document.name}.txt").open("w", encoding="utf-8", newline="") as text:
            text.write(document.text)
    typer.echo(f"Written {len(documents)} texts to {out}")


@app.command("agree")
def agree_command(
    one: Annotated[Path, typer.Argument(help="Labels of the first annotator.", show_default=False)],
    two: Annotated[Path, typer.Argument(help="Labels of the second.", show_default=False)],
    taxonomy: OwnTaxonomy = None,
    as_json: Json = False,
) -> None:
    """Measure how far two annotators agree: Cohen's kappa and Krippendorff's alpha of each theme."""
    from danvan_nlp.labels.agreement import agreement, read_labels
    from danvan_nlp.themes import Taxonomy

    themes = Taxonomy.load(taxonomy)
    found = agreement(read_labels(one, themes), read_labels(two, themes), themes)
    typer.echo(json.dumps(found, ensure_ascii=False, indent=1) if as_json else _agreement(found))


def _agreement(found: dict[str, Any]) -> str:
    lines = [f"{'theme':<24}{'n':>7}{'first':>7}{'second':>7}{'agree':>7}{'kappa':>7}{'alpha':>7}{'F1':>7}"]
    for key, row in found["themes"].items():
        counts = f"{row['n']:>7}{row['yes_first']:>7}{row['yes_second']:>7}"
        lines.append(f"{key:<24}{counts}" + "".join(number(row[n]) for n in ("agreement", "kappa", "alpha", "f1")))
    for name, shown in (("core", "core themes, mean"), ("all", "all themes, mean")):
        lines.append(f"{shown:<52}" + "".join(number(found[name][n]) for n in ("kappa", "alpha", "f1")))
    lines.append(f"{'all themes, micro-averaged':<66}{number(found['micro_f1'])}")
    lines.append(
        f"{found['sentences']} sentences of both; {found['only_first']} only of the first, "
        f"{found['only_second']} only of the second"
    )
    return "\n".join(lines)
