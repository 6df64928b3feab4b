"""Cells whose text stands in pieces, one below the other, with other cells' text between: read as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from danvan_nlp.language.key import Key
from danvan_nlp.structure.tables.cells import Span


@dataclass(frozen=True, slots=True)
class JoinedKey:
    """The key of one table, with its broken cells written once more, whole, behind it.

    Attributes
    ----------
    text : str
        The table's part of the key, then the joined cells.
    key : Key
        The document's key.
    base : int
        Where the table begins in the document's key.
    origins : mapping
        The first piece, in the document's key, of each joined cell.
    """

    text: str
    key: Key
    base: int
    origins: Mapping[Span, Span]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The range of the source that a range of the text stands for; of a broken cell, that of its first piece."""
        first = self.origins.get((start, end))
        return self.key.to_source(*(first or (start + self.base, end + self.base)))


def join_cells(key: Key, rows: Sequence[Sequence[Sequence[Span]]]) -> tuple[JoinedKey, list[list[Span]]]:
    """Join the pieces of each cell.

    Parameters
    ----------
    key : Key
        The document's key.
    rows : sequence
        Rows of cells; each cell is the list of its pieces in the key, from the top down.

    Returns
    -------
    tuple
        The table's own key, and the rows of cells as ranges of its text.

    Examples
    --------
    >>> from danvan_nlp.language.key import make_key
    >>> key, rows = join_cells(make_key("Số đoàn  Số cuộc\\nkiểm tra  kiểm tra"), [[[(0, 7), (17, 25)], [(9, 16)]]])
    >>> [key.text[a:b] for a, b in rows[0]]
    ['Số đoàn kiểm tra', 'Số cuộc']
    """
    spans = [piece for row in rows for cell in row for piece in cell]
    base = min((a for a, _ in spans), default=0)
    end = max((b for _, b in spans), default=0)
    parts = [key.text[base:end]]
    at = end - base
    origins: dict[Span, Span] = {}
    joined: list[list[Span]] = []
    for row in rows:
        cells: list[Span] = []
        for pieces in row:
            if len(pieces) < 2:
                cells.append((pieces[0][0] - base, pieces[0][1] - base) if pieces else (0, 0))
                continue
            whole = " ".join(key.text[a:b] for a, b in pieces)
            parts.append("\n" + whole)
            span = (at + 1, at + 1 + len(whole))
            origins[span] = pieces[0]
            cells.append(span)
            at = span[1]
        joined.append(cells)
    return JoinedKey("".join(parts), key, base, origins), joined
