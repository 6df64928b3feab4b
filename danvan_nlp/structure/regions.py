"""The great parts of a report, line by line: letterhead, title, body, signature, footnotes, appendices, tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from danvan_nlp.language.letters import UPPER
from danvan_nlp.structure.lines import Line, is_page_number, word_count
from danvan_nlp.structure.vocabulary import vocabulary

Region = Literal[
    "letterhead", "title", "body", "closing", "footnote", "appendix_title", "appendix", "table", "page", "rule"
]

_FRONT_LINES = 60
_NUMBER_LINE = re.compile(r"^số\s*[:.]?\s*(?:\d|[-–/…_.]|$)", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"ngày\s*[\d.…]*\s*tháng\s*[\d.…]*\s*năm|^[^,\d]{2,40},\s*ngày\s*\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{4}$",
    re.IGNORECASE,
)
_PIPE = re.compile(r"^\|.*\|$")
_PROSE_END = re.compile(r"[.;:!?…][”\"’)]*$")
_STATEMENT = re.compile(r"[.!?…]\s+[" + UPPER + "]")


def looks_like_prose(line: Line) -> bool:
    """Whether a line is running text by its look alone: long, in small letters, with a sentence's punctuation."""
    if line.upper:
        return False
    count = word_count(line.text)
    return count >= 30 or (count >= 14 and bool(_PROSE_END.search(line.tail))) or bool(_STATEMENT.search(line.text))


def is_document_type(line: Line) -> bool:
    """Whether a line is the name of the document's type alone, in capitals: ``BÁO CÁO``."""
    folded = line.folded.strip(" *_#:")
    return line.upper and line.marker.style in ("none", "bullet") and folded in vocabulary().document_types


def _opens_title(line: Line) -> bool:
    """A title on one line with its type: ``BÁO CÁO KẾT QUẢ …``."""
    first = line.folded.split(" ")
    return line.upper and " ".join(first[:2]) in vocabulary().document_types and line.marker.style == "none"


def is_appendix_heading(line: Line) -> bool:
    """Whether a line opens an appendix: ``Phụ lục 1``, ``BIỂU TỔNG HỢP SỐ LIỆU``."""
    folded = line.folded
    if line.marker.style not in ("none", "bullet") or not folded.startswith(vocabulary().appendix):
        return False
    return (line.upper or word_count(folded) <= 12) and not _PROSE_END.search(line.tail.rstrip(".:"))


def opens_closing(line: Line) -> bool:
    """Whether a line opens the signature block or the list of recipients."""
    folded = line.folded
    words = vocabulary()
    if folded.startswith(words.recipients):
        return True
    if word_count(folded) > 14:
        return False
    return folded.startswith(words.signature) and (line.upper or is_title_case(line.words))


def is_title_case(text: str) -> bool:
    """Whether the first letters of a line are capitals: ``TM. Ban Thường vụ``."""
    return text[:2].isupper() or text[:1].isupper()


def is_front_admin(line: Line) -> bool:
    """Whether a line before the body belongs to letterhead, number line, date, stamp or address."""
    folded = line.folded
    words = vocabulary()
    if folded in words.state_heading or _NUMBER_LINE.match(line.words) or _DATE_LINE.search(line.text[:200]):
        return True
    if folded.startswith((*words.stamp, *words.address)):
        return True
    return folded.startswith(words.letterhead) and (line.upper or word_count(folded) <= 10)


def is_attachment_note(line: Line) -> bool:
    """Whether a line is a note in brackets such as ``(Kèm theo Báo cáo số …)``."""
    return line.text.lstrip("*_ ").startswith("(") and any(w in line.folded for w in vocabulary().attached)


def mark_regions(lines: Sequence[Line]) -> list[Region]:
    """Give each line the great part of the report that it stands in.

    Parameters
    ----------
    lines : sequence of Line
        All lines that are not blank.

    Returns
    -------
    list of str
        One region a line.
    """
    body_from, regions = _mark_front(lines)
    cells = [False] * body_from + _tab_cells(lines[body_from:])
    region: Region = "body"
    previous: Region = "body"
    for i in range(body_from, len(lines)):
        line = lines[i]
        region = _next_region(lines, i, region, previous)
        here = region
        if line.marker.style == "footnote":
            # Footnotes gathered behind the signature run on to the appendices.
            region = "footnote" if region == "closing" else region
            here = "footnote"
        elif region not in ("closing", "appendix_title") and cells[i]:
            here = "table"
        elif region == "appendix_title" and cells[i]:
            region = "appendix"
            here = "table"
        elif line.is_rule:
            here = "rule"
        elif region != "appendix" and is_page_number(line):
            here = "page"
        regions.append(here)
        previous = here
    return regions


def _next_region(lines: Sequence[Line], i: int, region: Region, previous: Region) -> Region:
    """The region after line ``i`` was read, tables and footnotes within it aside."""
    line = lines[i]
    if is_appendix_heading(line) and (region != "body" or _stands_alone(lines, i)):
        return "appendix_title"
    if region in ("body", "appendix") and opens_closing(line):
        return "closing"
    if region == "closing" and line.marker.style.startswith(("roman", "part")) and not line.tabs and line.upper:
        return "body"
    if region == "closing" and previous != "footnote" and word_count(line.text) >= 40:
        return "body"
    if region == "appendix_title" and not _continues_title(lines, i):
        return "appendix"
    return region


