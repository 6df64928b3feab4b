"""What a line is by its look alone: running text, a title, an appendix's heading, a signature, a letterhead."""

from __future__ import annotations

import re
from typing import Literal

from danvan_nlp.language.letters import UPPER
from danvan_nlp.structure.lines.split import Line, word_count
from danvan_nlp.structure.vocabulary import vocabulary

Region = Literal[
    "letterhead", "title", "body", "closing", "footnote", "appendix_title", "appendix", "table", "page", "rule"
]

# A scan may put another accent on "Số".
_NUMBER_LINE = re.compile(r"^s[ốỗổồộôóo]\s*[:.]?\s*(?:\d|[-–/…_.]|$)", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"ngày\s*[\d.…]*\s*tháng\s*[\d.…]*\s*năm|^[^,\d]{2,40},\s*ngày\s*\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{4}$",
    re.IGNORECASE,
)
_RECIPIENTS = re.compile(r"\w+ \w+[\s*_]*(?:$|[:;.|(*_]|t[./]|k[./])")
_LONGEST_SIGNATURE = 8
_NAME = re.compile(rf"[{UPPER}][^\W\d_]*(?:(?:\s+|[’'-])[{UPPER}][^\W\d_]*){{1,5}}")
_COLUMNS = re.compile(r"\t+|\s{3,}")
_SPACED = re.compile(r"[^\W\d_](?: [^\W\d_]){5,20}")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERED_DOCUMENT = re.compile(r"^\S+ \S+ số\s*\d")
_PROSE_END = re.compile(r"[.;:!?…][”\"’)]*$")
_CAPTION = re.compile(r"(?:bảng|biểu|hình|biểu đồ)\s(?:số\s)?\d{1,2}(?:\.\d{1,2})?\s?[.:–-]?(?:\s|$)")
_STATEMENT = re.compile(r"[.!?…]\s+[" + UPPER + "]")


def looks_like_prose(line: Line) -> bool:
    """Whether a line is running text by its look alone: long, in small letters, with a sentence's punctuation."""
    if line.upper:
        return False
    count = word_count(line.text)
    return count >= 30 or (count >= 14 and bool(_PROSE_END.search(line.tail))) or bool(_STATEMENT.search(line.words))


def ends_sentence(line: Line) -> bool:
    """Whether a sentence ends on a line, or one that leads into a list."""
    return line.tail.endswith((".", ":", ";")) or _STATEMENT.search(line.words) is not None


def is_document_type(line: Line) -> bool:
    """Whether a line is the name of the document's type alone, in capitals: ``BÁO CÁO``."""
    folded = closed_up(line.folded.strip(" *_#:"))
    return line.upper and line.marker.style in ("none", "bullet") and folded in vocabulary().document_types


def closed_up(text: str) -> str:
    """A document's type without the blanks between its letters.

    Examples
    --------
    >>> closed_up("b á o c á o"), closed_up("báo cáo")
    ('báo cáo', 'báo cáo')
    """
    if not _SPACED.fullmatch(text):
        return text
    letters = text.replace(" ", "")
    return next((name for name in vocabulary().document_types if name.replace(" ", "") == letters), text)


def opens_title(line: Line) -> bool:
    """A title on one line with its type: ``BÁO CÁO KẾT QUẢ …``, ``Báo Cáo Kết Quả …``."""
    return _begins_with_type(line) and (line.upper or is_capitalised(line.words))


def names_document(line: Line) -> bool:
    """A title in small letters on one line with its type: ``Báo cáo kết quả công tác dân vận năm 2016``."""
    return (
        _begins_with_type(line)
        and line.text[:1].isupper()
        and 4 <= word_count(line.text) <= 60
        and not _PROSE_END.search(line.tail)
        and not _STATEMENT.search(line.words)
        and not _NUMBERED_DOCUMENT.search(line.folded)
    )


def _begins_with_type(line: Line) -> bool:
    first = line.folded.split(" ")
    return " ".join(first[:2]) in vocabulary().document_types and line.marker.style == "none"


