"""Files that are damaged, locked or made to harm end in a ReadingError within the stated limits."""

from __future__ import annotations

import contextlib
import io
import socket
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading import find_inputs, read_source
from danvan_nlp.reading.files import read_bytes
from danvan_nlp.reading.formats import SUFFIXES, detect

from .make_formats import as_docx, as_html, as_pdf, sample

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SECONDS = 20.0


def packed(members: dict[str, bytes | str], store: bool = False) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED if store else zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word(body: str, before: str = "", **parts: str) -> bytes:
    document = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return packed({"word/document.xml": document, **{f"word/{name}.xml": part for name, part in parts.items()}})


def code_of(path: Path) -> str:
    start = time.monotonic()
    with pytest.raises(ReadingError) as raised:
        read_source(path)
    assert time.monotonic() - start < _SECONDS
    message = str(raised.value)
    assert ";" in message or "install" in message or "save" in message, message
    return raised.value.code


def text_or_code(path: Path) -> str:
    start = time.monotonic()
    try:
        outcome = read_source(path).text.strip()
    except ReadingError as error:
        outcome = error.code
    assert time.monotonic() - start < _SECONDS
    return outcome


def zip_bomb() -> bytes:
    return packed({"word/document.xml": b"<" + b" " * (200 * 2**20)})


def nested(depth: int) -> bytes:
    return word("<w:p>" * depth + "</w:p>" * depth)


def wide_tables() -> bytes:
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='64'/></w:tcPr></w:tc>"
    return word("<w:tbl>" + f"<w:tr>{cell * 100}</w:tr>" * 1_000 + "</w:tbl>")


def entities() -> bytes:
    lines = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    return word("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", f'<!DOCTYPE w [<!ENTITY a0 "x">{lines}]>')


def external_entity() -> bytes:
    return word("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


@pytest.mark.parametrize(
    ("make", "codes"),
    [
        (zip_bomb, {"too_large"}),
        (lambda: nested(10**6), {"too_deep", "damaged"}),
        (entities, {"unsafe_xml"}),
        (external_entity, {"unsafe_xml"}),
        (lambda: word("<w:p><w:r><w:t>a</w:r></w:p>"), {"damaged"}),
        (lambda: word(""), {"no_text"}),
        (lambda: packed({"word/document2.xml": "x"}), {"damaged"}),
        (lambda: packed({f"word/document{i}.xml": "" for i in range(20_001)}), {"too_large"}),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), {"encrypted"}),
        (wide_tables, {"no_text"}),
        (lambda: word("<a/>" * 3_100_000), {"too_large"}),
    ],
    ids=[
        "bomb",
        "nested",
        "entities",
        "external entity",
        "ill-formed",
        "empty",
        "no document",
        "members",
        "locked",
        "cells",
        "tags",
    ],
)
def test_hostile_word_files(tmp_path: Path, make: Callable[[], bytes], codes: set[str]) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(make())
    assert code_of(path) in codes


def wide_page() -> bytes:
    row = "<tr>" + "<td>9</td>" * 1_500 + "</tr>"
    return f"<p>I. KẾT QUẢ</p><table>{row * 2}</table><table><tr><td>a<td>b</table><p>Hết.</p>".encode()


def wide_word() -> bytes:
    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    row = "<w:tr>" + f"<w:tc>{paragraph('9')}</w:tc>" * 1_500 + "</w:tr>"
    small = f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
    return word(f"{paragraph('I. KẾT QUẢ')}<w:tbl>{row * 2}</w:tbl>{small}{paragraph('Hết.')}")


@pytest.mark.parametrize(("form", "make"), [("docx", wide_word), ("html", wide_page)])
def test_what_a_table_has_too_much_of_is_left_out_and_told(form: str, make: Callable[[], bytes]) -> None:
    start = time.monotonic()
    read = read_bytes(make(), form)
    assert time.monotonic() - start < _SECONDS
    row = "\t".join("9" * 1_000)
    assert read.text == f"I. KẾT QUẢ\n\n{row}\n{row}\n\na\tb\n\nHết.\n"
    (notice,) = read.notices
    assert notice.error == "table_too_large"
    assert "more than 1,000 columns" in notice.message


def test_the_cells_of_all_tables_of_a_page_are_counted() -> None:
    table = "<table>" + f"<tr>{'<td colspan=100>9</td>' * 5}</tr>" * 300 + "</table>"
    read = read_bytes(f"<p>Số 12{table * 9}<p>Hết.".encode(), "html")
    assert read.text.count("9") == 5 * (6 * 300 + 200)
    assert read.text.endswith("Hết.\n")
    assert [notice.error for notice in read.notices] == ["table_too_large"]


