"""The headings that a table stands under, and its number in the document's own numbering."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from danvan_nlp.language.key import make_key
from danvan_nlp.types import Report, Table

_MARKER = re.compile(
    r"[\s*_#]*(?:(\d{1,2}(?:\.\d{1,2}){0,4})[.)/:]?(?=\s|[^\W\d_])|([IVXL]{1,5})\s*[.)/-]|\(?([a-zđ])[).]\s)"
)
_APPENDIX = re.compile(r"\W*(?:phụ\s+lục|phụ\s+biểu|biểu\s|bảng\s|mẫu\s)", re.IGNORECASE)
_CONTINUED = re.compile(r"\((?:tiếp(?: theo)?|tt)\.?\)\W*$", re.IGNORECASE)
_UNNUMBERED = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands: the headings above it, the nearest first, and its section's number."""

    headings: tuple[str, ...]
    section: str | None


@dataclass(frozen=True, slots=True)
class _Heading:
    rank: int
    marker: str | None
    text: str
    end: int


def marker_of(text: str) -> tuple[int, str | None]:
    """Depth and number of a heading.

    Examples
    --------
    >>> marker_of("4.1.2. Cấp huyện"), marker_of("II- KẾT QUẢ"), marker_of("a) Cấp tỉnh"), marker_of("Cấp tỉnh")
    ((4, '4.1.2'), (1, 'II'), (12, 'a'), (20, None))
    """
    if _APPENDIX.match(text):
        return 0, None
    m = _MARKER.match(text)
    if m is None:
        return _UNNUMBERED, None
    if m[1]:
        return 1 + len(m[1].split(".")), m[1]
    return (1, m[2]) if m[2] else (12, m[3])


def places(report: Report, found: Sequence[Table]) -> list[Place]:
    """Give each table its headings.

    Parameters
    ----------
    report : Report
        The report.
    found : sequence of Table
        Its tables in the order of the text.
    """
    spans = [(u.start, u.end) for u in report.units if u.role == "heading"]
    spans += [title for table in found for title in table.titles]
    spans.sort()
    stack: list[_Heading] = []
    result = []
    at = 0
    for table in found:
        while at < len(spans) and spans[at][0] <= table.start:
            stack = _pushed(stack, report.text, spans[at])
            at += 1
        result.append(Place(tuple(h.text for h in reversed(stack)), _section(stack)))
    return result


def _pushed(stack: list[_Heading], text: str, span: tuple[int, int]) -> list[_Heading]:
    words = make_key(text[span[0] : span[1]]).text
    rank, marker = marker_of(words)
    if stack and _CONTINUED.search(words):
        # "Phụ lục 3 (tiếp theo)" at the head of a page: what stood above the table still does.
        return stack
    # A title of several lines is several units; the later lines go on with the first.
    if stack and rank == _UNNUMBERED == stack[-1].rank and not text[stack[-1].end : span[0]].strip():
        return [*stack[:-1], _Heading(rank, marker, f"{stack[-1].text} {words}", span[1])]
    return [h for h in stack if h.rank < rank] + [_Heading(rank, marker, words, span[1])]


def _section(stack: Sequence[_Heading]) -> str | None:
    named = [h for h in stack if h.marker]
    if not named:
        return None
    last = named[-1]
    if last.rank == 12 and len(named) > 1:
        return f"{named[-2].marker}.{last.marker}"
    return last.marker
