"""Running heads and page numbers: told by their place and by coming again, kept apart from the text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from danvan_nlp.reading.pdf.lines import Line

_NUMBER = re.compile(r"\s*(?:[-–—]\s*)?(?:trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*[-–—])?\s*", re.IGNORECASE)
_FIGURES = re.compile(r"\d+")
_EDGE = 2
_AGAIN = 3


def split_margins(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> tuple[list[list[Line]], list[str]]:
    """Part the lines of each page from its running heads.

    Parameters
    ----------
    pages : sequence of sequence of Line
        The lines of each page.
    heights : sequence of float
        The height of each page, in points.

    Returns
    -------
    bodies : list of list of Line
        The lines that are text.
    margins : list of str
        The lines that are not, in order.
    """
    edges = [_edge_lines(lines) for lines in pages]
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, lines in enumerate(edges):
        for line in lines:
            seen[_shape(line)].add(number)
    numbered = Counter(
        (_side(line, height), _offset(line, number))
        for number, (lines, height) in enumerate(zip(edges, heights, strict=True))
        for line in lines
        if _NUMBER.fullmatch(line.text)
    )
    bodies: list[list[Line]] = []
    margins: list[str] = []
    for number, (page, edge, height) in enumerate(zip(pages, edges, heights, strict=True)):
        again = {id(line) for line in edge if len(seen[_shape(line)]) >= _AGAIN}
        numbers = {
            id(line)
            for line in edge
            if _NUMBER.fullmatch(line.text)
            and _is_outermost(line, page)
            and (numbered[_side(line, height), _offset(line, number)] > 1 or _offset(line, number) == 1)
        }
        bodies.append([line for line in page if id(line) not in again | numbers])
        margins += [line.text for line in page if id(line) in again | numbers]
    return bodies, margins


def _edge_lines(lines: Sequence[Line]) -> list[Line]:
    """The uppermost and the lowest lines of a page."""
    order = sorted(lines, key=lambda line: -line.y)
    return order if len(order) <= 2 * _EDGE else order[:_EDGE] + order[-_EDGE:]


def _shape(line: Line) -> tuple[str, int]:
    return _FIGURES.sub("#", line.text.strip()), round(line.y / 4)


def _side(line: Line, height: float) -> str:
    return "top" if line.y > height / 2 else "bottom"


def _offset(line: Line, number: int) -> int:
    """How far a page number is ahead of the count of pages from 0: the same on each page."""
    found = _FIGURES.search(line.text)
    return int(found[0]) - number if found else 0


def _is_outermost(line: Line, lines: Sequence[Line]) -> bool:
    above = any(other.y > line.y + 1 for other in lines if other is not line)
    below = any(other.y < line.y - 1 for other in lines if other is not line)
    return not (above and below)