def test_a_truncated_word_file_is_damaged(tmp_path: Path) -> None:
    data = as_docx(sample())
    path = tmp_path / "report.docx"
    for share in (0.1, 0.5, 0.9, 0.999):
        path.write_bytes(data[: int(len(data) * share)])
        assert code_of(path) == "damaged"


def test_a_table_inside_a_table_a_thousand_times_ends(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    open_cell, end_cell = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    path.write_bytes(word(open_cell * 600 + "<w:p><w:r><w:t>a</w:t></w:r></w:p>" + end_cell * 600))
    assert text_or_code(path) in ("a", "too_deep", "damaged")


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a reader reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://x/footnotes" Target="http://192.0.2.1/notes.xml" TargetMode="External"/></Relationships>'
    )
    path = tmp_path / "a.docx"
    text = "<w:p><w:r><w:t>Số 12-BC/HU</w:t></w:r></w:p>"
    document = f'<w:document xmlns:w="{_W}"><w:body>{text}</w:body></w:document>'
    path.write_bytes(packed({"word/document.xml": document, "word/_rels/document.xml.rels": relations}))
    assert read_source(path).text == "Số 12-BC/HU\n"
    page = tmp_path / "a.html"
    page.write_text(
        '<!DOCTYPE html SYSTEM "http://192.0.2.1/x.dtd"><img src="http://192.0.2.1/a.png"><p>Số 12', "utf-8"
    )
    assert read_source(page).text == "Số 12\n"


@pytest.mark.parametrize("depth", [1_000, 900_000])
def test_a_web_page_of_nested_elements_ends(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html>" + "<div>" * depth + "Số 12", encoding="utf-8")
    # Half of a page would be worse than none.
    assert text_or_code(path) == "too_deep"


def pdf(objects: list[str]) -> bytes:
    body, places = "%PDF-1.4\n", []
    for i, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{i} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    return (body + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + table + trailer).encode()


def many_pages() -> bytes:
    count = 100_000
    kids = " ".join(["3 0 R"] * count)
    return pdf(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Count {count} /Kids [{kids}] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        ]
    )


def looping_pages() -> bytes:
    return pdf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 5 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>"])


def locked_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret"))
    canvas.drawString(99, 99, "So 12-BC/HU")
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("make", "codes"),
    [
        (many_pages, {"too_large"}),
        (looping_pages, {"damaged", "no_text", "reader_died"}),
        (locked_pdf, {"encrypted"}),
        (lambda: b"%PDF-1.7\n%%EOF", {"damaged"}),
        (lambda: as_pdf(sample())[:3_000], {"damaged", "no_text"}),
    ],
    ids=["pages", "loop", "locked", "empty", "truncated"],
)
def test_hostile_pdf_files(tmp_path: Path, make: Callable[[], bytes], codes: set[str]) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(make())
    assert code_of(path) in codes


@pytest.mark.parametrize("name", ["report.txt", "report.pdf", "report", "report.doc"])
def test_a_file_is_told_by_its_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(as_docx(sample()))
    assert read_source(path).format == "docx"


def test_archives_are_read_in_memory_and_odd_names_are_refused(tmp_path: Path) -> None:
    text = "I. KẾT QUẢ\n"
    names = [
        "a/bao-cao.txt",
        "../out.txt",
        "/etc/out.txt",
        "b\u202etxt.exe.txt",
        "c\x07.txt",
        "C:/out.txt",
        ".hidden.txt",
    ]
    path = tmp_path / "in" / "reports.zip"
    path.parent.mkdir()
    path.write_bytes(packed(dict.fromkeys(names, text)))
    paths, problems = find_inputs([path.parent])
    assert paths == [path / "a/bao-cao.txt"]
    assert read_source(paths[0]).text == text
    assert [problem.error for problem in problems] == ["unsafe_name"] * 5
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["in", "reports.zip"]


def test_a_damaged_archive_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"a.txt": "I. KẾT QUẢ"})[:40])
    paths, problems = find_inputs([tmp_path])
    assert not paths
    assert [problem.error for problem in problems] == ["damaged"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_word_file_or_page_with_changed_bytes_gives_text_or_a_reading_error(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(["docx", "html"]))
    good = bytearray(_good(form))
    for _ in range(data.draw(st.integers(1, 8))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ReadingError):
        read_bytes(bytes(good), form)


def _good(form: str, kept: dict[str, bytes] = {}) -> bytes:  # noqa: B006  # made once for all examples
    if form not in kept:
        kept[form] = as_docx(sample()) if form == "docx" else as_html(sample())
    return kept[form]


@given(st.binary(max_size=400), st.sampled_from([".txt", ".docx", ".pdf", ".html", ".doc", ".zip", ""]))
def test_any_bytes_have_a_format_or_a_reading_error(data: bytes, suffix: str) -> None:
    with contextlib.suppress(ReadingError):
        assert detect(data, suffix) in {*SUFFIXES.values(), "zip"}
