import json
import unicodedata
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import danvan_nlp
from danvan_nlp.errors import DataError, UsageError
from danvan_nlp.labels import text_hash, write_corrections
from danvan_nlp.labels.exchange import export_labels, import_labels
from danvan_nlp.labels.offsets import from_utf16, to_utf16
from danvan_nlp.labels.tasks import run_tasks, run_thresholds, uncertainty
from danvan_nlp.tables.sheet import read_sheet, write_sheet
from danvan_nlp.themes import Taxonomy, load_model

from .reports import REPORT, write_report

THEMES = load_model().model.themes


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    danvan_nlp.run([write_report(folder)], folder / "out")
    return folder / "out"


def lay_over(tmp_path: Path, file: Path) -> dict[str, list[str]]:
    """Import a label file, lay it over the same report, and give the themes of the corrected sentences."""
    judged, problems = import_labels(file, THEMES)
    assert problems == []
    write_corrections(tmp_path / "corrections.csv", judged, THEMES)
    made = danvan_nlp.run([write_report(tmp_path)], corrections=tmp_path / "corrections.csv")
    assert made.rows["problems"] == []
    return {row["text"]: row["themes"] for row in made.rows["sentences"] if row["corrected"]}


def row_with(words: str, rows: Any) -> Any:
    (found,) = [row for row in rows if words in row["text"]]
    return found


@pytest.mark.parametrize("tool", ["csv", "xlsx"])
def test_a_sheet_comes_back_as_corrections(tmp_path: Path, run: Path, tool: Any) -> None:
    export_labels(run, tmp_path / f"a.{tool}", tool)
    rows = read_sheet(tmp_path / f"a.{tool}")
    assert [row["text"] for row in rows] == [task.text for task in run_tasks(run)]
    assert all(row[theme] == "" for row in rows for theme in THEMES)
    row_with("😀", rows)["dao_duc_cong_vu"] = "yes"
    row_with("=Nội dung", rows)["han_che"] = "no"
    row_with("còn chậm", rows)["tiep_dan"] = "có"
    decomposed = row_with(unicodedata.normalize("NFD", "hòa giải"), rows)
    decomposed["kinh_te_xa_hoi"] = "1"
    columns = [name for name in rows[0] if name != "line"]
    write_sheet(tmp_path / f"b.{tool}", columns, rows)
    found = lay_over(tmp_path, tmp_path / f"b.{tool}")
    assert len(found) == 4
    assert "dao_duc_cong_vu" in next(themes for text, themes in found.items() if "😀" in text)
    assert "han_che" not in next(themes for text, themes in found.items() if text.startswith("=Nội"))
    assert "kinh_te_xa_hoi" in found[decomposed["text"]]


def test_no_cell_of_a_sheet_is_a_formula(tmp_path: Path, run: Path) -> None:
    export_labels(run, tmp_path / "a.csv", "csv")
    export_labels(run, tmp_path / "a.xlsx", "xlsx")
    assert "'=Nội dung" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "n"}
    assert any(str(cell.value).startswith("'=Nội dung") for cell in cells)


def annotate_labelstudio(path: Path, marks: dict[str, list[dict[str, Any]]]) -> None:
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for task in tasks:
        for words, result in marks.items():
            if words in task["data"]["text"]:
                task["annotations"] = [{"result": result, "was_cancelled": False}]
    path.write_text(json.dumps(tasks), encoding="utf-8")


def test_sentences_come_back_from_label_studio(tmp_path: Path, run: Path) -> None:
    tasks, config = export_labels(run, tmp_path / "t.json", "labelstudio")
    assert all(f'alias="{theme}"' in config.read_text(encoding="utf-8") for theme in THEMES)
    choices = {"type": "choices", "from_name": "yes", "to_name": "text", "value": {"choices": ["dao_duc_cong_vu"]}}
    rest = {"type": "choices", "from_name": "no", "to_name": "text", "value": {"choices": ["no:*"]}}
    annotate_labelstudio(tasks, {"😀": [choices, rest]})
    (themes,) = lay_over(tmp_path, tasks).values()
    assert themes == ["dao_duc_cong_vu"]


