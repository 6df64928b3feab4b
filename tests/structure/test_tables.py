"""Tables as grids, whatever their layout in the text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_nlp.language.key import fold
from danvan_nlp.structure.tables.cells import is_figure, is_total, table_words
from danvan_nlp.structure.tables.read import tables
from danvan_nlp.types import Table, Unit


def _tables(text: str) -> tuple[Table, ...]:
    units, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            role = "heading" if line.startswith("#") else "table"
            units.append(Unit(start=start, end=at + len(line.rstrip()), role=role))  # type: ignore[arg-type]
        at += len(line) + 1
    return tables(text, units)


def _grid(table: Table) -> list[list[str]]:
    rows = [[""] * table.n_columns for _ in range(table.n_rows)]
    for cell in table.cells:
        for r in range(cell.row, cell.row + cell.row_span):
            for c in range(cell.column, cell.column + cell.column_span):
                rows[r][c] = " ".join(cell.text.split())
    return rows


_EXPECTED = [
    ["Năm", "Kiểm tra", "Kiểm tra", "Giám sát", "Giám sát"],
    ["Năm", "Số đoàn", "Số cuộc", "Số đoàn", "Số cuộc"],
    ["2019", "1", "2", "", "3"],
    ["2020", "4", "5", "6", ""],
]


@pytest.mark.parametrize(
    "text",
    [
        "Năm\tKiểm tra\t\tGiám sát\t\n\tSố đoàn\tSố cuộc\tSố đoàn\tSố cuộc\n2019\t1\t2\t\t3\n2020\t4\t5\t6\t",
        "Năm\tKiểm tra\tGiám sát\n\tSố đoàn\tSố cuộc\tSố đoàn\tSố cuộc\n2019\t1\t2\t\t3\n2020\t4\t5\t6\t",
        "| Năm | Kiểm tra | | Giám sát | |\n|---|---|---|---|---|\n| | Số đoàn | Số cuộc | Số đoàn | Số cuộc |\n"
        "| 2019 | 1 | 2 | | 3 |\n| 2020 | 4 | 5 | 6 | |",
        "\tNăm\n\tKiểm tra\n\tGiám sát\n\n\t\n\tSố đoàn\n\tSố cuộc\n\tSố đoàn\n\tSố cuộc\n\n"
        "\t2019\n\t1\n\t2\n\t\n\t3\n\n\t2020\n\t4\n\t5\n\t6\n\t",
        "\tNăm\n\tKiểm tra\n\n\n\tGiám sát\n\n\t\n\tSố đoàn\n\tSố\n\ncuộc\n\tSố đoàn\n\tSố cuộc\n\n"
        "\t2019\n\t1\n\t2\n\t\n\t3\n\n\t2020\n\t4\n\t5\n\t6\n\t",
        "\tNăm\n\tKiểm tra\n\tGiám sát\n\t\n\tSố đoàn\n\tSố cuộc\n\tSố đoàn\n\tSố cuộc\n"
        "\t2019\n\t1\n\t2\n\t\n\t3\n\t2020\n\t4\n\t5\n\t6\n\t",
    ],
    ids=["tabs", "header once", "pipes", "one cell a line", "blank lines in cells", "no blank lines"],
)
def test_one_table_in_many_layouts_is_one_grid(text: str) -> None:
    (table,) = _tables(text)
    assert _grid(table) == _EXPECTED
    assert table.n_header == 2


def test_groups_of_unequal_width_begin_where_the_first_column_repeats() -> None:
    text = "Năm\tPhức tạp\tTổ công tác\n\tTổng\tXong\tTồn\tCần\tTổng\tXong\tTồn\n2015\t1\t2\t3\t4\t5\t6\t7"
    (table,) = _tables(text)
    assert _grid(table)[0] == ["Năm", *["Phức tạp"] * 4, *["Tổ công tác"] * 3]


def test_a_list_spans_its_parents_over_their_rows() -> None:
    (table,) = _tables("- Cấp tỉnh:\n+ Số đoàn: 3\n+ Số cuộc: 4\n- Cấp huyện: 7")
    assert table.layout == "list"
    assert _grid(table) == [["Cấp tỉnh", "Số đoàn", "3"], ["Cấp tỉnh", "Số cuộc", "4"], ["Cấp huyện", "", "7"]]


def test_a_row_that_numbers_the_columns_and_a_header_repeated_on_the_next_page_are_left_out() -> None:
    (table,) = _tables("Năm\tSố đoàn\tSố cuộc\nA\t1\t2\n2019\t5\t6\n\nNăm\tSố đoàn\tSố cuộc\n2020\t7\t8")
    assert _grid(table) == [["Năm", "Số đoàn", "Số cuộc"], ["2019", "5", "6"], ["2020", "7", "8"]]


def test_a_title_inside_the_table_covers_the_row() -> None:
    (table,) = _tables("Nội dung\tNăm 2019\tNăm 2020\nKiểm tra\t\t\nSố đoàn\t1\t2")
    title = next(cell for cell in table.cells if cell.text == "Kiểm tra")
    assert (title.column, title.column_span) == (0, 3)


def test_a_bullet_used_outside_the_open_ones_leaves_them_below_a_figure() -> None:
    (table,) = _tables("- Tồn đọng: 2 đơn\n* Khởi kiện: 24 vụ\n- Giữ nguyên: 19 vụ")
    assert _grid(table) == [["Tồn đọng", "", "2 đơn"], ["Khởi kiện", "", "24 vụ"], ["Khởi kiện", "Giữ nguyên", "19 vụ"]]


def test_dots_lead_from_a_name_to_its_figure() -> None:
    (table,) = _tables("- Số đoàn ....... 5 đoàn\n- Số cuộc: …… 3 cuộc")
    assert _grid(table)[0] == ["Số đoàn", "5 đoàn"]


def test_a_markdown_table_ends_where_another_header_stands() -> None:
    one, two = _tables("| Năm | Số đoàn |\n|---|---|\n| 2019 | 3 |\n\n| Năm | Số đơn |\n|---|---|\n| 2019 | 8 |")
    assert (_grid(one)[0], _grid(two)[0]) == (["Năm", "Số đoàn"], ["Năm", "Số đơn"])


def test_what_says_how_to_read_a_table_is_no_row_of_it() -> None:
    (table,) = _tables("Đơn vị tính: lượt\nNăm\tSố lượt\n2019\t4\nGhi chú: đến ngày 30/11.")
    assert _grid(table) == [["Năm", "Số lượt"], ["2019", "4"]]


def test_headings_part_tables() -> None:
    assert len(_tables("# 1\nNăm\tSố\n2019\t5\n# 2\nNăm\tSố\n2020\t6")) == 2


def test_cell_texts_are_the_same_in_both_forms_of_unicode() -> None:
    text = "Năm\tSố cuộc\n2019\tĐã giảm 10%"
    composed, decomposed = _tables(text)[0], _tables(unicodedata.normalize("NFD", text))[0]
    assert [c.text for c in composed.cells] == [c.text for c in decomposed.cells]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="\t\n|-+:;() 12ab%Năm", max_size=120))
def test_every_cell_lies_in_the_text_and_in_the_grid(text: str) -> None:
    for table in _tables(text):
        for cell in table.cells:
            assert text[cell.start : cell.end] == cell.text
            assert cell.row + cell.row_span <= table.n_rows
            assert cell.column + cell.column_span <= table.n_columns


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.sampled_from(["", "12", "Số đoàn", "2015", "Cộng"]), min_size=2, max_size=5), max_size=6))
def test_no_word_of_a_table_is_lost_but_repeated_headers(rows: list[list[str]]) -> None:
    text = "\n".join("\t".join(row) for row in rows)
    found = {word for table in _tables(text) for cell in table.cells for word in cell.text.split()}
    titles = {word for table in _tables(text) for a, b in table.titles for word in text[a:b].split()}
    assert {"12", "2015"} & {cell for row in rows for cell in row} <= found | titles


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("totals", is_total),
        ("text_figures", is_figure),
        ("label_headers", lambda word: fold(word) in table_words()["label_headers"]["whole"]),
        ("ordinal_headers", lambda word: fold(word) in table_words()["ordinal_headers"]["whole"]),
        ("unit_headers", lambda word: fold(word) in table_words()["unit_headers"]["whole"]),
        ("remark_headers", lambda word: fold(word) in table_words()["remark_headers"]["whole"]),
        ("register_headers", lambda word: fold(word).startswith(tuple(table_words()["register_headers"]["starts"]))),
    ],
)
def test_the_example_of_each_word_list_is_decided_by_it(name: str, told: Callable[[str], bool]) -> None:
    assert told(table_words()[name]["example"])
