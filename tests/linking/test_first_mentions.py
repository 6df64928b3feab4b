"""First mentions that lack what the drafting rules ask: type, number, symbol, date, issuer, subject."""

import pytest

from danvan_nlp import data, linking
from danvan_nlp.linking.first_mentions import drafting_rule
from danvan_nlp.types import Finding, Header

from .marked import read

FULL = "[[Kết luận số 114-KL/TW]], ngày 14/7/2015 của Ban Bí thư về nâng cao hiệu quả công tác dân vận."


def _found(text: str, symbol: str = "BC/TU", date: str = "2020-08-05") -> list[Finding]:
    marked = read(text)
    registry = linking.load_registry()
    header = Header(admin_level="cap_tinh", locality="lang-son", symbol=symbol, date=date)
    links = linking.link(marked.mentions, text=marked.text, units=marked.units, header=header, registry=registry)
    found = linking.findings(
        marked.mentions, links, text=marked.text, units=marked.units, registry=registry, header=header
    )
    for f in found:
        assert f.mention is not None
        assert f.start == marked.mentions[f.mention].start
        assert f.end == marked.mentions[f.mention].end
    return [f for f in found if f.kind == "first_mention"]


def test_a_complete_first_mention_is_no_finding() -> None:
    assert _found(FULL + "\nTriển khai [[Kết luận số 114-KL/TW]].") == []


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Triển khai [[Kết luận số 114-KL/TW]].", "date, issuer, subject"),
        ("Triển khai [[Kết luận số 114-KL/TW]], ngày 14/7/2015.", "issuer, subject"),
        ("Triển khai [[Kết luận 114]] của Ban Bí thư.", "symbol, date, subject"),
        ("Học tập [[Nghị quyết Trung ương 4 khóa XII]].", "number, symbol, date"),
    ],
)
def test_what_is_lacking_is_named(text: str, lacking: str) -> None:
    assert [f.expected for f in _found(text)] == [lacking]


def test_only_the_first_mention_counts() -> None:
    assert len(_found("Triển khai [[Kết luận số 114-KL/TW]].\nTheo [[Kết luận số 114-KL/TW]].")) == 1


def test_a_full_citation_in_the_title_serves_the_text() -> None:
    assert _found("heading|Sơ kết 05 năm " + FULL + "\nTriển khai [[Kết luận số 114-KL/TW]].") == []


def test_laws_and_congress_resolutions_are_cited_by_name() -> None:
    assert _found("Theo [[Luật Tiếp công dân]] và [[Nghị quyết Đại hội XII của Đảng]].") == []


@pytest.mark.parametrize("row", data.rows("drafting_rules"), ids=lambda row: row["rule"])
def test_the_rule_is_that_of_the_report_s_side_and_time(row: dict[str, str]) -> None:
    symbol, date = row["example"].split(", ")
    assert drafting_rule(Header(symbol=symbol, date=date)) == row["rule"]


def test_before_the_first_known_rule_nothing_is_asked() -> None:
    assert _found("Triển khai [[Kết luận số 114-KL/TW]].", symbol="BC/TU", date="2018-04-02") == []
    assert [f.rule for f in _found("Triển khai [[Kết luận số 114-KL/TW]].", symbol="BC-UBND", date="2016-05-04")] == [
        "Thông tư 01/2011/TT-BNV"
    ]


def test_without_symbol_the_issuer_tells_the_side_and_without_date_the_latest_rule_holds() -> None:
    assert drafting_rule(Header(issuer="Đảng ủy xã Phiêng Đắk")) == "Hướng dẫn 36-HD/VPTW"
    assert drafting_rule(Header(issuer="Ủy ban nhân dân huyện Lục Nhạm")) == "Nghị định 30/2020/NĐ-CP"
