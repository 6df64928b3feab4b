"""What stands under what: the headings above a table and its section, and the tree of a table's rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from danvan_nlp.language.key import fold, make_key
from danvan_nlp.structure.tables.cells import is_total
from danvan_nlp.types import Report, Table

_MARKER = re.compile(
    r"\s*(?:(?P<bullet>[*•●○▪+–-])|(?P<decimal>\d{1,2}(?:\.\d{1,2}){0,4})[.)/:]?(?=\s|$|[^\W\d_])"
    r"|(?P<roman>[IVXL]{1,5})(?:\s*[.)/-]|(?=\s|$))|(?P<capital>[A-HĐ])(?:[.)/-](?=\s)|[.)/-]?$)"
    r"|\(?(?P<letter>[a-zđ])[.)](?=\s|$))"
)
_APPENDIX = re.compile(r"\W*(?:phụ\s+lục|phụ\s+biểu|biểu\s|bảng\s|mẫu\s)", re.IGNORECASE)
_CONTINUED = re.compile(r"\((?:tiếp(?: theo)?|tt)\.?\)\W*$", re.IGNORECASE)
_INSIDE = "trong đó"
_TITLE, _CAPITAL, _ROMAN, _LETTER, _PLAIN, _BULLET, _BELOW = 0.0, 0.5, 1.0, 12.0, 20.0, 30.0, 40.0
_BULLETS = "*•●○▪-–+"


def _depth(found: re.Match[str]) -> float:
    if found["bullet"]:
        return _BULLET + _BULLETS.index(found["bullet"].replace("–", "-")) / len(_BULLETS)
    if found["decimal"]:
        return 2.0 + found["decimal"].count(".")
    return _ROMAN if found["roman"] else _CAPITAL if found["capital"] else _LETTER


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands: the headings above it, the nearest first, and its section's number."""

    headings: tuple[str, ...]
    section: str | None


@dataclass(frozen=True, slots=True)
class _Heading:
    rank: float
    marker: str | None
    text: str
    end: int


def marker_of(text: str) -> tuple[float, str | None]:
    """Depth and number of a heading.

    Examples
    --------
    >>> marker_of("4.1.2. Cấp huyện"), marker_of("II- KẾT QUẢ"), marker_of("a) Cấp tỉnh"), marker_of("Cấp tỉnh")
    ((4.0, '4.1.2'), (1.0, 'II'), (12.0, 'a'), (20.0, None))
    """
    if _APPENDIX.match(text):
        return _TITLE, None
    found = _MARKER.match(text.lstrip("*_# \t"))
    if found is None or found["bullet"]:
        return _PLAIN, None
    return _depth(found), found["decimal"] or found["roman"] or found["capital"] or found["letter"]


def places(report: Report, found: Sequence[Table]) -> list[Place]:
    """Give each table its headings.

    Parameters
    ----------
    report : Report
        The report.
    found : sequence of Table
        Its tables in the order of the text.
    """
    spans = [(u.start, u.end) for u in report.units if u.role == "heading"]
    spans += [title for table in found for title in table.titles]
    spans.sort()
    stack: list[_Heading] = []
    result = []
    at = 0
    for table in found:
        while at < len(spans) and spans[at][0] <= table.start:
            stack = _pushed(stack, report.text, spans[at])
            at += 1
        result.append(Place(tuple(h.text for h in reversed(stack)), _section(stack)))
    return result


def _pushed(stack: list[_Heading], text: str, span: tuple[int, int]) -> list[_Heading]:
    words = make_key(text[span[0] : span[1]]).text
    rank, marker = marker_of(words)
    if stack and _CONTINUED.search(words):
        # "Phụ lục 3 (tiếp theo)" at the head of a page: what stood above the table still does.
        return stack
    # A title of several lines is several units; the later lines go on with the first.
    if stack and rank == _PLAIN == stack[-1].rank and not text[stack[-1].end : span[0]].strip():
        return [*stack[:-1], _Heading(rank, marker, f"{stack[-1].text} {words}", span[1])]
    return [h for h in stack if h.rank < rank] + [_Heading(rank, marker, words, span[1])]


def _section(stack: Sequence[_Heading]) -> str | None:
    named = [h for h in stack if h.marker]
    if not named:
        return None
    last = named[-1]
    if last.rank == _LETTER and len(named) > 1:
        return f"{named[-2].marker}.{last.marker}"
    return last.marker


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
    return _depth(found) if found else _PLAIN if line.ordinal is None else _BELOW
