"""Indicators by place and year, in the provinces of the report and in those of today."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

import danvan_nlp
from danvan_nlp.errors import UsageError
from danvan_nlp.indicators.pivot import IndicatorFrame
from tests.indicators.test_across import REPORT


def _report(doc_id: str, locality: str | None, date: str = "2019-12-05", **facts: Any) -> dict[str, Any]:
    row = {"doc_id": doc_id, "locality": locality, "date": date, "issuer": None, "place": None, "title": None}
    return {**row, "recipients": [], **facts}


def _fact(doc_id: str, value: float | None, indicator: str = "hoa_giai_tong", **facts: Any) -> dict[str, Any]:
    row = {"doc_id": doc_id, "indicator": indicator, "level": None, "year": "2019", "value": value}
    return {**row, "unit": "vụ việc", "about": None, **facts}


def _frame(reports: list[dict[str, Any]], facts: list[dict[str, Any]]) -> IndicatorFrame:
    frame = IndicatorFrame(facts)
    frame.documents = tuple(reports)
    return frame


_BOTH = [_report("a", "kon-tum"), _report("b", "quang-ngai"), _report("c", "cao-bang")]


def _cells(frame: Any) -> dict[str, dict[str, float | None]]:
    flat = frame.droplevel(["indicator", "level"])
    return {y: {k: None if math.isnan(v) else v for k, v in column.items()} for y, column in flat.to_dict().items()}


def test_each_place_is_a_row_and_each_year_a_column() -> None:
    facts = [_fact("a", 41.0), _fact("a", 70.0, year="2015-2020"), _fact("c", 3.0, year="2018"), _fact("b", None)]
    made = _frame(_BOTH, facts).pivot("hoa_giai_tong")
    assert list(made.columns) == ["2018", "2019", "2015-2020"]
    assert _cells(made)["2019"] == {"Kon Tum": 41.0, "Cao Bằng": None}


def test_levels_and_indicators_are_never_put_together() -> None:
    facts = [_fact("a", 1.0, level="cap_tinh"), _fact("a", 2.0, level="cap_xa"), _fact("a", 3.0, "hoa_giai_thanh")]
    frame = _frame(_BOTH, facts)
    assert list(frame.pivot().index) == [
        ("hoa_giai_thanh", "", "Kon Tum"),
        ("hoa_giai_tong", "cap_tinh", "Kon Tum"),
        ("hoa_giai_tong", "cap_xa", "Kon Tum"),
    ]
    assert list(frame.pivot(level="cap_xa").index) == [("hoa_giai_tong", "cap_xa", "Kon Tum")]


def test_counts_of_merged_provinces_are_summed_for_today() -> None:
    made = _frame(_BOTH, [_fact("a", 41.0), _fact("b", 60.0), _fact("c", 3.0)]).pivot(places="today")
    assert _cells(made) == {"2019": {"Cao Bằng": 3.0, "Quảng Ngãi": 101.0}}
    assert made.attrs["notes"] == ["Quảng Ngãi, hoa_giai_tong, 2019: cộng số của Kon Tum, Quảng Ngãi"]


def test_a_province_of_today_that_is_not_there_in_full_is_left_empty_and_told() -> None:
    made = _frame(_BOTH, [_fact("a", 41.0)]).pivot(places="today")
    assert _cells(made) == {"2019": {"Quảng Ngãi": None}}
    assert "chỉ có Kon Tum, thiếu Quảng Ngãi" in made.attrs["notes"][0]


@pytest.mark.parametrize("indicator", ["mot_cua_ty_le", "trung_tam_hcc_co"])
def test_rates_and_yes_or_no_are_not_summed(indicator: str) -> None:
    facts = [_fact("a", 1.0, indicator), _fact("b", 1.0, indicator), _fact("c", 1.0, indicator)]
    made = _frame(_BOTH, facts).pivot(places="today")
    assert _cells(made) == {"2019": {"Cao Bằng": 1.0, "Quảng Ngãi": None}}
    assert "không cộng được" in made.attrs["notes"][0]


def test_of_two_reports_the_latest_counts_and_one_that_contradicts_itself_does_not() -> None:
    reports = [_report("a", "kon-tum"), _report("b", "kon-tum", "2020-07-01"), _report("c", "cao-bang")]
    facts = [_fact("a", 41.0), _fact("b", 43.0), _fact("c", 3.0), _fact("c", 4.0)]
    made = _frame(reports, facts).pivot()
    assert _cells(made) == {"2019": {"Kon Tum": 43.0, "Cao Bằng": None}}
    assert len(made.attrs["notes"]) == 2


def test_districts_and_rows_of_tables_stand_under_their_own_name_with_their_province() -> None:
    reports = [_report("a", "kon-tum"), _report("b", "sa-thay", issuer="HUYỆN ỦY SA THẦY"), _report("c", None)]
    facts = [_fact("a", 1.0, about="Huyện Đắk Hà"), _fact("b", 2.0), _fact("c", 3.0)]
    made = _frame(reports, facts).pivot(places="today")
    assert _cells(made) == {"2019": {"Sa Thầy, Kon Tum": 2.0, "c": 3.0, "Đắk Hà, Kon Tum": 1.0}}
    assert "giữ như trong báo cáo" in made.attrs["notes"][-1]


def test_units_that_differ_are_told() -> None:
    facts = [_fact("a", 1.0, unit="cuộc"), _fact("c", 2.0, unit="lượt người")]
    assert "đơn vị tính khác nhau (cuộc; lượt người)" in _frame(_BOTH, facts).pivot().attrs["notes"][0]


def test_a_figure_without_a_year_stands_under_its_reports() -> None:
    assert list(_frame(_BOTH, [_fact("a", 1.0, "chuc_danh_khac", year=None)]).pivot().columns) == ["2019"]


def test_an_indicator_that_nobody_states_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="hoa_giai_tong"):
        _frame(_BOTH, [_fact("a", 1.0)]).pivot("hoa_giai")


def test_rows_of_no_run_are_a_usage_error() -> None:
    with pytest.raises(UsageError, match="the indicators of a run"):
        IndicatorFrame([_fact("a", 1.0)]).pivot()


def test_the_frame_of_a_run_pivots_also_when_it_is_filtered(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT.format(number=7, day="05", year=2019, before=3, now=4), encoding="utf-8")
    frame = danvan_nlp.run([path]).indicators
    assert _cells(frame.pivot("so_doan_kiem_tra")) == {"2018": {"Kon Tum": 3.0}, "2019": {"Kon Tum": 4.0}}
    assert _cells(frame[frame["year"] == "2019"].pivot("so_doan_kiem_tra")) == {"2019": {"Kon Tum": 4.0}}
    assert frame.pivot(columns="year", index="indicator", values="value").shape == (2, 2)
    assert frame.iloc[:0].pivot().empty
