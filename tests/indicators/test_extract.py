"""The figures of appendices in many layouts, and of the real ones."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_nlp.indicators import extract
from danvan_nlp.indicators.appendix.recognise import recognise
from danvan_nlp.indicators.catalogue import catalogue
from danvan_nlp.types import Header, Indicator, Report, Source
from tests.indicators.reports import cases, gold, report


def _row(fact: Indicator) -> list[Any]:
    return [fact.section, fact.key, fact.level, fact.year, fact.value, fact.percent, fact.raw]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_an_appendix_in_any_layout_gives_its_facts(case: dict[str, Any]) -> None:
    found = extract(report(case["text"], **case["header"]))
    assert [_row(fact) for fact in found] == case["expected"]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_the_form_of_unicode_and_of_line_ends_changes_nothing_but_offsets(case: dict[str, Any]) -> None:
    lines = [unicodedata.normalize("NFD", line) for line in case["text"]]
    decomposed = [
        [unicodedata.normalize("NFC", x) if isinstance(x, str) else x for x in _row(fact)]
        for fact in extract(report(lines, **case["header"]))
    ]
    assert decomposed == case["expected"]
    with_returns = extract(report([line + "\r" for line in case["text"]], **case["header"]))
    assert [_row(fact) for fact in with_returns] == case["expected"]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_raw_is_what_stands_at_the_offsets(case: dict[str, Any]) -> None:
    given_report = report(case["text"], **case["header"])
    for fact in extract(given_report):
        assert " ".join(given_report.text[fact.start : fact.end].split()) == fact.raw


@pytest.mark.parametrize("kind", catalogue().indicators.values(), ids=lambda kind: kind.key)
def test_the_example_of_each_indicator_is_recognised(kind: Any) -> None:
    heading, *labels = kind.example if len(kind.example) > 1 else ("", *kind.example)
    found = recognise(list(reversed(labels)), [heading])
    assert found is not None
    # A rate under the header of its count is told by the column ("Tỷ lệ"), so the count's own rate counts as well.
    assert kind.key in (found.kind.key, found.kind.rate)


def _number(value: str | float | None) -> float | None:
    return round(float(value), 4) if value not in (None, "") else None


def test_what_an_indicator_is_part_of_is_an_indicator_too() -> None:
    known = catalogue().indicators
    for kind in known.values():
        named = (kind.rate, kind.whole, kind.denominator, kind.within, kind.base_of, *kind.parts)
        assert all(name in known for name in named if name), kind.key


@pytest.mark.parametrize("name", ["caobang", "kontum_phuluc"])
def test_the_real_appendices_are_read_as_the_gold_has_them(real_reports: Path, name: str) -> None:
    with (real_reports / f"{name}.indicators.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    want = Counter(
        (r["indicator"], r["level"], r["year"], _number(r["value"]), _number(r["percent"]), r["raw"]) for r in rows
    )
    have = Counter(
        (f.key, f.level or "", f.year or "", _number(f.value), _number(f.percent), f.raw)
        for f in extract(gold(real_reports, name))
        if f.key
    )
    both = sum((want & have).values())
    assert 2 * both / (sum(want.values()) + sum(have.values())) >= 0.97


def test_a_users_own_indicator_is_recognised(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[indicator]]\nkey = "ho_ngheo"\nmeaning = "số hộ nghèo"\nunits = ["hộ"]\nsection = "10"\n'
        'words = ["hộ nghèo"]\nexample = ["Số hộ nghèo"]\n',
        encoding="utf-8",
    )
    lines = ["@10. Kinh tế - xã hội", "Năm\tSố hộ nghèo", "2019\t4.120"]
    assert [fact.key for fact in extract(report(lines))] == [None]
    assert [(fact.key, fact.unit) for fact in extract(report(lines), own=[own])] == [("ho_ngheo", "hộ")]


def test_a_list_of_documents_is_no_statistic() -> None:
    lines = ["@Phụ lục 1", "Stt\tTên văn bản\tSố, ký hiệu", "1\tKế hoạch sơ kết 5 năm\tSố 12-KH/TU, ngày 06/5/2019"]
    assert extract(report(lines)) == []


def test_documents_named_but_not_counted_are_counted_and_noted() -> None:
    lines = [
        "@1. Các văn bản lãnh đạo, chỉ đạo",
        "\tThể loại",
        "\tVăn bản của Huyện ủy",
        "",
        "\tKế hoạch",
        "\t- Kế hoạch số 11-KH/HU, ngày 03-3-2019 về dân vận.",
        "- Kế hoạch số 45-KH/HU, ngày 01-02-2020.",
    ]
    (fact,) = extract(report(lines))
    assert (fact.key, fact.level, fact.value) == ("van_ban_ke_hoach", "huyen_uy", 2.0)
    assert fact.note is not None
    assert fact.note.startswith("DERIVED")


def test_what_is_in_doubt_is_noted_and_not_guessed() -> None:
    lines = ["@3. Công tác kiểm tra, giám sát", "Số đoàn kiểm tra, giám sát\tSố cuộc kiểm tra", "3\t4 - 6"]
    both, span = extract(report(lines))
    assert "AMBIGUOUS" in (both.note or "")
    assert (span.value, span.note) == (None, "RANGE: 4 - 6")


_WORDS = ["Năm", "Cộng", "Cấp huyện", "Số đoàn kiểm tra", "Đơn thư khiếu nại", "đã giải quyết", "trong đó", "Không"]
_SIGNS = ["\t", "\n", "|", "- ", "+ ", ":", ";", "(", ")", "%", "/", " ", "e\u0302\u0323", "\r", "\u00a0"]
_PIECES = st.sampled_from([*_WORDS, *_SIGNS, "2015", "12", "4.272", "0,5"])


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=60))
def test_any_text_gives_rows_whose_offsets_hold(pieces: list[str]) -> None:
    lines = "".join(pieces).split("\n")
    made = report(lines)
    for fact in extract(made):
        assert 0 <= fact.start <= fact.end <= len(made.text)
        assert " ".join(made.text[fact.start : fact.end].split()) == fact.raw


@pytest.mark.parametrize(
    "lines",
    [
        ["Năm\t" + "\t".join(f"Số đoàn {i}" for i in range(1000)), "2015\t" + "\t".join("1" for _ in range(1000))],
        ["Năm\tSố đoàn", "2015\t" + "1" * 1_000_000],
        ["- Số đơn: " + "tiếp nhận 12 đơn, " * 5_000],
        ["- " + "a(: 1 " * 10_000],
        ["|" * 100_000],
        ["\t" * 100_000],
    ],
    ids=["many columns", "a giant number", "a giant list", "open brackets", "pipes only", "tabs only"],
)
def test_giant_tables_are_read(lines: list[str]) -> None:
    extract(report(lines))


def test_an_empty_report_has_no_facts() -> None:
    assert extract(Report(Source("", "txt", ""), Header(), (), ())) == []


def test_rows_of_places_say_which_place_and_level() -> None:
    lines = [
        "@3. Công tác kiểm tra",
        "Đơn vị\tSố đoàn kiểm tra\tSố cuộc kiểm tra",
        "1. Huyện Nà Sằm\t4\t6",
        "TP Đông Lĩnh\t3\t3",
        "Sở Y tế\t1\t1",
        "Xã Bản Lầu\t1\t2",
        "Các xã, phường\t8\t9",
        "Cộng\t17\t21",
    ]
    rows = [(f.about, f.level) for f in extract(report(lines, date="2020-12-01")) if f.key == "so_doan_kiem_tra"]
    assert rows == [
        ("Huyện Nà Sằm", "cap_huyen"),
        ("TP Đông Lĩnh", "cap_huyen"),
        ("Sở Y tế", "cap_tinh"),
        ("Xã Bản Lầu", "cap_xa"),
        (None, "cap_xa"),
        (None, None),
    ]


def test_the_name_of_a_body_names_no_indicator() -> None:
    lines = [
        "@1. Số văn bản lãnh đạo, chỉ đạo đã ban hành",
        "Đơn vị\tKế hoạch\tCông văn",
        "Sở Kế hoạch và Đầu tư\t3\t5",
        "Sở Y tế\t2\t4",
    ]
    found = [(f.about, f.key, f.value) for f in extract(report(lines, date="2020-12-01"))]
    assert found == [
        ("Sở Kế hoạch và Đầu tư", "van_ban_ke_hoach", 3.0),
        ("Sở Kế hoạch và Đầu tư", "van_ban_cong_van", 5.0),
        ("Sở Y tế", "van_ban_ke_hoach", 2.0),
        ("Sở Y tế", "van_ban_cong_van", 4.0),
    ]
