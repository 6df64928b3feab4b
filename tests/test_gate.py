"""What the gate on the project's own reports counts."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from danvan_nlp.annotated import read_annotated

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
REPORT = '+++\nwriter = "A"\n+++\n[heading] I. KẾT QUẢ\n[tiep_dan] Đã tiếp 214 lượt công dân.\n+[] Xã có 12 thôn.\n'


@pytest.fixture
def samples(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    spec = importlib.util.spec_from_file_location("samples", BENCHMARKS / "samples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_sentence_that_the_gold_lacks_counts_against_the_run(samples, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    report = read_annotated(tmp_path / "a.txt")
    found = {
        unit.start: {"start": unit.start, "role": unit.role, "text": report.text[unit.start : unit.end]}
        for unit in report.units
    }
    right = samples.Tally()
    samples.count_units(report, found, right)
    assert (right.value("sentence_boundaries"), right.value("roles")) == (1.0, 1.0)
    invented = samples.Tally()
    samples.count_units(report, {**found, 999: {"start": 999, "role": "sentence", "text": "Không có."}}, invented)
    assert invented.value("sentence_boundaries") == pytest.approx(4 / 5)
    assert invented.value("roles") == pytest.approx(6 / 7)
