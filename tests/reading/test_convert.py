import subprocess
import sys
from pathlib import Path

import pytest

import danvan_nlp
from danvan_nlp.reading.legacy import encode_legacy
from tests.test_cli import danvan

from .make_formats import as_docx, sample
from .test_hostile import packed

TEXT = "I. KẾT QUẢ\nThực hiện Công văn số 12-CV/TU, cấp uỷ các cấp đã lãnh đạo công tác dân vận.\n"


def test_convert_prints_unicode_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(encode_legacy(TEXT, "vni").encode("cp1252"))
    done = danvan("convert", path)
    assert done.returncode == 0
    assert done.stdout == TEXT
    assert "VNI" in done.stderr


def test_convert_lists_its_plan_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes(encode_legacy(TEXT, "vni").encode("cp1252"))
    before = path.read_bytes()
    done = danvan("convert", path, "--plan")
    assert done.returncode == 0
    assert "Coâng vaên soá" in done.stdout
    assert "Công văn số" in done.stdout
    assert path.read_bytes() == before
    assert danvan("convert", path, "--plan", "-o", tmp_path / "new.txt").returncode == 2


def test_convert_ends_quietly_where_nobody_reads_on(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(TEXT * 5_000, encoding="utf-8")
    command = [sys.executable, "-m", "danvan_nlp.cli", "convert", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == TEXT.encode().splitlines(keepends=True)[0]
        running.stdout.close()
        assert running.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a disk without room")
def test_a_full_disk_is_told_in_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "danvan_nlp.cli", "convert", str(path)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "danvan: No space left on device\n")


def test_convert_writes_a_file_once(tmp_path: Path) -> None:
    source, out = tmp_path / "a.txt", tmp_path / "out.txt"
    source.write_text(TEXT, encoding="utf-8")
    assert danvan("convert", source, "--out", out).returncode == 0
    assert out.read_text(encoding="utf-8") == TEXT
    assert danvan("convert", source, "--out", out).returncode == 2
    assert danvan("convert", source, "--out", out, "--overwrite").returncode == 0
    assert danvan("convert", source, "--plan").stdout == "nothing to convert\n"


def test_a_file_that_cannot_be_read_is_status_1(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04")
    done = danvan("convert", path)
    assert done.returncode == 1
    assert "save as one of" in done.stderr


def test_a_run_reads_word_files_and_archives_beside_text(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.docx").write_bytes(as_docx(sample()))
    (folder / "b.txt").write_text(TEXT, encoding="utf-8")
    (folder / "c.zip").write_bytes(packed({"2019/d.html": f"<html><p>{TEXT}</p>", "2019/e.mp3": b"ID3"}))
    run = danvan_nlp.run([folder], tmp_path / "out", format="jsonl")
    formats = {Path(row["paths"][0]).name: row["format"] for row in run.rows["documents"]}
    assert formats == {"a.docx": "docx", "b.txt": "txt", "d.html": "html"}
    assert [(Path(row["path"]).name, row["error"]) for row in run.rows["problems"]] == [("e.mp3", "unsupported_format")]
    for row in run.rows["documents"]:
        text = (tmp_path / "out" / "texts" / f"{row['doc_id']}.txt").open(encoding="utf-8", newline="").read()
        sentences = [s for s in run.rows["sentences"] if s["doc_id"] == row["doc_id"]]
        assert sentences
        assert all(text[s["start"] : s["end"]] == s["text"] for s in sentences)
