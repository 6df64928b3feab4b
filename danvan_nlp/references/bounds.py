"""The stretch of text that one mention and its title may not leave: a unit, or, without units, a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from danvan_nlp.language.key import Key
from danvan_nlp.language.letters import UPPER
from danvan_nlp.types import Role, Unit

# A page number alone between blank lines belongs to the break.
_BREAK = re.compile(r"\n[ \t]*(?:\n\s*(?:\d{1,3}[ \t]*\n[ \t]*\n\s*)?)*")
_NEW_LINE = re.compile(r"[-–+•*|#�(\[“\"¹²³]|\d{1,3}[.)\]]?\s|[a-zđ][.)]\s|[IVX]{1,5}[.\-–)]|\d+(?:\.\d+)+")
_GOES_ON = re.compile(r"\(?(?:NGÀY|CỦA|VỀ|KHÓA|[Kk]hóa|Về việc)(?!\w)")
_GOES_ON_FIRST = frozenset("(NCVKk")
_TITLE_GOES_ON = re.compile(rf"[*_]*\(?(?:NGÀY|CỦA|VỀ|KHÓA|[Cc]ủa|[Nn]gày|[Vv]ề(?=\s+việc|\s+[^\W\d_{UPPER}]))(?!\w)")
_CELL_MARK = re.compile(r"[\t|]")
_LONGEST_CELL = 3000
_STOP = ".;:!?…"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the stretches of a text begin and end, in its key, and the role of each."""

    starts: list[int]
    ends: list[int]
    roles: list[Role | None]

    def around(self, place: int) -> tuple[int, int, Role | None]:
        """The stretch that holds a place; the line's neighbourhood where no stretch does."""
        at = bisect_right(self.starts, place) - 1
        if at >= 0 and place < self.ends[at]:
            return self.starts[at], self.ends[at], self.roles[at]
        low = self.ends[at] if at >= 0 else 0
        high = self.starts[at + 1] if at + 1 < len(self.starts) else place + 2000
        return low, high, None


def of_units(key: Key, units: Sequence[Unit]) -> Bounds:
    """The units of a report as stretches of its key."""
    starts, ends, roles = [], [], list[Role | None]()
    for unit in units:
        start, end = (unit.start, unit.end) if key.offsets is None else key.to_key(unit.start, unit.end)
        starts.append(start)
        ends.append(end)
        roles.append(unit.role)
    for at in range(len(starts) - 2, -1, -1):
        # A title on several lines, each a unit: what is cited on one is dated and issued on the next.
        if roles[at] == roles[at + 1] == "heading" and _TITLE_GOES_ON.match(key.text, starts[at + 1]):
            ends[at] = ends[at + 1]
    return Bounds(starts, ends, roles)


def of_lines(text: str) -> Bounds:
    """Paragraphs of a text without units.

    A line goes on in the next one, over blank lines too, where it ends without a stop and the next one begins in
    small letters: page breaks cut sentences so.

    Examples
    --------
    >>> bounds = of_lines("về nâng cao hiệu quả\\n\\ncông tác dân vận.\\nSố 16-BC/TU\\n")
    >>> list(zip(bounds.starts, bounds.ends))
    [(0, 40), (40, 52)]
    """
    starts = [0]
    for match in _BREAK.finditer(text):
        end, place = match.span()
        if place >= len(text):
            break
        if (end and text[end - 1] in _STOP) or not _continues(text, end, place):
            starts.append(place)
    ends = [*starts[1:], len(text)]
    return Bounds(starts, ends, _roles(text, starts, ends))


def _roles(text: str, starts: list[int], ends: list[int]) -> list[Role | None]:
    """What can be told of lines: that tabs or bars make some the rows of a table."""
    if "\t" not in text and "|" not in text:
        return [None] * len(starts)
    return [
        "table"
        if (text.find("\t", a, b) >= 0 and "\t" in text[a:b].strip())
        or (text.startswith("|", a) and text.count("|", a, b) > 1)
        else None
        for a, b in zip(starts, ends, strict=True)
    ]


def _continues(text: str, end: int, place: int) -> bool:
    """Whether a line that ends without a stop goes on in the next one."""
    last = text[end - 1] if end else "\n"
    first = text[place]
    # "28/2014/TT-" at the end of a line: the symbol goes on.
    cut = last in ",( " or (last in "-/" and text[end - 2].isupper())
    small = first.islower() or ((first.isdigit() or cut) and text.count("\n", end, place) == 1)
    if not small and first not in _GOES_ON_FIRST:
        return False
    return not _NEW_LINE.match(text, place) and (small or bool(_GOES_ON.match(text, place)))


def cell_end(text: str, place: int, limit: int, role: Role | None) -> int:
    """Where the cell of a table that holds a place ends; the limit itself outside tables."""
    if role != "table":
        return limit
    mark = _CELL_MARK.search(text, place, min(limit, place + _LONGEST_CELL))
    return mark.start() if mark else min(limit, place + _LONGEST_CELL)


def cell_start(text: str, place: int, floor: int, role: Role | None) -> int:
    """Where the cell of a table that holds a place begins; the floor itself outside tables."""
    if role != "table":
        return floor
    low = max(floor, place - _LONGEST_CELL)
    return max(low, text.rfind("\t", low, place) + 1, text.rfind("|", low, place) + 1)
