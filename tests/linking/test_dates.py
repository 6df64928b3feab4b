"""Dates as a text tells them: to the month alone, in the number and after it, and mentions that lean on nothing."""

from danvan_nlp import linking
from danvan_nlp.types import Finding, Header, Link, Mention, Unit

REGISTRY = linking.load_registry()


def _linked(text: str, mention: Mention) -> tuple[Link, list[Finding]]:
    units = [Unit(start=0, end=len(text), role="sentence")]
    links = linking.link([mention], text=text, units=units, header=Header(locality="cao-bang"), registry=REGISTRY)
    return links[0], linking.findings([mention], links, text=text, units=units, registry=REGISTRY)


def _directive(date: str) -> Mention:
    return Mention(start=0, end=15, kind="full", type="chỉ thị", number="30", symbol="CT/TW", year="1998", date=date)


def test_a_month_that_agrees_is_no_other_date() -> None:
    link, found = _linked("Chỉ thị 30-CT/TW, tháng 02/1998", _directive("1998-02"))
    assert (link.target, link.reason) == ("30-CT/TW@TW@1998", "registry: number, symbol, date")
    assert not [f for f in found if f.kind == "slip"]


def test_a_month_that_differs_is_a_slip() -> None:
    link, found = _linked("Chỉ thị 30-CT/TW, tháng 3/1998", _directive("1998-03"))
    assert link.target == "30-CT/TW@TW@1998"
    assert [(f.expected, f.found) for f in found if f.kind == "slip"] == [("1998-02", "1998-03")]


def test_a_number_and_its_date_bear_one_year() -> None:
    text = "Quyết định số 12/2015/QĐ-UBND ngày 03/4/2016"
    decision = Mention(
        start=0, end=29, kind="full", type="quyết định", number="12", symbol="QĐ-UBND", year="2015", date="2016-04-03"
    )
    link, found = _linked(text, decision)
    assert link.target == "12-QĐ-UBND@cao-bang@2015"
    assert [(f.expected, f.found) for f in found if f.kind == "slip"] == [("2015", "2016-04-03")]


def test_an_anaphor_without_antecedent_says_so() -> None:
    link, _ = _linked("Kết luận này", Mention(start=0, end=12, kind="anaphor", type="kết luận"))
    assert (link.target, link.reason) == (None, "no antecedent")
