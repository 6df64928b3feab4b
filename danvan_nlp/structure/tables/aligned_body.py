"""The rows below the header of a table whose columns are apart by blanks alone: which lines make one row."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import pairwise
from typing import NamedTuple

from danvan_nlp.structure.lines.split import is_upper
from danvan_nlp.structure.tables.aligned_columns import ORDINAL, Cells, Piece, goes_on, nearest, overlap
from danvan_nlp.structure.tables.cells import Span, is_figure

_TALLEST = 10
_MOSTLY = 0.5
_SLACK = 0.15
_ROW, _WRAPPED, _APART, _OPENS_SMALL = 1.0, 1.2, 3.0, 2.0
_ORDINALS, _LONE, _NAMELESS, _UNNUMBERED = 4.0, 2.0, 1.5, 1.0
_BLANK, _OFF = 1.5, 0.2


class Words(NamedTuple):
    """A piece of a line in its column."""

    column: int
    piece: Piece
    text: str
    figure: bool


Placed = list[Words]


def body_rows(
    text: str, lines: Sequence[Sequence[Piece]], blanks: Sequence[bool], columns: Sequence[Span]
) -> list[Cells]:
    """Put lines together to rows, so that wrapped cells are whole and each row has one name.

    Parameters
    ----------
    text : str
        The key that the pieces index.
    lines : sequence of sequence of Piece
        The pieces of each line, none of them in more than one column.
    blanks : sequence of bool
        For each line whether a blank one stands above it.
    columns : sequence of (int, int)
        The extents of the columns.

    Examples
    --------
    >>> text = "Số cuộc kiểm\\n                 5\\ntra"
    >>> lines = [[Piece(0, 12, (0, 12))], [Piece(17, 18, (30, 31))], [Piece(0, 3, (32, 35))]]
    >>> body_rows(text, lines, [False] * 3, [(0, 12), (17, 18)])
    [[[(0, 12), (32, 35)], [(30, 31)]]]
    """
    names, numbered = names_column(text, lines, columns)
    placed = [_placed(text, pieces, columns, names) for pieces in lines]
    extents = []
    for c, (left, right) in enumerate(columns):
        # Titles run over the columns beside that of the names.
        mine = [w.piece for line in placed for w in line if w.column == c and (c > 1 or len(line) > 1)]
        extents.append((min((p.left for p in mine), default=left), max((p.right for p in mine), default=right)))
    blocks = _blocks(placed, blanks, extents, names)
    if not numbered:
        _raise_merged(blocks, names)
    rows: list[Cells] = []
    for block in blocks:
        rows.append([[] for _ in columns])
        for line in block:
            for words in line:
                rows[-1][words.column].append(words.piece.span)
    return rows


def names_column(text: str, lines: Sequence[Sequence[Piece]], columns: Sequence[Span]) -> tuple[int, bool]:
    """Which column names the rows, the first or the second, and whether the first one numbers them.

    Examples
    --------
    >>> names_column("1  Số đoàn  5", [[Piece(0, 1, (0, 1)), Piece(3, 10, (3, 10))]], [(0, 1), (3, 10), (12, 13)])
    (1, True)
    """
    first = [text[p.span[0] : p.span[1]] for line in lines for p in line if nearest(columns, p.extent) == 0]
    if first and sum(ORDINAL.fullmatch(words) is not None for words in first) > _MOSTLY * len(first):
        return 1, True
    return max(range(min(2, len(columns))), key=lambda c: columns[c][1] - columns[c][0]), False


def _placed(text: str, pieces: Sequence[Piece], columns: Sequence[Span], names: int) -> Placed:
    """The pieces of a line in their columns; a title over several of these names its row."""
    placed = []
    for piece in pieces:
        words = text[piece.span[0] : piece.span[1]]
        placed.append(Words(nearest(columns, piece.extent), piece, words, is_figure(words)))
    last = placed[-1]
    alone = all(ORDINAL.fullmatch(words.text) for words in placed[:-1]) and len(placed) <= names + 1
    wide = sum(overlap(column, last.piece.extent) for column in columns[names:]) > 1
    if alone and wide and not last.figure:
        placed[-1] = last._replace(column=names)
    return placed


def _blocks(lines: Sequence[Placed], blanks: Sequence[bool], columns: Sequence[Span], names: int) -> list[list[Placed]]:
    """The lines of each row: the way to part them that costs least, with a blank line at no place or at most."""
    if sum(blanks[1:]) > _MOSTLY * len(lines[1:]):
        cuts = [0, *(i for i, blank in enumerate(blanks) if i and blank), len(lines)]
        parts = [(lines[a:b], [False] * (b - a)) for a, b in pairwise(cuts)]
        return [block for part, none in parts for block in _blocks(part, none, columns, names)]
    small = {c for c in range(len(columns)) if _opens_small([w for line in lines for w in line if w.column == c])}
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(lines) + 1):
        ways = []
        for start in range(max(0, end - _TALLEST), end):
            cost = _cost(lines[start:end], columns, names, small) + _BLANK * sum(blanks[start + 1 : end])
            ways.append((best[start][0] + cost, start))
        best.append(min(ways))
    blocks: list[list[Placed]] = []
    end = len(lines)
    while end:
        blocks.insert(0, list(lines[best[end][1] : end]))
        end = best[end][1]
    return blocks


def _opens_small(cells: Sequence[Words]) -> bool:
    """Whether most cells of a column open small, as units do."""
    return sum(goes_on(words.text) for words in cells) > _MOSTLY * len(cells)


def _cost(block: Sequence[Placed], columns: Sequence[Span], names: int, small: Container[int]) -> float:
    """How little lines look like one row."""
    cost = _ROW
    at: dict[int, list[tuple[int, Words]]] = {}
    for i, line in enumerate(block):
        for words in line:
            at.setdefault(words.column, []).append((i, words))
    for c, cells in at.items():
        cost += sum(_join_cost(a, b, columns[c], c <= names) for (i, a), (j, b) in pairwise(cells) if i < j)
    if names == 1 and 0 in at:
        cost += _ORDINALS * (sum(ORDINAL.fullmatch(w.text) is not None for _, w in at[0]) > 1)
        cost += _LONE * (len(at) == 1)
    cost += _OPENS_SMALL * any(goes_on(cells[0][1].text) for c, cells in at.items() if c not in small)
    cost += _NAMELESS * (names not in at)
    if set(at) == {names} and names == 1 and at[names][0][1].text[0].isalnum():
        cost += _UNNUMBERED
    centre = (len(block) - 1) / 2
    middles = [abs((cells[0][0] + cells[-1][0]) / 2 - centre) for cells in at.values()]
    tops = [cells[0][0] for cells in at.values()]
    return cost + _OFF * min(sum(middles), sum(tops))


def _join_cost(upper: Words, lower: Words, column: Span, names: bool) -> float:
    """How little a piece looks like the next line of the one above it."""
    if goes_on(lower.text):
        return 0.0
    if is_upper(upper.text) and is_upper(lower.text) and not lower.figure:
        return _WRAPPED
    width = column[1] - column[0]
    word = len(lower.text.split(" ", 1)[0])
    full = upper.piece.right - column[0] + 1 + word > (1 - _SLACK) * width
    if full and not upper.figure and lower.text[0].isalnum():
        return _WRAPPED if names else _WRAPPED / 2
    return _APART


def _raise_merged(blocks: list[list[Placed]], names: int) -> None:
    """Put a name in the middle of several rows, merged over them, into the first of these."""
    column = 0 if names else names
    named = [any(w.column == column for line in block for w in line) for block in blocks]
    if not blocks or named[0] or not any(named):
        return
    first, at = 0, 0
    tops = []
    for block in blocks:
        tops.append(at)
        at += len(block)
    while first < len(blocks):
        holder = next((r for r in range(first, len(blocks)) if named[r]), None)
        if holder is None:
            return
        inside = [i for i, line in enumerate(blocks[holder]) if any(w.column == column for w in line)]
        middle = tops[holder] + (inside[0] + inside[-1]) / 2
        end = 2 * middle - tops[first] + 1
        moved = [w for line in blocks[holder] for w in line if w.column == column]
        if holder != first:
            blocks[holder] = [[w for w in line if w.column != column] for line in blocks[holder]]
            blocks[first] = [[*moved, *blocks[first][0]], *blocks[first][1:]]
        first = holder + 1
        while first < len(blocks) and not named[first] and tops[first] + len(blocks[first]) / 2 < end:
            first += 1
