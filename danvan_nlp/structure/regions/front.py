"""Where a report's body begins: letterhead, number line, date, title, address."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danvan_nlp.structure.lines.looks import (
    Region,
    ends_sentence,
    is_attachment_note,
    is_document_type,
    is_front_admin,
    is_web_line,
    looks_like_prose,
    names_document,
    opens_title,
)
from danvan_nlp.structure.lines.split import Line, word_count
from danvan_nlp.structure.vocabulary import vocabulary

_LEADER = re.compile(r"(?:\.{4,}|…{2,})[.…\s]*\d{1,3}$")
_FULL = 0.85
_FRONT_LINES = 60
_FIRST_LINES = 12
_SENTENCE_LINES = 10
_SENTENCE_WORDS = 16
_LONG_LINE = 50
_LONGEST_TITLE_LINE = 8


def mark_front(lines: Sequence[Line]) -> tuple[int, list[Region]]:
    """Mark letterhead and title; return where the body begins."""
    title_at = _title_line(lines)
    if title_at is None:
        count = _front_without_title(lines)
        return count, ["rule" if x.is_rule else "letterhead" for x in lines[:count]]
    regions: list[Region] = ["rule" if x.is_rule else "letterhead" for x in lines[:title_at]]
    i = title_at
    while i < len(lines) and _in_title(lines, i, title_at):
        regions.append("rule" if lines[i].is_rule else "title")
        i += 1
    gap, addressed = i, False
    while gap < len(lines) and (_in_gap(lines, gap, addressed) or _lists_contents(lines, gap)):
        addressed = _is_addressed(lines[gap], addressed)
        gap += 1
    regions.extend("rule" if x.is_rule else "letterhead" for x in lines[i:gap])
    return gap, regions


def _title_line(lines: Sequence[Line]) -> int | None:
    """The line that the title begins on: the document's type alone, or with what it is about."""
    front = lines[:_FRONT_LINES]
    title_at = next((i for i, x in enumerate(front) if is_document_type(x)), None)
    if title_at is None:
        title_at = next((i for i, x in enumerate(front) if opens_title(x)), None)
    if title_at is None:
        title_at = next((i for i, x in enumerate(front[:_FIRST_LINES]) if names_document(x)), None)
    if title_at is not None and any(looks_like_prose(x) and x.marker.style != "none" for x in lines[:title_at]):
        return None
    return title_at


def _front_without_title(lines: Sequence[Line]) -> int:
    """How many lines stand before the body of a letter: letterhead, its subject (``V/v …``), the addressees."""
    count, subject, addressed = 0, False, False
    while count < min(len(lines), _FRONT_LINES):
        line = lines[count]
        addressed = _is_addressed(line, addressed)
        if line.folded.startswith(vocabulary().subject):
            subject = True
        elif _is_front_without_title(line):
            subject = False
        elif not (subject and line.blanks == 0 and line.marker.style == "none" and not looks_like_prose(line)):
            if not addressed:
                break
        count += 1
    return count


def _is_front_without_title(line: Line) -> bool:
    return line.is_rule or (
        is_front_admin(line) and not looks_like_prose(line) and line.marker.style in ("none", "bullet")
    )


def _in_title(lines: Sequence[Line], i: int, title_at: int) -> bool:
    """Whether line ``i`` is still part of the title that begins at ``title_at``."""
    line = lines[i]
    if i == title_at:
        return True
    if line.is_rule or "\t" in line.text or line.marker.style not in ("none",) or is_attachment_note(line):
        return False
    if line.folded.startswith(vocabulary().address) or is_web_line(line) or _lists_contents(lines, i):
        return False
    if _opens_body(lines, i, title_at):
        return False
    leads_in = line.tail.endswith(":") and line.text[:1].isupper()
    stopped = line.tail.endswith((".", "!", "?")) or leads_in
    if i > title_at + 1 and stopped and line.text[:1].isupper() and not line.upper:
        return False
    if looks_like_prose(line) and i > title_at + 1 and (stopped or not line.text[:1].islower()):
        return False
    if i == title_at + 1 or lines[i - 1].is_rule:
        return not (looks_like_prose(line) and stopped)
    if is_front_admin(line) and not line.text[:1].islower():
        return False
    return line.text[:1].islower() or (line.blanks == 0 and not looks_like_prose(line)) or line.text[0] in '“"('


