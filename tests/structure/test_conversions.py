"""Short reports as converters and offices leave them are read whole: units, roles and statistics."""

from pathlib import Path

import pytest

from tests.structure import conversions

CASES = list(conversions.cases())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_sentences_begin_and_end_where_a_reader_ends_them(path: Path) -> None:
    case = conversions.read_case(path)
    assert conversions.boundaries(case, conversions.structure_of(case)).errors == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_line_has_the_role_a_reader_gives_it(path: Path) -> None:
    case = conversions.read_case(path)
    scores = conversions.roles(case, conversions.structure_of(case))
    assert [error for score in scores.values() for error in score.errors] == []


@pytest.mark.parametrize("path", [p for p in CASES if p.with_suffix(".json").exists()], ids=lambda path: path.stem)
def test_the_statistics_of_the_appendix_are_found(path: Path) -> None:
    report = conversions.structure_of(conversions.read_case(path))
    assert conversions.indicators(path, report).errors == []
