"""Which columns and rows each cell of a header covers, told from the order of the cells in its rows alone.

Files write a merged cell once, or once for each column or row that it covers, with its text or empty. All come to the
same tree: each header cell either names one column down to the figures or stands over a run of cells of the row below.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from danvan_nlp.language.key import fold
from danvan_nlp.structure.tables.head_tree import Ranges, closed_head

_LONGEST = 200
_WIDEST = 200


class HeadCell(NamedTuple):
    """A header cell: its row, its place among the cells of that row, its columns, how many rows it covers."""

    row: int
    at: int
    left: int
    right: int
    height: int


def place_head(
    rows: Sequence[Sequence[str]], width: int, named_to: int = 0, forms: Sequence[str] = ()
) -> list[HeadCell] | None:
    """Give each cell of a header its columns; None where no reading gives so many columns.

    Parameters
    ----------
    rows : sequence of sequence of str
        The cells of each header row in the order of the file, empty ones too.
    width : int
        How many columns the table has.
    named_to : int
        How many columns on the left hold the names of the rows: one header may stand over several of these.
    forms : sequence of str
        For each column the form of its figures (:func:`body.column_forms`), where known.

    Examples
    --------
    >>> cells = place_head([["Năm", "Kiểm tra", "Giám sát"], ["Đoàn", "Cuộc", "Đoàn", "Cuộc"]], 5)
    >>> [(cell.left, cell.right, cell.height) for cell in cells]
    [(0, 1, 2), (1, 3, 1), (3, 5, 1), (1, 2, 1), (2, 3, 1), (3, 4, 1), (4, 5, 1)]
    """
    names = _folded(rows)
    names = [_without_repeats(names, r, width) for r in range(len(names))]
    for lost in range(max(named_to, 1)):
        ranges = _read(names, width - lost, forms)
        if ranges is not None:
            wide = max((b for row in ranges[:1] for a, b in row if a < named_to - lost), default=0)
            return _with_heights(names, [[_widened(span, wide, lost) for span in row] for row in ranges])
    return None


def head_cost(rows: Sequence[Sequence[str]], width: int) -> float | None:
    """How badly the rows of a header fit so many columns where each merged cell is written once; None: not at all.

    Examples
    --------
    >>> head_cost([["Năm", "Kiểm tra"], ["Đoàn"]], 5) is None
    True
    """
    if len(rows) < 2:
        return 0.0 if [len(row) for row in rows] == [width] else None
    found = closed_head(_folded(rows), width)
    return None if found is None else -found[0]


def _folded(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[fold(cell[:_LONGEST]).strip(" .:*_") for cell in row] for row in rows]


def _read(rows: Sequence[Sequence[str]], width: int, forms: Sequence[str]) -> Ranges | None:
    if len(rows) < 2:
        return [[(i, i + 1) for i in range(len(row))] for row in rows] if all(len(r) == width for r in rows) else None
    if width > _WIDEST:
        return None
    filled = any(not b and a for a, b in zip(rows[0], rows[0][1:], strict=False))
    if filled or len(rows[0]) == len(rows[1]) == width:
        return _filled(rows)
    found = closed_head(rows, width, forms)
    return found and found[1]


def _widened(span: tuple[int, int], wide: int, lost: int) -> tuple[int, int]:
    """A range with the further columns that the last header over the rows' names covers, or behind these."""
    left, right = span
    return left + lost * (left >= wide), right + lost * (right >= wide)


def _without_repeats(rows: Sequence[Sequence[str]], r: int, width: int) -> list[str]:
    """A row with empty cells for those that only repeat the merged cell on the left or above."""
    row = list(rows[r])
    if len(row) == width and r < len(rows) - 1:
        row = [name if not i or name != row[i - 1] else "" for i, name in enumerate(row)]
    if not r or row[0] != rows[r - 1][0]:
        return row
    above = rows[r - 1]
    aligned = len(above) == len(row)
    return ["" if name in (above[i : i + 1] if aligned else above) else name for i, name in enumerate(row)]


def _filled(rows: Sequence[Sequence[str]]) -> Ranges | None:
    """The ranges where empty cells follow a merged one for the further columns that it covers."""
    width = max(map(len, rows))
    ranges: Ranges = []
    # For each column where the cell above it ends; 0 where a cell above names it down to the figures.
    parent = [width] * width
    for r, row in enumerate(rows):
        places = list(range(width))
        if r and len(row) < width and not (row and not row[0] and parent[0] == 0):
            merged = [c for c in places if parent[c] > c + 1 or c and parent[c - 1] == parent[c]]
            places = merged if len(merged) == len(row) else [c for c in places if parent[c]]
        if len(row) > len(places):
            return None
        here: list[tuple[int, int]] = []
        below = [c + 1 if r == 0 else 0 for c in range(width)]
        for i, name in enumerate(row):
            left = places[i]
            right = left + bool(name)
            while name and right < parent[left] and row[i + right - left : i + right - left + 1] in ([""], []):
                right += 1
            if r == len(rows) - 1:
                right = min(right, left + 1)
            here.append((left, right))
            if name:
                below[left:right] = [right if right - left > 1 else 0] * (right - left)
        ranges.append(here)
        parent = below
    return ranges


def _with_heights(rows: Sequence[Sequence[str]], ranges: Ranges) -> list[HeadCell]:
    """The cells that are not empty, those with nothing below them down to the lowest row."""
    full = [
        [(i, left, right) for i, (left, right) in enumerate(row) if names[i] and right > left]
        for names, row in zip(rows, ranges, strict=True)
    ]
    cells = []
    for r, row in enumerate(full):
        for i, left, right in row:
            below = (s for s in range(r + 1, len(rows)) if any(a < right and left < b for _, a, b in full[s]))
            cells.append(HeadCell(r, i, left, right, next(below, len(rows)) - r))
    return cells
