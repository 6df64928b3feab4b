"""One annotated report of the corpus written in the formats that offices use, as their programs lay them out."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from danvan_nlp.annotated import AnnotatedReport, read_annotated

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "corpora" / "annotated" / "tinh-uy-thach-linh-2020-ket-luan-114.txt"
_MARK = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹]+")
_DIGITS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
_SECTION = re.compile(r"\n\s*(?:I|II|III|1)\b")


@dataclass
class Piece:
    """A paragraph, a table, the letterhead or the signature block of the report."""

    kind: str
    lines: list[str] = field(default_factory=list)


@dataclass
class Laid:
    """The report as pieces in order, and its footnotes by number."""

    pieces: list[Piece]
    notes: dict[str, list[str]]


def sample() -> AnnotatedReport:
    return read_annotated(SAMPLE)


def lay_out(report: AnnotatedReport) -> Laid:
    """Cut an annotated report into what a typist would make of it."""
    roles = {unit.start: unit.role for unit in report.units}
    laid = Laid([], {})
    at, note = 0, ""
    seen_title = closing = False
    for line in report.text.split("\n"):
        role = roles.get(at, "")
        at += len(line) + 1
        last = laid.pieces[-1] if laid.pieces else Piece("")
        if not line.strip():
            continue
        if role == "footnote":
            if found := _MARK.match(line):
                note = found[0].translate(_DIGITS)
            laid.notes.setdefault(note or "1", []).append(line[found.end() :].strip() if found else line)
            continue
        seen_title = seen_title or role == "heading"
        closing = closing or line.startswith("Nơi nhận")
        if role == "heading" and closing:
            closing = False
        kind = role
        if role == "admin":
            kind = "closing" if closing else "letterhead" if not seen_title else "admin"
        if role == "table" and "\t" not in line:
            kind = "list"
        if kind in ("table", "letterhead", "closing") and last.kind == kind:
            last.lines.append(line)
        else:
            laid.pieces.append(Piece(kind, [line]))
    return laid


def columns(piece: Piece) -> tuple[list[str], list[str]]:
    """Letterhead or signature block as its left and right cell."""
    left: list[str] = []
    right: list[str] = []
    for line in piece.lines:
        one, _, two = line.partition("\t")
        if piece.kind == "closing" and (right or line.startswith(("T/M", "TM.", "KT"))):
            right.append(line)
        else:
            left.append(one)
            if two:
                right.append(two)
    return left, right


def as_docx(report: AnnotatedReport) -> bytes:
    """A docx with a letterhead table, real footnotes, bullets by numbering, heading styles, headers and footers."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    laid = lay_out(report)
    document = docx.Document()
    _set_page(document)
    bullets = _bullet_list(document)
    centre = True
    for piece in laid.pieces:
        if piece.kind in ("letterhead", "closing"):
            table = document.add_table(1, 2)
            for cell, lines in zip(table.rows[0].cells, columns(piece), strict=True):
                cell.text = lines[0] if lines else ""
                for line in lines[1:]:
                    cell.add_paragraph(line)
                for paragraph in cell.paragraphs:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if piece.kind == "letterhead" else None
                    paragraph.paragraph_format.first_line_indent = 0
        elif piece.kind == "table":
            rows = [line.split("\t") for line in piece.lines]
            table = document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=False):
                    cell.text = text
                    cell.paragraphs[0].paragraph_format.first_line_indent = 0
        else:
            line = piece.lines[0]
            dashed = line.startswith("- ") and piece.kind == "sentence"
            paragraph = document.add_paragraph()
            _write_runs(paragraph, line[2:] if dashed else line)
            centre = (centre or line.startswith("PHỤ LỤC")) and not re.match(r"\d|-|[IVX]+-", line)
            centre = centre and piece.kind != "sentence"
            if line.startswith("PHỤ LỤC"):
                paragraph.paragraph_format.page_break_before = True
            if piece.kind == "heading" or centre:
                for run in paragraph.runs:
                    run.bold = True
                if centre:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                    paragraph.paragraph_format.first_line_indent = 0
            if dashed:
                bullets(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_footnotes(buffer.getvalue(), laid.notes)


def _set_page(document: Any) -> None:
    """Type area, indents and page numbers as the rules for administrative documents ask."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin = Cm(3), Cm(2), Cm(2)
    usual = document.styles["Normal"]
    usual.font.name, usual.font.size = "DejaVu Serif", Pt(12)
    usual.paragraph_format.first_line_indent = Cm(1.27)
    usual.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    usual.paragraph_format.space_after = Pt(6)
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def _write_runs(paragraph: Any, line: str) -> None:
    """The line cut into runs as Word cuts it, footnote marks as references."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    at = 0
    for mark in [*_MARK.finditer(line), None]:
        stretch = line[at : mark.start() if mark else len(line)]
        for i in range(0, len(stretch), 23):
            paragraph.add_run(stretch[i : i + 23])
        if mark:
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), mark[0].translate(_DIGITS))
            run = paragraph.add_run()
            run.font.superscript = True
            run._r.append(reference)
            at = mark.end()


