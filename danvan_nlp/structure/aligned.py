"""Rows of a table whose columns are apart by blanks alone, its cells wrapped over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from danvan_nlp.structure.cells import is_figure, is_period, is_total
from danvan_nlp.structure.grid import Span

_PIECE = re.compile(r"\S+(?: \S+)*")
_GAP = re.compile(r"(?<=\S)\s{3,}(?=\S)")
_LOOKED_AT = 2000
_MOST = 0.6

Cells = list[list[Span]]
"""One row: for each column the pieces of its cell."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of text on one line: its columns of the page and its range in the key."""

    left: int
    right: int
    span: Span


@dataclass(slots=True)
class _Heading:
    """A header cell while it is put together: the line it begins on, its extent, its pieces."""

    line: int
    left: int
    right: int
    pieces: list[Span] = field(default_factory=list)


def is_aligned(text: str, lines: Sequence[Span]) -> bool:
    """Whether most lines fall into columns, and at least two into three or more.

    Examples
    --------
    >>> is_aligned("2015    3     6\\n2016    4     9", [(0, 15), (16, 31)])
    True
    """
    gaps = [len(_GAP.findall(text[a : min(b, a + _LOOKED_AT)].strip())) for a, b in lines]
    return sum(n > 1 for n in gaps) > 1 and sum(n > 0 for n in gaps) >= _MOST * len(gaps)


def aligned_rows(text: str, lines: Sequence[Span]) -> tuple[list[Cells], int] | None:
    """Cut aligned lines into rows of cells by where the figures stand.

    Parameters
    ----------
    text : str
        The key that the lines index.
    lines : sequence of (int, int)
        The table's lines from their first column on.

    Returns
    -------
    tuple or None
        The rows, each cell as the list of its pieces, and how many of the rows are headers; None where no line of
        figures tells the columns.

    Examples
    --------
    >>> text = "Năm     Kiểm tra    Giám sát\\n2015    3           6\\n2016    4           9"
    >>> rows, n_header = aligned_rows(text, [(0, 28), (29, 50), (51, 72)])
    >>> n_header, [[text[a:b] for cell in row for a, b in cell] for row in rows]
    (1, [['Năm', 'Kiểm tra', 'Giám sát'], ['2015', '3', '6'], ['2016', '4', '9']])
    """
    cut = [pieces for line in lines if (pieces := _pieces(text, line))]
    data = [i for i, pieces in enumerate(cut) if _is_data(text, pieces)]
    if not data:
        return None
    count = max(len(cut[i]) for i in data)
    full = [cut[i] for i in data if len(cut[i]) == count]
    if count < 2:
        return None
    columns = [(min(row[c].left for row in full), max(row[c].right for row in full)) for c in range(count)]
    if any(a[1] > b[0] for a, b in zip(columns, columns[1:], strict=False)):
        return None
    head_to = data[0]
    # The name of the first row may be wrapped above its figures.
    if head_to and _names_next(text, cut[head_to - 1], cut[head_to], columns):
        head_to -= 1
    head = _header_rows(text, cut[:head_to], columns)
    return head + _body_rows(text, cut[head_to:], columns), len(head)


def _pieces(text: str, line: Span) -> list[_Piece]:
    return [_Piece(m.start() - line[0], m.end() - line[0], m.span()) for m in _PIECE.finditer(text, *line)]


def _words(text: str, piece: _Piece) -> str:
    return text[piece.span[0] : piece.span[1]]


def _is_data(text: str, pieces: Sequence[_Piece]) -> bool:
    """Whether a line is one of figures: a period or a name, then figures."""
    if len(pieces) < 2:
        return False
    first = _words(text, pieces[0])
    figures = sum(is_figure(_words(text, piece)) for piece in pieces[1:])
    return figures > 0 and (is_period(first) or is_total(first) or figures * 2 >= len(pieces) - 1)


def _column(columns: Sequence[Span], piece: _Piece) -> int:
    """The column that a piece overlaps most, or the nearest one."""
    return max(
        range(len(columns)),
        key=lambda c: (min(columns[c][1], piece.right) - max(columns[c][0], piece.left), -c),
    )


