"""How well a report read from another format agrees with the same report as text."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from danvan_nlp import indicators, references
from danvan_nlp.annotated import AnnotatedReport
from danvan_nlp.structure import parse
from danvan_nlp.types import Source

_FIELDS = ("kind", "type", "number", "symbol", "year", "date", "issuer", "term", "part", "name")
_STATED = ("section", "key", "label", "level", "year", "value", "percent", "unit")


def _plain(text: str) -> str:
    """Letters and figures of a text, without the mark or bullet that opens it."""
    return re.sub(r"[\s¹²³⁴⁵⁶⁷⁸⁹*]+", "", re.sub(r"^[-+•*]\s+", "", text.strip()))


def f1(one: Counter[Any], two: Counter[Any]) -> float:
    shared = sum((one & two).values())
    return 2 * shared / max(1, one.total() + two.total())


def agreement(gold: AnnotatedReport, source: Source) -> dict[str, float]:
    """F1 of references, sentence boundaries and indicators, share of equal roles."""
    mine, text = parse(source), parse(Source(gold.text, "txt", ""))
    found = Counter(tuple(getattr(m, name) for name in _FIELDS) for m in references.find(mine.text, mine.units))
    wanted = Counter(tuple(getattr(m, name) for name in _FIELDS) for m in references.find(text.text, text.units))
    prose = ("sentence", "footnote")
    cut = Counter(_plain(mine.text[u.start : u.end]) for u in mine.units if u.role in prose)
    wanted_cut = Counter(_plain(gold.text[u.start : u.end]) for u in gold.units if u.role in prose)
    stated = [
        Counter(tuple(getattr(i, name) for name in _STATED) for i in indicators.extract(report))
        for report in (mine, text)
    ]
    return {
        "references": f1(found, wanted),
        "sentence_boundaries": f1(cut, wanted_cut),
        "indicators": f1(*stated),
        "roles": _roles(gold, mine),
    }


def _roles(gold: AnnotatedReport, mine: Any) -> float:
    """Share of the gold units whose middle stands in a unit of the same role."""
    plain, owner = [], []
    for unit in mine.units:
        letters = [c for c in mine.text[unit.start : unit.end] if c.isalnum() and c not in "¹²³⁴⁵⁶⁷⁸⁹"]
        plain += letters
        owner += [unit.role] * len(letters)
    whole = "".join(plain)
    at = right = total = 0
    for unit in gold.units:
        for line in re.split(r"[\n\t]", gold.text[unit.start : unit.end]):
            wanted = "".join(c for c in line if c.isalnum() and c not in "¹²³⁴⁵⁶⁷⁸⁹")
            if not wanted:
                continue
            place = whole.find(wanted, at)
            place = place if place >= 0 else whole.find(wanted)
            total += 1
            if place >= 0:
                right += owner[place + len(wanted) // 2] == unit.role
                at = place if unit.role not in ("footnote", "admin") else at
    return right / max(1, total)
