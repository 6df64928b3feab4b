"""The figures of one cell: counts, rates, fractions, lists of items, parts in brackets, words that stand for figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from danvan_nlp.indicators.numbers import Number, numbers, to_value
from danvan_nlp.language.key import fold
from danvan_nlp.structure.grid import table_words
from danvan_nlp.structure.layouts import bullet_rows, trimmed

_LEADING = re.compile(r"\(?\s*[~<>≈+]?\s*((?:trên|hơn|gần|khoảng|dưới)\s+)?(\d[\d.,]*\d|\d)", re.IGNORECASE)
_PERCENT = re.compile(r"(\d[\d.,]*)\s*%")
_FRACTION = re.compile(r"\s*/\s*(\d[\d.,]*)(?!\s*%)")
_RANGE = re.compile(r"\s*%?\s*(?:-|–|đến)\s*(\d[\d.,]*)\s*%?", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()]{1,400})\)")
# What follows a count and splits it up: "(27 ở huyện; 04 ở xã)", ", trong đó huyện 02, xã 04".
_AMONG = re.compile(r"\([^()]{1,400}\)|[,;]?\s*(?:trong đó|gồm)[^;.\n]{1,200}", re.IGNORECASE)
# A comma that does not end a clause: "các xã, thị trấn".
_LISTED = re.compile(r",(?=\s*(?:thị trấn|phường|thành phố|thị xã|ban,? ngành|ngành|việc|tp)(?!\w))", re.IGNORECASE)
_PART = re.compile(r"^\D{0,60}?(\d[\d.]*)\D{0,80}$")
_SEPARATOR = re.compile(r"[;,](?!\d)|\bvà\b")
_DOCUMENT = re.compile(
    r"(?:^|\n|;)\W*(?:(?:kế hoạch|chương trình|chỉ thị|công văn|quyết định|nghị quyết|hướng dẫn|kết luận|thông báo|quy chế|quy định|đề án|văn bản|báo cáo|thông tri)\b"
    r"[^\n;]{0,40}?)?(?:số:?\s*)?\d+\s?[a-z]?(?:/\d{4})?\s?[-/]\s?[A-ZĐ][\w/Đđ-]*",
    re.IGNORECASE,
)
_DOCUMENT_NUMBER = re.compile(r"\d+\s?[a-zA-Z]?(?:/\d{4})?\s?[-/]\s?[A-ZĐ]{2}")
_YEAR_AFTER = re.compile(r"(?:năm|tháng|ngày)\s*$", re.IGNORECASE)
_GARBAGE = re.compile(r"(\d)\1{4,}$")
_LONG = 300


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a cell, its place relative to the cell's text.

    Attributes
    ----------
    value, percent : float or None
        The count and the rate printed with it; ``bare_rate`` where the cell holds the rate alone.
    whole : float or None
        The second number of a fraction.
    label : str
        What the cell itself says of the figure: an item's name, a part's words, its clause.
    unit : str or None
        The word of counting after it.
    notes : tuple of str
        What a reader should know (indicators.md: FRACTION, MULTI, TEXT, OCR, RANGE, DERIVED).
    place : str
        For a part, its own words; for a clause, what goes before it in its sentence.
    part : bool
        Whether it is a part, in brackets, of the figure before.
    """

    start: int
    end: int
    value: float | None = None
    percent: float | None = None
    bare_rate: bool = False
    whole: float | None = None
    label: str = ""
    unit: str | None = None
    notes: tuple[str, ...] = ()
    part: bool = False
    text: bool = False
    clause: bool = False
    unlabelled: bool = False
    place: str = ""


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
    head = text[start : start + _LONG]
    if documents and not _starts_with_figure(head) and (counted := _documents(text)):
        return [
            Figure(
                start,
                end,
                value=float(counted),
                notes=(f"DERIVED: a list of documents, no number printed; counted {counted}",),
            )
        ]
    if not _starts_with_figure(head) and ":" in head and not _DOCUMENT_NUMBER.search(head):
        items = list(_items(text))
        if items:
            return items
    if (several := _several_lines(text, start, end)) is not None:
        return several
    figures = list(_simple(text, start, end))
    if figures:
        rest = list(_clauses(text, _first_end(text, figures[0]), end)) if clauses and not figures[0].text else []
        told = figures[0].percent if figures[0].value is not None else None
        return figures + [replace(f, start=start, end=end) for f in rest if not (f.bare_rate and f.percent == told)]
    if clauses:
        return list(_clauses(text, start, end)) or figures
    return figures


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
        return [
            Figure(start, end, value=to_value(sound[0]), notes=(f"OCR: the cell reads {printed}; read {sound[0]}",))
        ]
    note = f"MULTI: several figures without a word, {printed}"
    return [Figure(start, end, value=to_value(w), notes=(note,), unlabelled=True) for w in lines[:50]]


