"""Keywords in context."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_nlp.corpus import Corpus
from danvan_nlp.errors import UsageError

from .runs import make_run, text_of


@pytest.fixture
def corpus(tmp_path):
    cites = {"Kết luận số 114-KL/TW": "114-KL/TW@TW@2015"}
    sentences = [
        "Tổ hoà giải ở thôn đã hoà giải thành 12 vụ.",
        {"text": "Thực hiện Kết luận số 114-KL/TW về công tác dân vận.", "cites": cites},
        "Dân vận khéo, (hòa giải) và đối thoại.",
        "Công tác hòa",
        "giải quyết đơn.",
    ]  # fmt: skip
    report = {
        "sentences": sentences,
        "words": ("công tác dân vận", "hoà giải"),
        "place": "Cao Bằng",
        "date": "2020-05-01",
    }
    return Corpus.from_run(make_run(tmp_path, [{**report, "locality": "cao-bang"}]))


def lines(frame):
    return [tuple(row) for row in frame[["pre", "keyword", "post"]].itertuples(index=False)]


def test_a_keyword_stands_between_so_many_words_on_either_side(corpus):
    assert lines(corpus.kwic("thôn", window=2)) == [("hoà giải ở ", "thôn", " đã hoà giải")]
    assert lines(corpus.kwic("thôn", window=0)) == [("", "thôn", "")]


def test_both_styles_of_tone_marks_are_found_by_either(corpus):
    for pattern in ("hoà giải", "hòa giải", "HÒA GIẢI", unicodedata.normalize("NFD", "hoà giải")):
        assert corpus.kwic(pattern)["keyword"].tolist() == ["hoà giải", "hoà giải", "hòa giải"]


def test_a_phrase_is_found_inside_a_longer_word_and_over_words(corpus):
    assert corpus.kwic("dân vận")["keyword"].tolist() == ["dân vận", "Dân vận"]
    assert corpus.kwic("về công tác dân")["keyword"].tolist() == ["về công tác dân"]


def test_a_phrase_never_reaches_over_the_end_of_a_sentence(corpus):
    assert len(corpus.kwic("tác hòa")) == 1
    assert len(corpus.kwic("tác hòa giải quyết")) == 0


def test_wildcards_regular_expressions_and_literal_signs(corpus):
    assert corpus.kwic("1?")["keyword"].tolist() == ["12"]
    assert corpus.kwic("*-kl/tw")["keyword"].tolist() == ["114-KL/TW"]
    assert corpus.kwic("^đ.i$", kind="regex")["keyword"].tolist() == ["đối"]
    assert len(corpus.kwic("1?", kind="fixed")) == 0
    assert corpus.kwic("(hòa giải)")["keyword"].tolist() == ["(hòa giải)"]


def test_a_directive_is_found_where_it_is_cited(corpus):
    for name in ("114-KL/TW", "114-KL/TW@TW@2015", "0114 - kl/tw"):
        found = corpus.kwic(name, kind="directive", window=2)
        assert lines(found) == [("Thực hiện ", "Kết luận số 114-KL/TW", " về công tác dân vận")]


def test_rows_come_in_the_order_of_the_corpus_and_say_which_pattern(corpus):
    found = corpus.kwic(["đối thoại", "tổ"], limit=5)
    assert found["pattern"].tolist() == ["tổ", "đối thoại"]
    assert found["year"].tolist() == [2020, 2020]
    assert len(corpus.kwic("giải", limit=2)) == 2


@pytest.mark.parametrize(
    ("pattern", "options"), [(" ", {}), ("(", {"kind": "regex"}), ("a", {"kind": "x"}), ("a", {"window": -1})]
)
def test_a_wrong_question_is_told_so(corpus, pattern, options):
    with pytest.raises(UsageError):
        corpus.kwic(pattern, **options)


def test_an_empty_corpus_has_no_lines(tmp_path):
    empty = Corpus.from_run(make_run(tmp_path, []))
    assert len(empty.kwic("dân")) == 0
    assert len(empty.kwic("114-KL/TW", kind="directive")) == 0
    assert "keyword" in empty.kwic("dân").columns


def test_a_limit_below_nought_is_refused(tmp_path):
    with pytest.raises(UsageError, match="limit is -1"):
        Corpus.from_run(make_run(tmp_path, [])).kwic("dân", limit=-1)


def test_words_are_found_without_their_marks(tmp_path):
    corpus = Corpus.from_run(make_run(tmp_path, [{"sentences": ["Đã đối thoại, đội thoái; đối thoại."]}]))
    for pattern in ("doi thoai", "đoi thoại", "DOI tho*"):
        assert len(corpus.kwic(pattern, kind="bare")) == 2
    assert len(corpus.kwic("doi thoai")) == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet="aàáđ hoòạ\u0300\u0323,.\u00a0-", min_size=1, max_size=30), min_size=1, max_size=4))
def test_every_line_is_the_text_at_its_range(tmp_path_factory, texts):
    reports = [{"sentences": texts}, {"sentences": texts[::-1]}]
    corpus = Corpus.from_run(make_run(tmp_path_factory.mktemp("run"), reports))
    found = corpus.kwic("*")
    source = {"d0": text_of(reports[0]), "d1": text_of(reports[1])}
    for line in found.itertuples():
        assert source[line.doc_id][line.start : line.end] == line.keyword
        assert source[line.doc_id][line.start - len(line.pre) : line.end + len(line.post)] == (
            line.pre + line.keyword + line.post
        )
