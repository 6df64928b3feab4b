"""A grid made of a table's rows: which rows are headers, what a merged header cell covers, which rows are titles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from danvan_nlp.language.key import fold
from danvan_nlp.structure.tables.cells import ENUMERATED, GIANT, holds_figure, is_figure, is_period, is_total
from danvan_nlp.structure.tables.headed import opens_header

_DEEPEST = 6
Span = tuple[int, int]
Placed = tuple[int, int, Span, int, int]
"""Row, column, place in the key, row span and column span of a cell."""

_NUMBERED = re.compile(r"\(?(\d{1,3})\)?(?:\s*=.*)?$")
_ORDINAL = re.compile(r"(?:[IVX]{1,5}|[A-HĐ]|\d{1,2}(?:\.\d{1,2})*)[.)]?$")
_RULE = re.compile(r"[\s\-–—=_.:…*]*$")
_PARENTHESIS = re.compile(r"\([^)]*\)?")


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows and columns with their cells; the first ``n_header`` rows are column headers."""

    n_rows: int
    n_columns: int
    n_header: int
    cells: tuple[Placed, ...]


def make_grid(text: str, rows: list[list[Span]], n_header: int | None = None) -> Grid:
    """Place rows of cells on a grid.

    Parameters
    ----------
    text : str
        The key that the spans index.
    rows : list of list of (int, int)
        The cells of each row; an empty cell is an empty span. A row with too few cells is a header with merged cells,
        or a row cut short.
    n_header : int, optional
        How many rows are headers, where that is known; found otherwise.

    Examples
    --------
    >>> grid = make_grid("abc12", [[(0, 1), (1, 2)], [(3, 4), (4, 5)]])
    >>> grid.n_rows, grid.n_columns, grid.n_header
    (2, 2, 1)
    """
    rows = [row for row in rows if not all(_RULE.match(text[a:b]) and b - a < GIANT for a, b in row)]
    if not rows:
        return Grid(0, 0, 0, ())
    width = max(map(len, rows))
    if n_header is None:
        n_header = _count_headers([[text[a:b] for a, b in row] for row in rows])
    head, body = _completed(rows[:n_header], width), rows[n_header:]
    if head and len(body) > 1 and _is_column_numbers([text[a:b] for a, b in body[0]]):
        body = body[1:]
    seen = {tuple(text[a:b] for a, b in row) for row in head}
    body = [row for row in body if tuple(text[a:b] for a, b in row) not in seen]
    cells = _place_headers(text, head, width) + _place_body(text, body, len(head), width)
    return Grid(len(head) + len(body), width, len(head), tuple(sorted(cells, key=lambda c: (c[2], c[0], c[1]))))


def _completed(rows: list[list[Span]], width: int) -> list[list[Span]]:
    """The two lowest header rows with the empty cells that were left out of them.

    Some cells of the upper row have nothing below them, the others as many cells each of the lower one.
    """
    if len(rows) < 2 or len(rows[-1]) >= width:
        return rows
    upper, lower = rows[-2:]
    names = next((i for i, (a, b) in enumerate(lower) if b > a), 0)
    above, below = upper[names:], lower[names:]
    covered = len(above) + len(below) - (width - names)
    if covered < 1 or len(below) % covered:
        return rows
    share = len(below) // covered
    spread = [cell for i, c in enumerate(above) for cell in ([c] + [(c[1], c[1])] * (share - 1 if i < covered else 0))]
    last = [*lower, *[(lower[-1][1], lower[-1][1])] * (len(above) - covered)]
    return [*rows[:-2], [*upper[:names], *spread], last]


def _count_headers(rows: list[list[str]]) -> int:
    """How many rows stand above the first row of data; one where the first rows hold no figures, none in a lone row."""
    for i, row in enumerate(rows[:_DEEPEST]):
        filled = [cell for cell in row if cell]
        if not filled:
            continue
        named = is_period(row[0]) or (i and is_total(row[0]))
        if (
            named
            and not all(is_period(cell) or is_total(cell) for cell in filled[1:])
            and any(map(is_figure, filled[1:]))
        ):
            return i
        if i and _opens_group(row, filled) and (len(rows[0]) > 2 or i == 1) and len([c for c in rows[0] if c]) > 1:
            return i
        figures = [cell for cell in filled if holds_figure(cell)]
        periods = [cell for cell in filled if is_period(cell) or is_total(cell)]
        names = 3 + (row[0] == filled[0] and opens_header(row[0]))
        if figures and not (len(figures) <= len(periods) and len(filled) - len(periods) <= names):
            return i
    return 1 if len(rows) > 1 else int(not ENUMERATED.match(rows[0][0]))


