"""Figures of one sentence against one another: a total and the parts in brackets after it, a rate and its fraction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from danvan_nlp.findings import number, percent, say
from danvan_nlp.indicators.checks.stated import finding
from danvan_nlp.types import Finding, Quantity, Report

_FRACTION = re.compile(r"(\d[\d.]*)\s*/\s*(\d[\d.]*)$")
_DECIMALS = re.compile(r"\d+(?:,(\d+))?\s*%")
_AMONG = re.compile(r"trong đó", re.IGNORECASE)


def inside_sentences(report: Report, quantities: Sequence[Quantity]) -> Iterator[Finding]:
    """Totals that are not the sum of the parts after them, and rates that do not recompute."""
    for _, group in groupby(quantities, key=lambda q: q.unit_index):
        mine = list(group)
        for i, quantity in enumerate(mine[:-1]):
            opening = report.text[quantity.end : mine[i + 1].start]
            if "(" not in opening or ")" in opening or ";" in opening or len(opening) > 80:
                continue
            if quantity.unit == "%":
                yield from _rate(report, quantity, mine[i + 1])
            else:
                yield from _total(report, quantity, mine[i + 1 :], opening)


def _rate(report: Report, rate: Quantity, fraction: Quantity) -> Iterator[Finding]:
    found = _FRACTION.fullmatch(fraction.raw)
    decimals = _DECIMALS.search(rate.raw)
    if found is None or decimals is None or rate.value is None:
        return
    part, whole = (float(x.replace(".", "")) for x in found.groups())
    places = len(decimals[1] or "")
    if not whole or abs(100 * part / whole - rate.value) <= 0.5 * float(10**-places) + 1e-9:
        return
    true = percent(100 * part / whole, places)
    message = say("rate_in_text", fraction=fraction.raw, true=true, said=rate.raw)
    yield finding("percent", rate, message, true, rate.raw, end=fraction.end)


def _total(report: Report, total: Quantity, after: Sequence[Quantity], opening: str) -> Iterator[Finding]:
    parts: list[Quantity] = []
    end = total.end
    for part in after:
        if ")" in report.text[end : part.start]:
            break
        parts.append(part)
        end = part.end
    exact = report.text[total.start : total.start + 1].isdigit()
    alike = all(p.unit and total.unit and (p.unit in total.unit or total.unit in p.unit) for p in parts)
    known = [p.value for p in parts if p.value is not None and "/" not in p.raw]
    if len(parts) < 2 or len(known) < len(parts) or not alike or not exact or total.value is None:
        return
    together = sum(known)
    # What stands after "trong đó" may leave something out, but not come to more.
    if abs(together - total.value) < 1e-6 * total.value or (_AMONG.search(opening) and together < total.value):
        return
    terms = " + ".join(p.raw for p in parts)
    same = all(p.unit == total.unit for p in parts)
    message = say("sum_in_text" if same else "sum_of_other_units", terms=terms, total=number(together), said=total.raw)
    yield finding("sum", total, message, number(together), number(total.value), end=end)
