"""Documents cited by name: laws, the constitution, plenum resolutions, congress resolutions."""

from __future__ import annotations

import re

from danvan_nlp.language.key import fold
from danvan_nlp.linking.context import Context
from danvan_nlp.linking.known import SAME_TITLE, issued_by
from danvan_nlp.linking.reach import ahead, behind
from danvan_nlp.linking.registry import Entry
from danvan_nlp.linking.similar import overlap
from danvan_nlp.linking.terms import CONGRESS_KEY, PLENUM_KEY, congress_year, local_congress_year, plenum_year, term_of
from danvan_nlp.linking.wordings import has
from danvan_nlp.localities import find_localities
from danvan_nlp.types import Link, Mention

_LEVELS = (("cap_tinh", "tỉnh"), ("cap_huyen", r"huyện|thị xã|quận"), ("cap_xa", r"xã|phường|thị trấn"))
_YEARS = r"((?:19|20)\d\d)\s*[-–]\s*(?:20)?\d\d"
_PERIOD = re.compile(r"(?:nhiệm kỳ|giai đoạn)\s+((?:19|20)\d\d)\s*[-–]\s*(?:20)?\d\d")
_AFTER, _TITLE = 70, 200
_CLAUSE_END = re.compile(r"[,;.:()\n]")
# Where title and opening tell whose term of office is reported: "nhiệm kỳ Đại hội XIV Đảng bộ tỉnh (2010-2015)".
_OPENING = 3000
# Other mentions of a congress that are asked for its place and period: the first ones tell, or none does.
_LOOKED_AT = 20
# A law takes effect some half a year after it is passed; until then reports speak of the one it replaces.
_IN_FORCE_AFTER = 7
# A draft that a report speaks of became law in that year, or later.
_DRAFTED = 12
_STATE = {"phap": "UBTVQH", "nq": "TW", "kl": "TW"}


def link_named(context: Context, index: int, by: str | None = None) -> Link:
    """Which document a name means; ``by`` is the date of the earliest document that acts on it."""
    m = context.mentions[index]
    name = m.name or ""
    congress = CONGRESS_KEY.fullmatch(name)
    if congress:
        return _congress(context, index, congress[1])
    plenum = PLENUM_KEY.fullmatch(name)
    if plenum:
        return _plenum(context, index, *_with_term(context, index, plenum))
    entries = list(context.registry.named(name))
    if not m.year and has("draft", behind(context.text, m.start, _AFTER)):
        became = [e for e in entries if context.date and _months(e.date, context.date) < _DRAFTED]
        if became:
            return Link(target=became[0].target_id, score=0.7, reason="registry: name; the law a draft became")
    return _law(context, m, entries, min((d for d in (by, context.date) if d), default=None))


def _law(context: Context, m: Mention, entries: list[Entry], date: str | None) -> Link:
    """A law or constitution: by its year, else the one in force by a date."""
    name = m.name or ""
    scope = _STATE.get(name.split("-", maxsplit=1)[0], "QH")
    elsewhere = _year_elsewhere(context, name)
    year = m.year or (m.date or "")[:4] or (elsewhere if not (elsewhere and date) or elsewhere <= date[:4] else None)
    if year:
        known = [e for e in entries if e.year == year]
        if known:
            return Link(target=known[-1].target_id, score=0.97, reason="registry: name, year")
        return Link(target=f"{name}@{scope}@{year}", score=0.8, reason="name, year; not in the registry")
    by_then = [e for e in entries if issued_by(e, date)]
    if len(by_then) > 1 and date and _months(by_then[-1].date, date) < _IN_FORCE_AFTER:
        by_then.pop()
    if by_then:
        one = len(entries) == 1
        return Link(
            target=by_then[-1].target_id, score=0.9 if one else 0.75,
            reason="registry: name" if one else "registry: name; the latest by the report's date",
            candidates=tuple(e.target_id for e in reversed(by_then)) if len(by_then) > 1 else (),
        )  # fmt: skip
    if entries:
        return Link(target=entries[0].target_id, score=0.5, reason="registry: name; passed after the report, a draft")
    return Link(target=f"{name}@{scope}@?", score=0.6, reason="name; year not stated, not in the registry")


