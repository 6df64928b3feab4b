"""The great parts of a report, line by line: letterhead, title, body, signature, footnotes, appendices, tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danvan_nlp.structure.lines.looks import (
    Region,
    is_appendix_heading,
    is_attachment_note,
    is_name,
    is_table_caption,
    is_table_note,
    looks_like_prose,
    opens_closing,
)
from danvan_nlp.structure.lines.split import Line, is_page_number, word_count
from danvan_nlp.structure.notes.plain import further_notes
from danvan_nlp.structure.regions.closing import closes, goes_on_signing, with_web_tail
from danvan_nlp.structure.regions.front import mark_front
from danvan_nlp.structure.regions.pages import is_speck, is_sure_page, page_of, parts_rows, running_heads
from danvan_nlp.structure.tables.bare import bare_tables
from danvan_nlp.structure.tables.tabular import tabular_lines
from danvan_nlp.structure.vocabulary import vocabulary

_NUMBERED_TABLE = re.compile(r"(?:biểu|bảng|mẫu)(?: số)?:? ?\d{1,2}\b")
_FIGURES = re.compile(r"(?:[\t|:] *| {3,})\d[\d.,]{0,12} ?%?(?: *[\t|;(]| {3,}| *$)")
_BARE_FIGURE = re.compile(r"\d[\d.,]{0,12} ?%?")
_TITLE_LINES = 7
_CAPTION_LINES = 3
_NOTE_LINES = 4
_FULL_LINE = 60


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
    rows = [False] * body_from + tabular_lines(lines[body_from:])
    cells = rows[:body_from] + bare_tables(lines[body_from:], rows[body_from:])
    running = running_heads(lines, cells)
    notes = further_notes(lines)
    region: Region = "body"
    previous: Region = "body"
    numbered, last_page = 0, 0
    for i in range(body_from, len(lines)):
        line = lines[i]
        if not (region == "body" and is_table_caption(line) and _goes_on_below(lines, cells, i)):
            region = _next_region(lines, i, region, previous)
        if region == "closing" and _opens_statistics(lines, cells, i):
            region = "appendix_title"
        number = is_page_number(line)
        follows = numbered > 1 and (rows[i] or not cells[i]) and page_of(line) == last_page + 1
        furniture = line.start in running or region == "body" and is_speck(line)
        here = region
        if line.marker.style == "footnote":
            # Footnotes gathered behind the signature run on to the appendices.
            region = "footnote" if region == "closing" else region
            here = "footnote"
        elif number and (is_sure_page(line) or follows):
            here = "page"
        elif region != "closing" and (cells[i] or _is_noted(lines, cells, i)):
            region = "appendix" if region == "appendix_title" else region
            here = "table"
        elif region == "body" and i in notes:
            here = "footnote"
        elif line.is_rule:
            here = "rule"
        elif previous == "table" and _goes_on_noting(lines, i):
            here = "table"
        elif furniture or number and (region != "appendix" or parts_rows(lines, i)):
            here = "page"
        if here == "page" and number:
            numbered, last_page = numbered + 1, page_of(line)
        regions.append(here)
        previous = here
    return with_web_tail(lines, regions)


def _goes_on_below(lines: Sequence[Line], cells: Sequence[bool], i: int) -> bool:
    """Whether the table that a caption names is followed by more of the body, not by another table or the end."""
    first = next((j for j in range(i + 1, min(i + 1 + _CAPTION_LINES, len(lines))) if cells[j]), len(lines))
    j = first
    while j < len(lines) and (cells[j] or _is_noted(lines, cells, j)) and not is_table_caption(lines[j]):
        j += 1
    if j == len(lines):
        return False
    after = lines[j]
    titled = is_appendix_heading(after) or is_table_caption(after) or closes(lines, j)
    stands = any(
        looks_like_prose(x) or x.length >= _FULL_LINE or x.marker.style != "none" and not _FIGURES.search(x.text)
        for x in lines[j : j + 3]
    )
    return stands and not titled


def _is_noted(lines: Sequence[Line], cells: Sequence[bool], i: int) -> bool:
    """Whether a line is the note of the table above or below it."""
    beside = i > 0 and cells[i - 1] or i + 1 < len(cells) and cells[i + 1]
    return beside and is_table_note(lines[i])


def _goes_on_noting(lines: Sequence[Line], i: int) -> bool:
    """Whether a line goes on with a table's note that is longer than a line."""
    opens = next((j for j in range(i - 1, max(i - _NOTE_LINES, 0) - 1, -1) if not lines[j].text[0].islower()), i)
    below = lines[i].blanks == 0 and lines[i].marker.style == "none" and lines[i].text[0].islower()
    return below and is_table_note(lines[opens]) and not any(lines[j].blanks for j in range(opens + 1, i))


def _next_region(lines: Sequence[Line], i: int, region: Region, previous: Region) -> Region:
    """The region after line ``i`` was read, tables and footnotes within it aside."""
    line = lines[i]
    if is_appendix_heading(line) and (region != "body" or _stands_alone(lines, i)):
        return "appendix_title"
    if region in ("body", "appendix") and closes(lines, i):
        return "closing"
    if region == "footnote" and previous == "page" and goes_on_signing(line):
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
