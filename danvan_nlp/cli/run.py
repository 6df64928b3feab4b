"""``danvan run``: reports into tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from danvan_nlp.cli.app import app
from danvan_nlp.cli.options import Corrections, Indicators, Jobs, OwnModel, Registry
from danvan_nlp.cli.progress import Progress


@app.command("run")
def run_command(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders and globs of reports.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the tables.", show_default=False)],
    form: Annotated[str, typer.Option("--format", help="parquet, csv, jsonl or xlsx.")] = "parquet",
    jobs: Jobs = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run that the folder holds.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the run that the folder holds.")] = False,
    registry: Registry = None,
    indicators: Indicators = None,
    corrections: Corrections = None,
    model: OwnModel = None,
) -> None:
    """Read reports and write one table per kind of thing.

    Exit status: 0 something was read, 1 nothing could be, 2 wrong usage.
    """
    from danvan_nlp.batch import run

    with Progress() as progress:
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
    from danvan_nlp.summary import summarise

    typer.echo(summarise(done))
    raise typer.Exit(0 if done.rows["documents"] else 1)
