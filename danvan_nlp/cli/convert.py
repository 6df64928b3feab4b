"""``danvan convert``: text in an encoding before Unicode, listed and converted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from danvan_nlp.cli.app import app
from danvan_nlp.cli.options import Overwrite
from danvan_nlp.cli.output import file_to_write, shortened
from danvan_nlp.errors import UsageError

_LONGEST = 60


@app.command("convert")
def convert_command(
    file: Annotated[Path, typer.Argument(help="A report in any format that is read.", show_default=False)],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Text file to write; without it the text is printed.")
    ] = None,
    plan: Annotated[bool, typer.Option("--plan", help="List every change and why, and convert nothing.")] = False,
    overwrite: Overwrite = False,
) -> None:
    """Write a report's text in Unicode: TCVN3 (ABC), VNI, VPS, VISCII and windows-1258 are told and converted.

    A file that is in Unicode already comes out as it is. The file itself is never changed.
    """
    if plan and out is not None:
        raise UsageError("--plan converts nothing, so that there is nothing to write; leave --plan or --out away")
    if plan:
        _list_plan(file)
        return
    text = _text_of(file)
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        with file_to_write(out, overwrite=overwrite).open("w", encoding="utf-8", newline="") as written:
            written.write(text)
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror}); give a path that you may write to") from error


def _text_of(file: Path) -> str:
    from danvan_nlp.reading import read_source

    source = read_source(file)
    for reason in source.repairs:
        typer.echo(f"{file}: {reason}", err=True)
    return source.text


def _list_plan(file: Path) -> None:
    """Print the changes; a text file's line by line, of another format what its reader converted."""
    from danvan_nlp.reading import read_source
    from danvan_nlp.reading.text import plan_of

    source = read_source(file)
    plan = plan_of(file.read_bytes()) if source.format in ("txt", "md") and file.is_file() else None
    for reason in source.repairs:
        typer.echo(reason)
    for step in plan or ():
        typer.echo(
            f"{step.start}-{step.end}  {shortened(step.before, _LONGEST)}  ->  {shortened(step.after, _LONGEST)}"
        )
    if not source.repairs:
        typer.echo("nothing to convert")
