"""Merged cells: however a converter closes them up, the same grid comes out."""

from __future__ import annotations

import sys
from typing import Literal

import pytest

from danvan_nlp.structure.tables.cells import Span
from danvan_nlp.structure.tables.grid import Grid, make_grid
from danvan_nlp.structure.tables.read import tables
from danvan_nlp.types import Unit

TOP = ["TT", "Xã", "Khiếu nại (đơn)", "Tố cáo (đơn)", "Phản ánh", "Ghi chú"]
FOUR = ["Tiếp nhận", "Thẩm quyền", "Giải quyết", "Tồn"]
LOW = [*FOUR, *FOUR, "Tiếp nhận", "Trả lời"]
BREADTHS = [1, 1, 4, 4, 2, 1]
WIDTH = sum(BREADTHS)
BODY = [
    ["1", "Xã Đồi Sim", "21", "9", "9 (100%)", "0", "7", "3", "3 (100%)", "0", "18", "17", ""],
    ["2", "Xã Bãi Dâu", "16", "8", "6 (75%)", "2", "5", "2", "2 (100%)", "0", "20", "18", "Tăng"],
    ["3", "Xã Mỏ Vôi", "30", "12", "11 (91,7%)", "1", "4", "1", "1 (100%)", "0", "11", "11", ""],
]
TOTAL = ["67", "29", "26 (89,7%)", "3", "16", "6", "6 (100%)", "0", "49", "46", ""]


def spread(filler: str | None) -> list[str]:
    """The upper header with each merged cell followed by others for the columns that it covers."""
    return [
        cell
        for name, breadth in zip(TOP, BREADTHS, strict=True)
        for cell in [name, *[name if filler is None else filler] * (breadth - 1)]
    ]


WAYS = {
    "merged cells once": (TOP, LOW, ["Cộng", *TOTAL]),
    "those merged downwards once for each row": (TOP, ["", "", *LOW, ""], ["Cộng", *TOTAL]),
    "so, without blanks at the end": (TOP, ["", "", *LOW], ["Cộng", *TOTAL]),
    "once for each place, empty": (spread(""), ["", "", *LOW, ""], ["Cộng", "", *TOTAL]),
    "once for each place, in words": (spread(None), ["TT", "Xã", *LOW, "Ghi chú"], ["Cộng", "Cộng", *TOTAL]),
}


def grid_of(rows: list[list[str]]) -> tuple[str, Grid]:
    """The cells written one behind the other, and their grid."""
    text, spans = "", list[list[Span]]()
    for row in rows:
        spans.append([])
        for cell in row:
            spans[-1].append((len(text), len(text) + len(cell)))
            text += cell + "\t"
    return text, make_grid(text, spans)


def columns_of(rows: list[list[str]]) -> dict[tuple[int, int], list[str]]:
    """For each filled cell of the body the headers over its column, from the top down, and the cell."""
    text, grid = grid_of(rows)
    assert grid.n_columns == max(map(len, rows))
    found = {}
    for r, column, (a, b), _, _ in grid.cells:
        if r >= grid.n_header:
            over = sorted(c for c in grid.cells if c[0] < grid.n_header and c[1] <= column < c[1] + c[4])
            found[r - grid.n_header, column] = [*(text[c[2][0] : c[2][1]] for c in over), text[a:b]]
    return found


@pytest.mark.parametrize("way", WAYS)
def test_the_grid_is_the_same_however_merged_cells_are_written(way: str) -> None:
    top, low, total = WAYS[way]
    found = columns_of([top, low, *BODY, total])
    names = [[name] for name in spread(None)]
    for column, name in enumerate(LOW, 2):
        names[column].append(name)
    for r, row in enumerate([*BODY, ["Cộng", "", *TOTAL]]):
        for column, cell in enumerate(row):
            assert found.get((r, column)) == ([*names[column], cell] if cell else None)


