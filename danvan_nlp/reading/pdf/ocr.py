"""Scanned pages read by tesseract, where it is installed with its Vietnamese data."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from danvan_nlp.reading.limits import OCR_SECONDS
from danvan_nlp.reading.pdf.lines import Line
from danvan_nlp.reading.reading import Notice

_DPI = 300
_LARGEST_SIDE = 6_000
_COLUMNS = 12
_WORD_LEVEL = "5"
_WIDE_GAP = 2.5

Word = tuple[str, float, float, float, float]
"""A word with its left and right edge, its top and its bottom, in dots from the upper left corner."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A page that is a picture: its number from 0, its lines, and how sure their words are, from 0 to 100."""

    page: int
    lines: tuple[Line, ...] = ()
    confidence: float | None = None


@cache
def has_tesseract() -> bool:
    """Whether tesseract is there and knows Vietnamese."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return "vie" in listed.stdout.split()


def read_scan(page: Any, number: int) -> Scan:
    """Read the picture of a page.

    Parameters
    ----------
    page : pypdfium2.PdfPage
        The page.
    number : int
        Its number, from 0.
    """
    width, height = page.get_size()
    scale = min(_DPI / 72, _LARGEST_SIDE / max(width, height, 1.0))
    picture = io.BytesIO()
    page.render(scale=scale, grayscale=True).to_pil().save(picture, "PNG")
    command = ["tesseract", "stdin", "stdout", "-l", "vie", "--dpi", str(round(72 * scale)), "tsv"]
    # Threads of tesseract cost more than they give, the more so where pages are read side by side.
    alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command, check=False, input=picture.getvalue(), capture_output=True, timeout=OCR_SECONDS, env=alone
        )
    except (OSError, subprocess.SubprocessError):
        return Scan(number)
    return _scan(done.stdout.decode("utf-8", "replace"), number, scale, height)


def _scan(rows: str, number: int, scale: float, height: float) -> Scan:
    """The lines of tesseract's table of words."""
    words: dict[tuple[str, ...], list[Word]] = {}
    sure: list[float] = []
    for row in rows.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < _COLUMNS or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        left, top, wide, tall, confidence = (float(cell) for cell in cells[6:11])
        words.setdefault(tuple(cells[2:5]), []).append((cells[11], left, left + wide, top, top + tall))
        sure.append(confidence)
    lines = tuple(line for found in words.values() for line in _segments(found, number, scale, height))
    return Scan(number, lines, sum(sure) / len(sure) if sure else None)


def _segments(words: Sequence[Word], number: int, scale: float, height: float) -> list[Line]:
    """A line, or its parts where it runs over two columns."""
    tall = sorted(bottom - top for _, _, _, top, bottom in words)[len(words) // 2]
    parts: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if word[1] - before[2] > _WIDE_GAP * tall:
            parts.append([])
        parts[-1].append(word)
    bottom = height - max(word[4] for word in words) / scale
    return [
        Line(" ".join(w[0] for w in part), part[0][1] / scale, part[-1][2] / scale, bottom, _SIZE, number)
        for part in parts
    ]


# The height of a line of letters depends on which letters it has: a scan says too little about sizes to use them.
_SIZE = 13.0


def notice_of(scans: Sequence[Scan], tried: bool) -> list[Notice]:
    """What to tell the user of the scanned pages."""
    notices: list[Notice] = []
    read = [scan for scan in scans if scan.confidence is not None]
    unread = [scan for scan in scans if scan.confidence is None]
    if read:
        mean = sum(scan.confidence or 0.0 for scan in read) / len(read)
        worst = min(read, key=lambda scan: scan.confidence or 0.0)
        message = (
            f"{len(read)} pages are pictures and were read by OCR, with a confidence of {mean:.0f} % "
            f"(page {worst.page + 1}: {worst.confidence:.0f} %); check figures against the picture"
        )
        notices.append(Notice(error="ocr", message=message))
    if unread:
        pages = ", ".join(str(scan.page + 1) for scan in unread[:20])
        way = (
            "tesseract found no text; scan them again at 300 dpi"
            if tried
            else "install tesseract with its Vietnamese data (tesseract-ocr, tesseract-ocr-vie) and run again"
        )
        notices.append(Notice(error="scan", message=f"pages {pages} are pictures and were not read; {way}"))
    return notices
