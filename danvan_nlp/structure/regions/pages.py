"""What a page prints around its text: its number, running heads, and the specks of a scan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from danvan_nlp.structure.lines.split import Line, is_page_number, word_count
from danvan_nlp.structure.tables.cells import is_period, is_total
from danvan_nlp.structure.tables.tabular import is_pipe_row

# What a scanner makes of stamps, seals and specks; no line of a report holds one of these between its words.
_SPECKS = re.compile(r"[~|^`\\¬§©®°¦¢£¥«»<>{}\[\]]")
_LONGEST_SPECKS = 24
_LONGEST_RUNNING = 120
_FULL_LINE = 60
_SURE_PAGE = re.compile(r"[-–—]\s*\d{1,3}\s*[-–—]$|trang\s+\d", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


def is_sure_page(line: Line) -> bool:
    """Whether a page number cannot be a figure of a table: ``- 3 -``, ``Trang 3``, or the first line of a page."""
    return line.opens_page or _SURE_PAGE.match(line.text) is not None


def page_of(line: Line) -> int:
    """The number in a line that holds a page number; 0 where it holds none."""
    found = _DIGITS.search(line.text)
    return int(found[0]) if found else 0


def parts_rows(lines: Sequence[Line], i: int) -> bool:
    """Whether a bare number stands between rows or full lines of an appendix, where no figure of a table does."""
    beside = [lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    return len(beside) == 2 and all(x.tabs or x.n_gaps or x.length >= _FULL_LINE for x in beside)


def is_speck(line: Line) -> bool:
    """Whether a line is what a scanner made of a stamp or a seal: ``~ ĐẾN |``."""
    if line.length > _LONGEST_SPECKS or word_count(line.text) > 3:
        return False
    return _SPECKS.search(line.text) is not None and line.marker.style != "footnote" and not is_pipe_row(line)


def running_heads(lines: Sequence[Line], cells: Sequence[bool]) -> frozenset[int]:
    """Starts of the lines that a page prints above or below its text: the same each time, next to a page's edge."""
    edges = [line for i, line in enumerate(lines) if not cells[i] and _may_run(line) and _at_edge(lines, cells, i)]
    counts = Counter(line.folded for line in edges)
    return frozenset(line.start for line in edges if counts[line.folded] > 1)


def _may_run(line: Line) -> bool:
    """Whether a line may be a running head by its look: no numbered heading, no period, no end of a sentence."""
    named = line.marker.style not in ("none", "bullet") or is_period(line.text) or is_total(line.text)
    return line.length <= _LONGEST_RUNNING and not (named or line.text[0].islower() or line.tail.endswith((".", ";")))


def _at_edge(lines: Sequence[Line], cells: Sequence[bool], i: int) -> bool:
    """Whether a line stands next to a page number, or first on a page."""
    if is_page_number(lines[i]):
        return False
    beside = (j for j in (i - 1, i + 1) if 0 <= j < len(lines))
    return lines[i].opens_page or any(is_page_number(lines[j]) and not cells[j] for j in beside)
