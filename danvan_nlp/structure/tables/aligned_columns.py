"""The pieces of lines whose columns are apart by blanks, and the columns that they fill."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from danvan_nlp.structure.tables.cells import Span, is_figure, is_period, is_total
from danvan_nlp.structure.tables.headed import opens_header

Cells = list[list[Span]]
"""One row: for each column the pieces of its cell."""
ORDINAL = re.compile(r"(?:[IVX]{1,5}|[A-HĐ]|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]?")
RULE = re.compile(r"[-=_\s]+")
_PIECE = re.compile(r"\S+(?: \S+)*")
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"\d[\d.,]*%?|-")
_MOST = 0.5
_STRAYS = 0.06
_WIDE = 0.2
_FEW = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text on one line: its columns of the page and its range in the key."""

    left: int
    right: int
    span: Span

    @property
    def extent(self) -> Span:
        """The columns of the page from its left edge to its right one."""
        return self.left, self.right

    def part(self, span: Span) -> Piece:
        """A part of it."""
        return Piece(self.left + span[0] - self.span[0], self.left + span[1] - self.span[0], span)


Line = list[Piece]


def overlap(one: Span, two: Span) -> bool:
    """Whether two extents share a place."""
    return one[0] < two[1] and two[0] < one[1]


def nearest(columns: Sequence[Span], extent: Span) -> int:
    """The column that an extent overlaps most, or the nearest one.

    Examples
    --------
    >>> nearest([(0, 4), (8, 12)], (3, 11))
    1
    """
    return max(range(len(columns)), key=lambda c: (min(columns[c][1], extent[1]) - max(columns[c][0], extent[0]), -c))


def goes_on(words: str) -> bool:
    """Whether words go on with a cell: they open small, or with a bracket.

    Examples
    --------
    >>> goes_on("tra, giám sát"), goes_on("(92,5%)"), goes_on("Số cuộc")
    (True, True, False)
    """
    return words[0].islower() or words[0] in "(;,/)"


def pieces_of(text: str, line: Span) -> Line:
    """The pieces of a line that two blanks or more part; none of a rule.

    Examples
    --------
    >>> [piece.extent for piece in pieces_of("Số đoàn   14", (0, 12))]
    [(0, 7), (10, 12)]
    """
    if RULE.fullmatch(text, *line):
        return []
    return [Piece(m.start() - line[0], m.end() - line[0], m.span()) for m in _PIECE.finditer(text, *line)]


def words_of(text: str, piece: Piece) -> Line:
    """The words of a piece.

    Examples
    --------
    >>> [word.extent for word in words_of("Số đoàn", Piece(4, 11, (0, 7)))]
    [(4, 6), (7, 11)]
    """
    return [piece.part(m.span()) for m in _WORD.finditer(text, *piece.span)]


def texts(text: str, line: Line) -> list[str]:
    """What the pieces of a line say.

    Examples
    --------
    >>> texts("2019   14", pieces_of("2019   14", (0, 9)))
    ['2019', '14']
    """
    return [text[piece.span[0] : piece.span[1]] for piece in line]


def blank_between(text: str, upper: Line, lower: Line) -> bool:
    """Whether a blank line stands between two lines.

    Examples
    --------
    >>> text = "2019   14\\n\\n2020   9"
    >>> blank_between(text, pieces_of(text, (0, 9)), pieces_of(text, (11, 19)))
    True
    """
    return text.count("\n", upper[-1].span[1], lower[0].span[0]) > 1


def is_data(text: str, line: Line) -> bool:
    """Whether a line is one of figures: a period, an ordinal or a name, then figures, at its end or before a remark."""
    words = texts(text, line)
    heads = opens_header(words[0])
    figures = [
        is_figure(w) and not is_period(w) and any(map(str.isdigit, w)) and not (heads and any(map(str.isalpha, w)))
        for w in words[1:]
    ]
    if sum(map(is_period, words)) > 1:
        return False
    return any(figures) and (is_period(words[0]) or is_total(words[0]) or any(figures[-2:]))


def find_columns(text: str, rows: Sequence[Line], heads: Sequence[Piece]) -> list[Span]:
    """The columns of the page that lines of figures fill, with blanks between them that are one below the other."""
    words = [[word for piece in row for word in words_of(text, piece)] for row in rows]
    width = max((word.right for row in words for word in row), default=0)
    change = [0] * (width + 1)
    for row in words:
        for word in row:
            change[word.left] += 1
            change[word.right] -= 1
    spans: list[Span] = []
    left, filled = None, 0
    most = max(1, _STRAYS * len(rows)) if len(rows) > _FEW else 0
    for at, step in enumerate(change):
        filled += step
        if filled > most:
            left = at if left is None else left
        elif left is not None:
            spans.append((left, at))
            left = None
    # A column that holds hardly any cell.
    for extent in sorted(word.extent for row in words for word in row):
        if not any(overlap(extent, span) for span in spans):
            spans.append(extent)
    columns: list[Span] = []
    for span in sorted(spans):
        united = bool(columns) and _are_one(text, words, columns[-1], span, heads)
        columns.append((columns.pop()[0], span[1]) if united else span)
    return columns


def _are_one(text: str, rows: Sequence[Line], one: Span, two: Span, heads: Sequence[Piece]) -> bool:
    """Whether two filled places are one column: words one blank apart, or never both filled below one header."""
    both = []
    for row in rows:
        ends = [word for word in row if overlap(word.extent, one)]
        begins = [word for word in row if overlap(word.extent, two)]
        if ends and begins:
            both.append((ends[-1], begins[0]))
    if both:
        left = texts(text, [last for last, _ in both])
        right = texts(text, [word for _, word in both])
        ordinals = all(map(ORDINAL.fullmatch, left)) and not any(word[0].isdigit() or word[0] == "(" for word in right)
        figures = all(_NUMBER.fullmatch(word) and not is_period(word) for word in right)
        told = (ordinals or figures) and len(both) > _MOST * len(rows)
        return not told and sum(b.left - a.right > 1 for a, b in both) < _WIDE * len(both)
    return any(overlap(head.extent, one) and overlap(head.extent, two) for head in heads)
