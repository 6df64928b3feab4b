"""The headers of a table whose columns are apart by blanks alone: which columns each of their cells stands over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from danvan_nlp.structure.tables.aligned_columns import Cells, Piece, goes_on, nearest, overlap
from danvan_nlp.structure.tables.aligned_glued import lowest, unglued
from danvan_nlp.structure.tables.cells import Span

_SHARED = 3
_SKIPPED = 3.0
_LEFT = 3.0


@dataclass(slots=True, eq=False)
class HeadCell:
    """A header cell: its lines, its extent on the page, the columns that its words stand over, the cells below it."""

    top: int
    bottom: int
    left: int
    right: int
    over: set[int]
    pieces: list[Span]
    below: list[HeadCell] = field(default_factory=list)

    def add(self, piece: Piece, line: int, over: set[int]) -> None:
        """Go on with a further line of the cell."""
        self.left, self.right = min(self.left, piece.left), max(self.right, piece.right)
        self.bottom = line
        self.over |= over
        self.pieces.append(piece.span)


def header_rows(
    text: str, lines: Sequence[Sequence[Piece]], columns: Sequence[Span], names: int
) -> tuple[list[Span], list[Cells]]:
    """Place the cells of a header, each over the first column that it covers.

    Parameters
    ----------
    text : str
        The key that the pieces index.
    lines : sequence of sequence of Piece
        The header's lines.
    columns : sequence of (int, int)
        The extents of the columns that hold figures.
    names : int
        The last column that names the rows; no cell over several columns reaches it.

    Returns
    -------
    tuple
        The columns, with those that hold a name alone, and the rows of the header.

    Examples
    --------
    >>> text = "Kiểm tra  Đoàn  Cuộc"
    >>> head = [[Piece(10, 18, (0, 8))], [Piece(6, 10, (10, 14)), Piece(16, 20, (16, 20))]]
    >>> header_rows(text, head, [(0, 4), (7, 9), (18, 20)], 0)[1]
    [[[], [(0, 8)], []], [[], [(10, 14)], [(16, 20)]]]
    """
    parted = unglued(text, lines, columns)
    columns = sorted([*columns, *without_figures(parted, columns)])
    cells = _cells(text, parted, columns, names)
    units = _leaves(cells, columns)
    leaves = {id(unit) for unit in units}
    parents = [cell for cell in cells if id(cell) not in leaves]
    while parents:
        last = max(parents, key=lambda cell: cell.top)
        band = sorted((c for c in parents if c.top <= last.bottom and last.top <= c.bottom), key=lambda cell: cell.left)
        parents = [cell for cell in parents if cell not in band]
        units = _covered(units, band, names, len(lines))
    placed = list(_placed(units))
    rows: list[Cells] = [[[] for _ in columns] for _ in range(max((row for row, _, _ in placed), default=-1) + 1)]
    for row, column, pieces in placed:
        rows[row][column] = pieces
    return columns, [row for row in rows if any(row)]


def _cells(text: str, lines: Sequence[Sequence[Piece]], columns: Sequence[Span], names: int) -> list[HeadCell]:
    """The pieces put together to cells of several lines."""
    cells: list[HeadCell] = []
    for i, line in enumerate(lines):
        over: set[int] = set()
        placed: list[tuple[Piece, set[int], HeadCell | None]] = []
        for piece in line:
            last = max(over, default=-1)
            over = {c for c, column in enumerate(columns) if _stands_over(piece, column)}
            over.add(nearest(columns, piece.extent))
            if over == {last} and last + 1 < len(columns):
                # The name on the left has this column; the next one is not quite below its own.
                over = {last + 1}
            placed.append((piece, over, next((cell for cell in reversed(cells) if cell.over & over), None)))
        opens = any(above is None and min(mine) > names for _, mine, above in placed)
        for piece, mine, above in placed:
            alone = not opens and sum(other is above for _, _, other in placed) == 1
            words = text[piece.span[0] : piece.span[1]]
            if above is not None and (goes_on(words) or words[0] == "%" or alone and _wraps(text, above, piece)):
                above.add(piece, i, mine)
            else:
                cells.append(HeadCell(i, i, piece.left, piece.right, mine, [piece.span]))
    return cells


def _stands_over(piece: Piece, column: Span) -> bool:
    shared = min(column[1], piece.right) - max(column[0], piece.left)
    return shared >= min(_SHARED, column[1] - column[0])


def _wraps(text: str, above: HeadCell, piece: Piece) -> bool:
    """Whether a piece can be the next line of a cell: below its middle or left edge, the line above being full."""
    aligned = abs(piece.left - above.left) < 2 or abs(piece.left + piece.right - above.left - above.right) < 5
    start, end = above.pieces[-1]
    word = text.find(" ", *piece.span)
    first = word - piece.span[0] if word > 0 else piece.right - piece.left
    return aligned and end - start + 1 + first >= max(piece.right - piece.left, above.right - above.left)


def _leaves(cells: Sequence[HeadCell], columns: Sequence[Span]) -> list[HeadCell]:
    """For each column the lowest cell over it; an empty one where there is none."""
    units: list[HeadCell] = []
    for c, (left, right) in enumerate(columns):
        mine = [cell for cell in cells if c in cell.over]
        leaf = max(mine, key=lambda cell: cell.bottom, default=None)
        if leaf is None or any(leaf.over & other.over and other.top > leaf.bottom for other in cells) or leaf in units:
            units.append(HeadCell(-1, -1, left, right, {c}, []))
        else:
            leaf.left, leaf.right = min(left, leaf.left), max(right, leaf.right)
            units.append(leaf)
    return units


def _covered(units: list[HeadCell], band: Sequence[HeadCell], names: int, height: int) -> list[HeadCell]:
    """The cells of a header's upper row over the cells below them, which they take the places of."""
    bottom = max(cell.bottom for cell in band)
    middle, inner = (height - 1) / 2, (bottom + height) / 2
    below = {unit.top for unit in units for cell in band if overlap((unit.left, unit.right), (cell.left, cell.right))}
    free = []
    at = 0
    for unit in units:
        centre = (unit.top + unit.bottom) / 2
        beside = unit.top == bottom + 1 and unit.top in below
        under = unit.top > bottom and (beside or abs(centre - inner) < abs(centre - middle))
        free.append(at > names and (under or not unit.pieces))
        at += _breadth(unit)
    ways = [way for centred in (True, False) if (way := _best_way(units, band, free, centred)) is not None]
    if not ways:
        return units
    found: list[HeadCell] = []
    done = 0
    for cell, (a, b) in zip(band, min(ways, key=lambda way: way[0])[1], strict=True):
        found += units[done:a]
        cell.below = units[a:b]
        cell.left, cell.right = min(cell.left, units[a].left), max(cell.right, units[b - 1].right)
        cell.bottom = max(unit.bottom for unit in cell.below)
        found.append(cell)
        done = b
    return found + units[done:]


