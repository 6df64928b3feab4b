import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_nlp.structure import parse
from danvan_nlp.types import Report, Source

REPORT = """HUYỆN ỦY LÂM KHÊ\tĐẢNG CỘNG SẢN VIỆT NAM
*
Số 45-BC/HU\tLâm Khê, ngày 10 tháng 12 năm 2019

BÁO CÁO
công tác dân vận năm 2019
-----

Kính gửi: Ban Dân vận Tỉnh ủy

I. TÌNH HÌNH NHÂN DÂN
Huyện có 12 xã với hơn tám vạn dân¹. Đời sống người dân vùng cao còn thiếu thốn, nhất là cấp

nước sạch cho các bản xa.
1. Kết quả
- Đã tiếp 214 lượt công dân tại trụ sở;
- Đã giải quyết 96 đơn thư.
2. Nhiệm vụ: Tiếp tục nâng chất lượng tiếp dân.
¹ Số liệu đến ngày 30/11/2019.

Nơi nhận:
- Tỉnh ủy,
- Lưu Văn phòng.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
Lò Văn Phúc

PHỤ LỤC
(Kèm theo Báo cáo số 45-BC/HU, ngày 10/12/2019)
Năm\tSố đoàn\tSố cuộc
2019\t4\t9
"""


def read(text: str) -> Report:
    return parse(Source(text, "txt", ""))


def units(text: str, role: str | None = None) -> list[str]:
    report = read(text)
    return [report.text[u.start : u.end] for u in report.units if role in (None, u.role)]


def test_each_part_of_a_report_gets_its_role() -> None:
    assert units(REPORT, "heading") == [
        "BÁO CÁO\ncông tác dân vận năm 2019",
        "I. TÌNH HÌNH NHÂN DÂN",
        "1. Kết quả",
        "PHỤ LỤC",
    ]
    assert units(REPORT, "footnote") == ["¹ Số liệu đến ngày 30/11/2019."]
    assert units(REPORT, "table") == ["Năm\tSố đoàn\tSố cuộc", "2019\t4\t9"]
    assert "Kính gửi: Ban Dân vận Tỉnh ủy" in units(REPORT, "admin")
    assert "Lò Văn Phúc" in units(REPORT, "admin")


def test_a_sentence_cut_by_a_page_break_is_one_unit() -> None:
    assert "Đời sống người dân vùng cao còn thiếu thốn, nhất là cấp\n\nnước sạch cho các bản xa." in units(
        REPORT, "sentence"
    )


def test_items_are_units_of_their_own_and_keep_their_bullets() -> None:
    sentences = units(REPORT, "sentence")
    assert "- Đã tiếp 214 lượt công dân tại trụ sở;" in sentences
    assert "2. Nhiệm vụ: Tiếp tục nâng chất lượng tiếp dân." in sentences


def test_a_footnote_is_anchored_to_the_sentence_with_its_mark() -> None:
    report = read(REPORT)
    (note,) = [unit for unit in report.units if unit.role == "footnote"]
    assert note.anchor is not None
    anchor = report.units[note.anchor]
    assert report.text[anchor.start : anchor.end] == "Huyện có 12 xã với hơn tám vạn dân¹."


def test_a_footnote_of_two_paragraphs_is_one_note() -> None:
    text = (
        "I. KẾT QUẢ\nHuyện có 12 xã¹ và 3 thị trấn².\n\n¹ Gồm ba xã biên giới.\nMột xã mới lập năm 2018.\n"
        "² Gồm một thị trấn nông trường.\nThị trấn này lập năm 1987.\n\n2\n\nHuyện đã tiếp 14 lượt công dân.\n"
    )
    assert len(units(text, "footnote")) == 4
    assert units(text, "sentence") == ["Huyện có 12 xã¹ và 3 thị trấn².", "Huyện đã tiếp 14 lượt công dân."]


@pytest.mark.parametrize(
    ("stop", "headings"),
    [(".", ["Năm 2018", "Nhìn lại chặng đường", "Mặt chưa được"]), ("", [])],
    ids=["stops", "no stops"],
)
def test_lines_without_stop_are_titles_where_statements_end_with_one(stop: str, headings: list[str]) -> None:
    said = f"Huyện đã mở hai lớp tập huấn cho cán bộ xã{stop}"
    lines = ["I. KẾT QUẢ", *[said] * 6, "Năm 2018", said, "Nhìn lại chặng đường", "Mặt chưa được", said]
    text = "\n\n".join(lines)
    assert units(text, "heading")[1:] == headings


