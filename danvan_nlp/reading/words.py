"""What the readers know of how pages are laid out and programs are set."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words() -> dict[str, Any]:
    """The tables of ``reading.toml``.

    Examples
    --------
    >>> words()["recipients"]["starts"][0]
    'nơi nhận'
    """
    return tomllib.loads((files("danvan_nlp.data") / "reading.toml").read_text(encoding="utf-8"))
