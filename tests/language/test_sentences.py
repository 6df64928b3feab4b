from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_nlp import data
from danvan_nlp.language.sentences import split_sentences


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Đã tiếp 12 lượt. Đã xong.", ["Đã tiếp 12 lượt.", "Đã xong."]),
        ("1. Huyện tiếp 1.737 lượt. Xã tiếp 0,5%.", ["1. Huyện tiếp 1.737 lượt.", "Xã tiếp 0,5%."]),
        ("Ở TP. Hoà Lâm có P. Hải Đông.", ["Ở TP. Hoà Lâm có P. Hải Đông."]),
        ("Loa, đài, v.v. Kết quả tốt.", ["Loa, đài, v.v.", "Kết quả tốt."]),
        ("Loa, đài, v.v... được dùng.", ["Loa, đài, v.v... được dùng."]),
        ("Nắm dân, sát dân... Qua đó, tốt hơn.", ["Nắm dân, sát dân...", "Qua đó, tốt hơn."]),
        ("Nắm dân… và sát dân.", ["Nắm dân… và sát dân."]),
        ("Tiếp xúc cử tri...Phát huy dân chủ.", ["Tiếp xúc cử tri...", "Phát huy dân chủ."]),
        ("Phương châm “Dân biết. Dân bàn” đã rõ. Dân tin.", ["Phương châm “Dân biết. Dân bàn” đã rõ.", "Dân tin."]),
        ("Nói “dễ mười lần không dân cũng chịu.” Dân tin.", ["Nói “dễ mười lần không dân cũng chịu.”", "Dân tin."]),
        ("Quán triệt trong quý I. Giám đốc Sở ký.", ["Quán triệt trong quý I.", "Giám đốc Sở ký."]),
        ("Kết luận 114-KL/TW. 100% xã đã học.", ["Kết luận 114-KL/TW.", "100% xã đã học."]),
        ("- Số đoàn ....... 5 đoàn", ["- Số đoàn ....... 5 đoàn"]),
        ("Đạt chỉ tiêu¹. Còn lại chậm².", ["Đạt chỉ tiêu¹.", "Còn lại chậm²."]),
        ("T/M BAN THƯỜNG VỤ", ["T/M BAN THƯỜNG VỤ"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


@given(st.text(max_size=200))
def test_no_character_but_blanks_is_lost_and_none_is_given_twice(text: str) -> None:
    spans = split_sentences(text)
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in zip(spans, spans[1:], strict=False))
    outside = set(range(len(text))) - {i for a, b in spans for i in range(a, b)}
    assert all(text[i].isspace() for i in outside)


@pytest.mark.parametrize("row", data.toml("sentences")["abbreviation"], ids=lambda row: row["example"])
def test_a_full_stop_after_an_abbreviation_ends_no_sentence(row: dict[str, Any]) -> None:
    assert cut(row["example"]) == [row["example"]]
    assert any(f"{word}. " in row["example"].lower() for word in row["words"])
    for word in row["words"]:
        assert len(cut(f"Có {word.upper()}. Hoà Lâm dự.")) == 1, word
