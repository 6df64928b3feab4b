"""A figure, and the parts that brackets or the words after it split it into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from danvan_nlp.indicators.numbers.numbers import to_value

_BRACKETS = re.compile(r"\(([^()]{1,400})\)")
_PART = re.compile(r"^\D{0,60}?(\d[\d.]*)\D{0,80}$")
_SEPARATOR = re.compile(r"[;,](?!\d)|\bvà\b")
LONG_CELL = 1000
"""A longer cell is shown clause by clause."""
REACH = 300
"""How far after a figure the words that belong to it are looked for."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a cell, its place relative to the cell's text.

    Attributes
    ----------
    value, percent : float or None
        The count and the rate printed with it; ``bare_rate`` where the cell holds the rate alone.
    whole : float or None
        The second number of a fraction.
    label : str
        What the cell itself says of the figure: an item's name, a part's words, its clause.
    unit : str or None
        The word of counting after it.
    notes : tuple of str
        What a reader should know (indicators.md: FRACTION, MULTI, TEXT, OCR, RANGE, DERIVED).
    place : str
        For a part, its own words; for a clause, what goes before it in its sentence.
    part : bool
        Whether it is a part, in brackets, of the figure before.
    """

    start: int
    end: int
    value: float | None = None
    percent: float | None = None
    bare_rate: bool = False
    whole: float | None = None
    label: str = ""
    unit: str | None = None
    notes: tuple[str, ...] = ()
    part: bool = False
    text: bool = False
    clause: bool = False
    unlabelled: bool = False
    place: str = ""


def parts_of(text: str, start: int, end: int) -> Iterator[Figure]:
    """``(27 ở huyện; 04 ở xã)``, ``(huyện: 27, xã: 4)``: a number and words in each piece, or no parts at all.

    Examples
    --------
    >>> [(p.value, p.label) for p in parts_of("31 (27 ở huyện; 04 ở xã)", 0, 24)]
    [(27.0, 'ở huyện'), (4.0, 'ở xã')]
    """
    brackets = _BRACKETS.search(text, start, min(end, start + REACH))
    inside = brackets[1] if brackets else _after_among(text[start : min(end, start + REACH)])
    if inside is None:
        return
    found = []
    for piece in _SEPARATOR.split(inside):
        m = _PART.match(piece.strip()) if "%" not in piece else None
        words = re.sub(r"[\d.:]+", " ", piece).strip() if m else ""
        if m is None or not words:
            return
        label = " ".join(words.split())
        found.append(Figure(start, end, value=to_value(m[1].rstrip(".")), label=label, place=label, part=True))
    if len(found) > 1 or (found and brackets):
        yield from found


def _after_among(text: str) -> str | None:
    among = re.search(r"(?:trong đó|gồm)\s*:?\s*", text, re.IGNORECASE)
    return text[among.end() :] if among else None
