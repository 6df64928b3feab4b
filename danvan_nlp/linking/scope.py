"""Whose numbering a number belongs to: the scope, from the symbol, the issuer, the letterhead and the text."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from danvan_nlp.language.key import fold, make_key
from danvan_nlp.localities import (
    Locality,
    find_localities,
    find_locality,
    locality,
    name_after,
    named_provinces,
    provinces,
)
from danvan_nlp.types import Header

_SEPARATOR = re.compile(r"[/\-–]+")
_LEVEL_OF_SYMBOL = (
    ("TU", "cap_tinh"),
    ("TW", "trung_uong"),
    ("HU", "cap_huyen"),
    ("ThU", "cap_huyen"),
    ("ĐU", "cap_xa"),
)
_ISSUER_LEVELS = (
    ("trung_uong", r"trung ương|bộ chính trị|ban bí thư|thủ tướng|chính phủ|quốc hội"),
    ("cap_xa", r"(?<!thị )\bxã\b|\b(?:phường|thị trấn)\b"),
    ("cap_tinh", r"\btỉnh\b"),
    ("cap_huyen", r"\b(?:huyện|thị xã|quận|thị ủy)\b"),
    ("thanh_pho", r"\bthành (?:ủy|phố|đoàn)\b"),
)  # fmt: skip
_PARTY_CENTRE = re.compile(r"bộ chính trị|ban bí thư|ban chấp hành (?:trung ương|tw)|(?:trung ương|tw)\b")
_STATE_SCOPES = (
    ("UBTVQH", re.compile(r"ủy ban thường vụ quốc hội")),
    ("TTg", re.compile(r"thủ tướng")),
    ("QH", re.compile(r"^quốc hội")),
    ("CP", re.compile(r"^chính phủ")),
)
_PROVINCE_OF_PARTY = re.compile(r"(?:[Tt]ỉnh|TỈNH|[Tt]hành|THÀNH) (?:[ủuỦU][yỷYỶ]|ủy|ỦY)")
_CITY = re.compile(r"\b(?:thành ủy|ubnd thành phố|toàn thành phố)\b")
_PROVINCE = re.compile(r"\b(?:tỉnh ủy|ubnd tỉnh|toàn tỉnh)\b")
_HEAD = 4000
_LETTERHEAD = 800


@dataclass(frozen=True, slots=True)
class Places:
    """Where the report comes from: its own level and place, and the province that place lies in.

    ``city`` is True where that province is a city under the centre, ``own_tu`` where a thị ủy signs with TU as
    provinces do, ``own_kind`` "thành phố" or "quận" where the report's own place is one.
    """

    level: str | None
    own: str | None
    province: str | None
    city: bool = False
    own_tu: bool = False
    own_kind: str | None = None

    def at(self, level: str) -> str | None:
        """The slug of the report's place at a level, None where the report does not tell."""
        if level == "cap_tinh":
            return self.province
        return self.own if level == self.level else None


def _header_level(header: Header) -> str | None:
    if issuer_level(header.issuer) == "cap_huyen" and header.admin_level == "cap_tinh":
        return "cap_huyen"
    if header.admin_level:
        return header.admin_level
    for ending, level in _LEVEL_OF_SYMBOL:
        if (header.symbol or "").endswith(ending):
            return level
    place = find_locality(header.issuer or "")
    return place.level if place else None


def _party_names(key: str) -> list[Locality]:
    """Provinces named after "Tỉnh ủy", in the order of the text."""
    found = []
    for match in _PROVINCE_OF_PARTY.finditer(key):
        name = name_after(key, match.end())
        if name:
            place = locality(name, "cap_tinh" if match[0][0] in "tT" and "ỉ" in match[0].lower() else "thanh_pho")
            if place.level == "cap_tinh":
                found.append(place)
    return found


def _main_province(text: str) -> str | None:
    """The province a text is about: the one whose party committee it names, else the one it names most.

    A bare name met once tells nothing below the letterhead: people from anywhere travel to Hà Nội.
    """
    key = make_key(text).text
    for places in (_party_names, find_localities, named_provinces):
        named = Counter(p.slug for p in places(key) if p.level == "cap_tinh")
        known = Counter({slug: n for slug, n in named.items() if slug in provinces()})
        for some in (known, named):
            if some:
                (first, count), *others = some.most_common(2)
                passing = places is named_provinces and count == 1
                if passing and first not in {p.slug for p in named_provinces(key[:_LETTERHEAD])}:
                    return None
                return first if not others or count > others[0][1] else None
    return None