def _opens_group(row: list[str], filled: list[str]) -> bool:
    """Whether a row holds nothing but a group's title: ``Kiểm tra``, ``I | Kiểm tra``."""
    return filled == row[:1] or len(filled) == 2 and filled == row[:2] and _ORDINAL.match(row[0]) is not None


def _is_column_numbers(row: list[str]) -> bool:
    """A row that numbers the columns: ``A | B | 1 | 2 | 3``, ``(1) | (2) | (3)``."""
    rest = list(row)
    while rest and len(row) - len(rest) < 3 and rest[0].strip("() ") in ("", "A", "B", "C", "a", "b", "c", "I", "II"):
        rest = rest[1:]
    found = [_NUMBERED.match(cell.strip()) for cell in rest if cell]
    if len(row) < 3 or len(found) < 2 or len(found) < len(rest) or not all(found):
        return False
    numbers = [int(m[1]) for m in found if m]
    return numbers[0] == len(row) - len(rest) + 1 or numbers[0] == 1 and all(b == a + 1 for a, b in pairwise(numbers))


def _place_body(text: str, rows: list[list[Span]], first: int, width: int) -> list[Placed]:
    cells: list[Placed] = []
    for r, row in enumerate(rows, first):
        filled = [(c, span) for c, span in enumerate(row) if span[1] > span[0]]
        title = (
            width > 1
            and len(filled) in (1, 2)
            and filled[-1][0] < max(2, len(filled))
            and all(_is_title(text[a:b], c == 0 and len(filled) == 2) for c, (a, b) in filled)
        )
        for c, span in filled:
            spread = width - c if title and c == filled[-1][0] else 1
            cells.append((r, c, span, 1, spread))
    return cells


def _is_title(cell: str, ordinal: bool) -> bool:
    if ordinal:
        return len(cell) <= 6
    return not (is_period(cell) or is_total(cell) or holds_figure(cell)) and len(cell) < GIANT


def _place_headers(text: str, rows: list[list[Span]], width: int) -> list[Placed]:
    """Give each header cell the columns and rows it covers, from the lowest row up."""
    placed: list[Placed] = []
    # Column ranges of the cells of the row below, with their texts ("" for an empty one).
    below: list[tuple[int, int, str]] = [(c, c + 1, "") for c in range(width)]
    open_below: set[int] = set(range(width))
    for r in range(len(rows) - 1, -1, -1):
        row = rows[r]
        last = r == len(rows) - 1
        if r == 0 and not last and any(a == b for a, b in row[1:]):
            # Nothing is merged downwards into the top row: its empty cells are what a merged one covers, those at
            # the end of the line lost.
            row = row + [(row[-1][1], row[-1][1])] * (len(rows[-1]) - len(row))
        if len(row) < len(rows[-1]) and not last:
            ranges = _spread(text, row, below)
        elif last:
            ranges = [(c, c + 1) for c in range(len(row))]
        else:
            ranges = _filled(row, below)
        if len(ranges) != len(row):
            # A ragged header: its cells stand where they are written.
            ranges = [(c, c + 1) for c in range(len(row))]
        here: list[tuple[int, int, str]] = []
        for (a, b), (left, right) in zip(row, ranges, strict=True):
            here.append((left, right, text[a:b]))
            if b > a:
                height = 1
                if right - left == 1 and left in open_below:
                    height = len(rows) - r
                placed.append((r, left, (a, b), height, right - left))
                open_below.difference_update(range(left, right))
        below = [h for h in here if h[1] > h[0]] or below
    return placed


