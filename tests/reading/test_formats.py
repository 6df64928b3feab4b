"""One report in every format gives what its text gives."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading import office, read_source
from danvan_nlp.reading.pdf import ocr

from .agreement import agreement
from .make_formats import as_docx, as_html, as_pdf, as_scan, sample
from .typeset import find_font

LEVELS = {"references": 1.0, "sentence_boundaries": 0.99, "indicators": 0.98, "roles": 0.98}
needs_font = pytest.mark.skipif(find_font() is None, reason="needs a font with Vietnamese letters (fonts-dejavu-core)")
needs_office = pytest.mark.skipif(office.find_office() is None, reason="needs LibreOffice (libreoffice-writer)")
needs_tesseract = pytest.mark.skipif(not ocr.has_tesseract(), reason="needs tesseract-ocr and tesseract-ocr-vie")


def assert_agrees(path: Path, form: str) -> None:
    source = read_source(path)
    assert source.format == form
    assert not source.notices
    measured = agreement(sample(), source)
    assert {name: value for name, value in measured.items() if value < LEVELS[name]} == {}


@pytest.mark.parametrize(
    ("form", "make"),
    [("docx", as_docx), ("html", as_html), pytest.param("pdf", as_pdf, marks=needs_font)],
)
def test_a_report_reads_as_its_text_does(tmp_path: Path, form: str, make: Callable[..., bytes]) -> None:
    path = tmp_path / f"report.{form}"
    path.write_bytes(make(sample()))
    assert_agrees(path, form)


@needs_office
@pytest.mark.parametrize("form", ["doc", "rtf", "odt", "pdf"])
def test_what_libreoffice_writes_reads_as_its_text_does(tmp_path: Path, form: str) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(as_docx(sample()))
    program = office.find_office()
    assert program is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert_agrees(path.with_suffix(f".{form}"), form)


@needs_font
@needs_tesseract
def test_a_scan_is_read_by_ocr_with_its_confidence(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(as_scan(as_pdf(sample())))
    source = read_source(path)
    assert [error for error, _ in source.notices] == ["ocr"]
    assert "confidence" in source.notices[0][1]
    assert agreement(sample(), source)["references"] >= 0.90


@needs_font
def test_a_scan_without_tesseract_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only_python = tmp_path / "bin"
    only_python.mkdir()
    monkeypatch.setenv("PATH", str(only_python))
    ocr.has_tesseract.cache_clear()
    try:
        path = tmp_path / "scan.pdf"
        path.write_bytes(as_scan(as_pdf(sample()), dpi=50))
        with pytest.raises(ReadingError, match="install tesseract") as raised:
            read_source(path)
        assert raised.value.code == "scan"
    finally:
        ocr.has_tesseract.cache_clear()


def test_without_libreoffice_an_old_word_file_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    path = tmp_path / "report.rtf"
    path.write_bytes(b"{\\rtf1 So 12-BC/HU}")
    with pytest.raises(ReadingError, match="install it") as raised:
        read_source(path)
    assert raised.value.code == "needs_libreoffice"


@needs_font
def test_page_numbers_stand_apart_from_the_text(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(as_pdf(sample()))
    source = read_source(path)
    assert source.margins[:3] == ("1", "2", "3")
    assert not any(line.strip().isdigit() for line in source.text.splitlines())


def test_reading_text_loads_no_reader_of_other_formats(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Số 12-BC/HU", encoding="utf-8")
    code = (
        "import sys; from danvan_nlp.reading import read_source; read_source(sys.argv[1]); "
        "print(sorted({'lxml', 'pypdfium2', 'pdfplumber', 'PIL'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
