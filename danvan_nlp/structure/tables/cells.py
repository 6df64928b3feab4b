"""What the cells of a table are by their look: periods, totals, figures."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from danvan_nlp.language.key import fold

_YEAR = r"(?:19[89]|20[0-4])\d"
_YEARS = re.compile(rf"(?:\d{{1,2}}[/.-]){{0,2}}{_YEAR}(?:[-–](?:{_YEAR}|nay))?")
_ORDINAL = re.compile(r"\d{1,2}t?|[ivx]{1,4}|[-–]")
_REMARK = re.compile(r"\s*\([^()]*\)$")
_SPAN_OF_YEARS = re.compile(r"\s\d{1,2} năm$")
# "6 tháng/2020", "quý I/2020", "6T/2020".
_SLASH = re.compile(r"(?<=[^\W\d_])/(?=\d)")
_PERIOD_WORDS = frozenset("tính đến hết năm tháng ngày quý giai đoạn từ nhiệm kỳ đầu cuối trong nay".split())
ENUMERATED = re.compile(r"\d{1,2}[.)]\s+[^\W\d_]|\d+\s*[-/]\s*[A-ZĐ]{2}|\d{1,2}[-/]\d{1,2}[-/]\d{4}")
_LIST_ITEM = re.compile(r"^[ \t]*[-+•*–]?[^:\n]{1,80}:[ \t]*\d", re.MULTILINE)
Span = tuple[int, int]
"""The place of a cell in the key."""
Placed = tuple[int, int, Span, int, int]
"""Row, column, place in the key, row span and column span of a cell."""
GIANT = 400
"""How much of a cell is looked at."""


@cache
def table_words() -> dict[str, Any]:
    """Read the word lists of ``data/tables.toml``.

    Examples
    --------
    >>> "stt" in table_words()["ordinal_headers"]["whole"]
    True
    """
    return tomllib.loads(files("danvan_nlp.data").joinpath("tables.toml").read_text(encoding="utf-8"))


def is_period(text: str) -> bool:
    """Whether a cell is a year or another period, which names a row or a column.

    Examples
    --------
    >>> [is_period(t) for t in ("2015", "Đến 6-2020", "2015 đến nay", "6 tháng đầu năm/2021", "Quý I/2020", "1571")]
    [True, True, True, True, True, False]
    """
    if len(text) >= 60:
        return False
    tokens = _SLASH.sub(" ", _REMARK.sub("", fold(text))).strip(" .:*_").split()
    years = [token for token in tokens if _YEARS.fullmatch(token)]
    return bool(years) and all(t in _PERIOD_WORDS or _YEARS.fullmatch(t) or _ORDINAL.fullmatch(t) for t in tokens)


def is_total(text: str) -> bool:
    """Whether a cell names a row of totals.

    Examples
    --------
    >>> is_total("Tổng cộng:"), is_total("Cộng 05 năm (2016-2020)"), is_total("Tổng số vụ việc")
    (True, True, False)
    """
    if len(text) >= 60:
        return False
    name = _SPAN_OF_YEARS.sub("", _REMARK.sub("", fold(text).strip(" :.*_")))
    return name.strip(" :.*_()") in table_words()["totals"]["words"]


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure, or words that stand for one.

    Examples
    --------
    >>> [is_figure(t) for t in ("222 (92,89%)", "Không", "Đã giảm 10%", "921-QĐ/TU", "Số đoàn", "1. Kế hoạch")]
    [True, True, True, False, False, False]
    """
    head = fold(text[:GIANT])
    if head[:1].isdigit() or head[:2].lstrip("~<>≈+-–(")[:1].isdigit():
        return not ENUMERATED.match(text.strip())
    words = table_words()["text_figures"]
    bare = head.strip(" .:*_")
    return bare in words["whole"] or (bare.startswith(tuple(words["starts"])) and any(c.isdigit() for c in bare[:40]))


def holds_figure(text: str) -> bool:
    """Whether a cell holds a figure, alone or behind its name.

    Examples
    --------
    >>> [holds_figure(t) for t in ("- Cấp trưởng: 01", "Cấp tỉnh: 03; cấp huyện: 12", "Cấp trưởng")]
    [True, True, False]
    """
    return is_figure(text) or _LIST_ITEM.search(text[:GIANT]) is not None
