import ast
import json
import os
import platform
from pathlib import Path

import pytest

import danvan_nlp
from danvan_nlp.errors import DataError, UsageError
from danvan_nlp.provenance import stamp_of_format
from danvan_nlp.reading.formats import SUFFIXES
from danvan_nlp.reading.readers import READERS, reader_versions
from danvan_nlp.tables import FORMATS, TABLES

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
    told = {Path(row["path"]).name: (row["error"], row["message"]) for row in run.rows["problems"]}
    wanted = {
        "empty.txt": ("empty", "; export the report again"),
        "nul.txt": ("nul_bytes", "; export it again"),
        "picture.txt": ("not_text", "; save the report as .txt or .md"),
        "broken.txt": ("invalid_encoding", "; save the file again as UTF-8"),
        "long.txt": ("line_too_long", "; export the file again with line breaks"),
        "word.docx": ("unsupported_format", "; save as one of .doc, .docm, .docx"),
        "link.txt": ("broken_link", "; mend or remove it"),
        "twin.txt": ("duplicate", "; counted once"),
        "missing.txt": ("not_found", "; check the path"),
    }
    assert told.keys() == wanted.keys()
    for name, (error, remedy) in wanted.items():
        assert told[name][0] == error
        assert remedy in told[name][1]


def test_a_run_is_not_touched_without_a_word(tmp_path: Path) -> None:
    report, out = write(tmp_path, "a.txt"), tmp_path / "out"
    danvan_nlp.run([report], out)
    with pytest.raises(UsageError, match="--resume"):
        danvan_nlp.run([report], out)
    with pytest.raises(UsageError, match="contradict"):
        danvan_nlp.run([report], out, resume=True, overwrite=True)
    danvan_nlp.run([report], out, overwrite=True)


