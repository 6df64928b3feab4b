import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score

import danvan_nlp
from danvan_nlp.errors import DataError, UsageError
from danvan_nlp.labels.compare import Compared, compare
from danvan_nlp.labels.evaluate import average_precision, confusion, errors, evaluate
from danvan_nlp.labels.exchange import export_labels
from danvan_nlp.labels.gold import GoldUnit, judged_gold, read_gold
from danvan_nlp.labels.plot import draw
from danvan_nlp.tables.sheet import read_sheet, write_sheet
from danvan_nlp.themes import Taxonomy

from .reports import REPORT, write_report

TAXONOMY = Taxonomy.load()


def said(document: str, truth: str, chosen: str, found: bool = True, **scores: float) -> Compared:
    full = [frozenset(TAXONOMY.with_parents(set(themes.split()))) for themes in (truth, chosen)]
    return Compared(document, GoldUnit(0, 3, full[0]), "câu", full[0], full[1], scores, found)


SAID = [
    said("a", "tiep_dan", "tiep_dan", tiep_dan=0.9),
    said("a", "tiep_dan", "quy_che_dan_chu", tiep_dan=0.4, quy_che_dan_chu=0.7),
    said("b", "", "tiep_dan", tiep_dan=0.6),
    said("b", "han_che", "", han_che=0.2),
    said("b", "kinh_te_xa_hoi", "", found=False),
]


def test_precision_recall_and_f1_counted_by_hand() -> None:
    figures = evaluate(SAID, TAXONOMY, resamples=50)
    row = figures["themes"]["tiep_dan"]
    assert (row["precision"], row["recall"], row["f1"], row["support"]) == (0.5, 0.5, 0.5, 2)
    assert row["average_precision"] == pytest.approx((1 / 1 + 2 / 3) / 2)
    assert figures["themes"]["quy_che_dan_chu"]["recall"] is None
    # Hits 1, false alarms 2, misses 3 over the themes without a parent.
    assert figures["micro_f1"] == pytest.approx(2 / (2 + 2 + 3))
    assert figures["documents"] == 2
    assert figures["error_kinds"] == {"missed": 1, "not_found": 1, "swapped": 1, "wrong": 1}


def test_what_is_taken_for_what() -> None:
    assert confusion(SAID, TAXONOMY) == {
        "(nothing)": {"tiep_dan": 1},
        "han_che": {"(nothing)": 1},
        "kinh_te_xa_hoi": {"(nothing)": 1},
        "tiep_dan": {"quy_che_dan_chu": 1},
    }
    assert [error["kind"] for error in errors(SAID, TAXONOMY)] == ["missed", "not_found", "swapped", "wrong"]


def test_intervals_come_from_whole_documents_and_a_seed() -> None:
    one, same = (evaluate(SAID, TAXONOMY, seed=3, resamples=200) for _ in range(2))
    assert one == same
    low, high = one["themes"]["tiep_dan"]["f1_interval"]
    # Document a alone gives 2/3, document b alone gives 0.
    assert (low, high) == (0.0, pytest.approx(2 / 3))
    alone = evaluate(SAID[:2], TAXONOMY, resamples=10)
    assert alone["micro_f1_interval"] is None


@given(rows=st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.2, 0.5, 0.9])), min_size=1, max_size=40))
def test_average_precision_is_that_of_scikit_learn(rows: list[tuple[bool, float]]) -> None:
    truth, scores = np.array([a for a, _ in rows]), np.array([b for _, b in rows])
    ours = average_precision(truth, scores)
    if not truth.any():
        assert ours is None
    else:
        assert ours == pytest.approx(average_precision_score(truth, scores))


