"""The lines of a report that belong to its tables, as the tables' reader sees them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from danvan_nlp.language.key import Key
from danvan_nlp.structure.tables.cells import is_period, table_words
from danvan_nlp.structure.tables.layouts import is_grid_rule
from danvan_nlp.structure.vocabulary import vocabulary
from danvan_nlp.types import Unit

_STATISTIC = re.compile(r"[^\t:]{2,160}:[^\n]{0,160}\d[^\n]{0,160}$")
_STATED_TITLE = re.compile(r"[^\t:]{2,160}:\s*\d[\d.,]*\s*%?[^.\n]{0,80}$")
_APPENDIX = re.compile(r"\W*(?:phụ\s+lục|phụ\s+biểu|biểu\s|bảng\s|mẫu\s|tổng\s+hợp\s+số\s+liệu)", re.IGNORECASE)
_GROUP = re.compile(r"(?:[IVX]{1,5}|[A-HĐ])[.)]?\s")
_FLANKED = 3
_LONGEST_CELL = 120
_WIDEST = 2000
_COLUMNS = re.compile(r"\S {2,}\S")
_WIDE_GAP = re.compile(r"(?<=\S)\s{3,}(?=\S)")


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line of the key, blank ones too.

    Attributes
    ----------
    start, end : int
        Its range in the key.
    blank : bool
        It holds nothing, or TABs alone.
    tabs : int
        Its TABs.
    pipe : bool
        It is a row or a rule of a Markdown table.
    unit : int or None
        Index of the unit that it belongs to.
    role : str or None
        That unit's role.
    tabular : bool
        It is part of a table.
    """

    start: int
    end: int
    blank: bool
    tabs: int
    pipe: bool
    unit: int | None
    role: str | None = None
    tabular: bool = False


def table_lines(key: Key, units: Sequence[Unit]) -> list[TableLine]:
    """All lines of a report, those of its tables marked.

    Parameters
    ----------
    key : Key
        The key of the report's text.
    units : sequence of Unit
        Its units, with offsets into the source.

    Examples
    --------
    >>> from danvan_nlp.language.key import make_key
    >>> [line.tabular for line in table_lines(make_key("Năm\t2015"), [Unit(start=0, end=8, role="table")])]
    [True]
    """
    lines: list[TableLine] = []
    bounds = [key.to_key(u.start, u.end) for u in units]
    at, unit, appendix = 0, 0, False
    body = key.text
    while at <= len(body):
        end = body.find("\n", at)
        end = len(body) if end < 0 else end
        while unit < len(units) and bounds[unit][1] <= at:
            unit += 1
        mine = unit if unit < len(units) and bounds[unit][0] < max(end, at + 1) else None
        role = units[mine].role if mine is not None else None
        content = body[at:end]
        if role == "heading" and _APPENDIX.match(content):
            appendix = True
        statistic = appendix and _states(content, role)
        lines.append(
            TableLine(at, end, not content.strip(), content.count("\t"), _is_pipes(content), mine, role,
                  (role == "table" or statistic) and not _is_note(content))
        )  # fmt: skip
        at = end + 1
    return _with_flanked(key, lines)


def _is_note(content: str) -> bool:
    """Whether a line only says how to read the table: ``Đơn vị tính: lượt``, ``Ghi chú: …``, and heads no column."""
    words = content[:_WIDEST].strip(" *_").lower()
    heads = words in table_words()["unit_headers"]["whole"] or words in table_words()["remark_headers"]["whole"]
    return words.startswith(vocabulary().table_notes) and not heads and "\t" not in content.strip()


def _is_pipes(content: str) -> bool:
    return content.lstrip()[:1] == "|" or content[:_WIDEST].count(" | ") > 1 or is_grid_rule(content)


def _states(content: str, role: str | None) -> bool:
    """Whether a line of an appendix states a figure or holds columns, though its unit is taken for text."""
    if role == "heading":
        return not _APPENDIX.match(content) and _STATED_TITLE.match(content) is not None
    columns = len(_WIDE_GAP.findall(content[:_WIDEST])) > 1
    return role == "sentence" and (columns or _STATISTIC.match(content) is not None)


def _may_be_cell(content: str, role: str | None) -> bool:
    """Whether a line between lines of a table may be one too: columns, signs alone, or a few words of no sentence."""
    if role == "heading":
        # "4.1.2.  Cấp huyện"
        return False
    if _COLUMNS.search(content) or not any(c.isalnum() for c in content):
        return True
    return role == "sentence" and len(content) < _LONGEST_CELL and not content.rstrip().endswith((".", ":"))


def _content(key: Key, line: TableLine) -> str:
    return key.text[line.start : line.end]


def _names_rows(key: Key, lines: list[TableLine], at: int) -> bool:
    """Whether what looks like a heading names the rows right below it, which go on with the table right above it."""
    above, below = lines[at - 1 : at], lines[at + 1 : at + 2]
    if not (above and below and 1 < above[0].tabs <= below[0].tabs and _GROUP.match(_content(key, lines[at]))):
        return False
    row = _content(key, below[0]).split("\t")
    return is_period(row[0]) and not all(map(is_period, row))


def _with_flanked(key: Key, lines: list[TableLine]) -> list[TableLine]:
    """Take a few lines with tabs, pipes or columns for table lines where lines of a table stand on both sides."""
    full = [i for i, line in enumerate(lines) if not line.blank]
    waiting: list[int] = []
    inside = False
    for i in full:
        line = lines[i]
        if line.tabular:
            if inside and len(waiting) <= _FLANKED:
                for j in waiting:
                    lines[j] = replace(lines[j], tabular=True)
            waiting, inside = [], True
        elif line.tabs or line.pipe or _names_rows(key, lines, i) or _may_be_cell(_content(key, line), line.role):
            waiting.append(i)
        else:
            waiting, inside = [], False
    return lines
