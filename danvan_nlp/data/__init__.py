"""The package's knowledge: word lists, wordings, symbols and facts in TOML and CSV files, read once."""

from __future__ import annotations

import csv
import io
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def toml(name: str) -> dict[str, Any]:
    """The content of ``name.toml``, shared by all who ask: not to be changed.

    Examples
    --------
    >>> toml("names")["levels"]["cap_xa"]
    'cấp xã'
    """
    return tomllib.loads(_read(f"{name}.toml"))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``name.csv``, shared by all who ask: not to be changed.

    Examples
    --------
    >>> rows("terms")[0]["term"]
    'V'
    """
    return tuple(csv.DictReader(io.StringIO(_read(f"{name}.csv"), newline="")))


def _read(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
