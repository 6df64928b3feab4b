"""Places: provinces before and after the mergers, names in letterheads, the scope of a symbol."""

import csv
from importlib.resources import files

import pytest

from danvan_nlp import linking, references, structure
from danvan_nlp.linking.places import Places, report_places
from danvan_nlp.linking.scope import body_scope, scope_of
from danvan_nlp.localities import districts, find_locality, provinces
from danvan_nlp.types import Header, Source


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
        ("UBND huyện Văn Quan", "van-quan", "cap_huyen"),
        ("Thành ủy thành phố Hội An", "hoi-an", "cap_huyen"),
        ("HUYỆN ỦY CƯ M'GAR", "cu-m-gar", "cap_huyen"),
        ("HUYỆN ỦY VĂN LÂM VĂN PHÒNG", "van-lam", "cap_huyen"),
        ("Đảng ủy xã Tân Hội", "tan-hoi", "cap_xa"),
    ],
)
def test_a_place_is_read_with_its_level(text: str, slug: str, level: str) -> None:
    place = find_locality(text)
    assert place is not None
    assert (place.slug, place.level) == (slug, level)


@pytest.mark.parametrize(
    "text", ["", "BÁO CÁO", "các xã, phường, thị trấn", "Tỉnh ủy Ban hành", "XÃ HỘI CHỦ NGHĨA", "Xã Hội"]
)
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


def test_every_district_lies_in_a_province() -> None:
    rows = {(d.name, d.province): d for some in districts().values() for d in some}.values()
    assert {d.province for d in rows} == set(provinces())
    assert {kind for d in rows for kind in d.kinds} == {"huyện", "quận", "thị xã", "thành phố"}
    assert len(rows) > 700


@pytest.mark.parametrize(
    ("header", "text", "province"),
    [
        (Header(admin_level="cap_huyen", locality="mo-cay-nam"), "Huyện ủy báo cáo kết quả.", "ben-tre"),
        (Header(admin_level="cap_huyen", locality="mo-cay-nam"), "Đi học tập tại tỉnh Trà Vinh.", "ben-tre"),
        (Header(admin_level="cap_huyen", locality="chau-thanh"), "Huyện ủy Châu Thành báo cáo.", None),
        (Header(admin_level="cap_huyen", locality="chau-thanh"), "TỈNH ỦY LONG AN\nHUYỆN ỦY CHÂU THÀNH", "long-an"),
        (Header(admin_level="cap_huyen", locality="chau-thanh"), "Nhân dân Tiền Giang thi đua.", "tien-giang"),
        (Header(admin_level="cap_huyen", locality="son-tay", issuer="Thị ủy Sơn Tây"), "Thị ủy báo cáo.", "ha-noi"),
        (Header(admin_level="cap_huyen", locality="son-tay", issuer="Huyện ủy Sơn Tây"), "", "quang-ngai"),
        (Header(admin_level="cap_huyen", locality="quan-8", issuer="Quận ủy Quận 8"), "", "ho-chi-minh"),
        (Header(admin_level="cap_huyen", locality="thanh-tri"), "Huyện ủy Thạnh Trị báo cáo.", "soc-trang"),
        (Header(admin_level="cap_huyen", locality="phan-rang"), "Thành ủy báo cáo.", "ninh-thuan"),
        (Header(admin_level="cap_xa", locality="an-dinh"), "HUYỆN ỦY MỎ CÀY NAM\nĐẢNG ỦY XÃ AN ĐỊNH", "ben-tre"),
        (Header(admin_level="cap_huyen", locality="luc-nham"), "Huyện ủy Lục Nhạm báo cáo.", None),
    ],
)
def test_a_district_lies_in_its_province(header: Header, text: str, province: str | None) -> None:
    assert report_places(header, text).province == province


def test_a_district_name_of_several_provinces_leaves_them_all_as_candidates() -> None:
    places = report_places(Header(admin_level="cap_huyen", locality="tam-nong"), "Huyện ủy báo cáo.")
    assert places.perhaps == ("dong-thap", "phu-tho")
    assert scope_of("KH/TU", "Tỉnh ủy", places) == (
        None,
        "scope unknown: several provinces have a district of this name",
    )


def test_a_commune_s_committee_is_not_the_district_s() -> None:
    district = report_places(Header(admin_level="cap_huyen", locality="mo-cay-nam", symbol="BC/HU"), "")
    assert scope_of("NQ/ĐU", None, district) == (None, "scope unknown: the party committee is not named")
    assert scope_of("NQ/ĐU", "Đảng ủy xã Tân Hội", district) == ("tan-hoi", "issuer")


def test_a_commune_s_report_knows_the_district_of_its_letterhead() -> None:
    header = Header(admin_level="cap_xa", locality="an-dinh", symbol="BC/ĐU")
    commune = report_places(header, "HUYỆN ỦY MỎ CÀY NAM\nĐẢNG ỦY XÃ AN ĐỊNH")
    assert scope_of("KH/HU", None, commune)[0] == "mo-cay-nam"
    assert scope_of("NQ/ĐU", None, commune)[0] == "an-dinh"
    assert scope_of("QĐ/TU", "Tỉnh ủy", commune)[0] == "ben-tre"


@pytest.mark.parametrize("filler", ["", "và cán bộ đ", "và cán bộ đảng viên các cấp ở cơ sở"])
def test_the_place_of_a_congress_is_read_within_its_clause(filler: str) -> None:
    text = (
        "TỈNH ỦY CAO BẰNG\n*\nSố 12-BC/TU\nCao Bằng, ngày 5 tháng 6 năm 2018\nBÁO CÁO\nvề công tác dân vận\n\n"
        f"Thực hiện Nghị quyết Đại hội XVIII Đảng bộ tỉnh về phát triển kinh tế {filler}, Tỉnh ủy Hà Giang đã họp."
    )
    report = structure.parse(Source(text, "txt", "0"))
    mentions = references.find(text, report.units)
    links = linking.link(
        mentions, text=text, units=report.units, header=report.header, registry=linking.load_registry()
    )
    assert [link.target for m, link in zip(mentions, links, strict=True) if m.type == "nghị quyết"] == [
        "nq-dai-hoi-xviii@cao-bang@2015"
    ]
