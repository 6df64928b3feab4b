"""Spreadsheets, which people open and give back: CSV and XLSX in which no text acts as a formula."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from danvan_nlp.errors import DataError, UsageError

Cell = str | int | float | None

# A spreadsheet takes a cell that begins like this for a formula, some of them the full-width signs as well. The guard
# is one apostrophe more, also before apostrophes that stand there already, so that taking one away gives the text back.
_GUARDED = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
CELL_LIMIT = 32_000
# XML cannot hold these characters, or would not give them back; a cell with one is written as JSON text behind a mark.
_JSON_MARK = 'json:"'
_NOT_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_")
_ROW_LIMIT = 1_048_576
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_LINE = "line"

BROKEN = (ValueError, KeyError, SyntaxError, csv.Error, zipfile.BadZipFile)
"""What the readers of CSV and XLSX raise over a file that is neither."""


def guard(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> guard("=1+1"), guard("＝1+1"), guard("'=x"), guard("Kế hoạch")
    ("'=1+1", "'＝1+1", "''=x", 'Kế hoạch')
    """
    return "'" + text if _GUARDED.match(text) else text


def unguard(text: str) -> str:
    """A cell's text without the apostrophe that kept it from being taken for a formula.

    Examples
    --------
    >>> unguard("'=1+1"), unguard("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text.startswith("'") and _GUARDED.match(text[1:]) else text


def flat(value: object) -> Cell:
    """A cell's value: lists and maps as JSON text.

    Examples
    --------
    >>> flat(["tiep_dan"]), flat(True), flat(1.5)
    ('["tiep_dan"]', 'true', 1.5)
    """
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str | int | float) else None


def to_xml(text: str) -> str:
    """A text as XLSX holds it.

    Examples
    --------
    >>> to_xml("a\\x01"), from_xml(to_xml("a\\x01"))
    ('json:"a\\\\u0001"', 'a\\x01')
    """
    return _JSON_MARK + json.dumps(text)[1:] if _NOT_XML.search(text) or text.startswith(_JSON_MARK) else text


def from_xml(text: str) -> str:
    """The text that an XLSX cell stands for."""
    return str(json.loads(text[len(_JSON_MARK) - 1 :])) if text.startswith(_JSON_MARK) else text


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Iterable[Cell]]) -> None:
    """Write a CSV file in UTF-8, guarded."""
    # The byte order mark makes Excel read UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        # Every text is quoted: a lone carriage return in one would begin a row for a spreadsheet.
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(header)
        for row in rows:
            writer.writerow(["" if c is None else guard(c) if isinstance(c, str) else c for c in row])


def open_book(path: Path, n_rows: int) -> Any:
    """An XLSX file to write, in which texts stay texts; the same cells give the same bytes.

    Raises
    ------
    UsageError
        More rows than a sheet can hold.
    """
    import xlsxwriter

    if n_rows >= _ROW_LIMIT:
        raise UsageError(f"{path.stem}: {n_rows:,} rows do not fit into an XLSX sheet; choose parquet or csv")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": _EPOCH})
    return book


def put(sheet: Any, row: int, column: int, value: Cell) -> None:
    """Write one cell of an XLSX sheet."""
    if isinstance(value, float) and abs(value) == float("inf"):
        value = str(value)  # a sheet has no infinity
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)


def write_cells(path: str | os.PathLike[str], header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table for a person to read; no cell is taken for a formula.

    In CSV a cell that a spreadsheet would take for a formula begins with an apostrophe; in XLSX every text is written
    as text.

    Parameters
    ----------
    path : path-like
        The file, which ends in ``.csv`` or ``.xlsx``.
    header : sequence of str
        Names of the columns.
    rows : iterable of sequence
        Cells.

    Raises
    ------
    UsageError
        The ending is another; more rows, or a longer text, than XLSX can hold.
    """
    path, suffix = Path(path), Path(path).suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise UsageError(f"{path}: give a name that ends in .csv or .xlsx")
    if suffix == ".csv":
        write_csv(path, header, rows)
        return
    table = [[to_xml(c) if isinstance(c, str) else c for c in row] for row in rows]
    for r, row in enumerate(table, 1):
        longest = max((len(c) for c in row if isinstance(c, str)), default=0)
        if longest > CELL_LIMIT:
            raise UsageError(f"row {r} holds a text of {longest:,} letters, more than an XLSX cell can; write .csv")
    with open_book(path, len(table)) as book:
        sheet = book.add_worksheet("table")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, header)
        for r, row in enumerate(table, 1):
            for c, value in enumerate(row):
                put(sheet, r, c, value)


def write_sheet(path: str | os.PathLike[str], columns: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> None:
    """Write a table that people fill in and give back to `read_sheet`.

    Every form is guarded alike, since a file may come back in another form than it went out.

    Raises
    ------
    UsageError
        As `write_cells`.
    """
    cells = ([row.get(column) for column in columns] for row in rows)
    if Path(path).suffix.lower() == ".xlsx":
        cells = ([guard(c) if isinstance(c, str) else c for c in row] for row in cells)
    write_cells(path, columns, cells)


def read_sheet(path: str | os.PathLike[str]) -> list[dict[str, str]]:
    """Read a CSV or XLSX file: one dict of strings a row, its line in the file under ``"line"``.

    CSV may use commas, semicolons (as Excel does where a comma is the decimal sign) or tabs. A cell keeps its line
    breaks.

    Raises
    ------
    DataError
        The file cannot be read, or a row is longer than the header.
    """
    path = Path(path)
    try:
        table = _read_xlsx(path) if path.suffix.lower() == ".xlsx" else _read_csv(path)
    except (OSError, *BROKEN) as error:
        raise DataError(f"{path} cannot be read ({error}); give a CSV file in UTF-8, or an XLSX file") from error
    if not table:
        raise DataError(f"{path} is empty; its first row must hold the names of the columns")
    header = [cell.strip() for cell in table[0][1]]
    if len(set(filter(None, header))) != len([name for name in header if name]):
        raise DataError(f"{path}: a column stands twice in the header")
    rows = []
    for line, cells in table[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            raise DataError(f"{path}, line {line}: {len(cells)} cells under {len(header)} columns")
        filled = [unguard(cell) for cell in cells] + [""] * (len(header) - len(cells))
        rows.append({**{name: cell for name, cell in zip(header, filled, strict=False) if name}, _LINE: str(line)})
    return rows


def _read_csv(path: Path) -> list[tuple[int, list[str]]]:
    csv.field_size_limit(sys.maxsize)
    text = path.read_bytes().decode("utf-8-sig")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    table, begins = [], 1
    for row in reader:
        table.append((begins, row))
        begins = reader.line_num + 1
    return table


def _read_xlsx(path: Path) -> list[tuple[int, list[str]]]:
    import openpyxl

    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    table = []
    for line, row in enumerate(sheet.iter_rows(values_only=True), 1):
        # A sheet is as wide as whatever was ever touched in it.
        width = max((i for i, value in enumerate(row, 1) if value is not None), default=0)
        table.append((line, [_cell(value) for value in row[:width]]))
    return table


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return from_xml(str(value))
