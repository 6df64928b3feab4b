"""Which years a report, a table or a figure covers: the example of each list of words."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from danvan_nlp.indicators.appendix.periods import report_years, stretch, year_of, year_of_heading
from danvan_nlp.types import Header, Report, Source, Unit

_LISTS = tomllib.loads(files("danvan_nlp.data").joinpath("periods.toml").read_text(encoding="utf-8"))
_OF_REPORTS = ("length", "of_year", "not_of_year", "attached", "titles")


@pytest.mark.parametrize("name", [name for name in _LISTS if name not in _OF_REPORTS])
def test_a_label_names_its_years(name: str) -> None:
    assert year_of(_LISTS[name]["example"], 2015, 2020) == _LISTS[name]["gives"]


@pytest.mark.parametrize("name", _OF_REPORTS)
def test_a_report_covers_the_years_of_its_title_and_appendices(name: str) -> None:
    text = _LISTS[name]["example"]
    units = (Unit(start=0, end=len(text), role="sentence" if name == "attached" else "heading"),)
    titled = Header() if name in ("attached", "titles") else Header(title=text, date="2020-11-30")
    assert stretch(*report_years(Report(Source(text, "txt", ""), titled, (), units))) == _LISTS[name]["gives"]


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("Chỉ số hài lòng của người dân năm 2018", "2018"),
        ("Giữ nguyên biên chế giao năm 2015", None),
        ("Tỷ lệ giảm so với năm 2015", None),
        ("Số đơn thuộc Luật Khiếu nại năm 2011", None),
        ("Cùng kỳ năm 2018", "2018"),
        ("Cùng kỳ", "2019"),
    ],
)
def test_the_year_that_a_label_ends_with_is_its_own_unless_it_is_that_of_something_else(
    label: str, year: str | None
) -> None:
    assert year_of(label, 2015, 2020) == year


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("KẾT QUẢ HÒA GIẢI CẤP XÃ (CÁC PHƯỜNG) NĂM 2019", "2019"),
        ("KẾT QUẢ HÒA GIẢI NĂM 2019 (Đính kèm Báo cáo số 27-BC/QU, ngày 16/11/2020)", "2019"),
        ("9. Số điển hình (năm 2016 đến nay)", "2016-2020"),
        ("4.2. Tinh giản biên chế (so với năm 2015)", None),
        ("6. Thực hiện Luật Tiếp công dân năm 2013", None),
        ("Nhiệm vụ từ năm 2020", None),
    ],
)
def test_a_heading_gives_the_tables_below_it_their_year(heading: str, year: str | None) -> None:
    assert year_of_heading(heading, 2015, 2020) == year
