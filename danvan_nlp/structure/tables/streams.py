"""Rows of cells out of a table that lost its tabs: one cell a line, as text converters and browsers write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from danvan_nlp.structure.tables.bullets import trimmed
from danvan_nlp.structure.tables.grid import Span
from danvan_nlp.structure.tables.headed import cell_kind, goes_on, heads
from danvan_nlp.structure.tables.lone import Row, lone_table

_STATED = re.compile(r"[^:]{2,160}:\s*\d")
_WIDE_GAP = re.compile(r"(?<=\S)\s{3,}(?=\S)")


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
        elif rows and empty is None and goes_on("", text[slice(*span)]):
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


def lone_cells(texts: Sequence[str], blanks: Sequence[int]) -> list[list[int]]:
    """The lines of each cell of a table with one cell a line; none for an empty cell.

    Where a blank line follows every cell, lines without one between them are one cell, and two more blank lines are an
    empty cell; elsewhere a blank line is an empty cell.

    Parameters
    ----------
    texts : sequence of str
        The lines that are not blank.
    blanks : sequence of int
        How many blank lines stand above each; one more number for those behind the last.

    Examples
    --------
    >>> lone_cells(["Số", "vụ", "Cộng", "12"], [0, 0, 1, 3, 0])
    [[0, 1], [2], [], [3]]
    """
    spaced = 2 * sum(map(bool, blanks[1:])) >= len(texts)
    units = Counter(texts) if any(heads(text, "unit") for text in texts) else Counter()
    cells: list[list[int]] = []
    for i, text in enumerate(texts):
        if i:
            cells += [[] for _ in range((blanks[i] - 1) // 2 if spaced else blanks[i])]
        above = " ".join(texts[k] for k in cells[-1]) if cells and not blanks[i] else ""
        recurs = units[text] > 1 and texts[i + 1 : i + 2] != [] and cell_kind(texts[i + 1]) in "FO"
        if above and (spaced or goes_on(above, text) and not recurs):
            cells[-1].append(i)
        else:
            cells.append([i])
    return cells + [[] for _ in range((blanks[-1] - 1) // 2 if spaced else blanks[-1])]


def lone_tables(text: str, lines: Sequence[Span]) -> list[tuple[list[list[Span]], int | None]]:
    """Tables that lost their tabs, one cell a line, each as rows and how many of them are headers, where that is told.

    None at all for lists and for columns apart by blanks. Where the rows are not told, each cell is a row of its own.

    Examples
    --------
    >>> text = "Năm\\nĐoàn\\nCuộc\\n2015\\n3\\n4\\n2016\\n5\\n6"
    >>> lines = [m.span() for m in re.finditer(".+", text)]
    >>> [([[text[a:b] for a, b in row] for row in rows], head) for rows, head in lone_tables(text, lines)]
    [([['Năm', 'Đoàn', 'Cuộc'], ['2015', '3', '4'], ['2016', '5', '6']], 1)]
    """
    full = [line for line in lines if text[line[0] : line[1]].strip()]
    # Statements of a list, and sentences.
    other = sum(_STATED.match(text, a, b) is not None or text[b - 1] in ".;" for a, b in full)
    if other * 4 > len(full) or any(_WIDE_GAP.search(text, *line) for line in full):
        return []
    blanks = [0]
    for a, b in lines:
        blanks[-1] += not text[a:b].strip()
        blanks += [0] * bool(text[a:b].strip())
    cells: list[Span] = []
    for group in lone_cells([text[a:b].strip() for a, b in full], blanks):
        end = cells[-1][1] if cells else 0
        cells.append(trimmed(text, full[group[0]][0], full[group[-1]][1]) if group else (end, end))
    words = [text[a:b] for a, b in cells]
    found: list[tuple[list[list[Span]], int | None]] = []
    at = 0
    while at < len(cells):
        table = lone_table(words[at:])
        if table is None:
            break
        found.append(([_spans(cells[at:], row) for row in table.head + table.rows], len(table.head)))
        if untold := [[cells[at + i]] for i in table.untold if words[at + i]]:
            found.append((untold, None))
        at += table.end
    if any(cell_kind(word) in "FOW" for word in words[at:]):
        found.append(([[cell] for cell in cells[at:]], None))
    return found


def _spans(cells: Sequence[Span], row: Row) -> list[Span]:
    """The cells of a row, with an empty one wherever none left a trace."""
    at = next((cells[i][0] for i in row if i is not None), 0)
    return [(at, at) if i is None else cells[i] for i in row]
