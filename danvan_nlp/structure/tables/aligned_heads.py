"""The headers of a table whose columns are apart by blanks alone: which columns each of their cells stands over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from danvan_nlp.structure.tables.grid import Span

Cells = list[list[Span]]
"""One row: for each column the pieces of its cell."""
_MOST_COLUMNS = 60
_NAMES = 2
_DEEPEST = 8
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text on one line: its columns of the page and its range in the key."""

    left: int
    right: int
    span: Span

    @property
    def extent(self) -> Span:
        """The columns of the page from its left edge to its right one."""
        return self.left, self.right


@dataclass(slots=True)
class HeadCell:
    """A header cell while it is put together: its extent on the page, its pieces."""

    left: int
    right: int
    pieces: list[Span] = field(default_factory=list)

    def add(self, piece: Piece) -> None:
        """Go on with a further line of the cell."""
        self.left, self.right = min(self.left, piece.left), max(self.right, piece.right)
        self.pieces.append(piece.span)


Bands = list[list[HeadCell]]
"""The rows of a header from the top down, each with its cells from the left."""


def overlap(one: Span, two: Span) -> bool:
    """Whether two extents share a place."""
    return one[0] < two[1] and two[0] < one[1]


def unglued(text: str, lines: Sequence[Sequence[Piece]], columns: Sequence[Span]) -> list[list[Piece]]:
    """Part the pieces of a header that hold the names of several columns, one blank apart.

    Such a piece has no names of those columns below it; it is cut before capitals, or anywhere where the line above
    has a name for each of them.

    Examples
    --------
    >>> text = "Định kỳ Đột xuất"
    >>> parted = unglued(text, [[Piece(2, 18, (0, 16))]], [(4, 6), (14, 16)])
    >>> [[text[p.span[0] : p.span[1]] for p in line] for line in parted]
    [['Định kỳ', 'Đột xuất']]
    """
    if len(columns) > _MOST_COLUMNS:
        return [list(pieces) for pieces in lines]
    parted = [list(pieces) for pieces in lines]
    for i in range(len(parted) - 1, -1, -1):
        below = [p for line in parted[i + 1 : i + 1 + _DEEPEST] for p in line if text[p.span[0]].isupper()]
        merged = [sum(overlap(p.extent, piece.extent) for p in below) > 1 for piece in parted[i]]
        parts = (
            [piece] if over else _parts(text, piece, columns, wrapped=False)
            for piece, over in zip(parted[i], merged, strict=True)
        )
        parted[i] = [part for found in parts for part in found]
    for above, line in pairwise(parted):
        named = [c for c in columns if any(overlap(c, p.extent) for p in above)]
        if len(above) >= len(named):
            line[:] = [
                part
                for piece in line
                for part in ([piece] if text[piece.span[0]].isupper() else _parts(text, piece, named, wrapped=True))
            ]
    return parted


def _parts(text: str, piece: Piece, columns: Sequence[Span], *, wrapped: bool) -> list[Piece]:
    """The words of a piece as one part for each column under it, each as near to that one's middle as can be."""
    columns = [column for column in columns if overlap(column, piece.extent)]
    words = [m.span() for m in _WORD.finditer(text, *piece.span)]
    opens = [0, *(i for i, (a, _) in enumerate(words) if i and (wrapped or text[a].isupper()))]
    if not 1 < len(columns) <= len(opens) or len(words) > _MOST_COLUMNS:
        return [piece]
    best: dict[int, tuple[float, list[Piece]]] = {0: (0.0, [])}
    for n, column in enumerate(columns, 1):
        reached: dict[int, tuple[float, list[Piece]]] = {}
        for a, (cost, parts) in best.items():
            for b in [len(words)] if n == len(columns) else [i for i in opens if i > a]:
                span = (words[a][0], words[b - 1][1])
                part = Piece(piece.left + span[0] - piece.span[0], piece.left + span[1] - piece.span[0], span)
                total = cost + abs(part.left + part.right - sum(column)) / 2
                if b not in reached or total < reached[b][0]:
                    reached[b] = (total, [*parts, part])
        best = {b: way for b, way in reached.items() if b < len(words) or n == len(columns)}
    return best[len(words)][1] if len(words) in best else [piece]


def bands(lines: Sequence[Sequence[Piece]], names_to: int) -> Bands:
    """Put the lines of a header together to rows of cells.

    A line opens a new row where it has more cells than the row before, or two cells below one. What stands over the
    names of the rows, left of ``names_to``, does not count.

    Examples
    --------
    >>> lines = [[Piece(10, 18, (0, 8))], [Piece(6, 11, (9, 14)), Piece(16, 24, (15, 23))], [Piece(17, 23, (24, 30))]]
    >>> [[cell.pieces for cell in band] for band in bands(lines, 0)]
    [[[(0, 8)]], [[(9, 14)], [(15, 23), (24, 30)]]]
    """
    found: Bands = []
    most = 0
    for pieces in lines:
        counted = [p for p in pieces if p.left >= names_to]
        below = (
            (sum(overlap((cell.left, cell.right), (p.left, p.right)) for p in counted) for cell in found[-1])
            if found
            else ()
        )
        if not found or len(counted) > most > 0 or any(n > 1 for n in below):
            found.append([])
            most = 0
        most = max(most, len(counted))
        for piece in pieces:
            cell = _goes_on(found[-1], piece)
            if cell is None:
                cell = HeadCell(piece.left, piece.right)
                found[-1].append(cell)
            cell.add(piece)
    for band in found:
        band.sort(key=lambda cell: cell.left)
    return found


