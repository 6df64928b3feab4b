"""Keyness, co-occurrence, shares: worked by hand, and against scipy and scikit-learn."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from scipy.stats import binomtest, chi2_contingency
from sklearn.feature_extraction.text import CountVectorizer

from danvan_nlp.corpus import Corpus
from danvan_nlp.corpus.association import association
from danvan_nlp.corpus.share import wilson
from danvan_nlp.errors import UsageError

from .runs import make_run


@pytest.fixture
def corpus(tmp_path):
    """Target: dân ×3, vận ×1; reference: dân ×1, vận ×3. Every expected count is 2."""
    reports = [
        {"place": "A", "sentences": ["Dân dân, dân vận!"]},
        {"place": "B", "sentences": ["Vận 2021 vận vận dân."]},
    ]
    return Corpus.from_run(make_run(tmp_path, reports))


@pytest.mark.parametrize(
    ("measure", "correction", "expected"),
    [
        ("chi2", "none", 8 * 8**2 / 256),  # N(ad-bc)² / product of the margins, 2.000000
        ("chi2", "default", 8 * (8 - 4) ** 2 / 256),  # expected counts of 2 are under 5: 0.500000
        ("chi2", "yates", 0.5),
        ("lr", "none", 2 * (6 * log(1.5) + 2 * log(0.5))),  # 2.092993
        ("lr", "default", 2.0929925750 / 1.1875),  # Williams' q = 1 + 3·3/48
        ("pmi", "default", log(3 / 2)),  # 0.405465
    ],
)
def test_keyness_is_the_number_worked_by_hand(corpus, measure, correction, expected):
    found = corpus.filter(place="A").keyness(measure=measure, correction=correction, min_count=1).set_index("feature")
    assert found.loc["dân", "score"] == pytest.approx(expected, abs=5e-7)
    if measure != "pmi":
        assert found.loc["vận", "score"] == pytest.approx(-expected, abs=5e-7)
    assert found.loc["dân", ["n_target", "n_reference"]].tolist() == [3, 1]
    assert set(found.index) == {"dân", "vận"}


@pytest.fixture
def two_texts(tmp_path):
    """The texts that quanteda's own tests of textstat_keyness put side by side."""
    texts = {"A": "a a a b b c c c c c c d e f g h h", "B": "a a b c c d d d d e f h"}
    return Corpus.from_run(make_run(tmp_path, [{"place": p, "sentences": [text]} for p, text in texts.items()]))


@pytest.mark.parametrize(
    ("place", "measure", "correction", "order"),
    [
        ("A", "chi2", "default", "g c b h a e f d"),
        ("B", "chi2", "default", "d e f a b h c g"),
        ("A", "lr", "none", "c g b h a e f d"),
        ("B", "lr", "none", "d e f a b h g c"),
    ],
)
def test_words_stand_in_the_order_that_quantedas_tests_expect(two_texts, place, measure, correction, order):
    part = two_texts.filter(place=place)
    found = part.keyness(measure=measure, correction=correction, min_count=1)
    assert found["feature"].tolist() == order.split()


def test_pmi_is_the_logarithm_that_quantedas_tests_state(two_texts):
    found = two_texts.filter(place="A").keyness(measure="pmi", min_count=1).set_index("feature")
    assert found.loc["a", "score"] == pytest.approx(log(3 * 29 / (5 * 17)), abs=5e-7)


def test_association_agrees_with_scipy():
    draw = np.random.default_rng(1)
    for a, b, c, d in draw.integers(1, 60, (200, 4)):
        table = [[a, b], [c, d]]
        cells = [np.array([float(x)]) for x in (a, b, c, d)]
        sign = 1 if a * (a + b + c + d) > (a + b) * (a + c) else -1
        for correction, name in ((True, "yates"), (False, "none")):
            wanted = chi2_contingency(table, correction=correction).statistic * sign
            assert association(*cells, "chi2", name)[0] == pytest.approx(wanted, abs=1e-9)
        wanted = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic * sign
        assert association(*cells, "lr", "none")[0] == pytest.approx(wanted, abs=1e-9)


def test_quanteda_corrects_only_where_an_expected_count_is_small():
    cells = [np.array([float(x)]) for x in (30, 10, 970, 990)]
    assert association(*cells, "chi2", "default") == association(*cells, "chi2", "none")
    assert association(*cells, "chi2", "yates") < association(*cells, "chi2", "none")


