"""Whether the figures add up."""

from __future__ import annotations

from pathlib import Path

import pytest

from danvan_nlp.findings import wordings
from danvan_nlp.indicators import check, extract, quantities
from danvan_nlp.indicators.catalogue import bare
from danvan_nlp.types import Finding
from tests.indicators.reports import gold, report

_TITLE = "Sơ kết 05 năm thực hiện Kết luận số 114-KL/TW"


def _findings(*lines: str) -> list[Finding]:
    made = report(lines, title=_TITLE, date="2020-08-01", admin_level="cap_tinh")
    return check(made, extract(made), quantities(made))


def test_a_total_that_is_not_the_sum_of_its_years() -> None:
    (found,) = _findings("@3. Công tác kiểm tra", "Năm\tSố đoàn kiểm tra", "2016\t4", "2017\t5", "Cộng\t10")
    assert (found.kind, found.expected, found.found) == ("sum", "9", "10")
    assert "4 + 5" in found.message


def test_a_total_over_levels() -> None:
    (found,) = _findings(
        '@9. Điển hình "Dân vận khéo"', "Cấp\tTập thể", "Cấp tỉnh\t3", "Cấp huyện\t5", "Cấp xã\t8", "Toàn tỉnh\t17"
    )
    assert (found.kind, found.expected, found.found) == ("sum", "16", "17")


@pytest.mark.parametrize(
    ("cell", "kinds"),
    [("92 (92%)", []), ("92 (92,0%)", []), ("92 (91,9%)", ["percent"]), ("92 (29%)", ["percent"])],
)
def test_a_percentage_is_recomputed_at_the_decimals_it_prints(cell: str, kinds: list[str]) -> None:
    found = _findings("@7. Hòa giải ở cơ sở", "Số vụ việc hòa giải\tHòa giải thành", f"100\t{cell}")
    assert [f.kind for f in found] == kinds


def test_a_part_larger_than_its_whole() -> None:
    found = _findings(
        "@5.1. Đơn thư khiếu nại", "Đã tiếp nhận\tThuộc thẩm quyền\tĐã giải quyết\tTồn đọng", "200\t130\t234\t7"
    )
    assert [(f.kind, f.indicator, f.found) for f in found] == [("logic", "don_khieu_nai_da_giai_quyet", "234")]


def test_solved_and_pending_that_exceed_the_cases() -> None:
    (found,) = _findings(
        "@8. Vụ việc đông người, phức tạp, kéo dài",
        "Tổng số\tĐã giải quyết dứt điểm\tTồn đọng",
        "9\t9 (100%)\t9 (100%)",
    )
    assert (found.kind, found.expected, found.found) == ("logic", "9", "18")


def test_the_same_large_count_two_years_running() -> None:
    (found,) = _findings("@4.1. Cắt giảm thủ tục hành chính", "Năm\tSố TTHC được cắt giảm", "2016\t436", "2017\t436")
    assert (found.kind, found.indicator) == ("logic", "tthc_cat_giam")


def test_the_text_against_the_appendix() -> None:
    found = _findings(
        "~Đã tổ chức trên 75 cuộc đối thoại với nhân dân.",
        "@6. Tiếp công dân",
        "Chức danh\tSố cuộc đối thoại",
        "Chủ tịch UBND tỉnh\t32",
        "Chủ tịch UBND huyện\t154",
    )
    assert [(f.kind, f.expected, f.found) for f in found] == [("contradiction", "186", "trên 75 cuộc")]


def test_figures_that_add_up_give_no_finding() -> None:
    assert not _findings(
        "~Nhận được 120 đơn thư khiếu nại.",
        "@5.1. Đơn thư khiếu nại",
        "Đã tiếp nhận\tThuộc thẩm quyền\tĐã giải quyết\tTồn đọng",
        "120\t40\t38 (95%)\t2 (5%)",
    )