def _simple(text: str, start: int, end: int) -> Iterator[Figure]:
    """The figure that a cell opens with, and the parts in brackets after it; or words that stand for a figure."""
    flat = text[start:end]
    m = _LEADING.match(flat)
    if m is None or _DOCUMENT_NUMBER.match(flat, m.start(2)):
        if (figure := _in_words(flat, start, end)) is not None:
            yield figure
        return
    digits, at = m[2], m.end(2)
    notes: list[str] = []
    if m[1]:
        notes.append(f"APPROXIMATE: {m[1].strip()}")
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits):
        notes.append(f"AMBIGUOUS: the comma of {digits} may part thousands")
    value = to_value(digits)
    rest = flat[at : at + _LONG]
    if (span := _RANGE.match(rest)) and not re.match(r"\s*[-–]\s*\d{4}", rest):
        yield Figure(start, end, notes=(f"RANGE: {digits} - {span[1]}",), label="", bare_rate="%" in rest[: span.end()])
        return
    if rest.lstrip().startswith("%"):
        yield Figure(start, end, percent=value, bare_rate=True, notes=tuple(notes))
        return
    whole = None
    if fraction := _FRACTION.match(rest):
        whole = to_value(fraction[1])
        notes.append(f"FRACTION: {digits}/{fraction[1]}")
        rest = rest[fraction.end() :]
    stop = re.search(r"[;,.](?!\d)|\n", rest)
    own = rest[: stop.start()] if stop else rest
    percent = _PERCENT.search(own) or _PERCENT.match(rest[stop.end() :].lstrip(" đạtchiếmtỷlệ(") if stop else "")
    parts = [] if percent else list(_parts(text, start, end))
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


def _unit(after: str) -> str | None:
    found = re.match(r"\s*([^\W\d_]+(?:\s[^\W\d_]+){0,7})", after)
    return fold(found[1]) if found else None


def _parts(text: str, start: int, end: int) -> Iterator[Figure]:
    """``(27 ở huyện; 04 ở xã)``, ``(huyện: 27, xã: 4)``: a number and words in each piece, or no parts at all."""
    brackets = _BRACKETS.search(text, start, min(end, start + _LONG))
    inside = brackets[1] if brackets else _after_among(text[start : min(end, start + _LONG)])
    if inside is None:
        return
    found = []
    for piece in _SEPARATOR.split(inside):
        m = _PART.match(piece.strip()) if "%" not in piece else None
        words = re.sub(r"[\d.:]+", " ", piece).strip() if m else ""
        if m is None or not words:
            return
        label = " ".join(words.split())
        found.append(Figure(start, end, value=to_value(m[1].rstrip(".")), label=label, place=label, part=True))
    if len(found) > 1 or (found and brackets):
        yield from found


def _after_among(text: str) -> str | None:
    among = re.search(r"(?:trong đó|gồm)\s*:?\s*", text, re.IGNORECASE)
    return text[among.end() :] if among else None


