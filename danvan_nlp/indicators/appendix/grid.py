"""A table seen by its labels: which columns name the rows, what each column and row is called."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from danvan_nlp.indicators.appendix.outline import Ancestor, Line, ancestors
from danvan_nlp.indicators.numbers.numbers import to_value
from danvan_nlp.language.key import fold
from danvan_nlp.structure.tables.cells import is_figure, is_period, is_total, table_words
from danvan_nlp.types import Cell, Table

_ORDINAL = re.compile(r"\(?(?:[\d.]{1,9}|[IVX]{1,5}|[A-Za-zĐđ]|[-+*•])(?:[\d.]{0,6})[.)/]*")
_LEADING = re.compile(r"\d[\d.]*")
_AMONG = re.compile(r"(?:trong đó|gồm|bao gồm)\s*:?\s*$", re.IGNORECASE)
Role = Literal["ordinal", "label", "unit", "remark", "value"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of data: its labels and what it stands under, the nearest first, and its cells of figures.

    ``places`` are the labels that stand in a column of places or bodies, ``under`` that column's headers.
    """

    labels: tuple[str, ...]
    above: tuple[Ancestor, ...]
    unit: str | None
    cells: tuple[Cell, ...]
    starts: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    under: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The titles above the row."""
        return tuple(a.label for a in self.above if not a.stated)

    @property
    def parents(self) -> tuple[str, ...]:
        """The rows with figures of their own that this one is a part of."""
        return tuple(a.label for a in self.above if a.stated)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A table with its columns' headers, the lowest first, and its rows."""

    headers: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]
    header_cells: tuple[Cell, ...]


def is_register(table: Table) -> bool:
    """Whether a table lists documents rather than figures."""
    openings = tuple(table_words()["register_headers"]["starts"])
    return any(c.row < table.n_header and fold(c.text[:80]).startswith(openings) for c in table.cells)


def labelled(table: Table) -> Labelled:
    """Read a table's labels.

    Examples
    --------
    >>> from danvan_nlp.types import Unit
    >>> from danvan_nlp.structure.tables.read import tables
    >>> text = "Năm\\tSố đoàn\\n2015\\t14"
    >>> table = labelled(tables(text, [Unit(start=0, end=len(text), role="table")])[0])
    >>> table.headers, [(row.labels, row.cells[0].text) for row in table.rows]
    ((('Năm',), ('Số đoàn',)), [(('2015',), '14')])
    """
    if table.layout == "list":
        return _labelled_list(table)
    headers: list[list[str]] = [[] for _ in range(table.n_columns)]
    header_cells = []
    body: dict[int, list[Cell]] = defaultdict(list)
    for cell in sorted(table.cells, key=lambda c: (-c.row, c.column)):
        if cell.row >= table.n_header:
            body[cell.row].append(cell)
            continue
        if cell.row + cell.row_span >= table.n_header:
            header_cells.append(cell)
        for c in range(cell.column, min(cell.column + cell.column_span, table.n_columns)):
            headers[c].append(" ".join(cell.text.split()))
    roles = _roles(headers, body)
    # What a column of row names is called says nothing of the figures.
    named = tuple(() if role == "label" else tuple(h) for h, role in zip(headers, roles, strict=True))
    shown = tuple(tuple(h) if role == "label" else n for h, n, role in zip(headers, named, roles, strict=True))
    return Labelled(shown, tuple(_rows(table, body, roles, shown)), tuple(header_cells))


def _roles(headers: list[list[str]], body: dict[int, list[Cell]]) -> list[Role]:
    words = table_words()
    columns: dict[int, list[str]] = defaultdict(list)
    for cells in body.values():
        for cell in cells:
            if cell.column_span == 1:
                columns[cell.column].append(cell.text)
    roles: list[Role] = []
    for c, header in enumerate(headers):
        name = fold(header[0][:80]).strip(" .:*_") if header else ""
        here: Role = "value"
        if name in words["ordinal_headers"]["whole"]:
            here = "ordinal"
        elif name in words["unit_headers"]["whole"]:
            here = "unit"
        elif name in words["remark_headers"]["whole"]:
            here = "remark"
        elif (
            all(r in ("ordinal", "label") for r in roles)
            and _names_rows(name, columns[c], not any(r == "label" for r in roles))
            or c
            and not name
            and roles[-1] == "ordinal"
        ):
            here = "label"
        roles.append(here)
    if roles and all(r != "value" for r in roles):
        roles[-1] = "value"
    return roles


