"""What the reader of the printed page sees of a Word file."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from danvan_nlp.reading.reading import Reading
from danvan_nlp.reading.word import read_docx

from .make_formats import as_docx, sample

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SPACES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def read(body: str, **parts: str) -> Reading:
    """Read a document of a body and other parts by their kind (``styles``, ``numbering``, ``footnotes`` …)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>")
        relations = "".join(f'<Relationship Id="{kind}" Type="{_KINDS}/{kind}" Target="{kind}.xml"/>' for kind in parts)
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>',
        )
        for kind, content in parts.items():
            archive.writestr(f"word/{kind}.xml", f"<w:{kind} {_SPACES}>{content}</w:{kind}>")
    return read_docx(buffer.getvalue())


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def lines(reading: Reading) -> list[str]:
    return [line for line in reading.text.split("\n") if line]


def test_tracked_insertions_are_in_and_deletions_are_out() -> None:
    body = (
        f"<w:p>{r('Có ')}<w:ins>{r('12')}</w:ins><w:del><w:r><w:delText>14</w:delText></w:r></w:del>"
        f"<w:moveFrom>{r(' cũ')}</w:moveFrom><w:moveTo>{r(' xã')}</w:moveTo></w:p>"
    )
    assert lines(read(body)) == ["Có 12 xã"]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    body = p("Công tác ", "<w:rPr><w:del/></w:rPr>") + p("dân vận.")
    assert lines(read(body)) == ["Công tác dân vận."]


def test_a_deleted_paragraph_end_before_a_table_loses_nothing() -> None:
    table = f"<w:tbl><w:tr><w:tc>{p('Năm')}</w:tc><w:tc>{p('2015')}</w:tc></w:tr></w:tbl>"
    body = p("Kết quả", "<w:rPr><w:del/></w:rPr>") + table + p("Hết", "<w:rPr><w:del/></w:rPr>")
    assert lines(read(body)) == ["Kết quả", "Năm\t2015", "Hết"]


def test_notes_that_cite_each_other_end() -> None:
    def cite(number: int) -> str:
        return f"<w:r><w:footnoteReference w:id='{number}'/></w:r>" * 2

    notes = "".join(f"<w:footnote w:id='{i}'><w:p>{r('n')}{cite((i + 1) % 60)}</w:p></w:footnote>" for i in range(60))
    assert lines(read(f"<w:p>{r('Một')}{cite(0)}</w:p>", footnotes=notes))[0] == "Một¹²"


def test_a_deleted_row_is_out_and_an_inserted_one_in() -> None:
    rows = "".join(
        f"<w:tr><w:trPr>{change}</w:trPr><w:tc>{p(a)}</w:tc><w:tc>{p(b)}</w:tc></w:tr>"
        for a, b, change in (("Năm", "Số cuộc", ""), ("2015", "14", "<w:del/>"), ("2016", "17", "<w:ins/>"))
    )
    assert lines(read(f"<w:tbl>{rows}</w:tbl>")) == ["Năm\tSố cuộc", "2016\t17"]


def test_hidden_text_is_out_and_capitals_are_shown() -> None:
    body = f"<w:p>{r('ẩn ', '<w:vanish/>')}{r('báo cáo', '<w:caps/>')}</w:p>"
    assert lines(read(body)) == ["BÁO CÁO"]


def test_content_controls_links_and_fields_keep_their_text() -> None:
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>REF a \\h</w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{r('mục 2')}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    control = f"<w:sdt><w:sdtContent>{r('Số ')}</w:sdtContent></w:sdt>"
    inline = f"<w:p>{control}<w:hyperlink>{r('12')}</w:hyperlink>{r(', ')}{field}</w:p>"
    block = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Trong khối.')}</w:sdtContent></w:sdt>"
    assert lines(read(inline + block)) == ["Số 12, mục 2", "Trong khối."]


def test_text_boxes_are_read_once_behind_their_paragraph() -> None:
    box = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{p('MẬT')}</w:txbxContent>"
        f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{p('MẬT')}</w:txbxContent>"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert lines(read(f"<w:p>{r('Huyện')}<w:r>{box}</w:r></w:p>")) == ["Huyện", "MẬT"]


def test_notes_stand_behind_the_paragraph_that_cites_them() -> None:
    cite = "<w:r><w:footnoteReference w:id='7'/></w:r>"
    end = "<w:r><w:endnoteReference w:id='2'/></w:r>"
    body = f"<w:p>{r('Đã tiếp 12 lượt')}{cite}{r('.')}</w:p>" + f"<w:p>{r('Hết')}{end}{r('.')}</w:p>"
    reading = read(
        body,
        footnotes=(
            f"<w:footnote w:type='separator' w:id='0'>{p('x')}</w:footnote>"
            f"<w:footnote w:id='7'>{p('Năm 2019.')}</w:footnote>"
        ),
        endnotes=f"<w:endnote w:id='2'>{p('Nguồn: Sở.')}</w:endnote>",
    )
    assert lines(reading) == ["Đã tiếp 12 lượt¹.", "¹ Năm 2019.", "Hết¹.", "¹ Nguồn: Sở."]


def test_headers_and_footers_stand_apart() -> None:
    reading = read(p("Văn bản."), header=p("MẬT"), footer=p("Trang 1"))
    assert reading.text == "Văn bản.\n"
    assert sorted(reading.margins) == ["MẬT", "Trang 1"]


