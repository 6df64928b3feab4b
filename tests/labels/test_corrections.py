import csv
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import danvan_nlp
from danvan_nlp.errors import UsageError
from danvan_nlp.labels import read_corrections, text_hash
from danvan_nlp.labels.overlay import with_judgements
from danvan_nlp.tables.sheet import write_sheet

from .reports import REPORT, write_report

THEMES = ("han_che", "han_che_nguyen_nhan", "kinh_te_xa_hoi", "nguyen_nhan", "tiep_dan")
PARENTS = [("han_che", "han_che_nguyen_nhan"), ("nguyen_nhan", "han_che_nguyen_nhan")]


def write_rows(path: Path, *rows: dict[str, Any]) -> Path:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


def sentence(run: danvan_nlp.Run, words: str) -> dict[str, Any]:
    (row,) = [row for row in run.rows["sentences"] if words in unicodedata.normalize("NFC", row["text"])]
    return row


def corrected(run: danvan_nlp.Run, table: str = "sentences") -> list[str]:
    return [row["text" if table == "sentences" else "surface"] for row in run.rows[table] if row["corrected"]]


def test_each_theme_is_yes_no_or_left_as_the_model_says(tmp_path: Path) -> None:
    report = write_report(tmp_path)
    before = sentence(danvan_nlp.run([report]), "214 lượt")
    assert before["themes"] == ["tiep_dan"]
    rows = write_rows(
        tmp_path / "c.csv", {"sentence_id": before["sentence_id"], "kinh_te_xa_hoi": "yes", "han_che": ""}
    )
    run = danvan_nlp.run([report], corrections=rows)
    after = sentence(run, "214 lượt")
    assert after["themes"] == ["kinh_te_xa_hoi", "tiep_dan"]
    assert after["scores"] == before["scores"]
    assert corrected(run) == [before["text"]]
    assert run.rows["problems"] == []
    refused = write_rows(tmp_path / "d.csv", {"sentence_id": before["sentence_id"], "no": "tiep_dan"})
    assert sentence(danvan_nlp.run([report], corrections=refused), "214 lượt")["themes"] == []


@pytest.mark.parametrize("by", ["sentence_id", "doc_id and start", "text hash of the document", "text", "text in NFC"])
def test_a_sentence_is_named_in_any_of_these_ways(tmp_path: Path, by: str) -> None:
    report = write_report(tmp_path)
    wanted = sentence(danvan_nlp.run([report]), "31 vụ")
    named: dict[str, Any] = {
        "sentence_id": {"sentence_id": wanted["sentence_id"]},
        "doc_id and start": {k: wanted[k] for k in ("doc_id", "start", "end")},
        "text hash of the document": {"document_sha256": text_hash(REPORT), "start": wanted["start"]},
        "text": {"text": wanted["text"]},
        "text in NFC": {"text": unicodedata.normalize("NFC", wanted["text"])},
    }[by]
    run = danvan_nlp.run([report], corrections=write_rows(tmp_path / "c.csv", {**named, "yes": "kinh_te_xa_hoi"}))
    assert corrected(run) == [wanted["text"]]
    assert "kinh_te_xa_hoi" in sentence(run, "31 vụ")["themes"]
    assert run.rows["problems"] == []


def test_what_matches_nothing_is_a_problem_and_never_silent(tmp_path: Path) -> None:
    report = write_report(tmp_path)
    run = danvan_nlp.run([report])
    tiep, heading = sentence(run, "214 lượt"), sentence(run, "KẾT QUẢ")
    rows = [
        {"sentence_id": tiep["sentence_id"], "text": "Đã tiếp 215 lượt công dân."},
        {"sentence_id": tiep["sentence_id"], "text_sha256": text_hash("Đã tiếp")},
        {"doc_id": tiep["doc_id"], "start": tiep["start"], "end": tiep["end"] - 1},
        {"doc_id": tiep["doc_id"], "start": tiep["start"] + 1},
        {"sentence_id": "0123456789abcdef:s:4"},
        {"text": "Câu này không có ở đâu cả."},
        {"sentence_id": heading["sentence_id"]},
        {"sentence_id": tiep["sentence_id"], "no": "tiep_dan", "yes": ""},
        {"sentence_id": tiep["sentence_id"], "no": "", "yes": "tiep_dan"},
        {"ref_id": f"{tiep['doc_id']}:r:3", "target_id": "none", "yes": ""},
    ]
    file = write_rows(tmp_path / "c.csv", *({"no": "", "yes": "kinh_te_xa_hoi", **row} for row in rows))
    problems = danvan_nlp.run([report], corrections=file).rows["problems"]
    assert [(row["error"], row["stage"]) for row in problems] == [
        (code, "correct")
        for code in sorted(
            ["text_changed"] * 3 + ["no_sentence"] * 2 + ["no_document", "not_a_sentence", "conflict", "no_reference"]
        )
    ]
    assert all(f"line {n} " in " ".join(row["message"] for row in problems) for n in (2, 3, 4, 5, 6, 7, 8, 10, 11))


