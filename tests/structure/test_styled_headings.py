"""What a file marks as a heading by style is one, unless it reads as a sentence."""

from danvan_nlp.structure import parse
from danvan_nlp.types import Source

TEXT = (
    "I. KẾT QUẢ\n\nCông tác phối hợp đã có nhiều chuyển biến\n\nHuyện đã tiếp 12 lượt người.\n\n"
    "Ban Dân vận đã tham mưu Huyện ủy ban hành 03 kế hoạch về công tác dân vận.\n\nHuyện có 12 xã.\n"
)


def roles(*styled: str) -> dict[str, str]:
    headings = tuple((TEXT.index(text), TEXT.index(text) + len(text), 2) for text in styled)
    return {TEXT[u.start : u.end]: u.role for u in parse(Source(TEXT, "docx", "", headings=headings)).units}


def test_a_paragraph_in_the_style_of_a_heading_is_one() -> None:
    line = "Công tác phối hợp đã có nhiều chuyển biến"
    assert roles()[line] == "sentence"
    assert roles(line)[line] == "heading"


def test_a_sentence_in_the_style_of_a_heading_stays_a_sentence() -> None:
    line = "Ban Dân vận đã tham mưu Huyện ủy ban hành 03 kế hoạch về công tác dân vận."
    assert roles(line)[line] == "sentence"