def test_a_cell_merged_downwards_leaves_the_rows_below_it_short_at_their_beginning() -> None:
    found = columns_of(
        [
            ["Cấp", "Năm", "Thủ tục", "Dịch vụ công"],
            ["Số lượng", "Tỷ lệ (%)", "Mức độ 3", "Mức độ 4"],
            ["Cấp tỉnh", "2018", "", "", "7", ""],
            ["2019", "31", "2,5", "12 (4,1%)", "3"],
            ["2020", "28", "1,9", "15 (5,2%)", "6"],
            ["Cấp huyện", "2018", "", "", "", ""],
            ["2019", "9", "3,6", "4", "0"],
        ]
    )
    assert found[1, 1] == ["Năm", "2019"]
    assert found[1, 3] == ["Thủ tục", "Tỷ lệ (%)", "2,5"]
    assert found[4, 5] == ["Dịch vụ công", "Mức độ 4", "0"]


def test_the_first_year_of_a_table_may_hold_no_figures() -> None:
    rows = [["Năm", "Cấp tỉnh", "Ghi chú"], ["2018", "", "Chưa làm"], ["2019", "31", ""]]
    assert grid_of(rows)[1].n_header == 1


@pytest.mark.parametrize(
    ("top", "low", "row", "widths"),
    [
        (["Nội dung", "Năm", "Cộng"], ["2019", "2020"], ["Số đơn", "4", "5", "9"], [1, 2, 1]),
        (["Cơ quan", "Loại văn bản", "Số lượng", "Cộng"], ["2019", "2020"],
         ["Xã ủy", "Chỉ thị", "4", "5", "9"], [1, 1, 2, 1]),
        (["TT", "Xã", "Hòa giải", "Mô hình", "Số thôn"], ["Tổ", "Số vụ", "Hòa giải thành (%)", "Tập thể", "Cá nhân"],
         ["1", "Đồi Sim", "6", "20", "18 (90%)", "3", "2", "7"], [1, 1, 3, 2, 1]),
    ],
    ids=["years", "two columns of names", "rates"],
)  # fmt: skip
def test_each_header_stands_over_the_columns_of_its_kind(
    top: list[str], low: list[str], row: list[str], widths: list[int]
) -> None:
    grid = grid_of([top, low, row, ["2", "Bãi Dâu", *row[2:]]])[1]
    assert [c[4] for c in sorted(grid.cells) if c[0] == 0] == widths


@pytest.mark.parametrize("role", ["table", "heading"])
def test_a_title_between_rows_names_those_below_it_whatever_its_letters(role: Literal["table", "heading"]) -> None:
    lines = ["Năm\tKiểm tra\tGiám sát", "Đoàn\tCuộc\tĐoàn\tCuộc", "I. CẤP TỈNH", "2019\t-\t-\t-\t-"]
    lines += ["2020\t2\t7\t1\t4", "II. CẤP HUYỆN", "2020\t5\t9\t2\t6"]
    text, units = "", []
    for line in lines:
        units.append(Unit(start=len(text), end=len(text) + len(line), role="table" if "\t" in line else role))
        text += line + "\n"
    (table,) = tables(text, units)
    assert (table.n_rows, table.n_columns, table.n_header) == (7, 5, 2)


def steps(rows: list[list[str]]) -> int:
    """How many functions the reading of a table calls."""
    count = 0

    def called(_frame: object, event: str, _value: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        grid_of(rows)
    finally:
        sys.setprofile(None)
    return count


def test_a_table_of_five_times_the_columns_takes_five_times_the_steps() -> None:
    def wide(width: int) -> list[list[str]]:
        return [["Khiếu nại", *["Cuộc"] * (width // 2)], ["Đoàn"] * width, [str(c) for c in range(width)]]

    assert steps(wide(10_000)) < 6 * steps(wide(2_000))


def test_a_table_of_five_times_the_rows_takes_five_times_the_steps() -> None:
    def long(height: int) -> list[list[str]]:
        return [TOP, LOW, *([str(r), *BODY[r % 3][1:]] for r in range(height))]

    assert steps(long(5_000)) < 6 * steps(long(1_000))
