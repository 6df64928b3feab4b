"""The libraries and programs that read a format: with another version of one, a file may read otherwise."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from importlib.metadata import version

from danvan_nlp.reading.office import find_office

READERS = {
    "txt": (),
    "md": (),
    "docx": ("lxml",),
    "html": ("lxml",),
    "pdf": ("pypdfium2", "pdfplumber", "tesseract"),
    "image": ("pillow", "pypdfium2", "pdfplumber", "tesseract"),
    "doc": ("libreoffice", "lxml"),
    "rtf": ("libreoffice", "lxml"),
    "odt": ("libreoffice", "lxml"),
    "zip": (),
}
"""By format; a zip inside another is read by none."""
_SECONDS = 20.0


def reader_versions(forms: Iterable[str]) -> dict[str, str | None]:
    """Version of each reader of some formats; None for a program that is not installed.

    Parameters
    ----------
    forms : iterable of str
        Values of `danvan_nlp.reading.formats.SUFFIXES`.

    Examples
    --------
    >>> reader_versions(["txt", "md"]), list(reader_versions(["docx", "html"]))
    ({}, ['lxml'])
    """
    names = sorted({name for form in forms for name in READERS[form]})
    return {name: _PROGRAMS[name]() if name in _PROGRAMS else version(name) for name in names}


def _tesseract() -> str | None:
    from danvan_nlp.reading.pdf.ocr import has_tesseract

    return _told_by("tesseract") if has_tesseract() else None


def _libreoffice() -> str | None:
    program = find_office()
    return _told_by(program) if program else None


def _told_by(program: str) -> str:
    """What a program says of its version."""
    try:
        done = subprocess.run(
            [program, "--version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    said = done.stdout.decode("utf-8", "replace").split()
    return next((word for word in said if word[0].isdigit()), "unknown")


_PROGRAMS = {"tesseract": _tesseract, "libreoffice": _libreoffice}
