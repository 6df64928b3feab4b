"""What LibreOffice converts is converted without the network, without macros, and within limits."""

from __future__ import annotations

import http.server
import io
import threading
import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading import office
from danvan_nlp.reading.files import read_bytes

pytestmark = pytest.mark.skipif(office.find_office() is None, reason="needs LibreOffice (libreoffice-writer)")
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(
    [f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text", "script")]
    + [f'xmlns:draw="{_ODF}:drawing:1.0"', f'xmlns:svg="{_ODF}:svg-compatible:1.0"']
    + ['xmlns:xlink="http://www.w3.org/1999/xlink"']
)
_TYPE = "application/vnd.oasis.opendocument.text"
_MACRO = """Sub Auto
Open "{path}" For Output As #1
Close #1
End Sub"""


def odt(body: str, scripts: str = "", parts: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """A text of LibreOffice, with parts of Basic libraries by their place."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", _TYPE)
        entries = "".join(
            f'<m:file-entry m:full-path="{name}" m:media-type="{kind}"/>'
            for name, kind in [("/", _TYPE), ("content.xml", "text/xml"), *((f"{n}.xml", "text/xml") for n in parts)]
        )
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{_ODF}:manifest:1.0">{entries}</m:manifest>')
        archive.writestr(
            "content.xml",
            f'<office:document-content {_NAMES} office:version="1.2"><office:scripts>{scripts}</office:scripts>'
            f"<office:body><office:text><text:p>Số 12-BC/HU</text:p>{body}</office:text></office:body>"
            "</office:document-content>",
        )
        for name, part in parts.items():
            archive.writestr(f"{name}.xml", part)
    return buffer.getvalue()


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A web server's address, and what was asked of it."""
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def handle(self) -> None:
            asked.append("a connection")

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_address[1]}", asked
        listening.shutdown()


def frame(inside: str) -> str:
    return f'<text:p><draw:frame svg:width="2cm" svg:height="2cm">{inside}</draw:frame></text:p>'


@pytest.mark.parametrize("kind", ["image", "object", "section", "field"])
def test_links_are_not_followed(kind: str, server: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = server
    (tmp_path / "secret.txt").write_text("BI MAT", "utf-8")
    beside = (tmp_path / "secret.txt").as_uri()
    files = {
        "image": odt(frame(f'<draw:image xlink:href="{address}/a.png" xlink:type="simple"/>')),
        "object": odt(frame(f'<draw:object xlink:href="{address}/a.ods" xlink:type="simple"/>')),
        "section": odt(
            f'<text:section text:name="a"><text:section-source xlink:href="{beside}" text:filter-name="Text"/>'
            "<text:p>cũ</text:p></text:section>"
        ),
        "field": b"{\\rtf1{\\*\\template %s/a.dot}So 12-BC/HU {\\field{\\*\\fldinst INCLUDEPICTURE %s/a.png}"
        b"{\\fldrslt x}}{\\field{\\*\\fldinst INCLUDETEXT %s}{\\fldrslt y}}}"
        % (address.encode(), address.encode(), beside.encode()),
    }
    text = read_bytes(files[kind], "rtf" if kind == "field" else "odt").text
    assert "12-BC/HU" in text
    assert "BI MAT" not in text
    assert asked == []


def test_macros_are_not_run(tmp_path: Path) -> None:
    made = tmp_path / "made"
    where = "vnd.sun.star.script:Standard.M.Auto?language=Basic&amp;location=document"
    on = "".join(
        f'<script:event-listener script:language="ooo:script" script:event-name="{name}" xlink:href="{where}"/>'
        for name in ("dom:load", "dom:unload", "office:load-finished")
    )
    name = 'xmlns:library="http://openoffice.org/2000/library" library:name="Standard"'
    entry = f'<library:library {name} library:link="false"/>'
    module = 'xmlns:script="http://openoffice.org/2000/script" script:name="M" script:language="StarBasic"'
    parts = {
        "Basic/script-lc": f"<library:libraries {name}>{entry}</library:libraries>",
        "Basic/Standard/script-lb": f'<library:library {name}><library:element library:name="M"/></library:library>',
        "Basic/Standard/M": f"<script:module {module}>{_MACRO.format(path=made)}</script:module>",
    }
    text = read_bytes(odt("", f"<office:event-listeners>{on}</office:event-listeners>", parts), "odt").text
    assert text == "Số 12-BC/HU\n"
    assert not made.exists()


def test_a_file_that_eats_memory_ends_in_an_error() -> None:
    with pytest.raises(ReadingError) as raised:
        read_bytes(b"{\\rtf1 " + b"{" * 10**6 + b"a" + b"}" * 10**6 + b"}", "rtf")
    assert raised.value.code in ("damaged", "timeout")


def test_a_file_that_takes_too_long_ends_in_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "OFFICE_SECONDS", 5.0)
    start = time.monotonic()
    with pytest.raises(ReadingError, match="more than 5 seconds") as raised:
        read_bytes(b"{\\rtf1 " + b"a\\par " * 10**6 + b"}", "rtf")
    assert raised.value.code == "timeout"
    assert time.monotonic() - start < 30


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 900),
        ("odt", b"PK\x03\x04mimetype" + b"application/vnd.oasis.opendocument.text"),
        ("rtf", b"{\\rtf1 \\bin99999999999 x"),
    ],
)
def test_a_damaged_file_ends_in_an_error(form: str, data: bytes) -> None:
    with pytest.raises(ReadingError) as raised:
        read_bytes(data, form)
    assert raised.value.code in ("damaged", "no_text")
