from pathlib import Path

import pytest

from danvan_nlp.errors import UsageError
from danvan_nlp.labels.explain import explain, sentences_at
from danvan_nlp.themes import SentenceContext, load_model

from .reports import REPORT, write_report

TAGGER = load_model()
CITING = SentenceContext(
    text="Xã tiếp tục quán triệt Kết luận số 114-KL/TW đến cán bộ, đảng viên.",
    headings=("I. KẾT QUẢ", "1. Công tác lãnh đạo, chỉ đạo"),
)


def test_words_headings_and_references_are_named() -> None:
    (why,) = explain(TAGGER, [CITING], 0, themes=["lanh_dao_chi_dao"])
    assert why.chosen
    named = {reason.block: reason.feature for reason in reversed(why.reasons)}
    assert "quán triệt" in [reason.feature for reason in why.reasons if reason.block == "words"]
    assert named["reference"] == "Kết luận số 114-KL/TW"
    assert "heading" in named


def test_counting_a_reference_as_one_loses_nothing() -> None:
    for theme in TAGGER.model.themes:
        (why,) = explain(TAGGER, [CITING], 0, themes=[theme])
        plain = TAGGER.explain([CITING], 0, theme, limit=None)
        assert sum(r.weight for r in why.reasons) == pytest.approx(sum(r.weight for r in plain), abs=0.01)


def test_without_a_choice_the_themes_that_are_set_or_near_are_explained() -> None:
    whys = explain(TAGGER, [CITING], 0)
    assert [why.theme for why in whys if why.chosen] == list(TAGGER.tag([CITING])[0].themes)
    assert all(why.chosen or why.probability >= 0.05 for why in whys)
    assert explain(TAGGER, [SentenceContext(text="😀")], 0) == []
    assert len(explain(TAGGER, [SentenceContext(text="")], 0, themes=["tiep_dan"])) == 1


def test_an_unknown_theme_is_named() -> None:
    with pytest.raises(UsageError, match="tiep_dann"):
        explain(TAGGER, [CITING], 0, themes=["tiep_dann"])


def test_every_sentence_on_a_line_is_found_and_also_one_that_runs_over_it(tmp_path: Path) -> None:
    report = write_report(tmp_path)
    lines = REPORT.split("\n")
    both = next(n for n, line in enumerate(lines, 1) if "214 lượt" in line)
    sentences, found = sentences_at(report, both)
    assert len(found) == 2
    second = next(n for n, line in enumerate(lines, 1) if line.startswith("còn chậm"))
    sentences, (place,) = sentences_at(report, second)
    assert sentences[place].text.startswith("Việc giải quyết đơn thư")


@pytest.mark.parametrize("line", [0, 5, 6, 999])
def test_a_line_without_a_sentence_is_said_to_be_one(tmp_path: Path, line: int) -> None:
    with pytest.raises(UsageError, match="line"):
        sentences_at(write_report(tmp_path), line)
