"""Pieces of lines that hold several cells one blank apart, cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from danvan_nlp.structure.tables.aligned_columns import ORDINAL, Line, Piece, is_data, overlap, texts, words_of
from danvan_nlp.structure.tables.cells import Span, is_figure

_MOST_COLUMNS = 60
_DEEPEST = 8


def parted(text: str, line: Line, columns: Sequence[Span], below: Sequence[Line] | None = None) -> Line:
    """The pieces of a line, those of several cells one blank apart cut where columns begin, or before figures.

    A piece of a header is cut only where no two others stand ``below`` it.
    """
    edges = {left for left, _ in columns}
    parts: Line = []
    if below is None and all(map(ORDINAL.fullmatch, texts(text, line[:-1]))) and not is_data(text, line):
        return line
    for piece in line:
        words = words_of(text, piece)
        parts.append(words[0])
        over = below and max(sum(overlap(piece.extent, other.extent) for other in row) for row in below) > 1
        for last, word in pairwise(words):
            between = any(a[1] <= word.left and last.right <= b[0] for a, b in pairwise(columns))
            opens = text[word.span[0] : word.span[1]]
            at_edge = word.left in edges and piece.left in edges and not (over or below and opens[0].islower())
            if at_edge or below is None and between and is_figure(opens):
                parts.append(word)
            else:
                parts[-1] = Piece(parts[-1].left, word.right, (parts[-1].span[0], word.span[1]))
    return parts


def unglued(text: str, lines: Sequence[Sequence[Piece]], columns: Sequence[Span]) -> list[list[Piece]]:
    """Part the pieces of a header that hold the names of several columns, one blank apart.

    Such a piece has no names of those columns below it; it is cut before capitals, or anywhere where the line above
    has a name for each of them.

    Examples
    --------
    >>> text = "Định kỳ Đột xuất"
    >>> parted = unglued(text, [[Piece(2, 18, (0, 16))]], [(4, 6), (14, 16)])
    >>> [[text[p.span[0] : p.span[1]] for p in line] for line in parted]
    [['Định kỳ', 'Đột xuất']]
    """
    parted = [list(pieces) for pieces in lines]
    if len(columns) > _MOST_COLUMNS:
        return parted
    bottom = lowest(lines)
    # A column that is not quite under its name is nearest to it.
    free = [c for c in columns if bottom and not any(overlap(c, p.extent) for p in bottom)]
    nearer = {c: min(bottom, key=lambda p: max(c[0] - p.right, p.left - c[1])) for c in free}
    for i in range(len(parted) - 1, -1, -1):
        below = [p for line in parted[i + 1 : i + 1 + _DEEPEST] for p in line if text[p.span[0]].isupper()]
        found: list[Piece] = []
        for piece in parted[i]:
            under = [c for c in columns if overlap(c, piece.extent) or nearer.get(c) == piece]
            over = sum(overlap(p.extent, piece.extent) for p in below) > 1
            found += [piece] if over else _parts(text, piece, under, wrapped=False)
        parted[i] = found
    for i, line in enumerate(parted):
        for above in parted[max(i - 2, 0) : i]:
            # A line that goes on below two others, one blank apart.
            line[:] = [
                part
                for piece in line
                for part in _parts(
                    text, piece, [p.extent for p in above if overlap(p.extent, piece.extent)], wrapped=True
                )
            ]
    return parted


def lowest(lines: Sequence[Sequence[Piece]]) -> list[Piece]:
    """The pieces of a header that nothing stands below."""
    found: list[Piece] = []
    for line in reversed(lines):
        found += [piece for piece in line if not any(overlap(piece.extent, other.extent) for other in found)]
    return found


def _parts(text: str, piece: Piece, columns: Sequence[Span], *, wrapped: bool) -> list[Piece]:
    """The words of a piece as one part for each column under it, each as near to that one's middle as can be."""
    words = [word.span for word in words_of(text, piece)]
    opens = [0, *(i for i, (a, _) in enumerate(words) if i and (wrapped or text[a].isupper()))]
    if not 1 < len(columns) <= len(opens) or len(words) > _MOST_COLUMNS:
        return [piece]
    best: dict[int, tuple[float, list[Piece]]] = {0: (0.0, [])}
    for n, column in enumerate(columns, 1):
        reached: dict[int, tuple[float, list[Piece]]] = {}
        for a, (cost, parts) in best.items():
            for b in [len(words)] if n == len(columns) else [i for i in opens if i > a]:
                span = (words[a][0], words[b - 1][1])
                part = Piece(piece.left + span[0] - piece.span[0], piece.left + span[1] - piece.span[0], span)
                total = cost + abs(part.left + part.right - sum(column)) / 2
                if b not in reached or total < reached[b][0]:
                    reached[b] = (total, [*parts, part])
        best = {b: way for b, way in reached.items() if b < len(words) or n == len(columns)}
    return best[len(words)][1] if len(words) in best else [piece]
