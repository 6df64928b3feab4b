"""Vietnamese names of the keys that the tables hold."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from danvan_nlp.summary import display_name

_UNKNOWN = "không rõ"
_NAMING = ("type", "number", "symbol", "title")


@cache
def theme_names() -> dict[str, str]:
    """Vietnamese name of each theme of the taxonomy, by its key.

    Examples
    --------
    >>> theme_names()["tiep_dan"]
    'tiếp công dân, đối thoại, đơn thư'
    """
    return {theme["key"]: theme["vi"] for theme in _data("taxonomy")["theme"]}


@cache
def names(kind: Literal["levels", "columns", "roles", "relations"]) -> dict[str, str]:
    """Vietnamese names of administrative levels, columns, roles of sentences or edges of the citation graph.

    Examples
    --------
    >>> names("levels")["cap_huyen"], names("relations")["reviews"]
    ('cấp huyện', 'sơ kết, tổng kết')
    """
    found: dict[str, str] = _data("names")[kind]
    return found


@cache
def indicator_names() -> dict[str, str]:
    """Vietnamese name of each indicator of the catalogue, by its key.

    Examples
    --------
    >>> indicator_names()["van_ban_ke_hoach"]
    'số kế hoạch'
    """
    return {row["key"]: row["meaning"] for row in _data("indicators")["indicator"]}


def value_name(column: str, value: object) -> str:
    """A value of a column as people read it.

    Examples
    --------
    >>> value_name("admin_level", "cap_xa"), value_name("year", 2020), value_name("place", None)
    ('cấp xã', '2020', 'không rõ')
    """
    kinds = {"admin_level": names("levels"), "theme": theme_names(), "indicator": indicator_names()}
    return kinds.get(column, {}).get(str(value), str(value)) if isinstance(value, str | int) else _UNKNOWN


def in_order(column: str, values: Iterable[str]) -> list[str]:
    """Names of values from :func:`value_name` in the order that people list them in: levels from the centre down.

    Examples
    --------
    >>> in_order("admin_level", ["không rõ", "cấp xã", "cấp tỉnh"])
    ['cấp tỉnh', 'cấp xã', 'không rõ']
    """
    levels = list(names("levels").values()) if column == "admin_level" else []
    rank = {name: n for n, name in enumerate(levels)}
    return sorted(set(values), key=lambda v: (v == _UNKNOWN, rank.get(v, len(rank)), v))


def document_name(facts: Mapping[str, Any], otherwise: str) -> str:
    """How people name a document.

    Parameters
    ----------
    facts : mapping
        ``type, number, symbol, title, year, date``, each of which may be missing; the year is known from the date too.
    otherwise : str
        The name of one that has neither number nor title.

    Examples
    --------
    >>> document_name({"type": "kết luận", "number": "114", "symbol": "KL/TW", "date": "2015-07-14"}, "?")
    'Kết luận 114-KL/TW (2015)'
    >>> document_name({"type": "kế hoạch"}, "12-KH/TU@cao-bang@2015")
    '12-KH/TU@cao-bang@2015'
    """
    known = {name: value if isinstance(value := facts.get(name), str) else None for name in _NAMING}
    if not known["number"] and not known["title"]:
        return otherwise
    year, date = facts.get("year"), facts.get("date")
    told = str(year) if isinstance(year, str | int) else date[:4] if isinstance(date, str) else None
    return display_name({**known, "year": told})


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("danvan_nlp.data").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
