import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_nlp.language.tokens import tokenize_words


def words(text: str) -> list[str]:
    return [text[a:b] for a, b in tokenize_words([text])[0]]


@pytest.mark.parametrize(
    "number",
    [
        "114-KL/TW",
        "04/2015/NĐ-CP",
        "16/CT-TTg",
        "34/2007/PL-UBTVQH11",
        "23/CtrPH-UBND-BTTUBMTTQVN",
        "1276/UBND-KGVX",
        "11-QĐi/TW",
        "30c/NQ-CP",
        "08 -CT/TU",
        "14/7/2015",
        "1.737",
        "46,57",
    ],
)
def test_document_numbers_dates_and_figures_stay_whole(number: str) -> None:
    assert number in words(f"Thực hiện văn bản số {number} của tỉnh")


def test_words_of_several_syllables_are_one_token() -> None:
    assert "Công tác" in words("Công tác dân vận của cơ quan nhà nước")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_tokens_are_in_order_disjoint_and_cover_all_letters(text: str) -> None:
    spans = tokenize_words([text])[0]
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in zip(spans, spans[1:], strict=False))
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(i in covered for i, c in enumerate(text) if c.isalnum())


def test_a_table_in_one_cell_is_segmented_to_its_end() -> None:
    found = words("Công tác dân vận. " * 2000)
    assert found.count("Công tác") == 2000


def test_decomposed_text_gives_the_same_words() -> None:
    text = "Huyện uỷ đã quán triệt Kết luận số 114-KL/TW"
    apart = unicodedata.normalize("NFD", text)
    assert [unicodedata.normalize("NFC", w) for w in words(apart)] == words(text)


def test_half_of_a_utf_16_pair_stops_nothing() -> None:
    text = "Đối thoại \ud83d với dân"
    assert "với" in [text[a:b] for a, b in tokenize_words([text])[0]]
