"""Numbers as Vietnamese writes them: 4.272; 0,02%; 01; 12/14; 53 vạn; 25 tỉ đồng."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d])|\d+(?:[.,]\d+)*"
_DATE = re.compile(
    r"\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:19|20)\d\d|\d{1,2}\s?[-/]\s?(?:19|20)\d\d|(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d"
)
_YEAR = re.compile(r"(?:19[3-9]|20[0-5])\d$")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}|[1-9]\d{0,2}\.\d{3}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+")
_MARK = re.compile(r"[.,]")
_ENUMERATES = re.compile(r"[.)]\s")
_ONE_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")
_PERCENT = re.compile(r"\s*%")
LONGEST = 24
"""Letters of the longest number; a longer run of digits counts nothing."""
_FRACTION = re.compile(rf"\s*/\s*({_NUMBER})(?!\s*[%\d/])")
_RANGE = re.compile(rf"\s*%?\s*(?:-|–|đến)\s*({_NUMBER})")


@cache
def _raw() -> dict[str, Any]:
    return tomllib.loads(files("danvan_nlp.data").joinpath("units.toml").read_text(encoding="utf-8"))


def _any(words: list[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    raw = _raw()
    skip = raw["not_quantities"]
    modifiers = [w for words in raw["modifiers"].values() for w in words]
    return {
        "number": re.compile(rf"(?<![\w.,\-–])(?<![\dA-ZĐ]/)(?:{_NUMBER})(?![\w]*[-/][A-ZĐ])"),
        "scale": re.compile(rf"\s+({_any(list(raw['scales']))})(?!\w)", re.IGNORECASE),
        "before": re.compile(rf"(?<!\w)({_any(skip['before'])})\s*:?\s*$", re.IGNORECASE),
        "unless": re.compile(rf"(?<!\w)(?:{_any(skip['unless'])})\s*:?\s*$", re.IGNORECASE),
        "smaller": re.compile(rf"\s+(\d{{1,3}}(?:,\d+)?)\s+({_any(list(raw['scales']))})(?!\w)", re.IGNORECASE),
        "after": re.compile(rf"\s+(?!(?:{_any(skip['but'])})(?!\w))(?:{_any(skip['after'])})(?!\w)", re.IGNORECASE),
        "modifier": re.compile(rf"(?<!\w)({_any(modifiers)})\s+$", re.IGNORECASE),
        "rank": re.compile(rf"(?<!\w)({_any(raw['prose']['ranks'])})\s+$", re.IGNORECASE),
        "unit": re.compile(rf"\s+({_any(raw['units']['words'])})(?!\w)", re.IGNORECASE),
    }


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text; ``start`` to ``end`` is its place with scale and percent sign.

    Attributes
    ----------
    value : float
        What it says, the scale worked in.
    percent : bool
        Whether a percent sign follows.
    of : float or None
        The second number of ``a/b``.
    until : float or None
        The second number of a range.
    modifier : str
        ``"at_least"``, ``"at_most"``, ``"about"`` or nothing.
    opening : int
        Where the number with its modifier begins.
    unit : str or None
        The word of counting that follows, lower case.
    doubtful : bool
        Whether a comma may stand for thousands: ``1,234``.
    """

    start: int
    end: int
    value: float
    percent: bool = False
    of: float | None = None
    until: float | None = None
    modifier: str = ""
    opening: int = 0
    unit: str | None = None
    unit_end: int = 0
    doubtful: bool = False


def to_value(digits: str) -> float:
    """The value of a number: dots part thousands, a comma opens the decimals.

    Examples
    --------
    >>> [to_value(t) for t in ("4.272", "0,02", "01", "97.5", "1.406.000")]
    [4272.0, 0.02, 1.0, 97.5, 1406000.0]
    """
    digits = digits.strip(".,")
    if _THOUSANDS.fullmatch(digits):
        digits = digits.replace(".", "")
    whole, _, decimals = digits.replace(",", ".").partition(".")
    # What is neither thousands nor one decimal part ("12,5,3") is read up to its second mark.
    return float(f"{whole}.{decimals.partition('.')[0] or 0}")


def numbers(text: str) -> Iterator[Number]:
    """Find the quantities of a text; dates, years, document numbers and enumerators are none.

    Parameters
    ----------
    text : str
        Comparison key of a passage.

    Examples
    --------
    >>> [(n.value, n.unit) for n in numbers("hơn 25 tỉ đồng, 12 cuộc theo Nghị quyết số 25-NQ/TW năm 2013")]
    [(25000000000.0, 'đồng'), (12.0, 'cuộc')]
    """
    patterns = _patterns()
    dates = [m.span() for m in _DATE.finditer(text)]
    at = upto = 0
    passed = -1
    for m in patterns["number"].finditer(text):
        if m.start() < upto:
            continue
        while at < len(dates) and dates[at][1] <= m.start():
            at += 1
        if at < len(dates) and dates[at][0] <= m.start():
            continue
        # "mức độ 3, 4": what goes on from a number that is no quantity is none either.
        goes_on = passed >= 0 and text[passed : m.start()].strip(" ,") in ("", "và") and m.start() > passed
        found = _read(text, m, patterns)
        if found is None or (goes_on and found.unit is None and not found.percent):
            passed = m.end()
        else:
            upto, passed = found.end, -1
            yield found


