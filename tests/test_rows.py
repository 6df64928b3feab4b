"""Every row of every table leads back to the text that it speaks of."""

import unicodedata
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan_nlp.analysis import analyse, shared_registry
from danvan_nlp.tables import TABLES
from danvan_nlp.tables.rows import document_rows
from danvan_nlp.types import Source

PIECES = (
    "I. KẾT QUẢ\n",
    "Huyện uỷ đã quán triệt Kết luận số 114-KL/TW, ngày 14/7/2015 của Ban Bí thư. ",
    "Quyết định số 217-QĐ/TW, 218-QĐ/TW. ",
    "Đã tiếp trên 1.876 lượt người, đạt 83%.\n\n",
    "- Số đoàn kiểm tra: 3\n",
    "Năm\tSố đoàn kiểm tra\n2019\t4\n",
    "PHỤ LỤC 1\n",
    "¹ Trong đó, 12 xã.\n",
)
PIECE = st.one_of(
    st.sampled_from(PIECES), st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
)


def rows(text: str) -> dict[str, list[dict[str, Any]]]:
    return document_rows(analyse(Source(text, "txt", "")), "d", shared_registry())


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.lists(PIECE, max_size=12).map("".join), apart=st.booleans())
def test_offsets_are_exact_on_any_text(text: str, apart: bool) -> None:
    text = unicodedata.normalize("NFD", text) if apart else text
    tables = rows(text)
    for name, table in tables.items():
        for row in table:
            assert set(TABLES[name]) <= set(row), name
            if "start" in row:
                assert 0 <= row["start"] <= row["end"] <= len(text), (name, row)
    for row in tables["sentences"]:
        assert text[row["start"] : row["end"]] == row["text"]
        assert all(row["start"] <= a < b <= row["end"] for a, b in row["tokens"])
    for row in tables["references"]:
        assert text[row["start"] : row["end"]] == row["surface"]
    for row in tables["quantities"]:
        assert " ".join(text[row["start"] : row["end"]].split()) == " ".join(row["raw"].split())


def test_ids_are_unique_and_point_at_rows_that_exist() -> None:
    tables = rows("".join(PIECES) * 2)
    for name, key in (("sentences", "sentence_id"), ("references", "ref_id"), ("sections", "section_id")):
        ids = [row[key] for row in tables[name]]
        assert len(ids) == len(set(ids))
    sentences = {row["sentence_id"] for row in tables["sentences"]}
    assert {row["sentence_id"] for row in tables["references"]} <= sentences
    assert {row["sentence_id"] for row in tables["quantities"]} <= sentences
    directives = {row["target_id"] for row in tables["directives"]}
    assert {row["target_id"] for row in tables["references"] if row["target_id"]} <= directives
