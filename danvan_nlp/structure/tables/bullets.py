"""The statements of a list as a grid: labels on the left, values on the right."""

from __future__ import annotations

import re

from danvan_nlp.structure.tables.cells import Placed, Span
from danvan_nlp.structure.tables.grid import Grid

BULLET = re.compile(r"\s*(?:([-–—+•*○●▪■◦»✓])\s*|(\d{1,2}(?:\.\d{1,2}){0,3}(?:[.)/]|(?=\s+[^\W\d_]))|[a-zđ][.)])\s+)")
"""A bullet or an enumerator at the start of a line."""
_TITLE = 300
# Digits that are no figure of the line: document numbers, dates, years, lengths of time.
_NO_FIGURE = re.compile(r"\d+\s?[-/]\s?[A-ZĐ]\S*|\d{1,2}[-/]\d{1,2}[-/]\d{4}|năm \d{4}|\d{4}\s?[-–]\s?\d{4}|\d+ năm")
# What parts a name from its figure: a colon or a leader of dots.
_COLON = re.compile(r":(?!\d\d\b)|(?:\.{4,}|…{2,})(?=\s?\d)")
_OUTER_FIRST = ("1", "1.", "1..", "1...", "a", "*", "-", "+")


def trimmed(text: str, start: int, end: int) -> Span:
    """A range without the white space at both ends.

    Examples
    --------
    >>> trimmed("\\t 12 ", 0, 5)
    (2, 4)
    """
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    right = len(part.rstrip())
    return (start + left, start + right) if right > left else (start, start)


def bullet_rows(text: str, lines: list[Span]) -> Grid:
    """Grid of a list: a row a statement, its labels in the columns on the left, its value in the last.

    Examples
    --------
    >>> text = "- Cấp tỉnh:\\n+ Số đoàn: 3"
    >>> grid = bullet_rows(text, [(0, 11), (12, 24)])
    >>> [(row, column, text[a:b]) for row, column, (a, b), *_ in grid.cells]
    [(0, 0, 'Cấp tỉnh'), (0, 1, 'Số đoàn'), (0, 2, '3')]
    """
    statements: list[tuple[list[Span], Span]] = []
    parents: list[tuple[str, Span]] = []
    stated = False
    for line in _whole_lines(text, lines):
        marker = BULLET.match(text, *line)
        start = marker.end() if marker else line[0]
        kind = _kind(marker)
        depth = _depth(kind, [k for k, _ in parents], stated)
        del parents[depth:]
        stated = False
        inner = depth
        for label, value in _statements(text, start, line[1]):
            if label[1] > label[0]:
                del parents[inner:]
                parents.append((kind, label))
            if value is None:
                # "UBND xã: - Cấp trưởng: 01 - Cấp phó: 02": the rest of the line stands under its first label.
                inner = len(parents)
            else:
                stated = True
                statements.append(([p for _, p in parents], value))
        if not parents[depth:]:
            parents.append((kind, (start, start)))
    return _list_grid(statements)


def _depth(kind: str, open_kinds: list[str], stated: bool) -> int:
    """How deep an item stands: beside those of its kind, or inside the open ones.

    A list may open with the inner kind, since its first outer item is a heading: below a figure (``stated``) an item
    of a kind that is used outside of those does not belong to them.
    """
    if kind in open_kinds:
        return open_kinds.index(kind)
    if stated and kind in _OUTER_FIRST:
        inner = _OUTER_FIRST[_OUTER_FIRST.index(kind) + 1 :]
        return next((i for i, k in enumerate(open_kinds) if k in inner), len(open_kinds))
    return len(open_kinds)


def _kind(marker: re.Match[str] | None) -> str:
    if marker is None:
        return "none"
    if marker[1]:
        return "-" if marker[1] in "-–—" else marker[1]
    return "a" if marker[2][0].isalpha() else "1" + "." * marker[2].strip(".)/").count(".")


def _whole_lines(text: str, lines: list[Span]) -> list[Span]:
    whole: list[Span] = []
    for line in lines:
        start, end = trimmed(text, *line)
        if start == end:
            continue
        goes_on = (
            whole
            and not BULLET.match(text, start, end)
            and text[start].islower()
            and text[whole[-1][1] - 1] not in ".;:"
        )
        if goes_on:
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


def _statements(text: str, start: int, end: int) -> list[tuple[Span, Span | None]]:
    """Label and value of each statement on a line; a line with no colon is a value without a label."""
    found: list[tuple[Span, Span | None]] = []
    at = start
    colon = next((m for m in _COLON.finditer(text, start, end) if _outside(text, start, m.start())), None)
    if colon is None and end - start < _TITLE and not any(c.isdigit() for c in _NO_FIGURE.sub("", text[start:end])):
        return [(trimmed(text, start, end), None)]
    if colon is None:
        return [((start, start), trimmed(text, start, end))]
    while colon is not None:
        nxt = next((m for m in _COLON.finditer(text, colon.end(), end) if _outside(text, colon.end(), m.start())), None)
        cut = max(text.rfind(";", colon.end(), nxt.start()), text.rfind(" - ", colon.end(), nxt.start())) if nxt else -1
        stop = cut if cut >= 0 else end
        label, value = trimmed(text, at, colon.start()), trimmed(text, colon.end(), stop)
        while value[1] > value[0] and text[value[1] - 1] in ";.":
            value = trimmed(text, value[0], value[1] - 1)
        found.append((label, value if value[1] > value[0] else None))
        at = stop + 1 if cut < 0 or text[cut] == ";" else stop + 3
        colon = nxt if cut >= 0 else None
    return found


def _outside(text: str, start: int, at: int) -> bool:
    """Whether a place is outside brackets, looking back no further than a label reaches."""
    part = text[max(start, at - 300) : at]
    return part.count("(") <= part.count(")")


def _list_grid(statements: list[tuple[list[Span], Span]]) -> Grid:
    depth = max((len(labels) for labels, _ in statements), default=0)
    cells: list[Placed] = []
    open_cells: dict[int, int] = {}
    for r, (labels, value) in enumerate(statements):
        for c in range(depth):
            label = labels[c] if c < len(labels) else None
            if label is None or label[0] == label[1]:
                open_cells.pop(c, None)
            elif c in open_cells and cells[open_cells[c]][2] == label:
                row, column, span, height, breadth = cells[open_cells[c]]
                cells[open_cells[c]] = (row, column, span, height + 1, breadth)
            else:
                open_cells[c] = len(cells)
                cells.append((r, c, label, 1, 1))
        cells.append((r, depth, value, 1, 1))
    return Grid(len(statements), depth + 1, 0, tuple(cells))
