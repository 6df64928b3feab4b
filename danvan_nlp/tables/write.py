"""Tables on disk: Parquet, JSON lines, CSV, XLSX. Each file appears whole, or not at all."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from danvan_nlp.tables.schema import TABLES, arrow_schema
from danvan_nlp.tables.sheet import CELL_LIMIT, flat, open_book, put, to_xml, write_csv

if TYPE_CHECKING:
    import pyarrow as pa

Format = Literal["parquet", "csv", "jsonl", "xlsx"]
Row = Mapping[str, Any]
FORMATS: tuple[Format, ...] = ("parquet", "csv", "jsonl", "xlsx")


def write_table(rows: Sequence[Row], name: str, folder: Path, form: Format) -> Path:
    """Write one table.

    Parameters
    ----------
    rows : sequence of mapping
        Rows with the columns of ``TABLES[name]``.
    name : str
        The table's name.
    folder : Path
        Where to write; the file is ``folder/NAME.FORM``.
    form : {"parquet", "csv", "jsonl", "xlsx"}
        The file's form.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        More rows than an XLSX sheet can hold.
    """
    path = folder / f"{name}.{form}"
    writers = {"parquet": _write_parquet, "csv": _write_csv, "jsonl": _write_jsonl, "xlsx": _write_xlsx}
    writers[form](rows, name, path)
    return path


def _write_parquet(rows: Sequence[Row], name: str, path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(_arrow_table(rows, name), path, compression="zstd")


def _arrow_table(rows: Sequence[Row], name: str) -> pa.Table:
    """Rows as an Arrow table, by way of JSON: pyarrow's conversion of Python objects would import pandas first."""
    import pyarrow as pa
    import pyarrow.json

    schema = arrow_schema(name)
    if not rows:
        return pa.Table.from_batches([], schema=schema)
    maps = [column for column, code in TABLES[name].items() if code == "M"]
    pairs = pa.list_(pa.struct([("key", pa.string()), ("value", pa.float64())]))
    flat_schema = pa.schema([(field.name, pairs if field.name in maps else field.type) for field in schema])
    lines = []
    for row in rows:
        cells = {column: row[column] for column in TABLES[name]}
        cells |= {m: [{"key": k, "value": v} for k, v in row[m].items()] for m in maps}
        lines.append(json.dumps(cells, ensure_ascii=False))
    data = "\n".join(lines).encode()
    table = pyarrow.json.read_json(
        io.BytesIO(data),
        read_options=pyarrow.json.ReadOptions(use_threads=False, block_size=len(data) + 1),
        parse_options=pyarrow.json.ParseOptions(explicit_schema=flat_schema),
    )
    for column in maps:
        listed = table[column].combine_chunks()
        mapped = pa.MapArray.from_arrays(listed.offsets, listed.values.field(0), listed.values.field(1))
        table = table.set_column(table.schema.get_field_index(column), schema.field(column), mapped)
    return table.select(schema.names).cast(schema)


def _write_jsonl(rows: Sequence[Row], name: str, path: Path) -> None:
    columns = list(TABLES[name])
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            out.write(json.dumps({column: row[column] for column in columns}, ensure_ascii=False) + "\n")


def _write_csv(rows: Sequence[Row], name: str, path: Path) -> None:
    columns = list(TABLES[name])
    write_csv(path, columns, ([flat(row[column]) for column in columns] for row in rows))


def _write_xlsx(rows: Sequence[Row], name: str, path: Path) -> None:
    columns = list(TABLES[name])
    overflow: list[tuple[int, str, int, str]] = []
    with open_book(path, len(rows)) as book:
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, columns)
        for r, row in enumerate(rows, 1):
            for c, column in enumerate(columns):
                value = flat(row[column])
                if isinstance(value, str):
                    value = to_xml(value)
                    overflow.extend(_parts(r, column, value))
                    value = value[:CELL_LIMIT]
                put(sheet, r, c, value)
        # What a cell cannot hold goes on in a second sheet, so that nothing is cut.
        rest = book.add_worksheet("overflow")
        rest.write_row(0, 0, ["row", "column", "part", "text"])
        for r, cells in enumerate(overflow, 1):
            rest.write_row(r, 0, cells)


def _parts(row: int, column: str, value: str) -> Iterable[tuple[int, str, int, str]]:
    for part, at in enumerate(range(CELL_LIMIT, len(value), CELL_LIMIT), 1):
        yield row, column, part, value[at : at + CELL_LIMIT]
