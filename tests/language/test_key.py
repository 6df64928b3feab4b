import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_nlp.language import fold, make_key


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà giải", "hòa giải"), ("uỷ ban", "ủy ban"), ("KHOÁ XI", "KHÓA XI"), ("Ðảng", "Đảng"), ("toạ đàm", "tọa đàm")],
)
def test_both_tone_mark_styles_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["quý", "quỳ", "quỷ", "hoàn", "khoản", "thuyết", "giữ", "ngoài", "toán", "khuỷu"])
def test_syllables_with_one_spelling_are_left_alone(word: str) -> None:
    assert make_key(word).text == word


@given(st.text())
def test_every_range_of_a_key_leads_back_into_the_text(text: str) -> None:
    key = make_key(text)
    ranges = [key.to_source(i, i + 1) for i in range(len(key.text))]
    assert all(0 <= a <= b <= len(text) for a, b in ranges)
    assert [a for a, _ in ranges] == sorted(a for a, _ in ranges)
    assert key.to_source(0, len(key.text)) == (0, len(text))


@given(st.text("aàáảãạâầấẩẫậeèoòuùyỳhưừđĐ Hn", max_size=40))
def test_composed_and_decomposed_text_have_one_key(text: str) -> None:
    assert make_key(unicodedata.normalize("NFD", text)).text == make_key(unicodedata.normalize("NFC", text)).text
