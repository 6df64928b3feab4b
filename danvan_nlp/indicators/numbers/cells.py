"""Figures of one cell: counts, rates, fractions, items of a list, parts in brackets, words that stand for figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from danvan_nlp.indicators.numbers.clauses import AMONG, LISTED, read_clauses
from danvan_nlp.indicators.numbers.figure import LONG_CELL, REACH, Figure, parts_of
from danvan_nlp.indicators.numbers.numbers import LONGEST, numbers, to_value
from danvan_nlp.language.key import fold
from danvan_nlp.structure.tables.bullets import bullet_rows, trimmed
from danvan_nlp.structure.tables.cells import is_period, table_words

_LEADING = re.compile(
    r"\(?\s*(?:[~<>≈+]\s*|(?P<minus>[-–−])(?=\d))?((?:trên|hơn|gần|khoảng|dưới)\s+)?(\d[\d.,]*\d|\d)", re.IGNORECASE
)
_PERCENT = re.compile(r"(\d[\d.,]*)\s*%")
# "9/9 đơn, đạt 100%": a rate in the next clause that says nothing else.
_RATE_NEXT = re.compile(r"\s*(?:đạt|chiếm)?\s*(?:tỷ lệ|tỉ lệ)?\s*\(?(\d[\d.,]*)\s*%", re.IGNORECASE)
_STOP = re.compile(rf"[;.](?!\d)|,(?!\d|{LISTED})|\n", re.IGNORECASE)
_FRACTION = re.compile(r"\s*/\s*(\d[\d.,]*)(?![\d.,]|\s*%)")
_RANGE = re.compile(r"\s*%?\s*(?:-|–|đến)\s*(\d[\d.,]*)\s*%?", re.IGNORECASE)
_TYPES = "kế hoạch|chương trình|chỉ thị|công văn|quyết định|nghị quyết|hướng dẫn|kết luận|thông báo|quy chế|quy định"
_DOCUMENT = re.compile(
    rf"(?:^|\n|;)[^\w\n;]{{0,20}}(?:(?:{_TYPES}|đề án|văn bản|báo cáo|thông tri)\b[^\n;]{{0,40}}?)?"
    r"(?:số:?\s*)?\d+ ?[a-z]?(?:/\d{4})? ?[-/] ?[A-ZĐ][\w/Đđ-]*",
    re.IGNORECASE,
)
_DOCUMENT_NUMBER = re.compile(r"\d+\s?[a-zA-Z]?(?:/\d{4})?\s?[-/]\s?[A-ZĐ]{2}")
_YEAR_AFTER = re.compile(r"(?:năm|tháng|ngày)\s*$", re.IGNORECASE)
# "15 cuộc đối với 42 đơn vị": a second count, of what the first was about.
_ABOUT = re.compile(r"\s(?:đối với|với|tại|ở)\s+(?=\d)", re.IGNORECASE)
_NEXT_ITEM = re.compile(r"(?<=\d) +(?=[-–+•] [^\W\d_][^:\n]{1,60}:\s*\d)")
_COUNT = re.compile(r"(\d[\d.]*) +([^\W\d_]+(?: [^\W\d_]+){0,3})\s*(?:[,;+]\s*|(?=\d)|$)")
_GARBAGE = re.compile(r"(\d)\1{4,}$")


def read_cell(text: str, *, documents: bool = False, clauses: bool = False) -> list[Figure]:
    """Read the figures of a cell.

    Parameters
    ----------
    text : str
        Comparison key of the cell.
    documents : bool
        Whether a list of documents without a figure is counted.
    clauses : bool
        Whether a cell in words is searched for a figure in each clause.

    Examples
    --------
    >>> [(f.value, f.percent) for f in read_cell("222 (92,89%)")]
    [(222.0, 92.89)]
    >>> [(f.value, f.percent) for f in read_cell("31 vụ, việc (đạt 77,5%)")]
    [(31.0, 77.5)]
    >>> [(f.value, f.label) for f in read_cell("31 (27 ở huyện; 04 ở xã)")]
    [(31.0, ''), (27.0, 'ở huyện'), (4.0, 'ở xã')]
    >>> [(f.value, f.notes) for f in read_cell("56/56")]
    [(56.0, ('FRACTION: 56/56',))]
    >>> [(f.label, f.value) for f in read_cell("- Cấp trưởng: 01\\n- Cấp phó: 0")]
    [('Cấp trưởng', 1.0), ('Cấp phó', 0.0)]
    """
    start, end = trimmed(text, 0, len(text))
    if start == end:
        return []
    # A cell's line breaks may have become blanks; each item has its dash still.
    text = _NEXT_ITEM.sub(lambda blanks: "\n".rjust(len(blanks[0])), text)
    head = text[start : start + REACH]
    if documents and not _starts_with_figure(head) and (listed := _documents(text)):
        note = f"DERIVED: a list of documents, no number printed; counted {listed}"
        return [Figure(start, end, value=float(listed), notes=(note,))]
    opens_items = not _starts_with_figure(head) or is_period(head.partition(":")[0])
    if opens_items and ":" in head and not _DOCUMENT_NUMBER.search(head) and (items := list(_items(text))):
        return items
    if not clauses and len(counted := list(_counted(text, start, end))) > 1:
        return counted
    return _figures_of(text, start, end, clauses)


def _figures_of(text: str, start: int, end: int, clauses: bool) -> list[Figure]:
    """The figure that a cell opens with and its parts; with ``clauses`` those of its other clauses too."""
    if (several := _several_lines(text, start, end)) is not None:
        return several
    figures = list(_simple(text, start, end))
    if figures:
        rest = list(read_clauses(text, _first_end(text, figures), end)) if clauses and not figures[0].text else []
        told = figures[0].percent if figures[0].value is not None else None
        return figures + [_widened(f, start, end) for f in rest if not (f.bare_rate and f.percent == told)]
    if clauses:
        return list(read_clauses(text, start, end)) or figures
    return figures


def _widened(figure: Figure, start: int, end: int) -> Figure:
    """A clause's figure has the whole cell for its place, unless the cell is too long to show."""
    return replace(figure, start=start, end=end) if end - start <= LONG_CELL else figure


