"""The annotated reports of the project in the layouts that converters leave behind."""

import random
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from danvan_nlp.annotated import AnnotatedReport, read_annotated
from danvan_nlp.structure import parse
from danvan_nlp.types import Source

Edit = tuple[int, int, str]
_MARKS = "*_#-–+•. \n\t\r\ufffd¹²³⁴⁵⁶⁷⁸⁹⁰"


def reports(root: Path) -> list[AnnotatedReport]:
    return [read_annotated(path) for path in sorted((root / "corpora" / "annotated").glob("*.txt"))]


def as_it_is(report: AnnotatedReport, chance: random.Random) -> Iterator[Edit]:
    yield from ()


def without_blank_lines(report: AnnotatedReport, chance: random.Random) -> Iterator[Edit]:
    yield from ((m.start(), m.end(), "\n") for m in re.finditer(r"\n(?: *\n)+", report.text))


def indented(blanks: str) -> Callable[[AnnotatedReport, random.Random], Iterator[Edit]]:
    def edits(report: AnnotatedReport, chance: random.Random) -> Iterator[Edit]:
        for unit in report.units:
            if unit.role in ("sentence", "heading") and report.text[unit.start - 1 : unit.start] in ("", "\n"):
                yield unit.start, unit.start, blanks

    return edits


def broken(
    line_break: str, *, before_capitals: bool = False
) -> Callable[[AnnotatedReport, random.Random], Iterator[Edit]]:
    def edits(report: AnnotatedReport, chance: random.Random) -> Iterator[Edit]:
        text = report.text
        for unit in report.units:
            if unit.role != "sentence" or unit.end - unit.start < 80 or chance.random() > 0.15:
                continue
            places = [
                i
                for i in range(unit.start + 20, unit.end - 20)
                if text[i] == " "
                and text[i - 1].isalpha()
                and (text[i + 1].islower() or before_capitals and text[i + 1].isalnum())
            ]
            if places:
                i = chance.choice(places)
                yield i, i + 1, line_break

    return edits


def wrapped(width: int) -> Callable[[AnnotatedReport, random.Random], Iterator[Edit]]:
    def edits(report: AnnotatedReport, chance: random.Random) -> Iterator[Edit]:
        at = 0
        for line in report.text.split("\n"):
            position = 0
            pieces = (
                textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) if "\t" not in line else []
            )
            for piece in pieces[:-1]:
                position = line.index(piece, position) + len(piece)
                if line[position : position + 1] == " ":
                    yield at + position, at + position + 1, "\n"
            at += len(line) + 1

    return edits


def bold_headings(report: AnnotatedReport, chance: random.Random) -> Iterator[Edit]:
    for unit in report.units:
        body = report.text[unit.start : unit.end]
        if unit.role == "heading" and not re.search(r"[*#\n]", body):
            yield unit.start, unit.end, f"**{body}**"


def lost_full_stops(report: AnnotatedReport, chance: random.Random) -> Iterator[Edit]:
    for unit in report.units:
        if unit.role == "sentence" and report.text[unit.end - 1 : unit.end + 1] == ".\n" and chance.random() < 0.2:
            yield unit.end - 1, unit.end, ""


LAYOUTS: dict[str, tuple[Callable[[AnnotatedReport, random.Random], Iterator[Edit]], float]] = {
    "as it is": (as_it_is, 0.998),
    "no blank lines": (without_blank_lines, 0.998),
    "indented by TABs": (indented("\t"), 0.998),
    "indented by blanks": (indented("    "), 0.998),
    "sentences over page breaks": (broken("\n\n"), 0.998),
    "sentences over page numbers": (broken("\n\n7\n\n"), 0.998),
    "page breaks before capitals too": (broken("\n\n", before_capitals=True), 0.99),
    "wrapped at 72 columns": (wrapped(72), 0.997),
    "wrapped at 100 columns": (wrapped(100), 0.997),
    "bold headings": (bold_headings, 0.998),
    "full stops lost at line ends": (lost_full_stops, 0.995),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_sentences_survive_a_change_of_layout(root: Path, layout: str) -> None:
    change, floor = LAYOUTS[layout]
    chance = random.Random(1)
    hits = total = 0
    for report in reports(root):
        text, moved = edit(report.text, sorted(change(report, chance)))
        found = {text[u.start : u.end].strip(_MARKS) for u in parse(Source(text, "txt", "")).units}
        for unit in report.units:
            if unit.role in ("sentence", "footnote"):
                total += 1
                hits += text[moved(unit.start) : moved(unit.end)].strip(_MARKS) in found
    assert hits / total >= floor


def edit(text: str, edits: list[Edit]) -> tuple[str, Callable[[int], int]]:
    """Apply edits that do not overlap; return the text and the map of positions."""
    pieces: list[str] = []
    shifts: list[tuple[int, int]] = []
    at = shift = 0
    for start, end, new in edits:
        pieces += (text[at:start], new)
        at = end
        shift += len(new) - (end - start)
        shifts.append((end, shift))
    pieces.append(text[at:])

    def moved(position: int) -> int:
        before = [s for end, s in shifts if end <= position]
        return position + (before[-1] if before else 0)

    return "".join(pieces), moved
