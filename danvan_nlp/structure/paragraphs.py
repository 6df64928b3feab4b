"""Lines joined into paragraphs: wrapped lines, page breaks and lost footnote marks that cut a sentence in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from danvan_nlp.structure.lines import Line, opens_set_in, word_count, wrap_width
from danvan_nlp.structure.looks import Region
from danvan_nlp.structure.vocabulary import vocabulary

_STOPS = re.compile(r"[.!?…]+[”\"’»)\]]*[¹²³⁰⁴-⁹]*$")
_CLOSES = ".,;:)”’»!?…%"
_FIRST_WORD = re.compile(r"\S+")
_PROSE_WORDS = 12
_NEARLY_FULL = 0.85
_SHORTEST_FULL = 30
_CLAUSE_WORDS = 8
_FIGURE_FIRST = re.compile(r"\d[\d.,/]*(?:%|/[A-ZĐ][\w-]*)?(?:\s[^\W\d_]|[.;,)]|$)")
_DOCUMENT_FIRST = re.compile(r"([^\W\d_]+\s[^\W\d_]+)\s(?:số\s)?\d")
# ", công nghệ thông tin, xây dựng": the last of a list is a noun, though a verb of the same form wants an object.
_LISTED_LAST = re.compile(r",\s*[^\W\d_]+\s[^\W\d_]+$")
_JOINED_REGIONS = ("body", "footnote", "appendix", "title", "appendix_title", "table")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of lines that is one paragraph, heading, row or administrative line.

    Attributes
    ----------
    start, end : int
        Range in the key.
    first, last : Line
        Its first and last line.
    region : str
        The region of its first line.
    lost_marks : tuple of int
        Positions in the key where a line break stands for a lost footnote mark.
    """

    start: int
    end: int
    first: Line
    last: Line
    region: Region
    lost_marks: tuple[int, ...] = ()
    n_lines: int = 1


def join_lines(lines: Sequence[Line], regions: Sequence[Region]) -> list[Paragraph]:
    """Join lines into paragraphs.

    Parameters
    ----------
    lines : sequence of Line
        All lines that are not blank.
    regions : sequence of str
        Their regions, from `mark_regions`.

    Returns
    -------
    list of Paragraph
        In order; rules are left out. A page number between two halves of a sentence is swallowed by its paragraph.
    """
    width = wrap_width([line for line, region in zip(lines, regions, strict=True) if region in _JOINED_REGIONS])
    set_in = width is not None and opens_set_in([x for x, r in zip(lines, regions, strict=True) if r == "body"])
    paragraphs: list[Paragraph] = []
    pages: list[Paragraph] = []
    for line, region in zip(lines, regions, strict=True):
        fresh = Paragraph(line.start, line.end, line, line, region)
        if region == "rule":
            continue
        if region == "page":
            pages.append(fresh)
            continue
        last = paragraphs[-1] if paragraphs else None
        goes_on = last is not None and _same_stream(last.region, region)
        if last and goes_on and set_in and last.region == "body" and line.blanks == 0:
            goes_on = _goes_on_flush(last, line, across=bool(pages))
        elif last and goes_on:
            goes_on = _continues(last, line, width, across=bool(pages))
        if last and goes_on:
            lost = last.lost_marks
            if line.blanks == 0 and width is None and (line.indented or line.text[0] in _CLOSES):
                lost = (*lost, last.end)
            paragraphs[-1] = replace(last, end=line.end, last=line, lost_marks=lost, n_lines=last.n_lines + 1)
        else:
            paragraphs.extend(pages)
            paragraphs.append(fresh)
        pages = []
    return paragraphs + pages


def _same_stream(one: Region, two: Region) -> bool:
    return one in _JOINED_REGIONS and (one == two or (one == "footnote" and two in ("body", "appendix")))


