from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_nlp.errors import DataError, UsageError
from danvan_nlp.tables.sheet import read_sheet, write_cells, write_sheet

_TEXT = st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@settings(max_examples=60, deadline=None)
@given(text=_TEXT)
def test_a_sheet_gives_back_any_text(tmp_path_factory: pytest.TempPathFactory, form: str, text: str) -> None:
    path = tmp_path_factory.mktemp("sheet") / f"a.{form}"
    write_sheet(path, ["id", "text"], [{"id": "a", "text": text}])
    assert read_sheet(path) == [{"id": "a", "text": text, "line": "2"}]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_may_be_apart_by_what_a_spreadsheet_writes(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'type{separator}title\r\nluật{separator}"công tác\ndân vận"\r\n', encoding="utf-8-sig", newline="")
    assert read_sheet(path) == [{"type": "luật", "title": "công tác\ndân vận", "line": "2"}]


def test_a_row_longer_than_the_header_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,term\nluật,XI\ntên, của ai,\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"a\.csv, line 3: 3 cells under 2 columns"):
        read_sheet(path)


def test_a_sheet_of_excel_gives_dates_as_the_tables_write_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["date", "number"])
    book.active.append([datetime(2015, 7, 14), 114.0])
    book.active.cell(3, 5).number_format = "0"
    book.save(tmp_path / "a.xlsx")
    assert read_sheet(tmp_path / "a.xlsx") == [{"date": "2015-07-14", "number": "114", "line": "2"}]


def test_a_table_for_reading_keeps_its_texts_in_xlsx_and_guards_them_in_csv(tmp_path: Path) -> None:
    rows = [["- tiếp dân", float("inf"), None], ["=1+1", 2, 0.5]]
    write_cells(tmp_path / "a.XLSX", ["a", "b", "c"], rows)
    cells = list(openpyxl.load_workbook(tmp_path / "a.XLSX").active.iter_rows(values_only=True))
    assert cells == [("a", "b", "c"), ("- tiếp dân", "inf", None), ("=1+1", 2, 0.5)]
    write_cells(tmp_path / "a.csv", ["a", "b", "c"], rows)
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()[1:] == [
        '"\'- tiếp dân",inf,""',
        '"\'=1+1",2,0.5',
    ]


def test_what_a_sheet_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"row 1 holds a text of 32,001 letters.*\.csv"):
        write_cells(tmp_path / "a.xlsx", ["a"], [["x" * 32_001]])
    with pytest.raises(UsageError, match=r"\.csv or \.xlsx"):
        write_cells(tmp_path / "a.ods", ["a"], [])
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(DataError, match="cannot be read"):
        read_sheet(tmp_path / "b.xlsx")
