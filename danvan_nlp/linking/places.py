"""Where a report comes from: its level, its place, and the district and province above it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from danvan_nlp.language.key import fold, make_key
from danvan_nlp.linking.bodies import body
from danvan_nlp.linking.reach import head
from danvan_nlp.localities import (
    Locality,
    districts,
    find_localities,
    find_locality,
    locality,
    name_after,
    named_provinces,
    provinces,
)
from danvan_nlp.types import Header

_PROVINCE_OF_PARTY = re.compile(r"(?:[Tt]ỉnh|TỈNH|[Tt]hành|THÀNH) (?:[ủuỦU][yỷYỶ]|ủy|ỦY)")
_NAMED_CITY = re.compile(r"\b[Tt]hành phố|\bTHÀNH PHỐ")
_CITY = re.compile(r"\b(?:thành ủy|ubnd thành phố|toàn thành phố)\b")
_PROVINCE = re.compile(r"\b(?:tỉnh ủy|ubnd tỉnh|toàn tỉnh)\b")
_KINDS = (("quận", r"\bquận\b"), ("huyện", r"\bhuyện\b"), ("thị xã", r"\bthị (?:xã|ủy)\b"))
# Bodies that lead a level and cite the numbers of many party committees; an office has one of its own.
_LEADING = re.compile(r"\b(?:tỉnh|thành|huyện|thị|quận) ủy\b|nhân dân|\bubnd\b|dân vận|mặt trận|\bhội\b|\bđoàn\b")
_HEAD = 4000
_LETTERHEAD = 800
_CITY_SLUG = "thanh-pho-"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the report comes from: its own level and place, and the province that place lies in.

    ``city`` is True where that province is a city under the centre, ``own_tu`` where a thị ủy signs with TU as
    provinces do, ``own_committee`` where a đảng ủy or an office with its own one signs; ``own_kind`` is "thành phố",
    "quận", "huyện" or "thị xã" where the report's own place is one; ``perhaps`` are the provinces that have a district
    of its name where nothing tells which is meant; ``district`` is the district that a commune's letterhead names.
    """

    level: str | None
    own: str | None
    province: str | None
    city: bool = False
    own_tu: bool = False
    own_kind: str | None = None
    own_committee: bool = False
    perhaps: tuple[str, ...] = ()
    district: str | None = None

    def at(self, level: str) -> str | None:
        """The slug of the report's place at a level, None where the report does not tell."""
        if level == "cap_tinh":
            return self.province
        return self.own if level == self.level else self.district if level == "cap_huyen" else None


def report_places(header: Header, text: str) -> Places:
    """Where a report comes from, by its header and, where that is silent, by its text and the table of districts.

    Examples
    --------
    >>> report_places(Header(admin_level="cap_huyen", locality="mo-cay"), "Huyện ủy Mộ Cày, tỉnh Bến Tre").province
    'ben-tre'
    >>> report_places(Header(admin_level="cap_huyen", locality="mo-cay-nam"), "Huyện ủy báo cáo").province
    'ben-tre'
    >>> places = report_places(Header(admin_level="cap_huyen", locality="tam-nong"), "Huyện ủy Tam Nông báo cáo")
    >>> places.province, places.perhaps
    (None, ('dong-thap', 'phu-tho'))
    """
    level = _header_level(header, text)
    own = _own_place(header, level, text)
    symbol = header.symbol or ""
    issuer = fold(header.issuer or "")
    committee = symbol.endswith("ĐU") or (issuer != "" and not _LEADING.search(issuer))
    if level == "trung_uong":
        return Places(level, None, None)
    if level in (None, "cap_tinh"):
        own = own or _main_province(text)
        known_level = level or ("cap_tinh" if own and (own in provinces() or not header.locality) else None)
        province = own if known_level == "cap_tinh" else _only_province(head(text, _LETTERHEAD))
        return Places(known_level, own, province, _is_city(own, text), own_committee=committee)
    cities = _cities(head(text, _HEAD))
    own_kind = _own_kind(header) or ("thành phố" if own in cities else None)
    district = own if level == "cap_huyen" else _district_above(header, text)
    possible = _with_such_a_district(district, own_kind if level == "cap_huyen" else None, text)
    province = _province_above(header, text, possible)
    if own_kind == "quận" and province is None and cities:
        province = cities[0]
    return Places(
        level, own, province, own_kind == "quận" or _in_table_as_city(province),
        own_tu=symbol.endswith("TU"), own_committee=committee, own_kind=own_kind,
        perhaps=() if province else possible, district=None if level == "cap_huyen" else district,
    )  # fmt: skip


