"""How a text was broken into lines: how wide, how far each line was filled, and where paragraphs are set in."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from danvan_nlp.structure.lines.split import Line
from danvan_nlp.structure.vocabulary import vocabulary

STOPS = re.compile(r"[.!?…]+[”\"’»)\]]*[¹²³⁰⁴-⁹]*$")
_FIRST_WORD = re.compile(r"\S+")
_WIDEST = 130
_NEARLY_FULL = 0.85
_NEARLY_EXACT = 0.98
_SHORTEST = 40
_FEWEST_PAIRS = 8
# How many of the lines that go on may have had room left, and how far lines reach at least in a text wrapped evenly.
_SHORT_LINES = 0.03
_EVEN = 0.9
_DEEPEST_INDENT = 12
# A blank at a line's start is as wide as half a letter's height in print, and one character elsewhere.
_COLUMN_IN_PRINT = 500


@dataclass(frozen=True, slots=True)
class Wrap:
    """How the lines of a text were filled.

    Attributes
    ----------
    width : int
        The longest line, in characters.
    full, first_full : float
        How far a line reaches together with the word that did not fit on it any more; ``first_full`` is that of
        paragraphs' first lines, which may have lost their indent.
    printed : bool
        Reaches are those of print (letters of different widths) rather than counts of characters.
    exact : bool
        Lines were filled evenly, so that one that had room for the next word ends a paragraph.
    margin : int or None
        The column where lines go on, where the first lines of paragraphs are set in from it.
    listed : bool
        Paragraphs end with semicolons, too.
    """

    width: int
    full: float = 0.0
    first_full: float = 0.0
    printed: bool = False
    exact: bool = False
    margin: int | None = None
    listed: bool = False

    def filled(self, before: Line, line: Line, *, first: bool) -> bool:
        """Whether the first word of ``line`` would not have fitted on the line before it."""
        if self.exact:
            full = self.first_full if first else self.full
            # A line without a stop may fall a little short: no printer spaces its letters as the table of widths says.
            full *= _NEARLY_EXACT if before.tail[-1:].isalnum() else 1
            return _reach(before, self.printed) + _size(" " + _first_word(line), self.printed) >= full
        if before.length + 1 + len(_first_word(line)) > self.width:
            return True
        # Columns of a printed page are not of one length in characters.
        return before.length >= _NEARLY_FULL * self.width and before.tail[-1:].isalpha() and not before.upper

    def is_set_in(self, line: Line) -> bool:
        """Whether a line begins right of the margin."""
        return self.margin is not None and line.column > self.margin + 1


def find_wrap(lines: Sequence[Line]) -> Wrap | None:
    """Find how a text was wrapped, or None where a line is a paragraph.

    Parameters
    ----------
    lines : sequence of Line
        Lines of running text, in order.

    Examples
    --------
    >>> import textwrap
    >>> from danvan_nlp.structure.lines.split import split_lines
    >>> text = "Các cấp ủy, chính quyền trong huyện tiếp công dân theo lịch và giải quyết đơn thư đúng hạn. " * 12
    >>> wrap = find_wrap(split_lines("\\n".join(textwrap.wrap(text, 60))))
    >>> wrap is not None and (wrap.exact, wrap.printed, wrap.margin)
    (True, False, None)
    """
    width = _wrap_width(lines)
    if width is None:
        return None
    sure = [
        (a, b, STOPS.search(before.tail) is not None or a.blanks > 0 or a.marker.style != "none")
        for before, a, b in zip(lines, lines[1:], lines[2:], strict=False)
        if b.blanks == 0 and b.text[0].islower() and a.length >= _SHORTEST and not (a.n_gaps or a.tabs)
    ]
    margin = _margin([b for _, b, _ in sure], lines)
    measured = [(*_measure(sure, printed), printed) for printed in (False, True)]
    evenness, full, first_full, printed = max(measured)
    exact = len(sure) >= _FEWEST_PAIRS and evenness >= _EVEN
    wrap = Wrap(width, full, first_full, printed, exact, margin)
    return replace(wrap, listed=exact and _ends_with_semicolons(lines, wrap))


def _ends_with_semicolons(lines: Sequence[Line], wrap: Wrap) -> bool:
    """Whether some line that had room left ends with a semicolon, and the next one opens without a number."""
    return any(
        a.tail.endswith(";")
        and b.blanks == 0
        and b.text[0].isupper()
        and b.marker.style == a.marker.style == "none"
        and not wrap.filled(a, b, first=True)
        for a, b in zip(lines, lines[1:], strict=False)
    )


def _wrap_width(lines: Sequence[Line]) -> int | None:
    """The column at which a text was wrapped.

    A text counts as wrapped when most of its longer lines come close to one width of at most 130 columns and are
    followed by another line without a blank one between, or when most of its lines that break off in a sentence do.
    """
    prose = [line for line in lines if not line.tabs and not line.is_rule]
    pairs = [(a, b) for a, b in zip(prose, prose[1:], strict=False) if b.blanks == 0 and a.length >= _SHORTEST]
    if len(pairs) < 5:
        return None
    widths = sorted(line.length for line in prose)
    width = widths[int(0.99 * (len(widths) - 1))]
    if width > _WIDEST or widths[-1] > width + 40:
        return None
    full = sum(a.length >= 0.8 * width for a, _ in pairs)
    if full >= 0.6 * len(pairs) and len(pairs) >= 0.35 * len(prose):
        return width
    cut = [
        a for a, b in pairs if b.marker.style == "none" and not (a.upper or a.tail.endswith((".", ":", ";", "!", "?")))
    ]
    full = sum(a.length >= 0.8 * width for a in cut)
    return width if len(cut) >= 5 and full >= 0.8 * len(cut) else None


def _measure(sure: Sequence[tuple[Line, Line, bool]], printed: bool) -> tuple[float, float, float]:
    """How even the lines are that surely go on, and how far they reach with the next word; first lines apart."""
    if not sure:
        return 0.0, 0.0, 0.0
    reaches = [(_reach(a, printed), _size(" " + _first_word(b), printed), first) for a, b, first in sure]
    longest = sorted(had for had, *_ in reaches)[int(0.95 * (len(reaches) - 1))]
    wanted = [sorted(had + word for had, word, first in reaches if first is kind) for kind in (False, True)]
    if min(map(len, wanted)) < _FEWEST_PAIRS:
        wanted = [sorted(wanted[0] + wanted[1])] * 2
    full, first_full = (reach[int(_SHORT_LINES * len(reach))] for reach in wanted)
    indent = _DEEPEST_INDENT * (_COLUMN_IN_PRINT if printed else 1)
    return full / longest, full, max(first_full, full - indent)


def _margin(going_on: Sequence[Line], lines: Sequence[Line]) -> int | None:
    """The column of lines that go on, where the paragraphs of the text open right of it.

    Numbered and bulleted lines tell, for they open paragraphs; where there are few, the stops before lines set in do.
    """
    if not going_on:
        return None
    margin = Counter(line.column for line in going_on).most_common(1)[0][0]
    if sum(line.column <= margin + 1 for line in lines) < 0.3 * len(lines):
        return None
    marked = [line for line in lines if line.marker.style not in ("none", "footnote")]
    if len(marked) >= 4:
        return margin if sum(line.column > margin + 1 for line in marked) >= 0.9 * len(marked) else None
    before = [a for a, b in zip(lines, lines[1:], strict=False) if b.column > margin + 1]
    stopped = sum(line.tail.endswith((".", ":", ";", "!", "?", "…")) or line.length < 50 for line in before)
    return margin if len(before) >= 6 and stopped >= 0.9 * len(before) else None


def _first_word(line: Line) -> str:
    found = _FIRST_WORD.match(line.text)
    return found[0] if found else ""


def _reach(line: Line, printed: bool) -> float:
    indent = line.column * (_COLUMN_IN_PRINT if printed else 1)
    return indent + _size(" ".join(line.text.split()), printed)


def _size(text: str, printed: bool) -> float:
    return sum(map(_letter_width, text)) if printed else len(text)


@cache
def _letter_width(letter: str) -> int:
    """Width of a letter in print, its marks aside."""
    widths = vocabulary().print_widths
    return widths.get(letter) or widths.get(unicodedata.normalize("NFD", letter)[0]) or widths["x"]