def _bullet_list(document: Any) -> Any:
    """A list numbered with dashes, and the function that puts a paragraph into it."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    numbering = document.part.numbering_part.element
    abstract = (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>'
    )
    numbering.insert(0, parse_xml(abstract))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))

    def put(paragraph: Any) -> None:
        properties = paragraph._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>'))

    return put


def _footnote(number: str, lines: list[str]) -> str:
    paragraphs = []
    for i, line in enumerate(lines):
        mark = "<w:footnoteRef/>" if i == 0 else ""
        paragraphs.append(
            "<w:p><w:pPr><w:ind w:firstLine='0'/></w:pPr>"
            f"<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>{mark}</w:r>"
            f"<w:r><w:rPr><w:sz w:val='20'/></w:rPr><w:t xml:space='preserve'> {html.escape(line)}</w:t></w:r></w:p>"
        )
    return f'<w:footnote w:id="{number}">{"".join(paragraphs)}</w:footnote>'


def _with_footnotes(data: bytes, notes: dict[str, list[str]]) -> bytes:
    """The docx with a footnotes part, which python-docx cannot make."""
    import zipfile

    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    body = '<w:footnote w:type="separator" w:id="-1"/>' + "".join(_footnote(*note) for note in notes.items())
    part = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{name}" xmlns:r="{links}">{body}</w:footnotes>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "word/_rels/document.xml.rels":
                relation = f'<Relationship Id="rIdNotes" Type="{kind}" Target="footnotes.xml"/></Relationships>'
                content = content.replace(b"</Relationships>", relation.encode())
            if info.filename == "[Content_Types].xml":
                override = (
                    '<Override PartName="/word/footnotes.xml" ContentType='
                    '"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>'
                )
                content = content.replace(b"</Types>", override.encode())
            new.writestr(info, content)
        new.writestr("word/footnotes.xml", part)
    return made.getvalue()


def as_html(report: AnnotatedReport) -> bytes:
    """A web page of a provincial portal: navigation around the report, tables, superscript marks."""
    laid = lay_out(report)
    out = [
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Cổng</title><style>p{color:red}</style></head>",
        "<body><nav><a href='/'>Trang chủ</a> <a href='/tin'>Tin tức</a></nav><div class='content'>",
    ]
    for piece in laid.pieces:
        if piece.kind in ("letterhead", "closing"):
            left, right = columns(piece)
            cells = ("".join(f"<p>{html.escape(line)}</p>" for line in cell) for cell in (left, right))
            out.append("<table><tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr></table>")
        elif piece.kind == "table":
            rows = ("".join(f"<td>{html.escape(c)}</td>" for c in line.split("\t")) for line in piece.lines)
            out.append("<table border=1>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            line = _MARK.sub(lambda m: f"<sup>{m[0].translate(_DIGITS)}</sup>", html.escape(piece.lines[0]))
            out.append(f"<p><b>{line}</b></p>" if piece.kind == "heading" else f"<p>{line}</p>")
    for number, lines in laid.notes.items():
        out.append(f"<p><sup>{number}</sup> {html.escape(lines[0])}</p>")
        out.extend(f"<p>{html.escape(line)}</p>" for line in lines[1:])
    out.append("</div><footer>Bản quyền thuộc về Cổng thông tin</footer></body></html>")
    return "\n".join(out).encode()


def as_pdf(report: AnnotatedReport) -> bytes:
    """A PDF with running page numbers, a letterhead in two columns, footnotes at the foot and ruled tables."""
    from .typeset import Typesetter

    laid = lay_out(report)
    page = Typesetter(laid.notes)
    centred = True
    for piece in laid.pieces:
        line = piece.lines[0]
        if piece.kind in ("letterhead", "closing"):
            page.columns(*columns(piece))
        elif piece.kind == "table":
            page.table([line.split("\t") for line in piece.lines])
        else:
            if line.startswith("PHỤ LỤC"):
                page.turn()
                centred = True
            centred = centred and piece.kind != "sentence" and not re.match(r"\d|-|[IVX]+-", line)
            page.paragraph(line, centred=centred)
    return page.finish()


def as_scan(pdf: bytes, dpi: int = 200) -> bytes:
    """The pages of a PDF as pictures."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    buffer = io.BytesIO()
    pictures[0].save(buffer, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi)
    return buffer.getvalue()


def as_office(form: str) -> bytes:
    """A short report as LibreOffice writes it."""
    import tempfile

    import docx

    document = docx.Document()
    for line in sample().text.split("\n")[:40]:
        document.add_paragraph(line)
    table = document.add_table(3, 3, style="Table Grid")
    table.cell(0, 0).text = "Năm"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.docx")
        document.save(str(path))
        convert_with_office(path, form)
        return path.with_suffix(f".{form}").read_bytes()


def convert_with_office(path: Path, form: str) -> None:
    """Write a file in another format beside it, by LibreOffice."""
    import subprocess

    from danvan_nlp.reading.office import find_office

    program = find_office()
    assert program is not None
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def as_pictures(report: AnnotatedReport, dpi: int = 100) -> list[bytes]:
    """The first two pages as a JPEG held on its side, a PNG, and a TIFF of both."""
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(as_pdf(report))
    first, second = (document[i].render(scale=dpi / 72, grayscale=True).to_pil() for i in (1, 2))
    held = Image.Exif()
    held[0x0112] = 6
    made = [io.BytesIO() for _ in range(3)]
    first.rotate(90, expand=True).save(made[0], "JPEG", quality=85, exif=held)
    first.save(made[1], "PNG")
    first.save(made[2], "TIFF", save_all=True, append_images=[second], compression="tiff_lzw")
    return [buffer.getvalue() for buffer in made]


def as_zip(report: AnnotatedReport) -> bytes:
    """An archive of the report as text, page and Word file, in folders."""
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("2020/report.txt", report.text)
        archive.writestr("2020/page.html", as_html(report))
        archive.writestr("2021/report.docx", as_docx(report))
    return buffer.getvalue()
