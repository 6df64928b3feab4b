"""Figures in sentences and footnotes."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from danvan_nlp.indicators import quantities
from danvan_nlp.language.key import fold
from tests.indicators.reports import CASES, report


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Dân số trên 53 vạn người.", [("trên 53 vạn người", 530_000.0, "người")]),
        ("Huy động hơn 25 tỉ đồng làm đường.", [("hơn 25 tỉ đồng", 25e9, "đồng")]),
        ("Thu nhập đạt 46,57 triệu đồng.", [("46,57 triệu đồng", 46_570_000.0, "đồng")]),
        ("Mở gần 300 lượt tuyên truyền.", [("gần 300 lượt", 300.0, "lượt")]),
        ("Năm 2017 xếp 45/63 tỉnh.", [("xếp 45/63", 45.0, "hạng")]),
        ("Tỷ lệ giải quyết đạt trên 83%.", [("trên 83%", 83.0, "%")]),
        ("Tiếp 2.563 lượt/2.964 người.", [("2.563 lượt", 2563.0, "lượt"), ("2.964 người", 2964.0, "người")]),
        ("Cắt giảm từ 20% - 30% thời gian.", [("20% - 30%", None, "%")]),
    ],
)
def test_a_quantity_has_its_value_and_unit(sentence: str, expected: list[tuple[str, float | None, str]]) -> None:
    assert [(q.raw, q.value, q.unit) for q in quantities(report(["~" + sentence]))] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Nghị quyết số 25-NQ/TW, ngày 03/6/2013 về công tác dân vận.",
        "Nghị định số 04/2015/NĐ-CP của Chính phủ và Quyết định 290-QĐ/TW.",
        "2.1. Kết quả giai đoạn 2016 - 2021 theo điểm a khoản 2 Điều 6.",
        "Sơ kết 05 năm thực hiện; dịch vụ công mức độ 3, 4.",
    ],
)
def test_numbers_of_documents_dates_and_places_in_a_series_are_no_quantities(sentence: str) -> None:
    assert quantities(report(["~" + sentence])) == []


def test_period_place_and_what_is_counted() -> None:
    (found,) = quantities(report(["~Từ năm 2015 đến nay, huyện Nà Sằm hỗ trợ hơn 200 hộ nghèo xóa nhà tạm."]))
    assert (found.period, found.place, found.counted) == (
        "Từ năm 2015 đến nay",
        "huyện Nà Sằm",
        "hộ nghèo xóa nhà tạm",
    )


def test_the_year_of_a_law_is_no_period() -> None:
    (found,) = quantities(report(["~Theo Hiến pháp năm 2013, đã rà soát 92 văn bản."]))
    assert found.period is None


def test_a_figure_that_the_appendix_has_too_carries_its_indicator() -> None:
    found = quantities(
        report(["~Nhận được 120 đơn thư khiếu nại và 31 đơn thư tố cáo, tổ chức 12 cuộc đối thoại với nhân dân."])
    )
    assert [q.indicator for q in found] == ["don_khieu_nai_tiep_nhan", "don_to_cao_tiep_nhan", "doi_thoai_so_cuoc"]


def test_complaints_and_denunciations_together_are_neither() -> None:
    (found,) = quantities(report(["~Đã tiếp nhận 1.438 đơn khiếu nại, tố cáo của công dân."]))
    assert found.indicator is None


def test_footnotes_are_read_and_tables_are_not() -> None:
    made = report(["~Có 12 xã.", "Năm\tSố đoàn", "2015\t14"])
    assert [q.raw for q in quantities(made)] == ["12 xã"]


_JUDGED = json.loads((CASES / "prose" / "quantities.json").read_text(encoding="utf-8"))


def _alike(wanted: str | None, found: str | None) -> bool:
    """Whether what is counted is the same, however much of its words is given."""
    one, two = fold(wanted or ""), fold(found or "")
    return bool(two) and (one in two or two in one)


def test_quantities_of_annotated_sentences_are_found_with_what_they_say() -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for case in _JUDGED:
        found = quantities(report(["~" + case["text"]]))
        total["found"] += len(found)
        at = 0
        for wanted in case["quantities"]:
            start = case["text"].index(wanted["raw"], at)
            at = start + len(wanted["raw"])
            total["wanted"] += 1
            mate = next((q for q in found if q.start < at and start < q.end), None)
            if mate is None:
                continue
            found.remove(mate)
            right["found"] += 1
            for name in ("value", "unit", "period", "place"):
                # An annotation without a unit, period or place leaves it to the sentence.
                if wanted[name] is not None or name == "value":
                    total[name] += 1
                    right[name] += getattr(mate, name) == wanted[name]
            if wanted["counted"]:
                total["counted"] += 1
                right["counted"] += _alike(wanted["counted"], mate.counted)
    assert total["wanted"] > 150
    assert right["found"] / total["wanted"] >= 0.98
    assert right["found"] / total["found"] >= 0.98
    assert {
        name: right[name] / total[name] for name in total if right[name] < 0.96 * total[name] and name in right
    } == {}
