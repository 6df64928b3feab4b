"""The facts of a report's appendices by what they state, and findings at their place."""

from __future__ import annotations

from collections.abc import Sequence

from danvan_nlp.findings import name_of
from danvan_nlp.indicators.catalogue import Catalogue
from danvan_nlp.types import Finding, Indicator, Quantity

Where = tuple[str | None, str | None, str | None, str | None]
"""Section, level, year, and the place or body of the row."""
Facts = dict[tuple[str, Where], Indicator]


def stated(indicators: Sequence[Indicator], known: Catalogue) -> Facts:
    """The facts by their indicator, section, level, year and row; the first where one is stated twice."""
    facts: Facts = {}
    for fact in indicators:
        if fact.key is not None and fact.key in known.indicators:
            facts.setdefault((fact.key, (fact.section, fact.level, fact.year, fact.about)), fact)
    return facts


def finding(
    kind: str,
    figure: Indicator | Quantity,
    message: str,
    expected: str,
    found: str,
    against: Indicator | Quantity | None = None,
    *,
    end: int | None = None,
) -> Finding:
    """A finding at the place of a figure, or from there to ``end``, held against another."""
    key = figure.key if isinstance(figure, Indicator) else figure.indicator
    if key is None and isinstance(against, Indicator):
        key = against.key
    here, there = (figure.start, figure.end), (against.start, against.end) if against else None
    return Finding(
        kind=kind,
        start=figure.start,
        end=end or figure.end,
        message=message,
        expected=expected,
        found=found,
        indicator=key,
        against=there if there != here else None,
    )


def where(fact: Indicator) -> str:
    """What a fact is about, in words: its label, level and year."""
    level = name_of("levels", fact.level or "")
    told = fact.about or level.lower() in fact.label.lower()
    return ", ".join(x for x in (fact.label, "" if told else level, fact.year) if x)


def last_label(fact: Indicator) -> str:
    """The last part of a fact's label: what the column nearest to it is called."""
    return fact.label.rpartition(" > ")[2]
