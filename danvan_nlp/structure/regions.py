"""The great parts of a report, line by line: letterhead, title, body, signature, footnotes, appendices, tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from danvan_nlp.structure.front import mark_front
from danvan_nlp.structure.lines import Line, is_page_number, is_upper, word_count
from danvan_nlp.structure.looks import (
    Region,
    columns,
    is_appendix_heading,
    is_attachment_note,
    is_name,
    is_table_note,
    looks_like_prose,
    opens_closing,
)
from danvan_nlp.structure.tabular import is_pipe_row, tabular_lines
from danvan_nlp.structure.vocabulary import vocabulary

# What a scanner makes of stamps, seals and specks; no line of a report holds one of these between its words.
_SPECKS = re.compile(r"[~|^`\\¬§©®°¦¢£¥«»<>{}\[\]]")
_LONGEST_SPECKS = 24
_NUMBERED_TABLE = re.compile(r"(?:biểu|bảng|mẫu)(?: số)?:? ?\d{1,2}\b")
_FIGURES = re.compile(r"(?:[\t|:] *| {3,})\d[\d.,]{0,12} ?%?(?: *[\t|;(]| {3,}| *$)")
_BARE_FIGURE = re.compile(r"\d[\d.,]{0,12} ?%?")
_TITLE_LINES = 7
_LONGEST_RECIPIENT = 14
_LONGEST_RUNNING = 120
_LONGEST_NOTE = 12
_SURE_PAGE = re.compile(r"[-–—]\s*\d{1,3}\s*[-–—]$|trang\s+\d", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_SIGNATURE_LINES = 5


def mark_regions(lines: Sequence[Line]) -> list[Region]:
    """Give each line the great part of the report that it stands in.

    Parameters
    ----------
    lines : sequence of Line
        All lines that are not blank.

    Returns
    -------
    list of str
        One region a line.
    """
    body_from, regions = mark_front(lines)
    cells = [False] * body_from + tabular_lines(lines[body_from:])
    running = _running_heads(lines)
    notes = _further_notes(lines)
    region: Region = "body"
    previous: Region = "body"
    numbered, last_page = 0, 0
    for i in range(body_from, len(lines)):
        line = lines[i]
        region = _next_region(lines, i, region, previous)
        if region == "closing" and _opens_statistics(lines, cells, i):
            region = "appendix_title"
        here = region
        if line.marker.style == "footnote":
            # Footnotes gathered behind the signature run on to the appendices.
            region = "footnote" if region == "closing" else region
            here = "footnote"
        elif is_page_number(line) and (_is_sure_page(line) or numbered > 1 and _page(line) == last_page + 1):
            here = "page"
        elif region not in ("closing", "appendix_title") and (cells[i] or _is_noted(lines, cells, i)):
            here = "table"
        elif region == "body" and i in notes:
            here = "footnote"
        elif region == "appendix_title" and (cells[i] or _is_noted(lines, cells, i)):
            region = "appendix"
            here = "table"
        elif line.is_rule:
            here = "rule"
        elif is_page_number(line) and region != "appendix" or line.start in running or _is_speck(line, region):
            here = "page"
        if here == "page" and is_page_number(line):
            numbered, last_page = numbered + 1, _page(line)
        regions.append(here)
        previous = here
    return regions


def _is_noted(lines: Sequence[Line], cells: Sequence[bool], i: int) -> bool:
    """Whether a line is the note of the table above or below it."""
    beside = i > 0 and cells[i - 1] or i + 1 < len(cells) and cells[i + 1]
    return beside and is_table_note(lines[i])


def _further_notes(lines: Sequence[Line]) -> frozenset[int]:
    """The lines of a footnote behind its first, where blank lines part the notes from the text.

    They stand close under it, and another note or the page's end follows.
    """
    further: set[int] = set()
    apart = False
    i = 0
    while i < len(lines):
        if lines[i].marker.style != "footnote":
            apart = False
            i += 1
            continue
        apart = apart or lines[i].blanks > 0
        end = i + 1
        while end < len(lines) and lines[end].blanks == 0 and _is_plain(lines[end]):
            end += 1
        closed = end < len(lines) and (lines[end].marker.style == "footnote" or _ends_page(lines[end]))
        if apart and closed and end - i <= _LONGEST_NOTE:
            further.update(range(i + 1, end))
        else:
            apart = False
        i = end
    return frozenset(further)


def _is_plain(line: Line) -> bool:
    return line.marker.style == "none" and not (line.tabs or line.opens_page or is_page_number(line))


def _ends_page(line: Line) -> bool:
    return line.opens_page or is_page_number(line)


def _is_sure_page(line: Line) -> bool:
    """Whether a page number cannot be a figure of a table: ``- 3 -``, ``Trang 3``, or the first line of a page."""
    return line.opens_page or _SURE_PAGE.match(line.text) is not None


def _page(line: Line) -> int:
    found = _DIGITS.search(line.text)
    return int(found[0]) if found else 0


def _next_region(lines: Sequence[Line], i: int, region: Region, previous: Region) -> Region:
    """The region after line ``i`` was read, tables and footnotes within it aside."""
    line = lines[i]
    if is_appendix_heading(line) and (region != "body" or _stands_alone(lines, i)):
        return "appendix_title"
    if region in ("body", "appendix") and (opens_closing(line) or _opens_by_post(lines, i) or _opens_jointly(lines, i)):
        return "closing"
    if region in ("body", "appendix") and is_pipe_row(line) and _closing_cell(line):
        return "closing"
    if region == "footnote" and previous == "page" and _goes_on_signing(line):
        return "closing"
    if region == "closing" and line.marker.style.startswith(("roman", "part")) and not line.tabs and line.upper:
        return "body"
    if region == "closing" and previous != "footnote" and word_count(line.text) >= 40:
        return "body"
    if region == "appendix_title" and not _continues_title(lines, i):
        return "appendix"
    return region


def _stands_alone(lines: Sequence[Line], i: int) -> bool:
    """An appendix heading inside the body needs a blank line above it and no running text on its own line."""
    return lines[i].blanks > 0 or lines[i].upper


def _continues_title(lines: Sequence[Line], i: int) -> bool:
    """Whether a line goes on with the appendix's title: words in capitals, or short and unmarked."""
    line = lines[i]
    if line.marker.style != "none" and not is_attachment_note(line):
        return False
    if f"{line.folded} ".startswith(vocabulary().table_header):
        return False
    if is_attachment_note(line) or line.is_rule or line.upper:
        return True
    return not looks_like_prose(line) and line.tabs == 0 and word_count(line.text) > 3


