"""What the tables of a report hold that cannot be read as it stands: rows cut short, ragged rows, giant tables."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from danvan_nlp.lines import line_finder
from danvan_nlp.reading.limits import MOST_COLUMNS
from danvan_nlp.structure.tables.read import tables
from danvan_nlp.types import Cell, Report, Table

LONGEST_CELL = 100_000
"""A longer cell is not searched for figures: the longest of a real report, a list of documents, has 10,000."""
_PIPE = re.compile(r"(?<!\\)\|")
_NOTHING_BELOW = re.compile(r"\s*\Z")
_SHOWN = 5


def is_too_wide(table: Table) -> bool:
    """Whether a table has more columns than any report's."""
    return table.n_columns > MOST_COLUMNS


def is_uncut(table: Table) -> bool:
    """Whether a table with one cell a line could not be cut into the rows that its header asks for."""
    return table.layout == "cells" and table.n_columns == 1


def is_too_long(cell: Cell) -> bool:
    """Whether a cell is longer than any report's."""
    return cell.end - cell.start > LONGEST_CELL


def notices(report: Report) -> list[tuple[str, str]]:
    """Tell what of a report's tables is not read, or read in doubt; the rest of each table is read all the same.

    Parameters
    ----------
    report : Report
        The report.

    Returns
    -------
    list of (str, str)
        Name of the fault and a message: ``table_too_wide``, ``rows_not_told`` (one cell a line, its rows not sure),
        ``cell_too_long``, ``ragged_row`` (rows with more or fewer cells than the table's others) or ``cut_short`` (the
        last row has fewer, or no row follows the headers). One for each table and fault.

    Examples
    --------
    >>> from danvan_nlp.types import Header, Source, Unit
    >>> text = "Năm\\tSố đoàn\\tSố cuộc\\n2018\\t14\\t20\\n2019\\t15"
    >>> units = (Unit(start=0, end=len(text), role="table"),)
    >>> [error for error, _ in notices(Report(Source(text, "txt", ""), Header(), (), units))]
    ['cut_short']
    """
    found: list[tuple[str, str]] = []
    line_of = line_finder(report.text)
    for table in tables(report.text, report.units):
        line = line_of(table.start)
        if is_too_wide(table):
            message = f"the table at line {line} has {table.n_columns:,} columns: its figures are not read"
            found.append(("table_too_wide", f"{message}; no report has such a table, export it again"))
            continue
        if is_uncut(table):
            message = f"the table at line {line} has one cell a line, and which of them make up a row is not sure"
            found.append(("rows_not_told", f"{message}: its figures are not read; export the table again"))
            continue
        long = [cell for cell in table.cells if is_too_long(cell)]
        if long:
            message = f"the table at line {line} has a cell of {long[0].end - long[0].start:,} characters"
            found.append(("cell_too_long", f"{message}: its figures are not read; export the table again"))
        found += _uneven(report.text, table, line_of)
    return found


def _uneven(text: str, table: Table, line_of: Callable[[int], int]) -> Iterator[tuple[str, str]]:
    """Rows that have more or fewer cells than the others."""
    line = line_of(table.start)
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        rows[cell.row].append(cell)
    body = [r for r in sorted(rows) if r >= table.n_header]
    if not body:
        if table.layout != "list" and table.n_columns > 1 and _NOTHING_BELOW.match(text, table.end):
            message = f"the table at line {line} ends with its headers: rows are missing"
            yield "cut_short", f"{message}; compare it with the report"
        return
    lengths = _lengths(text, table, rows)
    usual = _usual([lengths.get(table.n_header - 1), *(lengths.get(r) for r in body)])
    # A title of a group of rows has a cell or two.
    above = {r: min(c.column for c in rows[r]) for r in body}
    # What is merged down from the row above, or over several columns, is missing for a reason.
    odd = [r for r in body if lengths.get(r, usual) not in (usual, usual - above[r])]
    odd = [r for r in odd if all(c.column_span == 1 for c in rows[r])]
    last = odd.pop() if odd and odd[-1] == body[-1] and lengths[odd[-1]] < usual else None
    if odd:
        places = ", ".join(str(line_of(rows[r][0].start)) for r in odd[:_SHOWN])
        more = f" and {len(odd) - _SHOWN} more" if len(odd) > _SHOWN else ""
        counts = " or ".join(map(str, sorted({lengths[r] for r in odd})))
        message = f"rows with {counts} cells in a table of {usual} columns, at line {places}{more}"
        yield "ragged_row", f"{message}: their figures are read from the left; compare them with the report"
    if last is not None:
        message = f"the table at line {line} ends with a row of {lengths[last]} cells where the others have {usual}"
        yield "cut_short", f"{message}: what is missing is not read; compare it with the report"


def _usual(lengths: Sequence[int | None]) -> int:
    """The length that most rows have; where several do, that of the lowest header, which comes first."""
    known = [n for n in lengths if n is not None]
    return Counter(known).most_common(1)[0][0] if known else 0


def _lengths(text: str, table: Table, rows: dict[int, list[Cell]]) -> dict[int, int]:
    """How many cells each row has in the text, empty ones too, where its layout tells."""
    if table.layout == "cells":
        return _stream_lengths(text, table, rows)
    lengths: dict[int, int] = {}
    for r, cells in rows.items():
        start = text.rfind("\n", 0, min(c.start for c in cells)) + 1
        if table.layout == "pipes":
            line = text[start : _line_end(text, start)].strip()
            lengths[r] = len(_PIPE.findall(line)) + 1 - line.startswith("|") - (len(line) > 1 and line.endswith("|"))
        elif tabs := text.count("\t", start, _line_end(text, max(c.end for c in cells))):
            lengths[r] = tabs + 1
    return lengths


def _stream_lengths(text: str, table: Table, rows: dict[int, list[Cell]]) -> dict[int, int]:
    """Lengths of the rows of a table with one cell a line: how many lines open with a TAB before the next row."""
    firsts = {r: min(cells, key=lambda c: c.start) for r, cells in rows.items()}
    order = sorted(firsts, key=lambda r: firsts[r].start)
    starts = [text.rfind("\n", 0, firsts[r].start) + 1 for r in order]
    starts.append(_line_end(text, table.end) + 1)
    while text[starts[-1] : (end := _line_end(text, starts[-1]))].isspace() and "\t" in text[starts[-1] : end]:
        starts[-1] = end + 1
    if "\t" not in text[starts[0] : starts[-1]]:
        return {}
    lead = [firsts[r].column for r in order] + [0]
    counts = (text.count("\t", a, b) for a, b in zip(starts, starts[1:], strict=False))
    lengths = {r: n + lead[i] - lead[i + 1] for i, (r, n) in enumerate(zip(order, counts, strict=True))}
    # A row of blanks alone is no row of the grid, and counts with the one above it.
    return {r: table.n_columns if n and n % table.n_columns == 0 else n for r, n in lengths.items()}


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
