"""What follows a number: date, issuer and term, in any order, before the title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from danvan_nlp.references.dates import YEAR, read_date
from danvan_nlp.references.issuers import TERM, read_issuer, term_of

_SKIP = re.compile(r"(?:\s|\*|_)*,?(?:\s|\*|_)*\(?\s*")
# What date, issuer and term may begin with: most mentions have none, and are told by the next letter.
_FIRST = re.compile(r"\s*(\S)")
_OPENERS = frozenset(",(*_0123456789OnNcCkKdgV")
_OF = re.compile(r"(?:c[ủuùũ]a|cuả|CỦA|do|giữa|Của)(?:\s+(?:liên\s+ngành\s+)?[*_]{0,3}|[*_]{1,3}\s+)")
_ISSUED = re.compile(r"\s+(?:ký\s+)?ban\s+hành")
_AFTER_BARE = re.compile(r"\s*(?:[\"“”«(]|(?:về|khóa|ngày|quy\s+định|Quy\s+định|ban\s+hành|[Vv]/v)(?!\w))")


@dataclass(slots=True)
class Tail:
    """Date, issuer and term of one mention; ``end`` is where they end."""

    end: int
    date: str | None = None
    dated: bool = False
    issuer: tuple[int, int] | None = None
    term: str | None = None

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
    tail = Tail(at)
    if (next_word := _FIRST.match(text, at, limit)) is None or next_word[1] not in _OPENERS:
        return tail
    for _ in range(4):
        if tail.term is None and (term := TERM.match(text, tail.end, limit)):
            tail.term = term_of(term["term"])
            tail.end = term.end()
            continue
        skip = _SKIP.match(text, tail.end, limit)
        place = skip.end() if skip else tail.end
        if place >= limit:
            break
        bracket = text.find("(", tail.end, place) >= 0
        if (not tail.dated and _read_date(text, tail, place, limit)) or (
            tail.issuer is None and _read_issuer(text, tail, place, limit)
        ):
            pass
        else:
            break
        if bracket and text[tail.end : tail.end + 1] == ")":
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
    if tail.dated and text[tail.end : place].strip() == "":
        end = read_issuer(text, place, limit, known_only=True)
        if end is not None and (end == limit or _AFTER_BARE.match(text, end, limit)):
            tail.issuer = (place, end)
            tail.end = end
            return True
    return False
