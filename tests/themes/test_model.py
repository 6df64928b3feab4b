import hashlib
import io
import json
import pickle
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest

from danvan_nlp.errors import DataError
from danvan_nlp.themes import ModelError, SentenceContext, Taxonomy, load_model, model_names
from danvan_nlp.themes.corpus import AnnotatedDocument
from danvan_nlp.themes.fit import Options
from danvan_nlp.themes.model import FORMAT, read_model
from danvan_nlp.themes.packed import pack, unpack
from danvan_nlp.themes.train import train

MODEL = Path(__file__).parents[2] / "models" / "themes"
OWN_NAMES = {"cai_cach_hanh_chinh": "một cửa", "tiep_dan": "gặp dân"}


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


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000, json.dumps({"format": FORMAT}), '{"format": NaN'])
def test_a_damaged_description_is_refused(copy, text):
    (copy / "model.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="damaged"):
        load_model(copy)


def test_a_model_of_another_format_is_refused(copy):
    meta = json.loads((copy / "model.json").read_text(encoding="utf-8"))
    (copy / "model.json").write_text(json.dumps(meta | {"format": "danvan_nlp themes 0"}), encoding="utf-8")
    with pytest.raises(ModelError, match="this version reads"):
        load_model(copy)


def rewrite(folder, change, **arrays):
    """The model with changes to its description and arrays, its digests put right: an attack, not an accident."""
    meta = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    kept = unpack((folder / "model.npz").read_bytes()) | arrays
    packed = pack({name: array for name, array in kept.items() if array is not None})
    change(meta)
    seal(folder, meta, packed)


def seal(folder, meta, packed):
    meta["sha256"] = hashlib.sha256(packed).hexdigest()
    said = {key: value for key, value in meta.items() if key != "description_sha256"}
    meta["description_sha256"] = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    (folder / "model.npz").write_bytes(packed)
    (folder / "model.json").write_text(json.dumps(meta), encoding="utf-8")


def npz(**bodies):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in bodies.items():
            archive.writestr(f"{name}.npy", body)
    return stream.getvalue()


def header(shape, dtype="<f4"):
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(stream, {"descr": dtype, "fortran_order": False, "shape": shape})
    return stream.getvalue()


def test_an_altered_description_is_refused(copy):
    meta = json.loads((copy / "model.json").read_text(encoding="utf-8"))
    meta["themes"] = meta["themes"][::-1]
    (copy / "model.json").write_text(json.dumps(meta), encoding="utf-8")
    with pytest.raises(ModelError, match=r"model\.json was altered"):
        load_model(copy)


def test_a_model_of_another_version_of_the_package_is_refused(copy):
    rewrite(copy, lambda meta: meta["versions"].update(danvan_nlp="0.7.3"))
    with pytest.raises(ModelError, match=r"made by danvan_nlp 0\.7\.3, this is"):
        load_model(copy)


def test_other_versions_of_the_libraries_that_trained_it_do_not_matter(copy):
    rewrite(copy, lambda meta: meta["versions"].update({"scikit-learn": "0.1", "numpy": "9.9"}))
    assert load_model(copy).tag([SentenceContext(text="Xã tiếp công dân.")])


@pytest.mark.parametrize("lost", ["themes", "parents", "block_weights"])
def test_an_incomplete_description_is_refused(copy, lost):
    rewrite(copy, lambda meta: meta.pop(lost))
    with pytest.raises(ModelError, match=f"damaged.*{lost}"):
        load_model(copy)


@pytest.mark.parametrize(
    "change",
    [
        {"themes": []},
        {"themes": ["tiep_dan"] * 15},
        {"themes": 7},
        {"parents": [[0, 99]]},
        {"parents": [[0]]},
        {"block_weights": {"words": 1.0}},
        {"block_weights": {"heading": "x"}},
    ],
)
def test_a_description_that_does_not_fit_is_refused(copy, change):
    rewrite(copy, lambda meta: meta.update(change))
    with pytest.raises(ModelError, match="damaged"):
        load_model(copy)


ARRAYS = unpack((MODEL / "model.npz").read_bytes())


@pytest.mark.parametrize("name", sorted(ARRAYS))
def test_an_array_that_is_missing_or_of_another_kind_is_refused(copy, name):
    array = ARRAYS[name]
    bad = [None, array.astype(complex), array.astype("U8")[:3], array.reshape(1, *array.shape)]
    if not name.endswith("_words"):
        # Of words, one letter less makes another word.
        bad.append(array[:-1])
    if array.dtype.kind == "f":
        hole = array.copy()
        hole.flat[len(hole.flat) // 2] = np.nan
        bad.append(hole)
    for wrong in bad:
        rewrite(copy, lambda meta: None, **(ARRAYS | {name: wrong}))
        with pytest.raises(ModelError, match="damaged"):
            load_model(copy)


def test_n_grams_out_of_order_or_of_unknown_words_are_refused(copy):
    level = ARRAYS["grams_level0"]
    words = ARRAYS["grams_words"].tobytes().split(b"\n")
    for name, wrong in (
        ("grams_level0", np.where(np.arange(len(level)) == 5, 0, level).astype(np.uint32)),
        ("grams_level0", np.full_like(level, 2**32 - 1)),
        ("grams_words", np.frombuffer(b"\n".join(words[::-1]), dtype=np.uint8)),
        ("grams_words", np.frombuffer(b"\xff" + b"\n".join(words), dtype=np.uint8)),
    ):
        rewrite(copy, lambda meta: None, **(ARRAYS | {name: wrong}))
        with pytest.raises(ModelError, match="damaged"):
            load_model(copy)


@pytest.mark.parametrize(
    ("packed", "says"),
    [
        (b"", "cannot be unpacked"),
        (b"PK\x03\x04 and then nothing", "cannot be unpacked"),
        (npz(own=header((2, 2), "|O") + pickle.dumps([print])), "holds objects"),
        (npz(own=header((10**15,))), "not of the size"),
        (npz(own=b"\x93NUMPY\x01\x00\x0a\x00__import__"), "damaged"),
        (npz(own=b"no array"), "damaged"),
        (npz(own=header((1,)) + b"\0" * 4)[:-30], "cannot be unpacked"),
        ((MODEL / "model.npz").read_bytes()[:100_000], "cannot be unpacked"),
    ],
)
def test_a_file_of_arrays_that_is_none_is_refused(copy, packed, says):
    seal(copy, json.loads((copy / "model.json").read_text(encoding="utf-8")), packed)
    with pytest.raises(ModelError, match=says):
        load_model(copy)


def test_a_file_that_would_fill_the_memory_is_refused(copy, monkeypatch):
    bomb = npz(own=header((300_000_000,), "|u1") + bytes(300_000_000))
    assert len(bomb) < 1_000_000
    seal(copy, json.loads((copy / "model.json").read_text(encoding="utf-8")), bomb)
    with pytest.raises(ModelError, match="would take 300,"):
        load_model(copy)
    with (copy / "model.npz").open("wb") as out:
        out.truncate(10**12)
    with pytest.raises(ModelError, match="more than any model"):
        load_model(copy)


def test_a_model_that_was_read_can_be_written_again(copy, tmp_path):
    read_model(copy).save(tmp_path / "again")
    for file in ("model.npz", "model.json"):
        assert (tmp_path / "again" / file).read_bytes() == (copy / file).read_bytes()


def test_a_missing_model_is_told_with_its_place(tmp_path):
    with pytest.raises(ModelError, match="no model"):
        load_model(tmp_path)


def test_nothing_in_a_model_is_run(copy):
    class Trap:
        def __reduce__(self):
            return exec, (f"open({str(copy / 'sprung')!r}, 'w')",)

    np.savez(copy / "model.npz", own=np.array([Trap()], dtype=object))
    meta = json.loads((copy / "model.json").read_text(encoding="utf-8"))
    seal(copy, meta, (copy / "model.npz").read_bytes())
    with pytest.raises(ModelError, match="holds objects"):
        load_model(copy)
    assert not (copy / "sprung").exists()


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


def test_a_model_keeps_the_names_of_its_themes(tmp_path):
    own = [f'[[theme]]\nkey = "{key}"\nvi = "{vi}"\ncore = true' for key, vi in OWN_NAMES.items()]
    (tmp_path / "own.toml").write_text("\n".join(['format = "1"', *own]), encoding="utf-8")
    model = train(small_corpus(), Taxonomy.load(tmp_path / "own.toml"), options=Options(n_folds=2))
    model.save(tmp_path / "model")
    assert model_names(tmp_path / "model") == OWN_NAMES
    assert set(model_names()) == set(read_model().themes)
