"""Rows of cells out of a table that lost its tabs: one cell a line, as text converters and browsers write them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from danvan_nlp.language.key import fold
from danvan_nlp.structure.tables.bullets import trimmed
from danvan_nlp.structure.tables.cells import table_words
from danvan_nlp.structure.tables.grid import Span
from danvan_nlp.structure.tables.headed import cell_kind, goes_on

_WIDEST = 24
_LONGEST = 4000
_TITLE, _SHORT, _WORD, _FIGURE_LOST, _NO_HEAD = 0.5, 2.0, 1.5, 3.0, 1.0


def parted_rows(text: str, lines: Sequence[Span]) -> list[list[Span]]:
    """Rows of a table whose cells are parted by a line of one TAB, its rows by a line's end alone.

    Examples
    --------
    >>> text = "Năm\\n\\t\\nSố đoàn\\n2015\\n\\t\\n14"
    >>> lines = [(0, 3), (4, 5), (6, 13), (14, 18), (19, 20), (21, 23)]
    >>> [[text[a:b] for a, b in row] for row in parted_rows(text, lines)]
    [['Năm', 'Số đoàn'], ['2015', '14']]
    """
    rows: list[list[Span]] = []
    parted, empty = False, None
    for line in lines:
        content = text[line[0] : line[1]]
        if not content.strip():
            if "\t" not in content:
                if parted:
                    rows[-1].append((line[0], line[0]))
                    parted = False
                else:
                    empty = line[0]
                continue
            if parted or empty is not None or not rows:
                # A row opens with an empty cell, or two parts stand next to one another.
                if not parted:
                    rows.append([])
                rows[-1].append((line[0], line[0]))
            parted, empty = True, None
            continue
        span = trimmed(text, *line)
        if parted:
            rows[-1].append(span)
        elif rows and empty is None and goes_on(text[span[0]]):
            rows[-1][-1] = (rows[-1][-1][0], span[1])
        else:
            rows.append([span])
        parted, empty = False, None
    return _rejoined(rows)


def _rejoined(rows: list[list[Span]]) -> list[list[Span]]:
    """Join the pieces of a row that a line's end within a cell cut."""
    width = max(map(len, rows), default=0)
    whole: list[list[Span]] = []
    for row in rows:
        last = whole[-1] if whole else None
        if last and len(last) < width and len(row) < width and len(last) + len(row) - 1 == width and len(whole) > 1:
            last[-1] = (last[-1][0], row[0][1])
            last += row[1:]
        else:
            whole.append(row)
    return whole


def lone_cells(text: str, lines: Sequence[Span]) -> list[Span]:
    """The cells of a table with one a line, empty ones too.

    Where a blank line follows every cell, lines without one between them are one cell, and two more blank lines are an
    empty cell; elsewhere a blank line is an empty cell.

    Examples
    --------
    >>> text = "Số\\nvụ\\n\\nCộng\\n\\n\\n\\n12"
    >>> lines = [(0, 2), (3, 5), (6, 6), (7, 11), (12, 12), (13, 13), (14, 14), (15, 17)]
    >>> [text[a:b] for a, b in lone_cells(text, lines)]
    ['Số\\nvụ', 'Cộng', '', '12']
    """
    full = [bool(text[a:b].strip()) for a, b in lines]
    first = next((i for i, is_full in enumerate(full) if is_full), len(full))
    last = len(full) - next((i for i, is_full in enumerate(reversed(full)) if is_full), 0)
    parted = sum(one and not two for one, two in zip(full[first:last], full[first + 1 : last + 1], strict=False))
    spaced = parted * 2 >= sum(full)
    cells: list[Span] = []
    blanks = 0
    for line, is_full in list(zip(lines, full, strict=True))[first:last]:
        if not is_full:
            blanks += 1
            continue
        span = trimmed(text, *line)
        empties = (blanks - 1) // 2 if spaced else blanks
        at = cells[-1][1] if cells else span[0]
        cells += [(at, at)] * max(0, empties)
        same = cells and not blanks and (spaced or goes_on(text[span[0]]))
        if same:
            cells[-1] = (cells[-1][0], span[1])
        else:
            cells.append(span)
        blanks = 0
    return cells


