"""The annotated reports of the project as the printed pages of a pdf: wrapped, set in, with page numbers and heads."""

import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from danvan_nlp.annotated import AnnotatedReport, read_annotated
from tests.structure import conversions

_LINES = 38
LAYOUTS = {
    "pages": ({"width": 80, "indent": 4, "number": "{}"}, 0.997),
    "running heads": ({"width": 80, "indent": 4, "number": "- {} -", "head": "Báo cáo công tác dân vận"}, 0.997),
    "narrow pages": ({"width": 62, "indent": 8, "number": "{}"}, 0.997),
    "no indentation": ({"width": 110, "indent": 0, "number": "Trang {}"}, 0.998),
}


class _Printer:
    """Writes characters with the place in the source that each comes from."""

    def __init__(self, number: str, head: str | None) -> None:
        self.number, self.head = number, head
        self.written: list[str] = []
        self.places: list[int | None] = []
        self.lines = 0

    def put(self, text: str, at: int | None = None) -> None:
        self.written.append(text)
        self.places += [None if at is None else at + k for k in range(len(text))]

    def end_line(self) -> None:
        self.put("\n")
        self.lines += 1
        if self.lines % _LINES == 0:
            head = f"{self.head}\n" if self.head else ""
            self.put(f"{self.number.format(self.lines // _LINES)}\n\f{head}")


def printed(case: AnnotatedReport, *, width: int, indent: int, number: str, head: str | None = None) -> AnnotatedReport:
    """The report as pages of text, its units moved with it."""
    printer = _Printer(number, head)
    at = 0
    for line in case.text.split("\n"):
        whole = "\t" in line or not line.strip()
        pieces = (
            [line] if whole else textwrap.wrap(line, width - indent, break_long_words=False, break_on_hyphens=False)
        )
        position = 0
        for i, piece in enumerate(pieces if line.strip() else []):
            position = line.index(piece, position)
            printer.put(" " * indent if i == 0 and not whole else "")
            printer.put(piece, at + position)
            position += len(piece)
            printer.end_line()
        at += len(line) + 1
    new = {place: i for i, place in enumerate(printer.places) if place is not None}
    units = []
    for unit in case.units:
        moved = [new[i] for i in range(unit.start, unit.end) if i in new and not case.text[i].isspace()]
        units.append(replace(unit, start=moved[0], end=moved[-1] + 1))
    return replace(case, text="".join(printer.written), units=tuple(units))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_sentences_and_roles_survive_printing(root: Path, layout: str) -> None:
    options, floor = LAYOUTS[layout]
    whole = conversions.F1()
    by_role: dict[str, conversions.F1] = {}
    for path in sorted((root / "corpora" / "annotated").glob("*.txt")):
        case = printed(read_annotated(path), **options)  # type: ignore[arg-type]
        report = conversions.structure_of(case)
        whole.add(conversions.boundaries(case, report))
        for role, score in conversions.roles(case, report).items():
            by_role.setdefault(role, conversions.F1()).add(score)
    assert whole.value >= floor
    low = {role: score.value for role, score in by_role.items() if score.value < 0.98}
    assert low == {}
