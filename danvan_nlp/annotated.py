"""The project's annotated reports: a text and its units, written so that they diff and read well (corpora/README.md).

One unit a line: ``[themes] text`` for a sentence, ``[footnote:themes]``, ``[heading]``, ``[admin]``, ``[table]``. A
``+`` before the bracket means that the unit stands on the line of the one before it. ``⏎`` and ``⇥`` stand for a line
break and a TAB inside a unit.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from danvan_nlp.errors import DataError
from danvan_nlp.types import Role

_FRONT = re.compile(r"\+\+\+\n(.*?)\n\+\+\+\n", re.DOTALL)
_LINE = re.compile(r"(\+?)\[([a-z_:, ]*)\] ?(.*)$")
_SIGNS = str.maketrans({"⏎": "\n", "⇥": "\t"})
_ROLES: dict[str, Role] = {"heading": "heading", "admin": "admin", "table": "table", "footnote": "footnote"}


@dataclass(frozen=True, slots=True)
class AnnotatedUnit:
    """One unit of an annotated report: its range in the text, its role and its themes."""

    start: int
    end: int
    role: Role
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedReport:
    """An annotated report: its plain text, its units in order, and what its front matter says."""

    name: str
    text: str
    units: tuple[AnnotatedUnit, ...]
    about: dict[str, Any]


def read_annotated(path: str | os.PathLike[str]) -> AnnotatedReport:
    """Read one annotated report.

    Parameters
    ----------
    path : path-like
        A file of ``corpora/annotated``.

    Returns
    -------
    AnnotatedReport
        The report's text as a file would hold it, with its units.

    Raises
    ------
    DataError
        A line does not follow the format; the message names file and line.
    """
    path = Path(path)
    raw = path.read_text(encoding="utf-8")
    front = _FRONT.match(raw)
    if not front:
        raise DataError(f"{path}: front matter between two lines '+++' is missing")
    first = front[0].count("\n") + 1
    pieces: list[str] = []
    units: list[AnnotatedUnit] = []
    at = 0
    for joined, tag, body in _lines(raw[front.end() :], path, first):
        between = " " if joined else "\n"
        if units or pieces:
            pieces.append(between)
            at += 1
        if tag is not None:
            role, themes = _role(tag)
            units.append(AnnotatedUnit(at, at + len(body), role, themes))
        pieces.append(body)
        at += len(body)
    return AnnotatedReport(path.stem, "".join(pieces) + "\n", tuple(units), tomllib.loads(front[1]))


def _lines(raw: str, path: Path, first: int) -> Iterator[tuple[bool, str | None, str]]:
    """Each line as (stands on the line before, tag or None for a blank line, text)."""
    for number, line in enumerate(raw.rstrip("\n").split("\n"), first):
        found = _LINE.match(line)
        if found and found[3].strip():
            yield bool(found[1]), found[2], found[3].translate(_SIGNS)
        elif not line.strip():
            yield False, None, ""
        else:
            raise DataError(f"{path}, line {number}: wants '[themes] text', has {line[:40]!r}")


def _role(tag: str) -> tuple[Role, tuple[str, ...]]:
    kind, _, themes = tag.partition(":")
    role = _ROLES.get(kind, "sentence")
    listed = themes if role == "footnote" else tag if role == "sentence" else ""
    return role, tuple(theme.strip() for theme in listed.split(",") if theme.strip())
