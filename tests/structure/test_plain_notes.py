from danvan_nlp.structure import parse
from danvan_nlp.types import Report, Source

PAGE = """I. TÌNH HÌNH
Tỉnh có 108 xã1, 9.560 km2 đất tự nhiên.
Đảng bộ có 14 đảng bộ trực thuộc.2

1 Trong đó có 22 xã biên giới.
2 Gồm 08 đảng bộ huyện và 06 đảng bộ khối.
3
"""


def read(text: str) -> Report:
    return parse(Source(text, "txt", ""))


def test_a_note_with_a_plain_digit_belongs_to_the_sentence_with_its_mark() -> None:
    report = read(PAGE)
    notes = {
        report.text[u.start : u.end]: report.text[report.units[u.anchor].start : report.units[u.anchor].end]
        for u in report.units
        if u.role == "footnote" and u.anchor is not None
    }
    assert notes == {
        "1 Trong đó có 22 xã biên giới.": "Tỉnh có 108 xã1, 9.560 km2 đất tự nhiên.",
        "2 Gồm 08 đảng bộ huyện và 06 đảng bộ khối.": "Đảng bộ có 14 đảng bộ trực thuộc.2",
    }


def test_a_figure_that_opens_a_line_is_no_note_without_its_mark() -> None:
    report = read("Huyện có 12 xã.\n1 Trung tâm đã đi vào hoạt động trong năm.\n")
    assert [u.role for u in report.units] == ["sentence", "sentence"]


def test_marks_in_brackets_and_behind_per_cent_signs_are_marks() -> None:
    text = (
        "I. KẾT QUẢ\nTỷ lệ hộ dự họp đạt 87%1. Huyện giao nhiệm vụ từng quý(2).\n"
        "1 Tăng 4% so với năm trước.\n(2) Gồm 13 phòng chuyên môn.\n"
    )
    assert [u.anchor is not None for u in read(text).units if u.role == "footnote"] == [True, True]


def test_a_note_whose_mark_was_lost_stands_below_the_one_before_it() -> None:
    text = "Huyện có 12 xã1 và 3 thị trấn từ năm 2018.\n1 Trong đó có 2 xã biên giới.\n2 Theo Quyết định của tỉnh.\n2\n"
    assert [u.role for u in read(text).units] == ["sentence", "footnote", "footnote", "admin"]


def test_a_mark_in_plain_writing_does_not_hide_the_end_of_a_sentence() -> None:
    report = read("Thu ngân sách đạt 52% dự toán.1 Đa số Nhân dân phấn khởi.\n1 Không kể thu từ đất.\n")
    sentences = [report.text[u.start : u.end] for u in report.units if u.role == "sentence"]
    assert sentences == ["Thu ngân sách đạt 52% dự toán.1", "Đa số Nhân dân phấn khởi."]
    # Without a note of that number it is no mark.
    assert len(read("Huyện đạt 52% dự toán.1 Đa số phấn khởi.\n").units) == 1


def test_notes_with_a_link_back_to_their_mark_are_footnotes_below_a_table() -> None:
    text = (
        "I. KẾT QUẢ\n\nĐã thành lập 14 tổ[[1]](#footnote-1), mở 5 lớp[[2]](#footnote-2) cho cán bộ.\n\n"
        "| Năm | Số đoàn |\n|---|---|\n| 2020 | 3 |\n| 2021 | 5 |\n\n"
        "1. Trong đó 9 tổ ở xã. [↑](#footnote-ref-1)\n\n2. Mỗi lớp 60 người. [↑](#footnote-ref-2)\n"
    )
    units = parse(Source(text, "txt", "")).units
    sentence = next(i for i, unit in enumerate(units) if unit.role == "sentence")
    notes = [unit for unit in units if unit.role == "footnote"]
    assert [unit.anchor for unit in notes] == [sentence] * 2
    assert [text[unit.start : unit.start + 2] for unit in notes] == ["1.", "2."]
