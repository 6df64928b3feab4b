import hashlib

from danvan_nlp.structure import parse
from danvan_nlp.themes import contexts
from danvan_nlp.types import Header, Report, Section, Source, Unit

TEXT = "I. KẾT QUẢ\n1. Tiếp dân\nTheo Quy định 11-QĐi/TW, đã tiếp 9 lượt¹.\nII. NHIỆM VỤ\n¹ Có 2 lượt đột xuất.\n? Lẻ."


def source(text):
    return Source(text, "txt", hashlib.sha256(text.encode()).hexdigest())


def report():
    """A report built by hand: two sections, a sentence, its footnote, and a footnote whose mark is lost."""
    lines, at, spans = TEXT.split("\n"), 0, []
    for line in lines:
        spans.append((at, at + len(line)))
        at += len(line) + 1
    sections = (
        Section(parent=None, depth=1, marker="I", title="KẾT QUẢ", start=0, end=spans[2][1]),
        Section(parent=0, depth=2, marker="1", title="Tiếp dân", start=spans[1][0], end=spans[2][1]),
        Section(parent=None, depth=1, marker="II", title="NHIỆM VỤ", start=spans[3][0], end=len(TEXT)),
    )
    roles = ("heading", "heading", "sentence", "heading", "footnote", "footnote")
    places, anchors = (0, 1, 1, 2, 2, 2), (None, None, None, None, 2, None)
    units = tuple(
        Unit(start=a, end=b, role=role, section=place, anchor=anchor)
        for (a, b), role, place, anchor in zip(spans, roles, places, anchors, strict=True)
    )
    return Report(source(TEXT), Header(), sections, units)


def test_sentences_and_footnotes_are_given_with_their_place():
    indexes, sentences = contexts(report())
    assert indexes == [2, 4, 5]
    assert sentences[0].text == TEXT.split("\n")[2]


def test_a_footnote_has_the_headings_of_the_sentence_that_bears_its_mark():
    _, (sentence, footnote, lost) = contexts(report())
    assert sentence.headings == footnote.headings == ("KẾT QUẢ", "Tiếp dân")
    assert lost.headings == ()


def test_a_parsed_report_gives_contexts():
    text = "BÁO CÁO\nCông tác dân vận năm 2020\n\nI. KẾT QUẢ\n\nHuyện đã mở 5 lớp tập huấn cho cán bộ.\n"
    _, sentences = contexts(parse(source(text)))
    assert [sentence.text for sentence in sentences] == ["Huyện đã mở 5 lớp tập huấn cho cán bộ."]
