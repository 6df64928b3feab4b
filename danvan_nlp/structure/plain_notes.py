"""Footnotes that open with a plain digit at the page's foot: ``1 Trong đó …``, for ``108 xã1`` or ``108 xã¹`` above."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from danvan_nlp.language.letters import UPPER
from danvan_nlp.structure.lines import Line
from danvan_nlp.structure.markers import SUPERSCRIPTS, Marker

# Behind a small letter, or behind the stop or bracket that follows one; the exponent of km2 is no mark.
GLUED = re.compile(r"(?<=[^\W\d_])(?<![A-ZĐ])[.,;:)”\"]{0,2}(\d{1,2})(?=[\s.,;:)”\"]|$)")
_UNITS = re.compile(r"(?:^|[\W\d_])(?:km|m|dm|cm|mm|hm|dam)$", re.IGNORECASE)
_RAISED = re.compile(rf"(?<=\S)[{SUPERSCRIPTS}]{{1,2}}")
_PLAIN = str.maketrans(SUPERSCRIPTS, "0123456789")
_NOTE = re.compile(rf"(\d{{1,2}})\s+(?=[“\"(]?[{UPPER}])")
_COLUMNS = re.compile(r"\t|\S\s{3,}\S")


def glued_marks(key: str, start: int = 0, end: int | None = None) -> list[re.Match[str]]:
    """Digits that may be footnote marks: glued to the word or the stop before them.

    Examples
    --------
    >>> [m[1] for m in glued_marks("Tỉnh có 108 xã1, 9.560 km2 và 14 đảng bộ2 với nhiều dân tộc.3")]
    ['1', '2', '3']
    """
    found = GLUED.finditer(key, start, len(key) if end is None else end)
    return [m for m in found if not _UNITS.search(key, max(0, m.start() - 4), m.start())]


def with_plain_notes(key: str, lines: Sequence[Line]) -> list[Line]:
    """Give the lines that open a footnote with a plain digit the marker of a footnote.

    A line does when its number follows that of the note before it (or starts anew at 1) and the same number stands
    raised, or glued to a word, above it.

    Parameters
    ----------
    key : str
        The document's key.
    lines : sequence of Line
        All lines that are not blank.

    Returns
    -------
    list of Line
        The same lines; those that open such notes have a marker of style ``footnote``.
    """
    candidates = [i for i, line in enumerate(lines) if _opening(line)]
    if not candidates:
        return list(lines)
    marks: dict[int, list[int]] = defaultdict(list)
    for mark in glued_marks(key):
        marks[int(mark[1])].append(mark.start())
    for mark in _RAISED.finditer(key):
        marks[int(mark[0].translate(_PLAIN))].append(mark.start())
    for places in marks.values():
        places.sort()
    marked = list(lines)
    last = 0
    seen: dict[int, int] = {}
    for i in candidates:
        line = lines[i]
        found = _NOTE.match(line.text)
        number = int(found[1]) if found else 0
        above = bisect_left(marks[number], seen.get(number, 0))
        if number in (1, last + 1) and above < len(marks[number]) and marks[number][above] < line.start:
            marked[i] = replace(line, marker=Marker("footnote", str(number), found.end() if found else 0))
            last = number
            seen[number] = line.start
    return marked


def _opening(line: Line) -> bool:
    return line.marker.style == "none" and _NOTE.match(line.text) is not None and not _COLUMNS.search(line.text[:200])