@pytest.mark.parametrize("how", [{}, {"resume": True}, {"overwrite": True}], ids=["", "resume", "overwrite"])
@pytest.mark.parametrize("given", ["texts", "shards", "texts/*.txt", "."])
def test_a_folder_of_reports_is_no_folder_of_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: dict[str, bool], given: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("texts", "shards"):
        Path(folder).mkdir()
        write(tmp_path / folder, "a.txt")
        write(tmp_path / folder, "ghi-chu.csv", 2)
    Path("run.json").write_text('{"package": "mine"}', encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(UsageError, match="holds files, but no run"):
        danvan_nlp.run(given, ".", **how)  # type: ignore[arg-type]
    assert contents(tmp_path) == before


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("how", ["resume", "overwrite"])
def test_files_of_the_users_in_the_folder_of_a_run_stay(tmp_path: Path, how: str) -> None:
    report, out = write(tmp_path, "a.txt"), tmp_path / "out"
    danvan_nlp.run(report, out)
    mine = ("notes.docx", "texts/ghi-chu.csv", "texts/a.txt", "shards/old.json", "sentences.xlsx")
    for name in mine:
        (out / name).write_bytes(b"mine")
    report.write_text(REPORT.format(number=3, text="Khác."), encoding="utf-8")
    danvan_nlp.run(report, out, **{how: True})  # type: ignore[arg-type]
    after = contents(out)
    assert all(after[name] == b"mine" for name in mine)
    with pytest.raises(UsageError, match=r"sentences\.xlsx, which its run did not write"):
        danvan_nlp.run(report, out, format="xlsx", **{how: True})  # type: ignore[arg-type]
    assert contents(out) == after


def test_reports_in_the_folder_of_the_run_are_not_read_into_it(tmp_path: Path) -> None:
    report, out = write(tmp_path, "a.txt"), tmp_path / "out"
    danvan_nlp.run(report, out)
    before = contents(out)
    for given in (out / "texts", out / "documents.parquet", [report, str(out / "texts" / "*")]):
        for how in ({"resume": True}, {"overwrite": True}):
            with pytest.raises(UsageError, match="lies in"):
                danvan_nlp.run(given, out, **how)  # type: ignore[arg-type]
    assert contents(out) == before


@pytest.mark.parametrize("how", ["resume", "overwrite"])
def test_a_run_stays_where_nothing_can_be_read_in_its_place(tmp_path: Path, how: str) -> None:
    out, empty = tmp_path / "out", tmp_path / "empty.txt"
    danvan_nlp.run(write(tmp_path, "a.txt"), out)
    empty.write_bytes(b"")
    before = contents(out)
    for given in (tmp_path / "none.txt", empty, out):
        done = danvan_nlp.run(given, out, **{how: True})  # type: ignore[arg-type]
        assert done.out is None
        assert {row["error"] for row in done.rows["problems"]} >= {"nothing_read"}
        assert contents(out) == before


def test_a_run_that_is_cut_off_leaves_the_one_before_it_whole(tmp_path: Path) -> None:
    report, out = write(tmp_path, "a.txt"), tmp_path / "out"
    more = [report, write(tmp_path, "b.txt", 2)]

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        danvan_nlp.run(report, out, progress=stop)
    danvan_nlp.run(report, out, resume=True)
    before = contents(out)
    with pytest.raises(KeyboardInterrupt):
        danvan_nlp.run(more, out, overwrite=True, progress=stop)
    assert {name: data for name, data in contents(out).items() if "shards" not in name} == {
        name: data for name, data in before.items() if "shards" not in name
    }
    assert len(danvan_nlp.run(more, out, resume=True).documents) == 2


def test_a_run_among_the_reports_is_not_read_as_reports(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    out = tmp_path / "tables"
    for how in ({}, {"resume": True}, {"overwrite": True}):
        run = danvan_nlp.run(tmp_path, out, **how)  # type: ignore[arg-type]
        assert (len(run.documents), len(run.documents["paths"][0]), run.rows["problems"]) == (1, 1, [])
    other = danvan_nlp.run(tmp_path)
    assert len(other.documents["paths"][0]) == 1
    assert [(row["path"], row["error"]) for row in other.rows["problems"]] == [(str(out), "run_folder")]


def test_a_run_keeps_nothing_of_reports_that_it_no_longer_reads(tmp_path: Path) -> None:
    report, out = write(tmp_path, "a.txt"), tmp_path / "out"
    for number in range(1, 4):
        danvan_nlp.run(write(tmp_path, "a.txt", number), out, resume=True)
        assert len(list((out / "shards").iterdir())) == len(list((out / "texts").iterdir())) == 1
    danvan_nlp.run(report, out, resume=True, format="csv")
    assert sorted({path.suffix for path in out.iterdir() if path.is_file()}) == [".csv", ".json"]


def test_one_path_is_one_report_and_not_its_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "walk", lambda *args, **options: pytest.fail("a folder was walked"))
    report = write(tmp_path, "a.txt")
    own = tmp_path / "own.csv"
    own.write_text("type,title\nluật,Luật Đất đai\n", encoding="utf-8")
    assert len(danvan_nlp.run(str(report), registry=str(own)).documents) == 1


def test_what_reads_a_format_is_recorded_and_read_again_once_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [write(tmp_path, "a.txt"), write(tmp_path, "b.html", 2)]
    out = tmp_path / "out"
    record = danvan_nlp.run(reports, out).record
    assert record["readers"].keys() == {"lxml"}
    assert record["python"] == platform.python_version()
    seen: list[int] = []
    monkeypatch.setattr("danvan_nlp.reading.readers.version", lambda name: "0")
    danvan_nlp.run(reports, out, resume=True, progress=lambda done, total: seen.append(done))
    assert seen == [2]


def test_every_format_has_its_readers() -> None:
    assert READERS.keys() == {*SUFFIXES.values(), "zip"}


def test_a_scan_is_read_again_once_tesseract_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("danvan_nlp.reading.pdf.ocr.has_tesseract", lambda: False)
    absent = reader_versions(["pdf"])
    assert absent["tesseract"] is None
    assert stamp_of_format("0", absent) != stamp_of_format("0", absent | {"tesseract": "5.3.0"})


def test_a_run_on_disk_is_opened_as_it_was_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = tmp_path / "a.txt"
    report.write_text("PHỤ LỤC\n1. Hòa giải\nNăm\tTổng số vụ việc\n2019\t41\n2020\t60\n", encoding="utf-8")
    for form in FORMATS:
        made = danvan_nlp.run(report, tmp_path / form, format=form)
        opened = danvan_nlp.open_run(tmp_path / form)
        assert opened.record == json.loads(json.dumps(made.record))
        assert opened.indicators.pivot().equals(made.indicators.pivot())
        assert opened.indicators.pivot().shape == (1, 2)
        assert repr(opened) == repr(made)
        for name in TABLES:
            assert opened.rows[name] == made.rows[name]
    monkeypatch.setattr("danvan_nlp.results.read_rows", lambda folder, name: pytest.fail(f"{name} was read"))
    danvan_nlp.open_run(tmp_path / "parquet")
    with pytest.raises(UsageError, match="no finished run"):
        danvan_nlp.open_run(tmp_path)


def test_every_public_name_is_offered_and_typed() -> None:
    tree = ast.parse(Path(danvan_nlp.__file__).read_text(encoding="utf-8"))
    typed = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("danvan_nlp.")
        for alias in node.names
    }
    assert typed == danvan_nlp._PLACES
    assert dir(danvan_nlp) == danvan_nlp.__all__ == sorted(typed)
    assert all(getattr(danvan_nlp, name).__name__ == name for name in danvan_nlp.__all__)


def test_resuming_does_no_document_twice_and_gives_the_same_tables(tmp_path: Path) -> None:
    reports = [write(tmp_path, "a.txt", 1), write(tmp_path, "b.txt", 2, "Đã giải quyết 96 đơn thư.")]
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    danvan_nlp.run(reports, whole, format="jsonl")
    danvan_nlp.run(reports[:1], parts, format="jsonl")
    shard = next((parts / "shards").iterdir())
    before = shard.stat().st_mtime_ns
    danvan_nlp.run(reports, parts, format="jsonl", resume=True)
    assert shard.stat().st_mtime_ns == before
    for table in TABLES:
        assert (whole / f"{table}.jsonl").read_bytes() == (parts / f"{table}.jsonl").read_bytes()


def test_processes_change_nothing_in_the_result(tmp_path: Path) -> None:
    reports = [write(tmp_path, f"{n}.txt", n, f"Đã tiếp {n} lượt công dân.") for n in range(1, 4)]
    danvan_nlp.run(reports, tmp_path / "one", format="jsonl")
    danvan_nlp.run(reports, tmp_path / "two", format="jsonl", jobs=2)
    for table in TABLES:
        one, two = (tmp_path / name / f"{table}.jsonl" for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


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
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n", encoding="utf-8")
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
