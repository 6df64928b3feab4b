"""No command writes over what a person made, nor into a folder of somebody else's."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import danvan_nlp
from danvan_nlp.cli import app
from tests.labels.reports import write_report

MINE = "của tôi"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    danvan_nlp.run([write_report(folder)], folder / "out")
    return folder / "out"


def danvan(*args: object):
    return CliRunner().invoke(app, [str(arg) for arg in args])


COMMANDS = {
    "export": (("label", "export", "RUN", "--to", "csv"), "x.csv"),
    "export, labelstudio": (("label", "export", "RUN", "--to", "labelstudio"), "x.json"),
    "page": (("report", "RUN"), "x.html"),
    "graph": (("graph", "RUN"), "x.graphml"),
    "kwic": (("kwic", "RUN", "công dân"), "x.xlsx"),
    "keyness": (("keyness", "RUN", "--theme", "tiep_dan"), "x.csv"),
    "refs": (("refs", "RUN"), "x.csv"),
    "check": (("check", "RUN"), "x.csv"),
    "pivot": (("pivot", "RUN"), "x.csv"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_that_is_there_stays_until_its_owner_says_so(name: str, run: Path, tmp_path: Path) -> None:
    args, file = COMMANDS[name]
    command = [run if arg == "RUN" else arg for arg in args]
    out = tmp_path / file
    out.write_text(MINE, encoding="utf-8")
    refused = danvan(*command, "-o", out)
    assert refused.exit_code == 2
    assert "--overwrite" in refused.stderr
    assert out.read_text(encoding="utf-8") == MINE
    assert danvan(*command, "-o", out, "--overwrite").exit_code == 0
    assert out.read_bytes() != MINE.encode()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_is_written_in_the_form_that_its_name_says_or_not_at_all(name: str, run: Path, tmp_path: Path) -> None:
    command = [run if arg == "RUN" else arg for arg in COMMANDS[name][0]]
    refused = danvan(*command, "-o", tmp_path / "x.pdf")
    assert refused.exit_code == 2
    assert "give a name that ends in" in refused.stderr
    assert not (tmp_path / "x.pdf").exists()


def test_a_folder_that_holds_other_things_gets_no_graph_page_or_model(run: Path, tmp_path: Path) -> None:
    write_report(tmp_path)
    sheet = tmp_path / "labels.csv"
    sheet.write_text("text,themes\nĐã tiếp công dân.,tiep_dan\n", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    for folder in (tmp_path, run):
        held = sorted(folder.rglob("*"))
        for command in (("graph", run), ("report", run), ("train", "--data", sheet)):
            refused = danvan(*command, "-o", folder, "--overwrite")
            assert refused.exit_code == 2
            assert "holds other files" in refused.stderr
        assert sorted(folder.rglob("*")) == held
    assert sorted(tmp_path.rglob("*")) == before


def test_every_report_of_a_run_has_its_page_and_an_index_leads_to_it(tmp_path: Path) -> None:
    write_report(tmp_path)
    write_report(tmp_path, "b.txt", (tmp_path / "a.txt").read_text(encoding="utf-8").replace("Số 45", "Số 46"))
    danvan_nlp.run([tmp_path], tmp_path / "out")
    assert danvan("report", tmp_path / "out", "-o", tmp_path / "pages").exit_code == 0
    index = (tmp_path / "pages" / "index.html").read_text(encoding="utf-8")
    pages = [path.name for path in (tmp_path / "pages").iterdir() if path.name != "index.html"]
    assert len(pages) == 2
    assert all(f'href="{page}"' in index for page in pages)
    assert "a.txt" in index
    assert "b.txt" in index
    assert danvan("report", tmp_path / "out", "-o", tmp_path / "pages").exit_code == 2
    assert danvan("report", tmp_path / "out", "-o", tmp_path / "p.html").exit_code == 2
    assert danvan("report", tmp_path / "out", "-o", tmp_path / "p.html", "--doc", "b.txt").exit_code == 0
    assert "46" in (tmp_path / "p.html").read_text(encoding="utf-8")
