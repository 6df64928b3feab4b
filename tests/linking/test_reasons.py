"""Every reason of a link is told in Vietnamese."""

import re
from pathlib import Path

import pytest

from danvan_nlp import data, linking
from danvan_nlp.types import Header

from .cases import all_cases
from .marked import read

ROWS = data.rows("reasons")
SOURCES = "".join(path.read_text("utf-8") for path in Path(linking.__path__[0]).glob("*.py"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["reason"])
def test_each_row_is_a_reason_that_linking_gives(row: dict[str, str]) -> None:
    assert row["reason"] in SOURCES
    assert linking.in_words(row["reason"]) == row["text"]


def test_the_cases_leave_no_reason_without_words() -> None:
    known = {row["reason"] for row in ROWS}
    for case in all_cases():
        marked = read(case.text)
        links = linking.link(
            marked.mentions, text=marked.text, units=marked.units, header=Header(**case.header),
            registry=linking.load_registry(),
        )  # fmt: skip
        for reason in {made.reason for made in links}:
            assert reason in known or set(re.split("[:;,] ", reason)) <= known, (case.id, reason)


def test_a_number_of_nobody_says_that_its_place_is_not_named() -> None:
    marked = read("[[Kế hoạch số 12/KH]] đã ban hành.")
    (found,) = linking.link(
        marked.mentions, text=marked.text, units=marked.units, header=Header(), registry=linking.load_registry()
    )
    assert (found.target, found.reason) == (None, "scope unknown: the report's place is not named")
