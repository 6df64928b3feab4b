"""Tables of a report, re-read from its text as grids of cells, in whatever layout the file holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from danvan_nlp.language.key import Key, make_key
from danvan_nlp.structure.tables.aligned import aligned_tables, is_aligned
from danvan_nlp.structure.tables.bullets import bullet_rows
from danvan_nlp.structure.tables.cells import Span, is_figure, is_period
from danvan_nlp.structure.tables.grid import make_grid
from danvan_nlp.structure.tables.headed import opens_header
from danvan_nlp.structure.tables.joined import JoinedKey, join_cells
from danvan_nlp.structure.tables.layouts import grid_rows, is_grid_rule, pipe_rows, split_rows, streamed_rows
from danvan_nlp.structure.tables.lines import TableLine, table_lines
from danvan_nlp.structure.tables.streams import lone_tables, parted_rows
from danvan_nlp.types import Cell, Table, Unit

_NUMBERED_TITLE = re.compile(r"\s*(?:[IVXL]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3})\s*[.)/-]*\s+[^\W\d_][^\t:]*$")
_BULLETS = ("-", "+", "*", "•", "–")
_CELL_LINES = 12
_PAGE = re.compile(r"\s*[-–]?\s?\d{1,3}\s?[-–]?\s*")
_PIPE_RULE = re.compile(r"\s*\|[\s:|-]*--[\s:|-]*")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_WIDE_GAP = re.compile(r"(?<=\S)\s{3,}(?=\S)")


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
    lines = table_lines(key, units)
    return tuple(table for run in _runs(key, lines) for table in _read_run(key, run))


def _runs(key: Key, lines: list[TableLine]) -> Iterator[list[TableLine]]:
    """Lines of tables with no other text between them; blank lines and bare tabs at both ends stay with the run."""
    run: list[TableLine] = []
    for line in lines:
        # Signs that are no unit are part of a cell ("...%)"); a page's number stands in the middle of a table.
        signs = line.unit is None and bool(run)
        if line.tabular or line.blank or signs:
            run.append(line)
        elif run and _PAGE.fullmatch(key.text, line.start, line.end):
            continue
        elif line.unit is not None or any(r.tabular for r in run):
            if any(r.tabular for r in run):
                yield run
            run = []
    if any(r.tabular for r in run):
        yield run


def _read_run(key: Key, run: list[TableLine]) -> Iterator[Table]:
    titles: list[Span] = []
    block: list[TableLine] = []
    kind, widest = "", 0
    # A line without a tab goes on with the cell above it in one layout, and is a title or a list in the others.
    tabs = [line.tabs for line in run if line.tabs and not line.blank]
    if not tabs and sum(line.tabs > 0 for line in run) > 1:
        yield from _make(key, run, "parted", titles)
        return
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
        elif kind == "cells" and not _follows_table(content, block):
            here = "cells"
        elif kind == "rows" and _goes_on(key, run, index, widest):
            here = "rows"
        else:
            here = "list"
        if block and (here != kind or here == "pipes" and _opens_table(key, run, index, block)):
            yield from _make(key, block, kind, titles)
            block, widest = [], 0
        kind = here
        block.append(line)
        widest = max(widest, line.tabs)
    if block:
        yield from _make(key, block, kind, titles)


def _opens_table(key: Key, run: list[TableLine], index: int, block: list[TableLine]) -> bool:
    """Whether a row of a Markdown table heads another table: it has the rule of a header below it, as the first had."""
    if index + 1 == len(run) or not _is_rule(key, run[index + 1]):
        return False
    return not _is_rule(key, run[index]) and any(_is_rule(key, line) for line in block[:3])


def _is_rule(key: Key, line: TableLine) -> bool:
    return _PIPE_RULE.fullmatch(key.text, line.start, line.end) is not None


def _continues(key: Key, last: TableLine, line: TableLine, widest: int) -> bool:
    """Whether a line without a tab goes on with a broken row: the row above it has too few cells so far."""
    if last.blank:
        return False
    words = key.text[line.start : line.end].strip()
    last_cell = key.text[last.start : last.end].rpartition("\t")[2].strip()
    if words[:1] in _BULLETS and last_cell[:1] == words[:1]:
        return True
    return last.tabs < widest or words[:1].islower() or words.startswith("(")


def _follows_table(content: str, block: list[TableLine]) -> bool:
    """Whether a line without a tab stands below a table with one cell a line: numbered, or below two blank lines."""
    gaps = [line.blank and not line.tabs for line in block[-2:]]
    return gaps[-1] and (all(gaps) or _NUMBERED_TITLE.match(content) is not None)


def _goes_on(key: Key, run: list[TableLine], index: int, widest: int) -> bool:
    """Whether a line without a tab belongs to the table of the rows above it: to a cell, or as a title of rows."""
    if _continues(key, run[index - 1], run[index], widest) or _opens_cell(key, run, index):
        return True
    return not run[index - 1].blank and _heads_rows(key, run[index + 1 : index + 2], widest)


def _heads_rows(key: Key, below: list[TableLine], widest: int) -> bool:
    """Whether the line below is one more row of figures, so that the one above it is the title of a group of rows."""
    cells = [key.text[line.start : line.end].split("\t") for line in below if line.tabs >= widest]
    figures = any(is_figure(c) and not is_period(c) for row in cells if not opens_header(row[0]) for c in row[1:])
    return figures or any(is_period(row[0]) and not all(map(is_period, row)) for row in cells)


def _opens_cell(key: Key, run: list[TableLine], index: int) -> bool:
    """Whether a line without a tab opens a row whose first cell has several lines; a line with tabs goes on."""
    bullet = key.text[run[index].start : run[index].end].lstrip()[:1]
    if bullet not in _BULLETS:
        # "Cấp huyện,", then "thành phố" and the figures.
        below = run[index + 1] if index + 1 < len(run) else None
        return below is not None and below.tabs > 0 and key.text[below.start : below.start + 1].islower()
    for line in run[index + 1 : index + 1 + _CELL_LINES]:
        content = key.text[line.start : line.end]
        if line.blank or content.lstrip()[:1] != bullet:
            return False
        if line.tabs:
            return True
    return False


def _make(key: Key, block: list[TableLine], kind: str, titles: list[Span]) -> Iterator[Table]:
    text = key.text
    lines = [(line.start, line.end) for line in block]
    if kind == "parted":
        yield _table(key, "cells", parted_rows(text, lines), titles)
    elif kind == "list" and is_aligned(text, lines):
        yield from _aligned(key, lines, titles)
    elif kind == "list" and (found := lone_tables(text, lines)):
        for rows, n_header in found:
            yield _table(key, "cells", rows, titles, n_header)
            titles.clear()
    elif kind == "list":
        lines = _without_titles(key, lines, titles)
        if not lines:
            return
        grid = bullet_rows(text, lines)
        cells = tuple(_cell(key, r, c, span, rs, cs) for r, c, span, rs, cs in grid.cells)
        yield _finished(key, "list", grid.n_rows, grid.n_columns, 0, cells, titles)
    elif kind == "pipes" and any(is_grid_rule(text[a:b]) for a, b in lines):
        joined, cells_joined = join_cells(key, grid_rows(text, lines))
        yield _table(joined, "pipes", cells_joined, titles)
    elif kind == "pipes":
        yield _table(key, "pipes", pipe_rows(text, lines), titles)
    elif kind == "rows":
        yield _table(key, "rows", split_rows(text, lines), titles)
    elif kind == "cells":
        yield _table(key, "cells", streamed_rows(text, lines), titles)
    titles.clear()


def _aligned(key: Key, lines: list[Span], titles: list[Span]) -> Iterator[Table]:
    """The tables whose columns are apart by blanks alone."""
    for above, rows, n_header in aligned_tables(key.text, lines):
        titles.extend(key.to_source(*line) for line in above)
        joined, cells = join_cells(key, rows)
        yield _table(joined, "rows", cells, titles, n_header)
        titles.clear()


def _without_titles(key: Key, lines: list[Span], titles: list[Span]) -> list[Span]:
    """Take the lines that only name what follows off the front."""
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
        return []
    titles.extend(
        key.to_source(*line)
        for line in full[:at]
        if not key.text[line[0] : line[1]].lstrip().startswith(("-", "+", "*", "•"))
    )
    rest = [line for line in full[:at] if key.text[line[0] : line[1]].lstrip().startswith(("-", "+", "*", "•"))] + full[
        at:
    ]
    return rest


def _table(
    key: Key | JoinedKey, layout: str, rows: list[list[Span]], titles: list[Span], n_header: int | None = None
) -> Table:
    grid = make_grid(key.text, rows, n_header)
    cells = tuple(_cell(key, r, c, span, rs, cs) for r, c, span, rs, cs in grid.cells)
    return _finished(key, layout, grid.n_rows, grid.n_columns, grid.n_header, cells, titles)


def _cell(key: Key | JoinedKey, row: int, column: int, span: Span, row_span: int, column_span: int) -> Cell:
    start, end = key.to_source(*span)
    return Cell(
        row=row,
        column=column,
        start=start,
        end=end,
        text=_BREAK.sub(lambda m: "\n".ljust(len(m[0])), key.text[span[0] : span[1]]),
        row_span=row_span,
        column_span=column_span,
    )


def _finished(
    key: Key | JoinedKey,
    layout: str,
    n_rows: int,
    n_columns: int,
    n_header: int,
    cells: tuple[Cell, ...],
    titles: list[Span],
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
