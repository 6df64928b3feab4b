"""The lines of a text with what the structure stage asks of them: marker, case, length, tabs, blanks around."""

from __future__ import annotations

import re
from dataclasses import dataclass

from danvan_nlp.structure.markers import Marker, parse_marker
from danvan_nlp.structure.vocabulary import vocabulary

_WORD = re.compile(r"[^\W\d_]+")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
# A lost footnote mark leaves the full stop behind it on a line of its own.
_LONE_STOP = re.compile(r"[.,;:)”’»!?…]{1,3}")
_WIDE_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_LONGEST_JUDGED = 4000


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank.

    Attributes
    ----------
    start, end : int
        Range in the key without the blanks at both ends.
    text : str
        The line's first characters (4,000 at most: enough to judge it).
    tail : str
        Its last characters (40 at most).
    blanks : int
        How many blank lines stand before it.
    tabs : int
        TABs before, inside and after its words.
    indented : bool
        It begins with a blank or a TAB.
    opens_page : bool
        A form feed stands before it.
    n_gaps : int
        Stretches of three blanks or more between its words.
    """

    start: int
    end: int
    text: str
    tail: str
    blanks: int
    tabs: int
    indented: bool
    led_by_tab: bool
    opens_page: bool
    n_gaps: int
    marker: Marker
    upper: bool
    is_rule: bool

    @property
    def length(self) -> int:
        """Length in characters."""
        return self.end - self.start

    @property
    def words(self) -> str:
        """The line without marker and markup."""
        return self.text[self.marker.length :].strip("*_ ")

    @property
    def folded(self) -> str:
        """The line without marker and markup, in lower case, single blanks."""
        return " ".join(self.words.lower().split())


def is_upper(text: str) -> bool:
    """Whether a text is written in capitals (four letters of five), and has at least two letters.

    Examples
    --------
    >>> is_upper("KẾT QUẢ THỰC HIỆN"), is_upper("Kết quả"), is_upper("ĐẾN Ngày 12")
    (True, False, False)
    """
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def split_lines(key: str) -> list[Line]:
    """Cut a key into the lines that are not blank.

    Examples
    --------
    >>> [line.text for line in split_lines("I. MỞ ĐẦU\\n\\n  Năm 2019, … ")]
    ['I. MỞ ĐẦU', 'Năm 2019, …']
    """
    lines: list[Line] = []
    blanks = at = 0
    for raw in key.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = at + len(raw) - len(raw.lstrip())
            lines.append(_make_line(raw, stripped, start, blanks))
            blanks = 0
        else:
            blanks += 1
        at += len(raw) + 1
    return lines


def _make_line(raw: str, stripped: str, start: int, blanks: int) -> Line:
    text = stripped[:_LONGEST_JUDGED]
    marker = parse_marker(text)
    return Line(
        start=start,
        end=start + len(stripped),
        text=text,
        tail=stripped[-40:].rstrip("*_ "),
        blanks=blanks,
        tabs=raw.count("\t"),
        indented=raw.lstrip("\f\r")[0].isspace(),
        opens_page="\f" in raw[: len(raw) - len(raw.lstrip())],
        n_gaps=len(_WIDE_GAP.findall(text)),
        led_by_tab=raw.lstrip(" ").startswith("\t"),
        marker=marker,
        upper=is_upper(text[marker.length :]),
        is_rule=not _LETTER_OR_DIGIT.search(stripped) and not _LONE_STOP.fullmatch(stripped),
    )


def is_page_number(line: Line) -> bool:
    """Whether a line holds a page number alone."""
    return line.length <= 16 and bool(vocabulary().page.match(line.text))


def word_count(text: str) -> int:
    """Number of syllables.

    Examples
    --------
    >>> word_count("1. Kết quả đạt được")
    4
    """
    return len(_WORD.findall(text))


def wrap_width(lines: list[Line]) -> int | None:
    """The column at which a text was wrapped, or None where a line is a paragraph.

    A text counts as wrapped when most of its longer lines come close to one width of at most 130 columns and are
    followed by another line without a blank one between, or when most of its lines that break off in a sentence do.
    """
    prose = [line for line in lines if not line.tabs and not line.is_rule]
    pairs = [(a, b) for a, b in zip(prose, prose[1:], strict=False) if b.blanks == 0 and a.length >= 40]
    if len(pairs) < 5:
        return None
    widths = sorted(line.length for line in prose)
    width = widths[int(0.99 * (len(widths) - 1))]
    if width > 130 or widths[-1] > width + 40:
        return None
    full = sum(a.length >= 0.8 * width for a, _ in pairs)
    if full >= 0.6 * len(pairs) and len(pairs) >= 0.35 * len(prose):
        return width
    cut = [
        a for a, b in pairs if b.marker.style == "none" and not (a.upper or a.tail.endswith((".", ":", ";", "!", "?")))
    ]
    full = sum(a.length >= 0.8 * width for a in cut)
    return width if len(cut) >= 5 and full >= 0.8 * len(cut) else None


def opens_set_in(lines: list[Line]) -> bool:
    """Whether the paragraphs of a wrapped text open with a line set in, and go on flush with the margin.

    Numbered and bulleted lines tell, for they open paragraphs; where there are few, the stops before lines set in do.
    """
    flush = sum(not line.indented for line in lines)
    if flush < 0.3 * len(lines):
        return False
    marked = [line for line in lines if line.marker.style not in ("none", "footnote")]
    if len(marked) >= 4:
        return sum(line.indented for line in marked) >= 0.9 * len(marked)
    before = [a for a, b in zip(lines, lines[1:], strict=False) if b.indented]
    stopped = sum(line.tail.endswith((".", ":", ";", "!", "?", "…")) or line.length < 50 for line in before)
    return len(before) >= 6 and stopped >= 0.9 * len(before)