def test_an_empty_margin_scores_nothing():
    zero, ten = np.array([0.0]), np.array([10.0])
    assert association(ten, zero, ten, zero, "chi2", "default").tolist() == [0.0]
    assert association(zero, ten, ten, zero, "pmi", "none").tolist() == [-np.inf]


def test_keyness_leads_to_the_first_place_of_each_word(corpus):
    found = corpus.filter(place="A").keyness(min_count=1).set_index("feature")
    assert found.loc["dân", ["doc_id", "start", "end"]].tolist() == ["d0", 0, 3]
    syllables = corpus.filter(place="B").keyness(feature="syllable", min_count=1).set_index("feature")
    assert syllables.loc["vận", ["doc_id", "start", "end"]].tolist() == ["d1", 0, 3]


def test_what_belongs_to_both_parts_counts_for_the_target(corpus):
    whole = corpus.filter(place="A").keyness(corpus, min_count=1)
    assert whole["n_reference"].sum() == 4


def test_a_correction_that_does_not_belong_is_refused(corpus):
    with pytest.raises(UsageError, match="williams"):
        corpus.keyness(measure="chi2", correction="williams")


@pytest.fixture
def letters(tmp_path):
    """The documents of the example in quanteda's help page of fcm."""
    return Corpus.from_run(make_run(tmp_path, [{"sentences": ["a a a b b c", "a a c e", "a c e f g"]}]))


def pairs(frame):
    return {(r.a, r.b): r.n for r in frame.itertuples()}


def ordered(found):
    return {tuple(sorted(pair)): n for pair, n in found.items()}


def test_cooccurrence_in_a_sentence_worked_by_hand(letters):
    found = ordered(pairs(letters.cooccurrence(count="frequency", min_count=1)))
    # a·a: C(3,2) + C(2,2); a·b: 3·2; a·c: 3·1 + 2·1 + 1·1; a·e: 2·1 + 1·1; b·b: C(2,2); b·c: 2·1; c·e: 1 + 1.
    assert found == {
        **{("a", "a"): 4, ("a", "b"): 6, ("a", "c"): 6, ("a", "e"): 3, ("a", "f"): 1, ("a", "g"): 1},
        **{("b", "b"): 1, ("b", "c"): 2, ("c", "e"): 2, ("c", "f"): 1, ("c", "g"): 1},
        **{("e", "f"): 1, ("e", "g"): 1, ("f", "g"): 1},
    }


def test_sentences_that_have_both_and_how_they_are_associated(letters):
    found = letters.cooccurrence(min_count=1)
    row = next(r for r in found.itertuples() if {r.a, r.b} == {"a", "e"})
    assert (row.n, row.n_a, row.n_b, row.n_ab) == (2, 3, 2, 2)
    assert row.pmi == pytest.approx(0.0, abs=5e-7)  # ln(2·3 / (3·2))
    assert row.dice == pytest.approx(0.8, abs=5e-7)
    assert row.jaccard == pytest.approx(2 / 3, abs=5e-7)
    row = next(r for r in found.itertuples() if {r.a, r.b} == {"e", "f"})
    assert row.pmi == pytest.approx(0.405465, abs=5e-7)  # ln(1·3 / (2·1))
    assert (row.doc_id, row.start) == ("d0", 20)


def test_cooccurrence_in_a_window_worked_by_hand(letters):
    found = ordered(pairs(letters.cooccurrence(context="window", window=2, min_count=1)))
    # "a a a b b c": aa at distance 1 twice and 2 once, ab at 1 once and 2 twice, bb once, bc at 1 and 2; "a a c e":
    # aa, ac twice, ae, ce; "a c e f g": ac, ae, ce, cf, ef, eg, fg.
    assert found == {
        **{("a", "a"): 4, ("a", "b"): 3, ("b", "b"): 1, ("b", "c"): 2, ("a", "c"): 3, ("a", "e"): 2},
        **{("c", "e"): 2, ("c", "f"): 1, ("e", "f"): 1, ("e", "g"): 1, ("f", "g"): 1},
    }


