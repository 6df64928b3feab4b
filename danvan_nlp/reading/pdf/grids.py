"""Ruled tables: found by their lines, read cell by cell."""

from __future__ import annotations

import ctypes
import io
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any

from danvan_nlp.reading.pdf.lines import PageText
from danvan_nlp.reading.tables import table_lines

_FEWEST_RULES = 6
_MOST_RULES = 4_000
_MOST_OBJECTS = 50_000


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table on a page: its box (left, bottom, right, top) and its rows, cells apart by TABs."""

    box: tuple[float, float, float, float]
    rows: tuple[str, ...]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the table."""
        left, bottom, right, top = self.box
        return left - 2 <= x <= right + 2 and bottom - 2 <= y <= top + 2


class Grids:
    """Finds the ruled tables of the pages of one file, within a limit of time."""

    def __init__(self, data: bytes, seconds: float) -> None:
        self._data = data
        self._until = time.monotonic() + seconds
        self._plumber: Any = None
        self.skipped: list[int] = []

    def of_page(self, page: Any, number: int, text: PageText) -> list[RuledTable]:
        """The tables of a page; none where it has no rules to make one."""
        rules = count_rules(page)
        if rules < _FEWEST_RULES:
            return []
        if rules > _MOST_RULES or time.monotonic() > self._until:
            self.skipped.append(number + 1)
            return []
        try:
            return list(self._find(number, text))
        except Exception:
            # pdfminer raises whatever a damaged object trips it over; the text of the page is there without it.
            self.skipped.append(number + 1)
            return []

    def _find(self, number: int, text: PageText) -> Iterator[RuledTable]:
        import pdfplumber

        if self._plumber is None:
            self._plumber = pdfplumber.open(io.BytesIO(self._data))
        plumbed = self._plumber.pages[number]
        try:
            for found in plumbed.find_tables({"vertical_strategy": "lines", "horizontal_strategy": "lines"}):
                table = _read(found, float(plumbed.height), text)
                if table is not None:
                    yield table
        finally:
            plumbed.close()


def count_rules(page: Any) -> int:
    """How many paths a page draws."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPage_CountObjects(page.raw)
    if count > _MOST_OBJECTS:
        return 0
    get_object, get_type = _object_functions()
    drawn = map(get_object, repeat(ctypes.cast(page.raw, ctypes.c_void_p).value), range(count))
    return list(map(get_type, drawn)).count(pdfium.FPDF_PAGEOBJ_PATH)


@cache
def _object_functions() -> tuple[Callable[..., Any], Callable[..., Any]]:
    """PDFium's functions for the objects of a page, by plain addresses: typed pointers take half as long again."""
    import pypdfium2.raw as pdfium

    address = ctypes.c_void_p
    get_object = ctypes.CFUNCTYPE(address, address, ctypes.c_int)
    get_type = ctypes.CFUNCTYPE(ctypes.c_int, address)
    return (
        get_object(ctypes.cast(pdfium.FPDFPage_GetObject, address).value or 0),
        get_type(ctypes.cast(pdfium.FPDFPageObj_GetType, address).value or 0),
    )


def _read(table: Any, height: float, text: PageText) -> RuledTable | None:
    rows: list[Sequence[Sequence[str]]] = []
    for row in table.rows:
        cells: list[Sequence[str]] = []
        for cell in row.cells:
            if cell is None:
                cells.append(())
            else:
                left, top, right, bottom = cell
                words = text.bounded(left + 0.5, height - bottom + 0.5, right - 0.5, height - top - 0.5)
                cells.append(tuple(line.strip() for line in words.splitlines() if line.strip()))
        rows.append(cells)
    lines = tuple(table_lines(rows))
    if max(map(len, rows), default=0) < 2 or not lines:
        return None
    left, top, right, bottom = table.bbox
    return RuledTable((left, height - bottom, right, height - top), lines)
