"""A written table read back as a DataFrame with the contract's types."""

from __future__ import annotations

import csv
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_nlp.errors import UsageError
from danvan_nlp.tables.schema import TABLES
from danvan_nlp.tables.write import FORMATS, GUARDED, JSON_MARK

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
    """
    if name not in TABLES:
        raise UsageError(f"no table {name!r}; a run has {', '.join(TABLES)}")
    for form in FORMATS:
        path = Path(run, f"{name}.{form}")
        if path.exists():
            return make_frame(_READERS[form](path, name), name)
    raise UsageError(f"{os.fspath(run)} holds no table {name!r}; give the folder that 'danvan run … --out' wrote")


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


def _read_parquet(path: Path, name: str) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    for column, code in TABLES[name].items():
        if code == "M":
            for row in rows:
                row[column] = dict(row[column])
    return rows


def _read_jsonl(path: Path, name: str) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def _read_csv(path: Path, name: str) -> list[dict[str, Any]]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.reader(lines)
        header = next(rows)
        return [{c: _typed(_unguard(v), TABLES[name][c]) for c, v in zip(header, row, strict=True)} for row in rows]


def _unguard(text: str) -> str:
    return text[1:] if text.startswith("'") and GUARDED.match(text[1:]) else text


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
    sheet = book[name].iter_rows(values_only=True)
    header = [str(cell) for cell in next(sheet)]
    rows = []
    for r, cells in enumerate(sheet, 1):
        texts = {c: ("" if v is None else str(v)) + rest.get((r, c), "") for c, v in zip(header, cells, strict=True)}
        rows.append({c: _typed(_from_xml(t), TABLES[name][c]) for c, t in texts.items()})
    return rows


def _from_xml(text: str) -> str:
    return str(json.loads(text[len(JSON_MARK) - 1 :])) if text.startswith(JSON_MARK) else text


_READERS = {"parquet": _read_parquet, "jsonl": _read_jsonl, "csv": _read_csv, "xlsx": _read_xlsx}
