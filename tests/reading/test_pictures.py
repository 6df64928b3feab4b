"""Scans that are pictures: read by OCR, or a clear error."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading import read_source
from danvan_nlp.reading.pdf import isolate, ocr

from .make_formats import as_pictures, sample
from .typeset import find_font

needs_tesseract = pytest.mark.skipif(not ocr.has_tesseract(), reason="needs tesseract-ocr and tesseract-ocr-vie")
needs_font = pytest.mark.skipif(find_font() is None, reason="needs a font with Vietnamese letters (fonts-dejavu-core)")


@needs_font
@needs_tesseract
def test_a_picture_of_a_page_is_read_by_ocr(tmp_path: Path) -> None:
    pictures = dict(zip(("held.jpg", "page.png", "pages.tif"), as_pictures(sample(), dpi=150), strict=True))
    texts = {}
    for name, data in pictures.items():
        (tmp_path / name).write_bytes(data)
        source = read_source(tmp_path / name)
        assert source.format == "image"
        assert [error for error, _ in source.notices] == ["ocr"]
        texts[name] = source.text
    assert texts["page.png"] in texts["pages.tif"]
    assert len(texts["pages.tif"]) > 1.5 * len(texts["page.png"])
    assert "Quyết định số" in texts["held.jpg"]


@needs_tesseract
@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + b"x" * 100,
        b"\xff\xd8\xff\xe0",
        b"II*\x00\x08\x00\x00\x00" + b"\xff" * 200,
    ],
)
@pytest.mark.parametrize("name", ["a.png", "a.txt"])
def test_a_damaged_picture_is_an_error_whatever_its_name(tmp_path: Path, data: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadingError) as raised:
        read_source(path)
    assert raised.value.code == "damaged"


@needs_tesseract
@pytest.mark.parametrize(("side", "codes"), [(300, {"scan", "no_text"}), (14_000, {"too_large"})])
def test_a_picture_of_no_page_is_an_error(tmp_path: Path, side: int, codes: set[str]) -> None:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("1", (side, side)).save(buffer, "PNG")
    path = tmp_path / "photo.png"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(ReadingError) as raised:
        read_source(path)
    assert raised.value.code in codes


def test_without_tesseract_a_picture_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolate, "has_tesseract", lambda: False)
    path = tmp_path / "a.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(ReadingError, match="install tesseract") as raised:
        read_source(path)
    assert raised.value.code == "scan"
