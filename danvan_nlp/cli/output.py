"""What commands print, and the files that they write for the user."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from danvan_nlp.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

_WIDEST = 48


def file_to_write(path: Path, *suffixes: str, overwrite: bool) -> Path:
    """A file that may be written: of the right kind, and not one that is there already.

    Raises
    ------
    UsageError
        The name ends in none of the suffixes, or something stands there and nobody said that it may go.

    Examples
    --------
    >>> file_to_write(Path("page.pdf"), ".html", overwrite=False)
    Traceback (most recent call last):
    danvan_nlp.errors.UsageError: page.pdf: give a name that ends in .html
    """
    if suffixes and path.suffix.lower() not in suffixes:
        raise UsageError(f"{path}: give a name that ends in {' or '.join(suffixes)}")
    if path.is_dir():
        raise UsageError(f"{path} is a folder; give the name of a file")
    if path.exists() and not overwrite:
        raise UsageError(f"{path} exists; give --overwrite to replace it, or another name")
    return path


def folder_to_write(path: Path, names: Collection[str], *, overwrite: bool) -> Path:
    """A folder for files of these names; one that holds anything else is somebody's own.

    Raises
    ------
    UsageError
        It is a file, holds other files, or holds these and nobody said that they may go.
    """
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path} is a file; give a folder")
    held = {entry.name for entry in path.iterdir()} if path.is_dir() else set()
    if other := sorted(held - set(names)):
        raise UsageError(f"{path} holds other files ({', '.join(other[:3])}); give a folder of its own")
    if held and not overwrite:
        raise UsageError(f"{path} is not empty; give --overwrite to replace what it holds, or another folder")
    return path


def check_sheet(path: Path | None, *, overwrite: bool, as_json: bool) -> None:
    """Refuse a sheet that cannot be written, before the work begins."""
    if path is None:
        return
    if as_json:
        raise UsageError("--json is for what is printed, and --out writes a sheet; leave one of them out")
    file_to_write(path, ".csv", ".xlsx", overwrite=overwrite)


def save_rows(rows: pd.DataFrame | Sequence[Mapping[str, Any]], path: Path) -> None:
    """Write rows as .csv or .xlsx and say so."""
    import pandas as pd

    from danvan_nlp.corpus.save import save_table

    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows), dtype=object)
    save_table(frame, path)
    typer.echo(f"{len(frame):,} rows written to {path}", err=True)


def print_json(rows: Iterable[Mapping[str, Any]]) -> None:
    """One JSON object a line."""
    for row in rows:
        typer.echo(json.dumps(row, ensure_ascii=False))


def print_frame(frame: pd.DataFrame, as_json: bool) -> None:
    """A DataFrame as an aligned table, or as JSON, one object a line."""
    if as_json:
        print_json(json.loads(frame.to_json(orient="records", force_ascii=False)))
    else:
        typer.echo(aligned([str(name) for name in frame.columns], plain(frame).itertuples(index=False)))


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The same cells as Python's own values, None for what is missing."""
    return frame.astype(object).where(frame.notna(), None)


def aligned(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Rows under the names of their columns; long cells are cut.

    Examples
    --------
    >>> print(aligned(("số", "trích yếu"), [(114, None), (16, "dân vận")]))
    số   trích yếu
    114
    16   dân vận
    """
    cells = [list(columns), *([cell(value) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(f"{text:<{width}}" for text, width in zip(row, widths, strict=True)).rstrip() for row in cells
    )


def cell(value: Any) -> str:
    """A value as a cell of a table, nothing for one that is missing.

    Examples
    --------
    >>> cell(None), cell(0.123456789), cell("a\\n b")
    ('', '0.123457', 'a b')
    """
    if value is None:
        return ""
    return shortened(f"{value:.6g}" if isinstance(value, float) else value)


def shortened(value: Any, widest: int = _WIDEST) -> str:
    """Text on one line, cut where it is long.

    Examples
    --------
    >>> shortened("đối  thoại", 6)
    'đối t…'
    """
    text = on_one_line(value)
    return text if len(text) <= widest else text[: widest - 1] + "…"


def on_one_line(value: Any) -> str:
    """Text of a report without what a terminal would take for an order."""
    from danvan_nlp.pages.html import xml_text

    return xml_text(" ".join(str(value).split()))


def number(value: float | None) -> str:
    """A figure between 0 and 1 in a column of seven characters.

    Examples
    --------
    >>> number(0.5), number(None)
    ('  0.500', '      –')
    """
    return f"{'–':>7}" if value is None else f"{value:>7.3f}"
