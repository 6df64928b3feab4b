"""A grid made of a table's rows: which rows are headers, what a merged header cell covers, which rows are titles."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from danvan_nlp.structure.tables.body import column_forms, place_body, words_columns
from danvan_nlp.structure.tables.cells import (
    ENUMERATED,
    GIANT,
    Placed,
    Span,
    holds_figure,
    is_figure,
    is_period,
    is_total,
)
from danvan_nlp.structure.tables.headed import opens_header
from danvan_nlp.structure.tables.heads import HeadCell, place_head

__all__ = ["Grid", "Span", "make_grid"]

_DEEPEST = 6
_MOST_NAMES = 6
_NUMBERED = re.compile(r"\(?(\d{1,3})\)?(?:\s*=.*)?$")
_ORDINAL = re.compile(r"(?:[IVX]{1,5}|[A-HĐ]|\d{1,2}(?:\.\d{1,2})*)[.)]?$")
_RULE = re.compile(r"[\s\-–—=_.:…*]*$")


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
    rows = [_written_once(text, row) for row in rows]
    if not rows:
        return Grid(0, 0, 0, ())
    width = max(map(len, rows))
    if n_header is None:
        n_header = _count_headers([[text[a:b] for a, b in row] for row in rows])
    head, body = rows[:n_header], rows[n_header:]
    if head and len(body) > 1 and _is_column_numbers([text[a:b] for a, b in body[0]]):
        body = body[1:]
    seen = {tuple(text[a:b] for a, b in row) for row in head}
    body = [row for row in body if tuple(text[a:b] for a, b in row) not in seen]
    cells = _place_headers(text, head, body, width) + place_body(text, body, len(head), width)
    return Grid(len(head) + len(body), width, len(head), tuple(sorted(cells, key=lambda c: (c[2], c[0], c[1]))))


def _written_once(text: str, row: list[Span]) -> list[Span]:
    """A row with the words of a merged cell once, where they stand in each column that it covers."""
    words = [text[a:b] for a, b in row]
    last = next((c for c, cell in enumerate(words) if cell != words[0]), len(row)) - 1
    if last < 1 or not words[0] or is_figure(words[0]) or is_period(words[0]):
        return row
    return row[:1] + [(row[0][1], row[0][1])] * last + row[last + 1 :]


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
            and (
                any(map(is_figure, filled[1:]))
                or is_period(row[0])
                and any(is_period(r[0]) for r in rows[i + 1 : i + 2])
            )
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


def _place_headers(text: str, rows: list[list[Span]], body: list[list[Span]], width: int) -> list[Placed]:
    """Give each header cell the columns and rows it covers; where these cannot be told, the place it is written at."""
    names = [[text[a:b] for a, b in row] for row in rows]
    cells = [[text[a:b] for a, b in row] for row in body]
    lengths = Counter(map(len, body))
    placed = place_head(names, width, 0, column_forms(cells, width))
    if placed is None and lengths[width] > 1:
        words = words_columns(cells, width)
        named_to = next((c for c, is_words in enumerate(words[:_MOST_NAMES]) if not is_words), 0)
        placed = place_head(names, width, named_to)
    if placed is None and lengths:
        placed = place_head(names, lengths.most_common(1)[0][0])
    if placed is None:
        placed = [HeadCell(r, c, c, c + 1, 1) for r, row in enumerate(rows) for c, (a, b) in enumerate(row) if b > a]
    return [(cell.row, cell.left, rows[cell.row][cell.at], cell.height, cell.right - cell.left) for cell in placed]
