"""The figures of a cell in words: one for each clause that holds a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from danvan_nlp.indicators.numbers.figure import LONG_CELL, REACH, Figure, parts_of
from danvan_nlp.indicators.numbers.numbers import Number, numbers
from danvan_nlp.language.key import fold

AMONG = re.compile(r"\([^()]{1,400}\)|[,;]?\s*(?:trong đó|gồm)[^;.\n]{1,200}", re.IGNORECASE)
"""What follows a count and splits it up: ``(27 ở huyện; 04 ở xã)``, ``, trong đó huyện 02, xã 04``."""
LISTED = r"\s*(?:thị trấn|phường|thành phố|thị xã|ban,? ngành|ngành|việc|tp)(?!\w)"
"""What follows a comma that does not end a clause: ``các xã, thị trấn``."""
_LISTED = re.compile(rf",(?={LISTED})", re.IGNORECASE)


def read_clauses(text: str, start: int, end: int) -> Iterator[Figure]:
    """A figure with its clause for label, for each clause that holds one; a rate alone belongs to the count before.

    Examples
    --------
    >>> text = "Tiếp nhận 25 đơn; đã giải quyết 19 đơn, đạt 95%"
    >>> [(f.label, f.value, f.percent) for f in read_clauses(text, 0, len(text))]
    [('Tiếp nhận đơn', 25.0, None), ('đã giải quyết đơn', 19.0, 95.0)]
    """
    waiting: Figure | None = None
    passage = text[start:end]
    found = list(numbers(passage))
    upto = 0
    for i, number in enumerate(found):
        if number.start < upto:
            continue
        left = _clause_start(passage, found[i - 1].end if i else 0, number.opening)
        right = _clause_end(passage, number.end, found[i + 1].opening if i + 1 < len(found) else len(passage))
        if (
            number.percent
            and waiting is not None
            and waiting.percent is None
            and _only_rate(passage[left : number.opening])
        ):
            waiting = replace(waiting, percent=number.value)
            continue
        if waiting is not None:
            yield waiting
        earliest = max(0, left - REACH)
        opening = max(earliest, *(passage.rfind(mark, earliest, left) + 1 for mark in (";", "\n")))
        context = " ".join(passage[opening:left].split())
        waiting = replace(_clause_figure(passage, number, left, right, start, end), place=context)
        among = AMONG.match(passage, right)
        parts = list(parts_of(passage, among.start(), among.end())) if among else []
        if parts and among:
            note = (f"MULTI: {' '.join(passage[number.start : among.end()].split())[:120]}",)
            yield replace(waiting, notes=waiting.notes + note)
            for part in parts:
                yield replace(
                    part, start=start, end=end, label=f"{part.label} {waiting.label}", notes=note, clause=True
                )
            waiting, upto = None, among.end()
    if waiting is not None:
        yield waiting


def _clause_figure(passage: str, number: Number, left: int, right: int, start: int, end: int) -> Figure:
    label = " ".join((passage[left : number.opening] + " " + passage[number.end : right]).split())
    note = (f"FRACTION: {number.value:g}/{number.of:g}",) if number.of is not None else ()
    long = end - start > LONG_CELL
    return Figure(
        start + left if long else start,
        start + max(right, number.end) if long else end,
        value=None if number.percent or number.until is not None else number.value,
        percent=number.value if number.percent else None,
        bare_rate=number.percent,
        whole=number.of,
        label=label,
        unit=number.unit,
        notes=note,
        clause=True,
    )


def _clause_start(text: str, low: int, at: int) -> int:
    window = _LISTED.sub(" ", text[low:at])
    ends = [cut + len(mark) for mark in (";", ",", "\n", "(", ":", " và ") if (cut := window.rfind(mark)) >= 0]
    return low + max(ends, default=0)


def _clause_end(text: str, at: int, high: int) -> int:
    cuts = [cut for mark in (";", ",", "\n", "(", ")", ".", " và ") if (cut := text.find(mark, at, high)) >= 0]
    return min(cuts, default=high)


def _only_rate(words: str) -> bool:
    return fold(words).strip(" ;,(:") in (
        "",
        "đạt",
        "đạt tỷ lệ",
        "tỷ lệ",
        "chiếm",
        "chiếm tỷ lệ",
        "=",
        "bằng",
        "tỉ lệ",
        "đạt tỉ lệ",
    )
