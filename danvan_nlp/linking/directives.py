"""The documents that mentions mean, as rows: registry facts where known, else what the mentions state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from danvan_nlp.linking.registry import Registry, relaxed_symbol
from danvan_nlp.linking.terms import CONGRESS_KEY, PLENUM_KEY
from danvan_nlp.types import Directive, Link, Mention

_FILLED = ("type", "number", "symbol", "scope", "issuer", "date", "year", "term", "title", "year_in_number")


def directives(mentions: Sequence[Mention], links: Sequence[Link], registry: Registry) -> list[Directive]:
    """Make the rows that the links of one document need, one a target, in the order of their ids.

    Parameters
    ----------
    mentions : sequence of Mention
        The document's references.
    links : sequence of Link
        One for each mention, from `link`.
    registry : Registry
        Known directives.

    Returns
    -------
    list of Directive
        Facts of the registry with ``known`` True, else assembled from the mentions.

    Examples
    --------
    >>> from danvan_nlp.linking import load_registry
    >>> mention = Mention(start=0, end=9, kind="short", type="kết luận", number="114", symbol="KL/TW")
    >>> row = directives([mention], [Link(target="114-KL/TW@TW@2015", score=0.8)], load_registry())[0]
    >>> row.issuer, row.known
    ('Ban Bí thư', True)
    """
    cited: dict[str, list[Mention]] = {}
    for mention, found in zip(mentions, links, strict=True):
        if found.target:
            cited.setdefault(found.target, []).append(mention)
    rows = []
    for target, own in sorted(cited.items()):
        entry = registry.target(target)
        rows.append(entry.directive() if entry else _assembled(target, own))
    return rows


def split_target(target: str) -> tuple[str, str | None, str | None]:
    """A target's name, scope and year; a question mark stands for what is not known.

    Examples
    --------
    >>> split_target("12-KH/TU@cao-bang@?")
    ('12-KH/TU', 'cao-bang', None)
    """
    name, scope, year = target.rsplit("@", 2)
    return name, scope if scope != "?" else None, year if year != "?" else None


def _assembled(target: str, mentions: Sequence[Mention]) -> Directive:
    """A directive from what its mentions state, the most frequent statement of each kind first."""
    name, scope, year = split_target(target)
    number, symbol = _numbered(name, mentions)
    same = [m for m in mentions if m.number is None or relaxed_symbol(m.symbol) == relaxed_symbol(symbol)] or mentions
    dates = [m.date for m in same if m.date and (year is None or m.date.startswith(year))]
    title = _first(m.title for m in sorted(same, key=lambda m: -len(m.title or "")))
    spelt = _spelt(name) if number is None else None
    title = title or spelt
    titles = dict.fromkeys(t for t in (*(m.title for m in mentions), spelt) if t and t != title)
    return Directive(
        target_id=target, type=_commonest(m.type for m in same), number=number, symbol=symbol, scope=scope,
        issuer=_commonest(m.issuer for m in same), date=_commonest(dates) or year, year=year,
        term=_commonest(m.term for m in same), title=title, aliases=tuple(titles),
        year_in_number=_commonest(m.year_in_number for m in same if m.year_in_number == (year or m.year_in_number)),
    )  # fmt: skip


def _spelt(name: str) -> str | None:
    """A plenum's or a congress's resolution written out.

    Examples
    --------
    >>> _spelt("nq-tw6-khoa-xii"), _spelt("nq-dai-hoi-xv")
    ('Nghị quyết Trung ương 6 khóa XII', 'Nghị quyết Đại hội XV')
    """
    plenum, congress = PLENUM_KEY.fullmatch(name), CONGRESS_KEY.fullmatch(name)
    if plenum:
        kind = "Nghị quyết" if plenum[1] == "nq" else "Kết luận"
        return f"{kind} Trung ương {plenum[2]}" + (f" khóa {plenum[3].upper()}" if plenum[3] else "")
    return f"Nghị quyết Đại hội {congress[1].upper()}" if congress else None


def _numbered(name: str, mentions: Sequence[Mention]) -> tuple[str | None, str | None]:
    """Number and symbol of a target's name; none where the document is cited by name."""
    if all(m.number is None for m in mentions):
        return None, None
    number, _, symbol = name.partition("-")
    return number, symbol or None


def _commonest(values: Iterable[str | None]) -> str | None:
    counts = Counter(v for v in values if v)
    return counts.most_common(1)[0][0] if counts else None


def _first(values: Iterable[str | None]) -> str | None:
    return next((v for v in values if v), None)


def merge(*tables: Sequence[Directive]) -> list[Directive]:
    """Put the rows of several documents together, one a target, in the order of their ids.

    A known row wins; between assembled rows the fuller wins and takes what it lacks from the others, in an order
    that does not depend on how the work was divided.

    Examples
    --------
    >>> blank = dict.fromkeys(("type", "number", "symbol", "scope", "issuer", "date", "year", "term", "title"))
    >>> one = Directive(**{**blank, "target_id": "1-KH/TU@a@2016", "title": "công tác dân vận"})
    >>> two = Directive(**{**blank, "target_id": "1-KH/TU@a@2016", "issuer": "Tỉnh ủy"})
    >>> [(d.title, d.issuer) for d in merge([one], [two])]
    [('công tác dân vận', 'Tỉnh ủy')]
    """
    rows: dict[str, list[Directive]] = {}
    for table in tables:
        for row in table:
            rows.setdefault(row.target_id, []).append(row)
    return [_merged(rows[target]) for target in sorted(rows)]


def _merged(rows: Sequence[Directive]) -> Directive:
    def order(row: Directive) -> tuple[bool, int, str]:
        return (not row.known, sum(getattr(row, f) is None for f in _FILLED), repr(row))

    best, *others = sorted(rows, key=order)
    if best.known:
        return best
    gaps: dict[str, Any] = {f: _first(getattr(o, f) for o in others) for f in _FILLED if getattr(best, f) is None}
    seen = {t for row in rows for t in (*row.aliases, row.title) if t}
    return replace(best, **gaps, aliases=tuple(sorted(seen - {best.title or gaps.get("title")})))
