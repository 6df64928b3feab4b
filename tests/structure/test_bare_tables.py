"""Tables of one cell a line, captions and notes of tables, and what stands around them."""

import pytest

from danvan_nlp.structure import parse
from danvan_nlp.types import Report, Source


def read(text: str) -> Report:
    return parse(Source(text, "txt", ""))


def roles(text: str, role: str) -> list[str]:
    return [text[unit.start : unit.end] for unit in read(text).units if unit.role == role]


MODELS = """II. KẾT QUẢ
Các mô hình tiêu biểu của huyện trong năm như sau:
STT
Tên mô hình
Đơn vị thực hiện
1
Thắp sáng đường quê
Đoàn xã Nà Khoa
2
Nuôi cá lồng trên hồ thủy điện, bao tiêu sản phẩm cho hội viên nghèo của bảy bản vùng lòng hồ
Hội Nông dân xã Tà Phình
3
Tiếng loa an ninh
Công an thị trấn
3. Công tác tiếp dân
Huyện đã tiếp 12 lượt người trong năm.
"""


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_ordinals_tell_the_rows_of_a_table_in_words(between: str) -> None:
    text = MODELS.replace("\n", between)
    cells = roles(text, "table")
    assert cells[:4] == ["STT", "Tên mô hình", "Đơn vị thực hiện", "1"]
    assert (len(cells), cells[-1]) == (12, "Công an thị trấn")
    assert roles(text, "heading") == ["II. KẾT QUẢ", "3. Công tác tiếp dân"]


def test_ordinals_below_the_header_may_number_the_columns() -> None:
    table = "TT\nNội dung\nSố lượng\n1\n2\n3\n1\nSố lượt tiếp\n14\n2\nSố đơn\n9\n"
    assert len(roles(f"Kết quả tiếp công dân như sau:\n{table}Nhìn chung, đạt yêu cầu.\n", "table")) == 12


def test_periods_tell_the_rows_of_a_table_of_figures() -> None:
    table = "Năm\nSố lượt tiếp\nSố đơn\n2016\n312\n145\n2017\n298\n133\n"
    text = f"Kết quả tiếp công dân những năm qua như sau:\n{table}Nhìn chung, số đơn giảm dần qua các năm.\n"
    assert roles(text, "table") == table.rstrip("\n").split("\n")


def test_a_table_with_a_caption_in_the_body_opens_no_appendix() -> None:
    text = (
        "I. KẾT QUẢ\nĐã tiếp công dân đúng lịch.\nBiểu số 02. Kết quả theo dõi\nĐơn vị\tSố lượt\nHuyện Na Sa\t14\n"
        "Huyện Pa Lin\t9\n- Công tác nắm tình hình chưa sâu\n- Việc trả lời đơn có lúc còn chậm\n2. Nguyên nhân\n"
        "Cán bộ kiêm nhiệm nhiều việc.\n\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nLò Văn Phúc\n"
    )
    assert roles(text, "heading") == ["I. KẾT QUẢ", "Biểu số 02. Kết quả theo dõi", "2. Nguyên nhân"]
    assert "- Việc trả lời đơn có lúc còn chậm" in roles(text, "sentence")


def test_a_note_below_a_table_may_take_two_lines() -> None:
    text = (
        "Năm\tSố đoàn\n2019\t4\n2020\t6\nGhi chú: Số liệu chưa gồm các đơn vị\nthuộc lực lượng vũ trang.\n"
        "b) Công tác phối hợp có lúc còn chậm.\n"
    )
    assert roles(text, "sentence") == ["b) Công tác phối hợp có lúc còn chậm."]
    assert roles(text, "table")[-1].endswith("thuộc lực lượng vũ trang.")


def test_the_first_page_number_among_the_rows_of_an_appendix_is_no_figure() -> None:
    text = "PHỤ LỤC\nSỐ LIỆU CÔNG TÁC DÂN VẬN\nNăm\tSố đoàn\n2018\t4\n2\n2019\t6\n2020\t5\n"
    assert roles(text, "admin") == ["2"]


def test_what_recurs_among_cells_is_no_running_head() -> None:
    text = "PHỤ LỤC\nSỐ LIỆU\n1. Đối thoại\nNăm 2016\n54\nNăm 2017\n61\n2. Tiếp dân\nNăm 2016\n33\nNăm 2017\n38\n"
    assert roles(text, "admin") == []


def test_a_table_of_contents_is_neither_heading_nor_sentence() -> None:
    contents = ["MỤC LỤC", "Phần thứ nhất. KẾT QUẢ ........ 2", "I. Công tác tuyên truyền ........ 2"]
    text = "BÁO CÁO\nTỔNG KẾT CÔNG TÁC DÂN VẬN\n{}\nI. CÔNG TÁC TUYÊN TRUYỀN\nĐã mở 12 lớp.\n".format(
        "\n".join(contents)
    )
    assert roles(text, "admin") == contents


def test_what_a_web_page_puts_below_a_report_is_no_part_of_it() -> None:
    text = "I. KẾT QUẢ\nHuyện đã tiếp 12 lượt người.\nBan Dân vận Huyện ủy\nTin liên quan\nQuay lại\n"
    assert roles(text, "admin") == ["Ban Dân vận Huyện ủy", "Tin liên quan", "Quay lại"]


def test_signs_stand_for_figures_in_a_table() -> None:
    table = ["Tiêu chí", "ĐVT", "Kết quả", "Hồ sơ trực tuyến", "%", "57,2", "Trả kết quả tại nhà", "-", "x"]
    text = "Kết quả thực hiện các tiêu chí như sau:\n{}\nNhìn chung, đạt yêu cầu.\n".format("\n".join(table))
    assert roles(text, "table") == table


def test_two_columns_apart_by_blanks_are_a_table() -> None:
    table = ["Đơn vị             Số mô hình", "Xã Nà Khoa         12", "Xã Tà Phình        9"]
    text = "Các xã đăng ký như sau:\n{}\n    KIẾN NGHỊ\nĐề nghị tỉnh hỗ trợ kinh phí.\n".format("\n".join(table))
    assert roles(text, "table") == table


def test_a_period_above_the_header_of_a_table_is_its_heading() -> None:
    table = "\tSố đoàn\tSố cuộc\nCấp huyện\t31\t49\nCấp xã\t17\t25\n"
    text = f"PHỤ LỤC SỐ LIỆU\nBiểu số 01: Kiểm tra\nNăm 2018\n{table}\nNăm 2019\n{table}"
    assert roles(text, "heading")[2:] == ["Năm 2018", "Năm 2019"]
    group = "PHỤ LỤC SỐ LIỆU\nĐơn vị\tSố đoàn\tSố cuộc\nNăm 2018\nCấp huyện\t31\t49\nNăm 2019\nCấp huyện\t17\t25\n"
    assert "Năm 2019" in roles(group, "table")
