from pathlib import Path

import pytest

import danvan_nlp
from danvan_nlp.errors import DataError
from danvan_nlp.labels.sheets import write_sheet
from danvan_nlp.labels.training import compare_models, read_labelled, train_labelled
from danvan_nlp.themes import Taxonomy, load_model

from .reports import write_report

MINE = """format = "1"
[[theme]]
key = "don_thu"
vi = "đơn thư"
[[theme]]
key = "tuyen_truyen"
vi = "tuyên truyền"
"""


@pytest.fixture
def taxonomy(tmp_path: Path) -> Taxonomy:
    (tmp_path / "mine.toml").write_text(MINE, encoding="utf-8")
    return Taxonomy.load(tmp_path / "mine.toml")


def labelled(folder: Path, **extra: str) -> Path:
    rows = []
    for n in range(40):
        for text, themes in (
            (f"Xã {n} đã giải quyết {n} đơn thư khiếu nại của công dân.", "don_thu"),
            (f"Đài truyền thanh xã {n} tuyên truyền pháp luật qua {n} buổi.", "tuyen_truyen"),
            (f"Xã {n} trồng mới {n} ha cây ăn quả trong năm.", ""),
        ):
            rows.append({"text": text, "themes": themes, "document": f"d{n % 8}", **extra})
    write_sheet(folder / "l.csv", ("text", "themes", "document", *extra), rows)
    return folder / "l.csv"


def test_a_model_for_new_themes_tags_a_run(tmp_path: Path, taxonomy: Taxonomy) -> None:
    documents, left_out = read_labelled(labelled(tmp_path, headings="I. KẾT QUẢ > 1. Xã"), taxonomy)
    assert left_out == []
    assert len(documents) == 8
    assert documents[0].sentences[0].headings == ("I. KẾT QUẢ", "1. Xã")
    model = train_labelled(documents, taxonomy)
    assert model.meta["cross_validation"]["all_micro_f1"] > 0.95
    model.save(tmp_path / "model")
    assert "NaN" not in (tmp_path / "model" / "model.json").read_text(encoding="utf-8")
    run = danvan_nlp.run([write_report(tmp_path)], model=tmp_path / "model")
    assert run.record["options"]["model"]["path"] == str(tmp_path / "model")
    themes = {row["text"]: row["themes"] for row in run.rows["sentences"] if row["role"] == "sentence"}
    assert next(found for text, found in themes.items() if "đơn thư" in text) == ["don_thu"]
    assert set().union(*map(set, themes.values())) <= {"don_thu", "tuyen_truyen"}


def test_the_same_file_gives_the_same_model(tmp_path: Path, taxonomy: Taxonomy) -> None:
    for name in ("one", "two"):
        train_labelled(read_labelled(labelled(tmp_path), taxonomy)[0], taxonomy).save(tmp_path / name)
    for file in ("model.json", "model.npz"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    assert load_model(tmp_path / "one").model.themes == ("don_thu", "tuyen_truyen")


def test_a_new_model_is_compared_on_documents_that_it_did_not_see(tmp_path: Path, taxonomy: Taxonomy) -> None:
    documents, _ = read_labelled(labelled(tmp_path), taxonomy)
    train_labelled(documents, taxonomy).save(tmp_path / "model")
    found = compare_models(documents, taxonomy, load_model(tmp_path / "model"))
    assert found["don_thu"]["support"] == found["tuyen_truyen"]["support"] == 40
    assert found["micro"]["new"] > 0.95
    stranger = compare_models(documents, taxonomy, load_model())
    assert stranger["micro"]["old"] == 0
    assert stranger["micro"]["new"] == found["micro"]["new"]


def test_a_row_with_a_theme_not_judged_is_left_out_and_named(tmp_path: Path, taxonomy: Taxonomy) -> None:
    rows = [
        {"text": "Một.", "don_thu": "yes", "tuyen_truyen": "no"},
        {"text": "Hai.", "don_thu": "yes", "tuyen_truyen": ""},
    ]
    write_sheet(tmp_path / "l.csv", ("text", "don_thu", "tuyen_truyen"), rows)
    documents, left_out = read_labelled(tmp_path / "l.csv", taxonomy)
    assert [document.themes for document in documents] == [(frozenset({"don_thu"}),)]
    assert left_out == ["line 3: not every theme was judged"]
    with pytest.raises(DataError, match="one document"):
        train_labelled(documents, taxonomy)


@pytest.mark.parametrize(
    ("columns", "row", "says"),
    [
        (("text",), {"text": "a"}, "needs the column"),
        (("themes",), {"themes": "don_thu"}, "needs the column"),
        (("text", "themes"), {"text": "a", "themes": "don_thuu"}, "line 2"),
        (("text", "themes"), {"text": " ", "themes": "don_thu"}, "text is empty"),
        (("text", "don_thu"), {"text": "a", "don_thu": "perhaps"}, "line 2"),
    ],
)
def test_what_cannot_be_trained_on_says_why(
    tmp_path: Path, taxonomy: Taxonomy, columns: tuple[str, ...], row: dict[str, str], says: str
) -> None:
    write_sheet(tmp_path / "l.csv", columns, [row])
    with pytest.raises(DataError, match=says):
        read_labelled(tmp_path / "l.csv", taxonomy)
