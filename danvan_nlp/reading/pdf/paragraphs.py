"""Lines of pages joined into paragraphs; footnotes told from the text by their size and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from danvan_nlp.reading.blocks import Block, clean, superscript
from danvan_nlp.reading.pdf.lines import Line
from danvan_nlp.reading.tables import opens_of_its_own

# A number at the line is a mark only before words: 26.408 and a row of figures are none.
_MARK = re.compile(r"([⁰¹²³⁴-⁹]+|\d{1,3}(?=[.)]\s*[^\W\d_]|\s+[^\W\d_]))[.)]?\s*")
_CITED = re.compile("(?<=[^\\s])[⁰¹²³⁴-⁹]+")
_ITEM = re.compile(r"(?:[-–+•*●▪]\s|\d{1,2}(?:\.\d{1,2}){0,3}[.)/]\s|[a-zđ]\)\s|[IVX]{1,5}\s?[-–.]\s)")
# A point of a list or of two numbers goes on with no line, however full that is.
_OWN = re.compile(r"(?:[•●▪]\s|\d{1,2}(?:\.\d{1,2}){1,3}\.\s+[^\W\d_])")
_STOPS = (".", ";", ":", "!", "?", "…", ".”", '."')
_NOTE_SIZE = 0.93
_INDENT = 8.0
_LONG = 40
_FEW = 8


@dataclass(slots=True)
class Frame:
    """Type area of a page: left and right edge of its lines, distance of its lines."""

    left: float
    right: float
    leading: float

    @property
    def middle(self) -> float:
        """The middle of the type area."""
        return (self.left + self.right) / 2


@dataclass(slots=True)
class Draft:
    """A paragraph or table while the pages are read."""

    lines: list[Line]
    rows: tuple[str, ...] = ()
    notes: list[tuple[str, list[str]]] = field(default_factory=list)
    centred: bool = False

    @property
    def text(self) -> str:
        """The paragraph on one line."""
        joined = ""
        for line in self.lines:
            words = line.text.strip()
            # A number such as 114-KL/TW may break behind its hyphen.
            glue = "" if not joined or (joined[-1:] == "-" and joined[-2:-1].isalnum()) else " "
            joined += glue + words
        return clean(joined)


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size that most of the text has."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def split_notes(lines: Sequence[Line], usual: float) -> tuple[list[Line], list[Line]]:
    """The text of a page, and the small lines at its foot."""
    small = [line for line in lines if line.size < _NOTE_SIZE * usual]
    floor = min((line.y for line in lines if line.size >= _NOTE_SIZE * usual), default=0.0)
    notes = [line for line in small if line.y < floor]
    notes = sorted(notes, key=lambda line: -line.y)
    while notes and not _MARK.match(notes[0].text) and not notes[0].text[:1].islower():
        notes = notes[1:]
    chosen = set(map(id, notes))
    return [line for line in lines if id(line) not in chosen], notes


def frame_of(lines: Sequence[Line], usual: Frame | None = None) -> Frame:
    """The type area that long lines show.

    Parameters
    ----------
    lines : sequence of Line
        The lines of a page, or of all pages.
    usual : Frame, optional
        The type area of the whole file: taken for a page that has few long lines.
    """
    long = [line for line in lines if len(line.text) >= _LONG]
    steps = [a.y - b.y for a, b in zip(lines, lines[1:], strict=False) if 0 < a.y - b.y < 4 * a.size]
    leading = median(steps) if steps else 14.0
    if usual is not None and len(long) < _FEW:
        return Frame(usual.left, usual.right, leading)
    long = long or list(lines)
    if not long:
        return Frame(0.0, 595.0, leading)
    lefts = Counter(round(line.x0 / 2) * 2 for line in long)
    # The left edge is where many lines begin, indented first lines aside.
    many: list[float] = [left for left, count in lefts.items() if count >= max(2, 0.1 * len(long))] or list(lefts)
    if usual is not None and any(abs(line.x0 - usual.left) < _INDENT / 2 for line in lines):
        # The only lines at the edge may be the short last ones of indented entries.
        many.append(usual.left)
    rights = sorted(line.x1 for line in long)
    return Frame(min(many), rights[int(0.9 * (len(rights) - 1))], leading)


def is_centred(line: Line, frame: Frame) -> bool:
    """Whether a line stands in the middle of the type area."""
    return abs(line.centre - frame.middle) < 6 and line.x0 > frame.left + 2 * _INDENT


def goes_on(draft: Draft, line: Line, frame: Frame) -> bool:
    """Whether a line belongs to the paragraph that the lines before it make."""
    before = draft.lines[-1]
    text = line.text.strip()
    if "\t" in line.text or "\t" in before.text or abs(line.size - before.size) > 0.15 * before.size:
        return False
    step = before.y - line.y
    if before.page == line.page and (step <= 0 or step > frame.leading + 0.35 * line.size):
        return False
    if opens_of_its_own(text) or _OWN.match(text):
        return False
    remark = draft.lines[0].text.lstrip().startswith("(") and before.text.rstrip().endswith(")")
    stopped = remark or before.text.rstrip().endswith(_STOPS)
    below_title = _is_in_capitals(before) and not _is_in_capitals(line)
    if _ITEM.match(text) and (stopped or below_title or before.x1 < frame.right - 2 * line.size):
        return False
    if draft.centred or (is_centred(line, frame) and not stopped and _may_be_centred(draft, frame)):
        return _goes_on_centred(before, line, frame)
    if line.x0 < frame.left - _INDENT or not _was_full(before, line, frame):
        return False
    indent = line.x0 - frame.left
    if indent <= _INDENT:
        return True
    hanging = len(draft.lines) > 1 and abs(line.x0 - before.x0) < 3
    opened = len(draft.lines) == 1 and bool(_ITEM.match(before.text.strip())) and line.x0 > before.x0 + 3
    return hanging or opened or text[:1].islower() or (not stopped and abs(line.x0 - before.x0) < 3)


def _may_be_centred(draft: Draft, frame: Frame) -> bool:
    """Whether each line fills its own from edge to edge, as the first lines of a long title do."""
    return all(abs(line.centre - frame.middle) < 6 and _is_filled(line, frame) for line in draft.lines)


def _goes_on_centred(before: Line, line: Line, frame: Frame) -> bool:
    if abs(line.centre - before.centre) > 8:
        return False
    if line.text[:1].isdecimal():
        return True
    if _is_in_capitals(line) != _is_in_capitals(before):
        return False
    open_bracket = before.text.count("(") > before.text.count(")")
    return line.text[:1].islower() or _is_filled(before, frame) or open_bracket


def _is_in_capitals(line: Line) -> bool:
    return line.text == line.text.upper()


def _is_filled(line: Line, frame: Frame) -> bool:
    return line.x1 - line.x0 > 0.75 * (frame.right - frame.left)


def _was_full(before: Line, line: Line, frame: Frame) -> bool:
    """Whether the first word of a line would not have fitted behind the line before."""
    text = line.text.strip()
    letter = max((line.x1 - line.x0) / len(text), 0.35 * line.size)
    return before.x1 + letter * len(text.split(" ", 1)[0]) + 0.2 * line.size > frame.right - 1


def cited_marks(draft: Draft) -> list[str]:
    """The footnote marks that stand in a paragraph or table."""
    return _CITED.findall(draft.text if draft.lines else "\n".join(draft.rows))


def read_notes(lines: Sequence[Line]) -> list[tuple[str, list[str]]]:
    """The footnotes of a page: mark (empty for the rest of one from the page before) and paragraphs."""
    notes: list[tuple[str, list[str]]] = []
    right = max((line.x1 for line in lines), default=0.0)
    for i, line in enumerate(lines):
        text = clean(line.text.strip())
        opening = _MARK.match(text)
        if opening and (not opening[1].isdecimal() or not notes or _follows(notes, opening[1])):
            mark = superscript(opening[1]) if opening[1].isdecimal() else opening[1]
            notes.append((mark, [text[opening.end() :]]))
        elif not notes:
            notes.append(("", [text]))
        elif i and lines[i - 1].x1 + (0.35 * len(text.split(" ", 1)[0]) + 0.2) * line.size > right - 1:
            notes[-1][1][-1] += " " + text
        else:
            notes[-1][1].append(text)
    return notes


def _follows(notes: Sequence[tuple[str, list[str]]], number: str) -> bool:
    """Whether a plain number is the next mark."""
    return any(mark == superscript(int(number) - 1) for mark, _ in notes[-1:])


def finish(draft: Draft) -> Block:
    """The block of a paragraph or table."""
    lines = draft.rows or (draft.text,)
    close = draft.centred or (not draft.rows and "\t" in draft.text)
    return Block(lines=lines, close=close, notes=tuple((mark, tuple(text)) for mark, text in draft.notes))
