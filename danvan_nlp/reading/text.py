"""Bytes decoded into text: UTF-8 with or without byte order mark, UTF-16, windows-1258."""

from __future__ import annotations

import codecs
import re
import unicodedata

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading.legacy import Plan, Repaired, repair
from danvan_nlp.reading.legacy.encodings import WINDOWS_1258
from danvan_nlp.reading.limits import LONGEST_LINE
from danvan_nlp.reading.reading import Notice, Reading

_BINARY = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or Office file (docx, xlsx, odt)",
    b"\xd0\xcf\x11\xe0": "an old Office file (doc, xls)",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
}
_VIETNAMESE_1258 = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ]|[aeiouyăâêôơư][\u0300\u0301\u0303\u0309\u0323]")
_SAMPLE = 200_000
_SHOWN = 5


def decode(data: bytes) -> str:
    """Decode the bytes of a text file.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    str
        The text as it stands, without byte order mark; no line ending changed, nothing normalised.

    Raises
    ------
    ReadingError
        The bytes are empty, are not text, or are text in an encoding that is not supported.

    Examples
    --------
    >>> decode("Số 12-BC/HU".encode("utf-16"))
    'Số 12-BC/HU'
    """
    if not data.strip():
        raise ReadingError("empty", "the file is empty; export the report again from its source")
    for magic, name in _BINARY.items():
        if data.startswith(magic):
            raise ReadingError("not_text", f"the file is {name}, not text; save the report as .txt or .md in UTF-8")
    text = _decode_unicode(data)
    if text is None:
        text = _decode_1258(data)
    return _checked(text)


def _checked(text: str) -> str:
    """The text, where it can be a report's."""
    if "\x00" in text:
        at = text.index("\x00")
        raise ReadingError(
            "nul_bytes", f"NUL character at position {at}: the file is not text, or is damaged; export it again"
        )
    if not text.strip():
        raise ReadingError("empty", "the file holds only blanks; export the report again from its source")
    return text


def read_text(data: bytes) -> Reading:
    """Read a text file; one that was written before Unicode is converted, and says so.

    A line longer than any report's is left empty, and a notice says so.

    Raises
    ------
    ReadingError
        The bytes are empty, are not text, or are text in an encoding that is not supported; or no line is left.

    Examples
    --------
    >>> read_text("C«ng t¸c d©n vËn cña chÝnh quyÒn".encode("latin-1")).text
    'Công tác dân vận của chính quyền'
    """
    repaired, notices = _repaired(data)
    return Reading(repaired.text, repairs=(repaired.plan.reason,) if repaired.plan else (), notices=notices)


def plan_of(data: bytes) -> Plan:
    """The plan by which `read_text` converts a file; its ranges index the file decoded as windows-1252, or as UTF-8.

    Examples
    --------
    >>> [step.after for step in plan_of("C«ng t¸c d©n vËn cña chÝnh quyÒn".encode("latin-1"))]
    ['Công tác dân vận của chính quyền']
    """
    return _repaired(data)[0].plan


def _repaired(data: bytes) -> tuple[Repaired, tuple[Notice, ...]]:
    if _is_bytes_of_another_time(data):
        text, notices = _without_long_lines(data.decode("latin-1"))
        repaired = repair(text)
        if repaired.plan and repaired.plan.steps[0].encoding != WINDOWS_1258:
            return Repaired(_checked(repaired.text), repaired.plan), notices
    text, notices = _without_long_lines(decode(data))
    return repair(text), notices


def _without_long_lines(text: str) -> tuple[str, tuple[Notice, ...]]:
    """The text with its longest lines left empty, where they are longer than any report's."""
    if len(text) <= LONGEST_LINE:
        return text, ()
    lines = text.split("\n")
    long = [i for i, line in enumerate(lines) if len(line) > LONGEST_LINE]
    if not long:
        return text, ()
    shown = ", ".join(f"{i + 1} ({len(lines[i]):,} characters)" for i in long[:_SHOWN])
    more = f" and {len(long) - _SHOWN} more" if len(long) > _SHOWN else ""
    message = f"no report has a line of more than {LONGEST_LINE:,} characters; export the file again with line breaks"
    for i in long:
        lines[i] = ""
    kept = "\n".join(lines)
    if not kept.strip():
        raise ReadingError("line_too_long", message)
    return kept, (Notice(error="line_too_long", message=f"left out: line {shown}{more}; {message}"),)


def _is_bytes_of_another_time(data: bytes) -> bool:
    """Whether the bytes are neither UTF-8 nor UTF-16 nor another kind of file."""
    if b"\x00" in data or data.startswith((*_BINARY, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _decode_unicode(data: bytes) -> str | None:
    if data.startswith(codecs.BOM_UTF8):
        return _strict(data[3:], "utf-8", "it begins with a UTF-8 byte order mark")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(data, "utf-16", "it begins with a UTF-16 byte order mark")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    zeros = data[:_SAMPLE].count(0)
    if zeros > 0.2 * min(len(data), _SAMPLE) and len(data) % 2 == 0:
        little = data[1:_SAMPLE:2].count(0) > data[0:_SAMPLE:2].count(0)
        return _strict(data, "utf-16-le" if little else "utf-16-be", "its zero bytes look like UTF-16")
    return None


def _strict(data: bytes, encoding: str, because: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        where = f"byte {error.start} is not valid {encoding.upper()}"
        raise ReadingError("invalid_encoding", f"{where}, though {because}; save the file again as UTF-8") from error


def _decode_1258(data: bytes) -> str:
    """Read windows-1258, but only where the result looks Vietnamese."""
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        text = ""
    controls = sum(unicodedata.category(c) == "Cc" and c not in "\t\n\r\f\v" for c in text[:_SAMPLE])
    letters = sum(c.isalpha() for c in text[:_SAMPLE])
    marks = len(_VIETNAMESE_1258.findall(text[:_SAMPLE]))
    if text and not controls and marks >= 0.05 * max(letters, 1):
        return text
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = (
            f"byte {error.start} (0x{data[error.start]:02x}) is not valid UTF-8, and the file is no windows-1258 either"
        )
        raise ReadingError("invalid_encoding", f"{message}; save the report as UTF-8") from error
    raise ReadingError("invalid_encoding", "the encoding is not known; save the report as UTF-8")
