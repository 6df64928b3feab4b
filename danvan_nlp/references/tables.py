"""Mentions spread over the cells of a table, and the report's own number line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import islice

from danvan_nlp.references.bounds import Bounds, cell_start
from danvan_nlp.references.dates import read_date
from danvan_nlp.references.drafts import Draft
from danvan_nlp.references.issuers import read_issuer
from danvan_nlp.references.title_wording import title_patterns
from danvan_nlp.references.titles import trimmed
from danvan_nlp.references.vocabulary import one_of, types

# "Sa Giang, ngày 12 tháng 7 năm 2021": the cell beside a report's own number.
_PLACE_AND_DATE = re.compile(r"\s*[^,\d]{2,40},\s*ngày\s")
_CELL = re.compile(r"[^\t\n|]+")
_REACH = 1500
_NEAR = 4
_LEAD = 40
_LONGEST_NAME = 20
_LONG_ENOUGH = 3
_LETTER = re.compile(r"[^\W\d_]")
_ENUMERATOR = re.compile(r"\s*(?:[-+•*–]\s*)?(?:\d{1,3}[.)]?\s+)?[\s*_]*")
_SELF = re.compile(r"[\s*_#|]*")
_ABOUT = re.compile(r"\s*(?:về|v/v)(?!\w)", re.IGNORECASE)
_OF = re.compile(r"\s*(?:của)\s+")
_HEAD = 3000


@cache
def _type_cell() -> re.Pattern[str]:
    names = one_of(types().by_spelling, any_case=True)
    return re.compile(rf"(?P<type>{names})(?!\w)(?:\s*,\s*{names}(?!\w))?")


def _title_cell(text: str, draft: Draft, span: tuple[int, int]) -> bool:
    """Take type, title and issuer from a cell such as "Kế hoạch thực hiện …"; False where it is no such cell."""
    lead = _ENUMERATOR.match(text, *span)
    at = lead.end() if lead else span[0]
    match = _type_cell().match(text, at, span[1])
    if match is None:
        return False
    draft.type = types().by_spelling[" ".join(match["type"].lower().split())]
    place = match.end()
    if (of := _OF.match(text, place, span[1])) and (end := read_issuer(text, of.end(), span[1])):
        draft.issuer = draft.issuer or (of.end(), end)
        place = end
    title = trimmed(text, place, span[1])
    draft.title = title if title[0] < title[1] else None
    return True


def _issuer_cell(text: str, span: tuple[int, int]) -> tuple[int, int] | None:
    lead = _ENUMERATOR.match(text, *span)
    start = lead.end() if lead else span[0]
    end = read_issuer(text, start, span[1], known_only=True)
    cell = trimmed(text, start, span[1])
    return cell if end is not None and len(text[slice(*cell)].split()) <= _LONGEST_NAME else None


def _cells_before(text: str, place: int, floor: int) -> list[tuple[int, int]]:
    """The cells before a place, the nearest first."""
    low, end = max(floor, place - _REACH), place
    cells: list[tuple[int, int]] = []
    while len(cells) < _NEAR and end > low:
        start = max(low, *(text.rfind(mark, low, end) + 1 for mark in "\t|\n"))
        if text[start:end].strip():
            cells.append((start, end))
        end = start - 1
    return cells


def _cells_after(text: str, place: int, limit: int) -> list[tuple[int, int]]:
    """The cells after a place, the nearest first."""
    found = _CELL.finditer(text, place, min(limit, place + _REACH))
    return list(islice((match.span() for match in found if match[0].strip()), _NEAR))


def _neighbours(
    text: str, draft: Draft, bounds: Bounds, index: int, busy: tuple[int, int]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Cells before and after the one that holds the number: those of its row, else those of the lines around it."""
    before = _cells_before(text, cell_start(text, draft.start, draft.floor, draft.role) - 1, draft.floor)
    after = _cells_after(text, draft.stop, draft.limit)
    if before or after:
        return before, after
    for step, cells in ((-1, before), (1, after)):
        at = index + step
        while 0 <= at < len(bounds.starts) and len(cells) < _NEAR:
            low, high = bounds.starts[at], bounds.ends[at]
            taken = low < busy[0] if step < 0 else low >= busy[1]
            if bounds.roles[at] != "table" or abs(low - draft.start) > _REACH or taken:
                break
            cells.extend(_cells_after(text, low, high))
            at += step
    return before, after


