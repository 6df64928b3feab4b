"""Passages as laws, decrees, party documents and reports word them, from the text to the documents they mean.

A target of null is not told by the passage alone. Relations are those between the passage's own documents.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from danvan_nlp import linking, references
from danvan_nlp.types import Header, Unit

CASES = [
    pytest.param(case, id=f"{path.stem}-{index}")
    for path in sorted((Path(__file__).parent / "cited").glob("*.json"))
    for index, case in enumerate(json.loads(path.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize("case", CASES)
def test_a_passage_cites_these_documents(case: dict[str, Any]) -> None:
    text = case["text"]
    units = [Unit(start=0, end=len(text), role="sentence")]
    mentions = references.find(text)
    links = linking.link(mentions, text=text, units=units, header=Header(), registry=linking.load_registry())
    found = [made.target if wanted else None for made, wanted in zip(links, case.get("targets", []), strict=False)]
    assert found == case.get("targets", [])
    if "relations" in case:
        told = linking.relations(mentions, text=text, units=units)
        assert sorted([r.source, r.target, r.type] for r in told if r.source is not None) == case["relations"]