def _months(start: str | None, end: str) -> int:
    """Months from one ISO date to another; many where either is not known to the month."""
    if not start or min(len(start), len(end)) < len("2015-07"):
        return _DRAFTED
    return 12 * (int(end[:4]) - int(start[:4])) + int(end[5:7]) - int(start[5:7])


def _year_elsewhere(context: Context, name: str) -> str | None:
    """The one year that the document's other mentions of a name state."""
    named = (context.mentions[i] for i in context.by_name.get(name, ()))
    years = {m.year or (m.date or "")[:4] for m in named} - {""}
    return years.pop() if len(years) == 1 else None


def _with_term(context: Context, index: int, plenum: re.Match[str]) -> tuple[str, str | None]:
    """A plenum's key with its term, and its year: the term is stated, or that of another mention, or the current."""
    kind, number, term = plenum[1], plenum[2], plenum[3] or (context.mentions[index].term or "").lower()
    if not term:
        others = [name for name in context.by_name if name.startswith(f"{kind}-tw{number}-khoa-")]
        current = (term_of(context.date) or "").lower()
        held = plenum_year(current, number) if current else None
        if others:
            term = others[0].rsplit("-", 1)[-1]
        elif held and context.date and held <= context.date[:4]:
            term = current
    name = f"{kind}-tw{number}-khoa-{term}" if term else plenum[0]
    return name, plenum_year(term, number)