def _in_words(flat: str, start: int, end: int) -> Figure | None:
    """Words that stand for a figure: ``Không``, ``Có``, ``Giữ nguyên …``, ``Đã giảm 10%``."""
    words = table_words()["text_figures"]
    head = fold(flat[:_LONG]).strip(" .:*_()")
    shown = " ".join(flat.split())[:60]
    if head in words["whole"]:
        no = head.startswith(("không", "chưa"))
        return Figure(start, end, value=0.0 if no else 1.0, notes=(f"TEXT: {shown}",), text=True)
    if head.startswith("giữ nguyên"):
        return Figure(start, end, percent=0.0, bare_rate=True, notes=(f"TEXT: {shown}",), text=True)
    if not head.startswith(tuple(words["starts"])) or len(flat) > _LONG:
        return None
    number = next((n for n in numbers(flat) if not _YEAR_AFTER.search(flat[: n.start])), None)
    if number is None:
        return None
    if number.percent:
        return Figure(start, end, percent=number.value, bare_rate=True, label="")
    percent = _PERCENT.search(flat, number.end)
    return Figure(start, end, value=number.value, percent=to_value(percent[1]) if percent else None, unit=number.unit)


def _first_end(text: str, figure: Figure) -> int:
    """Where the clause of a cell's first figure ends."""
    brackets = 0
    for i in range(figure.start, figure.end):
        brackets += (text[i] == "(") - (text[i] == ")")
        if text[i] in ";,\n" and brackets <= 0 and not text[i + 1 : i + 2].isdigit():
            return i + 1
    return figure.end


def _clauses(text: str, start: int, end: int) -> Iterator[Figure]:
    """A figure with its clause for label, for each clause that holds one; a rate alone belongs to the count before."""
    waiting: Figure | None = None
    passage = text[start:end]
    found = list(numbers(passage))
    upto = 0
    for i, number in enumerate(found):
        if number.start < upto:
            continue
        left = _clause_start(passage, found[i - 1].end if i else 0, number.opening)
        right = _clause_end(passage, number.end, found[i + 1].opening if i + 1 < len(found) else len(passage))
        if (
            number.percent
            and waiting is not None
            and waiting.percent is None
            and _only_rate(passage[left : number.opening])
        ):
            waiting = replace(waiting, percent=number.value)
            continue
        if waiting is not None:
            yield waiting
        earliest = max(0, left - _LONG)
        opening = max(earliest, *(passage.rfind(mark, earliest, left) + 1 for mark in (";", "\n")))
        context = " ".join(passage[opening:left].split())
        waiting = replace(_clause_figure(passage, number, left, right, start, end), place=context)
        among = _AMONG.match(passage, right)
        parts = list(_parts(passage, among.start(), among.end())) if among else []
        if parts and among:
            note = (f"MULTI: {' '.join(passage[number.start : among.end()].split())[:120]}",)
            yield replace(waiting, notes=waiting.notes + note)
            for part in parts:
                yield replace(
                    part, start=start, end=end, label=f"{part.label} {waiting.label}", notes=note, clause=True
                )
            waiting, upto = None, among.end()
    if waiting is not None:
        yield waiting


def _clause_figure(passage: str, number: Number, left: int, right: int, start: int, end: int) -> Figure:
    label = " ".join((passage[left : number.opening] + " " + passage[number.end : right]).split())
    note = (f"FRACTION: {number.value:g}/{number.of:g}",) if number.of is not None else ()
    return Figure(
        start,
        end,
        value=None if number.percent or number.until is not None else number.value,
        percent=number.value if number.percent else None,
        bare_rate=number.percent,
        whole=number.of,
        label=label,
        unit=number.unit,
        notes=note,
        clause=True,
    )


def _clause_start(text: str, low: int, at: int) -> int:
    window = _LISTED.sub(" ", text[low:at])
    ends = [cut + len(mark) for mark in (";", ",", "\n", "(", ":", " và ") if (cut := window.rfind(mark)) >= 0]
    return low + max(ends, default=0)


def _clause_end(text: str, at: int, high: int) -> int:
    cuts = [cut for mark in (";", ",", "\n", "(", ")", ".", " và ") if (cut := text.find(mark, at, high)) >= 0]
    return min(cuts, default=high)


def _only_rate(words: str) -> bool:
    return fold(words).strip(" ;,(:") in (
        "",
        "đạt",
        "đạt tỷ lệ",
        "tỷ lệ",
        "chiếm",
        "chiếm tỷ lệ",
        "=",
        "bằng",
        "tỉ lệ",
        "đạt tỉ lệ",
    )
