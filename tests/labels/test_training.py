import json
import shutil
from pathlib import Path

import pytest

import danvan_nlp
from danvan_nlp.errors import DataError
from danvan_nlp.labels.exchange import export_labels
from danvan_nlp.labels.training import compare_models, cross_fit, judgements, read_labelled, train_labelled
from danvan_nlp.tables.sheet import write_sheet
from danvan_nlp.themes import Model, SentenceContext, Tagger, Taxonomy, load_model
from danvan_nlp.themes.corpus import AnnotatedDocument
from danvan_nlp.types import Tagging

from .reports import write_report

MODEL = Path(__file__).parents[2] / "models" / "themes"
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


def trained(documents: list[AnnotatedDocument], taxonomy: Taxonomy) -> Model:
    return train_labelled(documents, taxonomy, cross_fit(documents, taxonomy))


def test_a_model_for_new_themes_tags_a_run(tmp_path: Path, taxonomy: Taxonomy) -> None:
    documents = read_labelled(labelled(tmp_path, headings="I. KẾT QUẢ > 1. Xã"), taxonomy)
    assert len(documents) == 8
    assert documents[0].sentences[0].headings == ("I. KẾT QUẢ", "1. Xã")
    model = trained(documents, taxonomy)
    assert model.meta["cross_validation"]["all_micro_f1"] > 0.95
    model.save(tmp_path / "model")
    assert "NaN" not in (tmp_path / "model" / "model.json").read_text(encoding="utf-8")
    run = danvan_nlp.run([write_report(tmp_path)], model=tmp_path / "model")
    assert run.record["options"]["model"]["path"] == str(tmp_path / "model")
    themes = {row["text"]: row["themes"] for row in run.rows["sentences"] if row["role"] == "sentence"}
    assert next(found for text, found in themes.items() if "đơn thư" in text) == ["don_thu"]
    assert set().union(*map(set, themes.values())) <= {"don_thu", "tuyen_truyen"}


def test_a_run_with_another_model_tags_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models = []
    monkeypatch.setattr(
        Tagger, "tag", lambda self, sentences: models.append(self.model) or [Tagging()] * len(sentences)
    )
    shutil.copytree(MODEL, tmp_path / "model")
    run = danvan_nlp.run([write_report(tmp_path)], model=tmp_path / "model")
    assert not run.rows["problems"]
    assert len(models) == 1
    assert models[0] is not load_model().model


