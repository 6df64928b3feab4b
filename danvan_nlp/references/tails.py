"""What follows a number: date, issuer and term, in any order, before the title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from danvan_nlp.references.dates import YEAR, read_date
from danvan_nlp.references.issuers import TERM, read_issuer, term_of
from danvan_nlp.references.vocabulary import one_of, wording

_SKIP = re.compile(r"[\s*_]*(?:,[\s*_]*)?(?:\(\s*)?")
# The mark of a footnote, raised or in brackets, stands between a number and what follows it.
_MARK = re.compile(r"\d{1,2}|[¹²³⁰-⁹\ufffd]+|[\[(]\d{1,2}[\])]")
_MARK_FIRST = frozenset("0123456789¹²³⁰⁴⁵⁶⁷⁸⁹\ufffd[(")
# What each field may begin with, after such marks: the others are not tried.
_TERM_FIRST = frozenset("kKc,")
_DATE_FIRST = frozenset("0123456789OnNk")
_OF_FIRST = frozenset("cCdg")
# "(ban hành ngày …", "… được Quốc hội khóa XV thông qua ngày …", "… cùng ngày …".
_DATED_BY_FIRST = frozenset("cđbtpQ")
_OF = re.compile(r"(?:c[ủuùũ]a|cuả|CỦA|do|giữa|Của)(?:\s+(?:liên\s+ngành\s+)?[*_]{0,3}|[*_]{1,3}\s+)")
_ISSUED = re.compile(r"\s+(?:ký\s+)?ban\s+hành")
_AFTER_BARE = re.compile(r"\s*(?:[\"“”«(]|(?:về|khóa|ngày|quy\s+định|Quy\s+định|ban\s+hành|[Vv]/v)(?!\w))")


@cache
def _dated_by() -> re.Pattern[str]:
    words = one_of(wording()["dated_by"])
    return re.compile(
        rf"(?:(?:(?:đã\s+)?được\s+(?!{words}\s)|(?=Quốc\s))[^.,;:()\d]{{2,40}}?\s|được\s+)?{words}\s+(?=ngày\s)"
    )


@dataclass(slots=True)
class Tail:
    """Date, issuer and term of one mention; ``end`` is where they end.

    ``led`` is the first of the words that lead to the date: "ban", "được", "cùng".
    """

    end: int
    date: str | None = None
    dated: bool = False
    issuer: tuple[int, int] | None = None
    term: str | None = None
    led: str | None = None

    @property
    def empty(self) -> bool:
        """Nothing stands after the number."""
        return not self.dated and self.issuer is None and self.term is None


def read_tail(text: str, at: int, limit: int) -> Tail:
    """Read the date, issuer and term after a number.

    Parameters
    ----------
    text : str
        The key.
    at, limit : int
        Where the number ends; where the unit ends.

    Examples
    --------
    >>> text = ", ngày 14/7/2015 của Ban Bí thư (khóa XI) về dân vận"
    >>> tail = read_tail(text, 0, len(text))
    >>> tail.date, text[slice(*tail.issuer)], tail.term, text[tail.end:]
    ('2015-07-14', 'Ban Bí thư', 'XI', ' về dân vận')
    """
    if at < limit and text[at] in _MARK_FIRST and (mark := _MARK.match(text, at, limit)):
        at = mark.end()
    tail = Tail(at)
    for _ in range(4):
        begin = tail.end
        skip = _SKIP.match(text, begin, limit)
        if skip is None or (place := skip.end()) >= limit:
            break
        first = text[place]
        if first in _TERM_FIRST and tail.term is None and (term := TERM.match(text, begin, limit)):
            tail.term = term_of(term["term"])
            tail.end = term.end()
            continue
        if not (
            (first in _DATE_FIRST and not tail.dated and _read_date(text, tail, place, limit))
            or (tail.issuer is None and (tail.dated or first in _OF_FIRST) and _read_issuer(text, tail, place, limit))
            or (first in _DATED_BY_FIRST and not tail.dated and _read_led_date(text, tail, place, limit))
        ):
            break
        if text.startswith(")", tail.end) and "(" in text[begin:place]:
            tail.end += 1
    return tail


def _read_date(text: str, tail: Tail, place: int, limit: int) -> bool:
    found = read_date(text, place, limit)
    if found is not None:
        tail.date, tail.end = found
        tail.dated = True
        return True
    year = YEAR.match(text, tail.end, limit)
    if year is not None:
        tail.date, tail.end, tail.dated = year["y"], year.end(), True
        return True
    return False


def _read_led_date(text: str, tail: Tail, place: int, limit: int) -> bool:
    led = _dated_by().match(text, place, limit)
    if led is None or not _read_date(text, tail, led.end(), limit):
        return False
    tail.led = led[0].split()[0]
    return True


def _read_issuer(text: str, tail: Tail, place: int, limit: int) -> bool:
    of = _OF.match(text, place, limit)
    if of is not None:
        end = read_issuer(text, of.end(), limit)
        if end is None:
            return False
        tail.issuer = (of.end(), end)
        tail.end = end
        if of[0].strip() == "do" and (issued := _ISSUED.match(text, end, limit)):
            tail.end = issued.end()
        return True
    # "… ngày 25/10/2017 Ban Chấp hành Trung ương “…”": only straight after the date, before a title.
    if tail.dated and not text[tail.end : place].strip():
        end = read_issuer(text, place, limit, known_only=True)
        if end is not None and (end == limit or _AFTER_BARE.match(text, end, limit)):
            tail.issuer = (place, end)
            tail.end = end
            return True
    return False
