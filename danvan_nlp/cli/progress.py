"""The progress bar of commands that read many reports."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import typer

_PATIENCE = 2.0


class Progress:
    """A bar that appears only when the work takes longer than two seconds, and goes when it is done."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since = clock()
        self._shown = False

    def __enter__(self) -> Progress:
        """Begin."""
        return self

    def __exit__(self, *error: object) -> None:
        """Take the bar away."""
        if self._shown:
            typer.echo("\r" + " " * 60 + "\r", nl=False, err=True)

    def __call__(self, done: int, total: int) -> None:
        """Show how many documents are done."""
        if not sys.stderr.isatty() or self._clock() - self._since < _PATIENCE:
            return
        self._shown = True
        full = 30 * done // max(total, 1)
        bar = "█" * full + "░" * (30 - full)
        typer.echo(f"\r{bar} {done}/{total} documents", nl=False, err=True)
