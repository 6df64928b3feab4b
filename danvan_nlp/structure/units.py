"""Paragraphs cut into units, each with its role."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danvan_nlp.language.letters import UPPER
from danvan_nlp.language.sentences import split_sentences
from danvan_nlp.structure.headings.find import is_opening_sentence
from danvan_nlp.structure.lines.looks import is_attachment_note
from danvan_nlp.structure.lines.paragraphs import Paragraph, opens_with_document
from danvan_nlp.structure.lines.split import word_count
from danvan_nlp.structure.vocabulary import vocabulary
from danvan_nlp.types import Role, Unit

_STATISTIC = re.compile(r"(?:[:=]|\.{4}|……)\s*(?:\d|không\b|có\b)|\d\s*(?:%|\||$)", re.IGNORECASE)
# A row whose number has no punctuation: "3 Phòng Người có công Bằng khen".
_ROW = re.compile(r"\d{1,3}\s+[^\W\d_]")
_BEHIND_MARK = re.compile(
    rf"(?<=[^\W\d_])[.!?…][”\")]?(\d{{1,2}}|\(\d{{1,2}}\)|\[\^\d{{1,3}}\])(\s+)(?=[“\"(]?[{UPPER}])"
)
_ENTRY_WORDS = 80
_TWO_WORDS = re.compile(r"[^\W\d_]+\s+[^\W\d_]+")


def make_units(key: str, paragraphs: Sequence[Paragraph], headings: Sequence[bool]) -> list[Unit]:
    """Cut paragraphs into units.

    Parameters
    ----------
    key : str
        The document's key.
    paragraphs, headings : sequence
        Paragraphs and whether each is a heading.

    Returns
    -------
    list of Unit
        In order, disjoint; together they cover every letter and digit of the key. Sections are not set yet.
    """
    notes = {p.first.marker.text for p in paragraphs if p.first.marker.style == "footnote"}
    units: list[Unit] = []
    previous: Role = "admin"
    opened = ""
    for paragraph, heading in zip(paragraphs, headings, strict=True):
        role = _role(key, paragraph, heading, previous, opened)
        if role in ("sentence", "footnote"):
            units.extend(
                Unit(start=a, end=b, role=role)
                for start, end in split_sentences(key, paragraph.start, paragraph.end)
                for a, b in _split_behind_marks(key, start, end, notes)
            )
        else:
            units.append(Unit(start=paragraph.start, end=paragraph.end, role=role))
        if role == "footnote" and paragraph.first.marker.style == "footnote":
            opened = _opening(paragraph)
        previous = role
    return units


def _split_behind_marks(key: str, start: int, end: int, notes: set[str]) -> list[tuple[int, int]]:
    """Cut where a footnote mark in plain writing stands between two sentences: ``… đạt 52%.1 Đa số …``."""
    cuts = [m.span(2) for m in _BEHIND_MARK.finditer(key, start, end) if m[1] in notes or m[1][0] == "["]
    edges = [start, *(at for cut in cuts for at in cut), end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _opening(paragraph: Paragraph) -> str:
    """The first two words of a paragraph."""
    found = _TWO_WORDS.match(paragraph.first.words)
    return found[0].lower() if found else ""


def _role(key: str, paragraph: Paragraph, heading: bool, previous: Role, opened: str) -> Role:
    if heading:
        return "heading"
    region = paragraph.region
    if region == "footnote":
        return "footnote"
    if region == "table":
        return "table"
    if is_opening_sentence(key, paragraph):
        return "sentence"
    if region in ("letterhead", "closing", "page", "title", "appendix_title"):
        return "admin"
    if is_attachment_note(paragraph.first) and word_count(paragraph.first.text) <= 40:
        return "admin"
    if region == "appendix" and _is_table_like(key, paragraph, previous):
        return "table"
    # The second paragraph of a footnote at the foot of a page opens as its first did.
    if previous == "footnote" and opened and _opening(paragraph) == opened:
        return "footnote"
    return "sentence"


def _is_table_like(key: str, paragraph: Paragraph, previous: Role) -> bool:
    """Whether a line of an appendix is a statistic, a list entry or the piece of a table without TABs."""
    text = key[paragraph.start : paragraph.end]
    words = word_count(text[:1000])
    row = _ROW.match(text) or paragraph.first.folded.startswith(vocabulary().table_header)
    if row and words <= _ENTRY_WORDS and not paragraph.last.tail.endswith((".", ":")):
        return True
    if opens_with_document(paragraph.first.words) and words <= _ENTRY_WORDS and len(split_sentences(text)) == 1:
        return True
    if paragraph.first.marker.style == "bullet" or _STATISTIC.search(text[:300]):
        return words <= 60 and len(split_sentences(text)) == 1
    if words <= 12 and len(split_sentences(text)) == 1 and not paragraph.last.tail.endswith("."):
        return True
    return previous == "table" and words <= 25 and not paragraph.last.tail.endswith(".")
