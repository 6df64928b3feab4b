"""Document numbers as OCR misreads them, mended where the abbreviations leave no doubt."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from danvan_nlp.reading.words import words

_NUMBER = re.compile(
    r"(?<!\d)\d{1,5}[a-z]?(?:/\d{4})?\s?[-/]\s?([^\W\d_][^\W_]{0,11}(?:[-/&][^\W\d_][^\W_]{0,11}){0,3})"
)
_PART = re.compile(r"[^\W_]+")


@cache
def _abbreviations() -> frozenset[str]:
    rows = (files("danvan_nlp.data") / "symbols.csv").read_text(encoding="utf-8").splitlines()
    return frozenset(row["abbreviation"] for row in csv.DictReader(rows))


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    return tuple((wrong, right) for wrong, right in words()["misread"]["pairs"])


def mend_numbers(text: str) -> tuple[str, tuple[str, ...]]:
    """Mend the document numbers of a text that OCR gave.

    Parameters
    ----------
    text : str
        One line or more.

    Returns
    -------
    text : str
        The text with numbers mended.
    changes : tuple of str
        Each change: what was read, and what it was taken for.

    Examples
    --------
    >>> mend_numbers("Kết luận số 114-KL/IW, Chỉ thị 16/CT-TTg")
    ('Kết luận số 114-KL/TW, Chỉ thị 16/CT-TTg', ('114-KL/IW read as 114-KL/TW',))
    """
    changes: list[str] = []

    def mend(found: re.Match[str]) -> str:
        symbol = _PART.sub(lambda part: _mended(part[0]), found[1])
        number = found[0][: found.start(1) - found.start()] + symbol
        if number != found[0]:
            changes.append(f"{found[0]} read as {number}")
        return number

    return _NUMBER.sub(mend, text), tuple(changes)


def _mended(part: str) -> str:
    known = _abbreviations()
    if part in known:
        return part
    candidates = (part.replace(wrong, right) for wrong, right in _pairs() if wrong in part)
    return next((candidate for candidate in candidates if candidate in known), part)