def test_whole_documents_come_back_from_label_studio_in_code_points(tmp_path: Path, run: Path) -> None:
    tasks, _ = export_labels(run, tmp_path / "t.json", "labelstudio", part="document")
    span = unicodedata.normalize("NFD", "hòa giải thành 31 vụ tranh chấp đất đai")
    start = REPORT.index(span)
    value = {"start": start, "end": start + len(span), "text": span, "labels": ["kinh_te_xa_hoi"]}
    annotate_labelstudio(tasks, {"HUYỆN ỦY": [{"type": "labels", "value": value}]})
    ((text, themes),) = lay_over(tmp_path, tasks).items()
    assert span in text
    assert "kinh_te_xa_hoi" in themes
    annotate_labelstudio(tasks, {"HUYỆN ỦY": [{"type": "labels", "value": {**value, "start": start + 1}}]})
    judged, (problem,) = import_labels(tasks, THEMES)
    assert judged == []
    assert "the text at" in problem


def annotate_doccano(path: Path, words: str, labels: list[Any], **changes: Any) -> Path:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        if words in row["text"]:
            row.update({"label": labels, **changes})
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n", encoding="utf-8")
    return path


def test_sentences_come_back_from_doccano(tmp_path: Path, run: Path) -> None:
    (file,) = export_labels(run, tmp_path / "t.jsonl", "doccano")
    annotate_doccano(file, "còn chậm", ["han_che", "no:tiep_dan"])
    ((text, themes),) = lay_over(tmp_path, file).items()
    assert "\n" in text
    assert "tiep_dan" not in themes
    assert {"han_che", "han_che_nguyen_nhan"} <= set(themes)


def test_whole_documents_come_back_from_doccano_in_utf16_units(tmp_path: Path, run: Path) -> None:
    (file,) = export_labels(run, tmp_path / "t.jsonl", "doccano", part="document")
    start = REPORT.index("Nội dung tuyên truyền")
    assert "😀" in REPORT[:start]
    units = [to_utf16(REPORT, start), to_utf16(REPORT, REPORT.index("sát cơ sở"))]
    assert units[0] == start + 1
    annotate_doccano(file, "HUYỆN ỦY", [[*units, "mat_tran_doan_the"]])
    ((text, themes),) = lay_over(tmp_path, file).items()
    assert text.startswith("=Nội dung")
    assert "mat_tran_doan_the" in themes


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"text": "Một câu khác hẳn."}, "its hash differs"),
        ({"text": unicodedata.normalize("NFD", "Đã tiếp 214 lượt công dân.")}, "another Unicode form than NFC"),
        ({"label": ["tiep_dan_"]}, "names no theme"),
        ({"label": ["tiep_dan", "no:tiep_dan"]}, "both yes and no"),
        ({"label": [[0, 999, "tiep_dan"]]}, "outside"),
        ({"label": [[0]]}, "not of the form"),
        ({"label": None}, "not of the form"),
        ({"text_sha256": None, "doc_id": 1}, "hash"),
        ({"sentences": "[[0, 1]]"}, "damaged"),
        ({"sentences": [[0, 99999]]}, "outside its text"),
    ],
)
def test_every_row_that_does_not_match_is_reported(
    tmp_path: Path, run: Path, changes: dict[str, Any], says: str
) -> None:
    (file,) = export_labels(run, tmp_path / "t.jsonl", "doccano")
    annotate_doccano(file, "😀", ["tiep_dan"])
    annotate_doccano(file, "Đã tiếp 214", **{"labels": ["tiep_dan"], **changes})  # type: ignore[arg-type]
    judged, problems = import_labels(file, THEMES)
    assert len(judged) == 1
    assert len(problems) == 1
    assert problems[0].startswith("line 2")
    assert says in problems[0]


def test_a_sheet_row_whose_text_was_edited_is_reported(tmp_path: Path, run: Path) -> None:
    export_labels(run, tmp_path / "a.csv", "csv")
    rows = read_sheet(tmp_path / "a.csv")
    rows[0] |= {"text": rows[0]["text"] + " ", "tiep_dan": "yes"}
    rows[1] |= {"tiep_dan": "perhaps"}
    write_sheet(tmp_path / "b.csv", [name for name in rows[0] if name != "line"], rows)
    judged, problems = import_labels(tmp_path / "b.csv", THEMES)
    assert judged == []
    assert [problem.split(":")[0] for problem in problems] == ["line 2", "line 3"]


