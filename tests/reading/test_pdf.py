"""Pages as printing programs really set them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from danvan_nlp.reading.pdf.document import extract

from .typeset import find_font

pytestmark = pytest.mark.skipif(find_font() is None, reason="needs a font with Vietnamese letters (fonts-dejavu-core)")
_LEFT, _RIGHT, _TOP, _LEADING, _SIZE = 85.0, 540.0, 740.0, 18.0, 12.0


def page(draw: Callable[[Any], None]) -> str:
    """The text of a page that a function draws."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Body", find_font()))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont("Body", _SIZE)
    draw(canvas)
    canvas.save()
    return extract(buffer.getvalue(), ocr=False).text


def set_lines(canvas: Any, lines: Sequence[tuple[str, str]], top: float = _TOP) -> None:
    """Lines one below the other: ``full`` from edge to edge, ``centred`` or ``left``."""
    for i, (line, how) in enumerate(lines):
        y, wide = top - i * _LEADING, canvas.stringWidth(line, "Body", _SIZE)
        x = (_LEFT + _RIGHT - wide) / 2 if how == "centred" else _LEFT
        text = canvas.beginText(x, y)
        if how == "full":
            text.setWordSpace(max(0.0, (_RIGHT - _LEFT - wide) / max(1, line.count(" "))))
        # ReportLab spaces the words of fonts of one byte only.
        for word in line.split(" "):
            text.setTextOrigin(x, y)
            text.textOut(word)
            gap = (_RIGHT - _LEFT - wide) / max(1, line.count(" ")) if how == "full" else 0
            x += canvas.stringWidth(word + " ", "Body", _SIZE) + gap
        canvas.drawText(text)


def test_letters_of_another_font_stand_in_their_words() -> None:
    """A program whose font lacks some letters sets them last, from another font."""
    line = "Thực hiện Kết luận số 114-KL/TW của Ban Bí thư Trung ương, Huyện ủy chỉ đạo xã Vĩnh Mỹ ở phía Đông"

    def draw(canvas: Any) -> None:
        for lacking in (False, True):
            x = _LEFT
            for letter in line:
                if (letter > "ÿ") == lacking and letter != " ":
                    canvas.drawString(x, _TOP, letter)
                x += canvas.stringWidth(letter, "Body", 9)

    assert page(lambda canvas: (canvas.setFont("Body", 9), draw(canvas))[-1]).strip() == line  # type: ignore[func-returns-value]


def test_a_number_above_a_broken_word_is_not_raised() -> None:
    lines = [
        ("Ở xã, phường, thị trấn, thực hiện Pháp lệnh 34/2007/PL-", "full"),
        ("UBTVQH11, chính quyền đã đưa ra bàn bạc và biểu quyết tại", "full"),
        ("thôn 9.836 nội dung.", "left"),
    ]
    assert "Pháp lệnh 34/2007/PL-UBTVQH11, chính quyền" in page(lambda canvas: set_lines(canvas, lines))


@pytest.mark.parametrize(
    "title",
    [
        ["Tổng kết 05 năm thực hiện Quyết định số 217-QĐ/TW và Quyết định số", "218-QĐ/TW của Bộ Chính trị"],
        ["SƠ KẾT 05 NĂM THỰC HIỆN KẾT LUẬN SỐ 114-KL/TW, HIỆU LỰC, HIỆU", "QUẢ CỦA CƠ QUAN NHÀ NƯỚC CÁC CẤP"],
        ["Kết quả công tác dân vận chính quyền trên địa bàn tỉnh giai đoạn 2016 -", "2020"],
    ],
)
def test_a_title_whose_first_line_is_full_is_one_line(title: list[str]) -> None:
    body = [("Thực hiện chương trình công tác năm, Huyện ủy báo cáo kết quả như sau, gồm", "full")] * 3
    lines = [*((line, "centred") for line in title), ("", "left"), *body]
    assert page(lambda canvas: set_lines(canvas, lines)).split("\n")[0] == " ".join(title)


def test_addressees_stand_on_a_line_of_their_own() -> None:
    lines = [
        ("Công tác dân vận chính quyền và thực hiện quy chế dân chủ ở cơ sở năm 2022", "centred"),
        ("Kính gửi: Ban Dân vận Thành ủy và Sở Nội vụ thành phố", "centred"),
    ]
    assert "\nKính gửi: Ban Dân vận" in page(lambda canvas: set_lines(canvas, lines))


