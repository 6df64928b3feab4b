import re
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_nlp import annotate

_TAG = re.compile(r"</?(?:a|span)(?: [^>]*)?>")


def bare(page: str) -> str:
    return unescape(_TAG.sub("", page))


def test_each_reference_is_an_element_with_its_target() -> None:
    page = annotate("Quyết định số 217-QĐ/TW, 218-QĐ/TW ngày 12/12/2013 của Bộ Chính trị")
    assert re.findall('data-target="([^"]+)"', page) == ["217-QĐ/TW@TW@2013", "218-QĐ/TW@TW@2013"]


def test_text_and_addresses_are_escaped() -> None:
    page = annotate('<script>"Kết luận 114-KL/TW"</script>', link=lambda mention, found: '"><script>')
    assert "<script>" not in page
    assert bare(page) == '<script>"Kết luận 114-KL/TW"</script>'


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(st.just("Kết luận 114-KL/TW "), st.text(max_size=20)), max_size=6).map("".join))
def test_without_its_tags_the_page_reads_as_the_text(text: str) -> None:
    assert bare(annotate(text)) == text
