"""The appendix against the running text, and against the dates that its headings set."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from danvan_nlp.findings import number, percent, say, wordings
from danvan_nlp.indicators.catalogue import bare, catalogue
from danvan_nlp.indicators.checks.stated import finding, where
from danvan_nlp.indicators.numbers.numbers import to_value
from danvan_nlp.indicators.wording import read_label
from danvan_nlp.language.key import make_key
from danvan_nlp.types import Finding, Indicator, Quantity, Report

_DATE = r"\D{0,25}?(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?((?:19|20)\d\d)"
_OWN_DOCUMENT = re.compile(r"^[^\w\n]{0,10}[^\d\n]{0,40}?(?P<number>\d+\s?[-/]?[\w/Đđ-]*)," + _DATE, re.MULTILINE)
_FRACTION = re.compile(r"(\d[\d.]*)/(\d[\d.]*)")
_NEAR = 1.15
_RATE_GAP = 5.0
_REACH = 20


def _told(name: str) -> list[str]:
    """The words of ``data/findings.toml`` by which a text tells something that is checked."""
    return list(wordings()["told"].get(name, {}).get("words", ()))


@cache
def _after_document() -> re.Pattern[str]:
    words = "|".join(_told("after_document"))
    return re.compile(rf"(?:{words})\s[^\n]{{0,200}}?(\d+\s?-\s?[A-ZĐ]{{2}}/[A-ZĐ]{{2}})", re.IGNORECASE)


def _says(text: str, name: str) -> bool:
    """Whether a text holds one of those words."""
    return any(read_label(text).has(bare(words)) for words in _told(name))


def early_documents(report: Report, indicators: Sequence[Indicator]) -> Iterator[Finding]:
    """Documents listed under "after Conclusion N" that are dated before it."""
    key = make_key(report.text).text if not report.text.isascii() else report.text
    heading = _after_document().search(key)
    if heading is None:
        return
    symbol = re.escape(heading[1])
    stated = re.search(symbol + r"\s*,?\s*ngày" + _DATE, key, re.IGNORECASE)
    since = _date(stated.groups()[-3:]) if stated else None
    if since is None:
        return
    for fact in indicators:
        if not (fact.key or "").startswith("van_ban"):
            continue
        for m in _OWN_DOCUMENT.finditer(report.text, fact.start, fact.end):
            dated = _date(m.groups()[-3:])
            if dated is not None and dated < since:
                shown = f"{dated:%d-%m-%Y}"
                message = say(
                    "early_document", number=m["number"], date=shown, heading=heading[1], since=f"{since:%d-%m-%Y}"
                )
                yield Finding(
                    kind="logic",
                    start=m.start(),
                    end=m.end(),
                    message=message,
                    expected=f">= {since:%d-%m-%Y}",
                    found=shown,
                    indicator=fact.key,
                )


def _date(groups: Sequence[str]) -> date | None:
    try:
        return date(int(groups[2]), int(groups[1]), int(groups[0]))
    except ValueError:
        return None


def against_prose(report: Report, indicators: Sequence[Indicator], quantities: Sequence[Quantity]) -> Iterator[Finding]:
    """Figures of the running text that the appendix does not bear out."""
    by_key: dict[str, list[Indicator]] = defaultdict(list)
    for fact in indicators:
        if fact.key and fact.value is not None:
            by_key[fact.key].append(fact)
    for quantity in quantities:
        if quantity.value is None:
            continue
        if quantity.indicator in by_key:
            yield from _count(report, quantity, by_key[quantity.indicator])
        elif quantity.unit == "%":
            yield from _solving_rate(report, quantity, by_key)
    yield from _averages(report, by_key, quantities)
    yield from _posts(report, by_key, quantities)


def _exact(report: Report, quantity: Quantity) -> bool:
    return report.text[quantity.start : quantity.start + 1].isdigit()


def _count(report: Report, quantity: Quantity, facts: list[Indicator]) -> Iterator[Finding]:
    value = quantity.value or 0.0
    years = re.findall(r"(?:19|20)\d\d", quantity.period or "")
    if len(years) == 1 and not re.search(r"từ|đến", quantity.period or "", re.IGNORECASE):
        facts = [f for f in facts if f.year == years[0]]
    if not facts:
        return
    facts = [f for f in facts if not f.about] or facts
    whole = [f for f in facts if f.year and "-" in f.year] or facts
    total = sum(f.value or 0 for f in whole)
    candidates = [total, sum(f.value or 0 for f in facts), *(f.value or 0 for f in facts)]
    if any(f.about for f in facts) or len({(f.level, f.year, f.section) for f in facts}) < len(facts):
        # One row for each of some places, with no total: the appendix need not hold them all.
        return
    if fraction := _FRACTION.search(quantity.raw):
        fits = any(to_value(side) in candidates for side in fraction.groups())
    elif _exact(report, quantity):
        fits = value in candidates
    else:
        fits = any(value <= c * _NEAR and c <= value * _NEAR for c in candidates)
    if fits:
        return
    terms = " + ".join(number(f.value or 0) for f in whole[:12])
    shown = f"{terms} = {number(total)}" if len(whole) > 1 else terms
    message = say("text_and_appendix", said=quantity.raw, stated=shown, label=whole[0].label)
    yield finding("contradiction", quantity, message, number(total), quantity.raw, whole[0])


def _solving_rate(report: Report, quantity: Quantity, by_key: dict[str, list[Indicator]]) -> Iterator[Finding]:
    """A rate of complaints or denunciations solved, against solved over what is in jurisdiction."""
    words = read_label(quantity.counted or "")
    if not _says(quantity.counted or "", "solved"):
        return
    named = [name for name, phrase in (("khieu_nai", "khieu nai"), ("to_cao", "to cao")) if words.has(phrase)]
    solved = [f for n in named for f in by_key.get(f"don_{n}_da_giai_quyet", ())]
    whole = [f for n in named for f in by_key.get(f"don_{n}_thuoc_tham_quyen", ())]
    base, done = sum(f.value or 0 for f in whole), sum(f.value or 0 for f in solved)
    if not base or not solved:
        return
    true = 100 * done / base
    if abs(true - (quantity.value or 0)) > _RATE_GAP:
        rate = percent(true)
        message = say("solving_rate", said=quantity.raw, done=number(done), whole=number(base), true=rate)
        yield finding("contradiction", quantity, message, rate, quantity.raw, solved[0])


def _averages(report: Report, by_key: dict[str, list[Indicator]], quantities: Sequence[Quantity]) -> Iterator[Finding]:
    """A heading that says "yearly average" over figures that the text gives as the total of all years."""
    headings = [(u.start, report.text[u.start : u.end]) for u in report.units if u.role == "heading"]
    starts = [start for start, _ in headings]
    totals = {q.value: q for q in quantities if (q.value or 0) >= 50 and not _says(q.counted or "", "average")}
    for regular in by_key.get("tiep_dan_dinh_ky", ()):
        at = bisect_right(starts, regular.start) - 1
        if at < 0 or not _says(headings[at][1], "average"):
            continue
        mates = [f for f in by_key.get("tiep_dan_dot_xuat", ()) if (f.level, f.year) == (regular.level, regular.year)]
        for mate in mates:
            total = (regular.value or 0) + (mate.value or 0)
            if total in totals:
                quantity = totals[total]
                one, two = number(regular.value or 0), number(mate.value or 0)
                message = say(
                    "average_or_total",
                    one=one,
                    two=two,
                    total=number(total),
                    said=quantity.raw,
                    period=quantity.period or "cả giai đoạn",
                )
                shown = f"{one} + {two}"
                yield finding("contradiction", regular, message, quantity.raw, shown, quantity, end=mate.end)


def _posts(report: Report, by_key: dict[str, list[Indicator]], quantities: Sequence[Quantity]) -> Iterator[Finding]:
    """More heads of people's committees than there are districts or communes."""
    known = catalogue().indicators["chuc_danh_cap_truong"]
    for fact in by_key.get(known.key, ()):
        counts = [q for q in quantities if _says(_around(report, q), fact.level or "")]
        if counts and all((fact.value or 0) > (q.value or 0) > 0 for q in counts):
            posts = number(fact.value or 0)
            message = say("more_posts_than_places", where=where(fact), count=posts, said=counts[0].raw)
            most = f"<= {number(counts[0].value or 0)}"
            yield finding("contradiction", fact, message, most, posts, counts[0])


def _around(report: Report, quantity: Quantity) -> str:
    """A quantity with the words after it; letters written apart from their marks reach as far as others."""
    own = make_key(report.text[quantity.start : quantity.end]).text
    return make_key(report.text[quantity.start : quantity.end + 4 * _REACH]).text[: len(own) + _REACH]