def report_places(header: Header, text: str) -> Places:
    """Where a report comes from, by its header and, where that is silent, by its text.

    Examples
    --------
    >>> report_places(Header(admin_level="cap_huyen", locality="mo-cay"), "Huyện ủy Mộ Cày, tỉnh Bến Tre")
    Places(level='cap_huyen', own='mo-cay', province='ben-tre', city=False, own_tu=False, own_kind=None)
    """
    level = _header_level(header)
    own = header.locality
    if level == "trung_uong":
        return Places(level, None, None)
    if level in (None, "cap_tinh"):
        own = own or _main_province(text)
        known_level = level or ("cap_tinh" if own and (own in provinces() or not header.locality) else None)
        return Places(known_level, own, own if known_level == "cap_tinh" else None, _is_city(own, text))
    own_tu = (header.symbol or "").endswith("TU")
    for part in (header.issuer or "", header.place or "", text[:_HEAD]):
        above = [p.slug for p in find_localities(part) if p.level == "cap_tinh"]
        if above:
            return Places(level, own, above[0], _in_table_as_city(above[0]), own_tu, _own_kind(header))
    province = _main_province(text)
    return Places(level, own, province, _in_table_as_city(province), own_tu, _own_kind(header))


def _own_kind(header: Header) -> str | None:
    """Whether a district-level place is a city of a province or a district of a city."""
    name = fold(header.issuer or "")
    if re.search(r"\bquận\b", name):
        return "quận"
    town = (header.locality or "").startswith("thanh-pho-") or (header.symbol or "").endswith(("ThU", "TU"))
    return "thành phố" if town or issuer_level(header.issuer) == "thanh_pho" else None


def _in_table_as_city(province: str | None) -> bool:
    known = provinces().get(province or "")
    return known is not None and known.kind == "thành phố"


def _is_city(province: str | None, text: str) -> bool:
    """Whether a province is a city under the centre: by the table, else by what the text calls it."""
    if province in provinces():
        return _in_table_as_city(province)
    key = fold(text)
    return len(_CITY.findall(key)) > len(_PROVINCE.findall(key))


@cache
def _bodies() -> tuple[tuple[re.Pattern[str], str], ...]:
    text = files("danvan_nlp.data").joinpath("scopes.csv").read_text(encoding="utf-8")
    return tuple((re.compile(row["body"]), row["scope"]) for row in csv.DictReader(text.splitlines()))


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


def issuer_level(issuer: str | None) -> str | None:
    """The level of an issuing body's name.

    Examples
    --------
    >>> issuer_level("UBND tỉnh"), issuer_level("Ban Thường vụ Huyện ủy"), issuer_level("Bộ Chính trị")
    ('cap_tinh', 'cap_huyen', 'trung_uong')
    """
    name = fold(issuer or "")
    return next((level for level, pattern in _ISSUER_LEVELS if re.search(pattern, name)), None)


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
    name = fold(issuer)
    for scope, pattern in _STATE_SCOPES:
        if pattern.search(name):
            return scope
    if _PARTY_CENTRE.search(name):
        return "TW"
    level = issuer_level(issuer)
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
        kind = "district" if places.level == "cap_huyen" or issuer_level(issuer) == "cap_huyen" else "TW"
    if kind is None:
        return (said, "issuer") if said else (places.own, "report's own numbering") if symbol else (None, "no symbol")
    if kind == "province" and places.own_tu and issuer_level(issuer) in (None, "cap_huyen"):
        kind = "district"
    if kind == "province":
        slug = said if issuer_level(issuer) in ("cap_tinh", "thanh_pho") and said else places.province
        return slug, "symbol: the report's province" if slug else "scope unknown: the province is not named"
    if kind == "district":
        slug = said if issuer_level(issuer) in ("cap_huyen", "thanh_pho") and said else places.at("cap_huyen")
        return slug, "symbol: the district" if slug else "scope unknown: the district is not named"
    if kind == "own":
        if issuer_level(issuer) not in (None, "trung_uong"):
            return said, "issuer" if said else "scope unknown: the issuer's place is not named"
        return places.own, "report's own level" if places.own else "scope unknown: the report's place is not named"
    return kind, "symbol"
