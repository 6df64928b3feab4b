"""Enumerators, bullets, footnote marks and markup at the start of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from danvan_nlp.language.letters import UPPER

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
LOST = "\ufffd"

_MARKUP = re.compile(r"(?:#{1,6}\s+|>\s+|[*_]{2,3}(?=\S)|_(?=\S)|\*(?=[^\s*][^*]{0,300}\*$))+")
_BULLET = re.compile(
    rf"(?:\*{{2,3}}(?=\s)|[-–—⁃‐‑−+•*●○▪■□◦»❖✓✔➢➤⮚►▶◆◇♦★☆\uf000-\uf0ff]|o(?=\s\s?[{UPPER}]))"
    rf"(?=[\s{UPPER}“\"])\s*"
)
_PART = re.compile(
    r"(?:phần|chương|mục)\s+(?:(?:thứ\s+)?(?:nhất|một|hai|ba|tư|bốn|năm|sáu)\b|[IVXLC]+\b|[A-Z]\b|\d{1,2}\b)\s*[.:–-]?\s*",
    re.IGNORECASE,
)
_LETTER = r"(?=[^\W\d_]|[“\"(*])"
_ROMAN = re.compile(
    r"(?!V/v)([IVXL]{1,6})(?:\s?[.)/:]{1,2}\s*(?:[-–—]\s*)?|\s*[-–—]\s*|\s+(?=[" + UPPER + r"]{2}))" + _LETTER
)
_DECIMAL = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){1,4})(?:(?:[.)/:]{1,2}\s*|\s*[-–—]\s+|\s+)(?=[^\W\d_]|[“\"(*])|[.)]\s+(?=\d))"
)
# "18-NQ/TW" and "16/CT-TTg" at the start of a wrapped line are document numbers.
_NUMBER = re.compile(
    r"(?!\d+\s?[-/]\s?[A-ZĐ]\w*[-/])(\d{1,2})(?:[.)/:]{1,2}(?!\d)\s*(?:[-–—]\s+)?(?=[^\W_]|[“\"(*])|\s*[-–—]\s*"
    + _LETTER
    + ")"
)
_UPPER = re.compile(r"([A-HĐ])(?:[.)]\s*(?:[-–—]\s*)?|\s*[-–—]\s+)" + _LETTER)
_LOWER = re.compile(
    r"([a-uđ]\d?(?:\.\d{1,2})?)(?:(?:[.)]\s*(?:[-–—]\s*)?|/[.)]?\s*[-–—]?\s+|\s?[-–—]\s+(?=["
    + UPPER
    + "]))"
    + _LETTER
    + r"|\)\s+(?=\d))"
)
_PAREN = re.compile(r"\((\d{1,2}|[a-zđ]|[ivx]{1,4})\)(?:\s*(?=[^\W\d]|[“\"])|\s+(?=\d))")
_FOOTNOTE = re.compile(rf"(?:[{SUPERSCRIPTS}]+|{LOST}|\[\^?\d{{1,3}}\]:?|\^\d{{1,3}}\^?)\s*")


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before the words of a line.

    Attributes
    ----------
    style : str
        ``part``, ``roman``, ``upper``, ``decimal1`` … ``decimal5``, ``lower``, ``paren``, ``bullet``, ``footnote`` or
        ``none``.
    text : str
        The enumerator without its punctuation: ``"2.3"``, ``"II"``, ``"a"``; the bullet's character.
    length : int
        How many characters of the line the markup and the marker take.
    markup : str
        Markdown before the marker: ``"## "``, ``"**"``.
    """

    style: str
    text: str
    length: int
    markup: str = ""

    @property
    def ordinal(self) -> int | None:
        """The place in its series of the last component: 3 for ``2.3``, 2 for ``II`` and ``b``."""
        if self.style == "roman":
            return roman_value(self.text)
        if self.style.startswith("decimal"):
            return int(self.text.rpartition(".")[2])
        if self.style in ("upper", "lower", "paren"):
            if self.text.isdigit():
                return int(self.text)
            return "abcdđefghijklmnopqrstuvxyz".find(self.text[0].lower()) + 1
        return None


NO_MARKER = Marker("none", "", 0)
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


def roman_value(numeral: str) -> int:
    """Value of a Roman numeral up to L.

    Examples
    --------
    >>> roman_value("XIV")
    14
    """
    values = [_VALUES[c] for c in numeral] + [0]
    return sum(-a if a < b else a for a, b in zip(values, values[1:], strict=False))


def parse_marker(line: str) -> Marker:
    """Read the marker at the start of a line that has no leading blanks.

    Examples
    --------
    >>> parse_marker("2.3. Kết quả").style, parse_marker("2.3. Kết quả").text
    ('decimal2', '2.3')
    >>> parse_marker("III - ĐÁNH GIÁ").text
    'III'
    >>> parse_marker("**a) Về nhận thức**").style
    'lower'
    >>> parse_marker("2015 là năm đầu").style
    'none'
    """
    markup = _MARKUP.match(line)
    at = markup.end() if markup else 0
    mark = line[:at]
    note = _FOOTNOTE.match(line, at)
    if note:
        return Marker("footnote", note[0].strip(), note.end(), mark)
    for style, pattern in (("part", _PART), ("decimal", _DECIMAL), ("decimal", _NUMBER), ("roman", _ROMAN)):
        found = pattern.match(line, at)
        if found and found.end() > at and not line[at].islower():
            text = found[0].strip(" .:–-") if style == "part" else found[1]
            depth = str(text.count(".") + 1) if style == "decimal" else ""
            return Marker(style + depth, text, found.end(), mark)
    for style, pattern in (("upper", _UPPER), ("lower", _LOWER), ("paren", _PAREN)):
        found = pattern.match(line, at)
        if found:
            return Marker(style, found[1], found.end(), mark)
    bullet = _BULLET.match(line, at)
    if bullet:
        return Marker("bullet", bullet[0].strip(), bullet.end(), mark)
    return Marker("none", "", at, mark) if at else NO_MARKER
