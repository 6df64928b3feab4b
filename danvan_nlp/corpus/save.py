"""Results as files for people who work on in a spreadsheet."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_nlp.errors import UsageError
from danvan_nlp.tables.write import CELL_LIMIT, flat, guard

if TYPE_CHECKING:
    import pandas as pd

_SHEET_ROWS = 1_048_576


def save_table(frame: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write a result as .csv or .xlsx in which no text of a report can act as a formula.

    In CSV a cell that a spreadsheet would take for a formula begins with an apostrophe; in XLSX every text is written
    as text. Lists become JSON text.

    Parameters
    ----------
    frame : pandas.DataFrame
        What a verb gave.
    path : path-like
        The file; its suffix says the form.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        Another suffix, or more rows than a sheet of XLSX has, or a text too long for one of its cells.

    Examples
    --------
    >>> save_table(corpus.kwic("đối thoại"), "doi-thoai.xlsx")  # doctest: +SKIP
    """
    out = Path(path)
    rows = [[_cell(value) for value in row] for row in frame.itertuples(index=False)]
    if out.suffix == ".csv":
        _write_csv(out, [str(c) for c in frame.columns], rows)
    elif out.suffix == ".xlsx":
        _write_xlsx(out, [str(c) for c in frame.columns], rows)
    else:
        raise UsageError(f"cannot write {out.suffix or 'a file without suffix'}; give .csv or .xlsx")
    return out


def _cell(value: Any) -> str | int | float | None:
    import pandas as pd

    if isinstance(value, list | dict):
        return flat(value)
    if pd.isna(value):
        return None
    return flat(value.item() if hasattr(value, "item") else value)


def _write_csv(path: Path, header: list[str], rows: list[list[Any]]) -> None:
    import csv

    # The byte order mark makes Excel read UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        # Every text is quoted: a lone carriage return in one would begin a row for a spreadsheet.
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(header)
        for row in rows:
            writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])


def _write_xlsx(path: Path, header: list[str], rows: list[list[Any]]) -> None:
    import xlsxwriter

    if len(rows) >= _SHEET_ROWS:
        raise UsageError(f"{len(rows):,} rows do not fit into a sheet of {_SHEET_ROWS:,}; write .csv")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("result")
        for r, row in enumerate([header, *rows]):
            for c, cell in enumerate(row):
                if isinstance(cell, str):
                    if len(cell) > CELL_LIMIT:
                        raise UsageError(f"a text of {len(cell):,} characters does not fit into a cell; write .csv")
                    sheet.write_string(r, c, cell)
                elif cell is not None:
                    # A sheet has no infinity; pmi of an absent word is one.
                    sheet.write(r, c, cell if abs(cell) != float("inf") else str(cell))
