"""What a file is, told by its content; its name decides only between kinds of text."""

from __future__ import annotations

import re

from danvan_nlp.errors import ReadingError

SUFFIXES = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".pdf": "pdf",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".doc": "doc",
    ".rtf": "rtf",
    ".odt": "odt",
    ".jpg": "image",
    ".jpeg": "image",
    ".png": "image",
    ".tif": "image",
    ".tiff": "image",
}
ZIP = ".zip"
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body|div|p)\b", re.I | re.S
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_SAMPLE = 4096


def detect(data: bytes, suffix: str) -> str:
    """Tell a file's format.

    Parameters
    ----------
    data : bytes
        The whole file.
    suffix : str
        The end of its name, with the full stop.

    Returns
    -------
    str
        A value of `SUFFIXES`, or ``"zip"``.

    Raises
    ------
    ReadingError
        It is of a kind that is not read; the message says what to save it as.

    Examples
    --------
    >>> detect(b"%PDF-1.7", ".txt"), detect(b"<html><p>Bao cao", ".doc"), detect(b"I. KET QUA", ".md")
    ('pdf', 'html', 'md')
    """
    suffix = suffix.lower()
    head = data[:_SAMPLE]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data, suffix)
    if b"%PDF-" in head[:1024] and suffix not in (".txt", ".md", ".html") or head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_OLE):
        return _compound(data)
    if head.startswith(_PICTURES):
        return "image"
    bare = head.removeprefix(b"\xef\xbb\xbf")
    if suffix not in (".txt", ".text", ".md", ".markdown") and _HTML.match(bare):
        return "html"
    known = SUFFIXES.get(suffix)
    if known in ("txt", "md", "html"):
        return known
    if known is not None:
        raise ReadingError(
            "damaged", f"the file is no {known}, whatever its name says; open it in its program and save it again"
        )
    choices = ", ".join((*sorted(SUFFIXES), ZIP))
    raise ReadingError(
        "unsupported_format", f"files of type {suffix or '(none)'} are not read; save as one of {choices}"
    )


def _packed(data: bytes, suffix: str) -> str:
    """What a zip archive is: names stand in clear in its directory."""
    if b"word/document" in data:
        return "docx"
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:200]:
        return "odt"
    for mark, name in ((b"xl/workbook", "a spreadsheet"), (b"ppt/presentation", "a set of slides")):
        if mark in data:
            raise ReadingError("unsupported_format", f"the file is {name}; save as one of .docx, .pdf, .txt")
    if suffix in SUFFIXES:
        message = f"an archive without text of Word or LibreOffice, whatever its name ({suffix}) says; save as one of "
        raise ReadingError("unsupported_format", message + ", ".join((*sorted(SUFFIXES), ZIP)))
    return "zip"


def _compound(data: bytes) -> str:
    """What a compound file of Office is: an old one, or a locked new one."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReadingError("encrypted", "the file is locked by a password; take the password off and save it again")
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    raise ReadingError("unsupported_format", "an Office file without Word text; save as one of .docx, .pdf, .txt")