def test_lost_footnote_marks_neither_cut_sentences_nor_lose_their_notes() -> None:
    text = (
        "I. KẾT QUẢ\nHuyện có mười hai xã vùng cao và biên giới\n với hơn một trăm thôn bản\n. Đã tiếp dân ở các xã\n"
        ".\n"
        "Nơi nhận:\n- Lưu.\n\ufffd Gồm ba xã biên giới.\n\n\ufffd Gồm chín mươi bản.\n\n\ufffd Tiếp 12 lượt.\n"
    )
    assert units(text, "sentence") == [
        "Huyện có mười hai xã vùng cao và biên giới\n với hơn một trăm thôn bản\n.",
        "Đã tiếp dân ở các xã\n.",
    ]
    report = read(text)
    anchors = [unit.anchor for unit in report.units if unit.role == "footnote"]
    assert anchors == [1, 1, 2]


def test_the_section_tree_follows_the_enumerators() -> None:
    report = read(
        "A. MỘT\nI. Hai\n1. Ba\n1.1. Bốn\nCâu văn ở đây.\n1.2. Năm\nCâu nữa.\n2. Sáu\nCâu.\nII. Bảy\nCâu.\nB. TÁM\nCâu."
    )
    tree = [
        (s.marker, s.depth, None if s.parent is None else report.sections[s.parent].marker) for s in report.sections
    ]
    assert tree == [
        ("A", 0, None),
        ("I", 1, "A"),
        ("1", 2, "I"),
        ("1.1", 3, "1"),
        ("1.2", 3, "1"),
        ("2", 2, "I"),
        ("II", 1, "A"),
        ("B", 0, None),
    ]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("1. Tăng cường tiếp dân.\n2. Đẩy mạnh đối thoại.\n3. Nêu gương.", []),
        ("2.1. Công tác tiếp dân\nĐã tiếp.\n2.2. Công tác phối hợp của các đoàn thể.\nĐã phối hợp.", 2),
        ("- Nguyên nhân\n- Hạn chế", []),
        ("Nguyên nhân:\nMột số cấp ủy chưa thật sự coi trọng việc tiếp dân, đối thoại với dân ở cơ sở.", 1),
        ("Trong đó:\nMột số cấp ủy chưa thật sự coi trọng việc tiếp dân, đối thoại với dân ở cơ sở.", []),
        ("## II. Kết quả\nĐã tiếp dân.", 1),
        ("**II. Kết quả**\nĐã tiếp dân.", 1),
        ("18-NQ/TW đã được quán triệt đến các chi bộ", []),
    ],
)
def test_headings_are_told_from_items_and_sentences(text: str, headings: int | list[str]) -> None:
    assert len(units(text, "heading")) == (headings if isinstance(headings, int) else 0)


def test_wrapped_lines_are_joined_where_no_word_would_have_fitted() -> None:
    paragraph = (
        "Các cấp ủy đã chỉ đạo chính quyền tổ chức tiếp dân, đối thoại theo đúng quy chế đã đề ra từ đầu nhiệm kỳ,\n"
        "xử lý kịp thời đơn thư của người dân ngay từ thôn, bản, không để phát sinh điểm nóng, không đùn đẩy lên\n"
        "Tỉnh. Nhiều xã lập tổ tiếp nhận ý kiến lưu động ở chợ phiên, vừa nghe dân nói, vừa trả lời những việc đã\n"
        "Được giao, vì thế số đơn vượt cấp giảm rõ rệt so với năm trước, nhất là đơn về đất đai và về chính sách.\n"
        "Các tổ hòa giải cũng được củng cố, thay người yếu, thêm người có uy tín trong dòng họ và trong bản làng,\n"
        "nên phần lớn mâu thuẫn nhỏ được dàn xếp ngay tại chỗ, không cần đưa lên xã hay lên huyện giải quyết nữa.\n"
    )
    assert len(units(paragraph)) == 3


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_disjoint_units_that_cover_every_letter(text: str) -> None:
    report = read(text)
    spans = [(u.start, u.end) for u in report.units]
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in zip(spans, spans[1:], strict=False))
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(i in covered for i, c in enumerate(text) if c.isalnum())


def test_composed_and_decomposed_reports_have_the_same_structure() -> None:
    composed = read(REPORT)
    apart = read(unicodedata.normalize("NFD", REPORT))
    assert [(u.role, unicodedata.normalize("NFC", apart.text[u.start : u.end])) for u in apart.units] == [
        (u.role, composed.text[u.start : u.end]) for u in composed.units
    ]


def test_windows_line_ends_change_nothing() -> None:
    plain = read(REPORT)
    windows = read(REPORT.replace("\n", "\r\n"))
    assert [u.role for u in windows.units] == [u.role for u in plain.units]
