"""Facts that belong together: totals over years, levels and places, rates of one base, repeats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from danvan_nlp.findings import number, percent, say
from danvan_nlp.indicators.catalogue import Catalogue
from danvan_nlp.indicators.checks.stated import Facts, finding, where
from danvan_nlp.types import Finding, Indicator

_REPEATED = 20
_TERMS = 20
_LEVELS = ("cap_tinh", "cap_huyen", "cap_xa")
_WHOLE = (None, "toan_tinh", "toan_huyen")


def series_findings(indicators: Sequence[Indicator], facts: Facts, known: Catalogue) -> Iterator[Finding]:
    """What does not add up over years, levels and places.

    Parameters
    ----------
    indicators : sequence of Indicator
        The facts of the appendices, in the order of the text.
    facts : dict
        The same by what they state (`stated`).
    known : Catalogue
        What the indicators are.
    """
    yield from _totals_of_years(facts, known)
    yield from _totals_of_levels(facts, known)
    yield from _totals_of_places(indicators, known)
    yield from _bases(facts, known)
    yield from _repeats(facts, known)


def _series(
    facts: Facts,
) -> dict[tuple[str, str | None, str | None, str | None], dict[str, Indicator]]:
    """Facts of one indicator, section, level and row, by year."""
    series: dict[tuple[str, str | None, str | None, str | None], dict[str, Indicator]] = defaultdict(dict)
    for (key, (section, level, year, about)), fact in facts.items():
        if year is not None:
            series[key, section, level, about][year] = fact
    return series


def _totals_of_years(facts: Facts, known: Catalogue) -> Iterator[Finding]:
    for (key, *_), years in _series(facts).items():
        single = [f for y, f in sorted(years.items()) if y.isdigit() and f.value is not None]
        totals = [f for y, f in years.items() if not y.isdigit() and f.value is not None]
        kind = known.indicators[key]
        if len(single) > 1 and len(totals) == 1 and kind.form == "count" and not kind.stock:
            yield from _total(totals[0], single)


def _totals_of_levels(facts: Facts, known: Catalogue) -> Iterator[Finding]:
    for (key, (section, level, year, about)), whole in facts.items():
        if level is None or level not in _WHOLE:
            continue
        parts = [facts.get((key, (section, name, year, about))) for name in _LEVELS]
        given = [p for p in parts if p is not None and p.value is not None]
        if len(given) > 1 and known.indicators[key].form == "count":
            yield from _total(whole, given)


def _totals_of_places(indicators: Sequence[Indicator], known: Catalogue) -> Iterator[Finding]:
    """A row of totals below, or above, one row for each place."""
    columns: dict[tuple[str, str | None, str | None], list[Indicator]] = defaultdict(list)
    for fact in indicators:
        kind = known.indicators.get(fact.key or "")
        if kind is not None and kind.form == "count" and fact.value is not None:
            columns[kind.key, fact.section, fact.year].append(fact)
    for column in columns.values():
        rows = [f for f in column if f.about]
        wholes = [f for f in column if not f.about and f.level in _WHOLE]
        levels = {f.level for f in rows}
        one_each = len({f.about for f in rows}) == len(rows)
        # A district's figures hold those of its communes.
        if len(rows) < 2 or len(wholes) != 1 or not one_each or {"cap_huyen", "cap_xa"} <= levels:
            continue
        if all(f.label.endswith(wholes[0].label) for f in rows):
            yield from _total(wholes[0], rows)


def _total(whole: Indicator, parts: Sequence[Indicator]) -> Iterator[Finding]:
    total, printed = sum(p.value or 0 for p in parts), whole.value
    if printed is None or total == printed:
        return
    terms = " + ".join(number(p.value or 0) for p in parts[:_TERMS]) + (" + …" if len(parts) > _TERMS else "")
    message = say("total", where=where(whole), terms=terms, total=number(total), printed=number(printed))
    yield finding("sum", whole, message, number(total), number(printed), parts[0])


def _bases(facts: Facts, known: Catalogue) -> Iterator[Finding]:
    """Count and rate of one row give its base; one year whose base is far from the others' does not fit."""
    for (key, section, level, about), years in _series(facts).items():
        count_key = known.indicators[key].base_of
        rows = []
        for year, rate in sorted(years.items()):
            count = facts.get((count_key or "", (section, level, year, about)))
            if count is not None and count.value and rate.value:
                half = 0.5 * 10 ** -len(rate.raw.partition(",")[2].rstrip("% "))
                rows.append(
                    (
                        rate,
                        count,
                        100 * count.value / (rate.value + half),
                        100 * count.value / max(rate.value - half, 1e-9),
                    )
                )
        if len(rows) < 4:
            continue
        middle = median((low + high) / 2 for _, _, low, high in rows)
        odd = [r for r in rows if not r[2] * 0.9 <= middle <= r[3] * 1.1]
        if len(odd) * 3 > len(rows):
            continue
        for rate, count, _, _ in odd:
            counted = count.value or 0
            true, needed = percent(100 * counted / middle), 100 * counted / (rate.value or 1)
            message = say(
                "odd_base",
                where=where(rate),
                count=number(counted),
                rate=rate.raw,
                needed=number(needed, 0),
                usual=number(middle, 0),
                true=true,
            )
            yield finding("percent", rate, message, true, rate.raw, count)


def _repeats(facts: Facts, known: Catalogue) -> Iterator[Finding]:
    """The same large count of something done within a year, two years running."""
    for (key, *_), years in _series(facts).items():
        if not known.indicators[key].flow:
            continue
        single = sorted((int(y), f) for y, f in years.items() if y.isdigit())
        for (before, one), (after, two) in pairwise(single):
            if one.value == two.value and (one.value or 0) >= _REPEATED and after == before + 1:
                same = number(two.value or 0)
                message = say("same_twice", where=where(two), count=same, before=str(before), after=str(after))
                yield finding("logic", two, message, f"≠ {same}", same, one)
