"""``danvan graph``: who cites what."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from danvan_nlp.cli.app import app
from danvan_nlp.cli.filters import Cites, Level, Place, Theme, Year, filtered
from danvan_nlp.cli.options import JsonLines, Overwrite, RunFolder
from danvan_nlp.cli.output import cell, file_to_write, folder_to_write, plain, print_frame
from danvan_nlp.errors import UsageError

if TYPE_CHECKING:
    from danvan_nlp.graph import CitationGraph

_MOST = 20
_NEO4J = ("nodes.csv", "relationships.csv")


@app.command("graph")
def graph_command(
    run: RunFolder,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help=".html, .graphml, .gexf, .dot, .jsonld, or a folder for Neo4j's CSV."),
    ] = None,
    overwrite: Overwrite = False,
    cascade: Annotated[str | None, typer.Option(help="Who carried this directive out, and when: 114-KL/TW.")] = None,
    place: Place = None,
    level: Level = None,
    year: Year = None,
    theme: Theme = None,
    cites: Cites = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help=f"Print at most so many rows; {_MOST} of the most cited by default.")
    ] = None,
    as_json: JsonLines = False,
) -> None:
    """Draw or write who cites what; without --out, print the most cited, or a directive's cascade."""
    from danvan_nlp.graph import CitationGraph

    if out is not None and cascade is None and limit is not None:
        raise UsageError("--limit is for what is printed, and --out writes the whole graph; leave one of them out")
    write = None if out is None else _writer(out, overwrite)
    graph = CitationGraph.from_corpus(filtered(run, place, level, year, theme, cites))
    if write is not None:
        write(graph)
        written = f"{len(graph.graph):,} nodes, {graph.graph.number_of_edges():,} edges, written to {out}"
        typer.echo(written, err=as_json)
    if cascade is not None:
        _cascade(graph, cascade, limit, as_json)
    elif out is None:
        columns = ["node", "label", "date", "n_reports", "n_mentions"]
        print_frame(graph.most_cited(limit=limit or _MOST)[columns], as_json)


def _writer(out: Path, overwrite: bool) -> Callable[[CitationGraph], Any]:
    """What writes a graph in the form of a path's suffix."""
    forms: dict[str, Callable[[CitationGraph, Path], Any]] = {
        ".html": lambda graph, path: graph.to_html(path),
        ".graphml": lambda graph, path: graph.to_graphml(path),
        ".gexf": lambda graph, path: graph.to_gexf(path),
        ".dot": lambda graph, path: graph.to_dot(path),
        ".jsonld": lambda graph, path: graph.to_jsonld(path),
    }
    if not out.suffix:
        folder = folder_to_write(out, _NEO4J, overwrite=overwrite)
        return lambda graph: graph.to_neo4j_csv(folder)
    file = file_to_write(out, *forms, overwrite=overwrite)
    return lambda graph: forms[file.suffix.lower()](graph, file)


def _cascade(graph: CitationGraph, directive: str, limit: int | None, as_json: bool) -> None:
    found = graph.cascade(directive)
    columns = ["depth", "label", "place", "level", "date", "days_after", "relation", "sentence_id"]
    steps = found.steps[columns] if limit is None else found.steps[columns].head(limit)
    print_frame(steps, as_json)
    if as_json:
        return
    if len(steps) < len(found.steps):
        typer.echo(f"\n{len(steps):,} of {len(found.steps):,} steps")
    alone = found.without_plan
    typer.echo(f"\nreports that cite it: {len(found.reports)}; without a plan of their place for it: {len(alone)}")
    for row in plain(alone).itertuples():
        typer.echo("  " + " · ".join(text for text in (cell(row.label), cell(row.place)) if text))
    for row in found.replaced_by.itertuples():
        typer.echo(f"{row.relation}: {row.label}, {row.date} (known from the {row.known_from})")
