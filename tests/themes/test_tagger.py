import subprocess
import sys
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_nlp.themes import SentenceContext, Taxonomy, lang_score, load_model
from danvan_nlp.themes.words import read_words, syllables

TAGGER = load_model()
KEYS = Taxonomy.load().keys
REPORT = [
    SentenceContext(text=text, headings=headings)
    for headings, text in [
        (("II. KẾT QUẢ", "1. Tiếp công dân"), "Chủ tịch UBND huyện tiếp 118 lượt công dân, thụ lý 26 đơn khiếu nại."),
        (("II. KẾT QUẢ", "1. Tiếp công dân"), "Đã giải quyết xong 24 đơn, không còn vụ việc đông người, kéo dài."),
        (("II. KẾT QUẢ", "2. Cải cách hành chính"), "100% thủ tục hành chính được giải quyết tại bộ phận một cửa."),
        (("III. HẠN CHẾ", "1. Hạn chế"), "Việc niêm yết công khai ở một số xã còn hình thức, chưa kịp thời."),
        (("III. HẠN CHẾ", "2. Nguyên nhân"), "Nguyên nhân chủ quan là do cấp ủy chưa quan tâm đúng mức."),
        (("IV. NHIỆM VỤ",), "Tiếp tục nâng cao chất lượng đối thoại với nhân dân trong năm tới."),
    ]
]
OTHER_GENRES = [
    "Cho thịt vào ướp với tỏi, hành và hai thìa nước mắm trong nửa giờ rồi đem nướng trên than hoa.",
    "Tiền vệ đội khách lập cú đúp giúp đội nhà ngược dòng thắng 3-2 ở vòng 12 giải vô địch quốc gia.",
    "Sáng nay giá vàng miếng đứng ở mức 76 triệu đồng một lượng, giảm nhẹ so với hôm qua.",
    "The committee shall publish its annual report on administrative reform and citizen reception.",
    "Nàng khẽ mỉm cười, ngón tay lần theo nét chữ đã nhòe trên phong thư cũ.",
]


def themes(sentences):
    return [tagging.themes for tagging in TAGGER.tag(sentences)]


def test_plain_sentences_get_the_theme_they_speak_of():
    found = themes(REPORT)
    assert "tiep_dan" in found[0]
    assert "tiep_dan" in found[1]
    assert "cai_cach_hanh_chinh" in found[2]
    assert {"han_che", "quy_che_dan_chu"} <= set(found[3])
    assert "nguyen_nhan" in found[4]
    assert "nhiem_vu_giai_phap" in found[5]


def test_a_shortcoming_or_a_cause_always_sets_their_common_theme():
    for tagging in TAGGER.tag(REPORT):
        if {"han_che", "nguyen_nhan"} & set(tagging.themes):
            assert "han_che_nguyen_nhan" in tagging.themes
        assert tagging.scores["han_che_nguyen_nhan"] >= max(tagging.scores[k] for k in ("han_che", "nguyen_nhan"))


def test_every_tagging_has_sorted_themes_and_a_rounded_probability_of_every_theme():
    for tagging in TAGGER.tag(REPORT):
        assert list(tagging.themes) == sorted(tagging.themes)
        assert tuple(tagging.scores) == KEYS
        assert all(0 <= p <= 1 and p == round(p, 4) for p in tagging.scores.values())


@pytest.mark.parametrize("text", OTHER_GENRES)
def test_text_of_another_genre_gets_no_theme(text):
    assert themes([SentenceContext(text=text)]) == [()]
    assert lang_score(text) < 0.5


ODD = ["", " \n", "...", "2.1.", "😀👍", "Dân", "123 456 789", "\x00\ud7ff", "\x1e\x7f\u200b dân", "\ud800 dân"]
LONG = ["x" * 1_000_000, "đã tiếp công dân " * 60_000, "1. " * 300_000, "((" * 300_000, "a" + "\u0301" * 100_000]


@pytest.mark.parametrize("text", [*ODD, *LONG], ids=lambda text: ascii(text[:20]))
def test_odd_texts_get_an_answer(text):
    (tagging,) = TAGGER.tag([SentenceContext(text=text)])
    assert tuple(tagging.scores) == KEYS
    assert TAGGER.explain([SentenceContext(text=text)], 0, "tiep_dan")
    assert 0 <= lang_score(text) <= 1


