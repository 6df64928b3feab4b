"""Lines joined into paragraphs: wrapped lines, page breaks and lost footnote marks that cut a sentence in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from danvan_nlp.structure.lines.looks import Region
from danvan_nlp.structure.lines.split import Line, word_count
from danvan_nlp.structure.lines.wrap import STOPS, Wrap, find_wrap
from danvan_nlp.structure.vocabulary import vocabulary

_CLOSES = ".,;:)”’»!?…%"
_PROSE_WORDS = 12
_SHORTEST_FULL = 30
_CLAUSE_WORDS = 8
_BROKEN_OFF = 50
_LABEL_WORDS = 6
_LONGEST_LIST = 30
_FULL_CAPITALS = 50
_NUMBERED = ("roman", "upper", "decimal1")
_COUNTED_WORDS = 5
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
    wrap = find_wrap([x for x, r in zip(lines, regions, strict=True) if r in ("body", "appendix")])
    titles = _title_lines(lines, wrap) if wrap is not None and wrap.exact else frozenset()
    paragraphs: list[Paragraph] = []
    pages: list[Paragraph] = []
    for i, (line, region) in enumerate(zip(lines, regions, strict=True)):
        fresh = Paragraph(line.start, line.end, line, line, region)
        if region == "rule":
            continue
        if region == "page":
            pages.append(fresh)
            continue
        last = paragraphs[-1] if paragraphs else None
        following = lines[i + 1] if i + 1 < len(lines) else None
        across = bool(pages) or line.opens_page
        titled = last is not None and wrap is not None and _titles(last, line, following, wrap, titles)
        if last and not titled and _goes_on(last, line, region, following, wrap, across=across):
            lost = last.lost_marks
            if line.blanks == 0 and wrap is None and (line.indented or line.text[0] in _CLOSES):
                lost = (*lost, last.end)
            paragraphs[-1] = replace(last, end=line.end, last=line, lost_marks=lost, n_lines=last.n_lines + 1)
        else:
            paragraphs.extend(pages)
            paragraphs.append(fresh)
        pages = []
    return paragraphs + pages


def _goes_on(
    before: Paragraph, line: Line, region: Region, following: Line | None, wrap: Wrap | None, *, across: bool
) -> bool:
    """Whether ``line`` goes on with the paragraph ``before``, ``across`` a page's edge or not."""
    one = before.region
    if one not in _JOINED_REGIONS or not (one == region or one == "footnote" and region in ("body", "appendix")):
        return False
    filled = wrap is not None and (line.blanks == 0 or across) and _filled(before, line, wrap)
    if wrap is not None and wrap.margin is not None and one == "body" and (line.blanks == 0 or across and filled):
        return _goes_on_flush(before, line, wrap, filled=filled, across=across)
    if filled and wrap is not None and _opens_title_line(before, line, following, wrap):
        return False
    return _continues(before, line, wrap, filled=filled, across=across)


def _title_lines(lines: Sequence[Line], wrap: Wrap) -> frozenset[int]:
    """Starts of the numbered lines whose series are titles: those that had room left have no stop."""
    series: dict[tuple[str, str], tuple[int, int]] = {}
    bare: dict[int, list[bool]] = {}
    member: dict[int, int] = {}
    for line, below in zip(lines, lines[1:], strict=False):
        ordinal = line.marker.ordinal
        if ordinal is None:
            continue
        name = (line.marker.style, line.marker.text.rpartition(".")[0])
        last, first = series.get(name, (0, line.start))
        first = first if ordinal > last else line.start
        series[name] = (ordinal, first)
        member[line.start] = first
        if below.text[0].isupper() and not wrap.filled(line, below, first=True):
            bare.setdefault(first, []).append(not line.tail.endswith((".", ";", ":", ",")))
    return frozenset(at for at, first in member.items() if sum(bare.get(first, ())) > 0.7 * len(bare.get(first, (1,))))


def _titles(before: Paragraph, line: Line, following: Line | None, wrap: Wrap, titles: frozenset[int]) -> bool:
    """Whether a numbered line that is full is a title above running text, as the others of its series are."""
    if before.n_lines > 1 or before.start not in titles or line.blanks or following is None:
        return False
    tail = before.last.tail
    if (
        not (line.text[0].isupper() or line.text[0].isdigit())
        or not (tail[-1:].isalnum() or tail[-1:] in ")”")
        or tail.lower().endswith(vocabulary().cannot_end)
    ):
        return False
    runs_on = following.blanks == 0 and following.text[0].islower() and wrap.filled(line, following, first=True)
    return runs_on or bool(STOPS.search(line.tail))


def _filled(before: Paragraph, line: Line, wrap: Wrap) -> bool:
    return wrap.filled(before.last, line, first=before.n_lines == 1)


def _opens_title_line(before: Paragraph, line: Line, following: Line | None, wrap: Wrap) -> bool:
    """Whether a line below a full stop stands alone: it has no stop itself, had room left, and the next one opens."""
    if following is None or not STOPS.search(before.last.tail) or line.tail.endswith((".", ",", ";", "!", "?")):
        return False
    if line.tail.endswith(":") and word_count(line.text) > _LABEL_WORDS:
        return False
    opens = following.text[0].isupper() or following.marker.style != "none"
    return opens and word_count(line.text) > 1 and not wrap.filled(line, following, first=True)


