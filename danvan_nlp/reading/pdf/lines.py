"""The lines of a PDF page with their place and size."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import hypot
from typing import Any

from danvan_nlp.reading.blocks import superscript

_DIGITS = re.compile(r"\d+")
# A word that breaks behind its hyphen stands in one piece with the next line, a sign in place of the hyphen.
_HYPHENS = "\x02\ufffe"
_LINE = re.compile(f"[^\r\n{_HYPHENS}]+[{_HYPHENS}]?|[{_HYPHENS}]")
# Letters that many fonts lack, without their word: they came from another font, drawn after the rest of the line.
_LONE = re.compile("[\u0102-\u01b0\u1ea0-\u1ef9](?<!\\S.)[\u0102-\u01b0\u1ea0-\u1ef9]{0,3}(?!\\S)")
# Signs of the Symbol and Wingdings fonts that open the points of a list.
_SYMBOLS = re.compile("[\uf0a7\uf0b7\uf0d8\uf076]")
_BLANK = 0.12
_SMALL = 0.82
_RAISED = 0.15
_WIDE_GAP = 2.0
_GAP = 0.6
_LONG = 60
_SPARSE = 0.75


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page; lengths in points, from the lower left corner of the page.

    ``gaps`` are blanks wider than between words: place in the text, left and right edge.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    page: int
    gaps: tuple[tuple[int, float, float], ...] = ()

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
        self.text = _SYMBOLS.sub("•", self.text)
        self._order: Sequence[int] = range(len(self.text))
        if any(self._stands_before(found.start()) for found in _LONE.finditer(self.text)):
            self._sort_letters()

    def lines(self) -> list[Line]:
        """The lines of the page, in the order of the file."""
        found: list[Line] = []
        for line in _LINE.finditer(self.text):
            if line[0].strip():
                found.extend(self._segments(line[0], line.start()))
        return _stitched(found)

    def bounded(self, left: float, bottom: float, right: float, top: float) -> str:
        """The text inside a rectangle."""
        if isinstance(self._order, range):
            inside: str = self._text_page.get_text_bounded(left, bottom, right, top)
            if not _LONE.search(inside):
                return inside
        kept = []
        for i, letter in enumerate(self.text):
            x0, x1, y0, y1 = self._places[i]
            if not letter.isspace() and left <= (x0 + x1) / 2 <= right and bottom <= (y0 + y1) / 2 <= top:
                kept.append(i)
        return "\n".join(map(self._spaced, self._by_line(kept)))

    def _by_line(self, letters: Sequence[int]) -> list[list[int]]:
        """Letters put together to the lines that they stand on, from the top down."""
        rows: list[list[int]] = []
        last = 0.0
        for (y, size), i in sorted(
            ((self._baseline(i), i) for i in letters), key=lambda found: (-found[0][0], found[1])
        ):
            if not rows or last - y > _SMALL * size / 2:
                rows.append([])
            rows[-1].append(i)
            last = y
        return rows

    def _spaced(self, letters: Sequence[int]) -> str:
        """Letters of one line from left to right, blanks where there are gaps."""
        pieces: list[str] = []
        right = None
        for i in sorted(letters, key=lambda i: self._places[i][0]):
            left, end, bottom, top = self._places[i]
            if right is not None and left - right > _BLANK * (top - bottom):
                pieces.append(" ")
            pieces.append(self.text[i])
            right = end if right is None else max(right, end)
        return "".join(pieces)

    def close(self) -> None:
        """Give the memory of the page's text back."""
        self._text_page.close()

    @cached_property
    def _places(self) -> list[tuple[float, float, float, float]]:
        return [self._place(i) for i in range(len(self.text))]

    def _stands_before(self, index: int) -> bool:
        """Whether a letter stands on the page before the one that it follows in the file."""
        last = index - 1
        while last >= 0 and self.text[last] in " \t":
            last -= 1
        return last >= 0 and self.text[last] not in "\r\n" and self._place(index)[0] < self._place(last)[0]

    def _sort_letters(self) -> None:
        """Put letters that the file has behind the rest of their line back to their places."""
        pieces: list[str] = []
        order: list[int] = []
        done = 0
        for line in _LINE.finditer(self.text):
            if (placed := self._sorted(line)) is not None:
                pieces += (self.text[done : line.start()], *(letter for letter, _ in placed))
                order += (*range(done, line.start()), *(i for _, i in placed))
                done = line.end()
        order += range(done, len(self.text))
        self.text = "".join((*pieces, self.text[done:]))
        self._order = order

    def _sorted(self, line: re.Match[str]) -> list[tuple[str, int]] | None:
        """The letters of a line from left to right with their indices, blanks where there are gaps.

        None where they are so already, or where the file's line stands on several of the page.
        """
        boxes = [(*self._place(i), i) for i in range(*line.span()) if not self.text[i].isspace()]
        if all(a[0] <= b[0] + 1.0 for a, b in pairwise(boxes)):
            return None
        size = max(top - bottom for _, _, bottom, top, _ in boxes)
        bottoms = [bottom for _, _, bottom, _, _ in boxes]
        if max(bottoms) - min(bottoms) > _SMALL * size:
            return None
        boxes.sort(key=lambda box: box[0])
        placed: list[tuple[str, int]] = []
        right = boxes[0][0]
        for left, end, _, _, i in boxes:
            if left - right > _BLANK * size:
                placed.append((" ", i))
            placed.append((self.text[i], i))
            right = max(right, end)
        return placed

    def _segments(self, raw: str, at: int) -> list[Line]:
        """A line, or its parts where it runs over two columns."""
        whole = self._line(raw, at)
        width = (whole.x1 - whole.x0) / len(raw.strip())
        if len(raw) > _LONG or " " not in raw.strip() or width < 0.5 * _SPARSE * whole.size:
            return [whole]
        blanks = self._blanks(raw, at)
        cuts = [0, *_cuts(blanks, whole.size), len(raw)]
        parts = [whole] if len(cuts) == 2 else [self._line(raw[a:b], at + a) for a, b in pairwise(cuts)]
        for k, (part, (a, b)) in enumerate(zip(parts, pairwise(cuts), strict=True)):
            if gaps := _wide(blanks, a + len(raw[a:b]) - len(raw[a:b].lstrip()), b, whole.size):
                parts[k] = replace(part, gaps=gaps)
        return parts

    def _line(self, raw: str, at: int) -> Line:
        first = at + len(raw) - len(raw.lstrip())
        last = at + len(raw.rstrip()) - 1
        middle = (first + last) // 2
        while self.text[middle].isspace():
            middle += 1
        y, size = self._baseline(middle)
        text = self._with_marks(raw.strip(), first, y, size)
        if text[-1] in _HYPHENS:
            text = text[:-1] + "-"
        return Line(text, self._place(first)[0], self._place(last)[1], y, size, self._number)

    def _place(self, index: int) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of a character, the bottom and top as its font has them."""
        index = self._order[index]
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
        index = self._order[index]
        if self._pdfium.FPDFText_GetMatrix(self._raw, index, matrix):
            size = self._pdfium.FPDFText_GetFontSize(self._raw, index) * hypot(matrix.c, matrix.d)
        if size < 1.0:
            return bottom, max(top - bottom, 1.0)
        # The matrix of text inside a form says nothing of its place on the page.
        height: float = matrix.f
        return (height if abs(height - bottom) < size else bottom), size

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

    def _blanks(self, raw: str, at: int) -> dict[int, tuple[float, float]]:
        """Left and right edge of the blanks of a line, by their place in it."""
        return {
            i: (self._place(at + i - 1)[1], self._place(at + i + 1)[0])
            for i in range(1, len(raw) - 1)
            if raw[i] == " " != raw[i - 1] and raw[i + 1] != " "
        }


def _wide(
    blanks: dict[int, tuple[float, float]], start: int, end: int, size: float
) -> tuple[tuple[int, float, float], ...]:
    """The blanks of a part of a line that are wider than between words, by their place in the part."""
    return tuple(
        (i - start, left, right)
        for i, (left, right) in blanks.items()
        if start < i < end and right - left > _GAP * size
    )


def _cuts(blanks: dict[int, tuple[float, float]], size: float) -> list[int]:
    """Where two columns stand on one line: blanks wider than any in running text, and than the line's others."""
    widths = {i: right - left for i, (left, right) in blanks.items()}
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
