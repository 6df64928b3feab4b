"""Footnotes that open with a plain number: ``1 Trong đó …``, ``(1) Gồm …``, for ``108 xã1`` or ``108 xã(1)`` above."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import replace

from danvan_nlp.language.letters import UPPER
from danvan_nlp.structure.lines.markers import SUPERSCRIPTS, Marker
from danvan_nlp.structure.lines.split import Line, is_page_number

# Behind a letter, a bracket or a per cent sign, or behind the stop that follows it; the exponent of km2 is no mark.
GLUED = re.compile(r"(?<=[^\W\d_]|[%)”])[.,;:)”\"]{0,2}(\d{1,2}|\(\d{1,2}\)|\s\(\d{1,2}\)(?=[.,;]))(?=[\s.,;:)”\"]|$)")
_UNITS = re.compile(r"(?:^|[\W\d_])(?:km|m|dm|cm|mm|hm|dam)$", re.IGNORECASE)
_RAISED = re.compile(rf"[{SUPERSCRIPTS}]{{1,2}}")
_PLAIN = str.maketrans(SUPERSCRIPTS, "0123456789")
_NOTE = re.compile(rf"(\d{{1,2}}(?=\s)|\(\d{{1,2}}\))\s*(?=[“\"(]?[{UPPER}])")
_MARK_AT_END = re.compile(GLUED.pattern + "$")
# The end of a note as converters to Markdown and HTML write it: "[↑](#footnote-ref-1)".
_BACK = re.compile(r"\[[↑↩⬆^][^\]]{0,2}\]\(#[^()\s]{1,20}\)$")
_LONGEST_NOTE = 6
_MOST_LINES = 12
_COLUMNS = re.compile(r"\t|\S\s{3,}\S")


def glued_marks(key: str, start: int = 0, end: int | None = None) -> list[re.Match[str]]:
    """Numbers that may be footnote marks: glued to the word or the stop before them.

    Examples
    --------
    >>> [m[1] for m in glued_marks("Tỉnh có 108 xã1, 9.560 km2 và 14 đảng bộ(2) với nhiều dân tộc.3")]
    ['1', '(2)', '3']
    """
    found = GLUED.finditer(key, start, len(key) if end is None else end)
    return [m for m in found if not _UNITS.search(key, max(0, m.start() - 4), m.start())]


def with_plain_notes(key: str, lines: Sequence[Line]) -> list[Line]:
    """Give the lines that open a footnote with a plain digit the marker of a footnote.

    A line does when its number follows that of the note before it (or starts anew at 1) and the same number stands
    raised, or glued to a word, above it; or when it stands below that note; or when a
    link leads back from its end to the text.

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
    lines = [_linked_back(line) for line in lines]
    candidates = [i for i, line in enumerate(lines) if _opening(line)]
    if not candidates:
        return lines
    marks: dict[str, list[int]] = defaultdict(list)
    for mark in glued_marks(key):
        marks[mark[1].strip()].append(mark.start())
    for mark in _RAISED.finditer(key):
        marks[mark[0].translate(_PLAIN)].append(mark.start())
    for places in marks.values():
        places.sort()
    marked = list(lines)
    last, last_at = 0, -1
    seen: dict[str, int] = {}
    for i in candidates:
        line = lines[i]
        found = _NOTE.match(line.text)
        name, length = (found[1], found.end()) if found else ("", 0)
        number = int(name.strip("()"))
        above = bisect_left(marks[name], seen.get(name, 0))
        shown = above < len(marks[name]) and marks[name][above] < line.start
        # Below the note before it a note stands though its mark was lost above.
        below = number == last + 1 and last > 0 and _is_below(lines, last_at, i)
        if number in (1, last + 1) and shown or below or number == last + 2 > 2 and shown:
            marked[i] = replace(line, marker=Marker("footnote", name, length))
            last, last_at = number, i
            seen[name] = line.start
    return [_without_mark(line, seen) for line in marked] if seen else marked


def _linked_back(line: Line) -> Line:
    """The line, marked as a footnote where it ends with the link of a Markdown note to its mark in the text."""
    if not _BACK.search(line.tail):
        return line
    return replace(line, marker=replace(line.marker, style="footnote"))


def _is_below(lines: Sequence[Line], above: int, i: int) -> bool:
    """Whether line ``i`` stands below the note that opens on line ``above``, on the same page."""
    return i - above <= _LONGEST_NOTE and not any(x.opens_page or x.is_rule for x in lines[above + 1 : i + 1])


def _without_mark(line: Line, notes: Container[str]) -> Line:
    """The line, its tail without the mark of a note: ``… trong vùng.3`` ends with a full stop."""
    found = _MARK_AT_END.search(line.tail) if line.tail[-1:] in "0123456789)" else None
    return replace(line, tail=line.tail[: found.start(1)]) if found and found[1].strip() in notes else line


def _opening(line: Line) -> bool:
    return (
        line.marker.style in ("none", "paren")
        and _NOTE.match(line.text) is not None
        and not _COLUMNS.search(line.text[:200])
    )


def further_notes(lines: Sequence[Line]) -> frozenset[int]:
    """The lines of a footnote behind its first, where blank lines part the notes from the text.

    They stand close under it, and another note or the page's end follows.
    """
    further: set[int] = set()
    below: list[int] | None = None
    apart = False
    for i, line in enumerate(lines):
        note, edge = line.marker.style == "footnote", line.opens_page or is_page_number(line)
        if below is not None and apart and (note or edge):
            further.update(below)
        if note:
            apart = line.blanks > 0 or apart and below is not None
            below = []
        elif edge or below is None or line.blanks or line.tabs or line.marker.style != "none":
            below = None
        elif len(below) < _MOST_LINES:
            below.append(i)
    return frozenset(further)
