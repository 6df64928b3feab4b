"""Tables with one cell a line, cut into rows: as many columns as let the kinds of cells repeat from row to row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, combinations, pairwise
from typing import NamedTuple

from danvan_nlp.language.key import fold
from danvan_nlp.structure.tables.cells import is_period
from danvan_nlp.structure.tables.headed import cell_kind, heads, opens_header
from danvan_nlp.structure.tables.heads import head_cost
from danvan_nlp.structure.tables.lone_rows import Shape, Step, Stream, make_stream, parse_rows

_VALUES = re.compile("(?<=[XPTWUH])[FOEW]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WIDEST = 24
_LONGEST_HEADER = 60
_FURTHEST = 3000
_SAMPLE = 180
_TRIED = 5
_KEPT = 64
_UNSURE = 2
_FLAT, _SECOND, _LONE_TITLE, _LONE_ROW, _NOTHING = 1.0, 1.0, 1.0, 2.0, 1e6
_LONG_ROW, _APART, _THIRD = 0.2, 2.0, 3.0
Row = list[int | None]
"""The cell of each column; None where an empty cell left no trace."""


class LoneTable(NamedTuple):
    """A table among cells: the rows of its header, its rows, the cells whose columns are not told, where it ends."""

    head: list[Row]
    rows: list[Row]
    untold: list[int]
    end: int


def lone_table(cells: Sequence[str]) -> LoneTable | None:
    """Read the table whose header opens with the first cell; None where no number of columns fits.

    Parameters
    ----------
    cells : sequence of str
        The cells in the order of the text, empty ones too where they left a trace; those behind the table are left.

    Examples
    --------
    >>> table = lone_table("TT|Nội dung|2018|2019|I|Kiểm tra|1|Số đoàn|3|4|2|Số cuộc|7|9|Cộng|10|13".split("|"))
    >>> table.rows
    [[4, 5, None, None], [6, 7, 8, 9], [10, 11, 12, 13], [None, 14, 15, 16]]
    """
    return _lone_table(tuple(cells[:_FURTHEST]))


@lru_cache(maxsize=_KEPT)
def _lone_table(cells: tuple[str, ...]) -> LoneTable | None:
    stream = make_stream(cells)
    found = max(_readings(stream), key=lambda reading: reading[0], default=None)
    if found is None:
        return None
    _, shape, first = found
    if not stream.kept and stream.kinds[first] == "P" and "P" in stream.kinds[:first]:
        # Rows that periods name, the first of them above what was taken for the first.
        return None
    head = _head_rows(stream.cells[:first], shape)
    rows, untold, end = _cut(stream, shape, first)
    figures = sum(stream.kinds[i] in "FOW" for row in rows for i in row[shape.numbered + 1 :] if i is not None)
    # Where empty cells leave no trace and many rows are not told, the others are not sure either.
    doubt = sum(stream.kinds[i] in "FOW" for i in untold) * (1 if stream.kept else _UNSURE)
    if head is None or not rows or doubt > figures:
        return None
    return LoneTable(head, rows, untold, end)


def _readings(stream: Stream) -> Iterator[tuple[float, Shape, int]]:
    """The ways to tell the header from the rows and what the columns hold: the worth, the shape, the first row."""
    sample = stream._replace(cells=stream.cells[:_SAMPLE], kinds=stream.kinds[:_SAMPLE])
    header = sample.cells[: re.search("[FW]|$", sample.kinds).start()][:_LONGEST_HEADER]  # type: ignore[union-attr]
    if not header:
        return
    named, units = opens_header(header[0]), any(heads(cell, "unit") for cell in header)
    runs = Counter(map(len, _VALUES.findall(sample.kinds))).most_common(_TRIED)
    counts = {run - spare for run, _ in runs for spare in range(3) if 0 < run - spare < _WIDEST}
    for labels in range(named, 2 if units else 3):
        for values in sorted(counts):
            remarks = any(heads(cell, "remark") for cell in header)
            shape = Shape(heads(header[0], "ordinal"), labels, units and labels > 0, values, remarks)
            worth, steps = parse_rows(sample, shape)
            for first, cost in _headers(sample, shape):
                if worth[first] > 0:
                    doubt = cost + _SECOND * (labels == 2) + _doubt(shape, steps, first, named)
                    yield worth[first] - doubt, shape, first


def _headers(stream: Stream, shape: Shape) -> Iterator[tuple[int, float]]:
    """Where the first row may stand, and what is against the cells above it as a header."""
    cost = 0.0
    for first in range(1, min(len(stream.cells), _LONGEST_HEADER)):
        kind = stream.kinds[first - 1]
        if kind in "FHNO" or stream.cells[first - 1].endswith((".", ";")):
            return
        cost += kind == "W"
        kinds = stream.kinds[:first]
        periods = len({cell for cell, is_one in zip(stream.cells, kinds, strict=False) if is_one in "PT"})
        # Each merged cell stands over two or more, so that fewer of these than columns are in a header.
        if shape.width - 1 <= first - kinds.count("E") < 2 * shape.width and periods <= shape.values:
            yield first, cost - _FLAT * (first == shape.width and "E" not in kinds[1:])


def _doubt(shape: Shape, steps: Sequence[Step | None], first: int, named: bool) -> float:
    """What the rows from a place on say against their shape."""
    rows = []
    at = first
    while step := steps[at]:
        rows.append(step)
        at += step.length
    told = [step.columns for step in rows if step.columns and len(step.columns) > 2]
    second = sum(shape.numbered + 1 in columns for columns in told)
    if not told or shape.labels == 2 and second * 2 <= len(told):
        return _NOTHING
    # Rows that open with a group's title, though none of the others is one: rather the header's last cell.
    titled = rows[0].is_title and not any(row.is_title for row in rows[2:])
    return _LONE_TITLE * titled + _LONE_ROW * (len(told) == 1 and not named and shape.labels > 0)


def _cut(stream: Stream, shape: Shape, first: int) -> tuple[list[Row], list[int], int]:
    """The rows, the cells whose columns are not told, and where the table ends; its header may recur."""
    steps = parse_rows(stream, shape)[1]
    rows: list[Row] = []
    untold: list[int] = []
    at = first
    while at < len(stream.cells):
        step = steps[at]
        if step is None:
            if stream.cells[at : at + first] != stream.cells[:first]:
                break
            at += first
            continue
        if step.columns is None:
            untold += range(at, at + step.length)
        else:
            row: Row = [None] * shape.width
            for i, column in enumerate(step.columns, at):
                again = stream.kinds[i] == "E" and cell_kind(stream.cells[i]) != "E"
                row[column] = None if again else i
            rows.append(row)
        at += step.length
    return rows, untold, at


def _head_rows(cells: Sequence[str], shape: Shape) -> list[Row] | None:
    """The rows of a header: each merged cell written once, or for each column that it covers."""
    width, count = shape.width, len(cells)
    whole: Row = list(range(count))
    if count == width:
        unit = next((i for i, cell in enumerate(cells) if shape.units and heads(cell, "unit")), shape.left - 1)
        remark = next((i for i, cell in enumerate(cells) if heads(cell, "remark")), width - 1)
        return [whole] if (unit, remark) == (shape.left - 1, width - 1) else None
    if count == width - 1:
        # Nothing is left of the empty corner, or the names' header covers both their columns.
        corner = shape.numbered + (shape.labels == 2)
        return [[*whole[:corner], None, *whole[corner:]]]
    if count % width == 0 and fold(cells[0]) == fold(cells[width]):
        return [whole[i : i + width] for i in range(0, count, width)]
    best: tuple[float, list[Row]] | None = None
    for depth in (1, 2):
        ways = [[whole[a:b] for a, b in pairwise((0, *edges, count))] for edges in _ways(cells, shape, depth)]
        texts = [[[cells[a] for a in range(row[0] or 0, (row[-1] or 0) + 1)] for row in way] for way in ways]
        likely = sorted(zip(texts, ways, strict=True), key=lambda way: -_likeness(way[0]))
        for text, way in likely[:_TRIED]:
            cost = head_cost(text, width)
            if cost is None:
                continue
            cost += _THIRD * (depth == 2) - _likeness(text)
            if best is None or cost < best[0]:
                best = (cost, way)
    return best and best[1]


def _ways(cells: Sequence[str], shape: Shape, depth: int) -> Iterator[tuple[int, ...]]:
    """Where the lower rows of a header may open.

    Behind the headers of ordinals, names and units, right behind that of remarks, and not between periods that rise.
    """
    traced = [i for i in range(1, len(cells)) if not cells[i] and cells[i - 1]]
    remark = next((i for i, cell in enumerate(cells) if shape.remarks and heads(cell, "remark")), None)
    named = max((i for i, cell in enumerate(cells) if heads(cell, "ordinal", "unit")), default=0)
    fewest = max(named, shape.left - (shape.labels == 2), 1) + 1
    opens = traced or [i for i in range(fewest, len(cells)) if not _rises(cells[i - 1], cells[i])]
    for edges in combinations(opens, depth):
        if traced or remark is None or edges[0] == remark + 1:
            yield edges


def _rises(one: str, two: str) -> bool:
    """Whether two cells are periods one after the other: no row of a header ends between them."""
    years = [_YEAR.search(cell) for cell in (one, two) if is_period(cell)]
    return len(years) == 2 and years[0] is not None and years[1] is not None and years[0][0] < years[1][0]


def _likeness(rows: Sequence[Sequence[str]]) -> float:
    """How well cells of a header are parted into rows.

    Many cells only repeat others of their row (``Số đoàn, Số cuộc`` below each of two groups), those of one name stand
    in one row, few stand in the first.
    """
    apart = sum(len(set(row) - {""}) for row in rows) - len({*chain(*rows)} - {""})
    worth = -_LONG_ROW * len(rows[0]) - _APART * apart
    for row in rows[1:]:
        periods = (p for p in range(1, len(row)) if len(row) % p == 0 and row[p:] == row[:-p])
        worth += len(row) - next(periods, len(row))
    return worth
