from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_nlp.errors import DataError, UsageError
from danvan_nlp.tables import FORMATS, TABLES, arrow_schema, read_table, write_table

SENTENCE: dict[str, Any] = {
    "doc_id": "d",
    "sentence_id": "d:s:0",
    "section_id": None,
    "start": 0,
    "end": 5,
    "text": "Số 05",
    "role": "sentence",
    "anchor_id": None,
    "themes": ["tiep_dan"],
    "scores": {"tiep_dan": 0.9123, "han_che": 0.0},
    "tokens": [[0, 2], [3, 5]],
    "corrected": True,
}


@pytest.mark.parametrize("form", FORMATS)
def test_lists_maps_and_nulls_come_back_as_they_were(tmp_path: Path, form: Any) -> None:
    write_table([SENTENCE], "sentences", tmp_path, form)
    (row,) = read_table(tmp_path, "sentences").astype(object).where(lambda t: t.notna(), None).to_dict("records")
    assert row == SENTENCE


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_has_its_columns(tmp_path: Path, form: Any, name: str) -> None:
    write_table([], name, tmp_path, form)
    assert read_table(tmp_path, name).columns.tolist() == list(TABLES[name]) == arrow_schema(name).names


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "text", ["=1+1", "+84", "-5", "@cmd", "'=1", "''x", "\t=1", "a\r\nb", "_x0041_", 'json:"', "<script>", "x" * 70_000]
)
def test_no_text_becomes_a_formula_or_changes(tmp_path: Path, form: Any, text: str) -> None:
    row = {"path": text, "stage": "read", "error": "e", "message": "m"}
    write_table([row], "problems", tmp_path, form)
    assert read_table(tmp_path, "problems").iloc[0].to_dict() == row
    if form == "csv":
        cell = (tmp_path / "problems.csv").read_text(encoding="utf-8-sig").splitlines()[1]
        assert not cell.startswith(('"=', '"+', '"-', '"@'))


@settings(max_examples=80, deadline=None)
@given(text=st.text(st.characters(codec="utf-8"), min_size=1))
def test_csv_gives_back_any_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("csv")
    write_table([{"path": text, "stage": "", "error": "e", "message": "m"}], "problems", folder, "csv")
    assert read_table(folder, "problems")["path"][0] == text


@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(codec="utf-8"), min_size=1))
def test_xlsx_gives_back_any_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("xlsx")
    write_table([{"path": text, "stage": "s", "error": "e", "message": "m"}], "problems", folder, "xlsx")
    assert read_table(folder, "problems")["path"][0] == text


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_rows_give_the_same_bytes(tmp_path: Path, form: Any) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    assert (
        write_table([SENTENCE], "sentences", one, form).read_bytes()
        == write_table([SENTENCE], "sentences", two, form).read_bytes()
    )


def test_a_table_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no table 'words'"):
        read_table(tmp_path, "words")
    with pytest.raises(UsageError, match="danvan run"):
        read_table(tmp_path, "sentences")


@pytest.mark.parametrize("form", FORMATS)
def test_a_damaged_table_is_told_with_a_way_out(tmp_path: Path, form: Any) -> None:
    path = write_table([SENTENCE] * 9, "sentences", tmp_path, form)
    whole = path.read_bytes()
    for kept in (0, 100, len(whole) // 2, len(whole) - 9):
        path.write_bytes(whole[:kept])
        if form == "jsonl" and not kept:
            continue  # an empty table
        with pytest.raises(DataError, match=rf"sentences\.{form} is damaged.* --resume"):
            read_table(tmp_path, "sentences")


def test_a_table_of_a_release_that_knew_less_is_told(tmp_path: Path) -> None:
    (tmp_path / "problems.jsonl").write_text('{"path": "a.txt"}\n', encoding="utf-8")
    with pytest.raises(DataError, match="another release"):
        read_table(tmp_path, "problems")
