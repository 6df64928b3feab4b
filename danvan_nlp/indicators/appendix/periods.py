"""Which year or stretch of years a figure belongs to."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from danvan_nlp.language.key import fold, make_key
from danvan_nlp.structure.tables.cells import is_period, is_total
from danvan_nlp.types import Report

_Y = r"(?:19[89]|20[0-4])\d"
_YEAR = re.compile(rf"(?<![\d.,/]){_Y}(?![\d.,]\d)")
# In a label that is a period, the month may stand before it: "Đến tháng 6/2020".
_PERIOD_YEAR = re.compile(rf"(?<![\d.,]){_Y}(?!\d)")
_DATED = re.compile(
    r"ngày\s*(?:\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*|\d{0,2}[\s.…]*tháng\s*\d{0,2}[\s.…]*năm\s*)((?:19|20)\d\d)"
)
_REMARK = re.compile(r"\(([^()]{4,40})\)\W*$")
_REMARKS = re.compile(r"\([^()]*\)\W*$")
_LAST_WORDS = re.compile(rf"(?<!từ )(?<!đến )(?<!hết )(?<!trước )(?<!với )năm ({_Y})\W*$")
_CAPTION_MARK = re.compile(r"^[\s*_#]*(?:(?:\d{1,2}\.)+\d{0,2}|\d{1,2}\)|[IVX]{1,5}[.)]|[a-zđ][.)]|[-+])\s+")
_OF_YEAR = re.compile(r"(?<!luật )(?:trong|của|số liệu|kết quả|,|\()\s*năm ((?:19|20)\d\d)")
_FRONT = 6000
_TITLE = 400


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("danvan_nlp.data").joinpath("periods.toml").read_text(encoding="utf-8"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The pattern that one list of ``data/periods.toml`` makes."""
    lists = _words()[name]
    before, words, after = ("|".join(sorted(lists.get(k, ()), reverse=True)) for k in ("before", "words", "after"))
    return re.compile(
        {
            "length": rf"(?<![\d,.])0?(\d{{1,2}})\s+năm\s+(?:\([^)]{{0,40}}\)\s*)?(?:{after})"
            rf"|(?:{before})\s+0?(\d{{1,2}})\s+năm",
            "range": rf"({_Y})\s*(?:[-–]|{words})\s*({_Y})(?!\d)",
            "since": rf"(?<!\w)(?:{words}) ({_Y})(?!\s*[-–]\s*\d)",
            "until_now": rf"({_Y})\s*(?:[-–]|đến)\s*(?:{words})",
            "whole": rf"(?:^|{words})\s*0?\d{{1,2}} năm(?: qua)?\)?$",
            "of_year": rf"(?:{words}|tháng \d{{1,2}})\s*[-/]?\s*({_Y})",
            "not_of_year": rf"(?:{words}|ngày \d{{1,2}} tháng \d{{1,2}})[^,;]{{0,50}}$",
            "part": rf"(?<!\d)(?:0?[1-9]|1[01]) tháng|tháng (?:0?\d|10)(?!\d)|{words}",
            "attached": rf"(?:{words})[^\n]{{0,80}}?ngày[^\n]{{0,40}}?((?:19|20)\d\d)",
            "titles": words,
            "year_before": rf"(?:{words})(?!\w)",
        }[name]
    )


