"""Which lines are rows or cells of a table: laid out by TABs, by pipes or by blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danvan_nlp.structure.lines.looks import is_appendix_heading, is_table_caption, looks_like_prose
from danvan_nlp.structure.lines.split import Line, is_page_number, word_count
from danvan_nlp.structure.tables.cells import is_period

_CELL_WORDS = 12
_GROUP_WORDS = 8
_FIGURE_CELL = re.compile(r"(?:\t|\s{3,})\d[\d.,]*\s?%?(?=\s|$)")
_LAST_FIGURE = re.compile(r"\s{3,}(?:\d[\d.,]*\s?%?|[xX])$")
_ORDINAL = re.compile(r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]? {3,}")
_GAP = re.compile(r" {3,}")
_DASHES = re.compile(r"-{3,}(?: +-{2,})*")
_HIGHEST = 400
_BETWEEN = 8
_HEAD_LINES = 3
_DEEP = 12
_PIPE = re.compile(r"^\|.*\|$")


def is_pipe_row(line: Line) -> bool:
    """Whether a line is a row of a Markdown table."""
    return _PIPE.match(line.text) is not None


def _is_barred(lines: Sequence[Line], i: int) -> bool:
    """Whether a line and one beside it hold bars between their cells: ``Năm | Số đoàn | Số cuộc``."""
    if lines[i].text.count(" | ") < 2:
        return False
    return any(0 <= j < len(lines) and lines[j].text.count("|") >= 2 for j in (i - 1, i + 1))


def tabular_lines(lines: Sequence[Line]) -> list[bool]:
    """Which lines are rows or cells of a table laid out by TABs, bars or blanks."""
    led = [x for x in lines if x.led_by_tab and x.tabs == 1]
    indented_prose = len(led) > 3 and sum(map(_is_indented_text, led)) > 0.5 * len(led)
    cells = [False] * len(lines)
    for i, line in enumerate(lines):
        after_marker = line.marker.style not in ("none", "bullet") or line.marker.length > 0
        inner = line.text.count("\t")
        if is_appendix_heading(line) or is_table_caption(line) or line.marker.style == "footnote":
            cells[i] = False
        elif is_pipe_row(line) or _is_barred(lines, i):
            cells[i] = True
        elif line.led_by_tab and (line.tabs == 1 or indented_prose and not inner):
            cells[i] = not indented_prose
        elif inner == 1 and after_marker and "\t" in line.text[: line.marker.length + 1]:
            cells[i] = False
        elif line.tabs:
            cells[i] = True
        elif i and cells[i - 1] and _goes_on_in_cell(lines, i):
            cells[i] = word_count(line.text) < 15 or any(x.led_by_tab for x in lines[i + 1 : i + 12])
    return _with_groups(lines, _fill_cells(lines, _aligned_runs(lines, cells)))


def _goes_on_in_cell(lines: Sequence[Line], i: int) -> bool:
    """Whether a line without TAB below one of a table goes on with a cell: one that a TAB opened, or of two columns."""
    above, line = lines[i - 1], lines[i]
    if line.blanks or above.tabs > 1 or is_pipe_row(above):
        return False
    rows_below = i + 1 < len(lines) and lines[i + 1].tabs > 0 and not lines[i + 1].led_by_tab
    if above.led_by_tab or not above.tabs:
        return not (rows_below and is_page_number(line))
    return line.text[0].islower() or rows_below and not is_page_number(line)


def _with_groups(lines: Sequence[Line], cells: list[bool]) -> list[bool]:
    """Add the titles of groups of rows: ``II. Tố cáo`` between two rows of figures."""
    for i in range(1, len(lines) - 1):
        below = lines[i + 1]
        if cells[i] or not (cells[i - 1] and cells[i + 1]) or lines[i].blanks or below.blanks:
            continue
        if word_count(lines[i].text) <= _GROUP_WORDS and len(_FIGURE_CELL.findall(below.text)) > 1:
            cells[i] = True
    return cells


def _aligned_runs(lines: Sequence[Line], cells: list[bool]) -> list[bool]:
    """Add the runs of lines whose columns are apart by blanks alone or told by dashes, with what is between."""
    i = 0
    while i < len(lines):
        end = _end_of_dashes(lines, i) or _end_of_run(lines, i)
        run = range(i, end)
        columns = sum(lines[k].n_gaps > 1 for k in run)
        figures = sum(_LAST_FIGURE.search(lines[k].text) is not None for k in run)
        if columns > 1 or figures > 1:
            first = i
            while first and i - first < _HEAD_LINES and _opens_head(lines, first - 1):
                first -= 1
            cells[first:end] = [True] * (end - first)
        i = max(end, i + 1)
    return cells


def _end_of_dashes(lines: Sequence[Line], i: int) -> int:
    """Where the table ends that a rule of dashes opens; 0 where there is none: one has a rule that marks columns."""
    if not _DASHES.fullmatch(lines[i].text):
        return 0
    rules = [k for k in range(i, min(i + _HIGHEST, len(lines))) if _DASHES.fullmatch(lines[k].text)]
    marked = next((n for n, k in enumerate(rules) if " " in lines[k].text), None)
    if marked is None or marked > 1:
        return 0
    closing = rules[marked + 1 : marked + 2]
    return closing[0] + 1 if closing else 0


def _end_of_run(lines: Sequence[Line], i: int) -> int:
    """Where a run of lines in columns ends that begins on a line; the line itself where it has none."""
    end = i
    for k in range(i, len(lines)):
        line = lines[k]
        ends = k > i and line.blanks > 1 or line.is_rule or is_appendix_heading(line)
        if ends or k > end + _BETWEEN or not line.n_gaps and (k == i or not _may_be_cell(line)):
            break
        if line.n_gaps:
            between = lines[end:k]
            if between and not all(map(_wraps, between)) and _looks_like_header(lines, k):
                break
            end = k + 1
    while i < end < len(lines) and lines[end].text[0].islower() and _wraps(lines[end]):
        end += 1
    return end


def _may_be_cell(line: Line) -> bool:
    return word_count(line.text) <= _CELL_WORDS or line.column >= _DEEP


def _looks_like_header(lines: Sequence[Line], i: int) -> bool:
    """Whether a line in columns holds no figures but years, and is not the title of a group above its rows."""
    if _holds_figures(lines[i]):
        return False
    titled = _ORDINAL.match(lines[i].text) is not None or i + 1 < len(lines) and _holds_figures(lines[i + 1])
    return lines[i].n_gaps > 1 or lines[i].column >= _DEEP or not titled


def _holds_figures(line: Line) -> bool:
    return not all(is_period(m[0].strip()) for m in _FIGURE_CELL.finditer(line.text))


def _opens_head(lines: Sequence[Line], i: int) -> bool:
    """Whether a line above the first one in columns is the top of a header: a few words far right, or in a gap."""
    line, below = lines[i], lines[i + 1]
    short = word_count(line.text) <= _GROUP_WORDS and line.marker.style == "none" and not line.upper
    whole = not line.text[0].islower() and line.text[-1] not in ":)."
    gaps = (m.span() for m in _GAP.finditer(below.text))
    inside = any(below.column + a < line.column and line.column + line.length < below.column + b for a, b in gaps)
    return short and whole and (line.column >= _DEEP or inside) and below.blanks == 0


def _wraps(line: Line) -> bool:
    """Whether a line without columns may be the rest of a cell: a few words set in."""
    return _may_be_cell(line) and line.indented and line.blanks == 0 and line.marker.style == "none"


def _is_indented_text(line: Line) -> bool:
    """Whether a line that begins with a TAB is an indented paragraph or heading rather than a cell."""
    if looks_like_prose(line) or line.marker.style in ("roman", "upper", "decimal2", "lower", "part"):
        return True
    return word_count(line.text) > 3 and line.tail.endswith((".", ";", ":")) or line.upper and word_count(line.text) > 2


def _fill_cells(lines: Sequence[Line], cells: list[bool]) -> list[bool]:
    """A cell may hold blank lines: what stands between two cells of one table is part of it."""
    i = 0
    while i < len(lines):
        if cells[i] and lines[i].led_by_tab:
            j = i + 1
            while j < len(lines) and j - i <= 6 and not cells[j] and _may_fill(lines[j]):
                j += 1
            if j < len(lines) and j - i > 1 and cells[j] and lines[j].led_by_tab and lines[j].blanks <= 1:
                cells[i + 1 : j] = [True] * (j - i - 1)
            i = max(j, i + 1)
        else:
            i += 1
    return cells


def _may_fill(line: Line) -> bool:
    return (
        line.blanks <= 1
        and not line.upper
        and line.marker.style in ("none", "bullet")
        and not (line.is_rule or is_appendix_heading(line))
    )
