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
