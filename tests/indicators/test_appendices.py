"""Whole reports with appendices, read from their text on: which figures their tables state."""

from __future__ import annotations

import json
from typing import Any

import pytest

from danvan_nlp.indicators import check, extract, notices, quantities
from danvan_nlp.structure import parse
from danvan_nlp.types import Source
from tests.indicators.reports import CASES

_WHOLE = json.loads((CASES / "whole" / "appendices.json").read_text(encoding="utf-8"))


def _marked() -> list[Any]:
    return [
        pytest.param(
            case,
            id=case["name"],
            marks=[pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else [],
        )
        for case in _WHOLE
    ]


@pytest.mark.parametrize("case", _marked())
def test_the_figures_of_a_report_are_those_of_its_appendix(case: dict[str, Any]) -> None:
    facts = extract(parse(Source("\n".join(case["text"]), "txt", "")))
    found = [[f.key, f.level, f.year, f.value, f.percent] for f in facts if f.key]
    assert sorted(found, key=str) == sorted(case["expected"], key=str)


@pytest.mark.parametrize("case", _WHOLE, ids=lambda case: case["name"])
def test_appendices_that_add_up_give_neither_problem_nor_finding(case: dict[str, Any]) -> None:
    made = parse(Source("\n".join(case["text"]), "txt", ""))
    assert notices(made) == []
    assert check(made, extract(made), quantities(made)) == []
