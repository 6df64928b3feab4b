"""Which indicator and which level the labels of a figure name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from danvan_nlp.indicators.catalogue import Catalogue, IndicatorKind, LevelKind, Phrases, catalogue
from danvan_nlp.indicators.wording import Wording, read_label

# "UBND các huyện, thành phố" stands at the level of "Huyện, thành phố".
_BODY = re.compile(r"^(?:(?:uy ban nhan dan|cap uy|chinh quyen|co quan|khoi|cac) )+")
_COUNTS = re.compile(r"^ (?:tong )?so (?:luong )?")
_RATE_OPENINGS = (" ty le ", " dat ty le ", " chiem ty le ", " phan tram ", " dat % ", " chi so ")


@dataclass(frozen=True, slots=True)
class Recognised:
    """The indicator of a label; ``rank`` is how far from the figure its wording stands, ``rival`` one as near."""

    kind: IndicatorKind
    rank: int
    rival: str | None = None


def is_rate(label: str, known: Catalogue | None = None) -> bool:
    """Whether a column or row with this label holds rates.

    Examples
    --------
    >>> is_rate("Tỷ lệ (%)"), is_rate("Số vụ hòa giải thành; đạt tỷ lệ %")
    (True, False)
    """
    return read_label(label, known).words.startswith(_RATE_OPENINGS)


def recognise(
    labels: Sequence[str],
    headings: Sequence[str] = (),
    known: Catalogue | None = None,
    *,
    rows: tuple[int, int] = (0, 0),
    rates: bool = False,
) -> Recognised | None:
    """Tell the indicator from the labels of a figure.

    Parameters
    ----------
    labels : sequence of str
        The figure's own labels, the nearest first: item in the cell, row, column, group of columns.
    headings : sequence of str
        The headings above, the nearest first.
    known : Catalogue, optional
        The package's own by default.
    rows : (int, int)
        From which to which of the labels the row's stand: those of the cell come before, those of the column after, and
        what the row says besides takes nothing from what the column says.
    rates : bool
        Whether only rates are looked for.

    Returns
    -------
    Recognised or None

    Examples
    --------
    >>> recognise(["Số đoàn KT", "Kiểm tra"]).kind.key
    'so_doan_kiem_tra'
    >>> recognise(["Đơn thư tồn đọng (đơn)"], ["5.2. Đơn thư tố cáo"]).kind.key
    'don_to_cao_ton_dong'
    >>> recognise(["Số hộ nghèo"]), recognise(["Điểm PAPI", "Mức độ hài lòng"])
    (None, None)
    """
    return _recognise(tuple(labels), tuple(headings), known or catalogue(), rows, rates)


@lru_cache(maxsize=20_000)
def _recognise(
    labels: tuple[str, ...], headings: tuple[str, ...], known: Catalogue, rows: tuple[int, int], rates: bool
) -> Recognised | None:
    places = [read_label(text, known) for text in (*labels, *headings)]
    topic_ranks = _topic_ranks(known, places)
    foreign = next((i for i, place in enumerate(places) if any(place.has(w) for w in known.foreign)), None)
    found: list[tuple[tuple[int, int, int], IndicatorKind]] = []
    for kind in known.indicators.values():
        if rates and kind.form != "rate":
            continue
        topic = min((topic_ranks[t] for t in kind.topics if t in topic_ranks), default=None)
        if kind.topics and topic is None:
            continue
        scores = (_score(w, places, len(labels), kind, rows, known) for w in kind.words)
        best = min((s for s in scores if s is not None), default=None)
        if best is None or _ruled_out(kind, places, len(labels), best[0]):
            continue
        if foreign is not None and foreign < max(best[0] + (best[0] < len(labels)), topic or 0):
            continue
        found.append(((best[0], topic or 0, best[1]), kind))
    if not found:
        return None
    found.sort(key=lambda item: item[0])
    score, kind = found[0]
    rival = next((k.key for s, k in found[1:] if s == score), None)
    return Recognised(kind, score[0], rival)


def _topic_ranks(known: Catalogue, places: Sequence[Wording]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for name, topic in known.topics.items():
        for rank, place in enumerate(places):
            if any(place.has(w) for w in topic.words) and not any(place.has(w) for w in topic.excluded):
                ranks[name] = rank
                break
    return ranks


def _ruled_out(kind: IndicatorKind, places: Sequence[Wording], own: int, rank: int) -> bool:
    """Whether a phrase of the labels or headings says that the indicator is not meant."""
    near = places[: min(rank + 1, own)]
    looked = ((kind.outside, places), (kind.never, places[:own]), (kind.excluded, near))
    if any(place.has(phrase) for phrases, reach in looked for phrase in phrases for place in reach):
        return True
    return kind.form != "count" and any(map(_counts, near))


def _counts(place: Wording) -> bool:
    """Whether a label asks for a count, a rate beside it or not: ``Số hồ sơ tiếp nhận tại bộ phận một cửa``."""
    return place.words.startswith((" so ", " tong so "))


def _score(
    wording: Phrases, places: Sequence[Wording], own: int, kind: IndicatorKind, rows: tuple[int, int], known: Catalogue
) -> tuple[int, int] | None:
    """Distance of the farthest phrase, then the wording's length, longest first; None where a phrase is missing."""
    first, *others = wording.parts
    reach = places if wording.anywhere else places[:own]
    fits = (
        place.says(first)
        if wording.whole
        else place.has(first) and (not wording.alone or place.adds_only(kind.neutral, first))
        for place in reach
    )
    opening = next((i for i, fit in enumerate(fits) if fit), None)
    if opening is None:
        return None
    rank = opening
    for phrase in others:
        at = next((i for i, place in enumerate(places) if place.has(phrase)), None)
        if at is None:
            return None
        rank = max(rank, at)
    row = range(*rows) if rows[1] <= opening < own else ()
    between = [place for i, place in enumerate(places[: min(opening + (rank > opening), own)]) if i not in row]
    if any(_says_otherwise(place, wording, kind, known) for place in between):
        return None
    return rank, -wording.length