def _header_level(header: Header, text: str) -> str | None:
    """The report's level; a body that bears none has that of the district its letterhead stands under."""
    if header.admin_level == "cap_tinh" and body(header.issuer, "level") is None:
        letterhead = head(text, _LETTERHEAD)
        named = {
            fold(p.name) for p in find_localities(letterhead) if p.slug == header.locality and p.level == "cap_huyen"
        }
        if any(re.search(rf"\b(?:huyện|quận|thị)(?: ủy| xã)? {re.escape(name)}", fold(letterhead)) for name in named):
            return "cap_huyen"
    if body(header.issuer, "level") == "cap_huyen" and header.admin_level == "cap_tinh":
        return "cap_huyen"
    if header.admin_level:
        return header.admin_level
    place = find_locality(header.issuer or "")
    return place.level if place else None


def _own_place(header: Header, level: str | None, text: str) -> str | None:
    """The report's place: a commune's own where the header has the district that stands beside it."""
    if level != "cap_xa":
        return header.locality
    named = [p for part in (header.issuer or "", head(text, _LETTERHEAD)) for p in find_localities(part)]
    communes = [p.slug for p in named if p.level == level]
    other = any(p.slug == header.locality for p in named) and header.locality not in communes
    return communes[0] if other and communes else header.locality


def _only_province(text: str) -> str | None:
    """The one province that a letterhead names, with its level or bare."""
    named = {p.slug for p in named_provinces(text)}
    return named.pop() if len(named) == 1 else None


def _cities(text: str) -> list[str]:
    """The cities that a text names as such: "thành phố Bạc Liêu"."""
    key = make_key(text).text
    names = (name_after(key, match.end()) for match in _NAMED_CITY.finditer(key))
    return [locality(name, "thanh_pho").slug for name in names if name]


def _own_kind(header: Header) -> str | None:
    """Whether a district-level place is a city of a province, a district of a city, a rural one or a town."""
    name = fold(header.issuer or "")
    kind = next((kind for kind, pattern in _KINDS if re.search(pattern, name)), None)
    if kind in ("quận", "thị xã"):
        return kind
    town = (header.locality or "").startswith(_CITY_SLUG) or (header.symbol or "").endswith(("ThU", "TU"))
    return "thành phố" if town or body(header.issuer, "level") == "thanh_pho" else kind


def _district_above(header: Header, text: str) -> str | None:
    """The district that a commune's letterhead names."""
    for part in (header.issuer or "", header.place or "", head(text, _LETTERHEAD)):
        for place in find_localities(part):
            if place.level == "cap_huyen":
                return place.slug
    return None


def _with_such_a_district(slug: str | None, kind: str | None, text: str) -> tuple[str, ...]:
    """The provinces that have a district of this name, of this kind where one does, with these tone marks."""
    known = districts().get((slug or "").removeprefix(_CITY_SLUG), ())
    spelt = {fold(p.name) for p in find_localities(head(text, _HEAD)) if p.slug == slug}
    known = tuple(d for d in known if fold(d.name) in spelt) or known
    known = tuple(d for d in known if kind in d.kinds) or known
    return tuple(sorted({d.province for d in known}))


def _province_above(header: Header, text: str, possible: tuple[str, ...]) -> str | None:
    """The province of a district or commune: its letterhead's, else the one its district lies in, else the text's.

    Of several that have a district of this name, the text must name one oftener than the others.
    """
    for part in (header.issuer or "", header.place or "", head(text, _LETTERHEAD)):
        above = [p.slug for p in find_localities(part) if p.level == "cap_tinh"]
        agreed = next((slug for slug in above if slug in possible), None)
        # The first lines may speak of a neighbour: one that is no province of the table is the report's own.
        if agreed or (above and (len(possible) != 1 or above[0] not in provinces())):
            return agreed or above[0]
    if possible:
        named = Counter(p.slug for p in named_provinces(text) if p.slug in possible)
        return possible[0] if len(possible) == 1 else _commonest(named)
    above = [p.slug for p in find_localities(head(text, _HEAD)) if p.level == "cap_tinh"]
    return above[0] if above else _main_province(text)


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


def _commonest(named: Counter[str]) -> str | None:
    """The name that stands oftener than any other."""
    first, *others = [*named.most_common(2), ("", 0)]
    return first[0] if first[1] > (others[0][1] if others else 0) else None


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
                ((first, count),) = some.most_common(1)
                passing = places is named_provinces and count == 1
                if passing and first not in {p.slug for p in named_provinces(key[:_LETTERHEAD])}:
                    return None
                return _commonest(some)
    return None


def _in_table_as_city(province: str | None) -> bool:
    known = provinces().get(province or "")
    return known is not None and known.kind == "thành phố"


def _is_city(province: str | None, text: str) -> bool:
    """Whether a province is a city under the centre: by the table, else by what the text calls it."""
    if province in provinces():
        return _in_table_as_city(province)
    key = fold(text)
    return len(_CITY.findall(key)) > len(_PROVINCE.findall(key))
