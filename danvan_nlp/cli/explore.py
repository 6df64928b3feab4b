"""Commands on a run: ``danvan kwic``, ``keyness``, ``graph`` and ``report``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from danvan_nlp.cli.app import app
from danvan_nlp.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from danvan_nlp.corpus import Corpus
    from danvan_nlp.graph import CitationGraph

_Run = Annotated[Path, typer.Argument(help="Folder that 'danvan run' wrote.", show_default=False)]
_Place = Annotated[list[str] | None, typer.Option(help="Only reports of this place (may be repeated).")]
_Level = Annotated[list[str] | None, typer.Option(help="trung_uong, cap_tinh, cap_huyen or cap_xa.")]
_Year = Annotated[list[int] | None, typer.Option(help="Only reports of this year.")]
_Theme = Annotated[list[str] | None, typer.Option(help="Only sentences with this theme: tiep_dan …")]
_Cites = Annotated[list[str] | None, typer.Option(help="Only sentences that cite this directive: 114-KL/TW.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
_Limit = Annotated[int, typer.Option(min=1, help="Print at most so many rows.")]
_WIDEST = 48


@app.command("kwic")
def kwic_command(
    run: _Run,
    pattern: Annotated[list[str], typer.Argument(help="Words or phrases; * and ? are wildcards.", show_default=False)],
    kind: Annotated[str, typer.Option(help="glob, fixed, regex or directive.")] = "glob",
    window: Annotated[int, typer.Option(help="Words before and after.")] = 6,
    place: _Place = None,
    level: _Level = None,
    year: _Year = None,
    theme: _Theme = None,
    cites: _Cites = None,
    limit: _Limit = 50,
    as_json: _Json = False,
) -> None:
    """Print keywords with the words around them.

    Exit status: 0 something was found, 1 nothing was, 2 wrong usage.
    """

    corpus = _filtered(run, place, level, year, theme, cites)
    found = corpus.kwic(pattern, kind=kind, window=window)  # type: ignore[arg-type]  # kwic() checks the name
    if as_json:
        _print(found.head(limit), as_json=True)
    else:
        _print_lines(found.head(limit))
        typer.echo(f"\n{min(len(found), limit):,} of {len(found):,} lines")
    raise typer.Exit(0 if len(found) else 1)


@app.command("keyness")
def keyness_command(
    run: _Run,
    place: _Place = None,
    level: _Level = None,
    year: _Year = None,
    theme: _Theme = None,
    cites: _Cites = None,
    by: Annotated[
        str | None, typer.Option(help="Each place, admin_level, year or theme against the rest of the reports.")
    ] = None,
    measure: Annotated[str, typer.Option(help="chi2, lr or pmi.")] = "chi2",
    correction: Annotated[str, typer.Option(help="default, yates, williams or none.")] = "default",
    limit: Annotated[int, typer.Option(min=1, help="Print at most so many words, of each value with --by.")] = 30,
    as_json: _Json = False,
) -> None:
    """Print the words that a part of the reports has more often than the rest.

    Choose the part with --place, --level, --year, --theme or --cites, or compare all values with --by.
    """

    if not any((place, level, year, theme, cites, by)):
        raise UsageError(
            "keyness of everything against nothing; give --place, --level, --year, --theme, --cites or --by"
        )
    part = _filtered(run, place, level, year, theme, cites)
    if not len(part):
        raise UsageError("no sentence meets these conditions; 'danvan kwic' without them shows what there is")
    found = part.keyness(by=by, measure=measure, correction=correction)  # type: ignore[arg-type]  # keyness() checks
    columns = [*([by] if by else []), "feature", "score", "p", "n_target", "n_reference", "doc_id", "start"]
    first = found.groupby(by).head(limit) if by else found.head(limit)
    _print(first[columns], as_json)


@app.command("graph")
def graph_command(
    run: _Run,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help=".html, .graphml, .gexf, .dot, .jsonld, or a folder for Neo4j's CSV."),
    ] = None,
    cascade: Annotated[str | None, typer.Option(help="Who carried this directive out, and when: 114-KL/TW.")] = None,
    limit: _Limit = 20,
    as_json: _Json = False,
) -> None:
    """Draw or write who cites what; without --out, print the most cited, or a directive's cascade."""

    from danvan_nlp.graph import CitationGraph

    graph = CitationGraph.from_run(run)
    if out is not None:
        _write(graph, out)
        written = f"{len(graph.graph):,} nodes, {graph.graph.number_of_edges():,} edges, written to {out}"
        typer.echo(written, err=as_json)
    if cascade is not None:
        _cascade(graph, cascade, as_json)
    elif out is None:
        columns = ["node", "label", "date", "n_reports", "n_mentions"]
        _print(graph.most_cited(limit=limit)[columns], as_json)