def _says_otherwise(place: Wording, wording: Phrases, kind: IndicatorKind, known: Catalogue) -> bool:
    """Whether a label nearer to the figure than the wording says what is counted: ``Số người``."""
    said = next((part for part in wording.parts if place.has(part)), "")
    word = _COUNTS.sub("", place.words).strip()
    return not place.adds_only(kind.neutral, said) or not said and word in known.counted and word not in kind.counted


def find_level(labels: Sequence[str], headings: Sequence[str], name: str, known: Catalogue | None = None) -> str | None:
    """Tell the level from the labels and headings, the nearest that names exactly one.

    Parameters
    ----------
    labels, headings, known
        As for `recognise`.
    name : str
        Which list of levels: ``"chung"``, ``"van_ban"``, ``"chuc_danh"`` or ``"chuc_vu"``.

    Examples
    --------
    >>> find_level(["Số lượng", "Cấp xã"], [], "chung")
    'cap_xa'
    >>> find_level(["Số đoàn"], ["3.2. Cấp huyện", "3. Công tác kiểm tra"], "chung")
    'cap_huyen'
    >>> find_level(["Chủ tịch UBND các huyện; Thủ trưởng các sở, ban, ngành"], [], "chuc_vu")
    'chu_tich_ubnd_huyen_va_so_nganh'
    """
    return _find_level(tuple(labels), tuple(headings), name, known or catalogue())


@lru_cache(maxsize=20_000)
def _find_level(labels: tuple[str, ...], headings: tuple[str, ...], name: str, known: Catalogue) -> str | None:
    levels = known.levels[name]
    for label in labels:
        if (level := _level_of(label, levels, known)) is not None:
            return level
    for heading in headings:
        place = read_label(_without_number(heading), known)
        named = {kind.key for kind in levels if any(place.has(w) for w in kind.heading)}
        whole = {kind.key for kind in levels if place.words.strip() in kind.whole}
        if len(named | whole) == 1:
            return (named | whole).pop()
    return None


def _level_of(label: str, levels: Sequence[LevelKind], known: Catalogue) -> str | None:
    """The level that one label names; None where it names none, or two of them equally well."""
    place = read_label(label, known)
    words = place.words.strip()
    whole = {words, _BODY.sub("", words)}
    scores: dict[str, int] = {}
    for kind in levels:
        lengths = [w.length for w in kind.words if all(place.has(p) for p in w.parts)]
        if whole & kind.whole:
            lengths.append(len(words))
        if lengths:
            scores[kind.key] = max(lengths)
    if not scores:
        return None
    best = max(scores.values())
    named = [key for key, length in scores.items() if length == best]
    return named[0] if len(named) == 1 else None


def _without_number(heading: str) -> str:
    return heading.lstrip(" #*0123456789.)-–IVX") or heading
