"""Results as files for people who work on in a spreadsheet."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_nlp.tables.sheet import flat, write_cells

if TYPE_CHECKING:
    import pandas as pd


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
    write_cells(
        path, [str(c) for c in frame.columns], ([_cell(v) for v in row] for row in frame.itertuples(index=False))
    )
    return Path(path)


def _cell(value: Any) -> str | int | float | None:
    import pandas as pd

    if isinstance(value, list | dict):
        return flat(value)
    if pd.isna(value):
        return None
    return flat(value.item() if hasattr(value, "item") else value)
