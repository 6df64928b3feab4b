"""Which year or stretch of years a figure belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danvan_nlp.language.key import fold, make_key
from danvan_nlp.structure.tables.cells import is_period, is_total
from danvan_nlp.types import Report

_YEAR = re.compile(r"(?<![\d.,/])(?:19[89]|20[0-4])\d(?![\d.,]\d)")
# In a label that is a period, the month may stand before it: "Đến tháng 6/2020".
_PERIOD_YEAR = re.compile(r"(?<![\d.,])(?:19[89]|20[0-4])\d(?!\d)")
_RANGE = re.compile(r"((?:19[89]|20[0-4])\d)\s*(?:[-–]|đến(?: năm)?)\s*((?:19[89]|20[0-4])\d)(?!\d)")
_LENGTH = re.compile(
    r"(?<![\d,.])0?(\d{1,2})\s+năm\s+(?:\([^)]{0,40}\)\s*)?(?:thực hiện|triển khai|qua|sơ kết|tổng kết)"
    r"|(?:sơ kết|tổng kết|kết quả)\s+0?(\d{1,2})\s+năm"
)
_DATED = re.compile(
    r"ngày\s*(?:\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*|\d{0,2}[\s.…]*tháng\s*\d{0,2}[\s.…]*năm\s*)((?:19|20)\d\d)"
)
_OF_YEAR = re.compile(r"(?:năm|quý [iv\d]+|tháng \d{1,2})\s*[-/]?\s*((?:19[89]|20[0-4])\d)")
_LAW = re.compile(r"(?:luật|hiến pháp|pháp lệnh|ngày \d{1,2} tháng \d{1,2})[^,;]{0,50}$")
_SINCE = re.compile(r"từ (?:năm )?((?:19[89]|20[0-4])\d)(?!\s*[-–]\s*\d)")
_TO_NOW = re.compile(r"((?:19[89]|20[0-4])\d)\s*(?:[-–]|đến)\s*(?:nay|hết|tháng|hiện nay)")
_PART = re.compile(r"(?<!\d)(?:0?[1-9]|1[01]) tháng|tháng (?:0?\d|10)(?!\d)|quý")
_FRONT = 6000
_TITLE = 400


def report_years(report: Report) -> tuple[int | None, int | None]:
    """First and last year that a report covers; both the same for a report on one year.

    The last year is the report's date, or that of the report which its appendix is attached to; the first follows from
    the stretch that the title names (a range of years, a number of years).
    """
    title = _title(report)
    dates = [report.header.date] if report.header.date else []
    text = fold(make_key(report.text[: 4 * _FRONT]).text[:_FRONT])
    attached = re.search(
        r"kèm theo (?:báo cáo|công văn|kế hoạch)[^\n]{0,80}?ngày[^\n]{0,40}?((?:19|20)\d\d)",
        fold(make_key(report.text[:400_000]).text),
    )
    end = int(dates[0][:4]) if dates else int(attached[1]) if attached else None
    if (span := _RANGE.search(title)) is not None and int(span[1]) < int(span[2]):
        first, last = int(span[1]), int(span[2])
        # A plan's term ("nhiệm kỳ 2020-2025") may outlast the report that names it.
        return first, min(last, end) if end and end > first else last
    if (length := _LENGTH.search(title)) is not None:
        years = int(length[1] or length[2])
        if end is None:
            end = max((int(y) for y in _YEAR.findall(text)), default=None)
        if end is not None and years > 1:
            return end - years, end
        if end is not None:
            return end, end
    named = [int(m[1]) for m in _OF_YEAR.finditer(title) if not _LAW.search(title[max(0, m.start() - 60) : m.start()])]
    # A report is written at the end of the year it tells of, or early in the next.
    near = [year for year in named if end is None or end - 1 <= year <= end]
    if near:
        return near[-1], near[-1]
    if (dated := _DATED.search(text)) is not None and end is None:
        end = int(dated[1])
    return (end, end) if end else (None, None)


def _title(report: Report) -> str:
    """The report's title and the titles of its appendices."""
    parts = [report.header.title or ""]
    for unit in report.units:
        words = make_key(report.text[unit.start : min(unit.end, unit.start + 4 * _TITLE)]).text[:_TITLE]
        folded = fold(words)
        title = words.isupper() or any(
            w in folded for w in ("số liệu", "phụ lục", "sơ kết", "tổng kết", "kết quả 0", "báo cáo")
        )
        if unit.role == "heading" and title:
            parts.append(folded)
    return fold(" ; ".join(parts[:12]))


def year_of(label: str, first: int | None, last: int | None) -> str | None:
    """The year that a label names: ``"2016"``, or a stretch such as ``"2015-2020"``; None where it names none.

    Parameters
    ----------
    label : str
        A row's or column's label.
    first, last : int or None
        What the report covers.

    Examples
    --------
    >>> [year_of(t, 2015, 2020) for t in ("Năm 2016", "Đến tháng 6/2020", "2015 đến nay", "Cộng", "Số vụ")]
    ['2016', '2020', '2015-2020', '2015-2020', None]
    >>> year_of("Vụ việc do Tổ công tác chỉ đạo từ năm 2019", 2015, 2020)
    '2019-2020'
    """
    text = fold(label[:400])
    if is_total(label):
        return stretch(first, last)
    if (span := _RANGE.search(text)) is not None and (is_period(label) or "giai đoạn" in text or len(text) < 40):
        return f"{span[1]}-{span[2]}"
    if (since := _TO_NOW.search(text) or _SINCE.search(text)) is not None:
        year = int(since[1])
        if last is not None and year < last:
            return f"{year}-{last}"
        return str(year) if last is None or year == last else None
    if re.search(r"(?:cộng|tổng|trong|của)?\s*0?\d{1,2} năm(?: qua)?\)?$", text) and len(text) < 30:
        return stretch(first, last)
    # A long label is a period by its end, while its year may stand beyond what is read here.
    years = _PERIOD_YEAR.findall(text) if is_period(label) else []
    return str(years[-1]) if years else None


def stretch(first: int | None, last: int | None) -> str | None:
    """The whole stretch that a report covers.

    Examples
    --------
    >>> stretch(2015, 2020), stretch(2021, 2021)
    ('2015-2020', '2021')
    """
    if last is None:
        return None
    return str(last) if first is None or first == last else f"{first}-{last}"


def is_part_of_year(label: str) -> bool:
    """Whether a label names a part of a year.

    Examples
    --------
    >>> [is_part_of_year(t) for t in ("8 tháng 2021", "Đến tháng 6-2020", "Đến tháng 12/2020", "Năm 2021")]
    [True, True, False, False]
    """
    return is_period(label) and _PART.search(fold(label)) is not None


def years_of(labels: Sequence[str]) -> list[int]:
    """The years that name rows or columns of a table.

    Examples
    --------
    >>> years_of(["2015", "Năm 2016", "Cộng"])
    [2015, 2016]
    """
    return [int(y) for label in labels if is_period(label) for y in _PERIOD_YEAR.findall(fold(label))]
