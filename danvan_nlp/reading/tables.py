"""Tables written as rows of cells apart by TABs, and tables that only lay out the page."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from danvan_nlp.errors import ReadingError
from danvan_nlp.language.key import fold
from danvan_nlp.reading.limits import MOST_CELLS, MOST_COLUMNS

Cells = Sequence[Sequence[Sequence[str]]]
"""Rows of cells of lines."""
_Row = TypeVar("_Row", bound=Sequence[object])
_NUMBER_LINE = re.compile(r"\s*số\s*[:.]?\s*[\d….-]", re.IGNORECASE)
_SYMBOL_LINE = re.compile(r"\s*số\s*[:.]?\s*[\d.…]*\s*[-/]\s*[A-ZĐ]{2,}[^.;]{0,30}$", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"ngày\s*(?:[\d.…]*\s*tháng\s*[\d.…]*\s*năm|\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{4}\s*$)", re.IGNORECASE
)
_WIDEST_LAYOUT = 4
_TALLEST_LAYOUT = 12
_SHORT = 3


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((files("danvan_nlp.data") / "reading.toml").read_text(encoding="utf-8"))


def is_layout(rows: Cells) -> bool:
    """Whether a table only puts text side by side: letterhead, recipients beside the signature, a frame.

    Examples
    --------
    >>> is_layout([[["TỈNH ỦY KHAU LĂNG"], ["ĐẢNG CỘNG SẢN VIỆT NAM"]]])
    True
    >>> is_layout([[["Năm"], ["Số đoàn"]], [["2015"], ["14"]]])
    False
    """
    width = max(map(len, rows), default=0)
    if width <= 1:
        return True
    if width > _WIDEST_LAYOUT or len(rows) > _TALLEST_LAYOUT:
        return False
    words = _words()
    lines = [fold(line) for row in rows for cell in row for line in cell]
    below = [line for row in rows for cell in row for line in cell[1:]]
    dated = any(map(_SYMBOL_LINE.match, lines)) and any(map(_DATE_LINE.search, lines))
    if len(rows) <= _SHORT and (dated or any(map(_SYMBOL_LINE.match, below))):
        return True
    return any(line in words["letterhead"]["words"] or is_recipients(line) for line in lines)


def is_recipients(line: str) -> bool:
    """Whether a line opens the list of recipients.

    Examples
    --------
    >>> is_recipients("Nơi nhận:")
    True
    """
    return fold(line).startswith(tuple(_words()["recipients"]["starts"]))


def layout_lines(rows: Cells) -> Iterator[str]:
    """The lines of a table that lays out the page, cell by cell; the report's number and its date share a line.

    Examples
    --------
    >>> list(layout_lines([[["TỈNH ỦY", "Số 5-BC/TU"], ["Khau Lăng, ngày 2 tháng 3 năm 2020"]]]))
    ['TỈNH ỦY', 'Số 5-BC/TU\\tKhau Lăng, ngày 2 tháng 3 năm 2020']
    """
    for row in rows:
        lines = [line for cell in row for line in cell]
        number = next((i for i, cell in enumerate(row) if any(map(_NUMBER_LINE.match, cell))), None)
        date = next((i for i, cell in enumerate(row) if any(map(_DATE_LINE.search, cell))), None)
        if number is None or date is None or number == date:
            yield from lines
            continue
        below: list[str] = []
        pair: dict[int, str] = {}
        for i, cell in enumerate(row):
            wanted = _NUMBER_LINE.match if i == number else _DATE_LINE.search if i == date else None
            at = next((k for k, line in enumerate(cell) if wanted and wanted(line)), len(cell))
            yield from cell[:at]
            if at < len(cell):
                pair[i] = cell[at]
            below += cell[at + 1 :]
        yield f"{pair[number]}\t{pair[date]}"
        yield from below


def within_limits(rows: Iterable[_Row]) -> Iterator[_Row]:
    """The rows of a table, as long as their grid is one that a report can have.

    Raises
    ------
    ReadingError
        The grid has too many places.
    """
    width = 0
    for count, row in enumerate(rows, 1):
        width = max(width, len(row))
        if count * width > MOST_CELLS or width > MOST_COLUMNS:
            message = f"a table of more than {MOST_CELLS:,} cells; no report has one: export it again"
            raise ReadingError("too_large", message)
        yield row


def table_lines(rows: Cells) -> Iterator[str]:
    """The rows of a table as lines; what stood on several lines of a cell stands on one.

    Examples
    --------
    >>> list(table_lines([[["Năm"], ["Số", "cuộc"]], [["2015"], []]]))
    ['Năm\\tSố cuộc', '2015\\t']
    """
    width = max(map(len, rows), default=0)
    for row in rows:
        cells = [" ".join(" ".join(cell).split()) for cell in row]
        if any(cells):
            yield "\t".join(cells + [""] * (width - len(cells)))
