"""Where a report closes: its signature block, and what a web page puts below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danvan_nlp.structure.lines.looks import Region, columns, is_name, is_web_line, opens_closing
from danvan_nlp.structure.lines.split import Line, is_upper, word_count
from danvan_nlp.structure.vocabulary import vocabulary

_DATE = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{4}")
_LONGEST_RECIPIENT = 14
_LONGEST_LINK = 20
_POST_LINES = 3
_SIGNATURE_LINES = 5
_NOTE_LINES = 12


def closes(lines: Sequence[Line], i: int) -> bool:
    """Whether the signature block or the list of recipients opens on line ``i``."""
    return opens_closing(lines[i]) or _is_post_above_name(lines, i) or _is_signed_jointly(lines, i)


def _is_post_above_name(lines: Sequence[Line], i: int) -> bool:
    """Whether a post in capitals stands alone above a name: ``TRƯỞNG BAN`` with no one signed for."""
    line = lines[i]
    if not line.upper or line.folded not in vocabulary().posts:
        return False
    after = range(i + 1, min(i + 1 + _POST_LINES, len(lines)))
    if after and lines[after[0]].marker.style == "footnote":
        # The notes of the page stand between the post and the name.
        after = range(i + 1, min(i + _NOTE_LINES, len(lines)))
        return any(is_name(lines[j].text) for j in after)
    below = next((lines[j] for j in after if lines[j].folded.strip("() ") not in vocabulary().posts), None)
    return below is not None and is_name(below.text)


def _is_signed_jointly(lines: Sequence[Line], i: int) -> bool:
    """Whether bodies or posts in columns stand above the names of those who sign together."""
    here = columns(lines[i]) if lines[i].tabs or lines[i].n_gaps else []
    if len(here) > 1 and i + 1 < len(lines) and lines[i + 1].folded.startswith("(ký"):
        return any(piece.lower() in vocabulary().posts for piece in here)
    if len(here) < 2 or not all(is_upper(piece) for piece in here):
        return False
    below = lines[i + 1 : i + 1 + _SIGNATURE_LINES]
    return any(len(names := columns(x)) == len(here) and all(map(is_name, names)) for x in below)


def goes_on_signing(line: Line) -> bool:
    """Whether a line belongs to a signature block that a page's footnotes cut in two."""
    listed = line.marker.style == "bullet" and word_count(line.text) <= _LONGEST_RECIPIENT
    return listed or line.folded.strip("() ") in vocabulary().posts or opens_closing(line) or is_name(line.text)


def with_web_tail(lines: Sequence[Line], regions: list[Region]) -> list[Region]:
    """Take what a web page puts below a report out of its body, with the name of the body that signs."""
    at = len(lines)
    while at and regions[at - 1] == "body" and _may_close_page(lines[at - 1]):
        at -= 1
    tail = lines[at:]
    signed = 0 < len(tail) <= 2 and all(x.folded.startswith(vocabulary().letterhead) or is_name(x.text) for x in tail)
    if at and (signed or any(map(is_web_line, tail))):
        regions[at:] = ["closing"] * len(tail)
    elif at == len(lines):
        below = _below_appendix(lines, regions)
        regions[below:] = ["closing"] * (len(lines) - below)
    return regions


def _below_appendix(lines: Sequence[Line], regions: Sequence[Region]) -> int:
    """Where the page around a report goes on below its appendix or table; the end where it does not."""
    at = first = len(lines)
    while at and regions[at - 1] in ("appendix", "table") and _may_be_web(lines[at - 1]):
        at -= 1
        first = at if is_web_line(lines[at]) else first
    return first


def _may_be_web(line: Line) -> bool:
    """Whether a line may stand on the page below a table: one of the page's own, a date, or words alone."""
    plain = line.marker.style == "none" and not line.tabs and _may_close_page(line)
    states = any(map(str.isdigit, line.text)) and not _DATE.search(line.text)
    return plain and (is_web_line(line) or not states)


def _may_close_page(line: Line) -> bool:
    short = line.marker.style in ("none", "bullet") and word_count(line.text) <= _LONGEST_LINK
    return short and not line.tail.endswith((".", ";", ":"))