def test_a_reference_gets_its_target_and_so_do_directives_and_relations(tmp_path: Path) -> None:
    report = write_report(tmp_path)
    (reference,) = [r for r in danvan_nlp.run([report]).rows["references"] if r["kind"] == "full"]
    file = write_rows(tmp_path / "c.csv", {"ref_id": reference["ref_id"], "target_id": "114-KL/TW@lam-khe@2015"})
    run = danvan_nlp.run([report], corrections=file)
    assert corrected(run, "references") == [reference["surface"]]
    (changed,) = [r for r in run.rows["references"] if r["corrected"]]
    assert changed["target_id"] == "114-KL/TW@lam-khe@2015"
    assert changed["reason"] == "corrected by the user: was 114-KL/TW@TW@2015"
    assert "114-KL/TW@lam-khe@2015" in {row["target_id"] for row in run.rows["directives"]}
    assert "114-KL/TW@TW@2015" not in {row["target_id"] for row in run.rows["directives"]}
    assert "114-KL/TW@TW@2015" not in {row["target_id"] for row in run.rows["relations"]}
    none = write_rows(tmp_path / "d.csv", {"ref_id": reference["ref_id"], "target_id": "none"})
    (bare,) = [r for r in danvan_nlp.run([report], corrections=none).rows["references"] if r["corrected"]]
    assert bare["target_id"] is None


def test_the_corrections_are_part_of_what_a_shard_is_named_by(tmp_path: Path) -> None:
    report, out = write_report(tmp_path), tmp_path / "out"
    plain = danvan_nlp.run([report], out)
    file = write_rows(tmp_path / "c.csv", {"text": "Đã tiếp 214 lượt công dân.", "no": "tiep_dan"})
    first = danvan_nlp.run([report], out, corrections=file, resume=True)
    write_rows(file, {"text": "Đã tiếp 215 lượt công dân.", "no": "tiep_dan"})
    second = danvan_nlp.run([report], out, corrections=file, resume=True)
    assert len({run.record["package"]["stamp"] for run in (plain, first, second)}) == 3
    assert corrected(plain) == corrected(second) == []
    assert len(corrected(first)) == 1
    assert [row["error"] for row in second.rows["problems"]] == ["no_sentence"]
    again = danvan_nlp.run([report], out, corrections=file, resume=True)
    assert again.rows["problems"] == second.rows["problems"]
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert len(record["options"]["corrections"]["sha256"]) == 64
    assert danvan_nlp.read_table(out, "sentences")["corrected"].dtype == bool


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"text": "a", "tiepdan": "yes"}, "tiepdan"),
        ({"text": "a", "tiep_dan": "maybe"}, "line 2"),
        ({"text": "a", "yes": "no_such"}, "no_such"),
        ({"text": "a", "yes": "tiep_dan", "no": "tiep_dan"}, "both"),
        ({"text": "a", "yes": "han_che", "no": "han_che_nguyen_nhan"}, "set wherever"),
        ({"text": "", "yes": "tiep_dan"}, "names no sentence"),
        ({"doc_id": "abc", "yes": "tiep_dan"}, "no sentence"),
        ({"sentence_id": "abc", "yes": "tiep_dan"}, "no id"),
        ({"doc_id": "abc", "start": "x", "yes": "tiep_dan"}, "whole number"),
        ({"ref_id": "a:r:1"}, "target_id"),
        ({"target_id": "1-KL/TW@TW@?"}, "ref_id"),
        ({"ref_id": "a:r:1", "target_id": "114"}, "form"),
        ({"ref_id": "a:r:1", "target_id": "none", "yes": "tiep_dan"}, "at once"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_with_its_line(tmp_path: Path, row: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_corrections(write_rows(tmp_path / "c.csv", row), THEMES, PARENTS)


def test_a_sheet_saved_by_a_spreadsheet_is_read_too(tmp_path: Path) -> None:
    report = write_report(tmp_path)
    row = {"text": "Đã tiếp 214 lượt công dân.", "no": "tiep_dan"}
    write_sheet(tmp_path / "c.xlsx", tuple(row), [row])
    (tmp_path / "c.csv").write_text("\ufefftext;no\r\nĐã tiếp 214 lượt công dân.;tiep_dan\r\n;\r\n", encoding="utf-8")
    for name in ("c.xlsx", "c.csv"):
        run = danvan_nlp.run([report], corrections=tmp_path / name)
        assert corrected(run) == [row["text"]]
        assert sentence(run, "214 lượt")["themes"] == []


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--corrections"):
        danvan_nlp.run([write_report(tmp_path)], corrections=tmp_path / "none.csv")
    with pytest.raises(UsageError, match="--model"):
        danvan_nlp.run([write_report(tmp_path)], model=tmp_path / "none")


@pytest.mark.parametrize(
    ("chosen", "judged", "then"),
    [
        ([], {"han_che": True}, ("han_che", "han_che_nguyen_nhan")),
        (["han_che", "han_che_nguyen_nhan", "nguyen_nhan"], {"han_che": False}, ("han_che_nguyen_nhan", "nguyen_nhan")),
        (["han_che", "han_che_nguyen_nhan"], {"han_che_nguyen_nhan": False}, ()),
        (["tiep_dan"], {"han_che_nguyen_nhan": True}, ("han_che_nguyen_nhan", "tiep_dan")),
        (["han_che_nguyen_nhan"], {"tiep_dan": False}, ("han_che_nguyen_nhan",)),
    ],
)
def test_a_parent_follows_its_children(chosen: list[str], judged: dict[str, bool], then: tuple[str, ...]) -> None:
    assert with_judgements(chosen, judged, PARENTS) == then
