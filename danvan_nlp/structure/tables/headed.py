"""Rows of a table with one cell a line, cut by its header: as many columns as header cells stand above its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from danvan_nlp.language.key import fold
from danvan_nlp.structure.tables.cells import holds_figure, is_period, is_total, table_words

_ORDINAL = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-HĐ]|[a-zđ])[.)]?$")
_EMPTY = re.compile(r"[\s\-–—.…]*$")
_WIDEST = 14
_LONGEST_HEADER = 60
_LONGEST_LABEL = 400
_FEWEST_ROWS = 2
_WORD, _TITLE, _SHORT = 2.0, 0.5, 1.0
Parsed = tuple[float, int, list[int]]
"""The score of reading cells as a table, where it ends, and the lengths of its rows."""


@dataclass(frozen=True, slots=True)
class Head:
    """A header: the lengths of its rows; what its columns hold; whether the first one numbers the rows."""

    lengths: tuple[int, ...]
    roles: tuple[str, ...]
    numbered: bool

    @property
    def names(self) -> int:
        """How many columns number and name the rows."""
        return 1 + self.numbered


def cell_kind(cell: str) -> str:
    """P a period, T a total, O an ordinal or figure, F a figure, E empty, X words.

    Examples
    --------
    >>> "".join(cell_kind(c) for c in ("2019", "Cộng", "1.2", "1.204", "", "Số đoàn"))
    'PTOFEX'
    """
    if _EMPTY.match(cell):
        return "E"
    if is_period(cell):
        return "P"
    if is_total(cell):
        return "T"
    if _ORDINAL.match(cell):
        return "O"
    return "F" if holds_figure(cell) else "X"


def goes_on(line: str) -> bool:
    """Whether a line goes on with the cell above it: it opens with a small letter or in the middle of brackets."""
    return line[0].islower() or line[0] in "(%;,/)" and line != "%"


def opens_header(cell: str) -> bool:
    """Whether a cell heads the column of the rows' numbers or names: ``TT``, ``Nội dung``.

    Examples
    --------
    >>> opens_header("STT"), opens_header("Chỉ tiêu"), opens_header("Số đoàn")
    (True, True, False)
    """
    words, name = table_words(), fold(cell[:_LONGEST_HEADER]).strip(" .:*_")
    return name in words["ordinal_headers"]["whole"] or name in words["label_headers"]["whole"]


def headed_rows(cells: Sequence[str], at: int = 0) -> tuple[int, list[int]] | None:
    """Cut cells into rows by the header that they open with; None where they are no such table.

    Parameters
    ----------
    cells : sequence of str
        The cells in the order of the text, empty ones too; those behind the table's end are left over.
    at : int
        Where the header opens.

    Returns
    -------
    tuple or None
        How many rows are headers, and how many cells each row takes. Titles of groups have one or two.

    Examples
    --------
    >>> headed_rows(["TT", "Nội dung", "2018", "2019", "I", "Kiểm tra", "1", "Số đoàn", "3", "4", "", "- Xã", "", "2"])
    (1, [4, 2, 4, 4])
    """
    opening = cells[at : at + 2 * _WIDEST + 1]
    if not opening or not opens_header(opening[0]):
        return None
    kinds = [cell_kind(cell) for cell in opening]
    first = next((i for i, kind in enumerate(kinds) if i and kind in "OF"), len(kinds))
    if first == len(kinds):
        return None
    below = [(first - width, width) for width in range(3, first - 1) if kinds[first - width] == "E"]
    ways = [*((width,) for width in range(min(first, _WIDEST), 1, -1)), *below]
    heads = [head for way in ways if (head := _head(opening, way)) is not None]
    found = [(parsed, head) for head in heads if (parsed := _parse(cells, at, head)) is not None]
    if not found:
        return None
    (_, _, lengths), head = max(found, key=lambda pair: pair[0][:2])
    return len(head.lengths), [*head.lengths, *lengths]


def rows_fit(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows hold what their header says: names, units and figures each in its column.

    Examples
    --------
    >>> rows_fit([["TT", "Nội dung", "ĐVT", "2019"], ["1", "Số đoàn", "Đoàn", "3"], ["2", "Số cuộc", "4", "5"]])
    False
    """
    head = _head(rows[0], (len(rows[0]),)) if opens_header(rows[0][0]) else None
    if head is None or len(rows[0]) < max(map(len, rows)):
        return True
    kinds = ["".join(map(cell_kind, row)) for row in rows[1:]]
    return all(
        len(row) < 3 or found[0] in "PT" or _worth(row, found, head) is not None
        for row, found in zip(rows[1:], kinds, strict=True)
    )


