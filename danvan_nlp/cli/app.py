"""The application that every command joins, and how it ends."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from danvan_nlp.errors import DanvanError, DataError, UsageError


class _Commands(TyperGroup):
    """Commands whose errors are printed, with status 2 for what the user gave wrongly and 1 for all others."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except (UsageError, DataError) as error:
            _fail(str(error), 2)
        except DanvanError as error:
            _fail(str(error), 1)
        except BrokenPipeError:
            raise
        except OSError as error:
            _fail(f"{f'{error.filename}: ' if error.filename else ''}{error.strerror or error}", 1)


app = typer.Typer(
    cls=_Commands,
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


def _fail(message: str, status: int) -> NoReturn:
    typer.echo(f"danvan: {message}", err=True)
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
    except OSError as error:
        # What could not be printed is still in the buffer, and would fail again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            typer.echo(f"danvan: {error.strerror or error}", err=True)
        sys.exit(1)