@app.command("report")
def report_command(
    run: _Run,
    out: Annotated[Path, typer.Option("--out", "-o", help="The page (.html).", show_default=False)],
    doc: Annotated[str | None, typer.Option(help="doc_id of the report, where the run holds several.")] = None,
) -> None:
    """Write the reading of one report as a page: themes in colour, references linked, findings listed."""

    from danvan_nlp.pages.report import report_page

    typer.echo(f"Written to {report_page(run, out, doc_id=doc)}")


def _filtered(
    run: Path,
    place: list[str] | None,
    level: list[str] | None,
    year: list[int] | None,
    theme: list[str] | None,
    cites: list[str] | None,
) -> Corpus:
    from danvan_nlp.corpus import Corpus

    corpus = Corpus.from_run(run)
    if not any((place, level, year, theme, cites)):
        return corpus
    return corpus.filter(
        place=place or None, level=level or None, year=year or None, theme=theme or None, cites=cites or None
    )


def _write(graph: CitationGraph, out: Path) -> None:
    writers: dict[str, Callable[[Path], Any]] = {
        ".html": graph.to_html,
        ".graphml": graph.to_graphml,
        ".gexf": graph.to_gexf,
        ".dot": graph.to_dot,
        ".jsonld": graph.to_jsonld,
        "": graph.to_neo4j_csv,
    }
    if out.suffix not in writers:
        raise UsageError(f"cannot write {out.suffix}; give {', '.join(s for s in writers if s)} or a folder")
    writers[out.suffix](out)


def _cascade(graph: CitationGraph, directive: str, as_json: bool) -> None:
    found = graph.cascade(directive)
    steps = ["depth", "label", "place", "level", "date", "days_after", "relation", "sentence_id"]
    _print(found.steps[steps], as_json)
    if as_json:
        return
    alone = found.without_plan
    typer.echo(f"\nreports that cite it: {len(found.reports)}; without a plan of their place for it: {len(alone)}")
    for row in alone.itertuples():
        typer.echo("  " + " · ".join(cell for cell in (_cell(row.label), _cell(row.place)) if cell))
    for row in found.replaced_by.itertuples():
        typer.echo(f"{row.relation}: {row.label}, {row.date} (known from the {row.known_from})")


def _print_lines(found: pd.DataFrame) -> None:
    """Keywords one under another, and where each stands."""
    side = 44
    for row in found.itertuples():
        before, keyword, after = (_on_one_line(part) for part in (row.pre, row.keyword, row.post))
        where = " ".join(cell for cell in (_cell(row.place), _cell(row.year), f"{row.doc_id}:{row.start}") if cell)
        typer.echo(f"{before[-side:]:>{side}}  [{keyword}]  {after[:side]:<{side}}  {where}")


def _print(frame: pd.DataFrame, as_json: bool) -> None:
    if as_json:
        for record in json.loads(frame.to_json(orient="records", force_ascii=False)):
            typer.echo(json.dumps(record, ensure_ascii=False))
        return
    rows = [[_cell(value) for value in row] for row in frame.itertuples(index=False)]
    table = [list(frame.columns), *rows]
    widths = [max(len(row[i]) for row in table) for i in range(len(frame.columns))]
    for row in table:
        typer.echo("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())


def _cell(value: Any) -> str:
    import pandas as pd

    if pd.isna(value):
        return ""
    text = f"{value:.6g}" if isinstance(value, float) else _on_one_line(value)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _on_one_line(value: Any) -> str:
    """Text of a report without what a terminal would take for an order."""
    from danvan_nlp.pages.html import xml_text

    return xml_text(" ".join(str(value).split()))