def test_merged_cells_leave_empty_places() -> None:
    def cell(text: str, about: str = "") -> str:
        return f"<w:tc><w:tcPr>{about}</w:tcPr>{p(text)}</w:tc>"

    wide, first, rest = "<w:gridSpan w:val='2'/>", "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
    rows = (
        f"<w:tr>{cell('Cấp', first)}{cell('Số vụ', wide)}</w:tr>"
        f"<w:tr>{cell('', rest)}{cell('2019')}{cell('2020')}</w:tr>"
        f"<w:tr>{cell('Xã')}{cell('3')}{cell('4')}</w:tr>"
    )
    assert lines(read(f"<w:tbl>{rows}</w:tbl>")) == ["Cấp\tSố vụ\t", "\t2019\t2020", "Xã\t3\t4"]


_NUMBERING = """
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/>
  <w:pStyle w:val="Muc"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2."/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
 <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="1"/>
 <w:lvlOverride w:ilvl="2"><w:startOverride w:val="3"/></w:lvlOverride></w:num>
"""


def listed(text: str, depth: int, number: int = 5) -> str:
    return p(text, f"<w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{number}'/></w:numPr>")


def test_automatic_numbers_are_written_as_they_are_printed() -> None:
    body = "".join(
        (listed("MỘT", 0), listed("Một", 1), listed("a", 2), listed("b", 2), listed("Hai", 1), listed("a", 2),
         listed("HAI", 0), listed("Một", 1), listed("chấm", 3), listed("c", 2, 6))
    )  # fmt: skip
    assert lines(read(body, numbering=_NUMBERING)) == [
        "I. MỘT", "1.1. Một", "a) a", "b) b", "1.2. Hai", "a) a", "II. HAI", "2.1. Một", "• chấm", "c) c",
    ]  # fmt: skip


def test_a_style_may_carry_the_number_and_a_paragraph_may_refuse_it() -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='Muc'><w:name w:val='heading 1'/>"
        "<w:pPr><w:numPr><w:numId w:val='5'/></w:numPr></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='Con'><w:basedOn w:val='Muc'/></w:style>"
    )
    body = (
        p("MỘT", "<w:pStyle w:val='Muc'/>")
        + p("HAI", "<w:pStyle w:val='Con'/>")
        + p("không số", "<w:pStyle w:val='Muc'/><w:numPr><w:numId w:val='0'/></w:numPr>")
    )
    reading = read(body, numbering=_NUMBERING, styles=styles)
    assert lines(reading) == ["I. MỘT", "II. HAI", "không số"]
    assert [(reading.text[a:b], depth) for a, b, depth in reading.headings] == [
        ("I. MỘT", 1), ("II. HAI", 1), ("không số", 1),
    ]  # fmt: skip


def test_styles_that_are_based_on_each_other_end() -> None:
    styles = "".join(
        f"<w:style w:type='paragraph' w:styleId='{a}'><w:basedOn w:val='{b}'/></w:style>" for a, b in ("AB", "BA")
    )
    assert lines(read(p("Số 12", "<w:pStyle w:val='A'/>"), styles=styles)) == ["Số 12"]


@pytest.mark.parametrize(
    ("font", "typed", "shown"),
    [
        (".VnTime", "C«ng t¸c d©n vËn", "Công tác dân vận"),
        (".VnTimeH", "b¸o c¸o", "BÁO CÁO"),
        ("VNI-Times", "Coâng taùc daân vaän", "Công tác dân vận"),
        (".VnTime", "Đã gõ bằng Unicode", "Đã gõ bằng Unicode"),
        ("Times New Roman", "Là où", "Là où"),
    ],
)
def test_old_fonts_are_converted_run_by_run(font: str, typed: str, shown: str) -> None:
    fonts = f"<w:rFonts w:ascii='{font}' w:hAnsi='{font}'/>"
    half = len(typed) // 2
    body = f"<w:p>{r(typed[:half], fonts)}{r(typed[half:], fonts)}{r(' (Unicode: vận)')}</w:p>"
    reading = read(body)
    assert lines(reading) == [f"{shown} (Unicode: vận)"]
    assert bool(reading.repairs) == (typed != shown)


def test_raised_figures_are_superscripts() -> None:
    raised = "<w:vertAlign w:val='superscript'/>"
    assert lines(read(f"<w:p>{r('9.690 km')}{r('2', raised)}</w:p>")) == ["9.690 km²"]


def test_no_word_is_lost_that_docx2python_finds() -> None:
    docx2python = pytest.importorskip("docx2python").docx2python
    data = as_docx(sample())
    with docx2python(io.BytesIO(data)) as other:
        theirs = set(re.findall(r"[^\W_]+", other.text))
    ours = set(re.findall(r"[^\W_]+", read_docx(data).text))
    assert not {word for word in theirs - ours if not word.startswith(("footnote", "image", "media"))}


def test_what_stands_in_charts_and_comments_is_said_to_be_left_out() -> None:
    reading = read(p("Số 12"), comments=f"<w:comment>{p('xem lại')}</w:comment>" * 2, chart="", diagramData="")
    assert lines(reading) == ["Số 12"]
    assert [notice.error for notice in reading.notices] == ["left_out"]
    assert reading.notices[0].message.startswith("2 comments, 1 charts, 1 diagrams are not read;")
    assert read(p("Số 12")).notices == ()
