from __future__ import annotations

from pathlib import Path

import pytest

from danvan_nlp.annotated import AnnotatedReport, read_annotated
from danvan_nlp.errors import DataError

UNITS = """\
[admin] Số 45-BC/HU⇥Lâm Khê, ngày 10 tháng 12 năm 2019
    @ Số 45-BC/HU = self báo cáo 45 BC/HU, 2019-12-10 -> 45-BC/HU@lam-khe@2019

[lanh_dao_chi_dao] Huyện ủy ban hành Kế hoạch số 12-KH/HU thực hiện Kết luận số⏎114-KL/TW và Nghị định 04/2015/NĐ-CP.
    @ Kế hoạch số 12-KH/HU = kế hoạch 12 KH/HU -> 12-KH/HU@lam-khe@?
    @ Kết luận số⏎114-KL/TW = kết luận 114 KL/TW -> 114-KL/TW@TW@2015
    @ Nghị định 04/2015/NĐ-CP = nghị định 4/2015 NĐ-CP -> 4-NĐ-CP@CP@2015
    @@ Kế hoạch số 12-KH/HU implements Kết luận số⏎114-KL/TW
    @@ report implements Kết luận số⏎114-KL/TW
+[] Luật Đất đai, rồi Luật Đất đai năm 2013, Chỉ thị 30 và Kết luận này.
    @ Luật Đất đai = luật -> luat-dat-dai@QH@2013
    @ Luật Đất đai năm 2013 = luật, 2013 -> luat-dat-dai@QH@2013
    @ Chỉ thị 30 = short chỉ thị 30 -> 30-CT/TW@TW@1998
    @ Kết luận này = anaphor kết luận
"""


@pytest.fixture
def report(tmp_path: Path) -> AnnotatedReport:
    return read(tmp_path, UNITS)


def read(folder: Path, units: str) -> AnnotatedReport:
    path = folder / "a.txt"
    path.write_text(f'+++\nwriter = "A"\nreferences = true\n+++\n{units}', encoding="utf-8")
    return read_annotated(path)


def test_references_stand_outside_the_text(report: AnnotatedReport) -> None:
    assert report.text == (
        "Số 45-BC/HU\tLâm Khê, ngày 10 tháng 12 năm 2019\n\n"
        "Huyện ủy ban hành Kế hoạch số 12-KH/HU thực hiện Kết luận số\n114-KL/TW và Nghị định 04/2015/NĐ-CP. "
        "Luật Đất đai, rồi Luật Đất đai năm 2013, Chỉ thị 30 và Kết luận này.\n"
    )
    assert [unit.role for unit in report.units] == ["admin", "sentence", "sentence"]


def test_a_reference_is_placed_by_its_words_and_keeps_what_it_states(report: AnnotatedReport) -> None:
    assert [report.text[r.start : r.end] for r in report.references][1:5] == [
        "Kế hoạch số 12-KH/HU",
        "Kết luận số\n114-KL/TW",
        "Nghị định 04/2015/NĐ-CP",
        "Luật Đất đai",
    ]
    assert [(r.kind, r.type, r.number, r.symbol, r.year, r.date) for r in report.references] == [
        ("self", "báo cáo", "45", "BC/HU", "2019", "2019-12-10"),
        ("full", "kế hoạch", "12", "KH/HU", None, None),
        ("full", "kết luận", "114", "KL/TW", None, None),
        ("full", "nghị định", "4", "NĐ-CP", "2015", None),
        ("full", "luật", None, None, None, None),
        ("full", "luật", None, None, "2013", "2013"),
        ("short", "chỉ thị", "30", None, None, None),
        ("anaphor", "kết luận", None, None, None, None),
    ]
    assert [r.target for r in report.references][-2:] == ["30-CT/TW@TW@1998", None]


def test_relations_join_references_of_one_unit_or_the_report(report: AnnotatedReport) -> None:
    assert [(r.source, r.target, r.type) for r in report.relations] == [(1, 2, "implements"), (None, 2, "implements")]


def test_the_second_place_of_the_same_words_has_an_ordinal(tmp_path: Path) -> None:
    units = "[] Luật Đất đai và Luật Đất đai.\n    @ Luật Đất đai = luật\n    @ Luật Đất đai#2 = luật\n"
    read_report = read(tmp_path, units + "    @@ Luật Đất đai#2 amends Luật Đất đai\n")
    assert [r.start for r in read_report.references] == [0, 16]
    assert [(r.source, r.target) for r in read_report.relations] == [(1, 0)]


@pytest.mark.parametrize(
    ("notes", "message"),
    [
        ("    @ Luật Nhà ở = luật", "line 6: 'Luật Nhà ở' does not stand in the unit above"),
        ("    @ Luật Đất đai#2 = luật", "line 6: 'Luật Đất đai#2' does not stand"),
        ("    @ Luật Đất đai: luật", "line 6: wants '@ words = type number symbol, date -> target'"),
        ("    @ Luật Đất đai = luật, 13/5", "line 6: wants '@ words = "),
        ("    @ Luật Đất đai = luật\n    @ Đất đai = luật", "line 7: 'Đất đai' stands before the end of"),
        ("    @@ report holds Luật Đất đai", "line 6: wants '@@ words relation words'"),
        ("    @@ report implements Luật Đất đai", "line 6: 'Luật Đất đai' is no reference of the unit above"),
        ("  @ Luật Đất đai = luật", r"line 6: wants '\[themes\] text'"),
    ],
)
def test_a_line_that_breaks_the_form_is_named(tmp_path: Path, notes: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read(tmp_path, f"[] Theo Luật Đất đai.\n{notes}\n")


def test_a_reference_without_a_unit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="line 5: 'Luật' does not stand in the unit above"):
        read(tmp_path, "    @ Luật = luật\n")


def test_a_theme_of_ones_own_may_hold_a_figure(tmp_path: Path) -> None:
    (unit,) = read(tmp_path, "[de_an_06] Đã cấp tài khoản định danh.\n").units
    assert unit.themes == ("de_an_06",)