def _opens_body(lines: Sequence[Line], i: int, title_at: int) -> bool:
    """Whether a line below the title opens the first sentence: ``Thực hiện Công văn số …``, ``Căn cứ …``."""
    titled = i > title_at + 1 or not is_document_type(lines[title_at])
    return titled and (_opens_sentence(lines[i]) or _runs_on(lines, i))


def _runs_on(lines: Sequence[Line], i: int) -> bool:
    """Whether a line begins a sentence that the lines below it go on with and end."""
    line = lines[i]
    if line.upper or not line.text[:1].isupper():
        return False
    full = _FULL * _usual_length(lines)
    words, j = word_count(line.text), i
    while not (stopped := ends_sentence(lines[j])) and j + 1 < min(len(lines), i + _SENTENCE_LINES):
        after = lines[j + 1]
        goes_on = after.text[0].islower() or after.text[0] in '“"(' or j > i and lines[j].length >= _LONG_LINE
        goes_on = goes_on or lines[j].length >= full
        if after.blanks or after.upper or after.marker.style != "none" or not goes_on or is_attachment_note(after):
            break
        if after.folded.startswith(vocabulary().address) or _opens_sentence(after):
            break
        words += word_count(after.text)
        j += 1
    return j > i and stopped and words >= _SENTENCE_WORDS


def _usual_length(lines: Sequence[Line]) -> int:
    """How long the lines are that a wrapped text fills; more than any line of a title where a line is a paragraph."""
    lengths = sorted(line.length for line in lines[: 2 * _FRONT_LINES])
    return max(lengths[int(_FULL * len(lengths))], _LONG_LINE)


def _opens_sentence(line: Line) -> bool:
    return not line.upper and line.text[:1].isupper() and line.folded.startswith(vocabulary().openings)


def _in_gap(lines: Sequence[Line], i: int, addressed: bool) -> bool:
    """Whether line ``i`` stands between title and body: address, stamp, attachment note."""
    line = lines[i]
    if line.is_rule or is_attachment_note(line) or line.folded.startswith(vocabulary().address):
        return True
    if line.marker.style not in ("none", "bullet") or looks_like_prose(line) or _opens_sentence(line):
        return False
    if line.marker.style == "bullet" and addressed:
        return True
    if _runs_on(lines, i):
        return False
    if is_front_admin(line):
        return True
    if word_count(line.text) > _LONGEST_TITLE_LINE or line.text[:1].islower():
        return False
    follower = next((x for x in lines[i + 1 : i + 2]), None)
    return not (follower is None or _is_text(lines, i + 1))


def _lists_contents(lines: Sequence[Line], i: int) -> bool:
    """Whether a line belongs to the table of contents: dots lead to a page on it, or on the next."""
    return any(_LEADER.search(line.tail) for line in lines[i : i + 2]) and not looks_like_prose(lines[i])


def _is_text(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is running text, the first line of a wrapped sentence, or numbered."""
    line = lines[i]
    full = line.length >= _LONG_LINE and not (line.upper or is_front_admin(line))
    return full or looks_like_prose(line) or line.marker.style != "none" or _opens_sentence(line) or _runs_on(lines, i)


def _is_addressed(line: Line, before: bool) -> bool:
    """Whether a line belongs to the list under ``Kính gửi:``; ``before`` is the answer for the line above."""
    return line.folded.startswith(vocabulary().address) or before and line.marker.style == "bullet"