def is_capitalised(text: str) -> bool:
    """Whether nearly every word of a text begins with a capital, and some are not in capitals throughout.

    Examples
    --------
    >>> is_capitalised("Cải Cách Hành Chính"), is_capitalised("Cải cách hành chính"), is_capitalised("KẾT QUẢ")
    (True, False, False)
    """
    words = _WORD.findall(text)
    capitals = sum(word[0].isupper() for word in words)
    return len(words) > 1 and capitals >= 0.9 * len(words) and any(word[1:].islower() for word in words)


def is_web_line(line: Line) -> bool:
    """Whether a line belongs to the web page around a report: ``Lượt xem: 120``, ``Thứ sáu, 16/12/2016``."""
    return line.folded.startswith(vocabulary().web) and word_count(line.text) <= 14


def is_appendix_heading(line: Line) -> bool:
    """Whether a line opens an appendix: ``Phụ lục 1``, ``BIỂU TỔNG HỢP SỐ LIỆU``."""
    folded = line.folded
    if line.marker.style not in ("none", "bullet") or not folded.startswith(vocabulary().appendix):
        return False
    return (line.upper or word_count(folded) <= 12) and not _PROSE_END.search(line.tail.rstrip(".:"))


def opens_closing(line: Line) -> bool:
    """Whether a line opens the signature block or the list of recipients."""
    folded = line.folded.lstrip("| *_")
    words = vocabulary()
    if folded.startswith(words.recipients):
        # "Nơi nhận hồ sơ …" may open a line of running text.
        return line.n_gaps > 0 or line.tabs > 0 or _RECIPIENTS.match(folded) is not None
    if word_count(folded) > 14 or line.n_gaps > 1:
        return False
    signs = line.upper or line.words[:1].isupper() and word_count(folded) <= _LONGEST_SIGNATURE
    return folded.startswith(words.signature) and signs


def is_front_admin(line: Line) -> bool:
    """Whether a line before the body belongs to letterhead, number line, date, stamp or address."""
    folded = line.folded
    words = vocabulary()
    if folded in words.state_heading or _NUMBER_LINE.match(line.words) or _DATE_LINE.search(line.text[:200]):
        return True
    if folded.startswith((*words.stamp, *words.address)) or is_web_line(line):
        return True
    named = line.upper or word_count(folded) <= 10 and not _PROSE_END.search(line.tail)
    return folded.startswith(words.letterhead) and named


def is_name(text: str) -> bool:
    """Whether a text is a person's name, with a rank or a degree before it or not.

    Examples
    --------
    >>> is_name("Đại tá Nông Quốc Việt"), is_name("Ths. Đỗ Thị Mười"), is_name("Phụ lục")
    (True, True, False)
    """
    return _NAME.fullmatch(without_rank(text)) is not None


def without_rank(text: str) -> str:
    """A name without rank or degree.

    Examples
    --------
    >>> without_rank("Đại tá Nông  Quốc Việt")
    'Nông Quốc Việt'
    """
    name = " ".join(text.strip("*_ ").split())
    rank = next((rank for rank in vocabulary().ranks if name.lower().startswith(rank + " ")), "")
    return name[len(rank) :].strip()


def columns(line: Line) -> list[str]:
    """The pieces of a line that TABs or wide gaps part."""
    return [piece.strip("*_ ") for piece in _COLUMNS.split(line.text) if piece.strip("*_ ")]


def is_table_caption(line: Line) -> bool:
    """Whether a line opens as the title of a numbered table does: ``Bảng 1: Số mô hình đăng ký``."""
    return _CAPTION.match(line.folded) is not None


def is_table_note(line: Line) -> bool:
    """Whether a line says how to read the table next to it: ``Đơn vị tính: triệu đồng``, ``Ghi chú: …``."""
    return line.folded.startswith(vocabulary().table_notes)


def is_attachment_note(line: Line) -> bool:
    """Whether a line is a note in brackets such as ``(Kèm theo Báo cáo số …)``."""
    return line.text.lstrip("*_ ").startswith("(") and any(w in line.folded for w in vocabulary().attached)
