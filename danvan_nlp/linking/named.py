"""Documents cited by name: laws, the constitution, plenum resolutions, congress resolutions."""

from __future__ import annotations

import re

from danvan_nlp.language.key import fold
from danvan_nlp.linking.choose import choose, of_entry
from danvan_nlp.linking.context import Context
from danvan_nlp.linking.known import SAME_TITLE, issued_by
from danvan_nlp.linking.registry import Entry
from danvan_nlp.linking.similar import overlap
from danvan_nlp.linking.terms import congress_year, local_congress_year, plenum_year
from danvan_nlp.localities import find_localities
from danvan_nlp.types import Link, Mention

_PLENUM = re.compile(r"(?:nq|kl)-tw(\w+)-khoa-([ivx]+)")
_CONGRESS = re.compile(r"nq-dai-hoi-([ivx]+)")
_LOCAL = re.compile(r"đảng bộ|nhiệm kỳ 20\d[05]|tỉnh|huyện")
_CENTRAL = re.compile(r"của đảng\b|toàn quốc|đảng cộng sản|trung ương")
_LEVELS = (("cap_tinh", "tỉnh"), ("cap_huyen", r"huyện|thị xã|quận"), ("cap_xa", r"xã|phường|thị trấn"))
_PERIOD = re.compile(r"(?:nhiệm kỳ|giai đoạn)\s+((?:19|20)\d\d)\s*[-–]\s*(?:20)?\d\d")
_AFTER = 70
_STATE = {"luat": "QH", "bo": "QH", "hien": "QH", "phap": "UBTVQH", "nq": "TW", "kl": "TW"}


def link_named(context: Context, index: int) -> Link:
    """Which document a name means."""
    m = context.mentions[index]
    name = m.name or ""
    congress = _CONGRESS.fullmatch(name)
    if congress:
        return _congress(context, index, congress[1])
    entries = list(context.registry.named(name))
    plenum = _PLENUM.fullmatch(name)
    if plenum:
        return _plenum(context, index, entries, plenum_year(plenum[2], plenum[1]))
    return _law(context, m, name, entries)


def _law(context: Context, m: Mention, name: str, entries: list[Entry]) -> Link:
    """A law or constitution: by its year, else the one in force by the report's date."""
    scope = _STATE.get(name.split("-")[0])
    year = m.year or (m.date or "")[:4] or _year_elsewhere(context, name)
    if year:
        known = [e for e in entries if e.year == year]
        if known:
            return Link(target=known[-1].target_id, score=0.97, reason="registry: name, year")
        if scope is None:
            return Link(target=None, score=None, reason="name unknown to the registry")
        return Link(target=f"{name}@{scope}@{year}", score=0.8, reason="name, year; not in the registry")
    by_then = [e for e in entries if issued_by(e, context.date)]
    if by_then:
        score = 0.9 if len(entries) == 1 else 0.75
        reason = "registry: name" if len(entries) == 1 else "registry: name; the latest by the report's date"
        return Link(
            target=by_then[-1].target_id, score=score, reason=reason,
            candidates=tuple(e.target_id for e in reversed(by_then)) if len(by_then) > 1 else (),
        )  # fmt: skip
    if scope is None:
        return Link(target=None, score=None, reason="name unknown to the registry")
    return Link(target=f"{name}@{scope}@?", score=0.6, reason="name; year not stated, not in the registry")


def _year_elsewhere(context: Context, name: str) -> str | None:
    """The one year that the document's other mentions of a name state."""
    years = {m.year or (m.date or "")[:4] for m in context.mentions if m.name == name} - {""}
    return years.pop() if len(years) == 1 else None


