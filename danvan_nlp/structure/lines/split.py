"""The lines of a text with what the structure stage asks of them: marker, case, length, tabs, blanks around."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, replace

from danvan_nlp.structure.lines.markers import SUPERSCRIPTS, Marker, parse_marker
from danvan_nlp.structure.vocabulary import vocabulary

_WORD = re.compile(r"[^\W\d_]+")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
# A lost footnote mark leaves the full stop behind it on a line of its own.
_LONE_STOP = re.compile(r"[.,;:)”’»!?…]{1,3}")
_WIDE_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_NOTE_MARK = re.compile(rf"(?:(?<=\S)[{SUPERSCRIPTS}]{{1,3}}|\[\^?\d{{1,3}}\])$")
_LONGEST_JUDGED = 4000
_LONGEST_MARKER = 12
_LONGEST_CAPITALS = 400


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
        Its last characters (40 at most), the mark of a footnote aside.
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
    column : int
        How many columns it is set in; a TAB counts for eight.
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
    column: int
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
    lead = raw.lstrip("\f\r")
    lead = lead[: len(lead) - len(lead.lstrip())]
    marker = parse_marker(text)
    return Line(
        start=start,
        end=start + len(stripped),
        text=text,
        tail=_NOTE_MARK.sub("", stripped[-40:].rstrip("*_ ")),
        blanks=blanks,
        tabs=raw.count("\t"),
        indented=lead != "",
        column=len(lead) + 7 * lead.count("\t"),
        opens_page="\f" in raw[: len(raw) - len(raw.lstrip())],
        n_gaps=len(_WIDE_GAP.findall(text)) if "   " in text else 0,
        led_by_tab=raw.lstrip(" ").startswith("\t"),
        marker=marker,
        upper=is_upper(text[marker.length : _LONGEST_CAPITALS]),
        is_rule=not _LETTER_OR_DIGIT.search(stripped) and not _LONE_STOP.fullmatch(stripped),
    )


def join_lone_markers(lines: list[Line], cells: Container[int] = ()) -> list[Line]:
    """Join an enumerator that stands alone on its line with the words below it: ``1.`` above ``Kết quả đạt được``.

    Parameters
    ----------
    lines : list of Line
        All lines that are not blank.
    cells : container of int
        Which of them are cells of a table, where an enumerator is a cell of its own.

    Examples
    --------
    >>> [(x.text, x.marker.style) for x in join_lone_markers(split_lines("a)\\nTiếp 12 lượt công dân."))]
    [('a) Tiếp 12 lượt công dân.', 'lower')]
    """
    joined: list[Line] = []
    for i, line in enumerate(lines):
        if i not in cells and joined and joined[-1] is lines[i - 1] and _stands_alone(lines, i - 1):
            joined.append(_joined(joined.pop(), line))
        else:
            joined.append(line)
    return joined


def _joined(above: Line, line: Line) -> Line:
    text = f"{above.text} {line.text}"
    marker = parse_marker(text)
    return replace(
        line,
        start=above.start,
        text=text,
        blanks=above.blanks,
        column=above.column,
        indented=above.indented,
        opens_page=above.opens_page,
        marker=marker,
        upper=is_upper(text[marker.length : _LONGEST_CAPITALS]),
    )


def _stands_alone(lines: list[Line], i: int) -> bool:
    """Whether line ``i`` is the enumerator of the line below it, and no figure of a table."""
    line, below = lines[i], lines[i + 1]
    if line.tabs or line.length > _LONGEST_MARKER or not vocabulary().lone_marker.fullmatch(line.folded or line.text):
        return False
    ended = not i or line.blanks > 0 or lines[i - 1].upper or lines[i - 1].tail[-1:] in ".;:!?…"
    words = below.marker.style == "none" and not below.tabs and below.text[0].isupper() and below.blanks < 2
    figure = i + 2 < len(lines) and lines[i + 2].text[0].isdigit() and lines[i + 2].marker.style == "none"
    return ended and words and word_count(below.text) >= (2 if below.upper else 4) and not figure


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
