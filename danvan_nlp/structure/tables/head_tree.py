"""The tree of a header whose merged cells are written once: which cells of a row stand under each of the row above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise, product, takewhile

from danvan_nlp.structure.tables.cells import is_period, is_total, table_words

_WIDEST = 40
_LEAF_NAME, _OPENS, _REPEAT, _TOTAL, _SHARED, _ONE, _UNEVEN = 3.0, 1.0, 2.0, 0.5, 0.4, 1.5, 0.02
_LATE, _COUNTS, _UNLIKE, _FORM, _INNER = 0.01, 0.3, 0.6, 0.4, 0.6
_KEPT = {2: 8, 3: 8, 4: 4}
"""How many readings of two rows of a header of so many rows are looked at."""

Ranges = list[list[tuple[int, int]]]
"""For each header row the columns of its cells."""
Units = list[tuple[int, int]]
"""For each cell of a row the cells of the row below that stand under it; none under one that names a column."""


def closed_head(rows: Sequence[Sequence[str]], width: int, forms: Sequence[str] = ()) -> tuple[float, Ranges] | None:
    """The columns of each cell by the best tree that has so many columns, and its worth; None where there is none.

    Parameters
    ----------
    rows : sequence of sequence of str
        The cells of two header rows or more, folded; an empty cell below one that names a column, or none.
    width : int
        How many columns the table has.
    forms : sequence of str
        For each column the form of its figures, where known: ``rate``, ``count``, ``both``, or nothing.

    Examples
    --------
    >>> rows = [["năm", "đã nhận", "đã giải quyết"], ["số đơn", "tỷ lệ"]]
    >>> [closed_head(rows, 4, forms)[1][0] for forms in ([], ["", "count", "count", "rate"])]
    [[(0, 1), (1, 3), (3, 4)], [(0, 1), (1, 2), (2, 4)]]
    """
    counts = [sum(map(bool, row)) for row in rows]
    counts[0] += rows[0][:1] == [""]
    spare = width - counts[-1]
    if width > _WIDEST or spare < 0 or "" in rows[0][1:]:
        return None
    marked = any("" in row for row in rows[1:])
    best: tuple[float, Ranges] | None = None
    for leaves in _shares(spare, [count - 1 for count in counts[:-1]]):
        pairs = [_pairs(rows[r], rows[r + 1], n, marked, r) for r, n in enumerate(leaves)]
        for chosen in product(*(pair[: _KEPT.get(len(rows), 2)] for pair in pairs)):
            units = [way[1] for way in chosen]
            ranges = _ranges(rows, units)
            worth = sum(way[0] for way in chosen) + _likeness(rows, units) + _formed(rows, ranges, forms)
            if best is None or worth > best[0]:
                best = (worth, ranges)
    return best


def _ranges(rows: Sequence[Sequence[str]], units: Sequence[Units]) -> Ranges:
    breadths = [[1] * len(rows[-1])]
    for below in reversed(units):
        breadths.insert(0, [sum(breadths[0][a:b]) or 1 for a, b in below])
    ranges: Ranges = [list(pairwise(accumulate(breadths[0], initial=0)))]
    for r, below in enumerate(units, 1):
        lower = [(0, 0)] * len(rows[r])
        for (at, _), (a, b) in zip(ranges[-1], below, strict=True):
            lower[a:b] = pairwise(accumulate(breadths[r][a:b], initial=at))
        ranges.append(lower)
    return ranges


def _formed(rows: Sequence[Sequence[str]], ranges: Ranges, forms: Sequence[str]) -> float:
    """What it is worth that rates stand under headers of rates, counts under others, figures of one form together."""
    worth = 0.0
    measures = table_words()["measure_headers"]["whole"]
    for left, right in ranges[-2]:
        under = [name for name, (a, _) in zip(rows[-1], ranges[-1], strict=True) if left <= a < right]
        if not any(name in measures for name in under):
            worth -= _FORM * max(0, len(set(forms[left:right]) - {""}) - 1)
    for name, (left, right) in zip(rows[-1], ranges[-1], strict=True):
        form = forms[left] if name and right == left + 1 and left < len(forms) else ""
        asks = "lệ" in name or "%" in name or name[:2] == "tl"
        if name in measures or not asks:
            worth += _FORM * (form == "rate") * (1 if asks else -1) - _FORM * (asks and form in ("count", "both"))
        else:
            # "Đã giải quyết (tỷ lệ %)"
            worth += _FORM * (form in ("rate", "both")) - _FORM * (form == "count")
    return worth


def _likeness(rows: Sequence[Sequence[str]], units: Sequence[Units]) -> float:
    """What it is worth that cells of one name stand over the same cells, and that those under one cell are alike."""
    worth = 0.0
    for r, row in enumerate(units):
        over: dict[str, set[tuple[str, ...]]] = {}
        for name, (a, b) in zip(rows[r], row, strict=True):
            if name:
                over.setdefault(name, set()).add(tuple(rows[r + 1][a:b]))
            kinds = {units[r + 1][i][0] == units[r + 1][i][1] for i in range(a, b)} if r + 1 < len(units) else ()
            worth -= _UNLIKE * (len(kinds) > 1)
        worth -= _UNLIKE * sum(len(below) - 1 for below in over.values())
    return worth


def _shares(total: int, most: Sequence[int]) -> Iterator[list[int]]:
    """All ways to share a number out, at most so many to each."""
    if len(most) == 1:
        if total <= most[0]:
            yield [total]
        return
    for first in range(min(total, most[0]), -1, -1):
        for rest in _shares(total - first, most[1:]):
            yield [first, *rest]


def _pairs(upper: Sequence[str], lower: Sequence[str], leaves: int, marked: bool, r: int) -> list[tuple[float, Units]]:
    """The best ways to put the cells of one row under those of the row above, so many of which name a column.

    ``marked``: an empty cell stands below each that names a column, but for those at the end of the row. Of the names
    that come again the first opens each run of cells that it is in.
    """

    opening = _opening(upper) if r == 0 else -1
    first = next((cell for at, cell in enumerate(lower) if cell and cell in lower[at + 1 :]), None)

    @cache
    def ways(i: int, j: int, left: int) -> list[tuple[float, Units]]:
        if i == len(upper):
            return [(0.0, [])] if j == len(lower) and not left else []
        found: list[tuple[float, Units]] = []
        corner = not upper[i] and r == 0
        below = j + (marked and j < len(lower))
        if (not upper[i] or left) and (below == j or not lower[j]):
            worth = _leaf_worth(upper, i, i <= opening)
            rest = ways(i + 1, below, left - (corner or upper[i] != ""))
            found += [(worth + more, [(j, j), *units]) for more, units in rest]
        end = j
        while upper[i] and end < len(lower) and lower[end]:
            end += 1
            worth = _group_worth(upper[i], lower[j:end], i <= opening) - _INNER * (first in lower[j + 1 : end])
            found += [(worth + more, [(j, end), *units]) for more, units in ways(i + 1, end, left)]
        return sorted(found, key=lambda way: -way[0])[: _KEPT[2]]

    return ways(0, 0, leaves)


def _opening(row: Sequence[str]) -> int:
    """The last header on the left that numbers or names the rows; the one behind an ordinal's names them."""
    ordinals, labels = (table_words()[f"{kind}_headers"]["whole"] for kind in ("ordinal", "label"))
    last = sum(1 for _ in takewhile({*ordinals, *labels}.__contains__, row[1:]))
    return last + (row[last] in ordinals)


