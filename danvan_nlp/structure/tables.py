"""Tables of a report, re-read from its text as grids of cells, in whatever layout the file holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from danvan_nlp.language.key import Key, make_key
from danvan_nlp.structure.bullets import bullet_rows
from danvan_nlp.structure.grid import Span, make_grid
from danvan_nlp.structure.layouts import pipe_rows, split_rows, streamed_rows
from danvan_nlp.types import Cell, Table, Unit

_NUMBERED_TITLE = re.compile(r"\s*(?:[IVXL]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3})\s*[.)/-]*\s+[^\W\d_][^\t:]*$")
_STATISTIC = re.compile(r"[^\t:]{2,160}:[^\n]{0,160}\d[^\n]{0,160}$")
_STATED_TITLE = re.compile(r"[^\t:]{2,160}:\s*\d[\d.,]*\s*%?[^.\n]{0,80}$")
_APPENDIX = re.compile(r"\W*(?:phụ\s+lục|phụ\s+biểu|biểu\s|bảng\s|mẫu\s|tổng\s+hợp\s+số\s+liệu)", re.IGNORECASE)
_FLANKED = 3
_WIDEST = 2000
_BULLETS = ("-", "+", "*", "•", "–")
_CELL_LINES = 12
_WIDE_GAP = re.compile(r"(?<=\S)\s{3,}(?=\S)")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    blank: bool
    tabs: int
    pipe: bool
    # Index of the unit that the line belongs to, or None.
    unit: int | None
    tabular: bool = False


def tables(text: str, units: Sequence[Unit]) -> tuple[Table, ...]:
    """Find the tables of a report and read each as a grid of cells.

    Parameters
    ----------
    text : str
        The report's text.
    units : sequence of Unit
        Its units; those with the role ``table`` tell where the tables stand. Headings and running text part them.

    Returns
    -------
    tuple of Table
        In the order of the text.

    Notes
    -----
    A line of an appendix that states one figure after a colon is read as a row of a list, whatever its role.

    Examples
    --------
    >>> text = "Năm\\tSố đoàn\\n2015\\t14"
    >>> table = tables(text, [Unit(start=0, end=11, role="table"), Unit(start=12, end=19, role="table")])[0]
    >>> table.layout, table.n_rows, table.n_columns, table.n_header
    ('rows', 2, 2, 1)
    >>> [cell.text for cell in table.cells]
    ['Năm', 'Số đoàn', '2015', '14']
    """
    key = make_key(text)
    lines = _tabular_lines(key, units)
    return tuple(table for run in _runs(lines, units) for table in _read_run(key, run))


def _tabular_lines(key: Key, units: Sequence[Unit]) -> list[_Line]:
    lines: list[_Line] = []
    bounds = [key.to_key(u.start, u.end) for u in units]
    at, unit, appendix = 0, 0, False
    body = key.text
    while at <= len(body):
        end = body.find("\n", at)
        end = len(body) if end < 0 else end
        while unit < len(units) and bounds[unit][1] <= at:
            unit += 1
        mine = unit if unit < len(units) and bounds[unit][0] < max(end, at + 1) else None
        role = units[mine].role if mine is not None else None
        content = body[at:end]
        if role == "heading" and _APPENDIX.match(content):
            appendix = True
        statistic = appendix and _states(content, role)
        lines.append(
            _Line(at, end, not content.strip(), content.count("\t"), content.lstrip().startswith("|"), mine,
                  role == "table" or statistic)
        )  # fmt: skip
        at = end + 1
    return _with_flanked(lines)


def _states(content: str, role: str | None) -> bool:
    """Whether a line of an appendix states a figure or holds columns, though its unit is taken for text."""
    if role == "heading":
        return not _APPENDIX.match(content) and _STATED_TITLE.match(content) is not None
    columns = len(_WIDE_GAP.findall(content[:_WIDEST])) > 1
    return role == "sentence" and (columns or _STATISTIC.match(content) is not None)


def _with_flanked(lines: list[_Line]) -> list[_Line]:
    """Take a few lines with tabs or pipes for table lines where lines of a table stand on both sides of them."""
    full = [i for i, line in enumerate(lines) if not line.blank]
    waiting: list[int] = []
    inside = False
    for i in full:
        line = lines[i]
        if line.tabular:
            if inside and len(waiting) <= _FLANKED:
                for j in waiting:
                    lines[j] = replace(lines[j], tabular=True)
            waiting, inside = [], True
        elif line.tabs or line.pipe:
            waiting.append(i)
        else:
            waiting, inside = [], False
    return lines


def _runs(lines: list[_Line], units: Sequence[Unit]) -> Iterator[list[_Line]]:
    """Lines of tables with no other text between them; blank lines and bare tabs at both ends stay with the run."""
    run: list[_Line] = []
    for line in lines:
        if line.tabular or line.blank:
            run.append(line)
        elif line.unit is not None or any(r.tabular for r in run):
            if any(r.tabular for r in run):
                yield run
            run = []
    if any(r.tabular for r in run):
        yield run


def _read_run(key: Key, run: list[_Line]) -> Iterator[Table]:
    titles: list[Span] = []
    block: list[_Line] = []
    kind = ""
    # A line without a tab goes on with the cell above it in one layout, and is a title or a list in the others.
    tabs = [line.tabs for line in run if line.tabs and not line.blank]
    inner = sum(1 for line in run if line.tabs and "\t" in key.text[line.start : line.end].strip())
    streamed = bool(tabs) and inner * 2 < len(tabs)
    for index, line in enumerate(run):
        content = key.text[line.start : line.end]
        if line.blank and not line.tabs:
            here = kind
        elif line.pipe:
            here = "pipes"
        elif line.tabs:
            here = "cells" if streamed else "rows"
        elif kind == "cells" and not _NUMBERED_TITLE.match(content):
            here = "cells"
        elif kind == "rows" and (_continues(key, block, line) or _opens_cell(key, run, index)):
            here = "rows"
        else:
            here = "list"
        if here != kind and block:
            yield from _make(key, block, kind, titles)
            block = []
        kind = here
        block.append(line)
    if block:
        yield from _make(key, block, kind, titles)


def _continues(key: Key, block: list[_Line], line: _Line) -> bool:
    """Whether a line without a tab goes on with a broken row: the row above it has too few cells so far."""
    widest = max(b.tabs for b in block)
    last = next((b for b in reversed(block) if not b.blank), None)
    if last is None or last is not block[-1]:
        return False
    words = key.text[line.start : line.end].strip()
    last_cell = key.text[last.start : last.end].rpartition("\t")[2].strip()
    if words[:1] in _BULLETS and last_cell[:1] == words[:1]:
        return True
    return last.tabs < widest or words[:1].islower() or words.startswith("(")


def _opens_cell(key: Key, run: list[_Line], index: int) -> bool:
    """Whether a bullet without a tab opens a row whose first cell has several lines; a line with tabs goes on."""
    bullet = key.text[run[index].start : run[index].end].lstrip()[:1]
    if bullet not in _BULLETS:
        return False
    for line in run[index + 1 : index + 1 + _CELL_LINES]:
        content = key.text[line.start : line.end]
        if line.blank or content.lstrip()[:1] != bullet:
            return False
        if line.tabs:
            return True
    return False


def _make(key: Key, block: list[_Line], kind: str, titles: list[Span]) -> Iterator[Table]:
    text = key.text
    lines = [(line.start, line.end) for line in block]
    if kind == "list" and (rows := _bare_cells(text, lines)) is not None:
        yield _table(key, "cells", rows, titles)
    elif kind == "list":
        lines, aligned = _without_titles(key, lines, titles)
        if not lines:
            return
        if aligned:
            yield _table(key, "rows", split_rows(text, lines, _WIDE_GAP), titles)
        else:
            grid = bullet_rows(text, lines)
            cells = tuple(_cell(key, r, c, span, rs, cs) for r, c, span, rs, cs in grid.cells)
            yield _finished(key, "list", grid.n_rows, grid.n_columns, 0, cells, titles)
    elif kind == "pipes":
        yield _table(key, "pipes", pipe_rows(text, lines), titles)
    elif kind == "rows":
        yield _table(key, "rows", split_rows(text, lines), titles)
    elif kind == "cells":
        yield _table(key, "cells", streamed_rows(text, lines), titles)
    titles.clear()


def _without_titles(key: Key, lines: list[Span], titles: list[Span]) -> tuple[list[Span], bool]:
    """Take the lines that only name what follows off the front, and tell whether the rest is aligned in columns."""
    full = [line for line in lines if key.text[line[0] : line[1]].strip()]
    at = 0
    while at < len(full):
        content = key.text[full[at][0] : full[at][1]]
        if (
            ":" in content
            or _WIDE_GAP.search(content)
            or (any(c.isdigit() for c in content) and not _NUMBERED_TITLE.match(content))
        ):
            break
        at += 1
    if at == len(full) or (at and not full[at:]):
        titles.extend(key.to_source(*line) for line in full)
        return [], False
    titles.extend(
        key.to_source(*line)
        for line in full[:at]
        if not key.text[line[0] : line[1]].lstrip().startswith(("-", "+", "*", "•"))
    )
    rest = [line for line in full[:at] if key.text[line[0] : line[1]].lstrip().startswith(("-", "+", "*", "•"))] + full[
        at:
    ]
    gaps = [len(_WIDE_GAP.findall(key.text[a:b].strip())) for a, b in rest]
    return rest, len(gaps) > 1 and min(gaps) > 0


def _bare_cells(text: str, lines: list[Span]) -> list[list[Span]] | None:
    """Rows of a table that lost its tabs as well: one cell a line, most of them figures."""
    words = [text[a:b].strip() for a, b in lines]
    figures = sum(1 for w in words if w[:1].isdigit() and len(w) <= 24)
    if len(words) < 6 or figures * 2 < len(words) or any(":" in w for w in words):
        return None
    return streamed_rows(text, lines, tabs=False)


def _table(key: Key, layout: str, rows: list[list[Span]], titles: list[Span]) -> Table:
    grid = make_grid(key.text, rows)
    cells = tuple(_cell(key, r, c, span, rs, cs) for r, c, span, rs, cs in grid.cells)
    return _finished(key, layout, grid.n_rows, grid.n_columns, grid.n_header, cells, titles)


def _cell(key: Key, row: int, column: int, span: Span, row_span: int, column_span: int) -> Cell:
    start, end = key.to_source(*span)
    return Cell(
        row=row,
        column=column,
        start=start,
        end=end,
        text=key.text[span[0] : span[1]],
        row_span=row_span,
        column_span=column_span,
    )


def _finished(
    key: Key, layout: str, n_rows: int, n_columns: int, n_header: int, cells: tuple[Cell, ...], titles: list[Span]
) -> Table:
    starts = [c.start for c in cells] or [t[0] for t in titles] or [0]
    ends = [c.end for c in cells] or [t[1] for t in titles] or [0]
    return Table(
        start=min(starts),
        end=max(ends),
        layout=layout,  # type: ignore[arg-type]
        n_rows=n_rows,
        n_columns=n_columns,
        n_header=n_header,
        cells=cells,
        titles=tuple(titles),
    )
