"""Properties of finding mentions that hold for any text."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan_nlp.references import find
from danvan_nlp.types import Unit

FORMS = [
    "Kết luận số 114-KL/TW, ngày 14/7/2015 của Ban Bí thư (khóa XI) về nâng cao hiệu quả công tác dân vận",
    "Quyết định số 217-QĐ/TW, 218-QĐ/TW và 219-QĐ/TW, ngày 12/12/2013 của Bộ Chính trị",
    "khoản 2 Điều 6 Nghị định số 04/2015/NĐ-CP",
    "Nghị quyết Trung ương 4 khóa XI, XII",
    "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XV",
    "Luật Tiếp công dân năm 2013, Luật Khiếu nại, Tố cáo",
    "Chỉ thị số 16/CT-TTg (sau đây gọi tắt là Chỉ thị 16)",
    "Quy chế hoà giải kèm theo Quyết định số 2305-QĐ/TU, ngày 13/8/2019",
]
citing = st.lists(st.sampled_from(FORMS), min_size=1, max_size=4).map("; ".join)
anything = st.text(max_size=200)
relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def facts(text: str) -> list[tuple[object, ...]]:
    return [
        (m.kind, m.type, m.number, m.symbol, m.year, m.date, m.issuer, m.term, m.title, m.part, m.name, m.alias_of)
        for m in find(text)
    ]


@relaxed
@given(st.one_of(anything, st.tuples(anything, citing, anything).map("".join)))
def test_mentions_are_in_order_apart_and_inside_the_text(text):
    found = find(text)
    ends = 0
    for index, mention in enumerate(found):
        assert ends <= mention.start < mention.end <= len(text)
        assert mention.alias_of is None or 0 <= mention.alias_of < index or found[mention.alias_of].kind == "self"
        ends = mention.end


@relaxed
@given(citing)
def test_decomposed_text_says_the_same_as_composed_text(text):
    assert facts(unicodedata.normalize("NFD", text)) == facts(unicodedata.normalize("NFC", text))


@relaxed
@given(citing)
def test_surfaces_of_decomposed_text_are_those_of_composed_text(text):
    decomposed = unicodedata.normalize("NFD", text)
    surfaces = [unicodedata.normalize("NFC", decomposed[m.start : m.end]) for m in find(decomposed)]
    assert surfaces == [text[m.start : m.end] for m in find(text)]


@relaxed
@given(anything, st.sampled_from(FORMS), anything)
def test_other_text_in_other_paragraphs_changes_nothing(before, form, after):
    alone = [form[m.start : m.end] for m in find(form)]
    text = f"{before}\n\n{form}.\n\n{after}"
    start = len(before) + 2
    inside = [text[m.start : m.end] for m in find(text) if start <= m.start and m.end <= start + len(form)]
    assert [surface for surface in inside if surface in alone] == alone


signs = st.text(st.characters(categories=["So", "Sm", "Sc", "Lo"]), max_size=20)


@relaxed
@given(signs, st.sampled_from([form for form in FORMS if "Luật" not in form]), signs)
def test_other_signs_in_the_same_sentence_change_nothing(before, form, after):
    text = f"{before} {form} {after}"
    start = len(before) + 1
    assert [(m.start - start, m.end - start, m.number, m.symbol) for m in find(text)] == [
        (m.start, m.end, m.number, m.symbol) for m in find(form)
    ]


@relaxed
@given(citing, st.integers(min_value=1, max_value=60))
def test_no_mention_crosses_the_end_of_a_unit(text, cut):
    cut = min(cut, len(text) - 1)
    units = [Unit(start=0, end=cut, role="sentence"), Unit(start=cut, end=len(text), role="sentence")]
    assert all(m.end <= cut or m.start >= cut for m in find(text, units))


def steps(text: str) -> int:
    """Function calls made while finding mentions: a measure of work that no clock disturbs."""
    count = 0

    def count_call(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(count_call)
    try:
        find(text)
    finally:
        sys.setprofile(None)
    return count


PARAGRAPH = "Thực hiện {}, cấp ủy đã chỉ đạo 12 đơn vị, 1.276 lượt người tham gia.\n"
DENSE = [
    *FORMS,
    "Kết luận số 114-KL/TW, ",
    "114-KL/TW; ",
    "Nghị quyết 18, ",
    "(sau đây gọi tắt là ",
    "số 1 2 3 ",
    "“",
    "Luật ",
    "Kế hoạch số 1\t",
    "Số 12-KH/TU\t",
    "Kế hoạch số 12-KH/TU | ",
    "Kế hoạch số 12-KH/TU về “",
    "Nghị quyết này, ",
    "Kế hoạch kèm theo Quyết định số 1-QĐ/TU, ",
    "Điều 5, khoản 2 ",
    "UBND tỉnh đã ban hành ",
    "Ngày 1/2/2019, UBND xã ban hành Kế hoạch số 1/KH-UBND, ",
    "Luật Khiếu nại được Quốc hội ",
    "Quyết định số 1-QĐ/TU cùng ngày 1/2/2019 ",
    "quyết định 12, ",
    "kế hoạch này ",
    "THỰC HIỆN CHỈ THỊ ",
]


@pytest.mark.parametrize("form", DENSE)
@pytest.mark.parametrize("shape", ["paragraphs", "one line"])
def test_work_grows_with_the_length_of_the_text_alone(form, shape):
    piece = PARAGRAPH.format(form) if shape == "paragraphs" else form + " "
    find(piece * 2)
    once, four_times = steps(piece * 100), steps(piece * 400)
    assert four_times < 4.4 * once + 400


@pytest.mark.parametrize(
    "piece", ["Kết luận ", "A-", "1/", "(", "của ", "Ban ", "Đại hội ", "khóa X, ", "12-A/", "và ", "\n", "* "]
)
def test_no_pattern_runs_away_on_repetition(piece):
    text = "Kết luận số 114-KL/TW của Ban " + piece * 20000
    assert find(text)


def test_a_blank_text_has_no_mentions():
    assert find("") == []
    assert find(" \n\t ") == []
    assert find("", []) == []


def test_offsets_count_code_points():
    text = "🇻🇳 𝒳 Kết luận số 114-KL/TW"
    [mention] = find(text)
    assert re.fullmatch("Kết luận số 114-KL/TW", text[mention.start : mention.end])
