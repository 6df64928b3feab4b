"""Label files that people edit in a spreadsheet: CSV and XLSX as rows of strings."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from danvan_nlp.errors import DataError, UsageError
from danvan_nlp.tables.write import CELL_LIMIT, GUARDED, JSON_MARK, guard

# What XML cannot hold, or would not give back: such a cell is written as JSON text behind a mark.
_NOT_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_")
_LINE = "line"


def unguard(text: str) -> str:
    """A cell's text without the apostrophe that kept it from being taken for a formula.

    Examples
    --------
    >>> unguard("'=1+1"), unguard("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text.startswith("'") and GUARDED.match(text[1:]) else text


def read_sheet(path: str | os.PathLike[str]) -> list[dict[str, str]]:
    """Read a CSV or XLSX file: one dict of strings a row, its line in the file under ``"line"``.

    CSV may use commas, semicolons (as Excel does where a comma is the decimal sign) or tabs.

    Raises
    ------
    DataError
        The file cannot be read, or a row is longer than the header.
    """
    path = Path(path)
    try:
        table = _read_xlsx(path) if path.suffix.lower() == ".xlsx" else _read_csv(path)
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile, KeyError, csv.Error) as error:
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
        if any(cells[len(header) :]):
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
    return [(line, [_cell(v) for v in row]) for line, row in enumerate(sheet.iter_rows(values_only=True), 1)]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return str(json.loads(text[len(JSON_MARK) - 1 :])) if text.startswith(JSON_MARK) else text


def write_sheet(
    path: str | os.PathLike[str], columns: Sequence[str], rows: Iterable[Mapping[str, str | int | None]]
) -> None:
    """Write a CSV or XLSX file, by the path's ending; no cell is taken for a formula.

    Raises
    ------
    UsageError
        The ending is another, or a text is longer than an XLSX cell can hold.
    """
    path = Path(path)
    table = [[row.get(column) for column in columns] for row in rows]
    if path.suffix.lower() == ".csv":
        # The byte order mark makes Excel read UTF-8.
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
            writer.writerow(columns)
            writer.writerows([guard(c) if isinstance(c, str) else c for c in cells] for cells in table)
    elif path.suffix.lower() == ".xlsx":
        _write_xlsx(path, columns, table)
    else:
        raise UsageError(f"{path}: give a name that ends in .csv or .xlsx")


def _write_xlsx(path: Path, columns: Sequence[str], table: list[list[str | int | None]]) -> None:
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("labels")
        sheet.freeze_panes(1, 0)
        everything: list[list[str | int | None]] = [list(columns), *table]
        for r, row in enumerate(everything):
            for c, value in enumerate(row):
                if isinstance(value, str) and value:
                    sheet.write_string(r, c, _xml_safe(value, r))
                elif isinstance(value, int):
                    sheet.write_number(r, c, value)


def _xml_safe(value: str, row: int) -> str:
    text = guard(value)
    if _NOT_XML.search(text) or text.startswith(JSON_MARK):
        text = JSON_MARK + json.dumps(text)[1:]
    if len(text) > CELL_LIMIT:
        raise UsageError(f"row {row} holds a text of {len(value):,} letters, more than an XLSX cell can; use CSV")
    return text