def _best_way(
    units: Sequence[HeadCell], band: Sequence[HeadCell], free: Sequence[bool], centred: bool
) -> tuple[float, list[Span]] | None:
    """The runs of cells whose middles, or left edges, are nearest to those of the cells above, and how far they are."""
    # For each place the least cost of giving the cells so far those before it, and the runs.
    best: dict[int, tuple[float, list[Span]]] = {0: (0.0, [])}
    for cell in band:
        reached: dict[int, tuple[float, list[Span]]] = {}
        for done, (cost, runs) in best.items():
            for a in range(done, len(units)):
                skipped = _SKIPPED * sum(free[done:a])
                for b in range(a + 1, len(units) + 1):
                    if not free[b - 1]:
                        break
                    left, right = units[a].left, units[b - 1].right
                    off = abs(cell.left + cell.right - left - right) / 2 if centred else _LEFT * abs(cell.left - left)
                    total = cost + skipped + off
                    if b not in reached or total < reached[b][0]:
                        reached[b] = (total, [*runs, (a, b)])
        best = reached
    ends = [(cost + _SKIPPED * sum(free[done:]), runs) for done, (cost, runs) in best.items()]
    return min(ends, key=lambda way: way[0], default=None)


def _placed(cells: Sequence[HeadCell], column: int = 0, row: int = 0) -> Iterator[tuple[int, int, list[Span]]]:
    """The row and the first column of cells and of those below them."""
    for cell in cells:
        yield row, column, cell.pieces
        yield from _placed(cell.below, column, row + 1)
        column += _breadth(cell)


def _breadth(cell: HeadCell) -> int:
    return sum(map(_breadth, cell.below)) or 1


def without_figures(lines: Sequence[Sequence[Piece]], columns: Sequence[Span]) -> list[Span]:
    """Columns that hold no figure at all: a lowest header stands over them as over the others."""
    bottom = lowest(lines)
    unnamed = [c for c in columns if not any(overlap(c, piece.extent) for piece in bottom)]
    more: list[Span] = []
    for i, line in enumerate(lines):
        for extent in (piece.extent for piece in line if piece in bottom):
            if any(overlap(c, extent) for c in columns):
                continue
            near = min(unnamed, key=lambda c: max(c[0] - extent[1], extent[0] - c[1]), default=None)
            between = (min(near + extent), max(near + extent)) if near else (0, 0)
            # A header that is not quite over its column is nearest to it.
            if near is not None and not any(overlap(between, c) for c in columns if c != near):
                unnamed.remove(near)
            elif not _is_between(i, extent, lines, columns):
                more.append(extent)
    return more


def _is_between(i: int, extent: Span, lines: Sequence[Sequence[Piece]], columns: Sequence[Span]) -> bool:
    """Whether a header stands over the gap between two columns whose own names are below it."""
    left = max((c for c in columns if c[1] <= extent[0]), default=None)
    right = min((c for c in columns if c[0] >= extent[1]), default=None)
    if left is None or right is None:
        return False
    tops = [
        next((k for k, line in enumerate(lines) if any(overlap(piece.extent, c) for piece in line)), 0)
        for c in (left, right)
    ]
    return min(tops) > i
