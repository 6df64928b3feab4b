"""Which columns the cells of a row below the header stand in, where merged cells leave the row short."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danvan_nlp.language.key import fold
from danvan_nlp.structure.tables.cells import GIANT, Placed, Span, holds_figure, is_period, is_total, table_words

_MOST = 0.6
_RATE = re.compile(r"\d,\d{1,2}\b|%")


def words_columns(rows: Sequence[Sequence[str]], width: int) -> list[bool | None]:
    """Which columns hold words in most whole rows; None for those that hold nothing.

    Examples
    --------
    >>> words_columns([["1", "Xã A", "3"], ["2", "Xã B", "4"], ["Cộng", "7"]], 3)
    [False, True, False]
    """
    whole = [row for row in rows if len(row) == width]
    kinds: list[bool | None] = []
    for c in range(width):
        full = [row[c] for row in whole if row[c]]
        kinds.append(sum(map(_is_words, full)) >= _MOST * len(full) if full else None)
    return kinds


def column_forms(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """The form of each column's figures in the whole rows: ``rate`` with decimals or %, ``both`` with one in brackets.

    Examples
    --------
    >>> column_forms([["2019", "14", "92,5", "3 (5%)"], ["2020", "9", "88%", "4"]], 4)
    ['', 'count', 'rate', 'both']
    """
    forms: list[str] = []
    for c in range(width):
        kinds = {_form(row[c]) for row in rows if len(row) == width and row[c] and not is_period(row[c])}
        forms.append(next((kind for kind in ("both", "rate", "count") if kind in kinds), ""))
    return forms


def _form(cell: str) -> str:
    if not cell[:1].isdigit():
        return ""
    return "both" if "(" in cell else "rate" if _RATE.search(cell) else "count"


def place_body(text: str, rows: list[list[Span]], first: int, width: int) -> list[Placed]:
    """Give each cell of the rows below the header its column.

    A row lacks the cells at its end, or those that a cell merged downwards covers at its beginning, or its first cell
    covers several columns: where its words and figures stand in the columns of words and figures decides.

    Examples
    --------
    >>> text = "1Xã3Cộng7"
    >>> place_body(text, [[(0, 1), (1, 3), (3, 4)], [(4, 8), (8, 9)]], 0, 3)[3:]
    [(1, 0, (4, 8), 1, 2), (1, 2, (8, 9), 1, 1)]
    """
    words = [[text[a:b] for a, b in row] for row in rows]
    columns = words_columns(words, width)
    forms = column_forms(words, width)
    keeps_ends = any(len(row) == width and not row[-1] for row in words)
    cells: list[Placed] = []
    for r, (row, cut) in enumerate(zip(rows, words, strict=True), first):
        filled = [c for c, cell in enumerate(cut) if cell]
        if width > 1 and _is_title(cut, filled):
            cells += [(r, c, row[c], 1, width - c if c == filled[-1] else 1) for c in filled]
            continue
        for c, (column, breadth) in zip(filled, _columns(cut, filled, columns, forms, keeps_ends), strict=True):
            cells.append((r, column, row[c], 1, breadth))
    return cells


def _columns(
    row: Sequence[str], filled: Sequence[int], columns: Sequence[bool | None], forms: Sequence[str], keeps_ends: bool
) -> list[Span]:
    """Column and breadth of each filled cell of a row."""
    lost = len(columns) - len(row)
    here = [(c, 1) for c in filled]
    if not lost or len(filled) < 2 or filled[0]:
        return here
    behind = [(c + lost, 1) for c in filled]
    if _fits(row, behind, lost, columns, forms) > _fits(row, here, 0, columns, forms):
        return [(0, 1 + lost) if is_total(row[0]) else (lost, 1), *behind[1:]]
    names = next((c for c, is_words in enumerate(columns) if c and is_words is False), len(columns))
    if keeps_ends and len(row) == names + 1 and filled[-1] == names and columns[names + 1] is False:
        # One figure for all columns.
        return [*here[:-1], (names, 1 + lost)]
    return here


def _fits(
    row: Sequence[str], places: Sequence[Span], shift: int, columns: Sequence[bool | None], forms: Sequence[str]
) -> tuple[int, int]:
    """How many cells stand in columns of their kind, less others and names without a word; then how many rates do."""
    names = next((c for c, is_words in enumerate(columns) if c and is_words is False), len(columns))
    unnamed = sum(bool(columns[c]) and not row[c - shift] for c in range(max(shift, 1), names) if c - shift < len(row))
    kinds = [(columns[column], _is_words(row[column - shift])) for column, _ in places]
    rates = sum(_form(row[column - shift]) == forms[column] in ("rate", "both") for column, _ in places)
    return sum(1 if kind is words else -1 for kind, words in kinds if kind is not None) - 2 * unnamed, rates


def _is_words(cell: str) -> bool:
    name = fold(cell[:GIANT]).strip(" .:*_-–")
    return bool(name) and not holds_figure(cell) and name not in table_words()["text_figures"]["whole"]


def _is_title(row: Sequence[str], filled: Sequence[int]) -> bool:
    """Whether a row names a group of rows: words in its first two columns alone, after an ordinal or not."""
    if len(filled) not in (1, 2) or filled[-1] >= max(2, len(filled)):
        return False
    return all(len(row[c]) <= 6 if c == 0 and len(filled) == 2 else _may_name(row[c]) for c in filled)


def _may_name(cell: str) -> bool:
    return not (is_period(cell) or is_total(cell) or holds_figure(cell)) and len(cell) < GIANT
