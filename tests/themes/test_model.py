import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from danvan_nlp.errors import DataError
from danvan_nlp.themes import ModelError, SentenceContext, load_model
from danvan_nlp.themes.corpus import AnnotatedDocument
from danvan_nlp.themes.fit import Options
from danvan_nlp.themes.model import read_model
from danvan_nlp.themes.train import train

MODEL = Path(__file__).parents[2] / "models" / "themes"


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(MODEL, tmp_path / "model"))


def small_corpus():
    """Six documents that speak of two themes."""
    tcd, cchc = frozenset({"tiep_dan"}), frozenset({"cai_cach_hanh_chinh"})
    rows = [
        ("Chủ tịch tiếp {} lượt công dân", tcd),
        ("Bộ phận một cửa nhận {} hồ sơ", cchc),
        ("Đã giải quyết {} đơn khiếu nại của công dân", tcd),
        ("Rút ngắn {} thủ tục hành chính", cchc),
        ("Toàn xã có {} hộ dân", frozenset()),
    ]
    documents = []
    for n in range(6):
        sentences = tuple(SentenceContext(text=text.format(n + 2), document=str(n)) for text, _ in rows)
        documents.append(AnnotatedDocument(str(n), "A", sentences, tuple(themes for _, themes in rows)))
    return documents


def test_the_shipped_model_is_small_and_tells_what_it_was_trained_on():
    assert sum(path.stat().st_size for path in MODEL.iterdir()) < 10_000_000
    meta = read_model(MODEL).meta
    assert meta["corpus"]["sentences"] > 4000
    assert {"danvan_nlp", "numpy", "scikit-learn"} <= meta["versions"].keys()
    assert meta["cross_validation"]["calibration_error"] <= 0.05


def test_an_altered_model_is_refused(copy):
    packed = bytearray((copy / "model.npz").read_bytes())
    packed[len(packed) // 2] ^= 1
    (copy / "model.npz").write_bytes(packed)
    with pytest.raises(ModelError, match="not the file that"):
        load_model(copy)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "danvan_nlp themes 1"}'])
def test_a_damaged_description_is_refused(copy, text):
    (copy / "model.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="damaged"):
        load_model(copy)


def test_a_model_of_another_format_is_refused(copy):
    meta = json.loads((copy / "model.json").read_text(encoding="utf-8"))
    (copy / "model.json").write_text(json.dumps(meta | {"format": "danvan_nlp themes 0"}), encoding="utf-8")
    with pytest.raises(ModelError, match="this version reads"):
        load_model(copy)


@pytest.mark.parametrize("lost", ["themes", "parents", "block_weights"])
def test_an_incomplete_description_is_refused(copy, lost):
    meta = json.loads((copy / "model.json").read_text(encoding="utf-8"))
    del meta[lost]
    (copy / "model.json").write_text(json.dumps(meta), encoding="utf-8")
    with pytest.raises(ModelError, match="incomplete"):
        load_model(copy)


def test_a_missing_model_is_told_with_its_place(tmp_path):
    with pytest.raises(ModelError, match="no model"):
        load_model(tmp_path)


def test_objects_that_run_code_are_never_loaded(copy):
    import hashlib

    np.savez(copy / "model.npz", weights=np.array([print], dtype=object))
    meta = json.loads((copy / "model.json").read_text(encoding="utf-8"))
    meta["sha256"] = hashlib.sha256((copy / "model.npz").read_bytes()).hexdigest()
    (copy / "model.json").write_text(json.dumps(meta), encoding="utf-8")
    with pytest.raises(ModelError, match="incomplete"):
        load_model(copy)


def test_training_twice_gives_the_same_bytes_and_reading_back_the_same_tags(tmp_path):
    corpus = small_corpus()
    for name in ("one", "two"):
        train(corpus, options=Options(n_folds=3)).save(tmp_path / name)
    for file in ("model.npz", "model.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    tagger = load_model(tmp_path / "one")
    assert len(tagger.tag(corpus[0].sentences)) == 5


def test_too_small_a_corpus_is_refused():
    with pytest.raises(DataError, match="at least 6 documents"):
        train(small_corpus()[:3])
