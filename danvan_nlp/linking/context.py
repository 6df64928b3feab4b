"""What linking knows of one document: its places, its date, its mentions with their scopes and their neighbours."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from danvan_nlp.language.key import fold
from danvan_nlp.linking.places import Places, report_places
from danvan_nlp.linking.reach import ahead, behind
from danvan_nlp.linking.registry import Registry, fold_number, relaxed_symbol
from danvan_nlp.linking.scope import scope_nearby, scope_of
from danvan_nlp.linking.similar import pairs, words
from danvan_nlp.types import Header, Mention, Unit

_ATTACHED = re.compile(r"\(\s*kèm theo[^()]{0,20}$")
_YEARS = re.compile(r"(\d{1,2}) năm (?:(?:triển khai|tổ chức|tiếp tục|việc) )*(?:thực hiện|thi hành)[^;.]{0,40}$")
# "công tác dân vận năm 2021, nhiệm vụ năm 2022": written by the end of the last of them.
_TITLE_YEAR = re.compile(r"(?:năm |[-–] ?)(20\d\d)(?!\d)")
# Neither is a day in the title, that of a document it cites: without both, the year of the latest day tells.
_DAY = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](20\d\d)(?!\d)|\bngày \d{1,2} tháng \d{1,2} năm (20\d\d)(?!\d)")
# "Lạng Sơn, ngày … tháng 8 năm 2020": the clerk had yet to write the day in, or the scan lost it ("ngày 3O").
_UNDATED_LINE = re.compile(r", ngày[\s.…_\doil]{0,12}tháng (\d{1,2}) năm (20\d\d)(?!\d)")
_LETTERHEAD = 1500
_NOTE = 40
_CLAUSE = re.compile(r";|\.\s")
_BEFORE = 90
_DATE = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|\b\d{4}\b")
_REACH = 200
_TELLING, _MOST = 6, 0.6


@dataclass(frozen=True, slots=True)
class Facts:
    """What a mention tells of its document's identity, in comparison forms."""

    index: int
    number: str
    symbol: str
    scope: str | None
    scope_reason: str

    @property
    def key(self) -> tuple[str, str, str | None]:
        """Number, symbol and scope: what mentions of one document share."""
        return self.number, self.symbol, self.scope


@dataclass(frozen=True, slots=True)
class Context:
    """One document as linking sees it; build it with `build`."""

    text: str
    mentions: Sequence[Mention]
    units: Sequence[Unit]
    registry: Registry
    places: Places
    date: str | None
    facts: tuple[Facts, ...]
    unit_of: tuple[Unit | None, ...]
    pair_counts: Counter[str] = field(repr=False)
    by_name: Mapping[str, Sequence[int]] = field(repr=False)
    # For each number, symbol and scope: the mentions that state a year, and the year.
    years: Mapping[tuple[str, str, str | None], Sequence[tuple[int, str]]] = field(repr=False)

    def near(self, index: int) -> str:
        """The words around a mention, up to its neighbours and the ends of its clause."""
        m, unit = self.mentions[index], self.unit_of[index]
        start, end = (unit.start, unit.end) if unit else (m.start, m.end)
        if index:
            start = max(start, min(m.start, self.mentions[index - 1].end))
        if index + 1 < len(self.mentions):
            end = min(end, max(m.end, self.mentions[index + 1].start))
        before = _CLAUSE.split(self.text[start : m.start])[-1]
        return before + " " + _CLAUSE.split(self.text[m.end : end])[0]

    def around(self, index: int) -> str:
        """The text of a mention's unit."""
        unit = self.unit_of[index]
        return self.text[unit.start : unit.end] if unit else ""

    def own_date(self, index: int) -> bool:
        """Whether a mention's date stands before the next mention, and is not shared with one after it."""
        end = self.mentions[index].end
        stop = self.mentions[index + 1].start if index + 1 < len(self.mentions) else None
        return bool(_DATE.search(ahead(self.text, end, _REACH, stop)))

    def speaks_of(self, title: str) -> bool:
        """Whether the text says most of what a title says, and the title enough to tell."""
        said = [pair in self.pair_counts for pair in pairs(title)]
        return len(said) >= _TELLING and sum(said) >= _MOST * len(said)

    def years_before(self, index: int) -> int | None:
        """The N of "N năm thực hiện" that leads to a mention."""
        match = _YEARS.search(behind(self.text, self.mentions[index].start, _BEFORE))
        return int(match[1]) if match else None


def unit_index(units: Sequence[Unit], starts: Sequence[int], at: int) -> int | None:
    """Index of the unit that an offset stands in."""
    i = bisect_right(starts, at) - 1
    return i if i >= 0 and at < units[i].end else None


def letterhead_month(text: str) -> str | None:
    """Year and month of a letterhead that leaves the day open.

    Examples
    --------
    >>> letterhead_month("Số     -BC/TU\\nLạng Sơn, ngày     tháng 8 năm 2020\\nBÁO CÁO")
    '2020-08'
    """
    match = _UNDATED_LINE.search(ahead(text, 0, _LETTERHEAD))
    return f"{match[2]}-{int(match[1]):02}" if match and 1 <= int(match[1]) <= 12 else None


def _report_date(header: Header, mentions: Sequence[Mention], text: str) -> str | None:
    """The report's date: of its header, or of the report that an appendix is attached to."""
    if header.date:
        return header.date
    for m in mentions:
        if m.date and m.type == "báo cáo" and _ATTACHED.search(behind(text, m.start, _NOTE)):
            return m.date
    month = letterhead_month(text)
    if month:
        return f"{month}-31"
    days = [a or b for a, b in _DAY.findall(fold(text))]
    years = _TITLE_YEAR.findall(_DAY.sub("", fold(header.title or ""))) or days
    return f"{max(years)}-12-31" if years else None


def build(
    mentions: Sequence[Mention], *, text: str, units: Sequence[Unit], header: Header, registry: Registry
) -> Context:
    """Gather what linking needs of one document."""
    places = report_places(header, text)
    starts = [u.start for u in units]
    found = [unit_index(units, starts, m.start) for m in mentions]
    facts = []
    for i, m in enumerate(mentions):
        scope, reason = scope_of(m.symbol, m.issuer, places) if m.number else (None, "")
        if scope is None and m.number:
            at = found[i]
            before = text[units[at].start : m.start] if at is not None else ""
            near, why = scope_nearby(m.symbol, m.issuer, (before, header.title or ""))
            scope, reason = (near, why) if near else (None, reason)
        facts.append(Facts(i, fold_number(m.number), relaxed_symbol(m.symbol), scope, reason))
    years: dict[tuple[str, str, str | None], list[tuple[int, str]]] = {}
    for fact, m in zip(facts, mentions, strict=True):
        if fact.number and (m.year or m.date):
            years.setdefault(fact.key, []).append((fact.index, m.year or (m.date or "")[:4]))
    run = words(text)
    by_name: dict[str, list[int]] = {}
    for i, m in enumerate(mentions):
        if m.name:
            by_name.setdefault(m.name, []).append(i)
    return Context(
        text=text, mentions=mentions, units=units, registry=registry, places=places,
        date=_report_date(header, mentions, text), facts=tuple(facts),
        unit_of=tuple(None if i is None else units[i] for i in found),
        pair_counts=Counter(f"{a} {b}" for a, b in zip(run, run[1:], strict=False)), by_name=by_name,
        years=years,
    )  # fmt: skip
