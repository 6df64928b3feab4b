"""Collocations, similar sentences, shared passages, two reports side by side."""

from __future__ import annotations

from math import log

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from danvan_nlp.corpus import Corpus
from danvan_nlp.errors import UsageError

from .runs import make_run, text_of


def test_the_score_of_a_phrase_worked_by_hand(tmp_path):
    corpus = Corpus.from_run(make_run(tmp_path, [{"sentences": ["a b c a b d e b d a b"]}]))
    found = corpus.phrases(min_count=1).set_index("phrase")
    # Of ten pairs "a b" stands 3 times, "a" first 3 times, "b" second 4 times: 3, 0, 1, 6, each plus 1/2.
    score = log(3.5 * 6.5 / (0.5 * 1.5))
    assert found.loc["a b", "count"] == 3
    assert found.loc["a b", "lambda"] == pytest.approx(score, abs=5e-7)
    assert found.loc["a b", "lambda"] == pytest.approx(3.412247, abs=5e-7)
    assert found.loc["a b", "z"] == pytest.approx(score / (1 / 3.5 + 1 / 0.5 + 1 / 1.5 + 1 / 6.5) ** 0.5, abs=5e-7)
    assert found.loc["a b", ["start", "end"]].tolist() == [0, 3]


def test_a_phrase_scores_as_quantedas_tests_print_it(tmp_path):
    texts = ["I like good ice cream.", "Me too! I like good ice cream."]
    corpus = Corpus.from_run(make_run(tmp_path, [{"sentences": [text]} for text in texts]))
    found = corpus.phrases(min_count=2)
    assert sorted(found["phrase"]) == ["good ice", "i like", "ice cream", "like good"]
    assert found["lambda"].tolist() == pytest.approx([4.317488] * 4, abs=5e-7)
    assert found["z"].tolist() == pytest.approx([2.027787] * 4, abs=5e-7)


def test_a_phrase_of_three_agrees_with_counting_every_sequence(tmp_path):
    words = "a b c a b d e b c a b c".split()
    corpus = Corpus.from_run(make_run(tmp_path, [{"sentences": [" ".join(words)]}]))
    grams = list(zip(words, words[1:], words[2:], strict=False))
    counts: dict[tuple[bool, ...], float] = {}
    for gram in grams:
        agrees = tuple(x == y for x, y in zip(gram, ("a", "b", "c"), strict=True))
        counts[agrees] = counts.get(agrees, 0) + 1
    cells = [(a, b, c) for a in (False, True) for b in (False, True) for c in (False, True)]
    wanted = sum((-1) ** (3 - sum(cell)) * log(counts.get(cell, 0) + 0.5) for cell in cells)
    found = corpus.phrases(size=3, min_count=1).set_index("phrase")
    assert found.loc["a b c", "lambda"] == pytest.approx(wanted, abs=5e-7)


def test_a_sign_or_a_sentence_breaks_a_phrase(tmp_path):
    corpus = Corpus.from_run(make_run(tmp_path, [{"sentences": ["một, hai", "ba", "bốn 5 sáu bảy"]}]))
    assert corpus.phrases(min_count=1)["phrase"].tolist() == ["sáu bảy"]


def test_similarity_is_scikit_learns_cosine(tmp_path):
    texts = ["tiếp dân định kỳ", "tiếp dân đột xuất tiếp dân", "cải cách hành chính", "đối thoại với dân"]
    corpus = Corpus.from_run(make_run(tmp_path, [{"sentences": texts}]))
    matrix = TfidfVectorizer(token_pattern=r"\S+").fit_transform(texts)
    found = corpus.similar_sentences(corpus.sentences["sentence_id"][0], min_score=0.001)
    assert found["text"].tolist() == [texts[1], texts[3]]
    assert found["score"].tolist() == pytest.approx([(matrix[0] @ matrix[i].T)[0, 0] for i in (1, 3)], abs=5e-7)


def test_a_text_is_cut_into_words_as_the_run_was(tmp_path):
    texts = ["Đẩy mạnh cải cách thủ tục.", "Tổ chức đối thoại với nhân dân.", "Đối thoại."]
    report = {"sentences": texts, "words": ("cải cách", "thủ tục", "Tổ chức", "đối thoại", "Đối thoại", "nhân dân")}
    corpus = Corpus.from_run(make_run(tmp_path, [report]))
    assert corpus.similar_sentences("Cuộc ĐỐI THOẠI với nhân dân")["text"].tolist() == [texts[1], texts[2]]


def test_a_sentence_can_be_sought_in_other_reports_alone(tmp_path):
    corpus = Corpus.from_run(
        make_run(tmp_path, [{"sentences": ["tiếp dân tốt", "tiếp dân"]}, {"sentences": ["tiếp dân"]}])
    )
    found = corpus.similar_sentences("d0:s:0", other_documents=True)
    assert found["doc_id"].tolist() == ["d1"]
    with pytest.raises(UsageError):
        corpus.similar_sentences(" ")


def test_shared_passages_are_found_over_sentences_tone_marks_and_commas(tmp_path):
    reports = [
        {"sentences": ["Mở đầu. Trong năm qua công tác hoà giải", "được quan tâm, chỉ đạo sát sao."]},
        {"sentences": ["Khác hẳn. TRONG năm qua, công tác hòa giải được quan tâm", "chỉ đạo sát sao và hơn nữa."]},
        {"sentences": ["Không có gì chung với hai báo cáo kia cả."]},
    ]
    corpus = Corpus.from_run(make_run(tmp_path, reports))
    (row,) = corpus.reuse(min_words=6).itertuples()
    assert text_of(reports[1])[row.start : row.end] == "TRONG năm qua, công tác hòa giải được quan tâm\nchỉ đạo sát sao"
    first = text_of(reports[0])[row.first_start : row.first_end]
    assert first == "Trong năm qua công tác hoà giải\nđược quan tâm, chỉ đạo sát sao"
    assert (row.doc_id, row.first_doc_id, row.n_words, row.n_documents) == ("d1", "d0", 14, 2)
    assert row.text == "TRONG năm qua, công tác hòa giải được quan tâm chỉ đạo sát sao"


def test_one_report_or_none_shares_nothing(tmp_path):
    for folder, reports in (("none", []), ("one", [{"sentences": ["một hai ba bốn"] * 3}])):
        corpus = Corpus.from_run(make_run(tmp_path / folder, reports))
        assert len(corpus.reuse(min_words=3)) == 0
        assert corpus.phrases(min_count=99)["phrase"].tolist() == []
        assert corpus.similar_sentences("một")["doc_id"].tolist() == ["d0"] * (3 * len(reports))


def test_two_reports_side_by_side(tmp_path):
    cites = {"114-KL/TW": "114-KL/TW@TW@2015"}
    reports = [
        {"sentences": [{"text": "Tiếp dân theo 114-KL/TW.", "themes": ["tiep_dan"], "cites": cites}]},
        {"sentences": ["Cải cách.", {"text": "Theo 114-KL/TW.", "themes": ["han_che"], "cites": cites}]},
    ]
    corpus = Corpus.from_run(make_run(tmp_path, reports))
    both = corpus.compare("d0", "d1")
    assert both.themes[["theme", "difference"]].to_numpy().tolist() == [["tiep_dan", 1.0], ["han_che", -0.5]]
    assert both.directives[["target_id", "n_a", "n_b"]].to_numpy().tolist() == [["114-KL/TW@TW@2015", 1, 1]]
    assert both.words["feature"][0] in ("tiếp", "dân")
    with pytest.raises(UsageError):
        corpus.compare("d0", "d7")