def _counted(text: str, start: int, end: int) -> Iterator[Figure]:
    """Figures of a cell that is nothing but counts with their words: ``07 đoàn, 12 cuộc``; none where it is more."""
    at, found = start, []
    while at < end:
        m = _COUNT.match(text, at, end)
        if m is None:
            return
        unit = fold(m[2])
        found.append(Figure(start, end, value=to_value(m[1]), label=unit, unit=unit))
        at = m.end()
    yield from found


def _starts_with_figure(head: str) -> bool:
    return _LEADING.match(head) is not None and not _DOCUMENT_NUMBER.match(head.lstrip("( "))


def _documents(text: str) -> int:
    """How many documents a cell lists, one a line or bullet."""
    return len(_DOCUMENT.findall(text))


def _items(text: str) -> Iterator[Figure]:
    """Figures of the items ``label: value`` of a cell."""
    lines: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    grid = bullet_rows(text, lines)
    labels: dict[int, list[tuple[int, int]]] = {}
    for row, column, span, height, _ in grid.cells:
        if column < grid.n_columns - 1:
            for r in range(row, row + min(height, 1000)):
                labels.setdefault(r, []).append(span)
    for row, column, span, _, _ in grid.cells:
        if column != grid.n_columns - 1:
            continue
        mine = labels.get(row, [])
        label = " > ".join(text[a:b] for a, b in mine)
        start = _item_start(text, mine[-1][0]) if mine else span[0]
        for figure in _simple(text, *span):
            words = f"{label} {figure.label}".strip() if figure.part else label
            yield replace(figure, start=start, label=words)


def _item_start(text: str, start: int) -> int:
    """Where an item begins, with the bullet before its label."""
    left = text.rfind("\n", 0, start) + 1
    bullet = text[left:start].strip()
    return start - len(text[left:start].lstrip()) if bullet and all(c in "-–—+•*○●▪■ " for c in bullet) else start


def _several_lines(text: str, start: int, end: int) -> list[Figure] | None:
    """A cell with a bare number on each of several lines: the one that is no garbage, or all, in doubt."""
    lines = text[start:end].split()
    if len(lines) < 2 or "\n" not in text[start:end] or not all(re.fullmatch(r"\d[\d.,]*", w) for w in lines[:50]):
        return None
    sound = [w for w in lines if not _GARBAGE.match(w)]
    printed = " ".join(lines)[:80]
    if len(sound) == 1:
        return [Figure(start, end, value=to_value(sound[0]), notes=(f"OCR: {printed}; read {sound[0]}",))]
    note = f"MULTI: several figures without a word, {printed}"
    return [Figure(start, end, value=to_value(w), notes=(note,), unlabelled=True) for w in lines[:50]]