def stream_rows(text: str, cells: Sequence[Span]) -> list[list[Span]] | None:
    """Cut a stream of cells into header rows, rows of data and titles; None where no number of columns fits.

    Examples
    --------
    >>> import re
    >>> text = "Năm|Đoàn|Cuộc|2015|3|4|2016|5|6"
    >>> spans = [m.span() for m in re.finditer("[^|]+", text)]
    >>> [[text[a:b] for a, b in row] for row in stream_rows(text, spans)]
    [['Năm', 'Đoàn', 'Cuộc'], ['2015', '3', '4'], ['2016', '5', '6']]
    """
    if not 4 <= len(cells) <= _LONGEST:
        return None
    kinds = [cell_kind(text[a:b]) for a, b in cells]
    lost = [0]
    for kind in kinds:
        lost.append(lost[-1] + (kind in "FO"))
    best: tuple[float, int, int, list[int]] | None = None
    for width in range(2, min(_WIDEST, len(cells) // 2) + 1):
        scores, steps = _parsed(kinds, width)
        for head in range(len(cells) - width + 1):
            score = scores[head] - _FIGURE_LOST * lost[head] - _NO_HEAD * max(0, width - head)
            if scores[head] > 0 and (best is None or score > best[0] + 1e-9):
                best = (score, width, head, steps)
    if best is None:
        return _one_row(cells, kinds)
    _, width, head, steps = best
    rows: list[list[Span]] = []
    at = head
    while at < len(cells):
        rows.append(list(cells[at : at + steps[at]]))
        at += steps[at]
    names = 2 if sum(kinds[head + i] == "O" for i in (0,)) else 1
    return _head(text, cells[:head], width, names) + rows


def _parsed(kinds: Sequence[str], width: int) -> tuple[list[float], list[int]]:
    """For each place the score of reading the cells from there on as rows of so many, and the first row's length."""
    count = len(kinds)
    scores, steps = [0.0] * (count + 1), [1] * count
    for at in range(count - 1, -1, -1):
        options: list[tuple[float, int]] = [(scores[at + 1] - (_TITLE if kinds[at] in "XE" else 2 * _FIGURE_LOST), 1)]
        if kinds[at : at + 2] == ["O", "X"]:
            options.append((scores[at + 2] - _TITLE, 2))
        if at + width <= count and _is_row(kinds[at : at + width]):
            words = kinds[at + 2 : at + width].count("X")
            options.append((scores[at + width] + width - _WORD * words, width))
        for short in range(2, width):
            if at + short == count or at + short < count and kinds[at + short] in "PT":
                if _is_row(kinds[at : at + short]):
                    options.append((scores[at + short] + short - _SHORT, short))
        scores[at], steps[at] = max(options)
    return scores, steps


def _is_row(kinds: Sequence[str]) -> bool:
    """Whether cells are a row: a name, after an ordinal or not, and figures, with a unit or a remark among them."""
    names = 1 + (kinds[0] in "OE" and kinds[1] in "XPT")
    if kinds[names - 1] not in "XPT":
        return False
    values = kinds[names:]
    figures = sum(kind in "FOE" for kind in values)
    words = values.count("X")
    named = "P" not in values and "T" not in values
    return named and words <= 2 and words <= figures and any(kind in "FO" for kind in values)


def _one_row(cells: Sequence[Span], kinds: Sequence[str]) -> list[list[Span]] | None:
    """A table of one row without a name: as many columns as figures at its end."""
    figures = next((i for i, kind in enumerate(reversed(kinds)) if kind not in "FOE"), len(kinds))
    head = len(cells) - figures
    if not figures or head < figures or any(kind in "FO" for kind in kinds[:head]):
        return None
    return [
        *([list(cells[: head - figures])] if head > figures else []),
        list(cells[head - figures : head]),
        list(cells[head:]),
    ]


def _head(text: str, cells: Sequence[Span], width: int, names: int) -> list[list[Span]]:
    """The rows of a header: each below the first opens with the empty cells under the names', where these are kept."""
    if len(cells) <= width:
        # The corner over the names may be an empty cell, of which nothing is left.
        corner = [(cells[0][0], cells[0][0])] if len(cells) == width - 1 else []
        return [corner + list(cells)] if cells else []
    opens = [i for i in range(1, len(cells)) if cells[i][0] == cells[i][1] and cells[i - 1][1] > cells[i - 1][0]]
    if len(cells) - width in opens:
        edges = [0, *(i for i in opens if i <= len(cells) - width), len(cells)]
        return [list(cells[a:b]) for a, b in pairwise(edges)]
    # The merged cells stand in the first row alone: names, groups, then what is below the groups.
    measures = 0
    while (
        measures < len(cells) and fold(text[slice(*cells[-1 - measures])]) in table_words()["measure_headers"]["whole"]
    ):
        measures += 1
    groups = len(cells) - width
    if 0 < measures < width - names:
        # Three rows, the lowest below some cells of the second: as few groups as leave each of these the same number.
        middle = len(cells) - measures - names
        halves = (g for g in range(1, middle) if (over := groups - g) > 0 and measures % over == 0)
        groups = next(halves, groups)
    edges = [0, names + groups, len(cells) - measures if 0 < measures < width - names else len(cells), len(cells)]
    rows = [list(cells[a:b]) for a, b in pairwise(edges) if b > a]
    return rows[:1] + [[(row[0][0], row[0][0])] * names + row for row in rows[1:]]
