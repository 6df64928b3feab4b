import json
import os
from pathlib import Path

import pytest

import danvan_nlp
from danvan_nlp.errors import DataError, UsageError

REPORT = """HUYỆN ỦY LÂM KHÊ
Số {number}-BC/HU
BÁO CÁO
công tác dân vận năm 2019

I. KẾT QUẢ
Huyện ủy đã quán triệt Kết luận số 114-KL/TW, ngày 14/7/2015 của Ban Bí thư đến 12 đảng bộ. {text}
"""


def write(folder: Path, name: str, number: int = 1, text: str = "Đã tiếp 214 lượt công dân.") -> Path:
    path = folder / name
    path.write_text(REPORT.format(number=number, text=text), encoding="utf-8")
    return path


def test_a_run_gives_every_table_of_the_contract(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run = danvan_nlp.run([write(tmp_path, "a.txt")], out, format="jsonl")
    assert {p.stem for p in out.glob("*.jsonl")} == set(run.rows)
    text = (out / "texts" / f"{run.documents['doc_id'][0]}.txt").read_text(encoding="utf-8")
    for row in run.rows["sentences"]:
        assert text[row["start"] : row["end"]] == row["text"]
    (reference,) = [row for row in run.rows["references"] if row["kind"] == "full"]
    assert reference["target_id"] == "114-KL/TW@TW@2015"
    assert text[reference["start"] : reference["end"]] == reference["surface"]
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert record["package"]["version"] == danvan_nlp.__version__


def test_bad_files_are_rows_of_problems_and_lose_nothing(tmp_path: Path) -> None:
    write(tmp_path, "good.txt")
    write(tmp_path, "twin.txt")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "nul.txt").write_bytes(b"a\x00b")
    (tmp_path / "picture.txt").write_bytes(b"GIF89a\x01\x00")
    (tmp_path / "broken.txt").write_bytes(b"\xff\xfe\xfd\x81\x8d\x90" * 9 + b"x")
    (tmp_path / "long.txt").write_bytes(b"x" * 1_000_001)
    (tmp_path / "word.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone")
    run = danvan_nlp.run([tmp_path, tmp_path / "missing.txt"])
    assert len(run.rows["documents"]) == 1
    assert len(run.rows["documents"][0]["paths"]) == 2
    found = {Path(row["path"]).name: row["error"] for row in run.rows["problems"]}
    assert found == {
        "empty.txt": "empty",
        "nul.txt": "nul_bytes",
        "picture.txt": "not_text",
        "broken.txt": "invalid_encoding",
        "long.txt": "line_too_long",
        "word.docx": "unsupported_format",
        "link.txt": "broken_link",
        "twin.txt": "duplicate",
        "missing.txt": "not_found",
    }
    assert all(";" in row["message"] or ":" in row["message"] for row in run.rows["problems"])


def test_a_folder_that_holds_something_is_not_touched_without_a_word(tmp_path: Path) -> None:
    report, out = write(tmp_path, "a.txt"), tmp_path / "out"
    danvan_nlp.run([report], out)
    with pytest.raises(UsageError, match="--resume"):
        danvan_nlp.run([report], out)
    with pytest.raises(UsageError, match="contradict"):
        danvan_nlp.run([report], out, resume=True, overwrite=True)
    danvan_nlp.run([report], out, overwrite=True)
    (out / "notes.docx").write_bytes(b"mine")
    with pytest.raises(UsageError, match=r"notes\.docx"):
        danvan_nlp.run([report], out, overwrite=True)


def test_resuming_does_no_document_twice_and_gives_the_same_tables(tmp_path: Path) -> None:
    reports = [write(tmp_path, "a.txt", 1), write(tmp_path, "b.txt", 2, "Đã giải quyết 96 đơn thư.")]
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    danvan_nlp.run(reports, whole, format="jsonl")
    danvan_nlp.run(reports[:1], parts, format="jsonl")
    shard = next((parts / "shards").iterdir())
    before = shard.stat().st_mtime_ns
    danvan_nlp.run(reports, parts, format="jsonl", resume=True)
    assert shard.stat().st_mtime_ns == before
    for table in whole.glob("*.jsonl"):
        assert table.read_bytes() == (parts / table.name).read_bytes()


def test_processes_change_nothing_in_the_result(tmp_path: Path) -> None:
    reports = [write(tmp_path, f"{n}.txt", n, f"Đã tiếp {n} lượt công dân.") for n in range(1, 4)]
    danvan_nlp.run(reports, tmp_path / "one", format="jsonl")
    danvan_nlp.run(reports, tmp_path / "two", format="jsonl", jobs=2)
    for table in (tmp_path / "one").glob("*.jsonl"):
        assert table.read_bytes() == (tmp_path / "two" / table.name).read_bytes()


def test_ids_depend_on_content_and_place_alone(tmp_path: Path) -> None:
    one = danvan_nlp.run([write(tmp_path, "a.txt")])
    (tmp_path / "sub").mkdir()
    two = danvan_nlp.run([write(tmp_path / "sub", "other name.txt")])
    assert one.sentences["sentence_id"].tolist() == two.sentences["sentence_id"].tolist()
    assert one.references["ref_id"].tolist() == two.references["ref_id"].tolist()


def test_wrong_options_are_usage_errors(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="parquet"):
        danvan_nlp.run([], format="ods")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="jobs"):
        danvan_nlp.run([], jobs=0)


def test_a_faulty_file_of_the_users_own_is_told_before_any_document_is_read(tmp_path: Path) -> None:
    reports = [write(tmp_path, "a.txt")]
    with pytest.raises(DataError, match=r"none\.csv"):
        danvan_nlp.run(reports, tmp_path / "out", registry=[tmp_path / "none.csv"])
    (tmp_path / "bad.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"bad\.csv, line 1"):
        danvan_nlp.run(reports, tmp_path / "out", registry=[tmp_path / "bad.csv"])
    assert not (tmp_path / "out").exists()


def test_indicators_of_the_users_own_are_found_and_recorded(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[indicator]]\nkey = "to_tu_quan"\nmeaning = "tổ tự quản"\nunits = ["tổ"]\nsection = ""\n'
        'words = ["số tổ tự quản"]\nexample = ["Số tổ tự quản"]\n',
        encoding="utf-8",
    )
    report = tmp_path / "a.txt"
    report.write_text("PHỤ LỤC\n1. Tự quản\nNăm\tSố tổ tự quản\n2019\t14\n2020\t17\n", encoding="utf-8")
    run = danvan_nlp.run([report], indicators=[own])
    assert run.indicators[["indicator", "year", "value"]].values.tolist() == [
        ["to_tu_quan", "2019", 14.0],
        ["to_tu_quan", "2020", 17.0],
    ]
    assert [file["path"] for file in run.record["options"]["indicators"]] == [str(own)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that can be killed")
def test_progress_counts_every_document(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    reports = [write(tmp_path, "a.txt"), write(tmp_path, "b.txt", 2)]
    danvan_nlp.run(reports, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


def test_a_stage_that_fails_costs_its_own_rows_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(report: object, own: object) -> None:
        raise IndexError("no such column")

    monkeypatch.setattr("danvan_nlp.indicators.extract", fail)
    run = danvan_nlp.run([write(tmp_path, "a.txt")])
    assert run.rows["sentences"]
    assert run.rows["references"]
    (problem,) = run.rows["problems"]
    assert (problem["stage"], problem["error"]) == ("indicators", "IndexError")
    assert "report it" in problem["message"]
