import csv
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from danvan_nlp.annotated import AnnotatedReport, read_annotated
from danvan_nlp.linking import load_registry
from danvan_nlp.themes import Taxonomy

_WORD = re.compile(r"\w+")
_GRAM, _LONG = 5, 12


@pytest.fixture(scope="module")
def corpus(root: Path) -> list[AnnotatedReport]:
    return [read_annotated(path) for path in sorted((root / "corpora" / "annotated").glob("*.txt"))]


def sentences(corpus: list[AnnotatedReport]) -> list[tuple[str, str]]:
    return [
        (report.name, report.text[unit.start : unit.end])
        for report in corpus
        for unit in report.units
        if unit.role in ("sentence", "footnote")
    ]


def test_it_is_as_large_and_varied_as_its_card_says(corpus: list[AnnotatedReport]) -> None:
    assert len(corpus) >= 40
    assert len(sentences(corpus)) >= 4000
    assert len({report.about["writer"] for report in corpus}) >= 4
    assert {report.about["level"] for report in corpus} == {"cap_tinh", "cap_huyen", "cap_xa"}


def test_every_label_is_a_theme_of_the_taxonomy(corpus: list[AnnotatedReport]) -> None:
    keys = set(Taxonomy.load().keys) - {"han_che_nguyen_nhan"}
    assert {theme for report in corpus for unit in report.units for theme in unit.themes} <= keys


def test_text_is_composed(corpus: list[AnnotatedReport]) -> None:
    assert all(unicodedata.is_normalized("NFC", report.text) for report in corpus)


def test_no_two_long_sentences_share_over_half_of_their_five_word_runs(corpus: list[AnnotatedReport]) -> None:
    runs: list[tuple[str, set[tuple[str, ...]]]] = []
    for _, text in sentences(corpus):
        words = _WORD.findall(text.lower())
        if len(words) >= _LONG:
            runs.append((text, {tuple(words[i : i + _GRAM]) for i in range(len(words) - _GRAM + 1)}))
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, (_, grams) in enumerate(runs):
        for gram in grams:
            holders[gram].append(i)
    alike = []
    for i, (text, grams) in enumerate(runs):
        shared = Counter(j for gram in grams for j in holders[gram] if j > i)
        alike += [(text, runs[j][0]) for j, count in shared.items() if count > 0.5 * min(len(grams), len(runs[j][1]))]
    assert not alike


def test_nothing_of_the_real_reports_stands_in_it(corpus: list[AnnotatedReport], real_reports: Path) -> None:
    titles = sorted({e.title for e in load_registry().entries if e.title and len(e.title) > 20}, key=len, reverse=True)
    facts = re.compile("|".join([*map(re.escape, titles), r"\w*\d[\w/.-]*"]), re.IGNORECASE)

    def without_facts(text: str) -> str:
        """The text without the numbers, dates and titles of directives, which anybody may state."""
        return " ".join(facts.sub("", " ".join(text.split())).split())

    real = [without_facts(path.read_text(encoding="utf-8")) for path in real_reports.glob("*.txt")]
    windows = {text[i : i + 100] for text in real for i in range(len(text) - 99)}
    for report in corpus:
        text = without_facts(report.text)
        assert not any(text[i : i + 100] in windows for i in range(len(text) - 99)), report.name


def test_rulings_and_the_review_after_them_give_the_labels(root: Path, corpus: list[AnnotatedReport]) -> None:
    by_name = {report.name: [u for u in report.units if u.role in ("sentence", "footnote")] for report in corpus}
    reviewed: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    agreement = root / "corpora" / "agreement"
    with (agreement / "review.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            reviewed[row["document"], row["sentence"]][row["theme"]] = row["review"] == "yes"
    for (document, sentence), themes in reviewed.items():
        unit = by_name[document][int(sentence) - 1]
        assert {theme: theme in unit.themes for theme in themes} == themes, (document, sentence)
    with (agreement / "rulings.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            unit = by_name[row["document"]][int(row["sentence"]) - 1]
            later = reviewed[row["document"], row["sentence"]].keys()
            assert set(unit.themes) - later == set(row["final"].split()) - later, row


def test_samples_are_the_texts_of_their_annotated_reports(root: Path) -> None:
    samples = list((root / "corpora" / "samples").glob("*.txt"))
    assert len(samples) == 3
    for path in samples:
        text = read_annotated(root / "corpora" / "annotated" / path.name).text
        assert path.open(encoding="utf-8", newline="").read() == text
