"""Whose numbering a number belongs to: the scope, from the symbol, the issuer, the letterhead and the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from danvan_nlp import data
from danvan_nlp.language.key import fold, make_key
from danvan_nlp.linking.bodies import body
from danvan_nlp.linking.places import Places
from danvan_nlp.localities import find_localities

_NO_PLACE = "scope unknown: the report's place is not named"
_NO_PROVINCE = "scope unknown: the province is not named"
# The reason where the report's district bears a name that districts of several provinces bear.
SEVERAL = "scope unknown: several provinces have a district of this name"
_SEPARATOR = re.compile(r"[/\-–]+")
# An issuer that leaves open whose committee it is.
_UNNAMED = re.compile(r"(?:(?:ban thường vụ|ban chấp hành) )?(?:đảng ủy|huyện ủy)(?: (?:xã|phường|thị trấn|cơ sở))?")
_COMMITTEE_LEVELS = {"district": "cap_huyen", "committee": "cap_xa"}


@cache
def _bodies() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["body"]), row["scope"]) for row in data.rows("scopes"))


def body_scope(symbol: str) -> str | None:
    """The row of ``scopes.csv`` that the first known body of a symbol falls under.

    Examples
    --------
    >>> body_scope("KH/BDVTU-BCSĐ"), body_scope("UBND-KGVX"), body_scope("TT-BNV"), body_scope("PL-UBTVQH11")
    ('province', 'own', 'BNV', 'UBTVQH')
    """
    tokens = [t for t in _SEPARATOR.split(make_key(symbol).text.replace("T.Ư", "TW").replace("TƯ", "TW")) if t]
    # Only ministries and agencies at their level issue circulars, known to the table or not.
    circular = tokens[:1] == ["TT"] and "/" not in symbol
    if "TW" in tokens:
        return "TW"
    for token in tokens:
        for pattern, scope in _bodies():
            if pattern.fullmatch(token):
                return token if scope == "itself" else scope
    return tokens[-1] if circular and tokens else None


def issuer_scope(issuer: str | None, places: Places) -> str | None:
    """The scope that an issuer's name alone tells, None where it does not.

    Examples
    --------
    >>> issuer_scope("Ban Bí thư Trung ương Đảng", Places("cap_tinh", "cao-bang", "cao-bang"))
    'TW'
    >>> issuer_scope("Tỉnh ủy", Places("cap_huyen", "mo-cay", "ben-tre"))
    'ben-tre'
    """
    if not issuer:
        return None
    if central := body(issuer, "scope"):
        return central
    level = body(issuer, "level")
    named = [p for p in find_localities(issuer) if level in (None, p.level, "thanh_pho")]
    if named:
        return named[0].slug
    if level == "thanh_pho":
        level = "cap_tinh" if places.city or places.own_kind == "quận" else "cap_huyen"
        if level == "cap_huyen" and places.level == level and places.own_kind != "thành phố":
            return None
    return places.at(level) if level else None


def scope_of(symbol: str | None, issuer: str | None, places: Places) -> tuple[str | None, str]:
    """The scope of a number with this symbol and issuer in a report from these places, and why.

    Examples
    --------
    >>> kon_tum = Places("cap_tinh", "kon-tum", "kon-tum")
    >>> scope_of("KH/TU", None, kon_tum)
    ('kon-tum', "symbol: the report's province")
    >>> scope_of("QĐ/HU", None, kon_tum)[0] is None
    True
    """
    kind = body_scope(symbol) if symbol else None
    said = issuer_scope(issuer, places)
    if kind == "military":
        kind = "district" if places.level == "cap_huyen" or body(issuer, "level") == "cap_huyen" else "TW"
    if kind is None:
        return (said, "issuer") if said else _own(places) if symbol else (None, "no symbol")
    if kind == "province" and places.own_tu and body(issuer, "level") in (None, "cap_huyen"):
        kind = "district"
    if kind == "province":
        slug = said if body(issuer, "level") in ("cap_tinh", "thanh_pho") and said else places.province
        return slug, "symbol: the report's province" if slug else SEVERAL if places.perhaps else _NO_PROVINCE
    if kind == "district":
        slug = said if body(issuer, "level") in ("cap_huyen", "thanh_pho") and said else places.at("cap_huyen")
        return slug, "symbol: the district" if slug else "scope unknown: the district is not named"
    if kind == "committee":
        if said or places.own_committee or places.level == "cap_xa":
            return (said, "issuer") if said else _own(places)
        return None, "scope unknown: the party committee is not named"
    if kind == "own":
        if body(issuer, "level") not in (None, "trung_uong"):
            return said, "issuer" if said else "scope unknown: the issuer's place is not named"
        return places.own, "report's own level" if places.own else _NO_PLACE
    return kind, "symbol"


def _own(places: Places) -> tuple[str | None, str]:
    """The report's own place, as far as it is told."""
    return places.own, "report's own numbering" if places.own else _NO_PLACE


def scope_nearby(symbol: str | None, issuer: str | None, passages: Iterable[str]) -> tuple[str | None, str]:
    """The scope of a committee's number by the one place of its level that a passage names, the first that does.

    Examples
    --------
    >>> scope_nearby("KH/HU", None, ["Huyện ủy Bắc Sơn chậm triển khai; đã ban hành "])
    ('bac-son', 'the place named before')
    >>> scope_nearby("KH/ĐU", "Đảng ủy xã", ["các xã Tân Lộc, xã Phú Lễ; Đảng ủy xã có "])[0] is None
    True
    """
    level = _COMMITTEE_LEVELS.get(body_scope(symbol) or "") if symbol else None
    if level and not (issuer and not _UNNAMED.fullmatch(fold(issuer))):
        for passage in passages:
            named = {place.slug for place in find_localities(passage) if place.level == level}
            if named:
                return (named.pop(), "the place named before") if len(named) == 1 else (None, "")
    return None, ""
