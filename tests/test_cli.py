import subprocess
import sys
from pathlib import Path

import pytest

REPORT = (
    "I. KẾT QUẢ\nHuyện đã quán triệt Kết luận số 114-KL/TW, ngày 14/7/2015 của Ban Bí thư. Đã tiếp 12 lượt công dân.\n"
)


def danvan(*args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "danvan_nlp.cli", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_run_prints_what_it_found_and_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    done = danvan("run", tmp_path / "a.txt", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "Kết luận 114-KL/TW (2015)" in done.stdout
    assert str(tmp_path / "out") in done.stdout
    assert (tmp_path / "out" / "sentences.parquet").exists()


def test_one_good_file_among_bad_ones_is_success(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    done = danvan("run", tmp_path, tmp_path / "none.txt", "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "empty" in done.stdout
    assert "not_found" in done.stdout


def test_nothing_readable_is_status_1_with_tables(tmp_path: Path) -> None:
    done = danvan("run", tmp_path / "none.txt", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert (tmp_path / "out" / "problems.parquet").exists()


@pytest.mark.parametrize(
    "args", [("run",), ("run", "a.txt"), ("run", "a.txt", "--out", "o", "--format", "ods"), ("fly",)]
)
def test_wrong_usage_is_status_2(args: tuple[str, ...]) -> None:
    assert danvan(*args).returncode == 2


def test_a_full_folder_is_refused_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x").write_text("mine", encoding="utf-8")
    done = danvan("run", tmp_path / "a.txt", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "--overwrite" in done.stderr
    assert "Traceback" not in done.stderr


def test_importing_the_package_loads_none_of_the_heavy_libraries() -> None:
    heavy = "{'pandas', 'pyarrow', 'spacy', 'sklearn', 'underthesea', 'numpy'}"
    code = f"import sys, danvan_nlp; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_refs_and_check_name_the_line_of_what_they_found(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text(REPORT.replace("14/7/2015", "15/7/2015"), encoding="utf-8")
    refs = danvan("refs", report)
    assert "114-KL/TW@TW@2015" in refs.stdout
    assert "1 references, 0 without a target" in refs.stdout
    check = danvan("check", report)
    assert f"{report}:2: slip: " in check.stdout
    assert "expected 2015-07-14" in check.stdout
