"""``danvan refs``: the directives that reports name."""

from __future__ import annotations

from typing import Annotated

import typer

from danvan_nlp.cli.app import app
from danvan_nlp.cli.options import Corrections, Jobs, JsonLines, Overwrite, OwnModel, Registry, Reports, Sheet
from danvan_nlp.cli.output import aligned, check_sheet, print_json, save_rows, shortened
from danvan_nlp.cli.reports import Row, Text, read_reports

_COLUMNS = {
    "line": "dòng",
    "surface": "dẫn",
    "date": "ngày",
    "issuer": "nơi ban hành",
    "target_id": "văn bản",
    "reason": "vì sao",
}
_Unresolved = Annotated[
    bool, typer.Option("--unresolved", help="Only the references without a target, grouped by the reason.")
]


@app.command("refs")
def refs_command(
    reports: Reports,
    unresolved: _Unresolved = False,
    out: Sheet = None,
    overwrite: Overwrite = False,
    as_json: JsonLines = False,
    registry: Registry = None,
    corrections: Corrections = None,
    model: OwnModel = None,
    jobs: Jobs = 1,
) -> None:
    """List every directive that reports name, and the document that each means.

    Exit status: 0 something was read, 1 nothing could be, 2 wrong usage.
    """
    check_sheet(out, overwrite=overwrite, as_json=as_json)
    own = {"registry": registry, "corrections": corrections, "model": model}
    found, texts = read_reports(reports, "references", jobs, **own)
    rows = [texts[row["doc_id"]].placed(row) for row in found]
    without = [row for row in rows if row["target_id"] is None]
    if out is not None:
        save_rows(without if unresolved else rows, out)
    elif as_json:
        groups = ({"reason": reason, "mentions": mentions} for reason, mentions in _by_reason(without))
        print_json(groups if unresolved else rows)
    elif unresolved:
        count = f"{len(without)} trên {len(rows)} lần dẫn chưa rõ là văn bản nào"
        typer.echo("\n\n".join([*(_group(*group) for group in _by_reason(without)), count]))
    elif texts:
        tables = [_table(text, rows, alone=len(texts) == 1) for text in texts.values()]
        typer.echo("\n\n".join([*tables, f"{len(rows)} lần dẫn, {len(without)} chưa rõ là văn bản nào"]))
    raise typer.Exit(0 if texts else 1)


def _table(text: Text, rows: list[Row], *, alone: bool) -> str:
    """The references of one report under its path."""
    from danvan_nlp.linking import in_words

    own = [{**row, "reason": in_words(row["reason"])} for row in rows if row["path"] == text.path]
    table = aligned(list(_COLUMNS.values()), [[row[name] for name in _COLUMNS] for row in own])
    return table if alone else f"{text.path}\n{table}"


def _by_reason(references: list[Row]) -> list[tuple[str, list[Row]]]:
    """References under their reasons, the commonest reason first."""
    groups: dict[str, list[Row]] = {}
    for row in references:
        groups.setdefault(row["reason"], []).append(row)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _group(reason: str, rows: list[Row]) -> str:
    """The references that one reason left without a target: where, what, and the likeliest documents first."""
    from danvan_nlp.linking import in_words

    lines = [f"{in_words(reason)} ({len(rows)})"]
    for row in rows:
        lines.append(f"  {row['path']}:{row['line']}: {shortened(row['surface'])}")
        if row["candidates"]:
            lines.append(f"    có thể là: {', '.join(row['candidates'])}")
    return "\n".join(lines)
