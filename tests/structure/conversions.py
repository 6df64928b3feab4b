"""Scores of the structure and the statistics of short reports as converters and offices leave them (``cases/``)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from danvan_nlp.annotated import AnnotatedReport, AnnotatedUnit, read_annotated
from danvan_nlp.indicators import extract
from danvan_nlp.structure import parse
from danvan_nlp.types import Report, Source

CASES = Path(__file__).parent / "cases"
_MARKS = "*_#-–+•●>|~ \n\t\r\f\ufffd"
_ENUMERATOR = re.compile(
    r"^(?:(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđA-ZĐ]|\(\d{1,2}\))\\?[./)\-–:]?[.)]?\s+|\[\^\d+\]:?|"
    r"[-–+•●*#\s¹²³⁴-⁹]+)+"
)


@dataclass
class F1:
    """Counts of one kind of thing: found and wanted, found only, wanted only."""

    both: int = 0
    found: int = 0
    wanted: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def value(self) -> float:
        all_ = 2 * self.both + self.found + self.wanted
        return 2 * self.both / all_ if all_ else 1.0

    def add(self, other: F1) -> None:
        """Count in those of another text."""
        self.both += other.both
        self.found += other.found
        self.wanted += other.wanted


def read_case(path: Path) -> AnnotatedReport:
    """A case, with the line ends that its front matter asks for."""
    case = read_annotated(path)
    if case.about.get("line_end") != "crlf":
        return case
    text = case.text.replace("\n", "\r\n")
    shift = [0]
    for character in case.text:
        shift.append(shift[-1] + (character == "\n"))
    units = tuple(
        replace(unit, start=unit.start + shift[unit.start], end=unit.end + shift[unit.end]) for unit in case.units
    )
    return replace(case, text=text, units=units)


def cases() -> Iterator[Path]:
    """The cases, in the order of their names."""
    return iter(sorted(CASES.glob("*.txt")))


def structure_of(case: AnnotatedReport) -> Report:
    """The case as the package reads it."""
    return parse(Source(case.text, case.about.get("format", "txt"), ""))


def bare(text: str) -> str:
    """A unit without its enumerator, bullet, footnote mark and markup."""
    return _ENUMERATOR.sub("", text.strip(_MARKS)).strip(_MARKS)


def boundaries(case: AnnotatedReport, report: Report) -> F1:
    """How many sentences and footnotes have the right ends."""
    score = F1()
    for unit in case.units:
        if unit.role not in ("sentence", "footnote"):
            continue
        over = [u for u in report.units if u.start < unit.end and u.end > unit.start]
        if any(bare(case.text[u.start : u.end]) == bare(case.text[unit.start : unit.end]) for u in over):
            score.both += 1
            continue
        score.wanted += 1
        score.found += sum(1 for u in over if _shared(unit, u.start, u.end) > 0.5 * (u.end - u.start))
        score.errors.append(
            f"{case.text[unit.start : unit.end][:70]!r} read as {[case.text[u.start : u.end] for u in over]}"
        )
    return score


def roles(case: AnnotatedReport, report: Report) -> dict[str, F1]:
    """Per role, how many units have it; units without letter or digit do not count."""
    scores = {role: F1() for role in ("heading", "sentence", "footnote", "admin", "table")}
    for unit in case.units:
        if not any(map(str.isalnum, case.text[unit.start : unit.end])):
            continue
        over = [u for u in report.units if u.start < unit.end and u.end > unit.start]
        role = max(over, key=lambda u: _shared(unit, u.start, u.end)).role if over else None
        if role == unit.role:
            scores[unit.role].both += 1
            continue
        scores[unit.role].wanted += 1
        scores[unit.role].errors.append(f"{unit.role} as {role}: {case.text[unit.start : unit.end][:100]!r}")
        if role:
            scores[role].found += 1
    return scores


def indicators(path: Path, report: Report) -> F1:
    """How many of the statistics that the case lists are found: key, level, year, value and percent."""
    listed = path.with_suffix(".json")
    wanted = Counter(_row(*row) for row in json.loads(listed.read_text("utf-8"))) if listed.exists() else Counter()
    found = Counter(_row(i.key, i.level, i.year, i.value, i.percent) for i in extract(report) if i.key)
    missed, wrong = wanted - found, found - wanted
    errors = [f"missed {row}" for row in missed] + [f"wrong {row}" for row in wrong]
    return F1((wanted & found).total(), wrong.total(), missed.total(), errors)


def _row(*cells: str | float | None) -> tuple[str | float | None, ...]:
    return tuple(float(cell) if isinstance(cell, int | float) else cell or None for cell in cells)


def _shared(unit: AnnotatedUnit, start: int, end: int) -> int:
    return min(unit.end, end) - max(unit.start, start)
