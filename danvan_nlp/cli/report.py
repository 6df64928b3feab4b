"""``danvan refs``: the directives that a report names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from danvan_nlp.cli.app import app

_COLUMNS = ("line", "surface", "date", "issuer", "target_id", "reason")
_WIDEST = 44
_Report = Annotated[Path, typer.Argument(help="A report.", show_default=False)]
_Registry = Annotated[list[Path] | None, typer.Option(help="CSV file with directives of your own.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
_Unresolved = Annotated[
    bool, typer.Option("--unresolved", help="Only the references without a target, grouped by the reason.")
]


@app.command("refs")
def refs_command(
    report: _Report, unresolved: _Unresolved = False, as_json: _Json = False, registry: _Registry = None
) -> None:
    """List every directive that a report names, and the document that it means."""
    found = _references(report, registry)
    without = [row for row in found if row["target_id"] is None]
    if unresolved:
        groups = _by_reason(without)
        if as_json:
            _print_json([{"reason": reason, "mentions": rows} for reason, rows in groups])
            return
        count = f"{len(without)} trên {len(found)} lần dẫn chưa rõ là văn bản nào"
        typer.echo("\n\n".join([*(_group(report, *group) for group in groups), count]))
    elif as_json:
        _print_json(found)
    else:
        typer.echo(_table(found, _COLUMNS))
        typer.echo(f"\n{len(found)} lần dẫn, {len(without)} chưa rõ là văn bản nào")


def _by_reason(references: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """References under their reasons, the commonest reason first."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in references:
        groups.setdefault(row["reason"], []).append(row)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _group(path: Path, reason: str, rows: list[dict[str, Any]]) -> str:
    """The references that one reason left without a target: where, what, and the likeliest documents first."""
    from danvan_nlp.linking import in_words

    lines = [f"{in_words(reason)} ({len(rows)})"]
    for row in rows:
        lines.append(f"  {path}:{row['line']}: {_short(row['surface'])}")
        if row["candidates"]:
            lines.append(f"    có thể là: {', '.join(row['candidates'])}")
    return "\n".join(lines)


def _print_json(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        typer.echo(json.dumps(row, ensure_ascii=False))


def _references(path: Path, registry: list[Path] | None) -> list[dict[str, Any]]:
    """The rows of a report's references, each with the line that it begins on."""
    from danvan_nlp.analysis import analyse, shared_registry
    from danvan_nlp.lines import line_finder
    from danvan_nlp.reading import read_source
    from danvan_nlp.tables.rows import document_rows
    from danvan_nlp.user_files import UserFiles

    own = UserFiles.of(registry or ())
    analysis = analyse(read_source(path), own=own)
    rows = document_rows(analysis, "doc", shared_registry(own.registry))["references"]
    line_of = line_finder(analysis.report.text)
    return [{"line": line_of(row["start"]), **row} for row in rows]


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
