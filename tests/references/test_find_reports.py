"""Mentions in the annotated reports beside the repository, scored as the annotation guide says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from danvan_nlp.language.key import fold
from danvan_nlp.references import find
from danvan_nlp.types import Mention, Unit

REPORTS = Path(__file__).resolve().parents[3] / "shared" / "reports"
FIELDS = {"type": 1.0, "date": 0.99, "issuer": 0.99, "term": 1.0, "number": 1.0, "symbol": 1.0}
pytestmark = pytest.mark.skipif(not REPORTS.exists(), reason="the annotated reports (../shared/reports) are not here")


def gold() -> list[tuple[str, list[Unit], list[dict]]]:
    documents = []
    for path in sorted(REPORTS.glob("*.gold.jsonl")):
        name = path.name.removesuffix(".gold.jsonl")
        text = (REPORTS / f"{name}.txt").read_bytes().decode("utf-8-sig")
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        units = [Unit(start=row["start"], end=row["end"], role=row["role"]) for row in rows]
        wanted = []
        for row in rows:
            for ref in row.get("refs", ()):
                at = -1
                for _ in range(ref.get("nth", 0) + 1):
                    at = row["text"].index(ref["surface"], at + 1)
                wanted.append(ref | {"start": row["start"] + at, "end": row["start"] + at + len(ref["surface"])})
        documents.append((text, units, wanted))
    return documents


def same(want: dict, have: Mention) -> bool:
    shared = min(want["end"], have.end) - max(want["start"], have.start)
    return shared > 0.5 * (have.end - have.start) and (want["number"] or None) == have.number


@pytest.mark.parametrize("with_units", [True, False], ids=["units", "lines"])
def test_annotated_mentions_are_found_with_their_fields(with_units):
    hits, wrong, missed, exact = [], 0, 0, 0
    for text, units, wanted in gold():
        found = [m for m in find(text, units if with_units else None) if m.kind != "anaphor"]
        pairs = [(want, next((have for have in found if same(want, have)), None)) for want in wanted]
        hits += [(want, have) for want, have in pairs if have]
        missed += sum(have is None for _, have in pairs)
        wrong += len(found) - sum(have is not None for _, have in pairs)
        exact += sum(
            have is not None and (have.start, have.end) == (want["start"], want["end"]) for want, have in pairs
        )
    assert 2 * len(hits) / (2 * len(hits) + wrong + missed) >= 0.995
    assert exact / len(hits) >= 0.99
    for field, least in FIELDS.items():
        right = sum(fold(want.get(field) or "") == fold(getattr(have, field) or "") for want, have in hits)
        assert right / len(hits) >= least, field
    titled = [(fold(want.get("title") or ""), fold(have.title or "")) for want, have in hits]
    alike = sum(one.removeprefix("về việc ").removeprefix("về ") == two for one, two in titled)
    assert alike / len(titled) >= 0.95
