"""Which lines are rows or cells of a table: laid out by TABs, by pipes or by blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danvan_nlp.structure.lines import Line, word_count
from danvan_nlp.structure.looks import is_appendix_heading, looks_like_prose

_CELL_WORDS = 12
_LONGEST_CELL = 80
_FEWEST_FIGURES = 4
_GROUP_WORDS = 8
_FIGURE_CELL = re.compile(r"(?:\t|\s{3,})\d[\d.,]*\s?%?(?=\s|$)")
_FIGURE = re.compile(r"\d[\d.,]*\s?%?|\d{1,2}/\d{4}")
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
    """Which lines are rows or cells of a table laid out by TABs."""
    led = [x for x in lines if x.led_by_tab and x.tabs == 1]
    indented_prose = len(led) > 3 and sum(map(_is_indented_text, led)) > 0.5 * len(led)
    cells = [False] * len(lines)
    for i, line in enumerate(lines):
        after_marker = line.marker.style not in ("none", "bullet") or line.marker.length > 0
        inner = line.text.count("\t")
        if is_appendix_heading(line) or line.marker.style == "footnote":
            cells[i] = False
        elif is_pipe_row(line) or _is_barred(lines, i):
            cells[i] = True
        elif line.led_by_tab and (line.tabs == 1 or indented_prose and not inner):
            cells[i] = not indented_prose
        elif inner == 1 and after_marker and "\t" in line.text[: line.marker.length + 1]:
            cells[i] = False
        elif line.tabs:
            cells[i] = True
        elif i and cells[i - 1] and line.blanks == 0 and lines[i - 1].tabs < 2:
            # Further lines of a cell that began with a TAB.
            cells[i] = word_count(line.text) < 15 or any(x.led_by_tab for x in lines[i + 1 : i + 12])
    return _bare_runs(lines, _with_groups(lines, _fill_cells(lines, _aligned_runs(lines, cells))))


def _with_groups(lines: Sequence[Line], cells: list[bool]) -> list[bool]:
    """Add the titles of groups of rows: ``II. Tố cáo`` between two rows of figures."""
    for i in range(1, len(lines) - 1):
        below = lines[i + 1]
        if cells[i] or not (cells[i - 1] and cells[i + 1]) or lines[i].blanks or below.blanks:
            continue
        if word_count(lines[i].text) <= _GROUP_WORDS and len(_FIGURE_CELL.findall(below.text)) > 1:
            cells[i] = True
    return cells


def _bare_runs(lines: Sequence[Line], cells: list[bool]) -> list[bool]:
    """Add the tables of the body that lost their TABs as well: one cell a line, many of them bare figures."""
    body = next((i for i, line in enumerate(lines) if is_appendix_heading(line)), len(lines))
    i = 0
    while i < body:
        j = i
        while j < body and not cells[j] and _is_bare_cell(lines[j]):
            j += 1
        figures = [k for k in range(i, j) if _FIGURE.fullmatch(lines[k].text)]
        if len(figures) >= _FEWEST_FIGURES and 3 * len(figures) >= figures[-1] - figures[0] + 1:
            first = max(i, figures[0] - 1 - _row_length(figures))
            cells[first : figures[-1] + 1] = [True] * (figures[-1] + 1 - first)
        i = max(j, i + 1)
    return cells


def _is_bare_cell(line: Line) -> bool:
    if line.length > _LONGEST_CELL or line.tabs or line.n_gaps or line.marker.style != "none" or line.is_rule:
        return False
    return word_count(line.text) <= _CELL_WORDS and not line.tail.endswith((".", ";", ":", ","))


def _row_length(figures: Sequence[int]) -> int:
    """How many lines a row takes, from where its figures stand; the header above takes as many."""
    opens = [b for a, b in zip(figures, figures[1:], strict=False) if b > a + 1]
    steps = [b - a for a, b in zip([figures[0], *opens], opens, strict=False)]
    return max(steps, default=_CELL_WORDS)


def _aligned_runs(lines: Sequence[Line], cells: list[bool]) -> list[bool]:
    """Add the runs of lines whose columns are apart by blanks alone, their wrapped cells among them."""
    run: list[int] = []
    for i, line in enumerate(lines):
        ends = line.blanks > 1 or line.is_rule or is_appendix_heading(line)
        if (ends or not (line.n_gaps or _wraps(line))) and run:
            _mark_run(lines, cells, run)
            run = []
        if line.n_gaps or run:
            run.append(i)
    _mark_run(lines, cells, run)
    return cells


def _wraps(line: Line) -> bool:
    """Whether a line without columns may be the rest of a cell: a few words set in."""
    short = word_count(line.text) <= _CELL_WORDS and line.marker.style == "none"
    return short and line.indented and line.blanks == 0


def _mark_run(lines: Sequence[Line], cells: list[bool], run: list[int]) -> None:
    if sum(lines[i].n_gaps > 1 for i in run) > 1:
        for i in run:
            cells[i] = True


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
