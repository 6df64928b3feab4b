"""A user's files of indicators, checked row by row before they are laid over the package's."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from danvan_nlp.errors import DataError

_LISTS = ("units", "words", "topics", "not", "never", "outside", "beside", "parts", "prose", "example")
_STRINGS = ("key", "meaning", "section", "form", "rate", "whole", "denominator", "within", "base_of", "levels", "year")
_SWITCHES = ("joins", "flow", "stock")
_TYPES: dict[str, type] = {
    **dict.fromkeys(_LISTS, list),
    **dict.fromkeys(_STRINGS, str),
    **dict.fromkeys(_SWITCHES, bool),
}
_FIELDS: dict[str, dict[str, type]] = {
    "indicator": _TYPES,
    "level": {"list": str, "key": str, "words": list, "heading": list},
    "topics": {"words": list, "not": list},
}
_REQUIRED = {"indicator": ("key", "words"), "level": ("list", "key", "words"), "topics": ("words",)}
_FORMS = ("count", "rate", "yes")
_OTHERS = ("rate", "whole", "denominator", "within", "base_of")


def read_own(path: Path, package: Mapping[str, Any]) -> dict[str, Any]:
    """Read a user's file in the form of ``data/indicators.toml``.

    Parameters
    ----------
    path : Path
        The file. Of an indicator only ``key`` and ``words`` are required.
    package : mapping
        What the file is laid over: its indicators, topics and lists of levels may be named.

    Raises
    ------
    DataError
        The file is missing, is no TOML, or a row lacks a field, has an unknown one or names what there is not; the
        message says in which file and row, and what to do.

    Examples
    --------
    >>> read_own(Path("no-such.toml"), {})
    Traceback (most recent call last):
        ...
    danvan_nlp.errors.DataError: no-such.toml: there is no such file; give the path of a file of indicators
    """
    try:
        mine = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise DataError(f"{path}: there is no such file; give the path of a file of indicators") from None
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); give a file that can") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: is no TOML in UTF-8 ({error}); see data/indicators.toml for the form") from error
    for fault in _faults(mine, package):
        raise DataError(f"{path}: {fault}")
    return mine


def _faults(mine: Mapping[str, Any], package: Mapping[str, Any]) -> Iterator[str]:
    known_parts = ("indicator", "level", "topics", "abbreviations")
    for part, content in mine.items():
        if part not in known_parts:
            yield f"[{part}] is unknown; a file has {_listed(known_parts)}"
        elif not isinstance(content, list if part in ("indicator", "level") else dict):
            yield f"{part} must be written {'[[' + part + ']]' if part in ('indicator', 'level') else '[' + part + ']'}"
    for short, full in mine.get("abbreviations", {}).items():
        if not isinstance(full, str):
            yield f'abbreviation {short}: must be a text; write {short} = "…"'
    for name, topic in mine.get("topics", {}).items():
        yield from _row_faults("topics", f"topic {name}", topic)
    for kind in ("indicator", "level"):
        for number, row in enumerate(mine.get(kind, ()), 1):
            named = row.get("key") if isinstance(row, dict) else None
            yield from _row_faults(kind, f"{kind} {named or f'number {number}'}", row)
    yield from _name_faults(mine, package)


def _row_faults(kind: str, name: str, row: object) -> Iterator[str]:
    """Fields that are missing, unknown or of the wrong type."""
    if not isinstance(row, dict):
        yield f"{name}: must be a table with {_listed(_REQUIRED[kind])}"
        return
    for field in _REQUIRED[kind]:
        if not row.get(field):
            yield f"{name}: {field} is missing; every {kind.rstrip('s')} needs {_listed(_REQUIRED[kind])}"
    for field, value in row.items():
        wanted = _FIELDS[kind].get(field)
        if wanted is None:
            yield f"{name}: the field {field} is unknown; take one of {_listed(_FIELDS[kind])}"
        elif not isinstance(value, wanted) or isinstance(value, list) and not all(isinstance(x, str) for x in value):
            form = {list: 'a list of texts, ["…", "…"]', str: 'a text, "…"', bool: "true or false"}[wanted]
            yield f"{name}: {field} must be {form}"
    if kind == "indicator" and row.get("form", "count") not in _FORMS:
        yield f"{name}: form is {row['form']}; take one of {_listed(_FORMS)}"


def _name_faults(mine: Mapping[str, Any], package: Mapping[str, Any]) -> Iterator[str]:
    """Indicators, topics and lists of levels that are named and do not exist."""
    keys = {row["key"] for raw in (package, mine) for row in raw.get("indicator", ())}
    topics = {name for raw in (package, mine) for name in raw.get("topics", {})}
    lists = {row["list"] for raw in (package, mine) for row in raw.get("level", ())}
    for row in mine.get("indicator", ()):
        named: list[tuple[str, str, set[str]]] = [(f, row[f], keys) for f in _OTHERS if f in row]
        named += [("parts", key, keys) for key in row.get("parts", ())]
        named += [("topics", name, topics) for name in row.get("topics", ())]
        named += [("levels", row["levels"], lists)] if "levels" in row else []
        for field, name, known in named:
            if name not in known:
                yield f"indicator {row['key']}: {field} names {name}, which there is not; take one of {_listed(known)}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names if isinstance(names, tuple | dict) else sorted(names))