def _plenum(context: Context, index: int, name: str, year: str | None) -> Link:
    """A plenum's resolution: the numbered document, told by its title where the plenum passed several."""
    m = context.mentions[index]
    entries = context.registry.named(name)
    if len(entries) == 1 and _bare_alias(entries[0], m):
        return Link(target=entries[0].target_id, score=0.95, reason="registry: plenum, term")
    after = ahead(context.text, m.end, _TITLE).split(";")[0]
    stated = m.title or after
    rated = sorted(((overlap(stated, e.title) or 0.0, e.target_id, e) for e in entries), key=lambda r: (-r[0], r[1]))
    if rated and rated[0][0] >= (SAME_TITLE if m.title else 0.5) and (len(rated) == 1 or rated[0][0] > rated[1][0]):
        return Link(
            target=rated[0][1], score=0.92, candidates=tuple(r[1] for r in rated) if len(rated) > 1 else (),
            reason="registry: plenum, term, title",
        )  # fmt: skip
    return Link(
        target=f"{name}@TW@{year or '?'}", score=0.6, candidates=tuple(e.target_id for e in entries),
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
    surface, said = _surface(context, m)
    if has("other_congress", surface):
        return Link(target=None, score=None, reason="congress of another organisation than the party")
    if term[0].isdigit():
        same = _same_period(context, index, term)
        return same or _local_congress(context, index)
    if not _is_local(context, index, surface, said):
        entries = context.registry.named(name)
        if entries:
            return Link(target=entries[-1].target_id, score=0.95, reason="registry: national congress, term")
        year = congress_year(term)
        return Link(target=f"{name}@TW@{year or '?'}", score=0.8 if year else 0.5, reason="national congress, term")
    return _local_congress(context, index)


def _surface(context: Context, m: Mention) -> tuple[str, str]:
    """The folded words of a mention, and these with what follows them."""
    surface = fold(context.text[m.start : m.end])
    return surface, f"{surface} {ahead(context.text, m.end, _AFTER)}"


def _same_period(context: Context, index: int, period: str) -> Link | None:
    """The congress that another mention numbers and whose period is the one stated here."""
    years = period.replace("-", r"\s*[-–]\s*")
    for name, indices in context.by_name.items():
        numbered = CONGRESS_KEY.fullmatch(name)
        if not numbered or numbered[1][0].isdigit():
            continue
        for i in indices[:_LOOKED_AT]:
            o = context.mentions[i]
            if i != index and re.search(years, _surface(context, o)[1]):
                return link_named(context, i)
    return None


def _place(context: Context, index: int) -> str | None:
    """Whose party organisation holds a congress."""
    m, unit = context.mentions[index], context.unit_of[index]
    # No further than the clause: what comes next may be another body, and half a name would be another place.
    behind = context.text[m.end : unit.end if unit else m.end + _AFTER]
    said = context.text[m.start : m.end] + _CLAUSE_END.split(behind, maxsplit=1)[0]
    level = next((lv for lv, word in _LEVELS if re.search(rf"đảng bộ (?:{word})\b", fold(said))), None)
    named = [p for p in find_localities(said) if p.level == level]
    return named[0].slug if named else context.places.at(level) if level else context.places.own


def _local_congress(context: Context, index: int) -> Link:
    """A congress of the party organisation of a place."""
    name = context.mentions[index].name or ""
    scope = _place(context, index)
    year, why = _congress_year(context, index, name, scope)
    if scope is None:
        reason = "congress of a party organisation; scope unknown: the place is not named"
        return Link(target=None, score=None, candidates=(f"{name}@?@{year or '?'}",), reason=reason)
    return Link(
        target=f"{name}@{scope}@{year or '?'}", score=0.9 if "stated" in why else 0.7, reason=f"local congress; {why}"
    )


def _is_local(context: Context, index: int, surface: str, said: str) -> bool:
    """Whether a congress is that of a local party organisation."""
    if has("national_congress", surface):
        return False
    if has("local_congress", surface):
        return True
    tail = said[len(surface) :].split(";", maxsplit=1)[0].split(" và ", maxsplit=1)[0][: _AFTER // 2]
    if has("national_congress", tail) or has("local_congress", tail):
        return not has("national_congress", tail)
    others = context.by_name.get(context.mentions[index].name or "", ())[:_LOOKED_AT]
    mine = [_surface(context, context.mentions[i])[0] for i in others if i != index]
    if any(has("national_congress", s) or has("local_congress", s) for s in mine):
        return not any(has("national_congress", s) for s in mine)
    opened = congress_year((context.mentions[index].name or "").rsplit("-", 1)[-1])
    return opened is None or bool(context.date and context.date[:4] < opened)


def _congress_year(context: Context, index: int, name: str, scope: str | None) -> tuple[str | None, str]:
    """The year of a local congress: the term's first year where the text states it, else the last one held."""
    m = context.mentions[index]
    if name[-4:].isdigit():
        return name[-9:-5], "term of office stated"
    same = [m, *(context.mentions[i] for i in context.by_name.get(name, ())[:_LOOKED_AT] if i != index)]
    for other in same:
        if other.year or other.date:
            return (other.year or (other.date or "")[:4]), "year stated"
        period = _PERIOD.search(_surface(context, other)[1])
        if period:
            return period[1], "term of office stated"
    ordinal = name.rsplit("-", 1)[-1]
    opening = rf"đại hội[^.;\n]{{0,30}} {ordinal}\b[^.;\n]{{0,30}}\({_YEARS}\)"
    period = re.search(opening, ahead(context.text, 0, _OPENING))
    if period:
        return period[1], "term of office stated"
    last = local_congress_year(context.date)
    if not (last and context.date):
        return last, "year: the last congress before the report"
    # A text that names two congresses of one place speaks of the last one and of the one before.
    held = int(context.date[:4]) // 5 * 5
    if _names_congress(context, _value(ordinal) + 1, scope):
        return str(held - 5), "year: the congress before the last"
    if _names_congress(context, _value(ordinal) - 1, scope):
        return str(held), "year: the last congress by the report's date"
    return last, "year: the last congress before the report"


def _value(numeral: str) -> int:
    """The number that a Roman numeral in small letters stands for."""
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}[letter] for letter in numeral]
    return sum(-v if any(w > v for w in values[k + 1 : k + 2]) else v for k, v in enumerate(values))


def _names_congress(context: Context, number: int, scope: str | None) -> bool:
    """Whether the text names the local congress of this number and place."""
    for name, indices in context.by_name.items():
        found = CONGRESS_KEY.fullmatch(name)
        if not found or found[1][0].isdigit() or _value(found[1]) != number:
            continue
        for i in indices[:_LOOKED_AT]:
            o = context.mentions[i]
            surface, said = _surface(context, o)
            of_party = not has("other_congress", surface) and _is_local(context, i, surface, said)
            if of_party and _place(context, i) == scope:
                return True
    return False
