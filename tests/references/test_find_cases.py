"""Cases written for this project: what each wording states, and what is no reference."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from danvan_nlp.references import find
from danvan_nlp.types import Mention, Unit

CASES = [
    pytest.param(case, id=f"{path.stem}-{index}")
    for path in sorted((Path(__file__).parent / "cases").glob("*.json"))
    for index, case in enumerate(json.loads(path.read_text(encoding="utf-8")))
]


def stated(text: str, mention: Mention, field: str) -> Any:
    return text[mention.start : mention.end] if field == "surface" else getattr(mention, field)


def read(case: dict[str, Any]) -> list[Mention]:
    units = [Unit(start=start, end=end, role=role) for start, end, role in case["units"]] if "units" in case else None
    return find(case["text"], units)


@pytest.mark.parametrize("case", CASES)
def test_each_mention_states_what_the_wording_says(case):
    text = case["text"]
    found = read(case)
    assert [text[mention.start : mention.end] for mention in found] == [want["surface"] for want in case["mentions"]]
    for want, have in zip(case["mentions"], found, strict=True):
        assert {field: stated(text, have, field) for field in want} == want
