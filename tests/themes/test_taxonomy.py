import re

import pytest

from danvan_nlp.errors import DataError, UsageError
from danvan_nlp.language import fold
from danvan_nlp.themes import SentenceContext, Taxonomy, load_model

TAXONOMY = Taxonomy.load()
GUIDE = {
    "cai_cach_hanh_chinh", "tiep_dan", "quy_che_dan_chu", "han_che", "nguyen_nhan", "han_che_nguyen_nhan",
    "lanh_dao_chi_dao", "kiem_tra_giam_sat", "to_chuc_bo_may", "dao_duc_cong_vu", "dan_van_kheo", "mat_tran_doan_the",
    "kinh_te_xa_hoi", "bai_hoc_kinh_nghiem", "nhiem_vu_giai_phap",
}  # fmt: skip


def test_the_taxonomy_holds_the_themes_of_the_annotation_guide():
    assert set(TAXONOMY.keys) == GUIDE
    assert TAXONOMY.core == ("cai_cach_hanh_chinh", "tiep_dan", "quy_che_dan_chu", "han_che_nguyen_nhan")


@pytest.mark.parametrize("theme", TAXONOMY.themes, ids=lambda theme: theme.key)
def test_every_theme_is_defined_named_and_exemplified(theme):
    assert theme.vi
    assert theme.en
    assert len(theme.definition) > 10
    assert theme.examples
    assert theme.counter_examples
    assert theme.lexicon


@pytest.mark.parametrize("theme", TAXONOMY.themes, ids=lambda theme: theme.key)
def test_word_lists_are_folded_and_hold_nothing_twice(theme):
    assert len(set(theme.lexicon)) == len(theme.lexicon)
    assert all(phrase == fold(phrase) and re.search(r"\w", phrase) for phrase in theme.lexicon)


@pytest.mark.parametrize(("key", "example"), [(theme.key, example) for theme in TAXONOMY for example in theme.examples])
def test_examples_get_a_higher_score_than_counter_examples(key, example):
    sentences = [SentenceContext(text=text) for text in (example, *TAXONOMY[key].counter_examples)]
    first, *others = (
        tagging.scores[key] for tagging in load_model().tag(sentences[:1]) + load_model().tag(sentences[1:])
    )
    assert first > max(others)


@pytest.mark.parametrize("theme", TAXONOMY.themes, ids=lambda theme: theme.key)
def test_every_phrase_of_the_lexicon_is_found_in_a_text(theme):
    for phrase in theme.lexicon:
        assert phrase in TAXONOMY.phrases(f"- Về {phrase.upper()}, có 3 việc.")[theme.key]


def test_phrases_are_found_by_whole_syllables_only():
    assert "nguyen_nhan" not in TAXONOMY.phrases("dong dân")
    assert TAXONOMY.phrases("Hoà giải") == TAXONOMY.phrases("hòa giải") != {}


def test_a_parent_is_set_with_its_child():
    assert TAXONOMY.with_parents({"nguyen_nhan", "tiep_dan"}) == ("han_che_nguyen_nhan", "nguyen_nhan", "tiep_dan")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("format = ", "not valid TOML"),
        ('format = "9"', "this version reads"),
        ('format = "1"', "at least one"),
        ('format = "1"\n[[theme]]\nkey = "tiếp dân"', "ASCII identifier"),
        ('format = "1"\n[[theme]]\nkey = "a"\nlexicom = []', "unknown fields"),
        ('format = "1"\n[[theme]]\nkey = "a"\nlexicon = "x"', "list of strings"),
        ('format = "1"\n[[theme]]\nkey = "a"\nparent = "b"', "no theme"),
        ('format = "1"\n[[theme]]\nkey = "a"\n[[theme]]\nkey = "a"', "no key twice"),
    ],
)
def test_a_faulty_taxonomy_of_the_user_is_refused_with_the_reason(tmp_path, text, message):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        Taxonomy.load(path)


def test_a_user_brings_a_taxonomy_of_their_own(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('format = "1"\n[[theme]]\nkey = "moi_truong"\nvi = "môi trường"\nlexicon = ["rác thải"]', "utf-8")
    taxonomy = Taxonomy.load(path)
    assert taxonomy.keys == ("moi_truong",)
    assert taxonomy["moi_truong"].lexicon == ("rác thải",)
    with pytest.raises(KeyError):
        taxonomy["tiep_dan"]


def test_a_taxonomy_can_add_themes_to_those_of_the_package(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('format = "1"\nextends = "danvan_nlp"\n[[theme]]\nkey = "chuyen_doi_so"\n', encoding="utf-8")
    found, own = Taxonomy.load(path), Taxonomy.load()
    assert set(found.keys) == {*own.keys, "chuyen_doi_so"}
    assert found.core == own.core
    assert found.sha256 != own.sha256


@pytest.mark.parametrize("line", ['extends = "others"', 'extend = "danvan_nlp"'])
def test_a_field_of_no_meaning_is_told(tmp_path, line):
    path = tmp_path / "mine.toml"
    path.write_text(f'format = "1"\n{line}\n[[theme]]\nkey = "a"\n', encoding="utf-8")
    with pytest.raises(DataError, match="exten"):
        Taxonomy.load(path)


def test_a_taxonomy_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        Taxonomy.load(tmp_path / "none.toml")


def test_what_follows_from_a_judgement():
    own = Taxonomy.load()
    assert own.completed({"han_che": False}) == {"han_che": False}
    assert own.completed({"han_che": False, "nguyen_nhan": False})["han_che_nguyen_nhan"] is False
    assert own.completed({"han_che_nguyen_nhan": True}) == {"han_che_nguyen_nhan": True}
    with pytest.raises(DataError, match="han_che is yes and han_che_nguyen_nhan no"):
        own.completed({"han_che": True, "han_che_nguyen_nhan": False})
