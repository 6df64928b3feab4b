"""Short reports of every level, from letterhead to links: where a report comes from tells whose numbers it cites."""

import json
from pathlib import Path
from typing import Any

import pytest

from danvan_nlp import linking, references
from danvan_nlp.structure import parse
from danvan_nlp.types import Source

REPORTS = json.loads((Path(__file__).parent / "reports.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in REPORTS])
def test_a_report_cites_these_documents(case: dict[str, Any]) -> None:
    report = parse(Source(case["text"], "txt", ""))
    text, units = report.text, report.units
    mentions = references.find(text, units)
    links = linking.link(mentions, text=text, units=units, header=report.header, registry=linking.load_registry())
    cited = [made.target for m, made in zip(mentions, links, strict=True) if m.kind != "self"]
    assert cited == case["targets"]
    told = [
        ["self" if r.source is None else mentions[r.source].number, mentions[r.target].number, r.type]
        for r in linking.relations(mentions, text=text, units=units)
    ]
    assert all(relation in told for relation in case.get("relations", []))
