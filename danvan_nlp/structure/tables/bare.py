"""Tables that lost tabs and bars: one cell a line, told by their ordinals or by how many lines are bare figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from danvan_nlp.structure.lines.looks import is_appendix_heading, is_table_caption, is_table_note, looks_like_prose
from danvan_nlp.structure.lines.split import Line, word_count
from danvan_nlp.structure.tables.cells import is_period, table_words
from danvan_nlp.structure.tables.headed import opens_header
from danvan_nlp.structure.tables.lone import lone_table
from danvan_nlp.structure.tables.streams import lone_cells

_CELL_WORDS = 14
_LONGEST_CELL = 90
_LONGEST_MARKED = 60
_FEWEST_FIGURES = 3
_FEWEST_ROWS = 2
_WIDEST_ROW = 14
_LONGEST_HEADER = 20
_TITLE_WORDS = 3
# A figure, or a sign that stands in its place: "x" for done, a dash for none, "%" for the unit.
_FIGURE = re.compile(r"[-–]?\d[\d.,]*\s?%?|\d{1,2}/\d{4}|\(\d{1,2}\)|[xX%–-]")
_ORDINAL = re.compile(r"\d{1,3}\.?")


def bare_tables(lines: Sequence[Line], cells: Sequence[bool]) -> list[bool]:
    """Mark the cells of tables with one cell a line, next to those that are known already.

    Parameters
    ----------
    lines : sequence of Line
        The lines of the body, none of them blank.
    cells : sequence of bool
        Which of them are rows or cells of a table laid out otherwise.

    Examples
    --------
    >>> from danvan_nlp.structure.lines.split import split_lines
    >>> lines = split_lines("Đã kiểm tra.\\nNăm\\nSố cuộc\\n2019\\n14\\n2020\\n9\\nNhìn chung, đạt yêu cầu.")
    >>> bare_tables(lines, [False] * 8)
    [False, True, True, True, True, True, True, False]
    """
    marked = list(cells)
    i = 0
    while i < len(lines):
        end = i if marked[i] else headed_lines(lines, i) or _numbered_rows(lines, marked, i)
        if end > i:
            marked[i:end] = [True] * (end - i)
        i = max(end, i + 1)
    i = 0
    while i < len(lines):
        end = i
        while end < len(lines) and not marked[end] and _may_be_cell(lines, end):
            end += 1
        first, last = _figure_rows(lines, i, end)
        marked[first:last] = [True] * (last - first)
        i = max(end, i + 1)
    return marked


def headed_cells(lines: Sequence[Line]) -> set[int]:
    """The lines of tables with one cell a line that their headers cut into rows."""
    cells: set[int] = set()
    i = 0
    while i < len(lines):
        end = headed_lines(lines, i)
        cells.update(range(i, end))
        i = max(end, i + 1)
    return cells


def headed_lines(lines: Sequence[Line], i: int) -> int:
    """Where the table ends that its header cuts into rows, the header opening on line ``i``; 0 where none does.

    Examples
    --------
    >>> from danvan_nlp.structure.lines.split import split_lines
    >>> headed_lines(split_lines("TT\\nNội dung\\n2019\\n1\\nSố đoàn\\n3\\n2\\nSố cuộc\\n9\\nNơi nhận:"), 0)
    9
    """
    if i + 1 >= len(lines) or not opens_header(lines[i].text):
        return 0
    end = next((k for k in range(i + 1, len(lines)) if _is_apart(lines[k])), len(lines))
    part = lines[i:end]
    cells = lone_cells([line.text for line in part], [line.blanks for line in part] + [0])
    table = lone_table(["\n".join(part[k].text for k in cell) for cell in cells])
    if table is None or len(table.rows) < _FEWEST_ROWS or lines[i].tail.endswith("."):
        return 0
    return i + 1 + max(k for cell in cells[: table.end] for k in cell)


def _is_apart(line: Line) -> bool:
    return line.tabs > 0 or line.n_gaps > 0 or is_appendix_heading(line)


def _numbered_rows(lines: Sequence[Line], marked: Sequence[bool], i: int) -> int:
    """Where the table ends whose header opens with ``STT`` on line ``i``; ``i`` where none does."""
    if lines[i].length > _LONGEST_HEADER or lines[i].folded not in table_words()["ordinal_headers"]["whole"]:
        return i
    ordinals = [k for k in range(i + 1, min(i + _WIDEST_ROW, len(lines))) if _ordinal(lines[k]) == 1][:1]
    if not ordinals:
        return i
    width = ordinals[0] - i
    below = range(ordinals[0], min(ordinals[0] + width, len(lines)))
    if all(_ordinal(lines[k]) == n for n, k in enumerate(below, 1)):
        # "1", "2", "3" … below the header number the columns.
        ordinals = [k for k in range(below.stop, min(below.stop + 2, len(lines))) if _ordinal(lines[k]) == 1]
    if not ordinals:
        return below.stop
    at = ordinals[0] + 1
    rows, tallest = [ordinals[0]], width
    while at < min(len(lines), rows[-1] + 2 * tallest) and not (marked[at] or _ends_table(lines[at])):
        full = at - rows[-1] >= width
        if full and lines[at].marker.style.startswith("decimal"):
            break
        if _ordinal(lines[at]) == len(rows) + 1 and at > rows[-1] + 1 and not lines[at].opens_page:
            tallest = max(tallest, at - rows[-1])
            rows.append(at)
        at += 1
    last = min(at, rows[-1] + max((b - a for a, b in pairwise(rows)), default=width))
    while last < at and _FIGURE.fullmatch(lines[last].text):
        last += 1
    return last


def _ordinal(line: Line) -> int:
    """The number of a row that stands alone on its line; 0 where it is none."""
    return int(line.text.rstrip(".")) if line.length <= 4 and _ORDINAL.fullmatch(line.text) else 0


def _ends_table(line: Line) -> bool:
    numbered = line.marker.style in ("part", "roman", "upper") or line.upper and word_count(line.text) > _TITLE_WORDS
    closed = line.is_rule or is_appendix_heading(line) or is_table_note(line)
    return numbered or closed or looks_like_prose(line) and line.tail.endswith(".")


def _may_be_cell(lines: Sequence[Line], i: int) -> bool:
    line = lines[i]
    if line.is_rule:
        return _FIGURE.fullmatch(line.text) is not None
    if line.length > _LONGEST_CELL or word_count(line.text) > _CELL_WORDS or line.tabs or line.n_gaps:
        return False
    below = lines[i + 1].text if i + 1 < len(lines) else ""
    if line.marker.style != "none":
        short = line.length <= _LONGEST_MARKED and line.marker.style != "footnote"
        return short and _FIGURE.fullmatch(below) is not None
    if line.tail.endswith(","):
        return below[:1].islower()
    titled = line.upper and word_count(line.text) > _TITLE_WORDS
    return not (line.tail.endswith((".", ";", ":")) or titled or is_appendix_heading(line) or is_table_caption(line))


def _figure_rows(lines: Sequence[Line], start: int, end: int) -> tuple[int, int]:
    """The part of a run of short lines that is a table by its figures."""
    figures = [k for k in range(start, end) if _FIGURE.fullmatch(lines[k].text)]
    if len(figures) < _FEWEST_FIGURES or 3 * len(figures) < figures[-1] - figures[0] + 1:
        return start, start
    heads = [k for k in range(max(start, figures[0] - 2 * _WIDEST_ROW), figures[0]) if _names_rows(lines[k])]
    if heads:
        return heads[0], figures[-1] + 1
    # No word tells the header: it takes as many lines as a row does.
    periods = [k for k in figures if is_period(lines[k].text)]
    if len({b - a for a, b in pairwise(periods)}) == 1 and periods[0] == figures[0]:
        return max(start, figures[0] - (periods[1] - periods[0])), figures[-1] + 1
    opens = [figures[0], *(b for a, b in pairwise(figures) if b > a + 1)]
    width = max((b - a for a, b in pairwise(opens)), default=_CELL_WORDS)
    return max(start, figures[0] - 1 - width), figures[-1] + 1


def _names_rows(line: Line) -> bool:
    """Whether a cell heads the column of the rows' numbers or names: ``STT``, ``Đơn vị``."""
    words = table_words()
    return line.folded in words["ordinal_headers"]["whole"] or line.folded in words["label_headers"]["whole"]
