"""Tables whose columns are apart by blanks alone, or told by a rule of dashes: their columns, pages and rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from danvan_nlp.structure.tables.aligned_body import body_rows, names_column
from danvan_nlp.structure.tables.aligned_columns import (
    ORDINAL,
    RULE,
    Cells,
    Line,
    blank_between,
    find_columns,
    goes_on,
    is_data,
    overlap,
    pieces_of,
    texts,
)
from danvan_nlp.structure.tables.aligned_glued import lowest, parted
from danvan_nlp.structure.tables.aligned_heads import header_rows
from danvan_nlp.structure.tables.aligned_told import DASHES, closed_rows, dashed_rows, is_closed
from danvan_nlp.structure.tables.cells import Span

_GAP = re.compile(r"(?<=\S)\s{3,}(?=\S)")
_STATED = re.compile(r"[^\s:]\s{3,}\d\S*(?: \S+){0,4}$")
_PAGE = re.compile(r"[-–]?\s?\d{1,3}\s?[-–]?")
_PARTS = re.compile(r"\f|\n\s*\n\s*\n")
_BLANKS = re.compile(r"\s*")
_LOOKED_AT = 2000
_MOST = 0.5

Found = tuple[list[Span], list[Cells], "int | None"]
"""A table: the lines above its columns, its rows, how many of these are headers, where that is known."""


def is_aligned(text: str, lines: Sequence[Span]) -> bool:
    """Whether most lines fall into columns, and at least two into three or more, or into a name and a figure.

    Examples
    --------
    >>> is_aligned("2015    3     6\\n2016    4     9", [(0, 15), (16, 31)])
    True
    """
    shown = [text[a : min(b, a + _LOOKED_AT)].strip() for a, b in lines if b > a]
    if any(DASHES.fullmatch(line) for line in shown):
        return True
    gaps = [len(_GAP.findall(line)) for line in shown]
    cut = sum(n > 1 or _STATED.search(line) is not None for n, line in zip(gaps, shown, strict=True))
    # Cells wrapped over several lines leave few lines with gaps, some of them with several.
    return cut > 1 and sum(n > 0 for n in gaps) + 2 * max(0, sum(n > 1 for n in gaps) - 2) >= _MOST * len(gaps)


def aligned_tables(text: str, lines: Sequence[Span]) -> list[Found]:
    """Cut aligned lines into rows of cells by the blanks that stand one below the other.

    Parameters
    ----------
    text : str
        The key that the lines index.
    lines : sequence of (int, int)
        The lines of a run of tables from their first column on.

    Returns
    -------
    list of tuple
        For each table the lines above its columns, its rows, each cell as the list of its pieces, and how many of the
        rows are headers. Where no line of figures tells the columns each line is a row, cut at its wide blanks.

    Notes
    -----
    Each page of a table that goes on over several is laid out for itself: its columns are found anew, its header,
    printed again, is left out.

    Examples
    --------
    >>> text = "Năm     Kiểm tra    Giám sát\\n2015    3           6\\n2016    4           9"
    >>> _, rows, n_header = aligned_tables(text, [(0, 28), (29, 50), (51, 72)])[0]
    >>> n_header, [[text[a:b] for cell in row for a, b in cell] for row in rows]
    (1, [['Năm', 'Kiểm tra', 'Giám sát'], ['2015', '3', '6'], ['2016', '4', '9']])
    """
    if any(DASHES.fullmatch(text, *line) for line in lines):
        first = next(
            i for i, line in enumerate(lines) if RULE.fullmatch(text, *line) and "-" in text[line[0] : line[1]]
        )
        return [(list(lines[:first]), dashed_rows(text, lines[first:]), None)]
    cut = [pieces for line in lines if (pieces := pieces_of(text, line)) and not _is_numbering(text, pieces)]
    found: list[Found] = []
    known: list[list[str]] = []
    for page in _pages(text, cut):
        again = bool(known) and [texts(text, line) for line in page[: len(known)]] == known
        above, heads, rows, head = _read_page(text, page, len(known) if again else None, follows=bool(found))
        last = found[-1] if found else ([], [], None)
        if heads is None:
            found.append((above, rows, None))
        elif last[2] is not None and (again or not heads) and len(last[1][0]) == len(rows[0]):
            last[1].extend(rows)
            continue
        else:
            found.append((above, heads + rows, len(heads)))
        known = [texts(text, line) for line in head]
    return found


def _read_page(
    text: str, page: list[Line], again: int | None, *, follows: bool
) -> tuple[list[Span], list[Cells] | None, list[Cells], list[Line]]:
    """The lines above the columns, the rows of the header, None where it is not told apart, the others, its lines."""
    data = next((i for i, line in enumerate(page) if is_data(text, line)), len(page))
    figures = [line for line in page if is_data(text, line)]
    columns = find_columns(text, figures, lowest(page[:data]))
    if len(columns) < 2:
        return [], None, [[[piece.span] for piece in line] for line in page], []
    if is_closed(text, page[: _first_numbered(text, page, data)], columns):
        return [], None, closed_rows(text, page, data, columns), []
    names, _ = names_column(text, figures, columns)
    start, head_to = 0, again
    if head_to is None and follows and (data == 0 or ORDINAL.fullmatch(texts(text, page[0])[0])):
        head_to = 0
    if head_to is None:
        start = _start_of_head(text, page, columns[names])
        head_to = start + _end_of_head(text, page[start:], data - start, columns[: names + 1])
    head, lines = page[start:head_to], page[head_to:]
    if aside := _aside(text, head, lines, columns):
        columns.insert(0, aside)
        names += 1
    columns, heads = header_rows(
        text, [parted(text, line, columns, head[i + 1 :]) for i, line in enumerate(head)], columns, names
    )
    body = [parted(text, line, columns) for line in lines]
    blanks = [False, *(blank_between(text, a, b) for a, b in pairwise(body))]
    above = [(line[0].span[0], line[-1].span[1]) for line in page[:start]]
    return above, heads, body_rows(text, body, blanks, columns), head


def _aside(text: str, head: Sequence[Line], body: Sequence[Line], columns: Sequence[Span]) -> Span | None:
    """A first column whose names, merged over several rows, stand on lines of their own."""
    first = columns[0][0]
    pieces = [
        piece.extent
        for line in body
        for piece, words in zip(line, texts(text, line), strict=True)
        if piece.right <= first and not ORDINAL.fullmatch(words)
    ]
    if not pieces or any(line[0].right <= first for line in head):
        return None
    return min(left for left, _ in pieces), max(right for _, right in pieces)


def _pages(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each page: one opens behind a form feed or blank lines, or with the header's first two lines."""
    words = [texts(text, line) for line in lines]
    many = [max(map(len, words[i : i + 2])) > 1 for i in range(len(lines))]
    starts = [
        i
        for i, line in enumerate(lines)
        if not i
        or _PARTS.search(text, lines[i - 1][-1].span[1], line[0].span[0])
        or many[i]
        and words[i : i + 2] == words[:2]
    ]
    for a, b in pairwise([*starts, len(lines)]):
        yield list(lines[a:b])


