"""PDF files are read in a process of their own: one that hangs, eats memory or crashes takes nothing else with it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading.limits import OCR_SECONDS, PDF_MEMORY, PDF_SECONDS
from danvan_nlp.reading.pdf.ocr import has_tesseract
from danvan_nlp.reading.reading import Notice, Reading

_MOST_SCANS = 500
_GRACE = 10.0


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
        message = f"the PDF took more than {seconds:.0f} seconds; print it to a new PDF, or split it"
        raise ReadingError("timeout", message) from error
    if done.returncode != 0:
        reason = "ran out of memory" if b"MemoryError" in done.stderr else "broke down"
        message = f"the process that read the PDF {reason}; print it to a new PDF, or split it"
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

    try:
        read = extract(sys.stdin.buffer.read(), ocr=mode == "ocr")
        result = asdict(read)
        result["scans"] = sum(notice.error == "scan" for notice in read.notices)
    except ReadingError as error:
        result = {"error": error.code, "message": str(error)}
    except RecursionError:
        result = {"error": "damaged", "message": "the PDF refers to itself without end; print it to a new PDF"}
    sys.stdout.buffer.write(json.dumps(result).encode())


if __name__ == "__main__":
    _main(sys.argv[1])