def test_the_inconsistencies_of_the_real_appendices_are_found(real_reports: Path) -> None:
    places: set[tuple[str, str | None, str]] = set()
    for name in ("caobang", "kontum_phuluc"):
        made = gold(real_reports, name)
        places |= {(f.kind, f.indicator, f.found or "") for f in check(made, extract(made), quantities(made))}
    expected = {
        ("percent", "don_khieu_nai_da_giai_quyet", "99,42%"),
        ("percent", "don_khieu_nai_ton_dong", "0,58%"),
        ("percent", "don_khieu_nai_ton_dong", "2,9%"),
        ("percent", "khoi_kien_giu_nguyen", "92,8%"),
        ("percent", "khoi_kien_huy", "7,2%"),
        ("percent", "dvc_muc_4", "33,15%"),
        ("percent", "hoa_giai_thanh", "85%"),
        ("percent", "tinh_gian_ty_le", "0,51%"),
        ("logic", "don_khieu_nai_da_giai_quyet", "234"),
        ("logic", "vu_phuc_tap_giai_quyet", "18"),
        ("logic", "tthc_cat_giam", "436"),
        ("logic", "tthc_cat_giam", "222"),
        ("logic", "van_ban_cong_van", "04-06-2015"),
        ("contradiction", "doi_thoai_so_cuoc", "trên 75 cuộc"),
        ("contradiction", "don_khieu_nai_da_giai_quyet", "trên 83%"),
        ("contradiction", "tiep_dan_dinh_ky", "1792 + 84"),
    }
    assert len(places & expected) >= 12
    assert len(places - expected) * 6 <= len(places)


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("~Có 30 đơn (gồm 12 đơn khiếu nại, 18 đơn tố cáo).", []),
        ("~Có 30 đơn (gồm 12 đơn khiếu nại, 17 đơn tố cáo).", ["sum"]),
        ("~Có 30 đơn (trong đó 12 đơn khiếu nại, 7 đơn tố cáo).", []),
        ("~Có 30 đơn (trong đó 22 đơn khiếu nại, 17 đơn tố cáo).", ["sum"]),
        ("~Biên giới dài 292,522 km (giáp nước bạn 154,222 km, phần còn lại 138,3 km).", []),
        ("~Cắt giảm trên 56,5% (981/1.737) thủ tục.", []),
        ("~Cắt giảm 65,5% (981/1.737) thủ tục.", ["percent"]),
    ],
)
def test_a_sentence_against_itself(sentence: str, kinds: list[str]) -> None:
    assert [f.kind for f in _findings(sentence)] == kinds


def test_a_rate_in_a_column_of_its_own_is_recomputed() -> None:
    found = _findings("@7. Hòa giải ở cơ sở", "Số vụ việc hòa giải\tHòa giải thành\tTỷ lệ (%)", "200\t150\t57,0")
    assert [(f.kind, f.expected, f.found) for f in found] == [("percent", "75,0%", "57,0%")]


def test_what_does_not_add_up_is_said_in_the_note() -> None:
    made = report(["@7. Hòa giải ở cơ sở", "Số vụ việc hòa giải\tHòa giải thành", "200\t150 (57%)"], date="2020-08-01")
    assert (extract(made)[1].note or "").startswith("PCT: ")


_BY_PLACE = [
    "@8. Vụ việc đông người, phức tạp, kéo dài",
    "Huyện, thành phố\tTổng số vụ việc\tĐã giải quyết dứt điểm\tTồn đọng",
    "Nà Sằm\t12\t10 (83,3%)\t2",
    "Huyện Bản Vược\t3\t3 (100%)\t0",
]


def test_each_row_of_a_table_of_places_is_checked() -> None:
    found = _findings(*_BY_PLACE, "TP. Đông Lĩnh\t7\t4 (61,1%)\t3", "Cộng\t22\t17 (77,3%)\t5")
    assert [(f.kind, f.expected, f.found) for f in found] == [("percent", "57,1%", "61,1%")]
    assert "TP. Đông Lĩnh" in found[0].message


def test_a_row_of_totals_is_the_sum_of_its_places() -> None:
    found = _findings(*_BY_PLACE, "TP. Đông Lĩnh\t7\t4 (57,1%)\t3", "Toàn tỉnh\t23\t17 (73,9%)\t5")
    assert [(f.kind, f.expected, f.found) for f in found] == [("sum", "22", "23"), ("sum", "23", "22")]
    assert "12 + 3 + 7 = 22" in found[0].message


def test_a_district_above_its_communes_is_no_total_of_both() -> None:
    assert not _findings(
        "@3. Kiểm tra",
        "Đơn vị\tSố đoàn kiểm tra",
        "Huyện Nà Sằm\t9",
        "Xã Bản Lầu\t4",
        "Xã Pò Hin\t5",
        "Toàn huyện\t9",
    )


def test_places_without_a_total_are_not_held_against_the_text() -> None:
    assert not _findings("~Toàn tỉnh đã thành lập 75 đoàn kiểm tra.", "@3. Kiểm tra", "Đơn vị\tSố đoàn kiểm tra",
                         "Huyện Nà Sằm\t9", "Huyện Bản Vược\t4")  # fmt: skip


@pytest.mark.parametrize("name", wordings()["told"])
def test_the_example_of_each_wording_tells_it(name: str) -> None:
    row = wordings()["told"][name]
    assert any(bare(words) in bare(row["example"]) for words in row["words"])
