import pytest

from danvan_nlp.indicators import extract
from danvan_nlp.structure import parse
from danvan_nlp.types import Indicator, Source

TABLE = (
    "\nSố 12-BC/TU\n\nBÁO CÁO\nKết quả công tác dân vận năm 2021\n\nPHỤ LỤC SỐ LIỆU\n\n3. Công tác kiểm tra\n\n"
    "Nội dung\tSố đoàn kiểm tra\nCấp thành phố\t4\nCấp xã\t9\nToàn thành phố\t13\n\n"
    "6. Đối thoại của người đứng đầu\n\nNội dung\tSố cuộc đối thoại\nChủ tịch UBND thành phố\t2\n"
)


def facts(issuer: str) -> list[Indicator]:
    return extract(parse(Source(issuer + TABLE, "txt", "")))


@pytest.mark.parametrize(
    ("issuer", "own", "whole", "chair"),
    [
        ("THÀNH ỦY HẢI PHÒNG", "cap_tinh", "toan_tinh", "chu_tich_ubnd_tinh"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ ĐÀ NẴNG", "cap_tinh", "toan_tinh", "chu_tich_ubnd_tinh"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ BẮC GIANG", "cap_huyen", "toan_huyen", "chu_tich_ubnd_huyen"),
    ],
)
def test_in_a_citys_report_the_city_is_its_own_level(issuer: str, own: str, whole: str, chair: str) -> None:
    levels = [fact.level for fact in facts(issuer) if fact.value in (4, 13, 2)]
    assert levels == [own, whole, chair]


def test_in_a_provinces_report_a_city_is_one_of_its_districts() -> None:
    levels = {fact.value: fact.level for fact in facts("TỈNH ỦY PHÚ THỌ")}
    assert levels[2] == "chu_tich_ubnd_huyen"
    assert levels[4] != "cap_tinh"