def test_a_letterhead_may_part_left_of_the_middle() -> None:
    def draw(canvas: Any) -> None:
        for i, (left, right) in enumerate(
            [("UBND HUYỆN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("XÃ NÀ LÌN", "Độc lập - Tự do - Hạnh phúc"),
             ("Số: 187/BC-UBND", "Nà Lìn, ngày 25 tháng 11 năm 2024")]
        ):  # fmt: skip
            canvas.drawCentredString(140, _TOP - 16 * i, left)
            canvas.drawCentredString(335, _TOP - 16 * i, right)
        set_lines(canvas, [("Thực hiện Công văn số 1409/UBND-NV của Ủy ban nhân dân huyện về báo cáo", "full")], 640)

    assert "Số: 187/BC-UBND\tNà Lìn, ngày 25 tháng 11 năm 2024\n" in page(draw)


def test_the_last_lines_of_indented_entries_join_them() -> None:
    entry = "1. Cuối mỗi quý kiểm tra chéo hai xã, sơ kết hằng năm và tổng kết chung vào"

    def draw(canvas: Any) -> None:
        set_lines(canvas, [("Năm qua, các xã trong huyện đã làm nhiều việc cùng với nhân dân ở cơ sở.", "full")] * 9)
        canvas.showPage()
        canvas.setFont("Body", _SIZE)
        wide = canvas.stringWidth(entry, "Body", _SIZE)
        for i in range(0, 16, 2):
            canvas.drawString(_RIGHT - wide, _TOP - i * _LEADING, entry)
            canvas.drawString(_LEFT, _TOP - (i + 1) * _LEADING, "2024.")

    assert page(draw).count("tổng kết chung vào 2024.") == 8


def test_a_table_without_rules_is_told_by_its_gaps() -> None:
    rows = [
        ("Năm", "Số đoàn", "Số đơn vị", "Tỷ lệ"), ("2016", "2", "", "91,5%"), ("2017", "3", "1.219", "93%"),
        ("8 tháng", "3", "24", ""), ("đầu năm 2018", "", "", ""), ("Cộng", "12", "96", "92,4%"),
    ]  # fmt: skip

    def draw(canvas: Any) -> None:
        set_lines(canvas, [("1. Kiểm tra công tác dân vận chính quyền", "left")])
        for i, row in enumerate(rows):
            for x, cell in zip((120, 240, 340, 460), row, strict=True):
                canvas.drawCentredString(x, _TOP - 30 - 16 * i, cell)
        set_lines(canvas, [("Trên đây là số liệu của Ủy ban nhân dân huyện về công tác dân vận.", "left")], 560)

    assert page(draw).split("\n") == [
        "1. Kiểm tra công tác dân vận chính quyền", "", "Năm\tSố đoàn\tSố đơn vị\tTỷ lệ", "2016\t2\t\t91,5%",
        "2017\t3\t1.219\t93%", "8 tháng đầu năm 2018\t3\t24\t", "Cộng\t12\t96\t92,4%", "",
        "Trên đây là số liệu của Ủy ban nhân dân huyện về công tác dân vận.", "",
    ]  # fmt: skip


def test_figures_at_the_foot_of_a_page_are_no_notes() -> None:
    def draw(canvas: Any) -> None:
        set_lines(canvas, [("Năm qua, các xã trong huyện đã làm nhiều việc cùng với nhân dân ở cơ sở.", "full")] * 5)
        canvas.setFont("Body", 9)
        canvas.drawString(_LEFT, 120, "26.408")
        canvas.drawString(_LEFT, 100, "241 203")

    text = page(draw)
    assert "26.408" in text
    assert "241 203" in text


def test_title_words_wrapped_in_a_column_are_known() -> None:
    def draw(canvas: Any) -> None:
        for i, (left, right) in enumerate(
            [("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"), ("TỈNH CỬU HÒA", "VIỆT NAM"),
             ("Số: 312/BC-UBND", "Độc lập - Tự do - Hạnh phúc"), ("", "Cửu Hòa, ngày 21 tháng 9 năm 2020")]
        ):  # fmt: skip
            canvas.drawCentredString(180, _TOP - 16 * i, left)
            canvas.drawCentredString(420, _TOP - 16 * i, right)
        set_lines(canvas, [("Thực hiện Công văn số 1409/UBND-NV của Ủy ban nhân dân huyện về báo cáo", "full")], 640)

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n" in page(draw)
