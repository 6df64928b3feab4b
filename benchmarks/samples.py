"""The gate on the project's own annotated reports, for machines without the real ones."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus_references import ANNOTATED, Tally
from corpus_references import score as score_references
from themes import on_test_split

from danvan_nlp.annotated import AnnotatedReport, AnnotatedUnit, read_annotated
from danvan_nlp.batch import run
from danvan_nlp.results import Rows
from danvan_nlp.themes.corpus import read_corpus

FLOORS = Path(__file__).resolve().parent / "floors.toml"
_MARKS = "*_#-–+•. \n\t\r\ufffd¹²³⁴⁵⁶⁷⁸⁹⁰"
_PROSE = ("sentence", "footnote")


def own_samples(work: Path) -> list[str]:
    """Score every annotated report; return what falls below its floor."""
    reports = [read_annotated(path) for path in sorted(ANNOTATED.glob("*.txt"))]
    measured = {**units(reports, work), **references_and_relations(reports), **themes()}
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))["own"]
    for name, floor in floors.items():
        print(f"{name:22} {measured[name]:.4f}  floor {floor}")
    return [f"{name}: {measured[name]:.4f}, floor {floor}" for name, floor in floors.items() if measured[name] < floor]


def units(reports: Iterable[AnnotatedReport], work: Path) -> dict[str, float]:
    """F1 of the borders of sentences and of roles, as the tables of a run have them."""
    texts = work / "reports"
    texts.mkdir()
    for report in reports:
        with (texts / f"{report.name}.txt").open("w", encoding="utf-8", newline="") as out:
            out.write(report.text)
    rows = run([texts]).rows
    tally = Tally()
    for report in reports:
        count_units(report, sentences_of(report.name, rows), tally)
    return {name: tally.value(name) for name in ("sentence_boundaries", "roles")}


def sentences_of(name: str, rows: Rows) -> dict[int, dict[str, Any]]:
    """The rows of a report's units that hold a letter or a digit, by their start."""
    (doc_id,) = (row["doc_id"] for row in rows["documents"] if Path(row["paths"][0]).stem == name)
    return {row["start"]: row for row in rows["sentences"] if row["doc_id"] == doc_id and _says(row["text"])}


def _says(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def count_units(report: AnnotatedReport, found: dict[int, dict[str, Any]], tally: Tally) -> None:
    """Add one report's counts; a unit that the gold lacks counts as one given too many."""
    wanted = [unit for unit in report.units if _says(report.text[unit.start : unit.end])]
    prose = [unit for unit in wanted if unit.role in _PROSE]
    here = [row for row in found.values() if row["role"] in _PROSE]
    right = [unit for unit in wanted if unit.start in found and found[unit.start]["role"] == unit.role]
    whole = [unit for unit in prose if unit.start in found and _same(report, unit, found[unit.start])]
    tally.count("roles", len(right), len(wanted), len(found))
    tally.count("sentence_boundaries", len(whole), len(prose), len(here))


def _same(report: AnnotatedReport, unit: AnnotatedUnit, row: dict[str, Any]) -> bool:
    return bool(row["text"].strip(_MARKS) == report.text[unit.start : unit.end].strip(_MARKS))


def references_and_relations(reports: Iterable[AnnotatedReport]) -> dict[str, float]:
    """F1 of the exact borders of references, the share of right targets, F1 of relations."""
    tally = Tally()
    for report in reports:
        if report.about.get("references"):
            tally.add(score_references(report))
    names = {"reference_spans_exact": "span", "reference_targets": "target", "relations": "relation"}
    return {name: tally.value(column) for name, column in names.items()}


def themes() -> dict[str, float]:
    """F1 of the themes of the locked reports, by a model that is trained on the others here."""
    figures = on_test_split(read_corpus(ANNOTATED, part="development"))
    return {"themes_core_macro_f1": figures["core_macro_f1"], "themes_all_micro_f1": figures["micro_f1"]}
