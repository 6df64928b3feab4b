"""Places: provinces before and after the mergers, names in letterheads, the scope of a symbol."""

import csv
from importlib.resources import files

import pytest

from danvan_nlp.linking.scope import Places, body_scope, report_places, scope_of
from danvan_nlp.localities import find_locality, provinces
from danvan_nlp.types import Header


def test_63_provinces_became_34() -> None:
    rows = provinces().values()
    old = [p for p in rows if p.slug != "hue"]
    assert len(old) == 63
    assert len({p.merged_into or p.slug for p in old}) == 34
    assert all(p.merged_into is None or p.merged_into in provinces() for p in rows)


@pytest.mark.parametrize(
    ("text", "slug", "level"),
    [
        ("TỈNH UỶ CAO BẰNG", "cao-bang", "cap_tinh"),
        ("ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN", "lang-son", "cap_tinh"),
        ("tỉnh Thừa Thiên Huế", "thua-thien-hue", "cap_tinh"),
        ("THÀNH ỦY HẢI PHÒNG", "hai-phong", "cap_tinh"),
        ("UBND thành phố Lạng Sơn", "thanh-pho-lang-son", "cap_huyen"),
        ("HUYỆN ỦY MỎ CÀY NAM\tĐẢNG CỘNG SẢN VIỆT NAM", "mo-cay-nam", "cap_huyen"),
        ("ĐẢNG ỦY XÃ LŨNG PHẢNG", "lung-phang", "cap_xa"),
        ("UBND phường 7", "phuong-7", "cap_xa"),
        ("Quận ủy quận 5", "quan-5", "cap_huyen"),
        ("Đắk Lắk, ngày 05 tháng 8 năm 2020", "dak-lak", "cap_tinh"),
        ("Bà Rịa – Vũng Tàu, ngày 5/8/2020", "ba-ria-vung-tau", "cap_tinh"),
        ("tỉnh Hồng Lạc đã ban hành", "hong-lac", "cap_tinh"),
    ],
)
def test_a_place_is_read_with_its_level(text: str, slug: str, level: str) -> None:
    place = find_locality(text)
    assert place is not None
    assert (place.slug, place.level) == (slug, level)


@pytest.mark.parametrize("text", ["", "BÁO CÁO", "các xã, phường, thị trấn", "Tỉnh ủy Ban hành", "xã hội chủ nghĩa"])
def test_no_place_is_read_where_none_is_named(text: str) -> None:
    assert find_locality(text) is None


def _bodies() -> list[dict[str, str]]:
    return list(csv.DictReader(files("danvan_nlp.data").joinpath("scopes.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", _bodies(), ids=lambda row: row["example"])
def test_the_example_of_each_body_falls_under_its_scope(row: dict[str, str]) -> None:
    found = body_scope(row["example"])
    assert found == row["scope"] or (row["scope"] == "itself" and found in row["body"].split("|"))


@pytest.mark.parametrize("symbol", ["KH/BDV-TW", "KH/BDVTƯ", "CV/T.Ư"])
def test_the_centre_is_told_however_it_is_spelt(symbol: str) -> None:
    assert scope_of(symbol, None, Places("cap_tinh", "cao-bang", "cao-bang"))[0] == "TW"


def test_a_circular_of_an_unlisted_ministry_is_that_ministry_s() -> None:
    assert body_scope("TT-BDLTN") == "BDLTN"


def test_the_province_of_a_district_is_read_from_its_letterhead_first() -> None:
    text = "TỈNH ỦY BẾN TRE\nHUYỆN ỦY MỎ CÀY NAM\nHuyện giáp tỉnh Trà Vinh, tỉnh Vĩnh Long."
    assert report_places(Header(admin_level="cap_huyen", locality="mo-cay-nam"), text).province == "ben-tre"


def test_a_report_that_names_no_place_has_none() -> None:
    assert report_places(Header(), "Công tác dân vận được quan tâm.") == Places(None, None, None)