def _goes_on(text: str, piece: _Piece) -> bool:
    opening = text[piece.span[0]]
    return opening.islower() or opening in "(;,/)"


def _names_next(text: str, above: Sequence[_Piece], row: Sequence[_Piece], columns: Sequence[Span]) -> bool:
    """Whether a line holds the beginning of the name of the row below, which goes on with a small letter."""
    if len(above) != 1 or _column(columns, above[0]) or _column(columns, row[0]):
        return False
    return _goes_on(text, row[0]) and not _goes_on(text, above[0])


def _body_rows(text: str, lines: Sequence[Sequence[_Piece]], columns: Sequence[Span]) -> list[Cells]:
    rows: list[Cells] = []
    opened = False
    for i, pieces in enumerate(lines):
        data = _is_data(text, pieces)
        goes_on = bool(rows) and not data and all(_goes_on(text, piece) for piece in pieces)
        if not (goes_on or opened):
            rows.append([[] for _ in columns])
        for piece in pieces:
            rows[-1][_column(columns, piece)].append(piece.span)
        opened = not data and i + 1 < len(lines) and _names_next(text, pieces, lines[i + 1], columns)
    return rows


def _header_rows(text: str, lines: Sequence[Sequence[_Piece]], columns: Sequence[Span]) -> list[Cells]:
    """Header rows: the lowest cell over each column, and above them the cells that name groups of columns."""
    stacks: list[list[_Heading]] = [[] for _ in columns]
    # Below the first line that has words over most columns stand the further lines of its cells.
    lowest = next((i for i, pieces in enumerate(lines) if len(pieces) > _MOST * len(columns)), len(lines))
    for number, pieces in enumerate(lines):
        for piece in pieces:
            stack = stacks[_column(columns, piece)]
            if stack and (number > lowest or _goes_on(text, piece)):
                stack[-1].right = max(stack[-1].right, piece.right)
            else:
                stack.append(_Heading(number, piece.left, piece.right))
            stack[-1].pieces.append(piece.span)
    depth = max(map(len, stacks), default=0)
    if depth == 0:
        return []
    rows = _group_rows(stacks, columns, depth)
    rows.append([stack[-1].pieces if stack else [] for stack in stacks])
    if depth > 1:
        top = min(h.line for stack in stacks if len(stack) == depth for h in stack[:1])
        for c, stack in enumerate(stacks):
            if len(stack) == 1 and stack[0].line <= top and not rows[0][c]:
                rows[0][c], rows[-1][c] = stack[0].pieces, []
    return rows


def _group_rows(stacks: Sequence[Sequence[_Heading]], columns: Sequence[Span], depth: int) -> list[Cells]:
    """The header rows above the lowest: each group's title over the first column that it covers."""
    rows: list[Cells] = []
    for level in range(depth - 1):
        groups = [c for c, stack in enumerate(stacks) if len(stack) == depth or len(stack) > 1 and level]
        row: Cells = [[] for _ in columns]
        below = max((stacks[c][0].line for c in groups), default=0)
        covered = [c for c, stack in enumerate(stacks) if c and (c in groups or stack and stack[0].line > below)]
        centred = bool(groups) and covered[:1] != groups[:1] and groups[0] > 0
        for i, c in enumerate(groups):
            first = _first_column(stacks, columns, groups, i, covered) if centred else c
            row[first] = stacks[c][max(0, level - (depth - len(stacks[c])))].pieces
        rows.append(row)
    return rows


def _first_column(
    stacks: Sequence[Sequence[_Heading]],
    columns: Sequence[Span],
    groups: Sequence[int],
    i: int,
    covered: Sequence[int],
) -> int:
    """The first column under a centred title: the first that no title before it is nearer to."""
    if i == 0:
        return covered[0]
    middles = [(stacks[c][0].left + stacks[c][0].right) / 2 for c in groups[i - 1 : i + 1]]
    between = range(groups[i - 1] + 1, groups[i] + 1)
    return next((c for c in between if sum(columns[c]) / 2 - middles[0] > middles[1] - sum(columns[c]) / 2), groups[i])
