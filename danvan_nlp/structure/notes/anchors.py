"""Which sentence each footnote belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import replace

from danvan_nlp.structure.lines.markers import LOST, SUPERSCRIPTS, parse_marker
from danvan_nlp.structure.lines.paragraphs import Paragraph
from danvan_nlp.structure.notes.plain import glued_marks
from danvan_nlp.types import Unit

_SUPERSCRIPT = re.compile(rf"[{SUPERSCRIPTS}]+|\[\^?\d{{1,3}}\]|\^\d{{1,3}}\^?")
_DIGITS = str.maketrans(SUPERSCRIPTS, "0123456789")
_UNITS = re.compile(r"(?:km|m|dm|cm|ha)$", re.IGNORECASE)


def anchor_footnotes(key: str, units: Sequence[Unit], paragraphs: Sequence[Paragraph]) -> list[Unit]:
    """Set the anchor of every footnote whose mark is found.

    A mark that the text still shows is matched by its number, and by its order where numbers restart on each page;
    where a converter lost the marks, the n-th footnote belongs to the n-th line break that cuts a sentence.

    Parameters
    ----------
    key : str
        The document's key.
    units, paragraphs : sequence
        Units with their roles, and the paragraphs that they were cut from.

    Returns
    -------
    list of Unit
        The same units; footnotes have ``anchor`` set to the index of their sentence where it is known.
    """
    starts = [unit.start for unit in units]
    markers = {p.start: p.first.marker for p in paragraphs if p.first.marker.style == "footnote"}
    plain = {marker.text for marker in markers.values() if marker.text.strip("()").isdecimal()}
    found = [(mark.start(), _number(mark[0])) for mark in _marks(key, units)]
    found += _plain_marks(key, units, plain)
    marks: dict[str, deque[int]] = defaultdict(deque)
    for place, number in sorted(found):
        marks[number].append(place)
    lost = sorted(at for paragraph in paragraphs for at in paragraph.lost_marks)
    notes = [i for i, unit in enumerate(units) if unit.role == "footnote"]
    anchored = list(units)
    n_lost, anchor = 0, None
    for i in notes:
        marker = markers.get(units[i].start) or parse_marker(key[units[i].start : units[i].start + 40])
        if marker.style == "footnote":
            at: int | None = None
            if marker.text == LOST:
                at = lost[n_lost] if n_lost < len(lost) else None
                n_lost += 1
            else:
                waiting = marks[_number(marker.text)]
                at = waiting.popleft() if waiting else None
            anchor = None if at is None else _sentence_at(units, starts, at)
        anchored[i] = replace(units[i], anchor=anchor)
    return anchored


def _marks(key: str, units: Sequence[Unit]) -> list[re.Match[str]]:
    """Footnote marks inside sentences; the exponent of km² is none."""
    return [
        m
        for unit in units
        if unit.role != "footnote"
        for m in _SUPERSCRIPT.finditer(key, unit.start, unit.end)
        if m.start() > unit.start and not _UNITS.search(key[max(0, m.start() - 3) : m.start()])
    ]


def _plain_marks(key: str, units: Sequence[Unit], numbers: set[str]) -> list[tuple[int, str]]:
    """Footnote marks written as plain digits, in documents whose notes are written so."""
    return [
        (mark.start(1), _number(mark[1]))
        for unit in units
        if unit.role != "footnote"
        for mark in glued_marks(key, unit.start, unit.end)
        if mark[1].strip() in numbers
    ]


def _number(mark: str) -> str:
    return re.sub(r"\D", "", mark.translate(_DIGITS))


def _sentence_at(units: Sequence[Unit], starts: list[int], at: int) -> int | None:
    i = bisect_right(starts, at) - 1
    return i if i >= 0 and units[i].role != "footnote" else None
