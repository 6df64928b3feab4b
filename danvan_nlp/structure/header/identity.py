"""The number, symbol and date that a report gives itself."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from danvan_nlp.language.letters import UPPER

NUMBER = re.compile(
    r"(?i:\bs[ốỗổồộôóo])[\s:.…_]*+(\d{1,5}[a-z]?)?[\s.…_]*+(?:/(\d{4}))?\s*+([-/])\s*([A-ZĐ][\wĐđ]*(?:\s?[-/&]\s?[A-ZĐ][\wĐđ]*)*)"
)
# "Kon Tum, ngày 11 tháng 11 năm 2020"; in figures ("11-11-2020") only behind a place, for stamps carry dates too.
DATE = re.compile(
    r"(?:([" + UPPER + r"][^,\n\t]{1,40}),\s*)?ngày\s*(\d{1,2})\s*(tháng|[-/.])\s*(\d{1,2})\s*(?:năm|[-/.])\s*(\d{4})",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"kèm theo\s+(?:báo cáo|kế hoạch|công văn|tờ trình)\s+số\s*[:.]?\s*(\d{1,5}[a-z]?)\s*([-/])\s*"
    r"([A-ZĐ][\wĐđ]*(?:[-/&][A-ZĐ][\wĐđ]*)*)"
    r"(?:,?\s*ngày\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}))?",
    re.IGNORECASE,
)


def identity(front: Sequence[str], closing: Sequence[str]) -> tuple[str | None, str | None, str | None]:
    """Number, symbol and date of the report: from its number line, or from the note that its appendix carries."""
    number = symbol = date = None
    for text in front:
        if _ATTACHED.search(text):
            continue
        found = NUMBER.search(text)
        if found and symbol is None:
            number = found[1].lstrip("0") if found[1] else None
            symbol = _standard_symbol(found[3], found[4])
        dated = DATE.search(NUMBER.sub("\t", text))
        if dated and date is None and (dated[1] or dated[3].lower() == "tháng"):
            date = _iso(dated[2], dated[4], dated[5])
    for text in (*front, *closing):
        note = _ATTACHED.search(text)
        if note and number is None:
            number, symbol = note[1].lstrip("0"), _standard_symbol(note[2], note[3])
            date = date or (_iso(note[4], note[5], note[6]) if note[4] else None)
    return number, symbol, date


def _standard_symbol(separator: str, symbol: str) -> str:
    """``BC/TU`` for the Party's 16-BC/TU, ``BC-UBND`` for the State's 16/BC-UBND."""
    symbol = re.sub(r"\s", "", symbol)
    return symbol if separator == "-" and "/" in symbol else symbol.replace("/", "-") if separator == "/" else symbol


def _iso(day: str, month: str, year: str) -> str | None:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
