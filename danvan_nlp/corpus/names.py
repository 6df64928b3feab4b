"""Vietnamese names of the keys that the tables hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal

from danvan_nlp import data

_UNKNOWN = "không rõ"
_NAMING = ("type", "number", "symbol", "title", "year_in_number")


def _of_run(record: Mapping[str, Any] | None, kind: str) -> dict[str, str]:
    return dict((record or {}).get("names", {}).get(kind, {}))


def theme_names(record: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Vietnamese name of each theme, by its key: of a run, from its record
    (`danvan_nlp.run_folder.read_record`), else of the taxonomy.

    Examples
    --------
    >>> theme_names()["tiep_dan"]
    'tiếp công dân, đối thoại, đơn thư'
    """
    return _of_run(record, "themes") or {theme["key"]: theme["vi"] for theme in data.toml("taxonomy")["theme"]}


@cache
def names(kind: Literal["levels", "columns", "roles", "relations"]) -> dict[str, str]:
    """Vietnamese names of administrative levels, columns, roles of sentences or edges of the citation graph.

    Examples
    --------
    >>> names("levels")["cap_huyen"], names("relations")["reviews"]
    ('cấp huyện', 'sơ kết, tổng kết')
    """
    found: dict[str, str] = data.toml("names")[kind]
    return found


def indicator_names(record: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Vietnamese name of each indicator, by its key: of a run, from its record, else of the catalogue.

    Examples
    --------
    >>> indicator_names()["van_ban_ke_hoach"]
    'số kế hoạch'
    """
    own = _of_run(record, "indicators")
    return own or {row["key"]: row["meaning"] for row in data.toml("indicators")["indicator"]}


def value_name(column: str, value: object, record: Mapping[str, Any] | None = None) -> str:
    """A value of a column as people read it, in a run whose record is given.

    Examples
    --------
    >>> value_name("admin_level", "cap_xa"), value_name("year", 2020), value_name("place", None)
    ('cấp xã', '2020', 'không rõ')
    """
    if not isinstance(value, str | int):
        return _UNKNOWN
    if column == "admin_level":
        return names("levels").get(str(value), str(value))
    called = {"theme": theme_names, "indicator": indicator_names}.get(column)
    return called(record).get(str(value), str(value)) if called else str(value)


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

    Numbers below ten are written with a nought, as the drafting rules want it; a year that is part of the number
    stands in it, any other behind.

    Parameters
    ----------
    facts : mapping
        ``type, number, symbol, year_in_number, title, year, date``, each of which may be missing; the year is known
        from the date too.
    otherwise : str
        The name of one that has neither number nor title.

    Examples
    --------
    >>> document_name({"type": "kết luận", "number": "114", "symbol": "KL/TW", "date": "2015-07-14"}, "?")
    'Kết luận 114-KL/TW (2015)'
    >>> document_name({"type": "nghị định", "number": "4", "symbol": "NĐ-CP", "year_in_number": "2015"}, "?")
    'Nghị định 04/2015/NĐ-CP'
    >>> document_name({"type": "kế hoạch"}, "12-KH/TU@cao-bang@2015")
    '12-KH/TU@cao-bang@2015'
    """
    known = {name: value if isinstance(value := facts.get(name), str) else "" for name in _NAMING}
    number, symbol, inside = known["number"], known["symbol"], known["year_in_number"]
    if not number and not known["title"]:
        return otherwise
    year, date = facts.get("year"), facts.get("date")
    told = str(year) if isinstance(year, str | int) else date[:4] if isinstance(date, str) else None
    of_year = f" ({told})" if told else ""
    if not number:
        return f"{known['title']}{of_year}"
    kind = (known["type"] or "văn bản").capitalize()
    number = number.zfill(2) if number.isdigit() else number
    if inside:
        return f"{kind} {number}/{inside}/{symbol}"
    return f"{kind} {number}{'-' if '/' in symbol else '/'}{symbol}{of_year}"
