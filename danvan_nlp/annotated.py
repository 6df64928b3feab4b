"""The project's annotated reports: a text and its units, written so that they diff and read well (corpora/README.md).

One unit a line: ``[themes] text`` for a sentence, ``[footnote:themes]``, ``[heading]``, ``[admin]``, ``[table]``. A
``+`` before the bracket means that the unit stands on the line of the one before it. ``⏎`` and ``⇥`` stand for a line
break and a TAB inside a unit. Beneath a unit, set in, stand its references and then the relations between them::

    [] Kế hoạch số 12-KH/TU, ngày 11/12/2015 về thực hiện Kết luận số 114-KL/TW.
        @ Kế hoạch số 12-KH/TU = kế hoạch 12 KH/TU, 2015-12-11 -> 12-KH/TU@son-vi@2015
        @ Kết luận số 114-KL/TW = kết luận 114 KL/TW -> 114-KL/TW@TW@2015
        @@ Kế hoạch số 12-KH/TU implements Kết luận số 114-KL/TW
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast, get_args

from danvan_nlp.errors import DataError
from danvan_nlp.types import Kind, RelationType, Role

_FRONT = re.compile(r"\+\+\+\n(.*?)\n\+\+\+\n", re.DOTALL)
_LINE = re.compile(r"(\+?)\[([a-z0-9_:, ]*)\] ?(.*)$")
_NOTE = re.compile(r"    (@@?) (.+)$")
_SIGNS = str.maketrans({"⏎": "\n", "⇥": "\t"})
_ROLES: dict[str, Role] = {"heading": "heading", "admin": "admin", "table": "table", "footnote": "footnote"}
# "@ Nghị định số 04/2015/NĐ-CP = nghị định 4/2015 NĐ-CP, 2015-01-09 -> 4-NĐ-CP@CP@2015"
_REFERENCE = re.compile(r"(?P<surface>.+) = (?P<states>[^=]+?)(?: -> (?P<target>\S+))?", re.DOTALL)
_STATES = re.compile(
    r"(?:(?P<kind>short|anaphor|self) )?(?P<type>[^\d,]+?)"
    r"(?: (?P<number>\d+[a-zđ]?)(?:/(?P<year>\d{4}))?(?: (?P<symbol>[^\s,]+))?)?"
    r"(?:, (?P<date>\d{4}(?:-\d\d(?:-\d\d)?)?))?"
)
_RELATION = re.compile(rf"(?P<source>.+?) (?P<type>{'|'.join(get_args(RelationType))}) (?P<target>.+)", re.DOTALL)
_NTH = re.compile(r"(?P<surface>.+?)(?:#(?P<nth>\d+))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class AnnotatedUnit:
    """One unit of an annotated report: its range in the text, its role and its themes."""

    start: int
    end: int
    role: Role
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedReference:
    """A mention of a directive: what it states, and the directive that it means (None where no reader can tell)."""

    start: int
    end: int
    kind: Kind
    type: str
    number: str | None
    symbol: str | None
    year: str | None
    date: str | None
    target: str | None


@dataclass(frozen=True, slots=True)
class AnnotatedRelation:
    """One document acts on another: indexes into the report's references, ``source`` None for the report itself."""

    source: int | None
    target: int
    type: RelationType


@dataclass(frozen=True, slots=True)
class AnnotatedReport:
    """An annotated report: its plain text, its units in order, and what its front matter says.

    ``references`` and ``relations`` are empty where ``about`` does not hold ``references = true``.
    """

    name: str
    text: str
    units: tuple[AnnotatedUnit, ...]
    about: dict[str, Any]
    references: tuple[AnnotatedReference, ...] = ()
    relations: tuple[AnnotatedRelation, ...] = ()


