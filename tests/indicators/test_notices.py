"""Tables that cannot be read as they stand: each fault is told once a table, and the rest is read."""

from __future__ import annotations

import math
import time
from pathlib import Path

import pytest

import danvan_nlp
from danvan_nlp.analysis import read
from danvan_nlp.indicators import extract, notices
from tests.indicators.reports import report

_BELOW = ["@7. Hòa giải ở cơ sở", "Năm\tSố vụ hòa giải", "2018\t20", "2019\t30"]
_CASES = {
    "cut_short": ["@9. Dân vận khéo", "Năm\tTập thể\tCá nhân", "2018\t3\t4", "2019\t5"],
    "ragged_row": ["@3. Kiểm tra", "Năm\tSố đoàn\tSố cuộc", "2017\t4\t6", "2018\t5", "2019\t7\t8\t9", "2020\t1\t2"],
    "table_too_wide": ["@3. Kiểm tra", "Năm" + "\tSố đoàn" * 10_000, "2019" + "\t1" * 10_000],
    "cell_too_long": ["@3. Kiểm tra", "Năm\tSố đoàn", "2018\t4", "2019\t" + "tiếp nhận 12 đơn, " * 60_000, "2020\t5"],
}


@pytest.mark.parametrize("error", _CASES)
def test_a_faulty_table_is_told_and_the_rest_is_read(error: str) -> None:
    made = report([*_CASES[error], "", *_BELOW], date="2020-12-01")
    since = time.process_time()
    assert [e for e, _ in notices(made)] == [error]
    facts = extract(made)
    assert time.process_time() - since < 5
    assert [f.value for f in facts if f.key == "hoa_giai_tong"] == [20.0, 30.0]
    assert all(f.value is None or math.isfinite(f.value) for f in facts)


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        (["| Năm | Đoàn | Cuộc |", "|---|---|---|", "| 2018 | 3 | 4 |", "| 2019 | 5 |"], "cut_short"),
        (["\tNăm", "\tĐoàn", "\tCuộc", "", "\t2017", "\t3", "\t4", "", "\t2018", "\t3", "\t4", "", "\t2019", "\t5"],
         "cut_short"),
        (["Năm\tSố đoàn\tSố cuộc"], "cut_short"),
        (["| Năm | Đoàn |", "|---|---|", "| 2017 | 3 |", "| 2018 |", "| 2019 | 5 |"], "ragged_row"),
    ],
)  # fmt: skip
def test_a_row_that_misses_cells_is_told_in_every_layout(lines: list[str], error: str) -> None:
    assert [e for e, _ in notices(report(["@3. Kiểm tra", *lines]))] == [error]


@pytest.mark.parametrize(
    "lines",
    [
        ["Năm\tKiểm tra\tGiám sát", "\tĐoàn\tCuộc\tĐoàn\tCuộc", "2018\t1\t2\t3\t4", "2019\t1\t\t3\t"],
        ["STT\tNội dung\tSố lượng", "I\tKiểm tra", "1\tSố đoàn\t3", "2\tSố cuộc\t4"],
        ["\tNăm", "\tĐoàn", "\tCuộc", "", "\t2017", "\t", "\t4", "", "\t2018", "\t3", "\t", "", "\t2019", "\t", "\t"],
        ["| Năm | Đoàn |", "|---|---|", "| 2017 | |", "| 2018 | 3 |"],
        ["- Số đoàn kiểm tra: 3", "- Số cuộc: 4; số đơn vị: 5"],
    ],
    ids=["merged header, blanks", "titles of groups", "one cell a line", "pipes", "list"],
)
def test_merged_cells_titles_and_blanks_are_no_fault(lines: list[str]) -> None:
    assert notices(report(["@3. Kiểm tra", *lines])) == []


def test_the_real_reports_and_the_samples_have_no_fault(real_reports: Path, root: Path) -> None:
    for path in [*real_reports.glob("*.txt"), *(root / "corpora" / "samples").glob("*.txt")]:
        assert notices(read(path)) == [], path


def test_a_run_has_a_row_of_problems_for_each_fault(tmp_path: Path) -> None:
    lines = ["BÁO CÁO", "Công tác dân vận năm 2019", "PHỤ LỤC", *(x.lstrip("@") for x in _CASES["ragged_row"])]
    path = tmp_path / "a.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    run = danvan_nlp.run([path])
    (problem,) = run.rows["problems"]
    assert (problem["stage"], problem["error"]) == ("indicators", "ragged_row")
    assert "line 7, 8" in problem["message"]
    assert len(run.rows["indicators"]) == 8