def _head(cells: Sequence[str], lengths: tuple[int, ...]) -> Head | None:
    """The header whose rows take so many cells; None where its words name no such columns."""
    names = list(cells[: lengths[-1]])
    if len(lengths) > 1:
        # The lower row's cells under merged ones are empty at both ends.
        upper, names = cells[: lengths[0]], list(cells[lengths[0] : sum(lengths)])
        full = [i for i, cell in enumerate(names) if cell]
        if not full or full[0] > len(upper):
            return None
        behind = len(names) - 1 - full[-1]
        names = [*upper[: full[0]], *names[full[0] : full[-1] + 1], *upper[len(upper) - behind :]]
    if any(len(cell) > _LONGEST_LABEL or cell_kind(cell) in "OFET" for cell in names):
        return None
    words = table_words()
    folded = [fold(cell[:_LONGEST_HEADER]).strip(" .:*_") for cell in names]
    kinds = ("ordinal", "label", "unit", "remark")
    roles = tuple(next((k for k in kinds if name in words[f"{k}_headers"]["whole"]), "value") for name in folded)
    head = Head(lengths, roles, roles[0] == "ordinal")
    told = {*roles[head.names :]} - {"label"} | {"period" for cell in names if is_period(cell)}
    # Below a name alone the header may have further rows, of which the figures tell nothing.
    return head if "value" in told and (head.numbered or len(told) > 1) else None


def _parse(cells: Sequence[str], start: int, head: Head) -> Parsed | None:
    """Read cells as rows below a header; None where fewer than two rows of figures follow."""
    width, body = len(head.roles), start + sum(head.lengths)
    # For each place that a row may end at: the score so far, the place of the row's start, how many rows of figures.
    best: dict[int, tuple[float, int, int]] = {body: (0.0, start, 0)}
    last = at = body
    while at <= last:
        if at in best:
            score, before, stated = best[at]
            for length, gain in _steps(cells, at, head, cells[start : start + width] if at > body else None):
                reached = (score + gain, at, stated + (gain > width / 2))
                twice = length == 1 == at - before
                if not twice and (at + length not in best or reached[0] > best[at + length][0]):
                    best[at + length] = reached
                    last = max(last, at + length)
        at += 1
    ends = [(best[e][0], e) for e in best if best[e][2] >= _FEWEST_ROWS and e - best[e][1] > min(width - 1, 2)]
    if not ends:
        return None
    score, end = max(ends)
    lengths: list[int] = []
    at = end
    while at > body:
        lengths.append(at - best[at][1])
        at = best[at][1]
    return score, end, lengths[::-1]


def _steps(cells: Sequence[str], at: int, head: Head, again: Sequence[str] | None) -> list[tuple[int, float]]:
    """How long the row that opens at a place may be, and what each reading is worth; the first follows the header."""
    width = len(head.roles)
    row = cells[at : at + width]
    kinds = "".join(map(cell_kind, row))
    if len(row) == width and (row == again if again else set(kinds) <= set("OF")):
        # The header again, or the numbers of the columns.
        return [(width, 0.0)]
    steps: list[tuple[int, float]] = []
    if (gain := _worth(row, kinds, head)) is not None:
        steps.append((len(row), gain))
    if head.numbered and kinds[:2] == "OX" and cell_kind("".join(cells[at + 2 : at + 3])) in "OE":
        steps.append((2, -_TITLE))
    elif kinds[:1] == "X" and not opens_header(row[0]) and len(row[0]) <= _LONGEST_LABEL and row[0][-1] not in ".;":
        steps.append((1, -_TITLE))
    if head.roles[-1] == "remark" and len(row) == width and (kinds[-1] in "OTX" or not head.numbered):
        # An empty remark of which nothing is left.
        short = _worth(row[:-1], kinds[:-1], head)
        if short is not None and "E" not in kinds[:-1]:
            steps.append((width - 1, short - _SHORT))
    return steps


def _worth(row: Sequence[str], kinds: str, head: Head) -> float | None:
    """What a row of figures, or a title with its empty cells, is worth; None where cells are none.

    The last row may lack the empty cells at its end.
    """
    name, full = head.names - 1, len(row) == len(head.roles)
    if len(kinds) <= head.names or len(row[name]) > _LONGEST_LABEL or head.numbered and kinds[0] not in "OE":
        return None
    if kinds[name] not in "XPT" and not (kinds[name] == "F" and row[name].lstrip("-+*• ")[:1].isalpha()):
        return None
    by_role = list(zip(kinds[head.names :], head.roles[head.names :], strict=False))
    values = [kind for kind, role in by_role if role == "value"]
    units = {kind for kind, role in by_role if role == "unit"}
    words = sum(kind in "XPT" for kind in values)
    if units - {"X", "E"} or words and words >= len(values) - values.count("E"):
        return None
    if {"O", "F"} & set(values):
        return len(row) - _WORD * words
    if {kind for kind, _ in by_role} == {"E"}:
        return len(row) / 2 if full else None
    return 0.0 if units == {"X"} and full else None