def _goes_on(band: Sequence[HeadCell], piece: Piece) -> HeadCell | None:
    """The cell above that a piece overlaps, the one that it shares most with."""
    shared = [(min(cell.right, piece.right) - max(cell.left, piece.left), i) for i, cell in enumerate(band)]
    best = max(shared, default=(0, 0))
    return band[best[1]] if best[0] > 0 else None


def without_figures(found: Bands, columns: Sequence[Span]) -> list[Span]:
    """Columns that hold no figure at all: a lowest header stands over them as over the others."""
    extents = [(cell.left, cell.right) for band in found for cell in band]
    unnamed = [c for c in columns if not any(overlap(c, extent) for extent in extents)]
    more: list[Span] = []
    for extent in extents[-len(found[-1]) :] if found else ():
        if any(overlap(c, extent) for c in columns):
            continue
        near = min(unnamed, key=lambda c: max(c[0] - extent[1], extent[0] - c[1]), default=None)
        between = (min(near + extent), max(near + extent)) if near else (0, 0)
        # A header that is not quite over its column is nearest to it.
        if near is not None and not any(overlap(between, c) for c in columns if c != near):
            unnamed.remove(near)
        else:
            more.append(extent)
    return more


def head_rows(found: Bands, columns: Sequence[Span]) -> list[Cells]:
    """The rows of the header: each cell over the first column that it covers.

    Examples
    --------
    >>> head = [[HeadCell(10, 18, [(0, 8)])], [HeadCell(6, 11, [(9, 14)]), HeadCell(16, 24, [(15, 23)])]]
    >>> head_rows(head, [(0, 4), (7, 9), (18, 20)])
    [[[], [(0, 8)], []], [[], [(9, 14)], [(15, 23)]]]
    """
    rows: list[Cells] = []
    extents = list(columns)
    closed: set[int] = set()
    for band in reversed(found):
        row: Cells = [[] for _ in columns]
        if not rows:
            places = [_nearest(extents, cell) for cell in band]
            covered = set(places)
            for cell, c in zip(band, places, strict=True):
                extents[c] = (min(extents[c][0], cell.left), max(extents[c][1], cell.right))
        else:
            ranges = _ranges(band, extents, closed)
            places = [a for a, _ in ranges]
            covered = {c for a, b in ranges for c in range(a, b)}
        for cell, c in zip(band, places, strict=True):
            row[c] = row[c] + cell.pieces
        closed |= covered
        rows.insert(0, row)
    return rows


def _nearest(columns: Sequence[Span], cell: HeadCell) -> int:
    """The column that a cell overlaps most, or the nearest one."""
    return max(range(len(columns)), key=lambda c: (min(columns[c][1], cell.right) - max(columns[c][0], cell.left), -c))


def _ranges(band: Sequence[HeadCell], columns: Sequence[Span], closed: set[int]) -> list[Span]:
    """Which columns each cell of a row above the lowest covers: centred over them, or beginning where they begin.

    A cell stands over several columns that have headers below it, or over one that has none; only the columns on the
    left that name the rows may stand under no cell.
    """
    if len(columns) > _MOST_COLUMNS or len(band) > len(columns):
        ways = []
    else:
        ways = [way for centred in (True, False) if (way := _best_way(band, columns, closed, centred)) is not None]
    if not ways:
        return [(c, c + 1) for c in (_nearest(columns, cell) for cell in band)]
    return min(ways, key=lambda way: way[0])[1]


def _best_way(
    band: Sequence[HeadCell], columns: Sequence[Span], closed: set[int], centred: bool
) -> tuple[float, list[Span]] | None:
    """The ranges of columns whose middles, or left edges, are nearest to those of the cells, and how far they are."""
    count = len(columns)
    # For each column the least cost of covering those before it by the cells so far, and the ranges.
    best: dict[int, tuple[float, list[Span]]] = {c: (0.0, []) for c in range(min(_NAMES + 1, count))}
    for cell in band:
        reached: dict[int, tuple[float, list[Span]]] = {}
        for a, (cost, ranges) in best.items():
            for b in range(a + 1, count + 1):
                if b - a > 1 and not closed >= set(range(a, b)):
                    break
                left, right = columns[a][0], columns[b - 1][1]
                total = cost + (abs(cell.left + cell.right - left - right) / 2 if centred else abs(cell.left - left))
                if b not in reached or total < reached[b][0]:
                    reached[b] = (total, [*ranges, (a, b)])
        best = reached
    return best.get(count)
