"""``danvan run``: reports into tables."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from danvan_nlp.cli.app import app

_PATIENCE = 2.0


@app.command("run")
def run_command(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders and globs of reports.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the tables.", show_default=False)],
    form: Annotated[str, typer.Option("--format", help="parquet, csv, jsonl or xlsx.")] = "parquet",
    jobs: Annotated[int, typer.Option(help="Processes that work side by side.")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run that the folder holds.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the run that the folder holds.")] = False,
    registry: Annotated[list[Path] | None, typer.Option(help="CSV file with directives of your own.")] = None,
    indicators: Annotated[list[Path] | None, typer.Option(help="TOML file with indicators of your own.")] = None,
    corrections: Annotated[Path | None, typer.Option(help="CSV or XLSX file of corrections to lay over.")] = None,
    model: Annotated[Path | None, typer.Option(help="Folder of a theme model of your own.")] = None,
) -> None:
    """Read reports and write one table per kind of thing.

    Exit status: 0 something was read, 1 nothing could be, 2 wrong usage.
    """
    from danvan_nlp.batch import run

    progress = _Progress()
    try:
        done = run(
            inputs,
            out,
            format=form,  # type: ignore[arg-type]  # run() checks the name and says what is allowed
            jobs=jobs,
            resume=resume,
            overwrite=overwrite,
            registry=registry or (),
            indicators=indicators or (),
            corrections=corrections,
            model=model,
            progress=progress,
        )
    finally:
        progress.close()
    from danvan_nlp.summary import summarise

    typer.echo(summarise(done))
    raise typer.Exit(0 if done.rows["documents"] else 1)


class _Progress:
    """A progress bar that appears only when the work takes longer than two seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since = clock()
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        if not sys.stderr.isatty() or self._clock() - self._since < _PATIENCE:
            return
        self._shown = True
        full = 30 * done // max(total, 1)
        bar = "█" * full + "░" * (30 - full)
        typer.echo(f"\r{bar} {done}/{total} documents", nl=False, err=True)

    def close(self) -> None:
        if self._shown:
            typer.echo("\r" + " " * 60 + "\r", nl=False, err=True)
