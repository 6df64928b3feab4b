"""What follows a number: date, issuer and term, in any order, before the title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from danvan_nlp.references.dates import DATE, date_of, read_date
from danvan_nlp.references.issuers import TERM, read_issuer, term_of
from danvan_nlp.references.vocabulary import one_of, wording

# The mark of a footnote, raised or in brackets, stands between a number and what follows it.
_MARK = re.compile(r"\d{1,2}|[¹²³⁰-⁹\ufffd]+|[\[(]\d{1,2}[\])]")
_MARK_FIRST = frozenset("0123456789¹²³⁰⁴⁵⁶⁷⁸⁹\ufffd[(")
_SKIP = r"[\s*_]*(?:,[\s*_]*)?(?:\(\s*)?"
_YEAR = (
    r"(?:năm|NĂM)\s+(?P<only>(?:19|20)\d\d)\)?(?=\s*[,;.)]|\s+(?:của|và|về)\b)"
    r"|(?<=\()(?:năm\s+)?(?P<bracketed>(?:19|20)\d\d)\)"
)
_OF = r"(?:c[ủuùũ]a|cuả|CỦA|do|giữa|Của)(?:\s+(?:liên\s+ngành\s+)?[*_]{0,3}|[*_]{1,3}\s+)"
_ISSUED = re.compile(r"\s+(?:ký\s+)?ban\s+hành")
_AFTER_BARE = re.compile(r"\s*(?:[\"“”«(]|(?:về|khóa|ngày|quy\s+định|Quy\s+định|ban\s+hành|[Vv]/v)(?!\w))")


@cache
def _field() -> re.Pattern[str]:
    """The field that comes next, with the marks before it; "bare" where its words name none."""
    words = one_of(wording()["dated_by"])
    # "(ban hành ngày …", "… được Quốc hội khóa XV thông qua ngày …", "… cùng ngày …".
    passive = rf"(?:(?:đã\s+)?được\s+(?!{words}\s)|(?=Quốc\s))[^.,;:()\d]{{2,40}}?\s|được\s+"
    led = rf"(?:{passive})?{words}\s+(?=ngày\s)"
    ways = rf"(?P<date>{DATE})|(?P<term>{TERM})|(?P<of>{_OF})|(?P<year>{_YEAR})|(?P<led>{led})"
    # One look at the first letter rules out most places.
    return re.compile(rf"{_SKIP}(?:(?=[0-9OnNkKcCdgđbtpQ])(?:{ways})|(?P<bare>))")


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
    field = _field()
    while (match := field.match(text, tail.end, limit)) and _take(text, tail, match, limit):
        if text.startswith(")", tail.end) and "(" in match[0]:
            tail.end += 1
    return tail


def _take(text: str, tail: Tail, match: re.Match[str], limit: int) -> bool:
    """Read the next field into the tail; False where it has it already, or where none follows."""
    kind = match.lastgroup
    if kind == "term" and tail.term is None:
        tail.term, tail.end = term_of(match["number"]), match.end()
    elif kind == "date" and not tail.dated:
        tail.date, tail.dated, tail.end = date_of(match), True, match.end()
    elif kind == "year" and not tail.dated and "," not in match[0]:
        tail.date, tail.dated, tail.end = match["only"] or match["bracketed"], True, match.end()
    elif kind == "led" and not tail.dated and (found := read_date(text, match.end(), limit)):
        (tail.date, tail.end), tail.dated = found, True
        tail.led = match["led"].split()[0]
    elif tail.issuer is None:
        return _read_issuer(text, tail, match, limit)
    else:
        return False
    return True


def _read_issuer(text: str, tail: Tail, match: re.Match[str], limit: int) -> bool:
    place = match.end()
    if match["of"]:
        end = read_issuer(text, place, limit)
        if end is None:
            return False
        tail.issuer, tail.end = (place, end), end
        if match["of"].startswith("do") and (issued := _ISSUED.match(text, end, limit)):
            tail.end = issued.end()
        return True
    # "… ngày 25/10/2017 Ban Chấp hành Trung ương “…”": only straight after the date, before a title.
    if tail.dated and not text[tail.end : place].strip():
        end = read_issuer(text, place, limit, known_only=True)
        if end is not None and (end == limit or _AFTER_BARE.match(text, end, limit)):
            tail.issuer, tail.end = (place, end), end
            return True
    return False
