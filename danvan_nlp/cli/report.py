"""Commands on one report: ``danvan refs`` and ``danvan check``."""

from __future__ import annotations

import json
from bisect import bisect_right
from pathlib import Path
from typing import Annotated, Any

import typer

from danvan_nlp.cli.app import app, fail
from danvan_nlp.errors import DanvanError

_COLUMNS = ("line", "surface", "date", "issuer", "target_id", "reason")
_WIDEST = 44
_Report = Annotated[Path, typer.Argument(help="A report.", show_default=False)]
_Registry = Annotated[list[Path] | None, typer.Option(help="CSV file with directives of your own.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


@app.command("refs")
def refs_command(report: _Report, as_json: _Json = False, registry: _Registry = None) -> None:
    """List every directive that a report names, and the document that it means."""
    found, _ = _placed(report, registry, "references")
    if as_json:
        _print_json(found)
        return
    typer.echo(_table(found, _COLUMNS))
    unresolved = sum(row["target_id"] is None for row in found)
    typer.echo(f"\n{len(found)} references, {unresolved} without a target")


@app.command("check")
def check_command(report: _Report, as_json: _Json = False, registry: _Registry = None) -> None:
    """List what a person should correct or look at in a report: where, what, and what it should be."""
    findings, text = _placed(report, registry, "findings")
    if as_json:
        _print_json(findings)
        return
    for row in findings:
        typer.echo(f"{report}:{row['line']}: {row['kind']}: {row['message']}")
        quoted = " ".join(text[row["start"] : row["end"]].split())
        typer.echo(f"    in: {quoted if len(quoted) <= 100 else quoted[:99] + '…'}")
        if row["expected"]:
            typer.echo(f"    found {row['found'] or '(nothing)'}, expected {row['expected']}")
    typer.echo(f"{len(findings)} findings")


def _placed(path: Path, registry: list[Path] | None, name: str) -> tuple[list[dict[str, Any]], str]:
    """Rows of one table of a report, each with the line that it begins on, and the report's text."""
    rows, text = _rows(path, registry)
    lines = _lines(text, rows[name])
    return [{"line": line, **row} for line, row in zip(lines, rows[name], strict=True)], text


def _print_json(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        typer.echo(json.dumps(row, ensure_ascii=False))


def _rows(path: Path, registry: list[Path] | None) -> tuple[dict[str, list[dict[str, Any]]], str]:
    from danvan_nlp.analysis import analyse, shared_registry
    from danvan_nlp.reading import read_source
    from danvan_nlp.tables.rows import document_rows

    extra = tuple(registry or ())
    try:
        analysis = analyse(read_source(path), registry=extra)
        return document_rows(analysis, "doc", shared_registry(extra)), analysis.report.text
    except DanvanError as error:
        fail(DanvanError(f"{path}: {error}"), 1)


def _lines(text: str, rows: list[dict[str, Any]]) -> list[int]:
    """The line, counted from one, that each row begins on."""
    breaks = [i for i, letter in enumerate(text) if letter == "\n"]
    return [bisect_right(breaks, row["start"]) + 1 for row in rows]


def _table(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> str:
    """Rows under their column names, aligned; long cells are cut."""
    cells = [[_short(row[column]) for column in columns] for row in rows]
    widths = [
        max(len(column), *(len(row[i]) for row in cells)) if cells else len(column) for i, column in enumerate(columns)
    ]
    lines = [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (columns, *cells)
    ]
    return "\n".join(lines)


def _short(value: Any) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
