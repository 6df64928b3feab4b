"""Tables on disk: Parquet, JSON lines, CSV, XLSX. Each file appears whole, or not at all."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from danvan_nlp.errors import UsageError
from danvan_nlp.tables.schema import TABLES, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

Format = Literal["parquet", "csv", "jsonl", "xlsx"]
Row = Mapping[str, Any]
FORMATS: tuple[Format, ...] = ("parquet", "csv", "jsonl", "xlsx")

# A spreadsheet takes a cell that begins like this for a formula, some of them the full-width signs as well. The guard
# is one apostrophe more, also before apostrophes that stand there already, so that taking one away gives the text back.
GUARDED = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
CELL_LIMIT = 32_000
# XML cannot hold these characters; a cell with one is written as JSON text behind this mark.
JSON_MARK = 'json:"'
_NOT_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_x[0-9A-Fa-f]{4}_")
_ROW_LIMIT = 1_048_575


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


def flat(value: object) -> str | int | float | None:
    """A cell's value for a format without lists: lists and maps as JSON text."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str | int | float) else None


def guard(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> guard("=1+1"), guard("＝1+1"), guard("'=x"), guard("Kế hoạch")
    ("'=1+1", "'＝1+1", "''=x", 'Kế hoạch')
    """
    return "'" + text if GUARDED.match(text) else text


def _write_csv(rows: Sequence[Row], name: str, path: Path) -> None:
    columns = list(TABLES[name])
    # The byte order mark makes Excel read UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(columns)
        for row in rows:
            cells = (flat(row[column]) for column in columns)
            writer.writerow(["" if c is None else guard(c) if isinstance(c, str) else c for c in cells])


def _write_xlsx(rows: Sequence[Row], name: str, path: Path) -> None:
    import xlsxwriter

    if len(rows) > _ROW_LIMIT:
        raise UsageError(
            f"table {name} has {len(rows):,} rows, more than an XLSX sheet holds; use --format parquet or csv"
        )
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    columns = list(TABLES[name])
    overflow: list[tuple[int, str, int, str]] = []
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": _EPOCH})
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, columns)
        for r, row in enumerate(rows, 1):
            for c, column in enumerate(columns):
                value = _xml_safe(flat(row[column]))
                if isinstance(value, str) and len(value) > CELL_LIMIT:
                    overflow.extend(_parts(r, column, value))
                    value = value[:CELL_LIMIT]
                if isinstance(value, str):
                    sheet.write_string(r, c, value)
                elif value is not None:
                    sheet.write_number(r, c, value)
        # What a cell cannot hold goes on in a second sheet, so that nothing is cut.
        rest = book.add_worksheet("overflow")
        rest.write_row(0, 0, ["row", "column", "part", "text"])
        for r, (at, column, part, text) in enumerate(overflow, 1):
            rest.write_number(r, 0, at)
            rest.write_string(r, 1, column)
            rest.write_number(r, 2, part)
            rest.write_string(r, 3, text)


def _xml_safe(value: str | int | float | None) -> str | int | float | None:
    if isinstance(value, str) and (_NOT_XML.search(value) or value.startswith(JSON_MARK)):
        return JSON_MARK + json.dumps(value)[1:]
    return value


def _epoch() -> Any:
    from datetime import UTC, datetime

    return datetime(2000, 1, 1, tzinfo=UTC)


_EPOCH = _epoch()


def _parts(row: int, column: str, value: str) -> Iterable[tuple[int, str, int, str]]:
    for part, at in enumerate(range(CELL_LIMIT, len(value), CELL_LIMIT), 1):
        yield row, column, part, value[at : at + CELL_LIMIT]
