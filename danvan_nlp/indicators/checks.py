"""Whether the figures add up: totals, shares, parts over the whole, repeats, running text against the appendix."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median

from danvan_nlp.indicators.catalogue import Catalogue, catalogue
from danvan_nlp.indicators.inside import inside_sentences
from danvan_nlp.indicators.numbers import to_value
from danvan_nlp.indicators.versus import against_prose, early_documents
from danvan_nlp.types import Finding, Indicator, Quantity, Report

_PERCENT = re.compile(r"(\d+(?:[.,](\d+))?)\s*%")
PERCENT_NOTE = "PERCENT: "
_OWN_COLUMN = re.compile(PERCENT_NOTE + r"(\d+(?:[.,](\d+))?)")
_FRACTION = re.compile(r"(\d[\d.]*)\s*/\s*(\d[\d.]*)")
_STOCKS = ("vu_phuc_tap", "vu_to_cong_tac", "ton_dong")
_REPEATED = 20
_SUMS = {
    "khoi_kien_tong": ("khoi_kien_giu_nguyen", "khoi_kien_huy", "khoi_kien_sua_doi"),
    "dvc_muc_3_4_tong": ("dvc_muc_3", "dvc_muc_4"),
    "vu_phuc_tap_tong": ("vu_phuc_tap_giai_quyet", "vu_phuc_tap_ton_dong"),
    "vu_to_cong_tac_ptt_tong": ("vu_to_cong_tac_ptt_giai_quyet", "vu_to_cong_tac_ptt_ton_dong"),
    "don_khieu_nai_thuoc_tham_quyen": ("don_khieu_nai_da_giai_quyet", "don_khieu_nai_ton_dong"),
    "don_to_cao_thuoc_tham_quyen": ("don_to_cao_da_giai_quyet", "don_to_cao_ton_dong"),
}
_WITHIN = {
    "don_khieu_nai_thuoc_tham_quyen": "don_khieu_nai_tiep_nhan",
    "don_to_cao_thuoc_tham_quyen": "don_to_cao_tiep_nhan",
    "vu_phuc_tap_can_tw_ho_tro": "vu_phuc_tap_tong",
}
_LEVEL_SUMS = {"toan_tinh": ("cap_tinh", "cap_huyen", "cap_xa"), "toan_huyen": ("cap_huyen", "cap_xa")}
Place = tuple[str | None, str | None, str | None]


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
    facts: dict[tuple[str, Place], Indicator] = {}
    for fact in indicators:
        if fact.key is not None and fact.key in known.indicators:
            facts.setdefault((fact.key, (fact.section, fact.level, fact.year)), fact)
    yield from _shares(facts, known)
    yield from _sums_of_parts(facts)
    yield from _within(facts, known)
    yield from _totals_of_years(facts, known)
    yield from _totals_of_levels(facts, known)
    yield from _bases(facts, known)
    yield from _repeats(facts, known)
    for fact in indicators:
        if fact.note and fact.note.startswith("OCR: "):
            told = fact.note.removeprefix("OCR: ").partition("; LOGIC")[0]
            yield finding("logic", fact, f"{_where(fact)}: {told}", number(fact.value or 0), fact.raw)


def number(value: float) -> str:
    """A number as Vietnamese prints it.

    Examples
    --------
    >>> number(4272.0), number(85.77)
    ('4.272', '85,77')
    """
    shown = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")
    return shown.translate(str.maketrans(",.", ".,"))


def finding(kind: str, fact: Indicator, message: str, expected: str, found: str) -> Finding:
    """A finding at the place of a fact."""
    return Finding(
        kind=kind, start=fact.start, end=fact.end, message=message, expected=expected, found=found, indicator=fact.key
    )


def _where(fact: Indicator) -> str:
    return ", ".join(x for x in (fact.label, fact.level, fact.year) if x)


def _shares(facts: dict[tuple[str, Place], Indicator], known: Catalogue) -> Iterator[Finding]:
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
        received = facts.get((_WITHIN.get(whole_key, ""), place))
        others = [received.value] if received is not None and received.value else []
        if _rounds_to(true, fact.percent, decimals) or any(
            _rounds_to(100 * fact.value / o, fact.percent, decimals) for o in others
        ):
            continue
        expected = f"{true:.{max(decimals, 1) if decimals else 0}f}%".replace(".", ",")
        yield finding(
            "percent",
            fact,
            f"{_where(fact)}: {number(fact.value)}/{number(base)} = {true:.3f}%, the table prints {printed[-1][0]}%"
            + _other_base(fact.value, base, whole),
            expected,
            f"{printed[-1][0]}%",
        )


def _other_base(value: float, base: float, whole: Indicator | None) -> str:
    if whole is None or not whole.value or whole.value == base:
        return ""
    return f"; {number(value)}/{number(whole.value)} would be {100 * value / whole.value:.2f}%"


def _rounds_to(true: float, printed: float, decimals: int) -> bool:
    return abs(true - printed) <= 0.5 * float(10**-decimals) + 1e-9


def _sums_of_parts(facts: dict[tuple[str, Place], Indicator]) -> Iterator[Finding]:
    for (key, place), whole in facts.items():
        names = _SUMS.get(key)
        parts = [facts.get((name, place)) for name in names] if names else []
        if not parts or whole.value is None or any(p is None or p.value is None for p in parts):
            continue
        known = [p for p in parts if p is not None and p.value is not None]
        total = sum(p.value for p in known if p.value is not None)
        if total == whole.value or any((p.value or 0) > whole.value for p in known):
            continue
        terms = " + ".join(number(p.value or 0) for p in known)
        words = " + ".join(p.label.rpartition(" > ")[2] for p in known)
        kind = "logic" if total > whole.value else "sum"
        message = f"{words}: {terms} = {number(total)}, but {_where(whole)} is {number(whole.value)}"
        yield finding(kind, known[0], message, number(whole.value), number(total))


def _within(facts: dict[tuple[str, Place], Indicator], known: Catalogue) -> Iterator[Finding]:
    for (key, place), part in facts.items():
        for whole_key in dict.fromkeys((known.indicators[key].whole, _WITHIN.get(key))):
            whole = facts.get((whole_key or "", place))
            if whole is None or whole.value is None or part.value is None or part.value <= whole.value:
                continue
            message = (
                f"{_where(part)}: {number(part.value)} is more than the whole it belongs to, "
                f"{whole.label.rpartition(' > ')[2]} {number(whole.value)}"
            )
            yield finding("logic", part, message, f"<= {number(whole.value)}", number(part.value))


def _series(
    facts: dict[tuple[str, Place], Indicator],
) -> dict[tuple[str, str | None, str | None], dict[str, Indicator]]:
    """Facts of one indicator, section and level, by year."""
    series: dict[tuple[str, str | None, str | None], dict[str, Indicator]] = defaultdict(dict)
    for (key, (section, level, year)), fact in facts.items():
        if year is not None:
            series[key, section, level][year] = fact
    return series


def _totals_of_years(facts: dict[tuple[str, Place], Indicator], known: Catalogue) -> Iterator[Finding]:
    for (key, _, _), years in _series(facts).items():
        single = [f for y, f in sorted(years.items()) if y.isdigit() and f.value is not None]
        totals = [f for y, f in years.items() if not y.isdigit() and f.value is not None]
        stock = any(word in key for word in _STOCKS) or known.indicators[key].form != "count"
        if len(single) < 2 or len(totals) != 1 or stock:
            continue
        total, shown = sum(f.value or 0 for f in single), totals[0].value or 0
        if total != shown:
            terms = " + ".join(number(f.value or 0) for f in single)
            message = f"{_where(totals[0])}: {terms} = {number(total)}, the table prints {number(shown)}"
            yield finding("sum", totals[0], message, number(total), number(shown))


def _totals_of_levels(facts: dict[tuple[str, Place], Indicator], known: Catalogue) -> Iterator[Finding]:
    for (key, (section, level, year)), whole in facts.items():
        parts = [facts.get((key, (section, name, year))) for name in _LEVEL_SUMS.get(level or "", ())]
        stated = [p for p in parts if p is not None and p.value is not None]
        if len(stated) < 2 or whole.value is None or known.indicators[key].form != "count":
            continue
        total = sum(p.value or 0 for p in stated)
        if total != whole.value:
            terms = " + ".join(number(p.value or 0) for p in stated)
            message = f"{_where(whole)}: {terms} = {number(total)}, the table prints {number(whole.value)}"
            yield finding("sum", whole, message, number(total), number(whole.value))


def _bases(facts: dict[tuple[str, Place], Indicator], known: Catalogue) -> Iterator[Finding]:
    """Count and rate of one row give its base; one year whose base is far from the others' does not fit."""
    for (key, section, level), years in _series(facts).items():
        count_key = known.indicators[key].base_of
        rows = []
        for year, rate in sorted(years.items()):
            count = facts.get((count_key or "", (section, level, year)))
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
            true, needed = 100 * counted / middle, 100 * counted / (rate.value or 1)
            message = (
                f"{_where(rate)}: {number(counted)} at {rate.raw} needs a base of about {needed:.0f}, "
                f"the other years have about {middle:.0f}, where {number(counted)} is {true:.2f}%"
            )
            yield finding("percent", rate, message, f"{true:.2f}%".replace(".", ","), rate.raw)


def _repeats(facts: dict[tuple[str, Place], Indicator], known: Catalogue) -> Iterator[Finding]:
    """The same large count of something done within a year, two years running."""
    for (key, _, _), years in _series(facts).items():
        if not known.indicators[key].flow:
            continue
        single = sorted((int(y), f) for y, f in years.items() if y.isdigit())
        for (before, one), (after, two) in _neighbours(single):
            if one.value == two.value and (one.value or 0) >= _REPEATED and after == before + 1:
                same = number(two.value or 0)
                message = f"{_where(two)}: {same} in {before} and again in {after}; a stock, not the count of a year?"
                yield finding("logic", two, message, f"other than {same}", same)


def _neighbours(rows: Iterable[tuple[int, Indicator]]) -> Iterator[tuple[tuple[int, Indicator], tuple[int, Indicator]]]:
    yield from pairwise(rows)