def _names_rows(name: str, cells: Sequence[str], first: bool) -> bool:
    if name in table_words()["label_headers"]["whole"] or _names_places(name):
        return True
    filled = [cell for cell in cells if cell]
    if not first:
        return not name and bool(filled) and not any(is_figure(cell) for cell in filled)
    named = sum(1 for cell in filled if is_period(cell) or is_total(cell) or not (is_figure(cell) or _is_list(cell)))
    return bool(filled) and named * 2 > len(filled)


def _names_places(header: str) -> bool:
    return fold(header[:80]).strip(" .:*_") in table_words()["place_headers"]["whole"]


def _is_list(cell: str) -> bool:
    return ":" in cell and any(c.isdigit() for c in cell)


def _rows(
    table: Table, body: dict[int, list[Cell]], roles: Sequence[Role], headers: Sequence[tuple[str, ...]]
) -> Iterator[Row]:
    named = [c for c, header in enumerate(headers) if roles[c] == "label" and any(map(_names_places, header))]
    under = tuple(words for c in named for words in headers[c])
    rows = [sorted(cells, key=lambda c: c.column) for _, cells in sorted(body.items())]
    tree = ancestors([_line(cells, roles) for cells in rows])
    above: dict[int, str] = {}
    for cells, over in zip(rows, tree, strict=True):
        if _is_title(cells):
            above = {}
            continue
        by_role = [(_role(c, roles), c) for c in cells]
        own = {c.column: " ".join(c.text.split()) for role, c in by_role if role == "label"}
        unit = next((" ".join(c.text.split()) for role, c in by_role if role == "unit"), None)
        # A name merged over several rows stands in the first of them only: more of it, or another measure of it, below.
        last = max(own) if own else len(roles) if unit and by_role[0][0] == "unit" else -1
        own |= {column: name for column, name in above.items() if column not in own and column < last}
        above = dict(own)
        labels = tuple(own[c] for c in sorted(own, reverse=True))
        figures = tuple(c for role, c in by_role if role == "value")
        places = tuple(own[c] for c in named if c in own)
        yield Row(labels, over, unit, figures, places=places, under=under)


def _role(cell: Cell, roles: Sequence[Role]) -> Role:
    """The role of a cell's column; what is no ordinal in the column of ordinals ("Tổng cộng") names its row."""
    role = roles[cell.column]
    return "label" if role == "ordinal" and not _ORDINAL.fullmatch(cell.text.strip()) else role


def _is_title(cells: Sequence[Cell]) -> bool:
    text = cells[-1].text
    return cells[-1].column_span > 1 and (is_period(text) or not is_figure(text))


def _line(cells: Sequence[Cell], roles: Sequence[Role]) -> Line:
    """A row as the tree of rows sees it."""
    by_role = {_role(c, roles): " ".join(c.text.split()) for c in reversed(cells)}
    ordinal = by_role.get("ordinal", "") if "ordinal" in roles else None
    if _is_title(cells):
        return Line(cells[0].text if len(cells) > 1 else ordinal, " ".join(cells[-1].text.split()), False)
    return Line(ordinal, by_role.get("label", ""), "value" in by_role or not ordinal)


def _labelled_list(table: Table) -> Labelled:
    last = table.n_columns - 1
    names: dict[int, list[Cell]] = defaultdict(list)
    values: dict[int, Cell] = {}
    for cell in table.cells:
        if cell.column == last:
            values[cell.row] = cell
        else:
            for r in range(cell.row, cell.row + cell.row_span):
                names[r].append(cell)
    rows = []
    above: tuple[Ancestor, ...] = ()
    left = 0.0
    for r in sorted(values):
        mine = sorted(names[r], key=lambda c: -c.column)
        labels = tuple(" ".join(c.text.split()) for c in mine)
        figure = _LEADING.match(values[r].text)
        # "Tổng số văn bản: 19, trong đó:" stands over the lines below until they come to as many.
        above = above if left > 0 else ()
        rows.append(Row(labels, above, None, (values[r],), tuple(c.start for c in mine)))
        left -= to_value(figure[0]) if figure and above else 0.0
        if figure and labels and _AMONG.search(values[r].text):
            above, left = (Ancestor(labels[0], True),), to_value(figure[0])
    return Labelled(((),) * table.n_columns, tuple(rows), ())
