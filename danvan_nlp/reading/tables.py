"""Tables written as rows of cells apart by TABs, and tables that only lay out the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TypeVar

from danvan_nlp.language.key import fold
from danvan_nlp.reading.limits import MOST_CELLS, MOST_COLUMNS
from danvan_nlp.reading.reading import Notice
from danvan_nlp.reading.words import words

Cells = Sequence[Sequence[Sequence[str]]]
"""Rows of cells of lines."""
_Cell = TypeVar("_Cell")
_NUMBER_LINE = re.compile(r"\s*số\s*[:.]?\s*[\d….-]", re.IGNORECASE)
_SYMBOL_LINE = re.compile(r"\s*số\s*[:.]?\s*[\d.…]*\s*[-/]\s*[A-ZĐ]{2,}[^.;]{0,30}$", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"ngày\s*(?:[\d.…]*\s*tháng\s*[\d.…]*\s*năm|\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{4}\s*$)", re.IGNORECASE
)
_WIDEST_LAYOUT = 4
_TALLEST_LAYOUT = 12
_SHORT = 3
_LONGEST_START = 40


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
    lines = [fold(line) for row in rows for cell in row for line in cell]
    below = [line for row in rows for cell in row for line in cell[1:]]
    dated = any(map(_SYMBOL_LINE.match, lines)) and any(map(_DATE_LINE.search, lines))
    if len(rows) <= _SHORT and (dated or any(map(_SYMBOL_LINE.match, below))):
        return True
    return any(is_letterhead(line) or is_recipients(line) for line in lines)


def is_letterhead(line: str) -> bool:
    """Whether a line is one that every letterhead has.

    Examples
    --------
    >>> is_letterhead("ĐẢNG CỘNG SẢN VIỆT NAM"), is_letterhead("TỈNH ỦY KHAU LĂNG")
    (True, False)
    """
    return fold(line) in words()["letterhead"]["words"]


def is_recipients(line: str) -> bool:
    """Whether a line opens the list of recipients.

    Examples
    --------
    >>> is_recipients("Nơi nhận:")
    True
    """
    return fold(line).startswith(tuple(words()["recipients"]["starts"]))


def opens_of_its_own(line: str) -> bool:
    """Whether a line is never the rest of the one above: recipients, addressees, what a list is attached to.

    Examples
    --------
    >>> opens_of_its_own("Nơi nhận: Như trên"), opens_of_its_own("nơi nhận và trả kết quả")
    (True, False)
    """
    if line[:1].islower():
        return False
    return fold(line[:_LONGEST_START]).startswith(_openings())


@cache
def _openings() -> tuple[str, ...]:
    return (*words()["recipients"]["starts"], *words()["openings"]["starts"])


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


class TableLimits:
    """Cuts the tables of one document to what a report can have, and tells what was left out."""

    def __init__(self) -> None:
        self._places = 0
        self._wide = 0
        self._full = False

    def cut(self, rows: Iterable[list[_Cell]]) -> Iterator[list[_Cell]]:
        """The rows of a table, without columns and rows beyond the limits.

        Examples
        --------
        >>> limits = TableLimits()
        >>> [len(row) for row in limits.cut([["1"] * 3, ["1"] * 1_001])], [n.error for n in limits.notices()]
        ([3, 1000], ['table_too_large'])
        """
        if self._full:
            return
        width = count = 0
        wide = False
        for row in rows:
            wide = wide or len(row) > MOST_COLUMNS
            width = max(width, min(len(row), MOST_COLUMNS))
            if self._places + (count + 1) * width > MOST_CELLS:
                self._full = True
                break
            count += 1
            yield row[:MOST_COLUMNS]
        self._places += count * width
        self._wide += wide

    def notices(self) -> tuple[Notice, ...]:
        """What of the tables was left out."""
        told = []
        if self._wide:
            tables = f"{self._wide} tables have" if self._wide > 1 else "a table has"
            told.append(f"{tables} more than {MOST_COLUMNS:,} columns, and those further right are left out")
        if self._full:
            told.append(f"the tables have more than {MOST_CELLS:,} cells, and the rows from there on are left out")
        return tuple(
            Notice(error="table_too_large", message=f"{what}; no report has such tables, export them again")
            for what in told
        )


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
