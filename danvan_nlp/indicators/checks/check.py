"""Whether the figures add up: totals, shares, parts over the whole, repeats, running text against the appendix."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from danvan_nlp.findings import number, percent, say
from danvan_nlp.indicators.catalogue import Catalogue, catalogue
from danvan_nlp.indicators.checks.inside import inside_sentences
from danvan_nlp.indicators.checks.series import series_findings
from danvan_nlp.indicators.checks.stated import Facts, finding, last_label, stated, where
from danvan_nlp.indicators.checks.versus import against_prose, early_documents
from danvan_nlp.indicators.numbers.numbers import to_value
from danvan_nlp.types import Finding, Indicator, Quantity, Report

_PERCENT = re.compile(r"(\d+(?:[.,](\d+))?)\s*%")
PERCENT_NOTE = "PERCENT: "
_OWN_COLUMN = re.compile(PERCENT_NOTE + r"(\d+(?:[.,](\d+))?)")
_UNREADABLE = re.compile(r"OCR: ([^;]+);")
_FRACTION = re.compile(r"(\d[\d.]*)\s*/\s*(\d[\d.]*)")


def check(
    report: Report, indicators: Sequence[Indicator], quantities: Sequence[Quantity], *, own: Sequence[Path] = ()
) -> list[Finding]:
    """Find what does not add up.

    Parameters
    ----------
    report : Report
        The report.
    indicators : sequence of Indicator
        The facts of its appendices (`extract`).
    quantities : sequence of Quantity
        The figures of its prose (`quantities`).
    own : sequence of Path
        The user's files of indicators that `extract` was given.

    Returns
    -------
    list of Finding
        Of kind ``sum``, ``percent``, ``logic`` or ``contradiction``, in the order of the text.

    Examples
    --------
    >>> from danvan_nlp.types import Header, Source
    >>> report = Report(Source("13 (92,8%) 14", "txt", ""), Header(), (), ())
    >>> def fact(key, value, percent, raw, start):
    ...     return Indicator(section="5.1", key=key, label="", level=None, year="2020", value=value, percent=percent,
    ...                      unit="vụ việc", raw=raw, start=start, end=start + len(raw))
    >>> facts = [fact("khoi_kien_giu_nguyen", 13, 92.8, "13 (92,8%)", 0), fact("khoi_kien_tong", 14, None, "14", 11)]
    >>> [(f.kind, f.expected, f.found) for f in check(report, facts, [])]
    [('percent', '92,9%', '92,8%')]
    """
    findings = [
        *inside_sentences(report, quantities),
        *appendix_findings(indicators, catalogue(*own)),
        *early_documents(report, indicators),
        *against_prose(report, indicators, quantities),
    ]
    return sorted(findings, key=lambda f: (f.start, f.end, f.kind))


def appendix_findings(indicators: Sequence[Indicator], known: Catalogue) -> Iterator[Finding]:
    """What does not add up among the facts of the appendices themselves."""
    facts = stated(indicators, known)
    yield from _shares(facts, known)
    yield from _sums_of_parts(facts, known)
    yield from _within(facts, known)
    yield from series_findings(indicators, facts, known)
    for fact in indicators:
        if fact.note and (cell := _UNREADABLE.match(fact.note)):
            read = number(fact.value or 0)
            message = say("unreadable_cell", where=where(fact), printed=cell[1], value=read)
            yield finding("logic", fact, message, read, fact.raw)


def _shares(facts: Facts, known: Catalogue) -> Iterator[Finding]:
    for (key, place), fact in facts.items():
        whole_key = known.indicators[key].whole
        if whole_key is None or fact.percent is None or fact.value is None:
            continue
        whole = facts.get((whole_key, place))
        own = _FRACTION.search(fact.raw)
        base = (
            to_value(own[2].rstrip(".")) if own and to_value(own[1]) == fact.value else whole.value if whole else None
        )
        printed = _PERCENT.findall(fact.raw) or _OWN_COLUMN.findall(fact.note or "")
        if not base or not printed or fact.value > base:
            continue
        decimals = len(printed[-1][1])
        true = 100 * fact.value / base
        kind = known.indicators.get(whole_key)
        received = facts.get((kind.within or "", place)) if kind else None
        others = [received.value] if received is not None and received.value else []
        if _rounds_to(true, fact.percent, decimals) or any(
            _rounds_to(100 * fact.value / o, fact.percent, decimals) for o in others
        ):
            continue
        message = say(
            "share",
            where=where(fact),
            part=number(fact.value),
            whole=number(base),
            true=f"{number(true, 3)}%",
            printed=f"{printed[-1][0]}%",
        )
        expected = percent(true, max(decimals, 1) if decimals else 0)
        message += _other_base(fact.value, base, whole)
        yield finding("percent", fact, message, expected, f"{printed[-1][0]}%", whole)


def _other_base(value: float, base: float, whole: Indicator | None) -> str:
    if whole is None or not whole.value or whole.value == base:
        return ""
    true = percent(100 * value / whole.value)
    return say("share_of_other_base", part=number(value), whole=number(whole.value), true=true)


def _rounds_to(true: float, printed: float, decimals: int) -> bool:
    return abs(true - printed) <= 0.5 * float(10**-decimals) + 1e-9


def _sums_of_parts(facts: Facts, known: Catalogue) -> Iterator[Finding]:
    for (key, place), whole in facts.items():
        names = known.indicators[key].parts
        parts = [part for name in names if (part := facts.get((name, place))) is not None and part.value is not None]
        if not parts or len(parts) < len(names) or whole.value is None:
            continue
        total = sum(p.value or 0 for p in parts)
        if total == whole.value or any((p.value or 0) > whole.value for p in parts):
            continue
        message = say(
            "parts_and_whole",
            names=" + ".join(map(last_label, parts)),
            terms=" + ".join(number(p.value or 0) for p in parts),
            total=number(total),
            where=where(whole),
            whole=number(whole.value),
        )
        kind = "logic" if total > whole.value else "sum"
        yield finding(kind, parts[0], message, number(whole.value), number(total), whole)


def _within(facts: Facts, known: Catalogue) -> Iterator[Finding]:
    for (key, place), part in facts.items():
        for whole_key in dict.fromkeys((known.indicators[key].whole, known.indicators[key].within)):
            whole = facts.get((whole_key or "", place))
            if whole is None or whole.value is None or part.value is None or part.value <= whole.value:
                continue
            most = number(whole.value)
            message = say(
                "more_than_whole", where=where(part), part=number(part.value), name=last_label(whole), whole=most
            )
            yield finding("logic", part, message, f"<= {most}", number(part.value), whole)
