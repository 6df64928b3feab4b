"""Figures in running text: what is counted, how much, when and where."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from danvan_nlp.indicators.catalogue import Catalogue, IndicatorKind, Phrases, catalogue
from danvan_nlp.indicators.numbers.clauses import LISTED
from danvan_nlp.indicators.numbers.numbers import Number, numbers, rank_before, stop_pattern
from danvan_nlp.indicators.wording import read_label
from danvan_nlp.language.key import make_key
from danvan_nlp.language.letters import UPPER
from danvan_nlp.types import Quantity, Report

_ENUMERATOR = re.compile(r"[\s*_#\ufffd¹²³⁴-⁹-]*(?:(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])[.)/-]+\s+)?")
_YEAR = r"(?:19[89]|20[0-4])\d"
_PERIOD = re.compile(
    rf"từ (?:đầu |ngày [\d/.-]+ )?(?:năm |tháng )?[\d/]*{_YEAR}\s*(?:đến|-|–)\s*"
    rf"(?:nay|hết năm {_YEAR}|(?:năm |tháng )?[\d/]*{_YEAR})"
    rf"|giai đoạn {_YEAR}\s*[-–]\s*{_YEAR}|nhiệm kỳ {_YEAR}\s*[-–]\s*{_YEAR}|(?:trong|đầu) nhiệm kỳ(?: qua)?"
    rf"|năm học {_YEAR}\s*[-–]\s*{_YEAR}"
    rf"|(?:trong )?(?:0?\d{{1,2}}|một|hai|ba|bốn|năm) (?:năm|tháng) (?:qua|đầu năm {_YEAR})"
    rf"|(?:tính )?đến (?:hết |cuối |tháng \d+[/-]|năm |đầu ){{0,4}}(?:năm )?{_YEAR}"
    rf"|(?:hằng|hàng|mỗi) (?:năm|tháng|quý)|(?:cuối |trong |đầu )?năm {_YEAR}|quý [IVX\d]+[/-]{_YEAR}"
    rf"|tháng \d{{1,2}}[/-]{_YEAR}|đến nay|hiện nay",
    re.IGNORECASE,
)
_NAME = rf"[{UPPER}][\w']*(?:[ -][{UPPER}][\w']*){{0,3}}"
_PLACE = re.compile(
    rf"(?:(?i:tỉnh|huyện|thành phố|thị xã|thị trấn|xã|phường|quận)\s+{_NAME}"
    r"|(?i:toàn tỉnh|toàn huyện|toàn xã|(?<!hành chính )cấp (?:tỉnh|huyện|xã))"
    r"|(?i:các huyện, thành phố|các xã, phường(?:, thị trấn)?|các sở, (?:ban, )?ngành|ubnd tỉnh))"
)
_OWN_PERIOD = re.compile(rf"\s*\(?\s*((?:trong |cuối )?năm {_YEAR})", re.IGNORECASE)
_OF_A_LAW = re.compile(r"(?:luật|hiến pháp|pháp lệnh)[^,;.]{0,40}$", re.IGNORECASE)
# Words between what a rate is of and the rate: "hộ nghèo giảm từ 12% xuống còn 8%".
_TRAILING = re.compile(
    r"(?:^|\s+)(?:đạt|chiếm|là|giảm|tăng|còn|được|từ|xuống|lên|đến|vượt|bằng)(?:\s+tỷ lệ)?$", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[;.:()]|\d")
_COMMA = re.compile(rf",(?!{LISTED})", re.IGNORECASE)
_OPENING = 5
_SMALL = 10
_COUNTED = 70
_CLAUSE = 160


def quantities(report: Report, *, own: Sequence[Path] = ()) -> list[Quantity]:
    """List the figures of a report's sentences and footnotes.

    Parameters
    ----------
    report : Report
        The report.
    own : sequence of Path
        A user's files of indicators, laid over the package's.

    Returns
    -------
    list of Quantity
        In the order of the text. Document numbers, dates and enumerators are none.

    Examples
    --------
    >>> from danvan_nlp.types import Header, Source, Unit
    >>> text = "Năm 2019, xã Ea Na tiếp gần 300 lượt người theo Luật số 42/2013/QH13."
    >>> report = Report(Source(text, "txt", ""), Header(), (), (Unit(start=0, end=len(text), role="sentence"),))
    >>> [(q.raw, q.value, q.unit, q.period, q.place) for q in quantities(report)]
    [('gần 300 lượt người', 300.0, 'lượt người', 'Năm 2019', 'xã Ea Na')]
    """
    known = catalogue(*own)
    found: list[Quantity] = []
    for index, unit in enumerate(report.units):
        if unit.role in ("sentence", "footnote"):
            key = make_key(report.text[unit.start : unit.end])
            opening = _ENUMERATOR.match(key.text)
            skip = opening.end() if opening else 0
            mine = [_shifted(n, skip) for n in numbers(key.text[skip:])]
            places = [(m.start(), m[0]) for m in _PLACE.finditer(key.text)]
            periods = [
                (m.start(), m[0])
                for m in _PERIOD.finditer(key.text)
                if not _OF_A_LAW.search(key.text[max(0, m.start() - 60) : m.start()])
            ]
            last: str | None = None
            for i, number in enumerate(mine):
                low = mine[i - 1].unit_end if i else skip
                quantity = _quantity(key.text, number, low, periods, places, known)
                quantity = replace(quantity, counted=quantity.counted or last)
                last = quantity.counted
                a, b = key.to_source(quantity.start, quantity.end)
                start, end = unit.start + a, unit.start + b
                raw = " ".join(report.text[start:end].split())
                found.append(replace(quantity, unit_index=index, start=start, end=end, raw=raw))
    return found


def _shifted(number: Number, by: int) -> Number:
    return replace(
        number,
        start=number.start + by,
        end=number.end + by,
        opening=number.opening + by,
        unit_end=number.unit_end + by,
    )


def _quantity(
    text: str, number: Number, low: int, periods: list[tuple[int, str]], places: list[tuple[int, str]], known: Catalogue
) -> Quantity:
    """One figure of a sentence, its place in the sentence's key."""
    start, end = number.opening, number.unit_end
    unit = number.unit
    rank = rank_before(text, number.start) if number.of is not None else None
    if rank is not None:
        start, end, unit = rank, number.end, "hạng"
    elif number.percent:
        end, unit = number.end, "%"
    after = text[number.end : number.end + _COUNTED]
    # The mark of the unit itself ("m2") ends nothing.
    stop = stop_pattern().search(after, number.unit_end - number.end if unit else 0)
    counted = " ".join(after[: stop.start() if stop else len(after)].split()) or _before(text, low, start)
    period = _OWN_PERIOD.match(text, end)
    return Quantity(
        unit_index=0,
        start=start,
        end=end,
        raw=text[start:end],
        value=None if number.until is not None or _is_share(number) else number.value,
        unit=unit or (counted.split(" ")[0].lower() if counted and not number.percent else None),
        counted=counted or None,
        period=period[1] if period else _nearest(periods, start),
        place=_nearest(places, start),
        indicator=None if rank is not None else _indicator(text, number, known),
    )


