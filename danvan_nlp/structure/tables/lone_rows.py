"""Cells with one a line read as rows of columns of known kinds: the reading whose rows are worth most."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from danvan_nlp.structure.tables.headed import cell_kind, heads, opens_header

_BULLETS = ("-", "+", "*", "•", "–")
_UNTOLD_ROW = re.compile("([ONE]?[XPTWH][UX]?)[FOWE]+")
_TITLES = ("OX", "OW", "NX", "NW", "EX")
_LONGEST_LABEL = 400
_LONGEST_HEADER = 60
_MOST_MISSING = 4
_TITLE, _WORD, _UNTOLD, _LOST, _MISSING, _HOLE = 0.5, 2.0, 2.0, 12.0, 0.5, 0.75
"""What a group's title costs, a word among figures, a row whose columns are not told, a figure in no row, an empty
cell of which nothing is left, and one that left a trace; each cell of a row that is told gains one."""


class Shape(NamedTuple):
    """What the columns hold: ordinals, so many names, units, so many values, remarks."""

    numbered: bool
    labels: int
    units: bool
    values: int
    remarks: bool

    @property
    def width(self) -> int:
        """How many columns there are."""
        return sum(self)

    @property
    def left(self) -> int:
        """How many columns stand before the values."""
        return self.width - self.values - self.remarks


class Step(NamedTuple):
    """A row read at a place: what it is worth, its length, the columns of its cells; None where they are not told."""

    worth: float
    length: int
    columns: tuple[int, ...] | None

    @property
    def is_title(self) -> bool:
        """Whether the row is one cell, the title of a group."""
        return self.length == 1 and self.columns is not None


class Stream(NamedTuple):
    """Cells, what each is, whether empty ones left a trace, which of them are sure to number a row."""

    cells: Sequence[str]
    kinds: str
    kept: bool
    ordinals: frozenset[int]


def make_stream(cells: Sequence[str]) -> Stream:
    """Say what each cell is, by itself and by those around it.

    Examples
    --------
    >>> stream = make_stream("TT|Nội dung|ĐVT|2019|1|Số đoàn|đoàn|3|2|Số cuộc kiểm tra|%|4".split("|"))
    >>> stream.kinds, sorted(stream.ordinals)
    ('CXCPOXXOOXUO', [4, 8])
    """
    kinds = "".join(map(cell_kind, cells))
    # A cell over several columns may be written for each of them.
    again = [one == two and kind in "XTP" for one, two, kind in zip(["", *cells], cells, kinds, strict=False)]
    kinds = "".join("E" if is_again else kind for kind, is_again in zip(kinds, again, strict=True))
    return Stream(cells, _with_units(cells, kinds), "" in cells, _ordinals(cells, kinds))


def _with_units(cells: Sequence[str], kinds: str) -> str:
    """The kinds, with U for a unit: words that recur, always behind a name and before a figure."""
    if not any(heads(cell, "unit") for cell in cells[:_LONGEST_HEADER]):
        return kinds
    places: dict[str, list[int]] = {}
    for i, cell in enumerate(cells):
        if kinds[i] == "X":
            places.setdefault(cell, []).append(i)
    found = list(kinds)
    for cell, at in places.items():
        inside = all(kinds[i - 1] in "XWHE" and kinds[i + 1 : i + 2] in ("F", "O", "W", "E") for i in at)
        if cell == "%" or len(at) > 1 and inside:
            for i in at:
                found[i] = "U"
    return "".join(found)


def _ordinals(cells: Sequence[str], kinds: str) -> frozenset[int]:
    """The figures that are sure to number a row: each is one more than the last, or one; a name follows.

    A dash before a name numbers a row too, and a figure in parts that goes on with the last: ``1.2`` after ``1.1``.
    """
    ordinals = set()
    number = digits = 0
    parts: list[str] = []
    for i in range(len(cells) - 1):
        if kinds[i + 1] not in "XWP" or cells[i + 1].startswith(_BULLETS):
            continue
        ordinal = cells[i].strip("().")
        if kinds[i] == "O" and "." in ordinal:
            *above, last = ordinal.split(".")
            at = len(above)
            if last == "1" or parts[:at] == above and parts[at : at + 1] == [str(int(last) - 1)]:
                ordinals.add(i)
                parts = [*above, last]
        elif kinds[i] == "O":
            digits = digits or len(ordinal) * (ordinal in ("1", "01"))
            if ordinal in ("1".zfill(digits), str(number + 1).zfill(digits)):
                ordinals.add(i)
                number = int(ordinal)
        elif cells[i] in _BULLETS:
            ordinals.add(i)
    return frozenset(ordinals)


def parse_rows(stream: Stream, shape: Shape) -> tuple[list[float], list[Step | None]]:
    """For each place what it is worth to read rows from there on, and the first of them; None where no row follows.

    Examples
    --------
    >>> stream = make_stream("2018|3|4|Cấp xã|2019|5|6".split("|"))
    >>> [step and step.columns for step in parse_rows(stream, Shape(False, 1, False, 2, False))[1]]
    [(0, 1, 2), None, None, (0,), (0, 1, 2), None, None, None]
    """
    count = len(stream.kinds)
    worth: list[float] = [0.0] * (count + 1)
    steps: list[Step | None] = [None] * (count + 1)
    for at in range(count - 1, -1, -1):
        for step in _steps(stream, at, shape, steps[at + 1]):
            total = step.worth + worth[at + step.length]
            if total > worth[at]:
                worth[at], steps[at] = total, step
    return worth, steps


def _steps(stream: Stream, at: int, shape: Shape, below: Step | None) -> Iterator[Step]:
    """The rows that may open at a place; ``below`` opens at the next."""
    kinds, width = stream.kinds, shape.width
    # A figure, or the header of units, opens no row that has a name.
    longest = 0 if shape.labels and kinds[at] in "FCU" else min(width, len(kinds) - at)
    for length in range(longest, max(width - _MOST_MISSING, 0), -1):
        columns = _columns(kinds[at : at + length], shape)
        if columns is not None and (worth := _worth(stream, at, columns, shape)) is not None:
            yield Step(worth, length, columns)
    if at + width <= len(kinds) and _counts_columns(stream.cells[at : at + width]):
        yield Step(0.0, width, tuple(range(width)))
    if shape.numbered and kinds[at : at + 2] in _TITLES:
        yield Step(-_TITLE, 2, (0, 1))
    twice = below is not None and below.is_title
    if kinds[at] in "XH" and shape.labels and not (twice or opens_header(stream.cells[at])):
        yield Step(-_TITLE, 1, (int(shape.numbered),))
    if row := _UNTOLD_ROW.match(kinds, at, at + width):
        end = next((i for i in range(row.end(1), row.end()) if shape.numbered and i in stream.ordinals), row.end())
        for last in range(max(end - 3, row.end(1) + 1), end + 1):
            yield Step(-_UNTOLD, last - at, None)
    if kinds[at] in "FONWE":
        yield Step(-_LOST / 2 if kinds[at] == "E" else -_LOST, 1, None)


def _counts_columns(row: Sequence[str]) -> bool:
    """Whether a row only counts the columns: ``A | B | 1 | 2``, ``(1) | (2) | (3)``."""
    counts = [cell.strip("()") for cell in row if cell.strip("()") not in ("A", "B", "C")]
    first = int(counts[0]) if len(counts) > 2 and counts[0].isdecimal() else 0
    return first in (1, len(row) - len(counts) + 1) and counts == [str(first + i) for i in range(len(counts))]


def _columns(kinds: str, shape: Shape) -> tuple[int, ...] | None:
    """The columns of a row's cells, where their kinds allow one reading alone; None where they are no such row."""
    spare = shape.width - len(kinds)
    if shape.numbered and kinds[:2] == "TE":
        # The total's name stands in the ordinals' column, merged with its own.
        rest = _columns(kinds[2:], shape._replace(numbered=False, labels=0))
        return rest and (1, 0, *(column + 2 for column in rest))
    name = "XPTWHE" if shape.labels == 2 or shape.units else "XPTWH"
    stub = (
        ["ONE"] * shape.numbered + [name] * (shape.labels > 0) + ["XWHE"] * (shape.labels > 1) + ["UXE"] * shape.units
    )
    columns: list[int] = []
    for column, allowed in enumerate(stub):
        at = len(columns)
        if kinds[at : at + 1] and kinds[at] in allowed and not (spare and kinds[at] == "E" and allowed == "UXE"):
            columns.append(column)
        elif spare and allowed != name:
            spare -= 1
        else:
            return None
    values = kinds[len(columns) :][: shape.values]
    if len(values) < shape.values or not (
        set(kinds[len(columns) :]).isdisjoint("HCN") and set(values).isdisjoint("TU")
    ):
        return None
    columns += range(shape.left, shape.left + shape.values)
    if len(columns) < len(kinds):
        columns.append(shape.width - 1)
    elif shape.remarks:
        spare -= 1
    return tuple(columns) if not spare and len(columns) == len(kinds) else None


