"""The great parts of a report, line by line: letterhead, title, body, signature, footnotes, appendices, tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from danvan_nlp.language.letters import UPPER
from danvan_nlp.structure.front import mark_front
from danvan_nlp.structure.lines import Line, is_page_number, word_count
from danvan_nlp.structure.looks import (
    Region,
    is_appendix_heading,
    is_attachment_note,
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
_TITLE_LINES = 7
_LONGEST_RUNNING = 120
_NAME = re.compile(rf"[{UPPER}][^\W\d_]*(?:(?:\s+|[’'-])[{UPPER}][^\W\d_]*){{1,5}}$")


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
    region: Region = "body"
    previous: Region = "body"
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
        elif region not in ("closing", "appendix_title") and cells[i]:
            here = "table"
        elif region == "appendix_title" and cells[i]:
            region = "appendix"
            here = "table"
        elif line.is_rule:
            here = "rule"
        elif (region != "appendix" and is_page_number(line)) or line.start in running or _is_speck(line, region):
            here = "page"
        regions.append(here)
        previous = here
    return regions


def _next_region(lines: Sequence[Line], i: int, region: Region, previous: Region) -> Region:
    """The region after line ``i`` was read, tables and footnotes within it aside."""
    line = lines[i]
    if is_appendix_heading(line) and (region != "body" or _stands_alone(lines, i)):
        return "appendix_title"
    if region in ("body", "appendix") and (opens_closing(line) or _opens_by_post(lines, i)):
        return "closing"
    if region in ("body", "appendix") and is_pipe_row(line) and _closing_cell(line):
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
    if is_attachment_note(line) or line.is_rule or line.upper:
        return True
    return not looks_like_prose(line) and line.tabs == 0 and word_count(line.text) > 3


def _opens_statistics(lines: Sequence[Line], cells: Sequence[bool], i: int) -> bool:
    """Whether a table with its title follows the signature, though no word says that it is an appendix."""
    line = lines[i]
    named = i + 1 < len(lines) and _NAME.match(lines[i + 1].text) is not None
    signs = named or opens_closing(line) or line.folded in vocabulary().posts
    title = line.upper and word_count(line.text) > 2 and not (line.tabs or signs)
    if not (title or cells[i] or _NUMBERED_TABLE.match(line.folded)):
        return False
    ahead = range(i, min(i + _TITLE_LINES, len(lines)))
    if any(is_appendix_heading(lines[j]) for j in ahead if j > i):
        return False
    return sum(_FIGURES.search(lines[j].text) is not None and (cells[j] or title) for j in ahead) > 1


def _closing_cell(line: Line) -> bool:
    """Whether a row of a Markdown table opens the signature block: ``| Nơi nhận: | T/M BAN THƯỜNG VỤ |``."""
    return any(cell.strip(" *_").lower().startswith(vocabulary().recipients) for cell in line.text.split("|"))


def _opens_by_post(lines: Sequence[Line], i: int) -> bool:
    """Whether a post in capitals stands alone above a name: ``TRƯỞNG BAN`` with no one signed for."""
    line = lines[i]
    if not line.upper or line.folded not in vocabulary().posts:
        return False
    below = next((x for x in lines[i + 1 : i + 4] if x.folded.strip("() ") not in vocabulary().posts), None)
    return below is not None and _NAME.match(below.text) is not None


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
