"""Report against report of the same place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import danvan_nlp
from danvan_nlp.indicators import across


def _document(doc_id: str, date: str, **facts: Any) -> dict[str, Any]:
    row = {
        "doc_id": doc_id,
        "locality": "kon-tum",
        "issuer": "TỈNH ỦY KON TUM",
        "title": "",
        "date": date,
        "place": None,
    }
    return {**row, "doc_type": "báo cáo", "number": "7", "symbol": "BC/TU", "recipients": [], **facts}


def _fact(doc_id: str, value: float, indicator: str = "so_doan_kiem_tra", **facts: Any) -> dict[str, Any]:
    row = {"doc_id": doc_id, "indicator": indicator, "level": "cap_tinh", "year": "2019", "value": value}
    return {**row, "label": "Số đoàn kiểm tra", "note": None, "about": None, "start": 3, "end": 5, **facts}


def _found(one: dict[str, Any], two: dict[str, Any], a: dict[str, Any], b: dict[str, Any]) -> list[dict[str, Any]]:
    return across([_document("a", **one), _document("b", **two)], [_fact("a", **a), _fact("b", **b)])


_DECEMBER, _LATER, _JUNE = {"date": "2019-12-05"}, {"date": "2020-07-20"}, {"date": "2019-06-20"}


def test_two_reports_on_a_year_that_is_over_contradict_each_other() -> None:
    (row,) = _found(_DECEMBER, _LATER, {"value": 4.0}, {"value": 6.0})
    assert (row["doc_id"], row["against"], row["expected"], row["found"]) == ("b", "a:3:5", "4", "6")
    assert "báo cáo số 7-BC/TU ngày 05-12-2019 ghi 4" in row["message"]


def test_six_months_that_hold_more_than_the_year_do() -> None:
    assert len(_found(_JUNE, _DECEMBER, {"value": 6.0}, {"value": 4.0})) == 1


@pytest.mark.parametrize(
    ("one", "two", "a", "b"),
    [
        (_JUNE, _DECEMBER, {"value": 2.0}, {"value": 4.0}),
        ({"date": "2019-12-05", "title": "6 tháng đầu năm 2019"}, _LATER, {"value": 2.0}, {"value": 4.0}),
        (_JUNE, _DECEMBER, {"value": 9.0, "indicator": "don_to_cao_ton_dong"},
         {"value": 4.0, "indicator": "don_to_cao_ton_dong"}),
        (_DECEMBER, _LATER, {"value": 4.0}, {"value": 4.0}),
        (_DECEMBER, _LATER, {"value": 4.0}, {"value": 6.0, "level": "cap_huyen"}),
        (_DECEMBER, _LATER, {"value": 4.0}, {"value": 6.0, "year": "2018"}),
        (_DECEMBER, _LATER, {"value": 4.0}, {"value": 6.0, "year": None}),
        (_DECEMBER, _LATER, {"value": 4.0, "about": "Huyện Sa Thầy"}, {"value": 6.0, "about": "Huyện Đắk Hà"}),
        (_DECEMBER, _LATER, {"value": 4.0}, {"value": 6.0, "note": "APPROXIMATE: trên"}),
        (_DECEMBER, _LATER, {"value": 93.0, "indicator": "chi_so_hai_long"},
         {"value": 92.86, "indicator": "chi_so_hai_long"}),
        (_DECEMBER, {**_LATER, "issuer": "SỞ NỘI VỤ TỈNH KON TUM"}, {"value": 4.0}, {"value": 6.0}),
        (_DECEMBER, {**_LATER, "locality": "gia-lai"}, {"value": 4.0}, {"value": 6.0}),
        (_DECEMBER, {"date": None}, {"value": 4.0}, {"value": 6.0}),
    ],
    ids=["grown", "half a year by the title", "a stock", "same", "other level", "other year", "no year", "other row",
         "in doubt", "rounded", "a department", "other place", "no date"],
)  # fmt: skip
def test_what_may_differ_is_no_finding(
    one: dict[str, Any], two: dict[str, Any], a: dict[str, Any], b: dict[str, Any]
) -> None:
    assert _found(one, two, a, b) == []


def test_districts_of_one_name_in_two_provinces_are_two_places() -> None:
    def district(doc_id: str, date: str, province: str) -> dict[str, Any]:
        issuer = {"locality": "chau-thanh", "issuer": "HUYỆN ỦY CHÂU THÀNH", "recipients": [f"Tỉnh ủy {province}"]}
        return _document(doc_id, date, **issuer)

    facts = [_fact("a", 4.0), _fact("b", 6.0)]
    dates = ("2019-12-05", "2020-07-20")
    assert not across([district("a", dates[0], "Bến Tre"), district("b", dates[1], "Long An")], facts)
    assert across([district("a", dates[0], "Bến Tre"), district("b", dates[1], "Bến Tre")], facts)


def test_a_report_that_contradicts_itself_is_not_held_against_another() -> None:
    facts = [_fact("a", 4.0), _fact("a", 5.0), _fact("b", 6.0)]
    assert across([_document("a", **_DECEMBER), _document("b", **_LATER)], facts) == []


REPORT = """TỈNH ỦY KON TUM
*
Số {number}-BC/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Kon Tum, ngày {day} tháng 12 năm {year}

BÁO CÁO
công tác dân vận năm {year}

I. KẾT QUẢ
Tỉnh ủy đã lãnh đạo thực hiện tốt công tác dân vận trên địa bàn tỉnh.

PHỤ LỤC
SỐ LIỆU CÔNG TÁC DÂN VẬN
3. Kiểm tra, giám sát
Năm\tSố đoàn kiểm tra\tSố cuộc kiểm tra
2018\t{before}\t9
2019\t{now}\t8
"""


def test_a_run_holds_its_reports_against_one_another(tmp_path: Path) -> None:
    one, two = tmp_path / "a.txt", tmp_path / "b.txt"
    one.write_text(REPORT.format(number=7, day="05", year=2018, before=5, now=""), encoding="utf-8")
    two.write_text(REPORT.format(number=9, day="06", year=2019, before=3, now=4), encoding="utf-8")
    run = danvan_nlp.run([one, two])
    (row,) = [f for f in run.rows["findings"] if f["kind"] == "contradiction"]
    texts = dict(zip((d["doc_id"] for d in run.rows["documents"]), (p.read_text(encoding="utf-8") for p in (one, two)),
                     strict=True))  # fmt: skip
    doc_id, start, end = row["against"].split(":")
    assert (texts[row["doc_id"]][row["start"] : row["end"]], texts[doc_id][int(start) : int(end)]) == ("3", "5")
    assert texts[doc_id] == one.read_text(encoding="utf-8")
