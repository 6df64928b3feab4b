"""Reports that a command reads itself, or takes from the folder of a run."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from danvan_nlp.errors import UsageError

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """A report's path and text, and what tells the line of a place in it."""

    path: str
    text: str
    line_of: Callable[[int], int]

    def place(self, at: int) -> str:
        """Where a place stands, as editors open it."""
        return f"{self.path}:{self.line_of(at)}"

    def placed(self, row: Row) -> Row:
        """A row of a table with the path and line that it speaks of."""
        return {"path": self.path, "line": self.line_of(row["start"]), **row}


def read_reports(reports: list[str], table: str, jobs: int = 1, **own: Any) -> tuple[list[Row], dict[str, Text]]:
    """Rows of one table, and the text of every report by its id; what could not be read is printed.

    Parameters
    ----------
    reports : list of str
        Files, folders and globs of reports, or the one folder of a finished run.
    table : str
        Name of the table.
    jobs : int
        Processes that work side by side.
    **own
        Files of the user's, as `danvan_nlp.run` takes them.

    Raises
    ------
    UsageError
        A run stands beside other inputs, did not end, or cannot be changed by the user's files any more.
    """
    from danvan_nlp.batch import run
    from danvan_nlp.cli.progress import Progress
    from danvan_nlp.results import open_run
    from danvan_nlp.run_folder import is_run

    given = {name: files for name, files in own.items() if files}
    written = [name for name in reports if is_run(Path(name))]
    if written and len(reports) > 1:
        raise UsageError(f"{written[0]} is the folder of a run; give it alone, or give the reports")
    if written and given:
        raise UsageError("data files of your own change nothing in a finished run; give the reports instead")
    if written:
        done = open_run(written[0])
        texts = _texts(done.rows["documents"], Path(written[0]))
    else:
        with tempfile.TemporaryDirectory(prefix="danvan-") as name:
            with Progress() as progress:
                done = run(reports, name, format="jsonl", jobs=jobs, progress=progress, **given)
            texts = _texts(done.rows["documents"], Path(name))
    for row in done.rows["problems"]:
        typer.echo(f"danvan: {row['path']}: {row['error']}: {row['message']}", err=True)
    return list(done.rows[table]), texts


def _texts(documents: Iterable[Row], folder: Path) -> dict[str, Text]:
    from danvan_nlp.lines import line_finder

    made = {}
    for row in documents:
        text = (folder / "texts" / f"{row['doc_id']}.txt").read_bytes().decode()
        made[row["doc_id"]] = Text(row["paths"][0], text, line_finder(text))
    return made
