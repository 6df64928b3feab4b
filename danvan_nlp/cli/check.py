"""``danvan check``: what a person should correct or look at in reports."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from danvan_nlp.cli.app import app
from danvan_nlp.errors import UsageError

_QUOTED = 100
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Text:
    """A report's path and text, and what tells the line of a place in it."""

    path: str
    text: str
    line_of: Callable[[int], int]

    def place(self, at: int) -> str:
        """Where a place stands, as editors open it."""
        return f"{self.path}:{self.line_of(at)}"

    def quoted(self, start: int, end: int) -> str:
        """The words of a range, cut where they are many."""
        words = " ".join(self.text[start:end].split())
        return words if len(words) <= _QUOTED else words[: _QUOTED - 1] + "…"


@app.command("check")
def check_command(
    reports: Annotated[
        list[str], typer.Argument(help="Reports, or the folder that 'danvan run' wrote.", show_default=False)
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")] = False,
    registry: Annotated[list[Path] | None, typer.Option(help="CSV file with directives of your own.")] = None,
    indicators: Annotated[list[Path] | None, typer.Option(help="TOML file with indicators of your own.")] = None,
) -> None:
    """List what a person should correct or look at in reports: where, what, and what it should be.

    Several reports are also held against one another: reports of the same place that give different figures.

    Exit status: 0 something was read, 1 nothing could be, 2 wrong usage.
    """
    findings, problems, texts = _checked(reports, registry or (), indicators or ())
    for row in problems:
        typer.echo(f"danvan: {row['path']}: {row['error']}: {row['message']}", err=True)
    for row in findings:
        text = texts[row["doc_id"]]
        placed = {"path": text.path, "line": text.line_of(row["start"]), **row}
        typer.echo(json.dumps(placed, ensure_ascii=False) if as_json else "\n".join(_lines(row, texts)))
    if not as_json and texts:
        typer.echo(f"{len(findings)} chỗ cần xem lại")
    raise typer.Exit(0 if texts else 1)


def _checked(
    reports: list[str], registry: Sequence[Path], indicators: Sequence[Path]
) -> tuple[list[_Row], list[_Row], dict[str, _Text]]:
    """Rows of findings and problems, and the text of every report by its id."""
    from danvan_nlp.batch import run

    if len(reports) == 1 and (Path(reports[0]) / "run.json").is_file():
        if registry or indicators:
            raise UsageError("data files of your own change nothing in a finished run; give the reports instead")
        folder = Path(reports[0])
        documents, findings, problems = (_read(folder, name) for name in ("documents", "findings", "problems"))
        return findings, problems, _texts(documents, folder)
    with tempfile.TemporaryDirectory(prefix="danvan-") as name:
        done = run(reports, name, format="jsonl", registry=registry, indicators=indicators)
        return done.rows["findings"], done.rows["problems"], _texts(done.rows["documents"], Path(name))


def _read(folder: Path, name: str) -> list[_Row]:
    from danvan_nlp.tables import read_table

    frame = read_table(folder, name).astype(object)
    return [{str(k): v for k, v in row.items()} for row in frame.where(frame.notna(), None).to_dict("records")]


def _texts(documents: list[_Row], folder: Path) -> dict[str, _Text]:
    from danvan_nlp.lines import line_finder

    made = {}
    for row in documents:
        text = (folder / "texts" / f"{row['doc_id']}.txt").read_bytes().decode()
        made[row["doc_id"]] = _Text(row["paths"][0], text, line_finder(text))
    return made


def _lines(row: _Row, texts: dict[str, _Text]) -> list[str]:
    """What is printed of one finding."""
    from danvan_nlp.findings import name_of

    text = texts[row["doc_id"]]
    lines = [f"{text.place(row['start'])}: {name_of('kinds', row['kind'])}: {row['message']}"]
    lines.append(f"    tại: {text.quoted(row['start'], row['end'])}")
    if row["against"]:
        doc_id, start, end = row["against"].rsplit(":", 2)
        other = texts[doc_id]
        lines.append(f"    đối chiếu {other.place(int(start))}: {other.quoted(int(start), int(end))}")
    # What a first mention lacks is said in the message.
    if row["expected"] and row["kind"] != "first_mention":
        lines.append(f"    ghi: {row['found'] or '(không ghi)'}; đúng ra: {row['expected']}")
    return lines