def _interrupted(before: Paragraph, line: Line) -> bool:
    """Whether what looks like a bullet or a number at a full line's end is part of the sentence.

    ``… song ngữ Việt | - Khmer``, ``… trong tháng | 3. Đến nay``.
    """
    tail = before.last.tail
    if STOPS.search(tail) or tail.endswith((";", ":")):
        return False
    if line.marker.style in ("decimal1", "roman"):
        return tail.lower().endswith(vocabulary().counted) or (line.marker.ordinal or 0) > _LONGEST_LIST
    if line.marker.style == "part":
        return tail.lower().endswith(vocabulary().cannot_end)
    if line.marker.text not in ("-", "–"):
        return False
    listed = before.first.marker.style == "bullet" or tail.endswith(",")
    opening = line.words[:1]
    return opening.islower() or opening.isdigit() or not listed and opening.isupper()


def _closes_bracket(before: Paragraph, line: Line) -> bool:
    """Whether what looks like a number closes a bracket: ``(Phụ lục | 2). Công tác …``."""
    tail = before.last.tail
    return tail.rfind("(") > tail.rfind(")") and ")" in line.text[: line.marker.length] and line.blanks == 0


def _goes_on_flush(before: Paragraph, line: Line, wrap: Wrap, *, filled: bool, across: bool) -> bool:
    """Whether a line goes on where each paragraph's first line is set in: it does when it is flush with the margin."""
    opens = line.marker.style == "footnote" or _is_capitals(line) and not before.first.upper
    stopped = bool(STOPS.search(before.last.tail))
    if opens or line.marker.markup or across and stopped:
        return False
    if not wrap.is_set_in(line):
        if wrap.exact and stopped and not filled:
            return False
        return before.last.length >= _SHORTEST_FULL or line.text[0].islower()
    if stopped or line.marker.style != "none":
        return False
    return line.text[0].islower() or line.text[0] in _CLOSES or _breaks_off(before, line)


def _continues(before: Paragraph, line: Line, wrap: Wrap | None, *, filled: bool, across: bool) -> bool:
    """Whether ``line`` goes on with the sentence that the paragraph ``before`` breaks off, ``across`` a page's edge."""
    tail = before.last.tail
    stopped = bool(STOPS.search(tail))
    if across and stopped:
        return False
    if line.marker.style != "none" or line.marker.markup.startswith("#"):
        return before.region != "table" and (filled and _interrupted(before, line) or _closes_bracket(before, line))
    if before.first.marker.text.startswith("[^") and line.blanks == 0 and line.indented:
        return True
    opening = line.text[0]
    if before.region == "footnote" and wrap is not None and line.blanks == 0 and not (across or stopped):
        return True
    if before.region == "table":
        return filled and not (line.tabs or line.n_gaps or before.last.n_gaps) and not tail.endswith(";")
    if before.region == "title":
        return (opening.islower() or filled or tail.lower().endswith(vocabulary().never_end)) and not stopped
    if before.region == "appendix_title":
        return (opening.islower() or tail.endswith(",")) and not stopped
    listed = tail.endswith(";") and (wrap is None or wrap.listed or not wrap.exact or _opens_statement(line))
    if filled and opening.isupper() and (before.first.upper and not line.upper or listed):
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
        full = before.first.marker.style in _NUMBERED and before.last.length >= _FULL_CAPITALS
        return full or tail.endswith((",", "-", "–"))
    return _breaks_off(before, line)


def _is_capitals(line: Line) -> bool:
    """Whether a line is words in capitals, more than the number of a document (``108/2014/NĐ-CP``)."""
    return line.upper and line.text[0].isalpha() and word_count(line.text) > 1


def _opens_statement(line: Line) -> bool:
    """Whether a line opens as a task does (``Tiếp tục đổi mới …``), and not with the name of a body."""
    return line.folded.startswith(vocabulary().statements)


def opens_with_document(text: str) -> bool:
    """Whether a text opens with a document and its number: ``Kế hoạch số 21-KH/HU``.

    Examples
    --------
    >>> opens_with_document("Kế hoạch số 21-KH/HU, ngày 08/9/2015"), opens_with_document("Kế hoạch công tác năm 2015")
    (True, False)
    """
    found = _DOCUMENT_FIRST.match(text)
    return found is not None and found[1].lower() in vocabulary().document_types


def _breaks_off(before: Paragraph, line: Line) -> bool:
    """Whether a paragraph that has no full stop goes on in a line that begins with a capital or a figure."""
    tail = before.last.tail
    if line.text[0].isdigit() and before.region != "appendix" and tail.lower().endswith(vocabulary().counted):
        return word_count(before.first.text) >= _COUNTED_WORDS
    if _is_capitals(line) and not before.first.upper:
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
    if running and word_count(before.first.text) >= _CLAUSE_WORDS and before.last.length >= _BROKEN_OFF:
        # Neither a bare figure nor a document's number begins a paragraph after one without full stop.
        figures = tail[-1:].isdigit() and line.text[0].isdigit()
        if not figures and (_FIGURE_FIRST.match(line.text) or opens_with_document(line.text)):
            return not before.first.upper
    prose = word_count(before.first.text) >= _PROSE_WORDS and not before.first.upper
    if ends_open and prose:
        return True
    # A lost footnote mark leaves a line that begins with a blank in the middle of a long sentence.
    return prose and line.blanks == 0 and line.indented and not line.led_by_tab and not before.first.indented
