import runpy
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from danvan_nlp.annotated import AnnotatedReport, read_annotated
from danvan_nlp.themes.corpus import locked_documents, read_corpus

LOCKED = "788d58558f3f8ea219bdd391e0ada625b85ae9eb0cadf2c437c58ce5c87930af"


@pytest.fixture(scope="module")
def reports(root: Path) -> dict[str, AnnotatedReport]:
    return {path.stem: read_annotated(path) for path in sorted((root / "corpora" / "annotated").glob("*.txt"))}


@pytest.fixture(scope="module")
def split(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "corpora" / "annotated" / "splits.toml").read_text(encoding="utf-8"))


def test_the_test_split_never_changes(root: Path, reports: dict[str, AnnotatedReport], split: dict[str, Any]) -> None:
    digest = runpy.run_path(str(root / "corpora" / "split.py"))["digest"]
    assert digest(reports[name] for name in split["test"]) == split["sha256"] == LOCKED


def test_it_was_drawn_by_its_script(root: Path, reports: dict[str, AnnotatedReport], split: dict[str, Any]) -> None:
    drawn = runpy.run_path(str(root / "corpora" / "split.py"))["draw"](reports.values())
    # Reports that joined the corpus after the draw are in the development part.
    assert len(drawn) > len(split["test"]) or drawn == split["test"]


@pytest.mark.parametrize("field", ["writer", "level"])
def test_it_has_about_its_share_of_everything(
    reports: dict[str, AnnotatedReport], split: dict[str, Any], field: str
) -> None:
    # Writers who came after the draw have none of theirs in it.
    writers = {reports[name].about["writer"] for name in split["test"]}
    drawn_from = [report for report in reports.values() if report.about["writer"] in writers]
    everywhere = Counter(report.about[field] for report in drawn_from)
    here = Counter(reports[name].about[field] for name in split["test"])
    share = len(split["test"]) / len(drawn_from)
    assert all(abs(here[value] - share * n) <= 1.5 for value, n in everywhere.items())


def test_the_development_part_holds_none_of_it(root: Path) -> None:
    folder = root / "corpora" / "annotated"
    locked = locked_documents(folder)
    development = {document.name for document in read_corpus(folder, part="development")}
    assert not development & locked
    assert {document.name for document in read_corpus(folder, part="test")} == locked
    assert {document.name for document in read_corpus(folder)} == development | locked


def test_a_corpus_without_a_split_has_no_locked_report(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text('+++\nwriter = "A"\n+++\n[] Một câu.\n', encoding="utf-8")
    assert locked_documents(tmp_path) == frozenset()
    assert len(read_corpus(tmp_path, part="development")) == 1
