"""Tables with one row for each place or body: whose figures a row holds, and at which level it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from danvan_nlp.findings import name_of
from danvan_nlp.indicators.appendix.grid import Row
from danvan_nlp.indicators.appendix.recognise import find_level
from danvan_nlp.indicators.catalogue import Catalogue
from danvan_nlp.language.key import fold
from danvan_nlp.language.letters import UPPER
from danvan_nlp.localities import find_localities, named_provinces
from danvan_nlp.structure.tables.cells import is_period, is_total, table_words

_MARKED = re.compile(r"^(?:\d{1,3}|[IVX]{1,5}|[a-z])[.)]\s+|^[-+*•–]\s*")
_LONGEST = 60
_LEVEL_LISTS = ("chung", "van_ban", "chuc_danh", "chuc_vu")


def place_of(row: Row, known: Catalogue) -> str | None:
    """The place or body that a row is about, as it is written; None for levels, periods and totals.

    Examples
    --------
    >>> from danvan_nlp.indicators.catalogue import catalogue
    >>> def row(label, under=""):
    ...     return Row((label,), (), None, (), places=(label,) if under else ())
    >>> [place_of(row(t), catalogue()) for t in ("1. Huyện Nà Sằm", "TP. Đông Lĩnh", "Sở Y tế", "Các huyện", "Cấp xã")]
    ['Huyện Nà Sằm', 'TP. Đông Lĩnh', 'Sở Y tế', None, None]
    >>> place_of(row("Nà Sằm", under="Địa phương"), catalogue()), place_of(row("Toàn tỉnh", "Địa phương"), catalogue())
    ('Nà Sằm', None)
    """
    for label in row.labels:
        name = _MARKED.sub("", label).strip(" :.;")
        if len(name) <= _LONGEST and _names_place(name, label in row.places, known):
            return name
    return None


def _names_place(name: str, under_places: bool, known: Catalogue) -> bool:
    if not name[:1].isupper() or is_period(name) or is_total(name):
        return False
    words = table_words()
    full = _full(name)
    if fold(full).startswith(tuple(words["places"]["starts"])) and find_localities(full):
        return True
    if any(c.isdigit() for c in name):
        return False
    if fold(name).startswith(tuple(words["bodies"]["starts"])):
        return True
    return under_places and not any(find_level((name,), (), kind, known) for kind in _LEVEL_LISTS)


def _full(name: str) -> str:
    """A name with its level word spelt out: ``TP. Đông Lĩnh``."""
    short = table_words()["places"]["short"]
    return _shortened().sub(lambda m: short[m[1].lower()] + " ", name)


@cache
def _shortened() -> re.Pattern[str]:
    words = "|".join(table_words()["places"]["short"])
    return re.compile(rf"^({words})\b\.?\s*(?=[{UPPER}])", re.IGNORECASE)


def level_of(place: str, headers: Sequence[str]) -> str | None:
    """The label of a level that a place stands at, by its own words or those of its column; None where none tell.

    Examples
    --------
    >>> level_of("TP. Đông Lĩnh", ()), level_of("Nà Sằm", ("Huyện, thành phố",)), level_of("Nà Sằm", ("Địa phương",))
    ('cấp huyện', 'cấp huyện', None)
    """
    named = find_localities(_full(place)) or (named_provinces(place) if not headers else [])
    if named:
        return name_of("levels", named[0].level)
    folded = fold(place)
    if folded.startswith("sở "):
        return name_of("levels", "cap_tinh")
    for header in map(fold, headers):
        for word, level in table_words()["place_headers"]["levels"].items():
            if header.startswith(word):
                return name_of("levels", level)
    return None