def _start_of_head(text: str, lines: Sequence[Line], names: Span) -> int:
    """How many lines stand above the header, whose own first lines may hold one piece beside the rows' names."""
    at = next((i for i, line in enumerate(lines) if len(line) > 1), 0)
    while at:
        above = lines[at - 1]
        inside = above[0].left >= names[1] - 1 and not goes_on(texts(text, above)[0])
        if not inside or blank_between(text, above, lines[at]):
            break
        at -= 1
    return at


def _end_of_head(text: str, lines: Sequence[Line], data: int, names: Sequence[Span]) -> int:
    """How many lines are the header: right above the first figures may stand titles and the beginning of a name."""
    at = _first_numbered(text, lines, data)
    while at > 1 and all(piece.left < names[-1][1] for piece in lines[at - 1]):
        at -= 1
    while at < data and goes_on(texts(text, lines[at])[0]):
        at += 1
    while (
        at > 1
        and len(lines[at - 1]) == 1
        and not any(
            overlap(lines[at - 1][0].extent, piece.extent) for line in lines[max(at - 3, 0) : at - 1] for piece in line
        )
    ):
        # The first words of a remark that stand above the figures of its row.
        at -= 1
    return at


def _first_numbered(text: str, lines: Sequence[Line], data: int) -> int:
    """The first row that opens with its number, or that holds figures."""
    return next((i for i in range(1, data) if ORDINAL.fullmatch(texts(text, lines[i])[0])), data)


def _is_numbering(text: str, line: Line) -> bool:
    """Whether a line holds the number of the page, or those of the columns."""
    words = texts(text, line)
    if len(line) == 1:
        start, end = line[0].span
        before, after = text[text.rfind("\n", 0, start) - 1 : start], _BLANKS.match(text, end)
        paged = "\f" in before or after is not None and ("\f" in after[0] or after[0].count("\n") > 1)
        return _PAGE.fullmatch(words[0]) is not None and paged
    numbers = [int(number) for word in words if (number := word.strip("()")).isdecimal()]
    lettered = len(words) - len(numbers)
    first = 0 < numbers[0] <= lettered + 1 if len(numbers) > 2 and lettered < 3 else False
    return first and all(b == a + 1 for a, b in pairwise(numbers))