def _is_share(number: Number) -> bool:
    """Whether a fraction is no count of so many out of so many: ``hơn 2/3 ý kiến``."""
    return number.of is not None and number.of <= _SMALL and bool(number.modifier)


def _before(text: str, low: int, at: int) -> str:
    """What a rate is of, where nothing follows it: the words before it in its clause."""
    clause = text[max(low, at - _CLAUSE) : at]
    words = re.split(r"[;:()]", clause)[-1].strip(" ,.–-")
    while (shorter := _TRAILING.sub("", words).rstrip(" ,")) != words:
        words = shorter
    opening = text[: min(at, _CLAUSE)]
    if _PERIOD.fullmatch(words.strip()) and ":" in opening:
        words = opening[: opening.index(":")].lstrip(" \ufffd¹²³⁴⁵⁶⁷⁸⁹⁰-*")
    return " ".join(words.split()[-14:])


def _nearest(found: list[tuple[int, str]], at: int) -> str | None:
    i = bisect_left(found, (at, ""))
    return " ".join(found[i - 1][1].split()) if i else None


def _indicator(text: str, number: Number, known: Catalogue) -> str | None:
    """The indicator that a figure in running text states, by the words after it and the nearest verb before it."""
    after = _after(text[number.end : number.end + _COUNTED])
    near = read_label(("% " if number.percent else "") + after)
    # What is counted stands next to the number: "hòa giải viên được bồi dưỡng nghiệp vụ" are no cases ("vụ").
    opening = read_label(" ".join(near.words.split()[:_OPENING]))
    sentence = text[max(0, number.opening - 3 * _CLAUSE) : number.end + 2 * _CLAUSE]
    before = text[max(0, number.opening - 3 * _CLAUSE) : number.opening]
    best: tuple[int, int, str] | None = None
    for kind in known.indicators.values():
        if (kind.form == "rate") != number.percent:
            continue
        for local, far in kind.prose:
            if not (opening.has(local.parts[0]) and all(near.has(p) for p in local.parts)):
                continue
            if _ruled_out(kind, near.words, known):
                break
            distance = _distance(far, before, sentence)
            if distance is None:
                continue
            score = (distance, -local.length - (far.length if far else 0), kind.key)
            best = score if best is None or score < best else best
    return best[2] if best else None


def _after(words: str) -> str:
    """The words after a number that are its own: those past the last comma before another number are that one's."""
    end = _CLAUSE_END.search(words)
    if end is None:
        return words
    own = words[: end.start()]
    commas = [m.start() for m in _COMMA.finditer(own)] if end[0].isdigit() else []
    return own[: commas[-1]] if commas else own


def _ruled_out(kind: IndicatorKind, near: str, known: Catalogue) -> bool:
    topics = [known.topics[t] for t in kind.topics]
    opening = " " + " ".join(near.split()[:6]) + " "
    return bool(topics) and any(f" {w} " in opening for t in topics for w in t.excluded)


def _distance(far: Phrases | None, before: str, sentence: str) -> int | None:
    """How far before the number the sentence's phrases stand; None where one is missing."""
    if far is None:
        return 0
    whole = read_label(sentence)
    if not all(whole.has(p) for p in far.parts):
        return None
    words = read_label(before).words
    at = [words.rfind(f" {p} ") for p in far.parts]
    return max(len(words) - i if i >= 0 else 2 * _CLAUSE * 3 for i in at)
