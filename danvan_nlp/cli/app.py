"""The application that every command joins, and how it ends."""

from __future__ import annotations

import os
import sys
from typing import Annotated, NoReturn

import typer

from danvan_nlp.errors import DanvanError

app = typer.Typer(
    help="Read Vietnamese party and state reports: structure, themes, cited directives, statistics.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    if version:
        from danvan_nlp import __version__

        typer.echo(f"danvan_nlp {__version__}")
        raise typer.Exit


def fail(error: Exception, status: int) -> NoReturn:
    """Print an error and end with a status."""
    typer.echo(f"danvan: {error}", err=True)
    raise typer.Exit(status)


def main() -> None:
    """Entry point of the ``danvan`` script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A Windows console or a pipe may not speak UTF-8 by itself; Vietnamese must not end in an error.
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except DanvanError as error:
        typer.echo(f"danvan: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        # What could not be printed is still in the buffer, and would fail again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            named = f"{error.filename}: " if error.filename else ""
            typer.echo(f"danvan: {named}{error.strerror or error}", err=True)
        sys.exit(1)
