"""Web pages as portals and old editors write them."""

from __future__ import annotations

from danvan_nlp.reading.html import read_html
from danvan_nlp.reading.legacy import encode_legacy


def test_old_fonts_are_converted_where_they_are_named() -> None:
    page = (
        '<h1><font face=".VnTimeH">b¸o c¸o</font></h1>'
        '<p style="font-family: .VnTime, serif">C«ng t¸c <b>d©n vËn</b></p>'
        "<table><tr><td><span style=\"font-family:'VNI-Times'\">Naêm</span><td>Đạt</table><p>Là où (Unicode: vận)"
    )
    read = read_html(page.encode())
    assert read.text == "BÁO CÁO\n\nCông tác dân vận\n\nNăm\tĐạt\n\nLà où (Unicode: vận)\n"
    assert [(read.text[a:b], depth) for a, b, depth in read.headings] == [("BÁO CÁO", 1)]
    assert read.repairs == ("text in fonts of TCVN3 (ABC) was converted", "text in fonts of VNI was converted")


def test_headings_of_a_repaired_page_are_kept() -> None:
    lines = ["I. Kết quả thực hiện", "Công tác dân vận được các cấp ủy lãnh đạo.", "II. Hạn chế"]
    one, two, three = (encode_legacy(line, "vni") for line in lines)
    read = read_html(f"<h2>{one}</h2><p>{two}</p><h2>{three}</h2>".encode())
    assert read.text == "\n\n".join(lines) + "\n"
    assert [(read.text[a:b], depth) for a, b, depth in read.headings] == [(lines[0], 2), (lines[2], 2)]
