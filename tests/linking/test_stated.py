"""Passages as reports word them, from the text to what acts on what; half of them tempt to a relation nobody states.

References stand in double brackets with a letter; "self" is the report. Targets are given where the passage tells them.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from danvan_nlp import linking, references
from danvan_nlp.structure import parse
from danvan_nlp.types import Source

_MARKED = re.compile(r"\[\[(\w)\|(.+?)\]\]", re.S)
CASES = [
    pytest.param(
        case, id=str(n), marks=[pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else []
    )
    for n, case in enumerate(json.loads((Path(__file__).parent / "stated.json").read_text(encoding="utf-8")))
]


def _unmarked(marked: str) -> tuple[str, dict[int, str]]:
    """The text without its brackets, and the letter of the reference that begins at each place."""
    text, letters, at = "", {}, 0
    for found in _MARKED.finditer(marked):
        text += marked[at : found.start()]
        letters[len(text)] = found[1]
        text += found[2]
        at = found.end()
    return text + marked[at:] + "\n", letters


@pytest.mark.parametrize("case", CASES)
def test_a_passage_states_these_relations_and_no_other(case: dict[str, Any]) -> None:
    text, letters = _unmarked(case["text"])
    report = parse(Source(text, "txt", ""))
    mentions = references.find(text, report.units)
    letter = [letters.get(m.start, text[m.start : m.end]) for m in mentions]
    found = linking.relations(mentions, text=text, units=report.units)
    told = [["self" if r.source is None else letter[r.source], r.type, letter[r.target]] for r in found]
    assert sorted(told) == sorted(case["relations"])
    links = linking.link(
        mentions, text=text, units=report.units, header=report.header, registry=linking.load_registry()
    )
    targets = {a: made.target for a, made in zip(letter, links, strict=True) if a in case.get("targets", {})}
    assert targets == case.get("targets", {})
