"""The registry: facts carried over, users' files laid over them, clear errors."""

from pathlib import Path

import pytest

from danvan_nlp.errors import DataError
from danvan_nlp.linking import load_registry
from danvan_nlp.linking.registry import COLUMNS
from danvan_nlp.tables.sheet import write_sheet

HEADER = ",".join(COLUMNS)


def _file(folder: Path, *rows: str) -> Path:
    path = folder / "own.csv"
    path.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    return path


def test_every_entry_says_where_it_comes_from_and_how_sure_it_is() -> None:
    for entry in load_registry().entries:
        assert entry.source, entry.target_id
        assert entry.confidence in ("seen", "partial"), entry.target_id


def test_no_two_entries_share_a_target() -> None:
    targets = [entry.target_id for entry in load_registry().entries]
    assert len(targets) == len(set(targets))


def test_bodies_of_the_centre_number_in_the_centre_s_scope() -> None:
    (entry,) = load_registry().numbered("26", "KH/BDVTW")
    assert entry.target_id == "26-KH/BDVTW@TW@2020"
    assert entry.issuer == "Ban Dân vận Trung ương"


@pytest.mark.parametrize("symbol", ["QĐ/TW", "QĐ-TW", "qđ/tw", "QĐ/T.Ư", "QĐ/TƯ"])
def test_separators_and_case_of_a_symbol_do_not_matter(symbol: str) -> None:
    assert [e.year for e in load_registry().numbered("0217", symbol)] == ["2013"]


def test_a_user_s_file_adds_local_documents(tmp_path: Path) -> None:
    path = _file(
        tmp_path, "12,KH/TU,,kế hoạch,cao-bang,Tỉnh ủy Cao Bằng,2015-12-11,,thực hiện Kết luận số 114-KL/TW,,,,,"
    )
    (entry,) = load_registry(path).numbered("12", "KH/TU")
    assert entry.target_id == "12-KH/TU@cao-bang@2015"
    assert entry.confidence == "seen"


def test_a_user_s_row_replaces_the_package_s(tmp_path: Path) -> None:
    path = _file(tmp_path, "114,KL/TW,,kết luận,TW,Ban Bí thư,2015-07-14,XI,tên khác,,,,own reading,seen")
    assert [e.title for e in load_registry(path).numbered("114", "KL/TW")] == ["tên khác"]
    assert load_registry().numbered("114", "KL/TW")[0].title != "tên khác"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1,KH/TU,,,x,,2015-12-11,,tên,,,,,", "line 2: column 'type' is empty"),
        ("1,KH/TU,,kế hoạch,x,,14/7/2015,,tên,,,,,", "write 2015-07-14"),
        ("1,,,kế hoạch,x,,2015-12-11,,tên,,,,,", "number and symbol go together"),
        ("1,KH/TU,,kế hoạch,x,,2015-12-11,,tên,,,,,sure", "write 'seen' or 'partial'"),
        ("1,KH/TU,,kế hoạch,x", "column 'title' is empty"),
        ("1,KH/TU,,kế hoạch,,,2015-12-11,,tên,,,,,", "the slug of the place"),
        ("1,KH/TU,,kế hoạch,x,,2015-12-11,,tên, của ai,,,,,seen", "15 cells under 14 columns"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_remedy(tmp_path: Path, row: str, told: str) -> None:
    with pytest.raises(DataError, match=r"own\.csv, line 2") as error:
        load_registry(_file(tmp_path, row))
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("number,symbol", "missing columns type, title"),
        ("type,title,tên", "unknown columns tên; the columns are"),
    ],
)
def test_columns_missing_or_unknown_are_named(tmp_path: Path, header: str, told: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"{header}\n1,KH/TU", encoding="utf-8")
    with pytest.raises(DataError, match=told):
        load_registry(path)


def test_a_file_needs_only_what_a_directive_needs(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "title,type,number,symbol,scope\n\nđổi mới công tác dân vận,kế hoạch,901,KH/TU,cao-bang\n,,,,\n"
        "công tác dân tộc,nghị quyết,902,NQ-CP,\nLuật Dân vận,luật,,,\n",
        encoding="utf-8",
    )
    registry = load_registry(path)
    (plan,), (resolution,), (law,) = (
        registry.numbered("901", "KH/TU"), registry.numbered("902", "NQ-CP"), registry.named("luat-dan-van"),
    )  # fmt: skip
    assert (plan.target_id, plan.confidence) == ("901-KH/TU@cao-bang@?", "seen")
    assert (resolution.scope, law.scope) == ("CP", "QH")


def test_a_file_that_is_not_there_or_not_utf_8_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_registry(tmp_path / "none.csv")
    path = tmp_path / "own.csv"
    path.write_bytes("kế hoạch".encode("utf-16"))
    with pytest.raises(DataError, match="UTF-8"):
        load_registry(path)


def test_a_table_from_a_vietnamese_spreadsheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        'type;title;number;symbol;scope\nkế hoạch;"về công tác\ndân\u2028vận";901;KH/TU;cao-bang\n',
        encoding="utf-8-sig",
    )
    (entry,) = load_registry(path).numbered("901", "KH/TU")
    assert entry.title == "về công tác dân vận"


def test_a_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    row = {"type": "kế hoạch", "title": "công tác dân vận", "number": 901, "symbol": "KH/TU", "scope": "cao-bang"}
    write_sheet(path, list(row), [row])
    assert load_registry(path).numbered("901", "KH/TU")[0].target_id == "901-KH/TU@cao-bang@?"
