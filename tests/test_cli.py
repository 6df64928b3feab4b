import json
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


def test_a_missing_report_is_told_with_its_name(tmp_path: Path) -> None:
    for command in (("refs",), ("convert",), ("explain", "--line", 3), ("check",)):
        done = danvan(*command, tmp_path / "none.txt")
        assert done.returncode == 1
        assert str(tmp_path / "none.txt") in done.stderr
        assert "no such file" in done.stderr


def test_a_faulty_registry_of_ones_own_is_status_2(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    for command in (("refs",), ("check",), ("run", "--out", tmp_path / "out")):
        done = danvan(*command, tmp_path / "a.txt", "--registry", tmp_path / "bad.csv")
        assert done.returncode == 2
        assert "bad.csv, line 1" in done.stderr
        assert "Traceback" not in done.stderr


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
    assert "1 lần dẫn, 0 chưa rõ là văn bản nào" in refs.stdout
    check = danvan("check", report)
    assert f"{report}:2: dẫn sai văn bản: ngày ban hành" in check.stdout
    assert "đúng ra: 2015-07-14" in check.stdout


def test_references_without_a_target_stand_under_the_reason(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text(
        "I. KẾT QUẢ\nThực hiện Kế hoạch số 12-KH/TU, ngày 11/12/2015 và Kế hoạch số 15-KH/TU, ngày 12/3/2016.\n"
        "Triển khai Kết luận số 114-KL/TW.\nBáo cáo theo Công văn số 20-CV/HU, ngày 14/7/2016.\n",
        encoding="utf-8",
    )
    refs = danvan("refs", report, "--unresolved")
    province, district = refs.stdout.split("\n\n")[:2]
    assert province.splitlines() == [
        "chưa rõ của tỉnh nào: báo cáo không nêu tên tỉnh (2)",
        f"  {report}:2: Kế hoạch số 12-KH/TU",
        "    có thể là: 12-KH/TU@?@2015",
        f"  {report}:2: Kế hoạch số 15-KH/TU",
        "    có thể là: 15-KH/TU@?@2016",
    ]
    assert district.startswith("chưa rõ của huyện nào: không nêu tên huyện (1)")
    assert "3 trên 4 lần dẫn chưa rõ là văn bản nào" in refs.stdout
    assert "114-KL/TW" not in refs.stdout
    first = json.loads(danvan("refs", report, "--unresolved", "--json").stdout.splitlines()[0])
    assert (first["reason"], len(first["mentions"])) == ("scope unknown: the province is not named", 2)
    assert first["mentions"][0]["candidates"] == ["12-KH/TU@?@2015"]
    assert first["mentions"][0]["line"] == 2


def test_check_holds_reports_of_one_place_against_one_another(tmp_path: Path) -> None:
    from tests.indicators.test_across import REPORT as YEARLY

    one, two = tmp_path / "a.txt", tmp_path / "b.txt"
    one.write_text(YEARLY.format(number=7, day="05", year=2018, before=5, now=""), encoding="utf-8")
    two.write_text(YEARLY.format(number=9, day="06", year=2019, before=3, now=4), encoding="utf-8")
    check = danvan("check", one, two)
    assert f"{two}:17: mâu thuẫn: Số đoàn kiểm tra, 2018: báo cáo này ghi 3" in check.stdout
    assert f"    đối chiếu {one}:17: 5" in check.stdout
    danvan("run", one, two, "--out", tmp_path / "run")
    assert danvan("check", tmp_path / "run").stdout == check.stdout
    assert danvan("check", tmp_path / "none.txt").returncode == 1


def test_references_of_several_reports_stand_under_their_reports(tmp_path: Path) -> None:
    for name, number in (("a.txt", 45), ("b.txt", 46)):
        (tmp_path / name).write_text(f"Số {number}-BC/HU\n{REPORT}", encoding="utf-8")
    refs = danvan("refs", tmp_path)
    assert refs.returncode == 0, refs.stderr
    assert [line for line in refs.stdout.splitlines() if line.startswith(str(tmp_path))] == [
        str(tmp_path / "a.txt"),
        str(tmp_path / "b.txt"),
    ]
    done = danvan("refs", tmp_path / "a.txt", tmp_path / "b.txt", "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {(row["path"], row["line"]) for row in rows if row["target_id"] == "114-KL/TW@TW@2015"} == {
        (str(tmp_path / "a.txt"), 3),
        (str(tmp_path / "b.txt"), 3),
    }
    danvan("run", tmp_path, "--out", tmp_path / "run")
    assert danvan("refs", tmp_path / "run").stdout == refs.stdout


def test_references_are_shown_with_the_targets_that_a_person_gave_them(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text(REPORT, encoding="utf-8")
    (row,) = map(json.loads, danvan("refs", report, "--json").stdout.splitlines())
    (tmp_path / "c.csv").write_text(f"ref_id,target_id\n{row['ref_id']},9-X@TW@2015\n", encoding="utf-8")
    assert "9-X@TW@2015" in danvan("refs", report, "--corrections", tmp_path / "c.csv").stdout


def test_a_run_stands_alone_and_has_to_be_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    danvan("run", tmp_path / "a.txt", "--out", tmp_path / "run")
    for command in ("refs", "check"):
        mixed = danvan(command, tmp_path / "run", tmp_path / "a.txt")
        assert mixed.returncode == 2
        assert "is the folder of a run; give it alone" in mixed.stderr
        own = danvan(command, tmp_path / "run", "--registry", tmp_path / "none.csv")
        assert own.returncode == 2
    (tmp_path / "run" / "run.json").unlink()
    assert danvan("check", tmp_path / "run").stdout.startswith("0 chỗ") is False


def test_findings_of_one_kind_are_listed_alone_and_counted(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text(REPORT.replace("14/7/2015", "15/7/2015"), encoding="utf-8")
    every = danvan("check", report).stdout.splitlines()
    assert every[-1].startswith(
        f"{sum(line.startswith(str(report)) for line in every)} chỗ cần xem lại: dẫn sai văn bản 1"
    )
    slips = danvan("check", report, "--kind", "slip").stdout.splitlines()
    assert slips[-1] == "1 chỗ cần xem lại: dẫn sai văn bản 1"
    assert [line for line in slips if line.startswith(str(report))] == [every[0]]
    wrong = danvan("check", report, "--kind", "slips")
    assert wrong.returncode == 2
    assert "choose among slip, " in wrong.stderr
