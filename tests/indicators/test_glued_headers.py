"""Header cells one blank apart: the columns of figures below tell where they part."""

from __future__ import annotations

import pytest

from danvan_nlp.indicators import extract
from danvan_nlp.structure import parse
from danvan_nlp.types import Source

_NAMES = ["Định kỳ", "Đột xuất", "Đối thoại"] * 2
_UNITS = ["(lượt)", "(lượt)", "(cuộc)"] * 2
_ROWS = [
    ["2019", "12", "3", "1", "44", "5", "2"],
    ["2020", "9", "", "4", "51", "6", "3"],
    ["2021", "10", "2", "", "48", "", "7"],
]


def _facts(gap: int, *, units: bool) -> list[tuple[object, ...]]:
    widths = [8, *(len(name) + gap for name in _NAMES)]
    rows = [["  Năm", *_NAMES], *([["", *_UNITS]] if units else []), *(["  " + row[0], *row[1:]] for row in _ROWS)]
    lines = ["".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    posts = " " * 8 + "Chủ tịch UBND huyện".ljust(sum(widths[1:4])) + "Chủ tịch UBND xã"
    text = "\n".join(["PHỤ LỤC", "SỐ LIỆU CÔNG TÁC DÂN VẬN NĂM 2021", "", "6. Tiếp công dân", posts, *lines, ""])
    return [(f.key, f.level, f.year, f.value) for f in extract(parse(Source(text, "txt", "")))]


@pytest.mark.parametrize("units", [True, False])
@pytest.mark.parametrize("gap", [1, 2, 3])
def test_names_one_blank_apart_stand_each_over_its_column(gap: int, units: bool) -> None:
    found = _facts(gap, units=units)
    assert found == _facts(5, units=True)
    assert ("tiep_dan_dot_xuat", "chu_tich_ubnd_xa", "2020", 6.0) in found
    assert {key for key, *_ in found} == {"tiep_dan_dinh_ky", "tiep_dan_dot_xuat", "doi_thoai_so_cuoc"}
