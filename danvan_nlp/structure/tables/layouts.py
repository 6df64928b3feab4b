"""Rows of cells out of the lines of a table, for each layout with cells: tabs, Markdown pipes, one cell a line."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from danvan_nlp.structure.tables.bullets import BULLET, trimmed
from danvan_nlp.structure.tables.cells import Span, is_figure, is_period, is_total

_TAB = re.compile(r"\t")
_PIPE = re.compile(r"(?<!\\)\|")
_GRID_RULE = re.compile(r"\s*\+[-=:+]{3,}")
_LONGEST_RULE = 400
_EDGED = 0.9
_CONTINUES = frozenset("(+•*–-")


def _cut(text: str, line: Span, separator: re.Pattern[str]) -> list[Span]:
    edges = [line[0]]
    for m in separator.finditer(text, *line):
        edges += [m.start(), m.end()]
    edges.append(line[1])
    return [trimmed(text, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def split_rows(text: str, lines: list[Span], separator: re.Pattern[str] = _TAB) -> list[list[Span]]:
    """Rows of cells that stand on one line, apart by tabs; a row that a line break cut in a cell is joined again.

    Examples
    --------
    >>> text = "Năm\\tSố cuộc\\n2015\\t14"
    >>> [[text[a:b] for a, b in row] for row in split_rows(text, [(0, 11), (12, 19)])]
    [['Năm', 'Số cuộc'], ['2015', '14']]
    """
    pieces = [(_cut(text, line, separator), line) for line in lines if text[line[0] : line[1]].strip()]
    width = max((len(p) for p, _ in pieces), default=0)
    rows: list[list[Span]] = []
    broken = False
    for cells, _ in pieces:
        last = rows[-1] if rows else None
        opens = text[cells[0][0] : cells[0][0] + 1]
        joins = broken or ((opens.islower() or opens in _CONTINUES) and last is not None and len(last) < width)
        if last is not None and joins and len(last) + len(cells) - 1 <= width:
            last[-1] = _united(last[-1], cells[0])
            last += cells[1:]
        elif last is not None and len(cells) == 1 and (opens.islower() or opens == "("):
            filled = next((i for i in range(len(last) - 1, -1, -1) if last[i][1] > last[i][0]), 0)
            last[filled] = _united(last[filled], cells[0])
        elif last is not None and len(cells) == 1 < width and opens and opens in "-+*•–" and text[last[-1][0]] == opens:
            last[-1] = _united(last[-1], cells[0])
        else:
            rows.append(cells)
        # A bullet alone on its line opens a cell of several lines.
        broken = len(rows[-1]) < width and len(cells) == 1 and BULLET.match(text, *cells[0]) is not None
    return rows


def _united(one: Span, two: Span) -> Span:
    if one[1] == one[0]:
        return two
    return (one[0], max(one[1], two[1])) if two[1] > two[0] else one


def pipe_rows(text: str, lines: list[Span]) -> list[list[Span]]:
    """Rows of a Markdown table; the rule below the header is no row.

    Examples
    --------
    >>> text = "| Năm | Số cuộc |"
    >>> [[text[a:b] for a, b in row] for row in pipe_rows(text, [(0, 17)])]
    [['Năm', 'Số cuộc']]
    """
    rows = []
    full = [trim for line in lines if (trim := trimmed(text, *line))[0] < trim[1]]
    # Without bars at its edges, a table's row opens with one only where its first cell is empty.
    edged = sum(text[start] == "|" for start, _ in full) >= _EDGED * len(full)
    for start, end in full:
        cells = _cut(text, (start, end), _PIPE)
        if text[start] == "|" and edged:
            cells = cells[1:]
        if len(cells) > 1 and cells[-1][0] == cells[-1][1] and text[end - 1] == "|":
            cells = cells[:-1]
        rows.append([_without_markup(text, c) for c in cells])
    return rows


def is_grid_rule(line: str) -> bool:
    """Whether a line is a rule of a grid table: ``+-----+=====+``.

    Examples
    --------
    >>> is_grid_rule("+-----+---+"), is_grid_rule("+ Số đoàn: 3")
    (True, False)
    """
    return _GRID_RULE.match(line[:_LONGEST_RULE]) is not None


def grid_rows(text: str, lines: list[Span]) -> list[list[list[Span]]]:
    """Rows of a grid table: between two rules stands one row, whose cells may have several lines.

    Examples
    --------
    >>> text = "| Số   | Năm |\\n| đoàn |     |\\n+------+-----+"
    >>> [[text[a:b] for a, b in cell] for cell in grid_rows(text, [(0, 14), (15, 29), (30, 44)])[0]]
    [['Số', 'đoàn'], ['Năm']]
    """
    rows: list[list[list[Span]]] = []
    fresh = True
    for line in lines:
        if is_grid_rule(text[line[0] : line[1]]):
            fresh = True
            continue
        for cells in pipe_rows(text, [line]):
            if fresh:
                rows.append([])
            rows[-1] += [[] for _ in range(len(cells) - len(rows[-1]))]
            for cell, span in zip(rows[-1], cells, strict=False):
                cell.extend([span] if span[1] > span[0] else [])
            fresh = False
    return rows


def _without_markup(text: str, span: Span) -> Span:
    start, end = span
    while end - start >= 4 and text[start : start + 2] == "**" == text[end - 2 : end]:
        start, end = start + 2, end - 2
    return start, end


def streamed_rows(text: str, lines: list[Span], tabs: bool = True) -> list[list[Span]]:
    """Rows of a table with one cell a line: how many cells make a row decides, blank lines only hint.

    Parameters
    ----------
    text : str
        The key that the lines index.
    lines : list of (int, int)
        The table's lines, blank ones among them.
    tabs : bool
        Whether a tab opens each cell, so that a line without one goes on with the cell above; otherwise each line is
        a cell.

    Examples
    --------
    >>> text = "\\tNăm\\n\\tSố cuộc\\n\\n\\t2015\\n\\t14"
    >>> lines = [(0, 4), (5, 13), (14, 14), (15, 20), (21, 24)]
    >>> [[text[a:b] for a, b in row] for row in streamed_rows(text, lines)]
    [['Năm', 'Số cuộc'], ['2015', '14']]
    """
    runs: list[list[Span]] = [[]]
    gap = False
    # Where an empty cell is a tab without a line of its own, a row whose last cell is empty ends with a tab.
    glued = any("\t\t" in text[a:b] for a, b in lines)
    for line in lines:
        content = text[line[0] : line[1]]
        if not content.strip() and "\t" not in content:
            gap = True
            continue
        if tabs and not content.startswith("\t") and any(runs):
            # Runs are never empty once the first cell stands, so the last cell is there to go on with.
            runs[-1][-1] = _united(runs[-1][-1], trimmed(text, *line))
            gap = False
            continue
        if gap and runs[-1]:
            runs.append([])
        gap = glued and content.endswith("\t")
        runs[-1] += _cut(text, line, _TAB)[1:] if tabs and content.startswith("\t") else [trimmed(text, *line)]
    runs = [run for run in runs if run]
    if not runs:
        return []
    width = _row_width(text, runs)
    if width == 0:
        runs = [[cell for run in runs for cell in run]]
        width = _width_by_pattern([text[a:b] for a, b in runs[0]])
    return _rows_of(runs, width)


def _row_width(text: str, runs: list[list[Span]]) -> int:
    """How many cells make a row, by the blank lines; 0 where they do not tell."""
    if len(runs) < 2:
        return 0
    counts = Counter(map(len, runs))
    width, times = max(counts.items(), key=lambda item: (item[1], item[0]))
    if width == 1 and times * 2 > len(runs):
        return 0
    return len(runs[-1]) if times == 1 else width


def _width_by_pattern(cells: list[str]) -> int:
    """How many cells make a row, by the place of years and figures among the cells."""
    labels = [i for i, cell in enumerate(cells) if is_period(cell) or (i and is_total(cell) and is_period(cells[0]))]
    steps = Counter(b - a for a, b in pairwise(labels))
    if steps:
        step, times = max(steps.items(), key=lambda item: (item[1], item[0]))
        if step > 1 and times * 2 >= len(labels) - 1:
            return step
    figures = [i for i, cell in enumerate(cells) if is_figure(cell)]
    if not figures or figures[0] == 0:
        return 2 if len(cells) % 2 == 0 else 1
    first = figures[0]
    names = [i for i in range(first - 1, len(cells)) if not is_figure(cells[i]) and cells[i]]
    steps = Counter(b - a for a, b in pairwise(names))
    if len(names) > 1 and len(steps) == 1:
        return next(iter(steps))
    tail = len(cells) - first
    return tail if 2 * tail <= len(cells) else tail + 1 if 2 * (tail + 1) <= len(cells) else max(1, first)


def _rows_of(runs: list[list[Span]], width: int) -> list[list[Span]]:
    """Join short runs that make up a row and cut long ones; what is left over heads the table or a group of rows."""
    rows: list[list[Span]] = []
    at = 0
    while at < len(runs):
        run = list(runs[at])
        at += 1
        ahead = at
        while len(run) < width and ahead < len(runs) and runs[ahead][0][1] > runs[ahead][0][0]:
            if len(run) + len(runs[ahead]) > width:
                break
            run += runs[ahead]
            ahead += 1
        if len(run) == width:
            at = ahead
        else:
            run = list(runs[at - 1])
        over = len(run) % width if len(run) > width else 0
        if over:
            rows.append(run[:over])
            run = run[over:]
        rows += [run[i : i + width] for i in range(0, len(run), width)]
    return _merged_head(rows, width)


def _merged_head(rows: list[list[Span]], width: int) -> list[list[Span]]:
    """Unite the pieces of a header row that blank lines cut: each header row below a merged corner opens empty."""
    first = next((i for i, row in enumerate(rows) if len(row) == width), 0)
    if first < 2 or rows[first][0][1] > rows[first][0][0]:
        return rows
    head: list[list[Span]] = []
    for row in rows[:first]:
        if head and row[0][1] > row[0][0] and len(head[-1]) + len(row) <= width:
            head[-1] = head[-1] + row
        else:
            head.append(list(row))
    return head + rows[first:]
