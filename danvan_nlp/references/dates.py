"""Dates as a citation states them."""

from __future__ import annotations

import re
from calendar import monthrange

_DIGIT = "[0-9O]"
DATE = re.compile(
    r"\s*(?:ký\s*)?(?:(?:(?P<word>[Nn]g[àaả]y|NGÀY)\s*:?\s*)?"
    rf"(?P<d>{_DIGIT}{{1,2}})\s?(?P<sign>[/.\-–])\s?(?P<m>{_DIGIT}{{1,2}})\s?[/.\-–]\s?"
    rf"(?P<y>[12]{_DIGIT}{{3}}|{_DIGIT}{{2}}(?=[\s,;.)]|$))(?![\w/])"
    rf"|(?:[Nn]g[àaả]y|NGÀY)\s*(?P<d2>{_DIGIT}{{1,2}})\s*(?:tháng|THÁNG)\s*(?P<m2>{_DIGIT}{{1,2}})"
    rf",?\s*(?:năm|NĂM)\s*(?P<y2>{_DIGIT}{{4}})"
    rf"|(?:[Nn]g[àaả]y|NGÀY)\s*(?P<d3>{_DIGIT}{{1,2}})\s?[/.\-–]\s?(?P<m3>{_DIGIT}{{1,2}})(?![\w/.\-–]))"
)
YEAR = re.compile(r"\s*\(?(?:năm|NĂM)\s+(?P<y>(?:19|20)\d\d)\)?(?=\s*[,;.)]|\s+(?:của|và|về)\b)")
_MONTHS, _CENTURY = 12, 100


def iso_date(day: str, month: str, year: str) -> str | None:
    """ISO form of a date, None where there is no such day.

    Examples
    --------
    >>> iso_date("3", "6", "2013"), iso_date("31", "02", "2019"), iso_date("O1", "07", "16")
    ('2013-06-03', None, '2016-07-01')
    """
    d, m, y = (int(part.replace("O", "0")) for part in (day, month, year))
    if y < _CENTURY:
        y += 2000 if y < 50 else 1900
    if not 1 <= m <= _MONTHS or not 1 <= d <= monthrange(max(y, 1), m)[1]:
        return None
    return f"{y:04d}-{m:02d}-{d:02d}"


def read_date(text: str, at: int, limit: int) -> tuple[str | None, int] | None:
    """Read the date that stands at a place of the text.

    Returns
    -------
    tuple or None
        ISO date (None for an impossible one, or one without a year) and where it ends; None where no date stands here.

    Examples
    --------
    >>> read_date("ngày 14 tháng 7 năm 2015 của", 0, 40)
    ('2015-07-14', 24)
    >>> read_date("27-12-2018 của", 0, 14)
    ('2018-12-27', 10)
    """
    match = DATE.match(text, at, limit)
    if match is None:
        return None
    d, m, y = match.group("d", "m", "y")
    if d is None:
        d, m, y = match.group("d2", "m2", "y2")
    if d is None:
        return None, match.end()
    return iso_date(d, m, y), match.end()