def _worth(stream: Stream, at: int, columns: tuple[int, ...], shape: Shape) -> float | None:
    """What a row is worth; None where its cells say that it is none."""
    row = list(zip(range(at, at + len(columns)), columns, strict=True))
    stub = [i for i, column in row if column < shape.left]
    values = "".join(stream.kinds[i] for i, column in row if shape.left <= column < shape.left + shape.values)
    remark = row[-1][0] if shape.remarks and columns[-1] == shape.width - 1 else None
    misread = shape.numbered and len(stream.ordinals.intersection(i for i, column in row if column >= shape.left))
    if {stream.kinds[i] for i in stub} == {"E"} or any(len(stream.cells[i]) > _LONGEST_LABEL for i in stub):
        return None
    if remark and stream.cells[remark].startswith(_BULLETS) or "P" in values and stream.kinds[at] in "PT":
        return None
    if not stream.kept:
        # Without a trace of empty cells words before a figure are rather the name of the next row, a year its label.
        numbers_next = misread or remark and stream.kinds[remark] == "O"
        remarked = shape.remarks and remark is None and values.endswith("X")
        if numbers_next or remarked or "P" in values or "X" in values.rstrip("X"):
            return None
    words = sum(kind in "XP" for kind in values)
    figures = sum(kind in "FOW" for kind in values)
    whole, numbered = len(columns) == shape.width, shape.numbered and stream.kinds[at] in "ON"
    if not figures and not words:
        return len(columns) / 2 if whole else None
    if words > figures and not (numbered and whole):
        return None
    unsure = numbered and stream.cells[at].strip("().").isdecimal() and at not in stream.ordinals
    odd = words + unsure + 2 * misread + (remark is not None and stream.kinds[remark] == "U")
    odd += shape.units and not any(stream.kinds[i] == "U" for i in stub)
    return len(columns) - _HOLE * values.count("E") - _WORD * odd - _MISSING * (shape.width - len(columns))