def gold_of(folder: Path, run: danvan_nlp.Run, change: dict[str, list[str]]) -> Path:
    folder.mkdir()
    write_report(folder, "a.txt")
    lines = []
    for row in run.rows["sentences"]:
        themes = next((new for words, new in change.items() if words in row["text"]), row["themes"])
        kept = {name: row[name] for name in ("start", "end", "text", "role")}
        lines.append(json.dumps({"id": row["sentence_id"], **kept, "themes": themes}, ensure_ascii=False))
    (folder / "a.gold.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_run_is_perfect_against_itself_and_not_against_another(tmp_path: Path) -> None:
    run = danvan_nlp.run([write_report(tmp_path)], tmp_path / "out")
    gold = read_gold(gold_of(tmp_path / "same", run, {}))
    compared, missing = compare(tmp_path / "out", gold, TAXONOMY)
    assert missing == []
    assert evaluate(compared, TAXONOMY, resamples=2)["micro_f1"] == 1
    changed = read_gold(gold_of(tmp_path / "other", run, {"214 lượt": ["kinh_te_xa_hoi"]}))
    compared, _ = compare(tmp_path / "out", changed, TAXONOMY)
    (error,) = errors(compared, TAXONOMY)
    assert (error["kind"], error["missed"], error["wrong"]) == ("swapped", ["kinh_te_xa_hoi"], ["tiep_dan"])
    assert REPORT[error["start"] : error["end"]] == error["text"]


def test_gold_of_another_text_is_named_and_not_measured(tmp_path: Path) -> None:
    run = danvan_nlp.run([write_report(tmp_path)], tmp_path / "out")
    folder = gold_of(tmp_path / "gold", run, {})
    write_report(folder, "b.txt", "Một câu khác.")
    (folder / "b.gold.jsonl").write_text("", encoding="utf-8")
    assert compare(tmp_path / "out", read_gold(folder), TAXONOMY)[1] == ["b"]
    (folder / "a.gold.jsonl").unlink()
    with pytest.raises(UsageError, match="none of the gold documents"):
        compare(tmp_path / "out", read_gold(folder), TAXONOMY)


def test_gold_that_does_not_fit_its_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Một câu.", encoding="utf-8")
    row: dict[str, Any] = {"start": 0, "end": 3, "text": "Hai", "role": "sentence", "themes": []}
    (tmp_path / "a.gold.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(DataError, match="line 1"):
        read_gold(tmp_path)
    with pytest.raises(DataError, match="holds neither"):
        read_gold(tmp_path / "none")


def test_an_unknown_theme_in_the_gold_is_refused(tmp_path: Path) -> None:
    run = danvan_nlp.run([write_report(tmp_path)], tmp_path / "out")
    folder = gold_of(tmp_path / "gold", run, {"214 lượt": ["tiep_dann"]})
    with pytest.raises(DataError, match="tiep_dann"):
        compare(tmp_path / "out", read_gold(folder), TAXONOMY)


def test_the_picture_shows_every_theme() -> None:
    svg = draw(evaluate(SAID, TAXONOMY, resamples=20), {"tiep_dan": "tiếp dân & đối thoại"})
    assert len(ElementTree.fromstring(svg).findall("{http://www.w3.org/2000/svg}circle")) == len(TAXONOMY.keys)
    assert "tiếp dân &amp; đối thoại" in svg


def test_annotated_reports_are_gold(root: Path) -> None:
    gold = read_gold(root / "corpora" / "annotated")
    assert len(gold) >= 40
    assert all(document.text[unit.start : unit.end].strip() for document in gold for unit in document.units)


def test_real_reports_are_measured(real_reports: Path, tmp_path: Path) -> None:
    danvan_nlp.run(sorted(real_reports.glob("*.txt")), tmp_path / "out")
    compared, missing = compare(tmp_path / "out", read_gold(real_reports), TAXONOMY)
    figures = evaluate(compared, TAXONOMY)
    assert missing == []
    assert sum(not c.found for c in compared) == 0
    assert figures["micro_f1"] > 0.8
    assert figures["calibration_error"] < 0.05


def test_a_theme_that_was_not_judged_does_not_count() -> None:
    truth, chosen = frozenset({"tiep_dan"}), frozenset({"tiep_dan", "dan_van_kheo"})
    scores = {"tiep_dan": 0.9, "dan_van_kheo": 0.8}
    open_unit = Compared("a", GoldUnit(0, 3, truth, judged=truth), "câu", truth, chosen, scores, True)
    figures = evaluate([open_unit], TAXONOMY)
    assert figures["micro_f1"] == figures["macro_f1"] == 1.0
    assert figures["themes"]["dan_van_kheo"]["f1"] is None
    assert draw(figures, {}).startswith("<svg")
    assert figures["brier_score"] == pytest.approx(0.01)
    assert errors([open_unit], TAXONOMY) == []
    assert [error["kind"] for error in errors([replace(open_unit, unit=GoldUnit(0, 3, truth))], TAXONOMY)] == ["wrong"]


def test_a_sheet_of_labels_is_gold_for_its_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    run = tmp_path / "run"
    danvan_nlp.run([tmp_path / "a.txt"], run)
    sheet = tmp_path / "labels.csv"
    export_labels(run, sheet, "csv")
    rows = read_sheet(sheet)
    columns = [name for name in rows[0] if name != "line"]
    write_sheet(sheet, columns, [{**rows[0], "tiep_dan": "no"}, *rows[1:]])
    (document,) = judged_gold(sheet, run, TAXONOMY)
    (unit,) = document.units
    assert (unit.themes, unit.judged) == (frozenset(), frozenset({"tiep_dan"}))
    assert evaluate(compare(run, [document], TAXONOMY)[0], TAXONOMY)["sentences"] == 1
    write_sheet(sheet, columns, rows)
    with pytest.raises(DataError, match="no judged sentence"):
        judged_gold(sheet, run, TAXONOMY)
