"""PDF files are read in a process of their own: one that hangs, eats memory or crashes takes nothing else with it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading.limits import MOST_FRAMES, OCR_SECONDS, PDF_MEMORY, PDF_SECONDS
from danvan_nlp.reading.pdf.ocr import has_tesseract
from danvan_nlp.reading.pdf.picture import as_pdf
from danvan_nlp.reading.reading import Notice, Reading

_MOST_SCANS = 500
_GRACE = 10.0
_FEWEST_LETTERS = 60


def read_pdf(data: bytes) -> Reading:
    """Read a PDF.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    Reading
        See `danvan_nlp.reading.pdf.document.extract`.

    Raises
    ------
    ReadingError
        The file is damaged, encrypted, hostile, or has no text; it took too long, or killed the process that read it.
    """
    try:
        result = _in_process(data, "text", PDF_SECONDS + _GRACE)
        scans = int(result.get("scans", 0))
    except ReadingError as error:
        if error.code != "scan" or not has_tesseract():
            raise
        result, scans = {}, _MOST_SCANS
    if scans and has_tesseract():
        result = _in_process(data, "ocr", PDF_SECONDS + OCR_SECONDS * min(scans, _MOST_SCANS))
    return _reading(result)


def read_picture(data: bytes) -> Reading:
    """Read a picture of a page, or of several.

    Parameters
    ----------
    data : bytes
        The whole file: a JPEG, PNG or TIFF.

    Returns
    -------
    Reading
        What tesseract reads; a notice states how sure it is.

    Raises
    ------
    ReadingError
        Tesseract is not installed or finds no page of text; the picture is damaged or hostile.
    """
    if not has_tesseract():
        message = "the file is a picture; install tesseract with its Vietnamese data (tesseract-ocr, tesseract-ocr-vie)"
        raise ReadingError("scan", message)
    read = _reading(_in_process(data, "picture", PDF_SECONDS + OCR_SECONDS * MOST_FRAMES))
    if sum(letter.isalpha() for letter in read.text) < _FEWEST_LETTERS:
        raise ReadingError("no_text", "a picture, but not of a page of text; scan the page again at 300 dpi, upright")
    return read


def _reading(result: dict[str, Any]) -> Reading:
    return Reading(
        result["text"],
        margins=tuple(result["margins"]),
        repairs=tuple(result["repairs"]),
        notices=tuple(Notice(**notice) for notice in result["notices"]),
    )


def _in_process(data: bytes, mode: str, seconds: float) -> dict[str, Any]:
    command = [sys.executable, "-m", "danvan_nlp.reading.pdf.isolate", mode]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        message = f"the file took more than {seconds:.0f} seconds; print it to a new PDF, or split it"
        raise ReadingError("timeout", message) from error
    if done.returncode != 0:
        reason = "ran out of memory" if b"MemoryError" in done.stderr else "broke down"
        message = f"the process that read the file {reason}; print it to a new PDF, or split it"
        raise ReadingError("reader_died", message)
    result: dict[str, Any] = json.loads(done.stdout)
    if "error" in result:
        raise ReadingError(result["error"], result["message"])
    return result


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (PDF_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _main(mode: str) -> None:
    _limit_memory()
    from danvan_nlp.reading.pdf.document import extract

    data = sys.stdin.buffer.read()
    try:
        read = extract(as_pdf(data) if mode == "picture" else data, ocr=mode != "text")
        result = asdict(read)
        result["scans"] = sum(notice.error == "scan" for notice in read.notices)
    except ReadingError as error:
        result = {"error": error.code, "message": error.message}
    except RecursionError:
        result = {"error": "damaged", "message": "the PDF refers to itself without end; print it to a new PDF"}
    sys.stdout.buffer.write(json.dumps(result).encode())


if __name__ == "__main__":
    _main(sys.argv[1])
