"""What the readers know of how pages are laid out and programs are set."""

from __future__ import annotations

from typing import Any

from danvan_nlp import data


def words() -> dict[str, Any]:
    """The tables of ``reading.toml``.

    Examples
    --------
    >>> words()["recipients"]["starts"][0]
    'nơi nhận'
    """
    return data.toml("reading")
