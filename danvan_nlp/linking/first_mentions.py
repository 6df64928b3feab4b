"""First mentions of documents that lack what the drafting rules of their time ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from danvan_nlp import data
from danvan_nlp.findings import name_of, say
from danvan_nlp.language.key import fold
from danvan_nlp.linking.context import unit_index
from danvan_nlp.linking.written_dates import date_after
from danvan_nlp.types import Finding, Header, Link, Mention, Unit

_ROLES = ("sentence", "footnote")
_NAMED_ONLY = ("luật", "bộ luật", "hiến pháp", "pháp lệnh")


def drafting_rule(header: Header | None) -> str | None:
    """The rule on citing that a report was written under, None where none of its side was in force.

    The symbol tells the side, the issuer where there is none; a report without a date is held to the latest rule.

    Examples
    --------
    >>> drafting_rule(Header(symbol="BC/HU", date="2019-06-12")), drafting_rule(Header(symbol="BC-UBND", date="2010"))
    ('Hướng dẫn 36-HD/VPTW', None)
    """
    symbol, issuer, date = (header.symbol, header.issuer, header.date) if header else (None, None, None)
    rows = data.rows("drafting_rules")
    of_party = next(row for row in rows if row["side"] == "party")
    party = "/" in symbol if symbol else bool(re.search(of_party["issuer"], fold(issuer or "")))
    in_force = [
        row["rule"]
        for row in rows
        if row["side"] == ("party" if party else "state") and (date is None or row["since"] <= date)
    ]
    return in_force[-1] if in_force else None


def first_mentions(
    mentions: Sequence[Mention], links: Sequence[Link], text: str, units: Sequence[Unit], header: Header | None
) -> Iterator[Finding]:
    """The first mention of each document in the prose, where neither it nor one before it is complete."""
    rule = drafting_rule(header)
    if rule is None:
        return
    starts = [u.start for u in units]
    told: dict[str, set[str]] = {}
    judged: set[str] = set()
    for i, (m, made) in enumerate(zip(mentions, links, strict=True)):
        at = unit_index(units, starts, m.start)
        if not made.target or at is None or m.kind in ("self", "anaphor"):
            continue
        told.setdefault(made.target, set()).update(_parts(m, text))
        if units[at].role not in _ROLES or made.target in judged:
            continue
        judged.add(made.target)
        lacking = [p for p in _required(m, made.target) if p not in told[made.target]]
        if lacking:
            yield Finding(
                kind="first_mention", start=m.start, end=m.end, mention=i, expected=", ".join(lacking), rule=rule,
                found=text[m.start : m.end],
                message=say("first_mention_lacks", parts=", ".join(name_of("parts", part) for part in lacking)),
            )  # fmt: skip


def _parts(m: Mention, text: str) -> set[str]:
    """The parts of a full citation that a mention states."""
    dated = (m.date and len(m.date) > len("2015")) or date_after(text, m.end)
    held = {
        "type": m.type, "number": m.number, "symbol": m.symbol, "date": dated, "issuer": m.issuer, "subject": m.title,
    }  # fmt: skip
    return {part for part, value in held.items() if value}


def _required(m: Mention, target: str) -> tuple[str, ...]:
    """What the rules ask of a first mention: laws and ordinances are cited by type and name alone."""
    if (m.type or "") in _NAMED_ONLY or target.startswith("nq-dai-hoi"):
        return ()
    if m.name and not m.number:
        return ("number", "symbol", "date")
    return ("type", "number", "symbol", "date", "issuer", "subject")
