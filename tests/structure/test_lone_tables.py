"""Tables with one cell a line: what is told of their rows with and without a trace of the empty cells."""

import pytest

from danvan_nlp.structure.tables.lone import lone_table
from danvan_nlp.structure.tables.lone_rows import Shape, make_stream, parse_rows

HEAD = ["Năm", "Kiểm tra", "Giám sát", "Số đoàn", "Số cuộc", "Số đoàn", "Số cuộc"]
ROWS = [["2018", "3", "4", "1", "2"], ["2019", "5", "6", "", ""], ["2020", "7", "9", "2", "3"]]


def columns(cells: list[str]) -> list[list[str]]:
    table = lone_table(cells)
    return [] if table is None else [["" if i is None else cells[i] for i in row] for row in table.rows]


def test_empty_cells_that_left_a_trace_are_columns() -> None:
    assert columns([*HEAD, *(cell for row in ROWS for cell in row)]) == ROWS


def test_a_row_whose_empty_cells_left_no_trace_is_not_told() -> None:
    cells = [*HEAD, *(cell for row in ROWS for cell in row if cell)]
    table = lone_table(cells)
    assert table is not None
    assert columns(cells) == [ROWS[0], ROWS[2]]
    assert [cells[i] for i in table.untold] == ["2019", "5", "6"]


def test_cells_of_one_name_stand_in_one_row_of_the_header() -> None:
    cells = [*HEAD, *(cell for row in ROWS for cell in row)]
    table = lone_table(cells)
    assert table is not None
    assert [[cells[i] for i in row if i is not None] for row in table.head] == [HEAD[:3], HEAD[3:]]


@pytest.mark.parametrize("total", [["Cộng", "4", "6"], ["Cộng", "", "4", "6"]])
def test_a_total_may_stand_in_the_column_of_the_ordinals(total: list[str]) -> None:
    cells = ["TT", "Xã", "Số đoàn", "Số cuộc", "1", "Na Lạ", "1", "2", "2", "Pa Tén", "3", "4", *total]
    assert columns(cells)[-1] == ["", "Cộng", "4", "6"]


def test_prose_below_a_lone_word_is_no_table() -> None:
    assert lone_table(["Năm", "Các cấp ủy đã lãnh đạo tốt.", "Đã mở 12 lớp, 300 người dự."]) is None


def header(cells: list[str]) -> list[list[str]]:
    table = lone_table(cells)
    return [] if table is None else [[cells[i] for i in row if i is not None] for row in table.head]


def test_periods_that_follow_one_another_stand_in_one_row_of_the_header_behind_that_of_remarks() -> None:
    upper, lower = ["TT", "Nội dung", "ĐVT", "Năm", "Cộng", "Ghi chú"], ["2016", "2017", "2018", "6 tháng 2019"]
    rows = ["1", "Số đoàn", "Đoàn", "3", "4", "1", "2", "10", "2", "Số cuộc", "Cuộc", "5", "6", "2", "4", "17"]
    assert header([*upper, *lower, *rows]) == [upper, lower]


def test_a_dash_and_a_number_in_parts_open_a_row() -> None:
    head = ["TT", "Nội dung", "ĐVT", "2017", "2018", "2019", "Ghi chú"]
    rows = ["1.1", "Cấp xã", "-", "Kế hoạch", "VB", "4", "5", "6", "-", "Thông báo", "VB", "7", "8"]
    rows += ["1.2", "Cấp huyện", "-", "Kế hoạch", "VB", "2", "1", "3", "-", "Công văn", "VB", "9", "8", "7"]
    table = lone_table([*head, *rows])
    assert table is not None
    assert [[*head, *rows][i] for i in table.untold] == ["-", "Thông báo", "VB", "7", "8"]


def test_words_for_a_figure_are_not_told_from_remarks_where_empty_cells_left_no_trace() -> None:
    head = ["TT", "Xã", "Số đoàn", "Số cuộc", "Số đơn vị", "Ghi chú"]
    rows = ["1", "Nậm Pha", "1", "2", "3", "2", "Pa Hún", "4", "5", "Chưa thống kê", "3", "Khe Lim", "6", "7", "8"]
    assert ["2", "Pa Hún", "4", "5", "Chưa thống kê", ""] not in columns([*head, *rows])


def test_a_period_that_names_a_row_is_not_in_the_header() -> None:
    head = ["Năm", "Số đoàn", "Số cuộc", "2015", "Chưa thực hiện"]
    rows = ["2016", "1", "2", "3", "4", "2017", "5", "6", "7", "8", "2018", "9", "10", "11", "12"]
    assert columns([*head, *rows]) == []


def test_cells_that_only_seem_to_count_the_columns_at_the_end_are_no_row() -> None:
    cells = ["Năm", "Số đoàn", "1", "2", "3"]
    for width in range(2, 8):
        steps = parse_rows(make_stream(cells), Shape(False, 0, False, width, False))[1]
        assert all(at + step.length <= len(cells) for at, step in enumerate(steps) if step)
