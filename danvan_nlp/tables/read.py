"""A written table read back as a DataFrame with the contract's types."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_nlp.errors import DataError, UsageError
from danvan_nlp.tables.schema import TABLES
from danvan_nlp.tables.sheet import BROKEN, from_xml, unguard
from danvan_nlp.tables.write import FORMATS

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {"s": "string", "i": "int64", "f": "float64", "b": "bool"}


def read_table(run: str | os.PathLike[str], name: str) -> pd.DataFrame:
    """Read one table of a run, whatever form it was written in.

    Parameters
    ----------
    run : path-like
        Folder that ``danvan run`` wrote.
    name : str
        Name of the table: ``"sentences"``, ``"references"`` …

    Returns
    -------
    pandas.DataFrame
        Strings, integers and floats as in the contract; lists and maps as Python lists and dicts.

    Raises
    ------
    UsageError
        There is no such table, or the folder holds no run.
    DataError
        The file is damaged, or was written by another release.
    """
    return make_frame(read_rows(run, name), name)


def read_rows(run: str | os.PathLike[str], name: str) -> list[dict[str, Any]]:
    """The rows of one table of a run, as `read_table` reads them."""
    if name not in TABLES:
        raise UsageError(f"no table {name!r}; a run has {', '.join(TABLES)}")
    for form in FORMATS:
        path = Path(run, f"{name}.{form}")
        if path.exists():
            with told_if_damaged(path):
                return _READERS[form](path, name)
    raise UsageError(f"{os.fspath(run)} holds no table {name!r}; give the folder that 'danvan run … --out' wrote")


@contextmanager
def told_if_damaged(path: Path) -> Iterator[None]:
    """Say of a table that its reader fails over what to do about it.

    Raises
    ------
    DataError
        The file is damaged, or was written by another release.
    """
    try:
        yield
    except (OSError, *BROKEN) as error:
        if isinstance(error, OSError) and error.errno is not None:  # the system's own; a library's has no number
            raise
        raise DataError(f"{path} is damaged, or of another release; run again with --resume") from error


def make_frame(rows: list[dict[str, Any]], name: str) -> pd.DataFrame:
    """A DataFrame with the columns and types of one table.

    Examples
    --------
    >>> make_frame([], "problems").columns.tolist()
    ['path', 'stage', 'error', 'message']
    """
    import pandas as pd

    columns = {}
    for column, code in TABLES[name].items():
        values = [row[column] for row in rows]
        columns[column] = pd.Series(values, dtype=_DTYPES.get(code, "object"), name=column)
    return pd.DataFrame(columns)


def _complete(columns: Iterable[Any], name: str) -> None:
    if missing := TABLES[name].keys() - set(columns):
        raise KeyError(*sorted(missing))


def _read_parquet(path: Path, name: str) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    _complete(table.column_names, name)
    rows: list[dict[str, Any]] = table.to_pylist()
    for column, code in TABLES[name].items():
        if code == "M":
            for row in rows:
                row[column] = dict(row[column])
    return rows


def _read_jsonl(path: Path, name: str) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        rows = [json.loads(line) for line in lines]
    _complete(rows[0] if rows else TABLES[name], name)
    return rows


def _read_csv(path: Path, name: str) -> list[dict[str, Any]]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = csv.reader(lines, strict=True)
    _complete(header, name)
    return [{c: _typed(unguard(v), TABLES[name][c]) for c, v in zip(header, row, strict=True)} for row in rows]


def _typed(text: str, code: str) -> Any:
    if text == "":
        return [] if code in "ST" else {} if code == "M" else None
    if code == "s":
        return text
    if code == "i":
        return int(float(text))
    if code == "f":
        return float(text)
    return text == "true" if code == "b" else json.loads(text)


def _read_xlsx(path: Path, name: str) -> list[dict[str, Any]]:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=False)
    rest: dict[tuple[int, str], str] = {}
    for row, column, _, text in list(book["overflow"].iter_rows(values_only=True))[1:]:
        rest[(row, column)] = rest.get((row, column), "") + str(text)
    header, *filled = book[name].iter_rows(values_only=True)
    _complete(header, name)
    rows = []
    for r, cells in enumerate(filled, 1):
        texts = {c: ("" if v is None else str(v)) + rest.get((r, c), "") for c, v in zip(header, cells, strict=True)}
        rows.append({c: _typed(from_xml(t), TABLES[name][c]) for c, t in texts.items()})
    return rows


_READERS = {"parquet": _read_parquet, "jsonl": _read_jsonl, "csv": _read_csv, "xlsx": _read_xlsx}
