"""A small typesetter: a laid-out report as a PDF the way a word processor prints it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/Library/Fonts/Times New Roman.ttf",
    "/System/Library/Fonts/Supplemental/Times New Roman.ttf",
    "C:/Windows/Fonts/times.ttf",
)
_LEFT, _RIGHT, _TOP, _BOTTOM = 85.0, 540.0, 780.0, 60.0
_SIZE, _LEADING, _SMALL = 12.0, 16.0, 9.5
_INDENT = 36.0


def find_font() -> str | None:
    """A font with Vietnamese letters; None where the machine has none of those known."""
    return next((font for font in FONTS if Path(font).is_file()), None)


class Typesetter:
    """Sets paragraphs, tables and footnotes on pages with numbers at their head."""

    def __init__(self, notes: dict[str, list[str]]) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas

        pdfmetrics.registerFont(TTFont("Body", find_font()))
        self._width = lambda text, size=_SIZE: pdfmetrics.stringWidth(text, "Body", size)
        self._buffer = io.BytesIO()
        self._canvas: Any = Canvas(self._buffer, pagesize=(595, 842))
        self._notes = notes
        self._waiting: list[str] = []
        self._page = 0
        self._floor = _BOTTOM
        self._turn()

    def finish(self) -> bytes:
        self._put_notes()
        self._canvas.save()
        return self._buffer.getvalue()

    def paragraph(self, text: str, centred: bool = False, indent: float = _INDENT) -> None:
        room = _RIGHT - _LEFT - (60 if centred else 0)
        lines = self._wrap(text, room, 0 if centred else indent)
        for i, line in enumerate(lines):
            marks = re.findall("[¹²³⁴⁵⁶⁷⁸⁹]+", line)
            self._need(_LEADING + sum(map(self._note_height, marks)))
            for mark in marks:
                self._waiting.append(mark)
                self._floor += self._note_height(mark)
            x = _LEFT + (indent if i == 0 else 0)
            if centred:
                x = (_LEFT + _RIGHT - self._width(line)) / 2
            full = not centred and i + 1 < len(lines)
            self._line(line, x, self._y, _RIGHT if full else None)
            self._y -= _LEADING
        self._y -= 5

    def columns(self, left: list[str], right: list[str]) -> None:
        """Two columns of centred lines, the left one first in the file."""
        self._need(_LEADING * max(len(left), len(right)))
        top = self._y
        for lines, middle in ((left, 185.0), (right, 420.0)):
            for i, line in enumerate(lines):
                size = min(_SIZE, _SIZE * 225 / max(self._width(line), 1))
                self._canvas.setFont("Body", size)
                self._canvas.drawCentredString(middle, top - i * _LEADING, line)
        self._y = top - _LEADING * max(len(left), len(right)) - 8

    def table(self, rows: list[list[str]]) -> None:
        wide = (_RIGHT - _LEFT) / max(map(len, rows))
        for row in rows:
            cells = [self._wrap(cell, wide - 8, 0, 10) for cell in row]
            height = 12.0 * max(map(len, cells)) + 6
            self._need(height)
            for i, lines in enumerate(cells):
                self._canvas.rect(_LEFT + i * wide, self._y - height + 12, wide, height)
                self._canvas.setFont("Body", 10)
                for j, line in enumerate(lines):
                    self._canvas.drawString(_LEFT + i * wide + 4, self._y - j * 12 + 1, line)
            self._y -= height
        self._y -= 12

    def turn(self) -> None:
        """Begin a new page."""
        self._put_notes()
        self._canvas.showPage()
        self._turn()

    def _turn(self) -> None:
        self._page += 1
        self._floor = _BOTTOM
        self._y = _TOP
        self._canvas.setFont("Body", _SIZE)
        self._canvas.drawCentredString((_LEFT + _RIGHT) / 2, 808, str(self._page))

    def _need(self, height: float) -> None:
        if self._y - height < self._floor:
            self.turn()

    def _note_height(self, mark: str) -> float:
        return 12.0 * len(self._note_lines(mark)) + 4

    def _note_lines(self, mark: str) -> list[str]:
        number = mark.translate(str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789"))
        lines: list[str] = []
        for i, text in enumerate(self._notes.get(number, [])):
            lines += self._wrap(f"{mark} {text}" if i == 0 else text, _RIGHT - _LEFT, 0, _SMALL)
        return lines

    def _put_notes(self) -> None:
        y = self._floor - 12
        if self._waiting:
            self._canvas.line(_LEFT, y + 12, _LEFT + 140, y + 12)
        for mark in self._waiting:
            for line in self._note_lines(mark):
                self._line(line, _LEFT, y, None, _SMALL)
                y -= 12
        self._waiting = []

    def _wrap(self, text: str, room: float, indent: float, size: float = _SIZE) -> list[str]:
        lines, line = [], ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self._width(longer, size) > room - (0 if lines else indent):
                lines.append(line)
                line = word
            else:
                line = longer
        return [*lines, line]

    def _line(self, line: str, x: float, y: float, right: float | None, size: float = _SIZE) -> None:
        text = self._canvas.beginText(x, y)
        extra = 0.0 if right is None else (right - x - self._width(line, size)) / max(1, line.count(" "))
        for piece in re.split("([¹²³⁴⁵⁶⁷⁸⁹]+| )", line):
            if piece == " ":
                x += self._width(" ", size) + extra
                continue
            raised = bool(re.fullmatch("[¹²³⁴⁵⁶⁷⁸⁹]+", piece))
            shown = piece.translate(str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")) if raised else piece
            own = 0.58 * size if raised else size
            text.setFont("Body", own)
            text.setTextOrigin(x, y + (0.33 * size if raised else 0))
            text.textOut(shown)
            x += self._width(shown, own)
        self._canvas.drawText(text)