def _plenum(context: Context, index: int, entries: list[Entry], year: str | None) -> Link:
    """A plenum's resolution: the numbered document, told by its title where the plenum passed several."""
    m = context.mentions[index]
    if len(entries) == 1 and _bare_alias(entries[0], m):
        return Link(target=entries[0].target_id, score=0.95, reason="registry: plenum, term")
    after = context.text[m.end : m.end + 200].split(";")[0]
    stated = m.title or after
    rated = sorted(((overlap(stated, e.title) or 0.0, e.target_id, e) for e in entries), key=lambda r: (-r[0], r[1]))
    if rated and rated[0][0] >= (SAME_TITLE if m.title else 0.5) and (len(rated) == 1 or rated[0][0] > rated[1][0]):
        return Link(
            target=rated[0][1], score=0.92, candidates=tuple(r[1] for r in rated) if len(rated) > 1 else (),
            reason="registry: plenum, term, title",
        )  # fmt: skip
    if len(entries) > 1:
        chosen = choose(context, index, [of_entry(e) for e in entries], None)
        if chosen.target and not m.title:
            return chosen
    return Link(
        target=f"{m.name}@TW@{year or '?'}", score=0.6, candidates=tuple(e.target_id for e in entries),
        reason="plenum, term; which of its resolutions is not stated" if entries else "plenum, term",
    )  # fmt: skip


def _bare_alias(entry: Entry, m: Mention) -> bool:
    """Whether the registry gives the plenum's name to this entry alone, or the title agrees."""
    alone = any(fold(a).split(" về ")[0] == fold(a) and "trung ương" in fold(a) for a in entry.aliases)
    share = overlap(m.title, entry.title)
    return alone if share is None else share >= SAME_TITLE / 2 or alone


def _congress(context: Context, index: int, term: str) -> Link:
    """A congress resolution: of the national congress, or of the party organisation of a place."""
    m = context.mentions[index]
    name = f"nq-dai-hoi-{term}"
    said = fold(context.text[m.start : m.end + _AFTER])
    surface = fold(context.text[m.start : m.end])
    local = _is_local(context, index, term, surface, said)
    if not local:
        entries = context.registry.named(name)
        if entries:
            return Link(target=entries[-1].target_id, score=0.95, reason="registry: national congress, term")
        year = congress_year(term)
        return Link(target=f"{name}@TW@{year or '?'}", score=0.8 if year else 0.5, reason="national congress, term")
    level = next((lv for lv, word in _LEVELS if re.search(rf"đảng bộ (?:{word})\b", said)), None)
    named = [p for p in find_localities(context.text[m.start : m.end + _AFTER]) if p.level == level]
    scope = named[0].slug if named else context.places.at(level) if level else context.places.own
    year, why = _congress_year(context, index, name)
    if scope is None:
        reason = "congress of a party organisation; scope unknown: the place is not named"
        return Link(target=None, score=None, candidates=(f"{name}@?@{year or '?'}",), reason=reason)
    return Link(
        target=f"{name}@{scope}@{year or '?'}", score=0.9 if "stated" in why else 0.7, reason=f"local congress; {why}"
    )


def _is_local(context: Context, index: int, term: str, surface: str, said: str) -> bool:
    """Whether a congress is that of a local party organisation."""
    if _CENTRAL.search(surface):
        return False
    if _LOCAL.search(surface):
        return True
    tail = said[len(surface) :].split(";")[0].split(" và ")[0][: _AFTER // 2]
    if _CENTRAL.search(tail) or _LOCAL.search(tail):
        return not _CENTRAL.search(tail)
    mine = [
        fold(context.text[o.start : o.end])
        for i, o in enumerate(context.mentions)
        if i != index and o.name == context.mentions[index].name
    ]
    if any(_CENTRAL.search(s) or _LOCAL.search(s) for s in mine):
        return not any(_CENTRAL.search(s) for s in mine)
    opened = congress_year(term)
    return opened is None or bool(context.date and context.date[:4] < opened)


def _congress_year(context: Context, index: int, name: str) -> tuple[str | None, str]:
    """The year of a local congress: the term's first year where the text states it, else the last one held."""
    m = context.mentions[index]
    same = [m, *(o for i, o in enumerate(context.mentions) if i != index and o.name == name)]
    for other in same:
        if other.year or other.date:
            return (other.year or (other.date or "")[:4]), "year stated"
        period = _PERIOD.search(fold(context.text[other.start : other.end + _AFTER]))
        if period:
            return period[1], "term of office stated"
    return local_congress_year(context.date), "year: the last congress before the report"