def _own_cell(text: str, draft: Draft) -> bool:
    """Whether the number opens its cell."""
    low = max(draft.floor, draft.start - _LEAD)
    low = max(low, max(text.rfind(mark, low, draft.start) for mark in "\t|\n") + 1)
    lead = _ENUMERATOR.fullmatch(text, low, draft.start)
    return lead is not None


def read_rows(text: str, drafts: Sequence[Draft], bounds: Bounds) -> None:
    """Complete the mentions whose type, title and issuer stand in other cells than the number."""
    for place, draft in enumerate(drafts):
        if draft.role != "table" or draft.number is None or draft.kind != "full" or not _own_cell(text, draft):
            continue
        if draft.typed:
            _complete(text, draft)
            continue
        index = max(0, bisect_right(bounds.starts, draft.start) - 1)
        busy = _busy(drafts, place)
        before, after = _neighbours(text, draft, bounds, index, busy)
        taken = next((span for span in (*before, *after) if _title_cell(text, draft, span)), None)
        others = [span for span in (*after, *before) if span != taken]
        if draft.title is None:
            draft.title = next((title for span in others[:4] if (title := _subject_cell(text, span))), None)
        if draft.issuer is None:
            draft.issuer = next((name for span in others[:4] if (name := _issuer_cell(text, span))), None)
        if not draft.dated:
            _date_cell(text, draft, after)


def _subject_cell(text: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """A cell that holds nothing but the subject: "Về việc …", "Triển khai …"."""
    lead = _ENUMERATOR.match(text, *span)
    start = lead.end() if lead else span[0]
    if _PLACE_AND_DATE.match(text, *span):
        return None
    if _issuer_cell(text, span) or not _LETTER.match(text, start, span[1]) or read_date(text, start, span[1]):
        return None
    title = trimmed(text, start, span[1])
    return title if title[0] > start or len(text[slice(*title)].split()) > _LONG_ENOUGH else None


def _complete(text: str, draft: Draft) -> None:
    """Give a mention with its type in one cell the date, the issuer and the subject of the cells after it."""
    cells = _cells_after(text, draft.stop, draft.limit)
    if draft.issuer is None:
        names = (trimmed(text, *span) for span in cells)
        draft.issuer = next((name for name in names if read_issuer(text, *name, known_only=True) == name[1]), None)
    if not draft.dated:
        _date_cell(text, draft, cells)
    if draft.title is None and cells:
        start, end = cells[1] if len(cells) > 1 and draft.dated else cells[0]
        title = trimmed(text, start, end)
        if (_ABOUT.match(text, start, end) or title_patterns()[0].match(text, start, end)) and title[0] < title[1]:
            draft.title = title


def _busy(drafts: Sequence[Draft], place: int) -> tuple[int, int]:
    """The ends of the rows around: the number cell before this one, and the one after it."""
    before = next((d.end for d in reversed(drafts[max(0, place - 8) : place]) if d.role == "table" and not d.typed), 0)
    after = next((d.start for d in drafts[place + 1 : place + 9] if d.role == "table" and not d.typed), 1 << 60)
    return before, after


def _date_cell(text: str, draft: Draft, after: Sequence[tuple[int, int]]) -> None:
    for start, end in after[:2]:
        found = read_date(text, start, end)
        if found and not _LETTER.search(text, found[1], end):
            draft.date, draft.dated = found[0], True
            return


def read_self(text: str, drafts: list[Draft], bounds: Bounds) -> None:
    """Mark the report's own number line: "Số 16-BC/TU" alone in an administrative unit or a line of the letterhead."""
    for draft in drafts[:6]:
        if draft.typed or draft.number is None or (draft.role is None and draft.start > _HEAD):
            continue
        if draft.role not in (None, "admin", "table", "heading") or not draft.numbered:
            continue
        low = max(
            draft.floor, text.rfind("\n", draft.floor, draft.start) + 1, text.rfind("\t", draft.floor, draft.start) + 1
        )
        if not _SELF.fullmatch(text, low, draft.start):
            continue
        if draft.role in ("table", "heading") and (draft.start > _HEAD or draft.dated or draft.title):
            continue
        line = text.find("\n", draft.end, draft.limit)
        rest = text[draft.end : draft.limit if line < 0 else line]
        if draft.role is None and rest.strip(" *_|\t") and "\t" not in rest and "  " not in rest and "ngày" not in rest:
            continue
        draft.kind = "self"
        draft.title = draft.issuer = None
        if not draft.dated and (dated := re.search(r"(?:ngày|NGÀY)\s", rest)):
            found = read_date(text, draft.end + dated.start(), draft.limit)
            draft.date = found[0] if found else None
        return