def _filled(row: list[Span], below: list[tuple[int, int, str]]) -> list[Span]:
    """Ranges in a full row: an empty cell belongs to the merged cell on its left where a header stands below both."""
    under = [False] * len(row)
    for left, right, words in below:
        for c in range(left, min(right, len(row))):
            under[c] = bool(words)
    ranges = [[c, c + 1] for c in range(len(row))]
    anchor: int | None = None
    for c, (a, b) in enumerate(row):
        if b > a:
            anchor = c
        elif anchor is not None and under[c] and under[anchor]:
            ranges[anchor][1] = c + 1
            ranges[c] = [c, c]
        else:
            anchor = None
    return [(left, right) for left, right in ranges]


def _spread(text: str, row: list[Span], below: list[tuple[int, int, str]]) -> list[Span]:
    """Ranges in a row with fewer cells than the row below, where an empty cell is the rest of one merged downwards.

    None where there are more titles than columns below them.
    """
    groups: list[list[tuple[int, int, str]]] = []
    for cell in below:
        if cell[2] and groups and groups[-1][0][2]:
            groups[-1].append(cell)
        else:
            groups.append([cell])
    joined = sum(1 for g in groups if g[0][2])
    single = len(groups) - joined
    titles = len(row) - single
    if titles < joined or joined == 0:
        # The empty cells below do not tell: the row's first cell names the rows, the others share the columns.
        lead = int(len(row) < len(below) and not below[0][2])
        return _share(text, row, [below[:1]] if lead else [], below[lead:])
    ranges: list[Span] = []
    at = 0
    sizes = _shares([len(g) if g[0][2] else 0 for g in groups], titles)
    if sum(sizes) != titles or any(size > len(group) for group, size in zip(groups, sizes, strict=True)):
        return []
    for group, size in zip(groups, sizes, strict=True):
        if not group[0][2]:
            ranges.append((group[0][0], group[0][1]))
            at += 1
            continue
        names = [text[a:b] for a, b in row[at : at + size]]
        for part in _split(group, names):
            ranges.append((part[0][0], part[-1][1]))
        at += size
    return ranges


def _share(
    text: str, row: list[Span], lead: list[list[tuple[int, int, str]]], rest: list[tuple[int, int, str]]
) -> list[Span]:
    count = len(row) - len(lead)
    if count <= 0 or count > len(rest):
        return [(c, c + 1) for c in range(len(row))]
    parts = lead + _split(rest, [text[a:b] for a, b in row[len(lead) :]])
    return [(p[0][0], p[-1][1]) for p in parts]


def _shares(lengths: list[int], titles: int) -> list[int]:
    """How many titles stand over each run of columns: one each, the rest over the longest runs."""
    sizes = [int(n > 0) for n in lengths]
    for _ in range(titles - sum(sizes)):
        best = max(
            range(len(lengths)),
            key=lambda i: (lengths[i] / sizes[i] if lengths[i] > sizes[i] else 0) if sizes[i] else 0,
        )
        sizes[best] += 1
    return sizes


def _split(columns: list[tuple[int, int, str]], titles: list[str]) -> list[list[tuple[int, int, str]]]:
    """Part the columns among the titles above: at repeats of the first, before a total, evenly, or by shared words."""
    count = len(titles)
    names = [fold(c[2][:GIANT]) for c in columns]
    repeats = [i for i, name in enumerate(names) if name == names[0]]
    totals = [0, *(i for i, name in enumerate(names) if i and name.startswith("tổng"))]
    if count == 1:
        cuts = [0]
    elif len(repeats) == count:
        cuts = repeats
    elif len(totals) == count:
        cuts = totals
    elif len(columns) % count == 0:
        size = len(columns) // count
        cuts = list(range(0, len(columns), size))
    elif count == 2:
        cuts = [0, _best_cut(names, titles)]
    else:
        cuts = [round(i * len(columns) / count) for i in range(count)]
    return [columns[a:b] for a, b in pairwise([*cuts, len(columns)])]


def _best_cut(names: list[str], titles: list[str]) -> int:
    left, right = (set(fold(_PARENTHESIS.sub(" ", t[:GIANT])).split()) for t in titles)
    words = [set(_PARENTHESIS.sub(" ", name).split()) for name in names]
    gain = [len(w & left) - len(w & right) for w in words]
    best, at, total = -(10**9), 1, 0
    for i, g in enumerate(gain[:-1], 1):
        total += g
        if total >= best:
            best, at = total, i
    return at
