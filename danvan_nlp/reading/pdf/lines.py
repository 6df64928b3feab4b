"""The lines of a PDF page with their place and size."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from danvan_nlp.reading.blocks import superscript

_DIGITS = re.compile(r"\d+")
_SMALL = 0.82
_RAISED = 0.15
_WIDE_GAP = 2.0
_LONG = 60
_SPARSE = 0.75


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page; lengths in points, from the lower left corner of the page."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    page: int

    @property
    def centre(self) -> float:
        """The middle of the line."""
        return (self.x0 + self.x1) / 2


class PageText:
    """The characters of one page, asked for their places only where a line needs them."""

    def __init__(self, page: Any, number: int) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._text_page = page.get_textpage()
        self._raw = self._text_page.raw
        self._number = number
        self._box = [ctypes.c_double() for _ in range(4)]
        self._rect = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self.text: str = self._text_page.get_text_range()
        if len(self.text) != self._text_page.count_chars():
            # Some characters stand for none or two: read them one by one, so that places stay right.
            count = self._text_page.count_chars()
            codes = (pdfium.FPDFText_GetUnicode(self._raw, i) for i in range(count))
            self.text = "".join(chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else " " for code in codes)

    def lines(self) -> list[Line]:
        """The lines of the page, in the order of the file."""
        found: list[Line] = []
        at = 0
        for raw in re.split(r"\r\n|\n|\r", self.text):
            if raw.strip():
                found.extend(self._segments(raw, at))
            at += len(raw)
            at += 2 if self.text[at : at + 2] == "\r\n" else 1
        return _stitched(found)

    def bounded(self, left: float, bottom: float, right: float, top: float) -> str:
        """The text inside a rectangle."""
        inside: str = self._text_page.get_text_bounded(left, bottom, right, top)
        return inside

    def close(self) -> None:
        """Give the memory of the page's text back."""
        self._text_page.close()

    def _segments(self, raw: str, at: int) -> list[Line]:
        """A line, or its parts where it runs over two columns."""
        whole = self._line(raw, at)
        width = (whole.x1 - whole.x0) / len(raw.strip())
        if len(raw) > _LONG or " " not in raw.strip() or width < 0.5 * _SPARSE * whole.size:
            return [whole]
        cuts = [0, *self._gaps(raw, at, whole.size), len(raw)]
        if len(cuts) == 2:
            return [whole]
        return [self._line(raw[a:b], at + a) for a, b in pairwise(cuts) if raw[a:b].strip()]

    def _line(self, raw: str, at: int) -> Line:
        first = at + len(raw) - len(raw.lstrip())
        last = at + len(raw.rstrip()) - 1
        middle = (first + last) // 2
        while self.text[middle].isspace():
            middle += 1
        y, size = self._baseline(middle)
        text = self._with_marks(raw.strip(), first, y, size).replace("\x02", "-").replace("\ufffe", "-")
        return Line(text, self._place(first)[0], self._place(last)[1], y, size, self._number)

    def _place(self, index: int) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of a character, the bottom and top as its font has them."""
        left, right, bottom, top = self._box
        rect = self._rect
        if self._pdfium.FPDFText_GetLooseCharBox(self._raw, index, rect):
            return rect.left, rect.right, rect.bottom, rect.top
        self._pdfium.FPDFText_GetCharBox(self._raw, index, left, right, bottom, top)
        return left.value, right.value, bottom.value, top.value

    def _baseline(self, index: int) -> tuple[float, float]:
        """Height of the line that a character stands on, and its size."""
        matrix = self._matrix
        _, _, bottom, top = self._place(index)
        size = 0.0
        if self._pdfium.FPDFText_GetMatrix(self._raw, index, matrix):
            scale = (matrix.c**2 + matrix.d**2) ** 0.5
            size = self._pdfium.FPDFText_GetFontSize(self._raw, index) * scale
        if size < 1.0:
            return bottom, max(top - bottom, 1.0)
        # The matrix of text inside a form says nothing of its place on the page.
        return (matrix.f if abs(matrix.f - bottom) < size else bottom), size

    def _with_marks(self, raw: str, at: int, y: float, size: float) -> str:
        """Raised small figures as superscripts."""
        pieces: list[str] = []
        done = 0
        for found in _DIGITS.finditer(raw):
            first = found.end()
            while first > found.start() and self._is_raised(at + first - 1, y, size):
                first -= 1
            if first < found.end():
                pieces += (raw[done:first], superscript(raw[first : found.end()]))
                done = found.end()
        return "".join((*pieces, raw[done:]))

    def _is_raised(self, index: int, y: float, size: float) -> bool:
        own_y, own_size = self._baseline(index)
        return own_size < _SMALL * size or own_y > y + _RAISED * size

    def _gaps(self, raw: str, at: int, size: float) -> list[int]:
        """Where two columns stand on one line: blanks wider than any in running text, and than the line's others."""
        widths = {
            i: self._place(at + i + 1)[0] - self._place(at + i - 1)[1]
            for i in range(1, len(raw) - 1)
            if raw[i] == " " != raw[i - 1] and raw[i + 1] != " "
        }
        usual = sorted(widths.values())[(len(widths) - 1) // 2] if len(widths) > 1 else 0.0
        return [i for i, width in widths.items() if width > _WIDE_GAP * max(size, usual)]


def _stitched(lines: list[Line]) -> list[Line]:
    """Lines that a raised mark cut, in one piece again."""
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        beside = (
            last is not None
            and -0.3 * last.size < line.x0 - last.x1 < 0.8 * last.size
            and abs(line.y - last.y) < 0.6 * max(last.size, line.size)
        )
        if last is None or not beside:
            whole.append(line)
            continue
        raised = line.text.isdecimal() and (line.size < _SMALL * last.size or line.y > last.y + _RAISED * last.size)
        small = last.text.isdecimal() and last.size < _SMALL * line.size
        before = superscript(last.text) if small else last.text
        after = superscript(line.text) if raised else line.text
        glue = " " if not (raised or small) and line.x0 - last.x1 > 0.2 * line.size else ""
        y, size = (line.y, line.size) if small else (last.y, last.size)
        whole[-1] = Line(before + glue + after, last.x0, line.x1, y, size, line.page)
    return whole
