"""Which entry of the registry a mention means, by what the mention itself states: date, year, term, title, issuer."""

from __future__ import annotations

from collections.abc import Sequence

from danvan_nlp.language.key import fold
from danvan_nlp.linking.choose import Bound, choose, of_entry
from danvan_nlp.linking.context import Context, Facts
from danvan_nlp.linking.registry import Entry, fold_number, fold_symbol
from danvan_nlp.linking.scope import issuer_scope
from danvan_nlp.linking.similar import overlap, pairs
from danvan_nlp.linking.terms import numbered_by_term, term_of, terms_of_year
from danvan_nlp.types import Link, Mention

SAME_TITLE = 0.6
OTHER_TITLE = 0.1
_TELLING = 4
_EXACT = 0.99


def _hit(entry: Entry, score: float, by: str) -> Link:
    return Link(target=entry.target_id, score=score, reason=f"registry: {by}")


def issued_by(entry: Entry, date: str | None) -> bool:
    """Whether an entry had been issued by a date; an unknown date excludes nothing."""
    return not (date and entry.date) or entry.date <= date


def same_date(one: str | None, other: str | None) -> bool:
    """Whether two dates agree as far as both are told.

    Examples
    --------
    >>> same_date("1998-02", "1998-02-18"), same_date("1998-03", "1998-02-18")
    (True, False)
    """
    if not (one and other):
        return False
    told = min(len(one), len(other))
    return one[:told] == other[:told]


def _one_numbering(entry: Entry, m: Mention) -> bool:
    """Whether the stated date or year falls into the numbering that gave the entry its number."""
    if numbered_by_term(fold_symbol(entry.symbol)):
        stated = {term_of(m.date)} - {None} or terms_of_year(m.year or (m.date or "")[:4] or None)
        return (entry.term or term_of(entry.date)) in stated
    return entry.year == (m.year or (m.date or "")[:4])


def _best_title(m: Mention, entries: Sequence[Entry]) -> tuple[Entry, float] | None:
    rated = sorted(((overlap(m.title, e.title) or 0.0, e.target_id, e) for e in entries), key=lambda r: (-r[0], r[1]))
    return (rated[0][2], rated[0][0]) if rated else None


def _dated(context: Context, facts: Facts, entries: Sequence[Entry]) -> Link | None:
    """The entry of a mention that states a date or a year."""
    m = context.mentions[facts.index]
    stated = m.date or m.year or ""
    for e in entries:
        if m.date and e.date == m.date:
            return _hit(e, _EXACT, "number, symbol, date")
    # One of the two may be known to the month or the year alone.
    alike = [e for e in entries if same_date(e.date or e.year, stated)]
    if alike:
        return _hit(alike[-1], 0.97, "number, symbol, year" if len(stated) == len("2015") else "number, symbol, date")
    same = [e for e in entries if _one_numbering(e, m)]
    titled = _best_title(m, entries)
    if titled and titled[1] >= SAME_TITLE and titled[0] not in same:
        return _hit(titled[0], 0.85, "number, symbol, title; the date differs")
    if same and not _contradicts(m, same[0]):
        return _hit(same[0], 0.9, "number, symbol, same numbering; the date differs")
    # Numbers of a term rarely meet on one day of two years: the year is misprinted. Those of a year often do, unless
    # the text gives the right one elsewhere or is about the document's subject.
    elsewhere = {year for _, year in context.years.get(facts.key, ())}
    same_day = [
        e for e in entries
        if e.date and e.date[4:] == stated[4:] != "" and (e.term or e.year in elsewhere or context.speaks_of(e.title))
    ]  # fmt: skip
    if len(same_day) == 1 and not _contradicts(m, same_day[0]):
        return _hit(same_day[0], 0.8, "number, symbol, day and month; the year differs")
    return None


def _contradicts(m: Mention, entry: Entry) -> bool:
    """Whether the stated title speaks of something else altogether."""
    share = overlap(m.title, entry.title)
    return share is not None and share < OTHER_TITLE and len(pairs(m.title or "")) >= _TELLING


def _undated(context: Context, index: int, entries: Sequence[Entry], bound: Bound | None) -> Link | None:
    """The entry of a mention that states neither date nor year."""
    m = context.mentions[index]
    if m.term:
        same = [e for e in entries if e.term == m.term.upper()]
        if same:
            return _hit(same[-1], 0.95, "number, symbol, term")
    titled = _best_title(m, entries)
    if titled and titled[1] >= SAME_TITLE and (m.term or len(entries) > 1):
        return _hit(titled[0], 0.9, "number, symbol, title")
    if m.term:
        return None
    if len(entries) > 1:
        issuer = fold(m.issuer or "")
        issued = [e for e in entries if e.issuer and fold(e.issuer) in issuer] or entries
        return choose(context, index, [of_entry(e) for e in issued], bound)
    if _contradicts(m, entries[0]):
        return None
    return _hit(entries[0], 0.93 if titled and titled[1] >= SAME_TITLE else 0.8, "number, symbol; the only one known")


def from_registry(context: Context, facts: Facts, bound: Bound | None) -> Link | None:
    """The registry's answer for a numbered mention, None where it knows no such document."""
    m = context.mentions[facts.index]
    known = context.registry.numbered(m.number, m.symbol)
    entries = [e for e in known if facts.scope in (None, e.scope) or _joint(e, m)]
    found = _dated(context, facts, entries) if m.date or m.year else None
    shared = bool(m.date) and not context.own_date(facts.index)
    if not (m.date or m.year) or (shared and (found is None or found.score != _EXACT)):
        term = (m.term or "").upper()
        by_then = [e for e in entries if issued_by(e, context.date) or (term and e.term == term)]
        found = _undated(context, facts.index, by_then, bound) if by_then else found
    return found or _misprinted(context, facts)


def _joint(entry: Entry, m: Mention) -> bool:
    """Joint documents take the scope the registry gives them: their symbol names several bodies."""
    return fold_symbol(entry.symbol) == fold_symbol(m.symbol) and (entry.symbol or "").count("-") > 1


def _misprinted(context: Context, facts: Facts) -> Link | None:
    """The entry meant by a number or symbol that is misprinted: same date, and same title or central issuer.

    "Chỉ thị số 05-CT/TU, ngày 15/5/2016 của Bộ Chính trị" means 05-CT/TW.
    """
    m = context.mentions[facts.index]
    if not m.date:
        return None
    central = issuer_scope(m.issuer, context.places) in ("TW", "CP", "TTg", "QH", "UBTVQH")
    if facts.scope not in ("TW", "CP", "TTg", "QH", "UBTVQH") and not central:
        return None
    for e in context.registry.dated(m.date):
        same_number = fold_number(e.number) == facts.number
        alike = (overlap(m.title, e.title) or 0.0) >= SAME_TITLE
        if alike or (same_number and e.type == m.type):
            return _hit(e, 0.85, "date, title; the number or symbol differs")
    return None
