"""A table with one cell a line says what it says with tabs; where its rows are not sure it is told, not guessed."""

from __future__ import annotations

import pytest

from danvan_nlp.indicators import extract, notices
from danvan_nlp.structure import parse
from danvan_nlp.types import Report, Source

_FRONT = """ĐẢNG BỘ TỈNH LŨNG MÂY
HUYỆN ỦY NẬM RE
*
Số 12-BC/HU

BÁO CÁO
Kết quả công tác dân vận năm 2021

I. KẾT QUẢ

Các cấp ủy đã lãnh đạo tốt công tác dân vận trên địa bàn huyện.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Lò Văn Pín

PHỤ LỤC
SỐ LIỆU CÔNG TÁC DÂN VẬN NĂM 2021

"""
_HEAD = ["STT", "Chỉ tiêu", "ĐVT", "Năm 2020", "Năm 2021", "Ghi chú"]
_ROWS = [
    ["I", "Kiểm tra, giám sát", "", "", "", ""],
    ["1", "Số đoàn kiểm tra", "Đoàn", "4", "7", ""],
    ["2", "Số đơn vị được kiểm tra", "Đơn vị", "12", "19", "tăng 7 đơn vị"],
    ["II", "Tiếp công dân", "", "", "", ""],
    ["1", "Chủ tịch UBND huyện", "", "", "", ""],
    ["", "- Tiếp định kỳ", "Lượt", "24", "23", ""],
    ["", "- Tiếp đột xuất", "Lượt", "", "6", ""],
    ["2", "Chủ tịch UBND xã", "", "", "", ""],
    ["", "- Tiếp định kỳ", "Lượt", "311", "290", ""],
    ["III", "Hòa giải ở cơ sở", "", "", "", ""],
    ["1", "Số vụ, việc hòa giải", "Vụ", "120", "98", ""],
    ["2", "Số vụ, việc hòa giải thành", "Vụ", "101 (84,2%)", "83 (84,7%)", ""],
    ["3", "Tỷ lệ thủ tục hành chính được cắt giảm", "%", "12,5", "14,1", "Đạt"],
]
_COLUMNS = {
    "all columns": (0, 1, 2, 3, 4, 5),
    "no remarks": (0, 1, 2, 3, 4),
    "no units": (0, 1, 3, 4, 5),
    "names and years": (0, 1, 3, 4),
    "one year": (0, 1, 2, 4, 5),
    "no ordinals": (1, 2, 3, 4, 5),
}
_NUMBERS = {
    "decimal": {"I": "1", "II": "2", "III": "3", "1": "1.1", "2": "1.2", "3": "1.3"},
    "letters": {"I": "A", "II": "B", "III": "C"},
}


def _read(text: str) -> Report:
    return parse(Source(_FRONT + text + "\n", "txt", ""))


def _facts(report: Report) -> list[tuple[object, ...]]:
    return [(f.key, f.level, f.year, f.value, f.percent) for f in extract(report)]


def _tabs(rows: list[list[str]]) -> list[tuple[object, ...]]:
    return _facts(_read("\n".join("\t".join(row) for row in rows)))


def _lone(rows: list[list[str]], between: str) -> Report:
    return _read(between.join(cell for row in rows for cell in row))


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("columns", _COLUMNS)
def test_lone_cells_say_what_rows_say(columns: str, between: str) -> None:
    rows = [[row[c] for c in _COLUMNS[columns]] for row in [_HEAD, *_ROWS]]
    made = _lone(rows, between)
    assert _facts(made) == _tabs(rows)
    assert len(_facts(made)) > 7
    assert notices(made) == []
    first = made.text.index(rows[0][0] + "\n", len(_FRONT))
    assert {unit.role for unit in made.units if unit.start >= first} == {"table"}


@pytest.mark.parametrize("numbers", _NUMBERS)
def test_rows_may_be_numbered_in_any_way(numbers: str) -> None:
    rows = [_HEAD, *([_NUMBERS[numbers].get(row[0], row[0]), *row[1:]] for row in _ROWS)]
    assert _facts(_lone(rows, "\n\n")) == _tabs(rows)


def test_titles_of_groups_may_be_merged_cells() -> None:
    rows = [_HEAD, *_ROWS]
    merged = [row[:2] if row[2:] == [""] * 4 else row for row in rows]
    assert _facts(_lone(merged, "\n\n")) == _tabs(rows)


@pytest.mark.parametrize("numbers", [["1", "2", "3", "4", "5", "6"], ["A", "B", "C", "(1)", "(2)", "(3)"]])
def test_the_numbers_of_columns_are_no_figures(numbers: list[str]) -> None:
    assert _facts(_lone([_HEAD, numbers, *_ROWS], "\n\n")) == _tabs([_HEAD, *_ROWS])


def test_a_header_may_have_two_rows() -> None:
    upper = [*_HEAD[:3], "Kết quả", _HEAD[5]]
    lower = ["", "", "", "2020", "2021", ""]
    assert _facts(_lone([upper, lower, *_ROWS], "\n\n")) == _tabs([_HEAD, *_ROWS])


def test_years_alone_may_head_the_columns() -> None:
    head = [*_HEAD[:3], "2020", "2021", "Ghi chú"]
    assert _facts(_lone([head, *_ROWS], "\n\n")) == _tabs([_HEAD, *_ROWS])


def test_a_cell_may_hold_a_line_break() -> None:
    broken = [[cell.replace(" được", "\nđược") for cell in row] for row in [_HEAD, *_ROWS]]
    assert _facts(_lone(broken, "\n\n")) == _tabs([_HEAD, *_ROWS])


def test_what_follows_the_table_is_not_part_of_it() -> None:
    below = [[""], ["Ghi chú: số liệu đến ngày 15/11/2021."], ["Người lập biểu"], ["Hoàng Thị Mỉ"]]
    assert _facts(_lone([_HEAD, *_ROWS, *below], "\n\n")) == _tabs([_HEAD, *_ROWS])


@pytest.mark.parametrize("columns", ["all columns", "no remarks", "no units", "names and years"])
def test_without_its_empty_cells_a_table_is_told_and_not_guessed(columns: str) -> None:
    rows = [[row[c] for c in _COLUMNS[columns]] for row in [_HEAD, *_ROWS]]
    made = _lone([[cell for cell in row if cell] for row in rows], "\n\n")
    # One of two figures is gone from a row: that row alone is left out.
    assert set(_facts(made)) < set(_tabs(rows))
    assert len(_facts(made)) == len(_tabs(rows)) - 1
    assert [error for error, _ in notices(made)] == ["rows_not_told"]


def test_the_page_around_a_table_is_no_part_of_it() -> None:
    rows = [_HEAD, *_ROWS]
    tail = "Ban Biên tập\nIn trang | Gửi email | Quay lại\nThứ hai, 20/12/2021 08:15\nGiới thiệu"
    made = _read("\n".join("\t".join(row) for row in rows) + "\n\n" + tail)
    assert notices(made) == []
    assert _facts(made) == _tabs(rows)
    first = made.text.index("Ban Biên tập")
    assert {unit.role for unit in made.units if unit.start >= first} == {"admin"}