def _read(text: str, m: re.Match[str], patterns: dict[str, re.Pattern[str]]) -> Number | None:
    """The quantity that starts with a number; None where the words around it say that it is none."""
    start, end = m.span()
    digits = m[0]
    if digits[-1:] in ".," or (digits[0] == "0" and len(digits) > 3 and digits.isdigit()) or len(digits) > LONGEST:
        return None
    if len(_MARK.findall(digits)) > 1 and not _THOUSANDS.fullmatch(digits):
        # "0206.3852.123", "4.1.2"
        return None
    before = text[max(0, start - 24) : start]
    modifier = patterns["modifier"].search(before)
    opening = start - len(before) + modifier.start() if modifier else start
    ranked = _FRACTION.match(text, end) is not None and patterns["rank"].search(before) is not None
    if not ranked and not modifier and _names_number(text, opening, end, patterns):
        return None
    percent, of, until, end = _second(text, end)
    factor, more, end = _scale(text, end, patterns)
    value = to_value(digits) * (factor or 1.0) + more
    until = until * (factor or 1.0) if until is not None else None
    unit = patterns["unit"].match(text, end)
    bare = not percent and factor is None
    if bare and patterns["after"].match(text, end) or bare and of is None and _YEAR.match(digits) and unit is None:
        return None
    if bare and start == 0 and _ENUMERATES.match(text, end):
        return None
    return Number(
        start=start,
        end=end,
        value=round(value, 6),
        percent=percent,
        of=of,
        until=until,
        modifier=_kind_of(modifier[1].lower()) if modifier else "",
        opening=opening,
        unit=unit[1].lower() if unit else None,
        unit_end=unit.end() if unit else end,
        doubtful=_ONE_COMMA.fullmatch(digits) is not None,
    )


def _scale(text: str, end: int, patterns: dict[str, re.Pattern[str]]) -> tuple[float | None, float, int]:
    """What a number is multiplied by, what is added in a smaller scale (``7 tỷ 250 triệu``), and where that ends."""
    scale = patterns["scale"].match(text, end)
    if scale is None:
        return None, 0.0, end
    factors = _raw()["scales"]
    factor, end = factors[scale[1].lower()], scale.end()
    smaller = patterns["smaller"].match(text, end)
    if smaller and (part := to_value(smaller[1]) * factors[smaller[2].lower()]) < factor:
        return factor, part, smaller.end()
    return factor, 0.0, end


def _names_number(text: str, opening: int, end: int, patterns: dict[str, re.Pattern[str]]) -> bool:
    """Whether the word before a number says that it is the number of a document, an article, a date."""
    before = text[max(0, opening - 24) : opening]
    found = patterns["before"].search(before)
    if found is None or patterns["unless"].search(before):
        return False
    unit = patterns["unit"].match(text, end)
    skip = _raw()["not_quantities"]
    return not (unit and found[1].lower() in skip["verbs"] and unit[1].lower() not in skip["before"])


def _second(text: str, end: int) -> tuple[bool, float | None, float | None, int]:
    """What follows a number: a percent sign, the whole of a fraction, the upper end of a range; and where that ends."""
    of = until = None
    percent = _PERCENT.match(text, end)
    if percent:
        end = percent.end()
    elif (fraction := _FRACTION.match(text, end)) is not None:
        of, end = to_value(fraction[1]), fraction.end()
    if of is None and (span := _RANGE.match(text, end)) is not None and not _YEAR.match(span[1]):
        until, end = to_value(span[1]), span.end()
        if (percent := _PERCENT.match(text, end)) is not None:
            end = percent.end()
    return percent is not None, of, until, end


def rank_before(text: str, at: int) -> int | None:
    """Where the words of a rank before a place begin: ``xếp`` in ``xếp 45/63``; None where there are none.

    Examples
    --------
    >>> rank_before("năm 2017 xếp 45/63", 13)
    9
    """
    found = _patterns()["rank"].search(text[max(0, at - 24) : at])
    return at - len(text[max(0, at - 24) : at]) + found.start() if found else None


@cache
def stop_pattern() -> re.Pattern[str]:
    """Pattern of the place where the words for what is counted end.

    Examples
    --------
    >>> stop_pattern().search("hộ nghèo được hỗ trợ").start()
    8
    """
    return re.compile(rf"[,.;:()/\d“”\"]|\s(?:{_any(_raw()['prose']['stops'])})(?!\w)", re.IGNORECASE)


def _kind_of(word: str) -> str:
    return str(next(kind for kind, words in _raw()["modifiers"].items() if word in words))
