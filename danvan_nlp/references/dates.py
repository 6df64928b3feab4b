"""Dates as a citation states them."""

from __future__ import annotations

import re
from datetime import date

_DIGIT = "[0-9O]"
DATE = (
    r"\s*(?:ký\s*)?(?:(?:(?P<word>[Nn]g[àaả]y|NGÀY)\s*:?\s*)?"
    rf"(?P<d>{_DIGIT}{{1,2}})\s?(?P<sign>[/.\-–])\s?(?P<m>{_DIGIT}{{1,2}})\s?[/.\-–]\s?"
    rf"(?P<y>[12]{_DIGIT}{{3}}|{_DIGIT}{{2}}(?=[\s,;.)]|$))(?![\w/])"
    rf"|(?:[Nn]g[àaả]y|NGÀY)\s*(?P<d2>{_DIGIT}{{1,2}})\s*(?:tháng|THÁNG)\s*(?P<m2>{_DIGIT}{{1,2}})"
    rf",?\s*(?:năm|NĂM)\s*(?P<y2>{_DIGIT}{{4}})"
    rf"|(?:[Nn]g[àaả]y|NGÀY)\s*(?P<d3>{_DIGIT}{{1,2}})\s?[/.\-–]\s?(?P<m3>{_DIGIT}{{1,2}})(?![\w/.\-–]))"
)
_DATE = re.compile(DATE)
_MONTHS = 12
_STOPS = re.compile(r"[.;:]")
# A date that opens a clause; after it, the clause goes on without a stop.
_OPENING = re.compile(
    r"(?:(?P<day>Ngày|NGÀY|(?:[Vv]ào|và|[;,])\s+ngày)\s+\d|(?:Tháng|(?:[Vv]ào|và|[;,])\s+tháng)\s+(?P<m>\d{1,2})(?:\s?[/.\-–]\s?|\s*,?\s*năm\s+)"
    r"(?P<y>(?:19|20)\d\d)(?!\d)|(?:N|(?:[Tt]rong|và|[;,])\s+n)ăm\s+(?P<year>(?:19|20)\d\d)(?!\d|\s?[-–]))"
)


def iso_date(day: str, month: str, year: str) -> str | None:
    """ISO form of a date, None where there is no such day.

    Examples
    --------
    >>> iso_date("3", "6", "2013"), iso_date("31", "02", "2019"), iso_date("O1", "07", "16")
    ('2013-06-03', None, '2016-07-01')
    """
    century = "" if len(year) > len("16") else "20" if year < "50" or year[0] == "O" else "19"
    written = f"{century}{year}-{month:0>2}-{day:0>2}".replace("O", "0")
    try:
        date.fromisoformat(written)
    except ValueError:
        return None
    return written


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
    match = _DATE.match(text, at, limit)
    return (date_of(match), match.end()) if match else None


def date_of(match: re.Match[str]) -> str | None:
    """The date that a match of `DATE` states, None for an impossible one, or one without a year."""
    if match["y"]:
        return iso_date(match["d"], match["m"], match["y"])
    return iso_date(match["d2"], match["m2"], match["y2"]) if match["y2"] else None


def read_opening(text: str, start: int, end: int) -> str | None:
    """The date, month or year that opens the clause whose verb stands at the end.

    Examples
    --------
    >>> texts = "Ngày 09/10/2015, Huyện ủy", "Tháng 8-2010, Tỉnh ủy", "Năm 2016, UBND huyện", "Đến năm 2016, UBND huyện"
    >>> [read_opening(text, 0, len(text)) for text in texts]
    ['2015-10-09', '2010-08', '2016', None]
    """
    for match in _OPENING.finditer(text, start, end):
        if match["year"]:
            found = match["year"], match.end("year")
        elif match["m"]:
            found = f"{match['y']}-{int(match['m']):02}" if 0 < int(match["m"]) <= _MONTHS else None, match.end("y")
        else:
            found = read_date(text, match.end("day") - len("ngày"), end) or (None, end)
        if found[0] and not _STOPS.search(text, found[1], end):
            return found[0]
    return None
