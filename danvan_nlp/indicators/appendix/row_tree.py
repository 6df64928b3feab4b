"""The tree of a table's rows: which titles and which rows above a row it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from danvan_nlp.language.key import fold
from danvan_nlp.structure.tables.cells import is_total

_MARKER = re.compile(
    r"\s*(?:(?P<bullet>[*•●○▪+–-])|(?P<decimal>\d{1,2}(?:\.\d{1,2}){0,4})[.)]?(?=\s|$)|(?P<roman>[IVX]{1,5})[.)/-]?(?=\s|$)"
    r"|(?P<capital>[A-HĐ])[.)/-]?(?=\s|$)|(?P<letter>[a-zđ])[.)](?=\s|$))"
)
_INSIDE = "trong đó"
_CAPITAL, _ROMAN, _DECIMAL, _LETTER, _PLAIN, _BULLET, _BELOW = 0.0, 1.0, 2.0, 10.0, 20.0, 30.0, 40.0
_BULLETS = "*•●○▪-–+"


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the tree sees it.

    ``ordinal`` is None where the table has no column of ordinals; a row without figures (not ``stated``) is a title.
    """

    ordinal: str | None
    label: str
    stated: bool


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A title above a row, or a row that it is a part of, which has figures of its own (``stated``)."""

    label: str
    stated: bool


def ancestors(lines: Sequence[Line]) -> list[tuple[Ancestor, ...]]:
    """Tell what each row stands under, the nearest first.

    Examples
    --------
    >>> rows = [Line("I", "Đơn thư", False), Line("1", "Số đơn khiếu nại", True), Line("", "Đã giải quyết", True)]
    >>> [[a.label for a in found] for found in ancestors(rows)]
    [[], ['Đơn thư'], ['Số đơn khiếu nại', 'Đơn thư']]
    """
    ranks = _ranks(lines)
    found: list[tuple[Ancestor, ...]] = []
    stack: list[tuple[float, Ancestor]] = []
    for line, rank in zip(lines, ranks, strict=True):
        if is_total(line.label):
            # A sum stands under titles, not under the rows that it sums.
            found.append(tuple(a for _, a in reversed(stack) if not a.stated))
            continue
        while stack and stack[-1][0] >= rank:
            stack.pop()
        found.append(tuple(a for _, a in reversed(stack)))
        stack.append((rank, Ancestor(line.label, line.stated)))
    return found


def _ranks(lines: Sequence[Line]) -> list[float]:
    """How deep each row stands: by its mark, and below the row before from ``Trong đó`` on."""
    ranks = [_rank(line) for line in lines]
    for i in range(len(lines) - 2, -1, -1):
        if not lines[i].stated and ranks[i] in (_PLAIN, _BELOW):
            # A title without a mark is that of the rows below it.
            ranks[i] = ranks[i + 1] - 0.5
    parent: tuple[float, str] | None = None
    for i, line in enumerate(lines):
        word = fold(line.label[:40]).partition(" ")[0]
        if i and fold(line.label[:40]).lstrip("-+* ").startswith(_INSIDE):
            parent = parent or (ranks[i - 1], fold(lines[i - 1].label[:40]).partition(" ")[0])
        elif parent and (ranks[i] != parent[0] or word == parent[1] or not line.stated):
            parent = None if ranks[i] <= parent[0] else parent
        if parent and ranks[i] <= max(parent[0], _PLAIN):
            ranks[i] = parent[0] + 0.25
    return ranks


def _rank(line: Line) -> float:
    found = _MARKER.match(line.ordinal or "") or _MARKER.match(line.label)
    if found is None:
        return _PLAIN if line.ordinal is None else _BELOW
    if found["bullet"]:
        return _BULLET + _BULLETS.index(found["bullet"].replace("–", "-")) / len(_BULLETS)
    if found["decimal"]:
        return _DECIMAL + found["decimal"].count(".")
    return _ROMAN if found["roman"] else _CAPITAL if found["capital"] else _LETTER