def _leaf_worth(row: Sequence[str], at: int, opens: bool) -> float:
    return _LEAF_NAME * _names_column(row[at], opens) + _OPENS * opens + _LATE * at / len(row)


def _group_worth(name: str, below: Sequence[str], opens: bool) -> float:
    words = set(name.split())
    shared = sum(bool(words & set(cell.split())) for cell in below) / len(below)
    repeats = below.count(below[0]) - 1 + (len(set(below)) < len(below))
    totals = sum(cell.startswith("tổng") for cell in below[1:])
    measures = table_words()["measure_headers"]
    counts = name.startswith(tuple(measures["starts"])) and not all(cell in measures["whole"] for cell in below)
    worth = _SHARED * shared - _REPEAT * repeats - _TOTAL * totals - _UNEVEN * len(below) ** 2 - _COUNTS * counts
    # "(cán bộ, công chức)" below a header says more of that one alone.
    lone = len(below) == 1 and not below[0].startswith("(")
    remarks = len(below) > 1 and any(cell.startswith("(") for cell in below)
    # "Năm" over "2019" and "2020".
    names = _names_column(name, opens) and not is_period(f"{name} {below[0]}")
    return worth - _LEAF_NAME * names - _ONE * (lone + remarks)


def _names_column(name: str, opens: bool) -> bool:
    """Whether a header numbers or names the rows, or holds units, remarks or totals, and so stands over no other."""
    words = table_words()
    if name in words["label_headers"]["whole"]:
        return opens
    whole = any(name in words[f"{kind}_headers"]["whole"] for kind in ("ordinal", "unit", "remark"))
    return whole or is_total(name) or name.startswith(tuple(words["totals"]["heads"]))