def report_years(report: Report) -> tuple[int | None, int | None]:
    """First and last year that a report covers; both the same for a report on one year.

    The last year is the report's date, or that of the report which its appendix is attached to; the first follows from
    the stretch that the title names (a range of years, a number of years).
    """
    title = _title(report)
    dates = [report.header.date] if report.header.date else []
    text = fold(make_key(report.text[: 4 * _FRONT]).text[:_FRONT])
    attached = _pattern("attached").search(fold(make_key(report.text[:400_000]).text))
    end = int(dates[0][:4]) if dates else int(attached[1]) if attached else None
    if (span := _pattern("range").search(title)) is not None and int(span[1]) < int(span[2]):
        first, last = int(span[1]), int(span[2])
        # A plan's term ("nhiệm kỳ 2020-2025") may outlast the report that names it.
        return first, min(last, end) if end and end > first else last
    if (length := _pattern("length").search(title)) is not None:
        years = int(length[1] or length[2])
        if end is None:
            end = max((int(y) for y in _YEAR.findall(text)), default=None)
        if end is not None and years > 1:
            return end - years, end
        if end is not None:
            return end, end
    law = _pattern("not_of_year")
    found = _pattern("of_year").finditer(title)
    named = [int(m[1]) for m in found if not law.search(title[max(0, m.start() - 60) : m.start()])]
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
        if unit.role == "heading" and (words.isupper() or _pattern("titles").search(folded)):
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
    >>> [year_of(t, 2024, 2024) for t in ("Kỳ này (6 tháng đầu năm 2024)", "Cùng kỳ (6 tháng đầu năm 2023)", "Cùng kỳ")]
    ['2024', '2023', '2023']
    """
    text = fold(label[:400])
    if is_total(label):
        return stretch(first, last)
    if (span := _pattern("range").search(text)) is not None and (
        is_period(label) or "giai đoạn" in text or len(text) < 40
    ):
        return f"{span[1]}-{span[2]}"
    if (since := _pattern("until_now").search(text) or _pattern("since").search(text)) is not None:
        year = int(since[1])
        if last is not None and year < last:
            return f"{year}-{last}"
        return str(year) if last is None or year == last else None
    if _pattern("whole").search(text) and len(text) < 30:
        return stretch(first, last)
    # A long label is a period by its end, while its year may stand beyond what is read here.
    if years := _PERIOD_YEAR.findall(fold(_period_in(label))):
        return str(years[-1])
    if _pattern("year_before").match(text) and last is not None:
        return next(iter(_PERIOD_YEAR.findall(text)), str(last - 1))
    return _last_words(text)


def year_of_heading(heading: str, first: int | None, last: int | None) -> str | None:
    """The year that a heading gives the tables below it; None where it gives none.

    Parameters
    ----------
    heading : str
        The heading.
    first, last : int or None
        What the report covers.

    Examples
    --------
    >>> headings = ("3.1. Năm 2018", "HÒA GIẢI NĂM 2019 (Kèm theo Báo cáo)", "Luật năm 2016", "Từ năm 2019")
    >>> [year_of_heading(heading, 2015, 2020) for heading in headings]
    ['2018', '2019', None, '2019-2020']
    """
    # One table for each year: "Năm 2018", "3.1. Năm 2018".
    caption = _CAPTION_MARK.sub("", heading)
    if is_period(caption):
        return year_of(caption, first, last)
    text = fold(caption)
    from_on = _pattern("until_now").search(text) or _pattern("since").search(text)
    if from_on is not None and last is not None and (first or 0) <= int(from_on[1]) < last:
        return f"{from_on[1]}-{last}"
    if (year := _last_words(_REMARKS.sub("", text))) is not None and (first or 0) <= int(year) <= (last or 9999):
        return year
    named = _OF_YEAR.findall(text)
    return str(named[0]) if len(named) == 1 else None


def _last_words(text: str) -> str | None:
    """The year that a label or heading ends with: ``Chỉ số hài lòng năm 2019``."""
    found = _LAST_WORDS.search(text)
    if found is None or _pattern("not_of_year").search(text[max(0, found.start() - 60) : found.start()]):
        return None
    return found[1]


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
    >>> is_part_of_year("Kỳ này (6 tháng đầu năm 2024)")
    True
    """
    return _pattern("part").search(fold(_period_in(label))) is not None


def _period_in(label: str) -> str:
    """The part of a label that is a period: all of it, the remark at its end, or nothing."""
    remark = _REMARK.search(label)
    return label if is_period(label) else remark[1] if remark and is_period(remark[1]) else ""


def years_of(labels: Sequence[str]) -> list[int]:
    """The years that name rows or columns of a table.

    Examples
    --------
    >>> years_of(["2015", "Năm 2016", "Cộng"])
    [2015, 2016]
    """
    return [int(y) for label in labels if is_period(label) for y in _PERIOD_YEAR.findall(fold(label))]
