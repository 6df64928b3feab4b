import re
from html import unescape
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_nlp import annotate, load

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


def test_a_document_that_nobody_knows_is_called_by_what_the_text_says_of_it() -> None:
    page = annotate("Quyết định số 15/2019/QĐ-UBND ngày 02/5/2019 của UBND tỉnh Cao Bằng về tiếp công dân")
    assert 'title="Quyết định 15/2019/QĐ-UBND: tiếp công dân"' in page


def test_a_document_of_the_user_s_own_is_known_by_its_title(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("type,title,number,symbol,scope,date\nkế hoạch,về dân vận,901,KH/TU,cao-bang,2016-05-04", "utf-8")
    text = "Theo Kế hoạch số 901-KH/TU của Tỉnh ủy Cao Bằng"
    assert "Kế hoạch 901-KH/TU (2016): về dân vận" in annotate(text, registry=own)
    doc = load(registry=own)(text)
    (span,) = doc.spans["references"]
    assert span._.target == "901-KH/TU@cao-bang@2016"
