"""Paragraphs of wrapped text end where a line had room left, whatever the letters' widths."""

import textwrap
from collections.abc import Callable

import pytest

from danvan_nlp.structure import parse
from danvan_nlp.structure.lines.split import split_lines
from danvan_nlp.structure.lines.wrap import find_wrap
from danvan_nlp.types import Source

PARAGRAPHS = [
    "Ủy ban nhân dân huyện ban hành 14 văn bản chỉ đạo công tác dân vận; Mặt trận Tổ quốc và các đoàn thể ký kết "
    "chương trình phối hợp, phân công thành viên phụ trách từng xã.",
    "Lãnh đạo huyện tiếp 214 lượt công dân, giải quyết 61 đơn; Thanh tra huyện theo dõi, đôn đốc việc thực hiện các "
    "kết luận sau đối thoại với nhân dân vùng dự án thủy điện",
    "Tỷ lệ hồ sơ giải quyết đúng hạn đạt 99,2%; người dân không phải đi lại nhiều lần và nộp thêm giấy tờ ngoài quy "
    "định của Nhà nước.",
    "Việc lấy ý kiến nhân dân về quy hoạch, kế hoạch sử dụng đất được thực hiện ở tất cả các thôn, bản, tổ dân phố",
    "Hội Nông dân, Hội Phụ nữ, Đoàn Thanh niên vận động hội viên, đoàn viên hiến đất, góp công làm đường liên thôn, "
    "xây dựng nhà văn hóa và sân thể thao.",
]


def counted(text: str) -> float:
    return len(text)


def in_print(text: str) -> float:
    narrow, broad = "iljtfr.,:;()-/ ", "mMWw%"
    return sum(0.6 if c in narrow else 1.6 if c in broad or c.isupper() else 1.0 for c in text)


def wrapped(text: str, size: Callable[[str], float], width: int, indent: str) -> str:
    lines, line = [], indent
    for word in text.split():
        if line.strip() and size(f"{line} {word}") > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line.strip() else line + word
    return "\n".join([*lines, line])


@pytest.mark.parametrize("indent", ["", "        "], ids=["flush", "set in"])
@pytest.mark.parametrize("size", [counted, in_print])
@pytest.mark.parametrize("width", [64, 72, 80, 94])
def test_paragraphs_without_stops_are_told_apart(size: Callable[[str], float], width: int, indent: str) -> None:
    text = "\n".join(wrapped(paragraph, size, width, indent) for paragraph in PARAGRAPHS * 3)
    found = [" ".join(text[u.start : u.end].split()) for u in parse(Source(text, "txt", "")).units]
    assert found == PARAGRAPHS * 3


def test_text_with_a_paragraph_a_line_is_not_wrapped() -> None:
    assert find_wrap(split_lines("\n".join(PARAGRAPHS * 3))) is None


def test_a_numbered_title_that_fills_its_line_is_none_with_the_text_below() -> None:
    body = "\n".join(line for paragraph in PARAGRAPHS for line in textwrap.wrap(paragraph, 60))
    titles = [
        "1. Công tác lãnh đạo",
        "2. Công tác tiếp công dân, giải quyết khiếu nại và tố cáo",
        "3. Dân vận khéo",
    ]
    text = "\n".join(f"{title}\n{body}" for title in titles)
    report = parse(Source(text, "txt", ""))
    assert [text[u.start : u.end] for u in report.units if u.role == "heading"] == titles


def test_a_hyphen_at_a_full_line_s_end_opens_no_item() -> None:
    text = (
        "\n".join(wrapped(paragraph, counted, 70, "") for paragraph in PARAGRAPHS)
        + "\nHuyện mở 12 lớp học tiếng dân tộc, phát thanh bằng hai thứ tiếng Việt\n- Khmer cho đồng bào.\n"
    )
    assert any(
        text[u.start : u.end].endswith("Việt\n- Khmer cho đồng bào.") for u in parse(Source(text, "txt", "")).units
    )
