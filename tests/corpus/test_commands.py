"""``danvan kwic``, ``keyness``, ``graph`` and ``report``."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from danvan_nlp.cli import app
from danvan_nlp.tables.sheet import read_sheet

from .runs import make_run


@pytest.fixture
def run(tmp_path):
    cites = {"12-KH/TU": "12-KH/TU@cao-bang@2015", "114-KL/TW": "114-KL/TW@TW@2015"}
    report = {
        "place": "Cao Bằng", "locality": "cao-bang", "admin_level": "cap_tinh", "date": "2020-08-07",
        "sentences": [
            {"text": "Kế hoạch 12-KH/TU thực hiện 114-KL/TW.", "cites": cites, "themes": ["lanh_dao_chi_dao"]},
            {"text": "Đã đối thoại, đối thoại.", "themes": ["tiep_dan"]},
        ],
        "relations": [("12-KH/TU", "implements", "114-KL/TW")],
        "directives": [
            {"target_id": "114-KL/TW@TW@2015", "type": "kết luận", "date": "2015-07-14"},
            {"target_id": "12-KH/TU@cao-bang@2015", "type": "kế hoạch", "date": "2015-12-11"},
        ],
    }  # fmt: skip
    return str(make_run(tmp_path / "run", [report]))


def danvan(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def test_kwic_prints_lines_and_says_how_many_there_are(run):
    done = danvan("kwic", run, "đối thoại", "--limit", 1)
    assert done.exit_code == 0
    assert "[đối thoại]" in done.stdout
    assert "Cao Bằng 2020 d0:" in done.stdout
    assert "1 of 2 lines" in done.stdout
    rows = [
        json.loads(line)
        for line in danvan("kwic", run, "114-KL/TW", "--kind", "directive", "--json").stdout.splitlines()
    ]
    assert [row["keyword"] for row in rows] == ["114-KL/TW"]


def test_nothing_found_is_status_1_and_a_wrong_question_2(run, tmp_path):
    assert danvan("kwic", run, "không thấy").exit_code == 1
    assert danvan("kwic", run, "(", "--kind", "regex").exit_code == 2
    assert danvan("kwic", run, "dân", "--theme", "tiếp dân").exit_code == 2
    assert danvan("kwic", run, "dân", "--level", "tinh").exit_code == 2
    assert danvan("kwic", tmp_path, "dân").exit_code == 2
    assert danvan("keyness", run).exit_code == 2


def test_keyness_of_a_theme(run):
    done = danvan("keyness", run, "--theme", "tiep_dan", "--measure", "lr")
    assert {line.split()[0] for line in done.stdout.splitlines()[1:3]} == {"đối", "thoại"}


@pytest.mark.parametrize("name", ["g.html", "g.graphml", "g.gexf", "g.dot", "g.jsonld", "neo4j"])
def test_the_graph_is_written_in_the_form_of_its_suffix(run, tmp_path, name):
    assert danvan("graph", run, "-o", tmp_path / name).exit_code == 0
    assert (tmp_path / name).exists()


def test_the_cascade_is_printed_with_its_days(run, tmp_path):
    assert "114-KL/TW" in danvan("graph", run).stdout
    assert " 150 " in danvan("graph", run, "--cascade", "114-KL/TW").stdout
    assert danvan("graph", run, "-o", tmp_path / "g.doc").exit_code == 2
    both = danvan("graph", run, "-o", tmp_path / "g.dot", "--cascade", "114-KL/TW", "--json")
    assert [json.loads(line)["days_after"] for line in both.stdout.splitlines()] == [150]
    assert "written to" in both.stderr


def test_no_text_of_a_report_gives_the_terminal_an_order(tmp_path):
    run = make_run(tmp_path / "run", [{"place": "A\x1b[2J", "sentences": ["dân \x1b]0;x\x07 vận"]}])
    assert danvan("kwic", run, "dân").exit_code == 0
    assert not set("\x1b\x07") & set(danvan("kwic", run, "dân").stdout)


def test_the_page_of_a_report(run, tmp_path):
    assert danvan("report", run, "-o", tmp_path / "page.html").exit_code == 0
    assert "đối thoại" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_words_written_without_marks_are_answered_with_those_that_have_them(run):
    done = danvan("kwic", run, "doi thoai")
    assert done.exit_code == 1
    assert "with marks: đối thoại (2)" in done.stderr
    assert "2 of 2 lines" in danvan("kwic", run, "doi thoai", "--kind", "bare").stdout


def test_a_place_that_is_not_there_is_answered_with_those_that_are(run):
    done = danvan("kwic", run, "đối thoại", "--place", "Bến Tre")
    assert done.exit_code == 2
    assert "there is: Cao Bằng" in done.stderr


def test_a_table_is_written_whole_for_a_spreadsheet(run, tmp_path):
    done = danvan("kwic", run, "đối thoại", "-o", tmp_path / "k.csv")
    assert "2 rows written to" in done.stderr
    rows = read_sheet(tmp_path / "k.csv")
    assert [(row["keyword"], row["place"]) for row in rows] == [("đối thoại", "Cao Bằng")] * 2
    assert danvan("keyness", run, "--theme", "tiep_dan", "-o", tmp_path / "w.xlsx", "--limit", 1).exit_code == 0
    assert len(read_sheet(tmp_path / "w.xlsx")) == 1
    assert danvan("kwic", run, "dân", "-o", tmp_path / "l.csv", "--json").exit_code == 2


def test_the_graph_of_a_part(run):
    assert "114-KL/TW" in danvan("graph", run, "--place", "Cao Bằng", "--year", 2020).stdout
    assert "114-KL/TW" not in danvan("graph", run, "--theme", "tiep_dan").stdout
    assert danvan("graph", run, "--year", 1900).exit_code == 2


def test_a_limit_holds_for_the_cascade_too_and_is_refused_where_nothing_is_printed(tmp_path):
    cites = {"12-KH/TU": "12-KH/TU@a@2015", "13-KH/TU": "13-KH/TU@b@2016", "114-KL/TW": "114-KL/TW@TW@2015"}
    report = {
        "sentences": [{"text": "12-KH/TU, 13-KH/TU thực hiện 114-KL/TW.", "cites": cites}],
        "relations": [("12-KH/TU", "implements", "114-KL/TW"), ("13-KH/TU", "implements", "114-KL/TW")],
    }
    run = make_run(tmp_path / "run", [report])
    assert len(danvan("graph", run, "--cascade", "114-KL/TW", "--json").stdout.splitlines()) == 2
    assert "1 of 2 steps" in danvan("graph", run, "--cascade", "114-KL/TW", "--limit", 1).stdout
    assert danvan("graph", run, "-o", tmp_path / "g.dot", "--limit", 1).exit_code == 2


def test_a_damaged_table_is_told_with_its_name(run, tmp_path):
    table = tmp_path / "run" / "sentences.parquet"
    table.write_bytes(table.read_bytes()[:100])
    done = danvan("kwic", run, "dân")
    assert done.exit_code == 2
    assert "sentences.parquet is damaged" in done.stderr