def _opens_statistics(lines: Sequence[Line], cells: Sequence[bool], i: int) -> bool:
    """Whether a table with its title follows the signature, though no word says that it is an appendix."""
    line = lines[i]
    named = i + 1 < len(lines) and is_name(lines[i + 1].text)
    signs = named or opens_closing(line) or line.folded in vocabulary().posts
    title = line.upper and word_count(line.text) > 2 and not (line.tabs or signs)
    cell = cells[i] and not ((signs or is_name(line.text)) and line.tabs < 2)
    if not (title or cell or _NUMBERED_TABLE.match(line.folded)):
        return False
    ahead = range(i, min(i + _TITLE_LINES, len(lines)))
    if any(is_appendix_heading(lines[j]) for j in ahead if j > i):
        return False
    inside = [lines[j].text for j in ahead if cells[j] or title]
    return sum((_FIGURES.search(text) or _BARE_FIGURE.fullmatch(text)) is not None for text in inside) > 1


def _closing_cell(line: Line) -> bool:
    """Whether a row of a Markdown table opens the signature block: ``| Nơi nhận: | T/M BAN THƯỜNG VỤ |``."""
    return any(cell.strip(" *_").lower().startswith(vocabulary().recipients) for cell in line.text.split("|"))


def _goes_on_signing(line: Line) -> bool:
    """Whether a line belongs to a signature block that a page's footnotes cut in two."""
    listed = line.marker.style == "bullet" and word_count(line.text) <= _LONGEST_RECIPIENT
    return listed or line.folded.strip("() ") in vocabulary().posts or opens_closing(line) or is_name(line.text)


def _opens_by_post(lines: Sequence[Line], i: int) -> bool:
    """Whether a post in capitals stands alone above a name: ``TRƯỞNG BAN`` with no one signed for."""
    line = lines[i]
    if not line.upper or line.folded not in vocabulary().posts:
        return False
    below = next((x for x in lines[i + 1 : i + 4] if x.folded.strip("() ") not in vocabulary().posts), None)
    return below is not None and is_name(below.text)


def _opens_jointly(lines: Sequence[Line], i: int) -> bool:
    """Whether bodies or posts in columns stand above the names of those who sign together."""
    here = columns(lines[i]) if lines[i].tabs or lines[i].n_gaps else []
    if len(here) > 1 and i + 1 < len(lines) and lines[i + 1].folded.startswith("(ký"):
        return any(piece.lower() in vocabulary().posts for piece in here)
    if len(here) < 2 or not all(is_upper(piece) for piece in here):
        return False
    below = lines[i + 1 : i + 1 + _SIGNATURE_LINES]
    return any(len(names := columns(x)) == len(here) and all(map(is_name, names)) for x in below)


def _is_speck(line: Line, region: Region) -> bool:
    """Whether a line is what a scanner made of a stamp or a seal: ``~ ĐẾN |``."""
    if region != "body" or line.length > _LONGEST_SPECKS or word_count(line.text) > 3:
        return False
    return _SPECKS.search(line.text) is not None and line.marker.style != "footnote" and not is_pipe_row(line)


def _running_heads(lines: Sequence[Line]) -> frozenset[int]:
    """Starts of the lines that a page prints above or below its text: the same each time, next to a page's edge."""
    edges = [line for i, line in enumerate(lines) if line.length <= _LONGEST_RUNNING and _at_edge(lines, i)]
    counts = Counter(line.folded for line in edges)
    return frozenset(line.start for line in edges if counts[line.folded] > 1)


def _at_edge(lines: Sequence[Line], i: int) -> bool:
    """Whether a line stands next to a page number, or first on a page."""
    if is_page_number(lines[i]):
        return False
    beside = (lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines))
    return lines[i].opens_page or any(is_page_number(line) for line in beside)