def test_annotators_who_differ_are_not_settled_by_chance(tmp_path: Path, run: Path) -> None:
    tasks, _ = export_labels(run, tmp_path / "t.json", "labelstudio")
    made = json.loads(tasks.read_text(encoding="utf-8"))
    one, two = ({"result": [{"type": "choices", "value": {"choices": [t]}}]} for t in ("tiep_dan", "han_che"))
    made[0]["annotations"] = [one, two]
    made[1]["annotations"] = [one, one]
    tasks.write_text(json.dumps(made), encoding="utf-8")
    judged, (problem,) = import_labels(tasks, THEMES)
    assert len(judged) == 1
    assert "differ" in problem


def test_the_least_sure_come_first_and_the_corrected_last(tmp_path: Path, run: Path) -> None:
    limits = run_thresholds(run)
    rows = {r["text"]: r["scores"] for r in danvan_nlp.read_table(run, "sentences").to_dict("records")}
    order = [uncertainty(rows[task.text], limits) for task in run_tasks(run, uncertain=True)]
    assert order == sorted(order)
    first = run_tasks(run, uncertain=True)[0].text
    judged = [task for task in run_tasks(run) if task.text == first]
    file = tmp_path / "c.csv"
    write_sheet(file, ("text", "yes"), [{"text": task.text, "yes": "tiep_dan"} for task in judged])
    danvan_nlp.run([write_report(tmp_path)], tmp_path / "out", corrections=file)
    assert run_tasks(tmp_path / "out", uncertain=True)[-1].text == first


def test_wrong_options_say_so(tmp_path: Path, run: Path) -> None:
    for arguments in (("a.csv", "xlsx", {}), ("a.csv", "csv", {"part": "document"}), ("a", "brat", {})):
        with pytest.raises(UsageError):
            export_labels(run, tmp_path / arguments[0], arguments[1], **arguments[2])  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="uncertain"):
        export_labels(run, tmp_path / "a.json", "labelstudio", part="document", uncertain=True)
    with pytest.raises(DataError, match="does not exist"):
        import_labels(tmp_path / "none.json", THEMES)


@given(text=st.text(st.characters(codec="utf-8")), data=st.data())
def test_utf16_offsets_lead_there_and_back(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert from_utf16(text, to_utf16(text, offset)) == offset
    assert to_utf16(text, len(text)) == len(text.encode("utf-16-le")) // 2


def test_an_offset_inside_a_character_is_refused() -> None:
    with pytest.raises(DataError, match="inside"):
        from_utf16("a😀b", 2)


@given(texts=st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30), min_size=1, max_size=4))
def test_sheets_give_back_any_text(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("sheet")
    for form in ("csv", "xlsx"):
        write_sheet(folder / f"a.{form}", ("text", "hash"), [{"text": t, "hash": text_hash(t)} for t in texts])
        assert [row["text"] for row in read_sheet(folder / f"a.{form}")] == texts


def test_annotators_read_names_and_the_export_holds_keys(tmp_path: Path, run: Path) -> None:
    for part in ("sentence", "document"):
        _, config = export_labels(run, tmp_path / "t.json", "labelstudio", part=part)
        xml = config.read_text(encoding="utf-8")
        assert 'value="tiếp công dân, đối thoại, đơn thư" alias="tiep_dan"' in xml
        assert 'alias="no:*"' in xml


def test_themes_that_no_model_knows_yet_can_be_asked(tmp_path: Path, run: Path) -> None:
    (tmp_path / "mine.toml").write_text('format = "1"\n[[theme]]\nkey = "so"\nvi = "chuyển đổi số"\n', encoding="utf-8")
    mine = Taxonomy.load(tmp_path / "mine.toml")
    _, config = export_labels(run, tmp_path / "t.json", "labelstudio", taxonomy=mine)
    assert 'value="chuyển đổi số" alias="so"' in config.read_text(encoding="utf-8")
    export_labels(run, tmp_path / "t.csv", "csv", taxonomy=mine)
    rows = read_sheet(tmp_path / "t.csv")
    write_sheet(tmp_path / "t.csv", [n for n in rows[0] if n != "line"], [row | {"so": "no"} for row in rows])
    judged, problems = import_labels(tmp_path / "t.csv", mine.keys)
    assert problems == []
    assert all(one.themes == {"so": False} for one in judged)
    assert any(one.headings for one in judged)
