"""Rows of a table whose columns are apart by blanks alone, its cells wrapped over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danvan_nlp.structure.tables.aligned_heads import Cells, Piece, bands, head_rows, unglued, without_figures
from danvan_nlp.structure.tables.cells import is_figure, is_period, is_total
from danvan_nlp.structure.tables.grid import Span

_PIECE = re.compile(r"\S+(?: \S+)*")
_GAP = re.compile(r"(?<=\S)\s{3,}(?=\S)")
_STATED = re.compile(r"[^\s:]\s{3,}\d\S*(?: \S+){0,4}$")
_LOOKED_AT = 2000
_MOST = 0.6
_STRAYS = 0.1
_PAGE = re.compile(r"[-–]?\s?\d{1,3}\s?[-–]?")
_ORDINAL = re.compile(r"(?:[IVX]{1,5}|[A-HĐ]|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]?(?=\s|$)")


def is_aligned(text: str, lines: Sequence[Span]) -> bool:
    """Whether most lines fall into columns, and at least two into three or more, or into a name and a figure.

    Examples
    --------
    >>> is_aligned("2015    3     6\\n2016    4     9", [(0, 15), (16, 31)])
    True
    """
    shown = [text[a : min(b, a + _LOOKED_AT)].strip() for a, b in lines]
    gaps = [len(_GAP.findall(line)) for line in shown]
    cut = sum(n > 1 or _STATED.search(line) is not None for n, line in zip(gaps, shown, strict=True))
    return cut > 1 and sum(n > 0 for n in gaps) >= _MOST * len(gaps)


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
    cut = [pieces for line in lines if (pieces := _pieces(text, line)) and not _is_page_number(text, pieces)]
    data = [i for i, pieces in enumerate(cut) if _is_data(text, pieces)]
    columns = _columns([cut[i] for i in data])
    if len(columns) < 2:
        return None
    head_to = data[0]
    # The name of the first row may be wrapped above its figures, and titles of groups stand above it.
    while head_to and (
        _names_next(text, cut[head_to - 1], cut[head_to], columns) or _is_title(text, cut, head_to - 1, columns)
    ):
        head_to -= 1
    found = bands(unglued(text, cut[:head_to], columns), columns[0][1])
    columns = sorted([*columns, *without_figures(found, columns)])
    head = head_rows(found, columns)
    return head + _body_rows(text, cut[head_to:], columns), len(head)


def _columns(rows: Sequence[Sequence[Piece]]) -> list[Span]:
    """The columns of the page that lines of figures fill, where hardly any of them has letters in between."""
    width = max((piece.right for row in rows for piece in row), default=0)
    change = [0] * (width + 1)
    for row in rows:
        for piece in row:
            change[piece.left] += 1
            change[piece.right] -= 1
    columns: list[Span] = []
    left, filled = None, 0
    for at, step in enumerate(change):
        filled += step
        if filled > _STRAYS * len(rows):
            left = at if left is None else left
        elif left is not None:
            columns.append((left, at))
            left = None
    return columns


def _is_title(text: str, cut: Sequence[Sequence[Piece]], i: int, columns: Sequence[Span]) -> bool:
    """Whether a line below the header's first names a group of rows: ``II   KIỂM TRA, GIÁM SÁT``."""
    pieces = cut[i]
    if not i or len(pieces) > 2 or any(_column(columns, piece) > 1 for piece in pieces):
        return False
    if _ORDINAL.match(_words(text, pieces[0])):
        return True
    at_edge = min(abs(pieces[0].left - left) for left, _ in columns[:2]) < 2
    return len(pieces) == 1 and at_edge and not _goes_on(text, pieces[0]) and len(cut[i - 1]) > 1


def _pieces(text: str, line: Span) -> list[Piece]:
    return [Piece(m.start() - line[0], m.end() - line[0], m.span()) for m in _PIECE.finditer(text, *line)]


def _is_page_number(text: str, pieces: Sequence[Piece]) -> bool:
    return len(pieces) == 1 and _PAGE.fullmatch(_words(text, pieces[0])) is not None


def _words(text: str, piece: Piece) -> str:
    return text[piece.span[0] : piece.span[1]]


def _is_data(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether a line is one of figures: a period, an ordinal or a name, then figures, at its end or before a remark."""
    if len(pieces) < 2:
        return False
    words = [_words(text, piece) for piece in pieces]
    figures = [is_figure(w) and not is_period(w) for w in words[1:]]
    return any(figures) and (is_period(words[0]) or is_total(words[0]) or any(figures[-2:]))


def _column(columns: Sequence[Span], piece: Piece) -> int:
    """The column that a piece overlaps most, or the nearest one."""
    return max(
        range(len(columns)),
        key=lambda c: (min(columns[c][1], piece.right) - max(columns[c][0], piece.left), -c),
    )


def _goes_on(text: str, piece: Piece) -> bool:
    opening = text[piece.span[0]]
    return opening.islower() or opening in "(;,/)"


def _names_next(text: str, above: Sequence[Piece], row: Sequence[Piece], columns: Sequence[Span]) -> bool:
    """Whether a line holds the beginning of the name of the row below, going on with a small letter."""
    if len(above) != 1 or _column(columns, above[0]) > 1 or _goes_on(text, above[0]) or not _is_data(text, row):
        return False
    mine = [piece for piece in row if _column(columns, piece) == _column(columns, above[0])]
    return not mine or _goes_on(text, mine[0])


def _body_rows(text: str, lines: Sequence[Sequence[Piece]], columns: Sequence[Span]) -> list[Cells]:
    """Rows of figures and titles; the further lines of a cell go on with the row above, or open the one below."""
    names = max(range(min(2, len(columns))), key=lambda c: columns[c][1] - columns[c][0])
    rows: list[Cells] = []
    named_only = False
    for pieces in lines:
        placed = [(_column(columns, piece), piece) for piece in pieces]
        data = _is_data(text, pieces)
        name = next((piece for c, piece in placed if c == names), None)
        unnamed = all(c > names for c, _ in placed)
        wrapped = all(_goes_on(text, piece) for piece in pieces) or unnamed and not data
        completes = named_only and data and (name is None or _goes_on(text, name))
        if not (rows and (wrapped or completes)):
            rows.append([[] for _ in columns])
            named_only = not data and not (name and _words(text, name).isupper())
        named_only = named_only and not data
        for c, piece in placed:
            rows[-1][c].append(piece.span)
    return rows
