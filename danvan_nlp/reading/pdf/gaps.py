"""Tables without rules: rows of figures told by the gaps between their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from danvan_nlp.reading.pdf.grids import RuledTable
from danvan_nlp.reading.pdf.lines import Line
from danvan_nlp.reading.tables import table_lines

_FIGURE = re.compile(r"(?=.*\d)[\d.,%/()+\s-]{1,24}")
_COLUMN_GAP = 1.2
_NEAR = 3.0
_TALLEST_HEAD = 6
_FEWEST_ROWS = 2

_Row = list[Line]
_Columns = list[tuple[float, float]]


def gap_tables(lines: Sequence[Line]) -> list[RuledTable]:
    """The tables that lines make by standing in columns: at least two rows of figures, and the head above them.

    Parameters
    ----------
    lines : sequence of Line
        The lines of a page that stand in no ruled table.
    """
    if sum(bool(line.gaps or _FIGURE.fullmatch(line.text)) for line in lines) < _FEWEST_ROWS:
        return []
    order = sorted(lines, key=lambda line: (-round(line.y), line.x0))
    rows = [[part for line in row for part in _cut(line)] for _, row in groupby(order, lambda line: round(line.y / 2))]
    tables: list[RuledTable] = []
    at = 0
    while at < len(rows):
        end = _end_of_block(rows, at)
        if end is None:
            at += 1
            continue
        columns = _columns(row for row in rows[at:end] if _is_data(row))
        first = _start_of_head(rows, at, columns)
        tables.append(_table(rows[first:at], rows[at:end], columns))
        at = end
    return tables


def _cut(line: Line, columns: _Columns | None = None) -> list[Line]:
    """The parts of a line: at wide gaps, or at any gap that parts columns."""
    if not line.gaps:
        return [line]
    places = [0]
    edges = [line.x0]
    for i, left, right in line.gaps:
        if columns is None:
            parts = right - left > _COLUMN_GAP * line.size
        else:
            parts = any(a[1] < right and left < b[0] for a, b in pairwise(columns))
        if parts:
            places.append(i)
            edges += [left, right]
    ends = [*places[1:], len(line.text)]
    edges.append(line.x1)
    return [
        replace(line, text=line.text[a:b].strip(), x0=edges[2 * k], x1=edges[2 * k + 1], gaps=())
        for k, (a, b) in enumerate(zip(places, ends, strict=True))
    ]


def _is_data(row: _Row) -> bool:
    figures = sum(bool(_FIGURE.fullmatch(part.text)) for part in row[1:])
    return len(row) > 1 and figures > 0 and 2 * figures >= len(row) - 1


def _end_of_block(rows: Sequence[_Row], at: int) -> int | None:
    """Where the block of rows of figures that begins at a row ends; None where there is none."""
    if not _is_data(rows[at]):
        return None
    end, count = at + 1, 1
    for i in range(at + 1, len(rows)):
        if rows[i - 1][0].y - rows[i][0].y > _NEAR * rows[i][0].size or i - end > 1:
            break
        if _is_data(rows[i]):
            end, count = i + 1, count + 1
    while end < len(rows) and _goes_on(rows, end):
        end += 1
    return end if count >= _FEWEST_ROWS else None


def _goes_on(rows: Sequence[_Row], i: int) -> bool:
    """Whether a row is the rest of the label above."""
    row, above = rows[i], rows[i - 1]
    near = above[0].y - row[0].y < 1.5 * row[0].size
    return near and len(row) == 1 and row[0].text[:1].islower() and row[0].x1 < above[-1].x0


def _columns(rows: Iterator[_Row]) -> _Columns:
    columns: _Columns = []
    for left, right in sorted((part.x0, part.x1) for row in rows for part in row):
        if columns and left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _start_of_head(rows: list[_Row], at: int, columns: _Columns) -> int:
    """Where the head begins; its rows are cut at the columns."""
    first = at
    for i in range(at - 1, max(at - 1 - _TALLEST_HEAD, -1), -1):
        if rows[i][0].y - rows[i + 1][0].y > _NEAR * rows[i][0].size:
            break
        parts = [part for line in rows[i] for part in _cut(line, columns)]
        places = [_place(part, columns) for part in parts]
        if len(set(places)) < len(places) or any(map(_is_long, parts)):
            break
        rows[i] = parts
        if len(parts) > 1:
            first = i
    return first


def _is_long(part: Line) -> bool:
    return len(part.text) > 40


def _place(part: Line, columns: _Columns) -> int:
    """The column that a part stands in, or is nearest to."""
    centre = part.centre
    return min(range(len(columns)), key=lambda k: abs(sum(columns[k]) / 2 - centre))


def _table(head: Sequence[_Row], body: Sequence[_Row], columns: _Columns) -> RuledTable:
    texts: list[list[list[str]]] = [[[] for _ in columns]] if head else []
    for row in head:
        for part in row:
            texts[0][_place(part, columns)].append(part.text)
    for row in body:
        cells: list[list[str]] = [[] for _ in columns]
        for part in row:
            k = 0 if part is row[0] and part.x0 < columns[1][0] else _place(part, columns)
            cells[k].append(part.text)
        alone = len(row) == 1 and not _is_data(row)
        if alone and cells[0] and cells[0][0][:1].islower() and len(texts) > bool(head):
            texts[-1][0] += cells[0]
        else:
            texts.append(cells)
    lines = [part for row in (*head, *body) for part in row]
    box = (
        min(part.x0 for part in lines),
        min(part.y for part in lines),
        max(part.x1 for part in lines),
        max(part.y + part.size for part in lines),
    )
    return RuledTable(box, tuple(table_lines(texts)))