def _goes_on_flush(before: Paragraph, line: Line, *, across: bool) -> bool:
    """Whether a line goes on where each paragraph's first line is set in: it does when it is flush with the margin."""
    opens = line.marker.style == "footnote" or line.upper and not before.first.upper
    stopped = bool(_STOPS.search(before.last.tail))
    if opens or line.marker.markup or across and stopped:
        return False
    if not line.indented:
        return before.last.length >= _SHORTEST_FULL or line.text[0].islower()
    if stopped or line.marker.style != "none":
        return False
    return line.text[0].islower() or line.text[0] in _CLOSES or _breaks_off(before, line)


def _continues(before: Paragraph, line: Line, width: int | None, *, across: bool = False) -> bool:
    """Whether ``line`` goes on with the sentence that the paragraph ``before`` breaks off, ``across`` a page's edge."""
    tail = before.last.tail
    stopped = bool(_STOPS.search(tail))
    if across and stopped:
        return False
    if line.marker.style not in ("none",) or line.marker.markup.startswith("#"):
        return False
    if before.first.marker.text.startswith("[^") and line.blanks == 0 and line.indented:
        return True
    opening = line.text[0]
    filled = width is not None and line.blanks == 0 and _was_full(before.last, line, width)
    if before.region == "table":
        return filled and not (line.tabs or line.n_gaps or before.last.n_gaps) and not tail.endswith(";")
    if before.region == "title":
        return (opening.islower() or filled) and not stopped
    if before.region == "appendix_title":
        return (opening.islower() or tail.endswith(",")) and not stopped
    if filled and (tail.endswith(";") or before.first.upper and not line.upper) and opening.isupper():
        return False
    if filled:
        return True
    if stopped or before.region == "footnote" and line.blanks > 0 and not opening.islower():
        return False
    if opening in _CLOSES and len(line.text) < 4:
        return True
    if opening.islower() or opening in _CLOSES:
        return not tail.endswith(":") or line.blanks == 0 and line.indented
    if before.first.upper and line.upper and line.blanks == 0:
        return tail.endswith((",", "-", "–"))
    return _breaks_off(before, line)


def opens_with_document(text: str) -> bool:
    """Whether a text opens with a document and its number: ``Kế hoạch số 21-KH/HU``.

    Examples
    --------
    >>> opens_with_document("Kế hoạch số 21-KH/HU, ngày 08/9/2015"), opens_with_document("Kế hoạch công tác năm 2015")
    (True, False)
    """
    found = _DOCUMENT_FIRST.match(text)
    return found is not None and found[1].lower() in vocabulary().document_types


def _was_full(before: Line, line: Line, width: int) -> bool:
    """Whether the first word of ``line`` would not have fitted on the line before it."""
    word = _FIRST_WORD.match(line.text)
    if before.length + 1 + len(word[0] if word else "") > width:
        return True
    # Columns of a printed page are not of one length in characters.
    return before.length >= _NEARLY_FULL * width and before.tail[-1:].isalpha() and not before.upper


def _breaks_off(before: Paragraph, line: Line) -> bool:
    """Whether a paragraph that has no full stop goes on in a line that begins with a capital or a figure."""
    tail = before.last.tail
    if line.upper and not before.first.upper:
        return False
    if tail.endswith((",", "(", "“")) or tail.endswith((" -", " –")):
        return word_count(before.first.text) >= 4 and not line.upper
    if tail.endswith((";", ":")):
        return False
    words = vocabulary()
    ends_open = tail.lower().endswith(words.cannot_end) and not tail.lower().endswith(words.closed_end)
    ends_open = ends_open and not _LISTED_LAST.search(tail)
    if tail.lower().endswith(vocabulary().never_end):
        return not line.upper
    running = before.first.marker.style in ("none", "bullet") or before.n_lines > 1
    if running and word_count(before.first.text) >= _CLAUSE_WORDS:
        # Neither a bare figure nor a document's number begins a paragraph after one without full stop.
        if _FIGURE_FIRST.match(line.text) or opens_with_document(line.text):
            return not before.first.upper
    prose = word_count(before.first.text) >= _PROSE_WORDS and not before.first.upper
    if ends_open and prose:
        return True
    # A lost footnote mark leaves a line that begins with a blank in the middle of a long sentence.
    return prose and line.blanks == 0 and line.indented and not line.led_by_tab and not before.first.indented
