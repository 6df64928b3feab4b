"""Tables whose columns are apart by blanks, or told by a rule of dashes, with wrapped cells and several pages."""

import pytest

from danvan_nlp.structure.tables.aligned import aligned_tables


def grids(text: str) -> list[list[list[str]]]:
    """The rows of the tables of a text, the pieces of each cell joined."""
    at, lines = 0, []
    for line in text.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    return [
        [[" ".join(text[a:b] for a, b in cell) for cell in row] for row in rows]
        for _, rows, _ in aligned_tables(text, lines)
    ]


CENTRED = """\
                                           Đơn vị
TT              Nội dung                                 2019      2020
                                            tính
     Số thủ tục hành chính được
1                                          thủ tục        58        21
     cắt giảm
     Đơn đã giải quyết; đạt tỷ                          52 (90%)  (91%)
2                                            đơn
     lệ %
"""


def test_cells_wrapped_around_the_middle_of_their_row_are_whole() -> None:
    rows = grids(CENTRED)[0]
    assert rows[0] == ["TT", "Nội dung", "Đơn vị tính", "2019", "2020"]
    assert rows[1] == ["1", "Số thủ tục hành chính được cắt giảm", "thủ tục", "58", "21"]
    assert rows[2][:4] == ["2", "Đơn đã giải quyết; đạt tỷ lệ %", "đơn", "52 (90%)"]


PAGES = """\
              Kiểm tra              Giám sát
  Năm
          Số đoàn   Số cuộc     Số đoàn   Số cuộc
  2015       1         2           3         4
  2016                 5                     6
\f                Kiểm tra                Giám sát
    Năm
            Số đoàn    Số cuộc      Số đoàn    Số cuộc
    2017       7          8            9          10
"""


def test_pages_are_laid_out_each_for_itself_and_go_on_with_one_table() -> None:
    (rows,) = grids(PAGES)
    assert rows == [
        ["Năm", "Kiểm tra", "", "Giám sát", ""],
        ["", "Số đoàn", "Số cuộc", "Số đoàn", "Số cuộc"],
        ["2015", "1", "2", "3", "4"],
        ["2016", "", "5", "", "6"],
        ["2017", "7", "8", "9", "10"],
    ]


STUB = """\
          Nội dung        2019    2020
          Số đoàn          1       2
Kiểm
          Số cuộc          3       4
tra
          Số đơn vị        5       6
"""


def test_a_name_merged_over_rows_stands_at_the_first_of_them() -> None:
    assert [row[:2] for row in grids(STUB)[0][1:]] == [["Kiểm tra", "Số đoàn"], ["", "Số cuộc"], ["", "Số đơn vị"]]


DASHED = """\
  ---------------------------------------
  Năm     **Kiểm              Giám sát
          tra**
  ------- --------- --------- -----------
          Số đoàn   Số cuộc   Số cuộc

  2019    1                   3

  2020    4         5         6
  ---------------------------------------
"""


def test_a_rule_of_dashes_tells_the_columns() -> None:
    assert grids(DASHED)[0] == [
        ["Năm", "Kiểm tra", "", "Giám sát"],
        ["", "Số đoàn", "Số cuộc", "Số cuộc"],
        ["2019", "1", "", "3"],
        ["2020", "4", "5", "6"],
    ]


CLOSED = """\
TT       Đơn vị    Kiểm tra  Giám sát
Số đoàn  Số cuộc   Số đoàn   Số cuộc
1        Cấp tỉnh  1         2         3  4
2        Cấp xã    5         6         7  8
Cộng     6         8         10        12
"""


def test_rows_that_each_begin_in_the_first_column_end_with_their_last_cell() -> None:
    assert list(map(len, grids(CLOSED)[0])) == [4, 4, 6, 6, 5]


def test_lines_without_columns_of_figures_stay_as_they_are() -> None:
    assert grids("Kế hoạch    Chỉ thị    Công văn\nQuyết định    Thông báo    Tờ trình") == [
        [["Kế hoạch", "Chỉ thị", "Công văn"], ["Quyết định", "Thông báo", "Tờ trình"]]
    ]


@pytest.mark.parametrize("text", [CENTRED, STUB, DASHED, CLOSED])
def test_no_word_of_a_table_is_lost_or_read_twice(text: str) -> None:
    words = sorted(word.strip("*") for word in text.split() if word.strip("-*"))
    assert sorted(word for rows in grids(text) for row in rows for cell in row for word in cell.split()) == words


def test_rules_of_dashes_with_nothing_between_them_hold_no_rows() -> None:
    assert grids("-----  -----\n-----  -----") == [[]]