def _stands_alone(lines: Sequence[Line], i: int) -> bool:
    """An appendix heading inside the body needs a blank line above it and no running text on its own line."""
    return lines[i].blanks > 0 or lines[i].upper


def _continues_title(lines: Sequence[Line], i: int) -> bool:
    """Whether a line goes on with the appendix's title: words in capitals, or short and unmarked."""
    line = lines[i]
    if line.marker.style != "none" and not is_attachment_note(line):
        return False
    if is_attachment_note(line) or line.is_rule or line.upper:
        return True
    return not looks_like_prose(line) and line.tabs == 0 and word_count(line.text) > 3


def _mark_front(lines: Sequence[Line]) -> tuple[int, list[Region]]:
    """Mark letterhead and title; return where the body begins."""
    front = lines[:_FRONT_LINES]
    title_at = next((i for i, x in enumerate(front) if is_document_type(x)), None)
    if title_at is None:
        title_at = next((i for i, x in enumerate(front) if _opens_title(x)), None)
    if title_at is not None and any(looks_like_prose(x) and x.marker.style != "none" for x in lines[:title_at]):
        title_at = None
    if title_at is None:
        count = 0
        while count < min(len(lines), _FRONT_LINES) and _is_front_without_title(lines[count]):
            count += 1
        return count, ["rule" if x.is_rule else "letterhead" for x in lines[:count]]
    regions: list[Region] = ["rule" if x.is_rule else "letterhead" for x in lines[:title_at]]
    i = title_at
    while i < len(lines) and _in_title(lines, i, title_at):
        regions.append("rule" if lines[i].is_rule else "title")
        i += 1
    gap = i
    while gap < len(lines) and _in_gap(lines, gap):
        gap += 1
    regions.extend("rule" if x.is_rule else "letterhead" for x in lines[i:gap])
    return gap, regions


def _is_front_without_title(line: Line) -> bool:
    return line.is_rule or (
        is_front_admin(line) and not looks_like_prose(line) and line.marker.style in ("none", "bullet")
    )


def _in_title(lines: Sequence[Line], i: int, title_at: int) -> bool:
    """Whether line ``i`` is still part of the title that begins at ``title_at``."""
    line = lines[i]
    if i == title_at:
        return True
    if line.is_rule or line.tabs or line.marker.style not in ("none",) or is_attachment_note(line):
        return False
    stopped = line.tail.endswith((".", "!", "?"))
    if looks_like_prose(line) and i > title_at + 1 and (stopped or not line.text[:1].islower()):
        return False
    if i == title_at + 1 or lines[i - 1].is_rule:
        return not (looks_like_prose(line) and stopped)
    if is_front_admin(line) and not line.text[:1].islower():
        return False
    return line.text[:1].islower() or (line.blanks == 0 and not looks_like_prose(line)) or line.text[0] in '“"('


def _in_gap(lines: Sequence[Line], i: int) -> bool:
    """Whether line ``i`` stands between title and body: address, stamp, attachment note."""
    line = lines[i]
    if line.is_rule or is_attachment_note(line) or line.folded.startswith(vocabulary().address):
        return True
    if line.marker.style not in ("none", "bullet") or looks_like_prose(line):
        return False
    if line.marker.style == "bullet" and _addressed(lines, i):
        return True
    if is_front_admin(line):
        return True
    if word_count(line.text) > 8 or line.text[:1].islower():
        return False
    follower = next((x for x in lines[i + 1 : i + 2]), None)
    stands_before_prose = follower is None or looks_like_prose(follower) or follower.marker.style != "none"
    return not stands_before_prose or _looks_like_stamp(lines, i)


def _addressed(lines: Sequence[Line], i: int) -> bool:
    """Whether an entry belongs to the list under ``Kính gửi:``."""
    while i > 0 and lines[i].marker.style == "bullet":
        i -= 1
    return lines[i].folded.startswith(vocabulary().address)


def _looks_like_stamp(lines: Sequence[Line], i: int) -> bool:
    """A line with dots to fill in, or the line after one."""
    return ".." in lines[i].text or "…" in lines[i].text


def _tab_cells(lines: Sequence[Line]) -> list[bool]:
    """Which lines are rows or cells of a table laid out by TABs."""
    led = [x for x in lines if x.led_by_tab and x.tabs == 1]
    indented_prose = len(led) > 3 and sum(map(_is_indented_text, led)) > 0.5 * len(led)
    cells = [False] * len(lines)
    for i, line in enumerate(lines):
        after_marker = line.marker.style not in ("none", "bullet") or line.marker.length > 0
        inner = line.text.count("\t")
        if is_appendix_heading(line):
            cells[i] = False
        elif _PIPE.match(line.text):
            cells[i] = True
        elif line.led_by_tab and line.tabs == 1:
            cells[i] = not indented_prose
        elif inner == 1 and after_marker and "\t" in line.text[: line.marker.length + 1]:
            cells[i] = False
        elif line.tabs:
            cells[i] = True
        elif i and cells[i - 1] and line.blanks == 0 and lines[i - 1].tabs < 2:
            # Further lines of a cell that began with a TAB.
            cells[i] = word_count(line.text) < 15 or any(x.led_by_tab for x in lines[i + 1 : i + 12])
    return _fill_cells(lines, cells)


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
