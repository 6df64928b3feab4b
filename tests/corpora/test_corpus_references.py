"""The references and relations of the annotated reports: what their form cannot say by itself."""

import re
from datetime import date
from pathlib import Path

import pytest

from danvan_nlp.annotated import AnnotatedReference, AnnotatedReport, read_annotated

_TARGET = re.compile(r"[^@\s]+@[A-Za-z-]+@(?:\d{4}|\?)")


@pytest.fixture(scope="module")
def corpus(root: Path) -> list[AnnotatedReport]:
    return [read_annotated(path) for path in sorted((root / "corpora" / "annotated").glob("*.txt"))]


def references(corpus: list[AnnotatedReport]) -> list[tuple[AnnotatedReport, AnnotatedReference]]:
    return [(report, reference) for report in corpus for reference in report.references]


def test_every_document_was_read_for_references(corpus: list[AnnotatedReport]) -> None:
    assert all(report.about["references"] is True for report in corpus)
    assert sum(r.kind != "anaphor" for _, r in references(corpus)) >= 1500
    assert sum(len(report.relations) for report in corpus) >= 200


def test_a_target_names_the_number_and_symbol_that_the_text_states(corpus: list[AnnotatedReport]) -> None:
    for report, reference in references(corpus):
        if reference.target:
            assert _TARGET.fullmatch(reference.target), (report.name, reference)
            if reference.number and reference.symbol:
                assert reference.target.startswith(f"{reference.number}-{reference.symbol}@"), (report.name, reference)
            elif reference.number:
                assert reference.target.startswith(f"{reference.number}-"), (report.name, reference)


def test_numbers_and_dates_are_as_the_contract_writes_them(corpus: list[AnnotatedReport]) -> None:
    for report, reference in references(corpus):
        assert not (reference.number or "").startswith("0"), (report.name, reference)
        if reference.date:
            year, month, day = (*reference.date.split("-"), "01", "01")[:3]
            assert 1990 <= date(int(year), int(month), int(day)).year <= 2026, (report.name, reference)


def test_anaphora_state_no_number_and_short_forms_no_symbol(corpus: list[AnnotatedReport]) -> None:
    for report, reference in references(corpus):
        if reference.kind == "anaphor":
            assert (reference.number, reference.symbol, reference.date) == (None, None, None), (report.name, reference)
            assert reference.target, (report.name, reference)
        if reference.kind == "short":
            assert reference.number, (report.name, reference)
            assert reference.symbol is None, (report.name, reference)


def test_a_report_has_one_number_of_its_own_and_it_is_its_target(corpus: list[AnnotatedReport]) -> None:
    for report in corpus:
        own = [r for r in report.references if r.kind == "self"]
        assert len(own) <= 1, report.name
        assert all((r.target or "").endswith(f"@{report.about['year']}") for r in own), report.name


def test_relations_join_two_documents_that_are_not_anaphora(corpus: list[AnnotatedReport]) -> None:
    for report in corpus:
        for relation in report.relations:
            assert relation.source != relation.target, report.name
            ends = [report.references[i] for i in (relation.source, relation.target) if i is not None]
            assert all(end.kind in ("full", "short") for end in ends), (report.name, relation)
