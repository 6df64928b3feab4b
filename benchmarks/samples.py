"""The gate on the project's own annotated reports, for machines without the real ones."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

from danvan_nlp.annotated import AnnotatedUnit, read_annotated
from danvan_nlp.batch import run
from danvan_nlp.results import Rows

ROOT = Path(__file__).resolve().parent.parent
ANNOTATED = ROOT / "corpora" / "annotated"
_MARKS = "*_#-–+•. \n\t\r\ufffd¹²³⁴⁵⁶⁷⁸⁹⁰"


class Tally:
    """Counts behind an F1."""

    def __init__(self) -> None:
        self.hits = self.wanted = self.given = 0

    @property
    def f1(self) -> float:
        total = self.wanted + self.given
        return 2 * self.hits / total if total else 1.0


def own_samples(work: Path) -> list[str]:
    """Score boundaries, roles and themes on every annotated report; return what falls below its floor."""
    reports = work / "reports"
    reports.mkdir()
    for path in sorted(ANNOTATED.glob("*.txt")):
        with (reports / path.name).open("w", encoding="utf-8", newline="") as out:
            out.write(read_annotated(path).text)
    rows = run([reports]).rows
    boundaries, roles, themes = Tally(), Tally(), Tally()
    for path in sorted(ANNOTATED.glob("*.txt")):
        score(path, rows, boundaries, roles, themes)
    measured = {"sentence_boundaries": boundaries.f1, "roles": roles.f1, "themes_trained_on": themes.f1}
    floors = tomllib.loads((ROOT / "benchmarks" / "floors.toml").read_text(encoding="utf-8"))["own"]
    for name, value in measured.items():
        print(f"{name:22} {value:.4f}  floor {floors[name]}")
    return [f"{name}: {measured[name]:.4f}, floor {floor}" for name, floor in floors.items() if measured[name] < floor]


def score(path: Path, rows: Rows, boundaries: Tally, roles: Tally, themes: Tally) -> None:
    """Add one report's counts."""
    report = read_annotated(path)
    (doc_id,) = (row["doc_id"] for row in rows["documents"] if Path(row["paths"][0]).stem == path.stem)
    found = {row["start"]: row for row in rows["sentences"] if row["doc_id"] == doc_id}
    for unit in report.units:
        text = report.text[unit.start : unit.end]
        if not any(letter.isalnum() for letter in text):
            continue
        row = found.get(unit.start)
        roles.wanted += 1
        roles.given += 1
        roles.hits += row is not None and row["role"] == unit.role
        if unit.role in ("sentence", "footnote"):
            boundaries.wanted += 1
            boundaries.given += 1
            boundaries.hits += row is not None and row["text"].strip(_MARKS) == text.strip(_MARKS)
            tally_themes(unit, row["themes"] if row else (), themes)


def tally_themes(unit: AnnotatedUnit, given: list[str] | tuple[str, ...], themes: Tally) -> None:
    """Count the themes of one sentence, the parent theme aside."""
    wanted, have = Counter(unit.themes), Counter(t for t in given if t != "han_che_nguyen_nhan")
    themes.wanted += wanted.total()
    themes.given += have.total()
    themes.hits += (wanted & have).total()
