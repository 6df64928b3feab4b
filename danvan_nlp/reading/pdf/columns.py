"""Letterhead and signature block: two columns side by side, read one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from danvan_nlp.reading.pdf.lines import Line
from danvan_nlp.reading.tables import is_letterhead, is_recipients, layout_lines

_SLACK = 12.0
_TALLEST = 24


def front_columns(lines: Sequence[Line], middle: float) -> tuple[list[str], list[Line]]:
    """The letterhead at the top of the first page, written out, and the lines below it.

    Parameters
    ----------
    lines : sequence of Line
        The lines of the page.
    middle : float
        The middle of its type area.
    """
    order = sorted(lines, key=lambda line: (-line.y, line.x0))
    middle = _divide(order, middle)
    zone, rest = _zone(order, middle)
    if not zone:
        return [], list(lines)
    chosen = set(map(id, zone))
    return _written(zone, middle), [line for line in lines if id(line) not in chosen] if rest else []


def closing_columns(lines: Sequence[Line], middle: float) -> tuple[int, list[str], list[Line]]:
    """The list of recipients beside the signature: where it begins, written out, and the lines below it."""
    start = next((i for i, line in enumerate(lines) if line.text[:1].isupper() and is_recipients(line.text)), None)
    if start is None:
        return len(lines), [], []
    # Lines of the right column may stand before those of the left one in the file.
    top = lines[start].y + lines[start].size
    after = sorted((line for line in lines if line.y <= top), key=lambda line: -line.y)
    # No recipient is written in capitals: a line so written on the left opens what follows.
    end = next(
        (i for i, line in enumerate(after) if i and line.text.isupper() and _side(line, middle) == 0), len(after)
    )
    middle = _divide(after[:end], middle)
    zone, rest = _zone(after[:end], middle)
    rest = [*rest, *after[end:]]
    if not zone:
        return len(lines), [], []
    return start, _written(zone, middle), rest


def merge_rows(lines: Sequence[Line]) -> list[Line]:
    """Parts of a line that stand far from one another, as one line with TABs between them."""
    merged: list[Line] = []
    for line in lines:
        last = merged[-1] if merged else None
        if last is not None and abs(last.y - line.y) < 0.3 * line.size and line.x0 > last.x1 + line.size:
            merged[-1] = replace(last, text=f"{last.text}\t{line.text}", x1=line.x1)
        else:
            merged.append(line)
    return merged


def _divide(order: Sequence[Line], middle: float) -> float:
    """Where the columns at the top part: the middle of the gap between lines side by side, or of the type area."""
    left, right = 0.0, float("inf")
    for one, two in pairwise(order[:_TALLEST]):
        if abs(one.y - two.y) > 2 or two.x0 - one.x1 < one.size:
            continue
        if one.x1 >= right or two.x0 <= left:
            break
        left, right = max(left, one.x1), min(right, two.x0)
    return middle if right == float("inf") or left < middle < right else (left + right) / 2


def _zone(order: Sequence[Line], middle: float) -> tuple[list[Line], list[Line]]:
    """The lines from the top that keep to one half of the page, where both halves have some; and the others."""
    end = next((i for i, line in enumerate(order) if _side(line, middle) is None), len(order))
    zone = list(order[:end])
    sides = {_side(line, middle) for line in zone}
    beside = any(
        abs(a.y - b.y) < 2 * a.size for a in zone for b in zone if _side(a, middle) == 0 and _side(b, middle) == 1
    )
    return (zone, list(order[end:])) if len(sides) == 2 and beside else ([], list(order))


def _side(line: Line, middle: float) -> int | None:
    if line.x1 <= middle + _SLACK and line.centre < middle:
        return 0
    return 1 if line.x0 >= middle - 5 * _SLACK and line.centre > middle + _SLACK else None


def _written(zone: Sequence[Line], middle: float) -> list[str]:
    columns: list[list[Line]] = [[], []]
    for line in zone:
        column = columns[_side(line, middle) or 0]
        last = column[-1] if column else None
        if last is not None and (abs(last.y - line.y) < 2 or _is_rest(last, line)):
            column[-1] = replace(line, text=f"{last.text} {line.text}", x0=min(last.x0, line.x0))
        else:
            column.append(line)
    return list(layout_lines([[[line.text for line in column] for column in columns]]))


def _is_rest(last: Line, line: Line) -> bool:
    """Whether a line of a column is the rest of the one above that did not fit."""
    if last.y - line.y > 2 * line.size:
        return False
    return line.text[:1].islower() or line.text[:4].isdecimal() or is_letterhead(f"{last.text} {line.text}")
