"""The themes' Vietnamese names."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def theme_names() -> dict[str, str]:
    """Vietnamese name of each theme of the taxonomy, by its key.

    Examples
    --------
    >>> theme_names()["tiep_dan"]
    'tiếp công dân, đối thoại, đơn thư'
    """
    data = tomllib.loads(files("danvan_nlp.data").joinpath("taxonomy.toml").read_text(encoding="utf-8"))
    return {theme["key"]: theme["vi"] for theme in data["theme"]}
