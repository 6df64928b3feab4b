import json
import subprocess
import sys
from pathlib import Path

import pytest

import danvan_nlp
from danvan_nlp.tables.sheet import read_sheet, write_sheet

from .reports import REPORT, write_report


def danvan(*args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "danvan_nlp.cli", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    danvan_nlp.run([write_report(folder)], folder / "out")
    return folder / "out"


def test_labels_go_out_come_back_and_are_laid_over_a_run(tmp_path: Path, run: Path) -> None:
    done = danvan("label", "export", run, "--to", "csv", "--uncertain", "-o", tmp_path / "a.csv")
    assert done.returncode == 0, done.stderr
    rows = read_sheet(tmp_path / "a.csv")
    rows[0]["kinh_te_xa_hoi"] = "yes"
    rows[1] |= {"kinh_te_xa_hoi": "yes", "text": "khác"}
    write_sheet(tmp_path / "a.csv", [name for name in rows[0] if name != "line"], rows)
    done = danvan("label", "import", tmp_path / "a.csv", "-o", tmp_path / "c.csv")
    assert done.returncode == 1
    assert "a.csv: line 3" in done.stderr
    assert "1 sentences judged, 1 rows not taken" in done.stdout
    report = write_report(tmp_path)
    done = danvan("run", report, "--corrections", tmp_path / "c.csv", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert danvan_nlp.read_table(tmp_path / "out", "sentences")["corrected"].sum() == 1
    by_text = danvan("label", "import", tmp_path / "a.csv", "-o", tmp_path / "c.csv", "--by-text", "--overwrite")
    assert by_text.returncode == 1
    edited = write_report(tmp_path, "b.txt", REPORT.replace("Số 45", "Số 46"))
    done = danvan("run", edited, "--corrections", tmp_path / "c.csv", "-o", tmp_path / "out2")
    assert danvan_nlp.read_table(tmp_path / "out2", "sentences")["corrected"].sum() == 1
    assert "Problems" not in done.stdout


def test_a_correction_that_matches_nothing_is_printed(tmp_path: Path) -> None:
    write_sheet(tmp_path / "c.csv", ("text", "yes"), [{"text": "Không có câu này.", "yes": "tiep_dan"}])
    done = danvan("run", write_report(tmp_path), "--corrections", tmp_path / "c.csv", "-o", tmp_path / "out")
    assert done.returncode == 0
    assert "no_sentence: line 2" in done.stdout


def test_explain_names_words_and_verdicts(tmp_path: Path) -> None:
    line = REPORT[: REPORT.index("Đã tiếp 214")].count("\n") + 1
    done = danvan("explain", write_report(tmp_path), "--line", line)
    assert done.returncode == 0, done.stderr
    assert "tiep_dan: set, probability" in done.stdout
    assert "under: " in done.stdout
    assert "reference: Kết luận số 114-KL/TW" in done.stdout
    spoken = danvan("explain", "Đã tiếp 214 lượt công dân.", "--theme", "han_che", "--json")
    (sentence,) = json.loads(spoken.stdout)
    assert [why["theme"] for why in sentence["themes"]] == ["han_che"]
    assert danvan("explain", tmp_path / "a.txt").returncode == 2
    assert danvan("explain", tmp_path / "a.txt", "--line", 1).returncode == 2
    assert danvan("explain", tmp_path / "none.txt", "--line", 1).returncode == 1
    assert danvan("explain", tmp_path / "a.txt", "--line", line, "--heading", "II. HẠN CHẾ").returncode == 2


def test_a_long_sentence_is_explained_and_a_mistyped_file_is_not_taken_for_one() -> None:
    sentence = "Ủy ban nhân dân huyện đã tiếp 214 lượt công dân, " * 8 + "không để tồn đọng."
    done = danvan("explain", sentence)
    assert done.returncode == 0, done.stderr
    assert "tiep_dan: set" in done.stdout
    done = danvan("explain", "bao-cao.docx")
    assert done.returncode == 2
    assert "bao-cao.docx: no such file" in done.stderr


def test_annotated_reports_are_run_on_and_evaluated(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    annotated = (
        '+++\nwriter = "A"\n+++\n[heading] I. KẾT QUẢ\n[tiep_dan] Đã tiếp 214 lượt công dân.\n+[] Xã có 12 thôn.\n'
    )
    (tmp_path / "gold" / "a.txt").write_text(annotated, encoding="utf-8")
    assert danvan("label", "texts", tmp_path / "gold", "-o", tmp_path / "texts").returncode == 0
    assert danvan("run", tmp_path / "texts", "-o", tmp_path / "out").returncode == 0
    done = danvan("evaluate", tmp_path / "out", tmp_path / "gold", "--plot", tmp_path / "p.svg", "--errors", 3)
    assert done.returncode == 0, done.stderr
    assert "2 sentences of 1 documents" in done.stdout
    assert (tmp_path / "p.svg").read_text(encoding="utf-8").startswith("<svg")
    figures = json.loads(danvan("evaluate", tmp_path / "out", tmp_path / "gold", "--json").stdout)
    assert figures["themes"]["tiep_dan"]["support"] == 1
    assert danvan("evaluate", tmp_path / "none", tmp_path / "gold").returncode == 2
    assert danvan("label", "texts", tmp_path / "gold", "-o", tmp_path / "gold").returncode == 2


def test_options_that_contradict_each_other_are_refused(tmp_path: Path, run: Path) -> None:
    root = Path(__file__).parents[2]
    taxonomy, model = root / "danvan_nlp" / "data" / "taxonomy.toml", root / "models" / "themes"
    both = ("--taxonomy", taxonomy, "--model", model)
    assert danvan("label", "import", tmp_path / "a.csv", "-o", tmp_path / "c.csv", *both).returncode == 2
    doccano = ("label", "export", run, "--to", "doccano", "-o", tmp_path / "a.jsonl")
    assert danvan(*doccano, "--taxonomy", taxonomy).returncode == 2
    assert danvan(*doccano).returncode == 0


def test_agree_prints_each_theme(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("sentence_id,tiep_dan\nd:s:1,yes\nd:s:2,no\n", encoding="utf-8")
    done = danvan("agree", tmp_path / "a.csv", tmp_path / "a.csv")
    assert done.returncode == 0, done.stderr
    assert "tiep_dan" in done.stdout
    assert json.loads(danvan("agree", tmp_path / "a.csv", tmp_path / "a.csv", "--json").stdout)["sentences"] == 2
    assert danvan("agree", tmp_path / "a.csv", tmp_path / "none.csv").returncode == 2


def test_train_says_what_is_wrong(tmp_path: Path) -> None:
    write_sheet(tmp_path / "l.csv", ("text", "themes"), [{"text": "Một.", "themes": "x"}])
    done = danvan("train", "--data", tmp_path / "l.csv", "-o", tmp_path / "m")
    assert done.returncode == 2
    assert "line 2" in done.stderr
    assert danvan("train", "--data", tmp_path / "l.csv", "--taxonomy", tmp_path / "t", "-o", "m").returncode == 2