def _simple(text: str, start: int, end: int) -> Iterator[Figure]:
    """The figure that a cell opens with, and the parts in brackets after it; or words that stand for a figure."""
    flat = text[start:end]
    m = _LEADING.match(flat)
    if m is None or len(m[3]) > LONGEST or _DOCUMENT_NUMBER.match(flat, m.start(3)):
        if (figure := _in_words(flat, start, end)) is not None:
            yield figure
        return
    digits, at = m[3], m.end(3)
    notes = [f"APPROXIMATE: {m[2].strip()}"] if m[2] else []
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits):
        notes.append(f"AMBIGUOUS: the comma of {digits} may part thousands")
    value, rest = to_value(digits) * (-1 if m["minus"] else 1), flat[at : at + REACH]
    if (span := _RANGE.match(rest)) and not (_is_rate_after(digits, span) or re.match(r"\s*[-–]\s*\d{4}", rest)):
        yield Figure(start, end, notes=(f"RANGE: {digits} - {span[1]}",), label="", bare_rate="%" in rest[: span.end()])
        return
    if rest.lstrip().startswith("%"):
        yield Figure(start, end, percent=value, bare_rate=True, notes=tuple(notes))
        return
    whole = None
    if fraction := _FRACTION.match(rest):
        whole, rest = to_value(fraction[1]), rest[fraction.end() :]
        notes.append(f"FRACTION: {digits}/{fraction[1]}")
    stop = _STOP.search(rest)
    own = rest[: stop.start()] if stop else rest
    percent = _PERCENT.search(own) or (_RATE_NEXT.match(rest, stop.end()) if stop else None)
    parts = [] if percent else list(parts_of(text, start, end))
    if parts:
        notes.append(f"MULTI: {' '.join(flat.split())[:120]}")
    yield Figure(
        start,
        end,
        value=value,
        percent=to_value(percent[1].rstrip(".,")) if percent else None,
        whole=whole,
        unit=_unit(own),
        notes=tuple(notes),
    )
    for part in parts:
        yield replace(part, notes=(notes[-1],))


def _is_rate_after(digits: str, span: re.Match[str]) -> bool:
    """Whether what looks like a range is a count and its rate: it falls, or the rate alone has decimals."""
    return to_value(span[1]) <= to_value(digits) or "," in span[1] and "," not in digits and "%" in span[0]


def _unit(after: str) -> str | None:
    found = re.match(r"\s*([^\W\d_]+(?:\s[^\W\d_]+){0,7})", after)
    return fold(found[1]) if found else None


def _in_words(flat: str, start: int, end: int) -> Figure | None:
    """Words that stand for a figure: ``Không``, ``Có``, ``Giữ nguyên …``, ``Đã giảm 10%``."""
    words = table_words()["text_figures"]
    head = fold(flat[:REACH]).strip(" .:*_()")
    shown = " ".join(flat.split())[:60]
    if head in words["whole"]:
        no = head.startswith(("không", "chưa"))
        return Figure(start, end, value=0.0 if no else 1.0, notes=(f"TEXT: {shown}",), text=True)
    if head.startswith("giữ nguyên"):
        return Figure(start, end, percent=0.0, bare_rate=True, notes=(f"TEXT: {shown}",), text=True)
    if not head.startswith(tuple(words["starts"])) or len(flat) > REACH:
        return None
    number = next((n for n in numbers(flat) if not _YEAR_AFTER.search(flat[: n.start])), None)
    if number is None:
        return None
    if number.percent:
        return Figure(start, end, percent=number.value, bare_rate=True, label="")
    percent = _PERCENT.search(flat, number.end)
    return Figure(start, end, value=number.value, percent=to_value(percent[1]) if percent else None, unit=number.unit)


def _first_end(text: str, figures: list[Figure]) -> int:
    """Where the clause of a cell's first figure ends, with the parts that it is split into."""
    first = figures[0]
    start = first.start
    if len(figures) > 1 and (among := AMONG.search(text, first.start, first.end)) is not None:
        start = among.end()
    brackets = 0
    for i in range(start, first.end):
        brackets += (text[i] == "(") - (text[i] == ")")
        if text[i] in ";,\n" and brackets <= 0 and not text[i + 1 : i + 2].isdigit():
            return i + 1
        if brackets <= 0 and _ABOUT.match(text, i):
            return i
    return first.end