def read_annotated(path: str | os.PathLike[str]) -> AnnotatedReport:
    """Read one annotated report.

    Parameters
    ----------
    path : path-like
        A file of ``corpora/annotated``.

    Returns
    -------
    AnnotatedReport
        The report's text as a file would hold it, with its units, references and relations.

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
    draft = _Draft()
    for number, line in enumerate(raw[front.end() :].rstrip("\n").split("\n"), front[0].count("\n") + 1):
        try:
            draft.read(line)
        except ValueError as error:
            raise DataError(f"{path}, line {number}: {error}") from None
    return AnnotatedReport(
        path.stem,
        "".join(draft.pieces) + "\n",
        tuple(draft.units),
        tomllib.loads(front[1]),
        tuple(draft.references),
        tuple(draft.relations),
    )


@dataclass(slots=True)
class _Draft:
    """A report as far as its lines were read."""

    pieces: list[str] = field(default_factory=list)
    units: list[AnnotatedUnit] = field(default_factory=list)
    references: list[AnnotatedReference] = field(default_factory=list)
    relations: list[AnnotatedRelation] = field(default_factory=list)
    at: int = 0

    def read(self, line: str) -> None:
        """Take one line; a ValueError says what is wrong with it."""
        if note := _NOTE.fullmatch(line):
            read = self._reference if note[1] == "@" else self._relation
            read(note[2].translate(_SIGNS))
        elif (unit := _LINE.match(line)) and unit[3].strip():
            self._text(" " if unit[1] else "\n", unit[3].translate(_SIGNS))
            self.units.append(AnnotatedUnit(self.at - len(self.pieces[-1]), self.at, *_role(unit[2])))
        elif not line.strip():
            self._text("\n", "")
        else:
            raise ValueError(f"wants '[themes] text', has {line[:40]!r}")

    def _text(self, between: str, body: str) -> None:
        self.pieces += [between, body] if self.pieces else [body]
        self.at += len(body) + (len(between) if len(self.pieces) > 1 else 0)

    def _reference(self, note: str) -> None:
        written = _REFERENCE.fullmatch(note)
        states = _STATES.fullmatch(written["states"]) if written else None
        if written is None or states is None:
            raise ValueError(f"wants '@ words = type number symbol, date -> target', has {note!r}")
        start, end = self._place(written["surface"])
        if self.references and start < self.references[-1].end:
            raise ValueError(f"{written['surface']!r} stands before the end of the reference above it")
        self.references.append(
            AnnotatedReference(
                start=start,
                end=end,
                kind=cast(Kind, states["kind"] or "full"),
                type=states["type"],
                number=states["number"],
                symbol=states["symbol"],
                year=states["year"] or (states["date"] or "")[:4] or None,
                date=states["date"],
                target=written["target"],
            )
        )

    def _relation(self, note: str) -> None:
        written = _RELATION.fullmatch(note)
        if written is None:
            raise ValueError(f"wants '@@ words relation words', has {note!r}")
        source = None if written["source"] == "report" else self._index(written["source"])
        kind = cast(RelationType, written["type"])
        self.relations.append(AnnotatedRelation(source, self._index(written["target"]), kind))

    def _place(self, words: str) -> tuple[int, int]:
        """Where words of the last unit stand; ``#2`` after them means their second place in it."""
        match = cast(re.Match[str], _NTH.fullmatch(words))
        surface, unit = match["surface"], self.pieces[-1] if self.pieces else ""
        at = -1
        for _ in range(int(match["nth"] or 1)):
            at = unit.find(surface, at + 1)
            if at < 0:
                raise ValueError(f"{words!r} does not stand in the unit above")
        start = self.at - len(unit) + at
        return start, start + len(surface)

    def _index(self, words: str) -> int:
        place = self._place(words)
        for index in range(len(self.references) - 1, -1, -1):
            if (self.references[index].start, self.references[index].end) == place:
                return index
        raise ValueError(f"{words!r} is no reference of the unit above")


def _role(tag: str) -> tuple[Role, tuple[str, ...]]:
    kind, _, themes = tag.partition(":")
    role = _ROLES.get(kind, "sentence")
    listed = themes if role == "footnote" else tag if role == "sentence" else ""
    return role, tuple(theme.strip() for theme in listed.split(",") if theme.strip())
