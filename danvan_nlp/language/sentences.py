"""Sentence boundaries inside one paragraph of a report.

Only a paragraph's own punctuation is judged here; which lines make a paragraph is decided by the structure stage.
"""

from __future__ import annotations

import re
from functools import cache

from danvan_nlp import data
from danvan_nlp.language.letters import UPPER

_STOP = re.compile(r"[.!?…]+[”\"’»)\]]*[¹²³⁰⁴-⁹]*(?:\[\d{1,3}\])?")
# "Số đoàn ....... 5 đoàn": dots that lead from a name to its figure.
_LEADER = re.compile(r"(?:\.{4,}|…{2,})\s?\d")
_CLOSED = re.compile(r"“[^“”]{1,400}”|\"[^\"“”]{1,400}\"|\([^()]{1,600}\)")
_WORD_BEFORE = re.compile(r"[^\s(“\"”‘’]*$")
_OPENS = re.compile(r"\s*[“\"‘«(\[*_-]*\s*(?:[" + UPPER + r"]|\d)")
_ENUMERATOR = re.compile(r"(?:[-–+*•]\s*)?(?:[IVXL]{1,6}|\d{1,2}(?:\.\d{1,2}){0,4}|[A-Za-zĐđ])[/)]?$")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(word for row in data.toml("sentences")["abbreviation"] for word in row["words"])


def _is_upper(letter: str) -> bool:
    return letter.isalpha() and letter == letter.upper() and letter != letter.lower()


def _ends_sentence(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Whether the punctuation ``stop`` ends the sentence that begins at ``start``."""
    at = stop.end()
    if at >= end:
        return True
    blank = text[at].isspace()
    if not _OPENS.match(text, at) or _LEADER.match(text, stop.start()):
        return False
    mark = stop[0].rstrip('”"’»)]¹²³⁰⁴⁵⁶⁷⁸⁹')
    if mark in (".", ".)") and _ENUMERATOR.fullmatch(text[start : stop.start()].strip(" *_#")):
        return False
    if not blank:
        # "cử tri...Phát huy": the space was lost; "1.737", "T.Ư" and "v.v.Các" are not boundaries unless a word ends.
        before = text[stop.start() - 1 : stop.start()]
        lost = len(mark) != 2 and before.islower() and _is_upper(text[at]) and text[at + 1 : at + 2].islower()
        return lost and not _abbreviated(text, start, stop)
    return mark not in (".", ".)") or not _abbreviated(text, start, stop)


def _abbreviated(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the full stop belongs to an abbreviation or an initial."""
    if stop[0][0] != ".":
        return False
    found = _WORD_BEFORE.search(text, max(start, stop.start() - 24), stop.start())
    # "GS.TS. Phan Bảo": the last of several abbreviations tells.
    word = found[0].rpartition(".")[2] if found else ""
    if word.lower() in _abbreviations():
        return True
    # "quý I." ends with a numeral, "P. Hải" with an initial.
    return len(word) == 1 and _is_upper(word) and word not in "IVX"


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Cut a paragraph into sentences.

    Parameters
    ----------
    text : str
        The comparison key of a document (or any NFC text).
    start, end : int
        The paragraph's range in ``text``.

    Returns
    -------
    list of tuple of int
        Ranges without blanks at their ends, in order; every character that is not blank stands in one of them.

    Examples
    --------
    >>> text = "1. Năm 2019, TP. Hoà Lâm có 1.737 TTHC, v.v. Đến nay đã xong... Còn lại"
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['1. Năm 2019, TP. Hoà Lâm có 1.737 TTHC, v.v.', 'Đến nay đã xong...', 'Còn lại']
    """
    end = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = start
    closed = [*_closed_ranges(text, start, end), (end, end)]
    inside = 0
    for stop in _STOP.finditer(text, start, end):
        while closed[inside][1] < stop.end():
            inside += 1
        if closed[inside][0] < stop.start() and stop.end() < closed[inside][1]:
            continue
        if _ends_sentence(text, begin, stop, end):
            spans.append((begin, stop.end()))
            begin = stop.end()
    spans.append((begin, end))
    return [trimmed for a, b in spans if (trimmed := _trim(text, a, b))[0] < trimmed[1]]


def _closed_ranges(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges in quotation marks or brackets: a full stop inside them ends no sentence of the paragraph."""
    return [m.span() for m in _CLOSED.finditer(text, start, end)]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
