"""Choosing between documents that share number and symbol, by what the text around a mention speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from danvan_nlp.linking.context import Context
from danvan_nlp.linking.registry import Entry
from danvan_nlp.linking.similar import pairs
from danvan_nlp.types import Link

MARGIN = 0.12
# Weights of the signs, in the order of how often each alone settles the choice in hand-checked collisions:
# words next to the mention, the unit's, the document's; N years of implementing; carried out at once; the latest term.
_NEAR, _UNIT, _DOCUMENT, _YEARS, _PROMPTLY, _LATEST = 0.5, 0.3, 0.3, 0.3, 0.2, 0.08
_ENOUGH_PAIRS = 2
# Fewer word pairs of the titles in a whole text may be chance ("lãnh đạo").
_ENOUGH_SPOKEN = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document a mention may mean, known from the registry or stated elsewhere in the text."""

    target: str
    title: str | None
    date: str | None
    prior: float = 0.0

    @property
    def year(self) -> int | None:
        """The candidate's year as a number."""
        return int(self.date[:4]) if self.date else None


@dataclass(frozen=True, slots=True)
class Bound:
    """The earliest date of the documents that act on a mentioned one: what they act on is not later.

    ``prompt`` is True where they carry it out, so that it was issued not long before.
    """

    date: str
    prompt: bool


def of_entry(entry: Entry, prior: float = 0.0) -> Candidate:
    """A registry entry as a candidate."""
    return Candidate(entry.target_id, entry.title, entry.date or entry.year, prior)


def _own_pairs(candidates: Sequence[Candidate]) -> list[frozenset[str]]:
    """The word pairs of each title that no other candidate's title holds."""
    all_pairs = [pairs(c.title or "") for c in candidates]
    return [p.difference(*(q for q in all_pairs if q is not p)) for p in all_pairs]


def _saturated(own: frozenset[str], passage: frozenset[str]) -> float:
    return min(1.0, len(own & passage) / _ENOUGH_PAIRS)


def _years_fit(context: Context, index: int, candidate: Candidate) -> float:
    """Whether "N năm thực hiện" counted from the candidate's year ends by the report's date."""
    years = context.years_before(index)
    if years is None or candidate.year is None or not context.date:
        return 0.0
    return 1.0 if 0 <= int(context.date[:4]) - years - candidate.year <= 1 else 0.0


def _promptly(candidate: Candidate, bound: Bound | None, latest: str) -> bool:
    """Whether a candidate was issued in the year or two before the document that carries it out.

    Three years are enough for the latest one: a plan seldom carries out what a newer document bears the number of.
    """
    year = candidate.year
    reach = 3 if candidate.date == latest else 1
    return bool(bound and bound.prompt and year and 0 <= int(bound.date[:4]) - year <= reach)


def choose(context: Context, index: int, candidates: Sequence[Candidate], bound: Bound | None) -> Link:
    """Choose between candidates, or give them all where the text does not settle it."""
    if bound:
        day = bound.date
        candidates = [c for c in candidates if not c.date or c.date[: len(day)] <= day] or candidates
    if len(candidates) == 1:
        return Link(target=candidates[0].target, score=0.8, reason="number, symbol: the only one by then")
    own = _own_pairs(candidates)
    near, unit = pairs(context.near(index)), pairs(context.around(index))
    spoken = [sum(context.pair_counts[p] for p in o) for o in own]
    latest = max((c.date or "" for c in candidates), default="")
    scores = [
        c.prior
        + _NEAR * _saturated(o, near)
        + _UNIT * _saturated(o, unit)
        + _DOCUMENT * n / max(_ENOUGH_SPOKEN, sum(spoken))
        + _YEARS * _years_fit(context, index, c)
        + _PROMPTLY * _promptly(c, bound, latest)
        + _LATEST * (c.date == latest)
        for c, o, n in zip(candidates, own, spoken, strict=True)
    ]
    order = sorted(range(len(candidates)), key=lambda i: (-scores[i], candidates[i].target))
    margin = scores[order[0]] - scores[order[1]]
    ranked = tuple(candidates[i].target for i in order)
    if margin < MARGIN:
        return Link(target=None, score=None, candidates=ranked, reason="ambiguous: number and symbol of several terms")
    score = round(min(0.95, 0.6 + margin / 2), 2)
    return Link(target=ranked[0], score=score, candidates=ranked, reason="number, symbol: context of the mention")
