"""What the cells of a table with one cell a line are by their look, and which cells head its columns."""

from __future__ import annotations

import re
from functools import lru_cache

from danvan_nlp.language.key import fold
from danvan_nlp.structure.tables.cells import holds_figure, is_period, is_total, table_words

_ORDINAL = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-HĐ]|[a-zđ])[.)]?$")
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5})[.)]\s+[^\W\d_]")
_EMPTY = re.compile(r"[\s\-–—.…]*$")
_LONGEST_NAME = 60
_REMEMBERED = 4096


@lru_cache(maxsize=_REMEMBERED)
def cell_kind(cell: str) -> str:
    """What a cell is by its look.

    P a period, T a total, O an ordinal or figure, N an ordinal without digits, F a figure, W words with a figure, E
    empty, C the header of ordinals, units or remarks, H a numbered title, X other words.

    Examples
    --------
    >>> "".join(map(cell_kind, ("2019", "Cộng", "1.2", "II", "1.204", "- Chỉ thị: 3", "", "TT", "I. Văn bản", "Xã")))
    'PTONFWECHX'
    """
    if _EMPTY.match(cell):
        return "E"
    if is_period(cell):
        return "P"
    if is_total(cell):
        return "T"
    if _ORDINAL.match(cell):
        return "O" if any(map(str.isdigit, cell)) or cell in "xX" else "N"
    if _NUMBERED.match(cell):
        return "H"
    if holds_figure(cell):
        return "W" if next(filter(str.isalnum, cell), "0").isalpha() else "F"
    return "C" if heads(cell, "ordinal", "unit", "remark") else "X"


def goes_on(above: str, line: str) -> bool:
    """Whether a line goes on with the cell above it.

    It opens with a small letter or in the middle of brackets, or makes one period or total of both.

    Examples
    --------
    >>> goes_on("Số lần tiếp", "định kỳ"), goes_on("6 tháng", "2020"), goes_on("Năm", "2020"), goes_on("Cấp xã", "b)")
    (True, True, False, False)
    """
    if (line[0].islower() or line[0] in "(%;,/)") and not (_ORDINAL.match(line) or line == "%"):
        return True
    whole = f"{above} {line}"
    if is_total(above):
        return is_total(whole) or is_period(line) and not line.isdecimal()
    apart = is_period(above) or opens_header(above) and line.isdecimal()
    return is_period(whole) and any(map(str.isalpha, above)) and not apart


def opens_header(cell: str) -> bool:
    """Whether a cell heads the column of the rows' numbers or names: ``TT``, ``Nội dung``.

    Examples
    --------
    >>> opens_header("STT"), opens_header("Chỉ tiêu"), opens_header("Số đoàn")
    (True, True, False)
    """
    return heads(cell, "ordinal", "label")


@lru_cache(maxsize=_REMEMBERED)
def heads(cell: str, *kinds: str) -> bool:
    """Whether a cell heads a column of one of these kinds: ``ordinal``, ``label``, ``unit``, ``remark``.

    Examples
    --------
    >>> heads("ĐVT", "unit"), heads("Ghi chú", "unit", "remark"), heads("Số đoàn", "remark")
    (True, True, False)
    """
    name = fold(cell[:_LONGEST_NAME]).strip(" .:*_")
    return any(name in table_words()[f"{kind}_headers"]["whole"] for kind in kinds)
