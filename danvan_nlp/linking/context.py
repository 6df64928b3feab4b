"""What linking knows of one document: its places, its date, its mentions with their scopes and their neighbours."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from danvan_nlp.language.key import fold
from danvan_nlp.linking.registry import Registry, fold_number, relaxed_symbol
from danvan_nlp.linking.scope import Places, report_places, scope_of
from danvan_nlp.linking.similar import words
from danvan_nlp.types import Header, Mention, Unit

_ATTACHED = re.compile(r"\(\s*kèm theo[^()]{0,20}$")
_YEARS = re.compile(r"(\d{1,2}) năm (?:(?:triển khai|tổ chức|tiếp tục|việc) )*(?:thực hiện|thi hành)[^;.]{0,40}$")
# "công tác dân vận năm 2021, nhiệm vụ năm 2022": written by the end of the last of them.
_TITLE_YEAR = re.compile(r"(?:năm |[-–] ?)(20\d\d)(?!\d)")
# Without both: in the year of the latest day that the text names.
_DAY = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](20\d\d)(?!\d)")
_CLAUSE = re.compile(r";|\.\s")
_BEFORE = 90
_DATE = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|\b\d{4}\b")
_REACH = 200


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

    def near(self, index: int) -> str:
        """The words around a mention, up to its neighbours and the ends of its clause."""
        m, unit = self.mentions[index], self.unit_of[index]
        start, end = (unit.start, unit.end) if unit else (max(0, m.start - 200), m.end + 200)
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
        stop = self.mentions[index + 1].start if index + 1 < len(self.mentions) else end + _REACH
        return bool(_DATE.search(fold(self.text[end : min(stop, end + _REACH)])))

    def years_before(self, index: int) -> int | None:
        """The N of "N năm thực hiện" that leads to a mention."""
        start = self.mentions[index].start
        match = _YEARS.search(fold(self.text[max(0, start - _BEFORE) : start]))
        return int(match[1]) if match else None


def unit_index(units: Sequence[Unit], starts: Sequence[int], at: int) -> int | None:
    """Index of the unit that an offset stands in."""
    i = bisect_right(starts, at) - 1
    return i if i >= 0 and at < units[i].end else None


def _report_date(header: Header, mentions: Sequence[Mention], text: str) -> str | None:
    """The report's date: of its header, of its number line, of the report that an appendix is attached to."""
    if header.date:
        return header.date
    own = [m.date for m in mentions if m.kind == "self" and m.date]
    if own:
        return own[0]
    for m in mentions:
        if m.date and m.type == "báo cáo" and _ATTACHED.search(fold(text[max(0, m.start - 40) : m.start])):
            return m.date
    years = _TITLE_YEAR.findall(fold(header.title or "")) or _DAY.findall(text)
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
        facts.append(Facts(i, fold_number(m.number), relaxed_symbol(m.symbol), scope, reason))
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
    )  # fmt: skip
