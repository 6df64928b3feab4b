"""Results in spreadsheets: no text of a report acts as a formula."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from danvan_nlp.corpus import Corpus, save_table
from danvan_nlp.errors import UsageError

from .runs import make_run

FORMULA = "=cmd|'/c calc'!A1 đối thoại"


@pytest.fixture
def corpus(tmp_path):
    return Corpus.from_run(make_run(tmp_path / "run", [{"sentences": [FORMULA, "@x đối thoại"], "place": "+84"}]))


def test_a_formula_in_a_text_stays_text(corpus, tmp_path):
    found = corpus.kwic("đối thoại", window=99)
    with save_table(found, tmp_path / "k.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows[0]["pre"].startswith("'=cmd|")
    assert all(cell == "" or cell[0] not in "=+-@" for row in rows for cell in row.values())
    sheet = openpyxl.load_workbook(save_table(found, tmp_path / "k.xlsx")).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert FORMULA.removesuffix("đối thoại") in [cell.value for cell in cells]
    assert all(cell.data_type != "f" for cell in cells)


def test_numbers_stay_numbers(corpus, tmp_path):
    scores = corpus.filter(place="84").keyness(measure="pmi", min_count=1)
    sheet = openpyxl.load_workbook(save_table(scores, tmp_path / "s.xlsx")).active
    assert sheet["D2"].value == int(scores["n_target"][0])


def test_another_form_is_refused(corpus, tmp_path):
    with pytest.raises(UsageError, match="csv"):
        save_table(corpus.kwic("đối"), tmp_path / "k.ods")


def test_a_carriage_return_begins_no_row(tmp_path):
    corpus = Corpus.from_run(make_run(tmp_path / "run", [{"sentences": ["đối thoại\r=1+1 rồi"], "place": "A\r=2"}]))
    found = corpus.kwic("đối thoại")
    # A spreadsheet ends a row at a carriage return that stands in no quotes.
    with save_table(found, tmp_path / "k.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["place"] for row in rows] == ["A\r=2"]


def test_what_no_sheet_holds_is_refused(corpus, tmp_path):
    found = corpus.kwic("đối thoại")
    long = found.loc[found.index.repeat(2**19)].drop(columns=["pre", "post"])
    with pytest.raises(UsageError, match="1,048,576"):
        save_table(long[["start"]], tmp_path / "long.xlsx")
    with pytest.raises(UsageError, match="cell"):
        save_table(found.assign(post="x" * 40_000), tmp_path / "wide.xlsx")
