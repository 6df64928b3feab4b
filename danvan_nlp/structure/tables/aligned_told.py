"""Rows of aligned tables whose columns are told: by a rule of dashes, or by cells that begin one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from danvan_nlp.structure.tables.aligned_columns import (
    Cells,
    Line,
    blank_between,
    goes_on,
    nearest,
    pieces_of,
    texts,
)
from danvan_nlp.structure.tables.aligned_glued import parted
from danvan_nlp.structure.tables.cells import Span

DASHES = re.compile(r"\s*-{2,}(?: +-{2,})+\s*")
_DASH = re.compile("-+")
_MARKS = "*\\ "


def dashed_rows(text: str, lines: Sequence[Span]) -> list[Cells]:
    """Rows whose columns a rule of dashes tells: each ends with its line, or at the blank line below it."""
    columns: list[Span] = []
    for line in lines:
        if DASHES.fullmatch(text, *line):
            columns = [m.span() for m in _DASH.finditer(text[line[0] : line[1]])]
    full = [pieces for line in lines if (pieces := pieces_of(text, line))]
    if not full:
        return []
    cut = [parted(text, line, columns, ()) for line in full]
    blanks = [blank_between(text, a, b) for a, b in pairwise(full)]
    return _rows(text, cut, columns, [True, *(blank or not any(blanks) for blank in blanks)])


def is_closed(text: str, lines: Sequence[Line], columns: Sequence[Span]) -> bool:
    """Whether the rows of a header, their merged cells written once, each begin in the first column."""
    edges = {left for left, _ in columns}
    rows = [line for line in lines if line[0].left == columns[0][0] and not all(map(goes_on, texts(text, line)))]
    flush = all(piece.left in edges for line in lines for piece in line)
    return len(rows) > 1 and flush and all(len(line) < len(columns) for line in rows)


def closed_rows(text: str, lines: Sequence[Line], body: int, columns: Sequence[Span]) -> list[Cells]:
    """Rows that end where their last cell does, the cells of one column below each other."""
    cut = [parted(text, line, columns, ()) for line in lines]
    opens = [
        line[0].left == columns[0][0] if i < body else not all(map(goes_on, texts(text, line)))
        for i, line in enumerate(cut)
    ]
    rows = _rows(text, cut, columns, opens)
    return [row[: _cells_to(text, row, columns)] for row in rows]


def _cells_to(text: str, row: Cells, columns: Sequence[Span]) -> int:
    """How many columns the line of a row reaches, the blanks at its end with it."""
    start = min(cell[0] for cell in row if cell)[0]
    begin, end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    length = (end if end >= 0 else len(text)) - begin
    return sum(left < length for left, _ in columns)


def _rows(text: str, lines: Sequence[Line], columns: Sequence[Span], opens: Sequence[bool]) -> list[Cells]:
    """Lines put together to rows, each line that ``opens`` one or goes on with it."""
    rows: list[Cells] = []
    for line, fresh in zip(lines, opens, strict=True):
        if fresh or not rows:
            rows.append([[] for _ in columns])
        for piece in line:
            start, end = piece.span
            # Without the marks of Markdown.
            bare = text[start:end].lstrip(_MARKS)
            start = end - len(bare)
            end = start + len(bare.rstrip(_MARKS))
            rows[-1][nearest(columns, piece.extent)] += [(start, end)] if start < end else []
    return rows