def test_the_same_file_gives_the_same_model(tmp_path: Path, taxonomy: Taxonomy) -> None:
    for name in ("one", "two"):
        trained(read_labelled(labelled(tmp_path), taxonomy), taxonomy).save(tmp_path / name)
    for file in ("model.json", "model.npz"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    assert load_model(tmp_path / "one").model.themes == ("don_thu", "tuyen_truyen")


def test_a_new_model_is_compared_on_documents_that_it_did_not_see(tmp_path: Path, taxonomy: Taxonomy) -> None:
    documents = read_labelled(labelled(tmp_path), taxonomy)
    trained(documents, taxonomy).save(tmp_path / "model")
    out = cross_fit(documents, taxonomy)
    found = compare_models(documents, taxonomy, load_model(tmp_path / "model"), out)
    assert found["don_thu"]["support"] == found["tuyen_truyen"]["support"] == 40
    assert found["micro"]["new"] > 0.95
    stranger = compare_models(documents, taxonomy, load_model(), out)
    assert stranger["don_thu"] == found["don_thu"] | {"old": None}
    assert "micro" not in stranger


def test_a_blank_cell_is_not_judged(tmp_path: Path, taxonomy: Taxonomy) -> None:
    rows = [
        {"text": "Một.", "don_thu": "yes", "tuyen_truyen": "no"},
        {"text": "Hai.", "don_thu": "yes", "tuyen_truyen": ""},
        {"text": "Ba.", "don_thu": "", "tuyen_truyen": ""},
    ]
    write_sheet(tmp_path / "l.csv", ("text", "don_thu", "tuyen_truyen"), rows)
    documents = read_labelled(tmp_path / "l.csv", taxonomy)
    assert [d.themes for d in documents] == [(frozenset({"don_thu"}),)] * 2 + [(frozenset(),)]
    assert [set(d.unjudged[0]) for d in documents] == [set(), {"tuyen_truyen"}, {"don_thu", "tuyen_truyen"}]
    assert judgements(documents, taxonomy) == {"don_thu": (2, 0), "tuyen_truyen": (0, 1)}
    with pytest.raises(DataError, match="all 2 sentences judged for don_thu are a yes"):
        trained(documents, taxonomy)


def test_a_parent_follows_from_the_judgements_of_its_children(tmp_path: Path) -> None:
    own = Taxonomy.load()
    rows = [
        {"text": "Một.", "yes": "han_che", "no": ""},
        {"text": "Hai.", "yes": "", "no": "han_che nguyen_nhan"},
        {"text": "Ba.", "yes": "", "no": "han_che"},
        {"text": "Bốn.", "yes": "", "no": "han_che_nguyen_nhan"},
    ]
    write_sheet(tmp_path / "l.csv", ("text", "yes", "no"), rows)
    parent, open_ = "han_che_nguyen_nhan", []
    for document in read_labelled(tmp_path / "l.csv", own):
        assert (parent in document.themes[0]) == ("han_che" in document.themes[0])
        open_.append({"han_che", "nguyen_nhan", parent} & document.unjudged[0])
    assert open_ == [{"nguyen_nhan"}, set(), {"nguyen_nhan", parent}, set()]


def test_only_judged_sentences_are_learnt_from(tmp_path: Path, taxonomy: Taxonomy) -> None:
    judged = read_labelled(labelled(tmp_path), taxonomy)
    # Sentences on letters that nobody judged for letters: learnt as a no, they would drown the theme.
    more = [
        {"text": f"Thôn {n} có {n} đơn thư khiếu nại.", "no": "tuyen_truyen", "document": f"m{n}"} for n in range(80)
    ]
    write_sheet(tmp_path / "m.csv", ("text", "no", "document"), more)
    documents = [*judged, *read_labelled(tmp_path / "m.csv", taxonomy)]
    assert judgements(documents, taxonomy) == {"don_thu": (40, 80), "tuyen_truyen": (40, 160)}
    model = trained(documents, taxonomy)
    assert model.meta["cross_validation"]["n"] == {"don_thu": 40, "tuyen_truyen": 40}
    assert model.meta["cross_validation"]["f1"]["don_thu"] > 0.95
    (tagging,) = Tagger(model).tag([SentenceContext(text="Thôn 7 có 3 đơn thư khiếu nại.")])
    assert tagging.themes == ("don_thu",)
    found = compare_models(documents, taxonomy, Tagger(trained(judged, taxonomy)), cross_fit(documents, taxonomy))
    assert found["don_thu"]["support"] == 40
    assert found["don_thu"]["new"] > 0.95


def test_a_theme_without_a_yes_is_never_set(tmp_path: Path, taxonomy: Taxonomy) -> None:
    rows = [{"text": f"Xã {n} giải quyết {n} đơn thư.", "yes": "don_thu" if n % 2 else ""} for n in range(12)]
    rows = [row | {"no": "tuyen_truyen" + ("" if row["yes"] else " don_thu")} for row in rows]
    write_sheet(tmp_path / "l.csv", ("text", "yes", "no"), rows)
    model = trained(read_labelled(tmp_path / "l.csv", taxonomy), taxonomy)
    for tagging in Tagger(model).tag([SentenceContext(text=row["text"]) for row in rows]):
        assert "tuyen_truyen" not in tagging.themes
        assert tagging.scores["tuyen_truyen"] == 0


def test_labels_of_an_annotation_tool_are_trained_on_as_they_come(tmp_path: Path) -> None:
    run = danvan_nlp.run([write_report(tmp_path)], tmp_path / "out")
    export_labels(run.out, tmp_path / "tasks.jsonl", "doccano")
    marks = {True: ["tiep_dan"], False: ["no:tiep_dan"]}
    lines = [json.loads(line) for line in (tmp_path / "tasks.jsonl").read_text(encoding="utf-8").splitlines()]
    done = [line | {"label": marks["công dân" in line["text"]]} for line in lines]
    (tmp_path / "done.jsonl").write_text("\n".join(map(json.dumps, done)), encoding="utf-8")
    (document,) = read_labelled(tmp_path / "done.jsonl", Taxonomy.load())
    assert len(document.sentences) == len(lines)
    assert any(sentence.headings for sentence in document.sentences)
    assert all("tiep_dan" not in open_ and "han_che" in open_ for open_ in document.unjudged)


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