def test_a_text_without_words_has_no_theme_and_no_genre():
    assert themes([SentenceContext(text="2.1. — 😀", headings=("I. TIẾP DÂN",))]) == [()]
    assert lang_score("12 / 2020 😀") == 0


def test_ten_thousand_words_are_tagged_in_linear_time():
    def seconds(text):
        began = time.perf_counter()
        TAGGER.tag([SentenceContext(text=text)])
        return time.perf_counter() - began

    sentence = REPORT[0].text + " "
    seconds(sentence * 60)
    assert seconds(sentence * 6000) < 1000 * max(seconds(sentence * 60), 1e-3)


def test_nothing_to_tag():
    assert TAGGER.tag([]) == []


@settings(max_examples=50, deadline=None)
@given(st.lists(st.builds(SentenceContext, text=st.text(max_size=80), headings=st.tuples(st.text(max_size=20)))))
def test_any_text_is_tagged_without_error(sentences):
    assert len(TAGGER.tag(sentences)) == len(sentences)


def test_composed_and_decomposed_letters_and_both_tone_styles_are_tagged_alike():
    decomposed = [
        SentenceContext(
            text=unicodedata.normalize("NFD", s.text),
            headings=tuple(unicodedata.normalize("NFD", heading) for heading in s.headings),
        )
        for s in REPORT
    ]
    assert TAGGER.tag(decomposed) == TAGGER.tag(REPORT)
    new, old = (SentenceContext(text=f"Các tổ {word} giải ở cơ sở đã thành 35 vụ.") for word in ("hòa", "hoà"))
    assert TAGGER.tag([new]) == TAGGER.tag([old])


def test_a_sentence_is_tagged_alike_in_a_batch_of_any_size():
    # Rounded to four digits: a sum's last bits may depend on the batch.
    document = [SentenceContext(text=s.text, headings=s.headings, document=str(i)) for i in range(400) for s in REPORT]
    together = TAGGER.tag(document)
    for i in (0, 1, 170, 399):
        alone = TAGGER.tag(document[6 * i : 6 * i + 6])
        for one, two in zip(alone, together[6 * i : 6 * i + 6], strict=True):
            assert one.themes == two.themes
            assert one.scores == pytest.approx(two.scores, abs=2e-4)


@given(st.lists(st.text(max_size=60), max_size=6))
def test_words_of_many_texts_are_those_of_each(texts):
    assert read_words(texts).lists() == [syllables(text) for text in texts]


def test_sentences_of_other_documents_or_sections_are_no_neighbours():
    near = [SentenceContext(text=s.text, headings=("I",), document=str(i)) for i, s in enumerate(REPORT)]
    apart = [TAGGER.tag([s])[0] for s in near]
    for one, two in zip(TAGGER.tag(near), apart, strict=True):
        assert one.scores == pytest.approx(two.scores, abs=2e-4)


def test_reasons_add_up_to_the_log_odds():
    logits = TAGGER.logits(REPORT)
    for i in range(len(REPORT)):
        for theme in ("tiep_dan", "han_che"):
            reasons = TAGGER.explain(REPORT, i, theme, limit=None)
            assert sum(r.weight for r in reasons) == pytest.approx(float(logits[i, KEYS.index(theme)]), abs=0.05)


def test_reasons_name_words_headings_and_neighbours():
    reasons = TAGGER.explain(REPORT, 0, "tiep_dan", limit=None)
    assert {"words", "heading", "next"} <= {reason.block for reason in reasons}
    assert "previous" not in {reason.block for reason in reasons}
    assert max(reasons, key=lambda reason: reason.weight).weight > 0


def test_reasons_for_an_unknown_theme_are_refused():
    with pytest.raises(KeyError, match="no theme"):
        TAGGER.explain(REPORT, 0, "the_thao")


def test_tagging_imports_no_training_library():
    code = (
        "import sys, danvan_nlp.themes as t; t.load_model().tag([t.SentenceContext(text='Tiếp dân')]);"
        "print([m for m in ('sklearn', 'scipy', 'pandas', 'underthesea', 'spacy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_reports_score_high_as_prose_of_the_genre():
    assert lang_score(" ".join(sentence.text for sentence in REPORT)) > 0.9