def test_a_window_counts_as_quantedas_tests_expect(tmp_path):
    corpus = Corpus.from_run(make_run(tmp_path, [{"sentences": ["A D A C E A D F E B A C E D"]}]))
    found = ordered(pairs(corpus.cooccurrence(context="window", window=3, min_count=1)))
    expected = {"a": (1, 4, 4, 5, 2), "b": (None, 1, 1, 2, 1), "c": (None, None, 3, 3), "d": (None,) * 3 + (4, 1)}
    expected["e"] = (None,) * 4 + (2,)
    wanted = {(a, b): n for a, row in expected.items() for b, n in zip("bcdef", row, strict=False) if n}
    assert {pair: n for pair, n in found.items() if pair[0] != pair[1]} == wanted


def test_cooccurrence_agrees_with_the_product_of_scikit_learns_counts(letters):
    texts = ["a a a b b c", "a a c e", "a c e f g"]
    counter = CountVectorizer(token_pattern=r"\w+")
    matrix = counter.fit_transform(texts)
    product = (matrix.T @ matrix).toarray()
    names = counter.get_feature_names_out().tolist()
    for (a, b), n in pairs(letters.cooccurrence(count="frequency", min_count=1)).items():
        if a != b:
            assert product[names.index(a), names.index(b)] == n


def test_themes_directives_and_words_of_ones_own_are_paired(tmp_path):
    both = {"Kết luận 114-KL/TW": "114-KL/TW@TW@2015", "Chỉ thị 16/CT-TTg": "16-CT-TTg@TTg@2016"}
    text = "Thực hiện Kết luận 114-KL/TW, Chỉ thị 16/CT-TTg."
    sentence = {"text": text, "themes": ["tiep_dan", "han_che"], "cites": both}
    corpus = Corpus.from_run(make_run(tmp_path, [{"sentences": [sentence, sentence]}]))
    assert pairs(corpus.cooccurrence("themes")) == {("han_che", "tiep_dan"): 2}
    assert pairs(corpus.cooccurrence("directives")) == {("114-KL/TW@TW@2015", "16-CT-TTg@TTg@2016"): 2}
    assert pairs(corpus.cooccurrence(["kết luận", "chỉ *"])) == {("kết luận", "chỉ *"): 2}


def test_wilsons_interval_agrees_with_scipy():
    for k, n in ((0, 5), (1, 7), (5, 10), (93, 100), (7, 7)):
        low, high = wilson(np.array([float(k)]), np.array([float(n)]))
        wanted = binomtest(k, n).proportion_ci(0.95, "wilson")
        assert (low[0], high[0]) == pytest.approx((wanted.low, wanted.high), abs=5e-7)


def test_the_share_of_a_theme_is_of_sentences_and_footnotes(tmp_path):
    sentences = [
        {"text": "Một.", "themes": ["tiep_dan"]},
        {"text": "Hai."},
        {"text": "Ba.", "role": "footnote", "themes": ["tiep_dan", "han_che"]},
        {"text": "BỐN", "role": "heading"},
    ]
    reports = [{"place": "A", "date": "2019-01-01", "sentences": sentences}, {"place": "A", "sentences": ["Năm."]}]
    corpus = Corpus.from_run(make_run(tmp_path, reports))
    found = corpus.theme_share("year").set_index(["year", "theme"])
    row = found.loc[(2019, "tiep_dan")]
    assert (row["n"], row["n_sentences"], row["doc_id"], row["start"]) == (2, 3, "d0", 0)
    assert row["share"] == pytest.approx(0.666667, abs=5e-7)
    undated = corpus.theme_share("year")
    assert undated[undated["year"].isna()]["n_sentences"].tolist() == [1, 1]
    assert corpus.theme_share([]).set_index("theme").loc["tiep_dan", "n_sentences"] == 4
    assert corpus.theme_share("doc_id")["doc_id"].tolist() == ["d0", "d0", "d1", "d1"]


def test_a_part_without_a_word_has_no_keywords(corpus):
    assert corpus.filter(doc_id=[]).keyness(min_count=1).empty
    assert not corpus.filter(place="A").keyness(min_count=1).empty


def test_every_count_answers_an_empty_corpus_and_a_single_report(tmp_path):
    for folder, reports in (("none", []), ("one", [{"sentences": ["Dân vận dân vận."]}])):
        corpus = Corpus.from_run(make_run(tmp_path / folder, reports))
        for part in (corpus, corpus.filter(doc_id=[])):
            part.keyness()
            part.theme_share()
            for of in ("words", "themes", "directives", ["dân", "vận"]):
                assert "a" in part.cooccurrence(of).columns
            assert "n" in part.cooccurrence(context="window").columns
