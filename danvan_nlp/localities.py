"""Places that issue documents: provinces before and after the mergers of 1 July 2025, and names below them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from danvan_nlp import data
from danvan_nlp.language.key import fold, make_key, slug

# Any letter, as the inside of a character class.
_LETTER = r"^\W\d_"
# "Cư M'gar", "Ia H'Drai": an apostrophe stands inside some words.
_WORD = re.compile(rf"[{_LETTER}]+(?:['’][{_LETTER}]+)?")
_NUMBERED = re.compile(r" ?(\d{1,2})(?!\d)")
_MAX_NAME = 4
# "XÃ HỘI CHỦ NGHĨA", "Thương binh và Xã hội": no commune.
_SOCIAL = re.compile(r"xã\s+hội(?![^\W\d_])", re.IGNORECASE)


@cache
def _levels() -> dict[str, str]:
    """The words that announce the level of the name after them; cities need the table of provinces."""
    return {word: row["key"] for row in data.toml("place_words")["level"] for word in row["words"]}


@cache
def _level_word() -> re.Pattern[str]:
    return _any_of(_levels())


@cache
def _after_name() -> re.Pattern[str]:
    return _any_of(data.toml("place_words")["after_name"]["words"])


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words as a word of its own, the longest that stands there."""
    ways = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![{_LETTER}])(?:{ways})(?![{_LETTER}])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Locality:
    """A place: its slug, its name as people write it and its level (``cap_tinh``, ``cap_huyen``, ``cap_xa``)."""

    slug: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class Province:
    """A row of ``localities.csv``: a province or city under the centre, before or since 1 July 2025."""

    slug: str
    name: str
    kind: str
    merged_into: str | None
    source: str


@cache
def provinces() -> dict[str, Province]:
    """Every province and city under the centre, old and new, by slug.

    Examples
    --------
    >>> provinces()["kon-tum"].merged_into
    'quang-ngai'
    """
    return {
        row["slug"]: Province(row["slug"], row["name"], row["kind"], row["merged_into"] or None, row["source"])
        for row in data.rows("localities")
    }


@dataclass(frozen=True, slots=True)
class District:
    """A row of ``districts.csv``: a place of the level between province and commune, which ended on 1 July 2025.

    ``kinds`` holds all that it has been since 2013 ("huyện", "quận", "thị xã", "thành phố"): towns grow into cities.
    """

    name: str
    kinds: tuple[str, ...]
    province: str
    source: str


@cache
def districts() -> dict[str, tuple[District, ...]]:
    """Districts, towns and cities of the provinces by slug of their name; several provinces may use one name.

    Names and hierarchy are those of the General Statistics Office's list of administrative units, of 2025 and, for
    units that had ended by then, of 2019.

    Examples
    --------
    >>> [d.province for d in districts()["mo-cay-nam"]]
    ['ben-tre']
    >>> [(d.province, d.kinds) for d in districts()["son-tay"]]
    [('ha-noi', ('thị xã',)), ('quang-ngai', ('huyện',))]
    """
    found: dict[str, tuple[District, ...]] = {}
    for row in data.rows("districts"):
        district = District(row["name"], tuple(row["kinds"].split(";")), row["province"], row["source"])
        for key in {slug(row["name"]), slug(row["name"].split(" - ")[0])}:
            found[key] = (*found.get(key, ()), district)
    return found


@cache
def _province_names() -> dict[str, Province]:
    return {fold(p.name): p for p in provinces().values()}


@cache
def _any_province() -> re.Pattern[str]:
    names = sorted((p.name for p in provinces().values()), key=len, reverse=True)
    parts = "|".join(re.escape(n).replace(r"\ ", r"\s+").replace(r"\-", r"\s*[-–]\s*") for n in names)
    return re.compile(rf"(?<![{_LETTER}])(?:{parts})(?![{_LETTER}])", re.IGNORECASE)


def _ink(text: str, at: int, blanks: str) -> int:
    """The first position from ``at`` that holds none of the blanks."""
    while at < len(text) and text[at] in blanks:
        at += 1
    return at


def name_after(text: str, at: int) -> str | None:
    """The place name that starts at ``at`` in a key: a known province, else up to four capitalised words.

    Examples
    --------
    >>> name_after("tỉnh Bà Rịa - Vũng Tàu đã", 5)
    'Bà Rịa - Vũng Tàu'
    >>> name_after("HUYỆN ỦY MỘ CÀY\\tĐẢNG CỘNG SẢN VIỆT NAM", 9)
    'Mộ Cày'
    """
    known = _any_province().match(text, _ink(text, at, " \n\t"))
    if known and known[0][0].isupper():
        return _province_names()[" ".join(re.sub(r"\s*[-–]\s*", " - ", known[0].lower()).split())].name
    at = _ink(text, at, " ")
    words: list[str] = []
    for match in _WORD.finditer(text, at, at + 60):
        if text[at : match.start()].strip(" ") or len(words) == _MAX_NAME:
            break
        word = match[0]
        if not word[0].isupper() or _after_name().match(text, match.start()):
            break
        words.append(word.capitalize())
        at = match.end()
    return " ".join(words) or None


def locality(name: str, level: str) -> Locality:
    """The locality of a name and a level word; a city that bears its province's name keeps a slug of its own.

    Examples
    --------
    >>> locality("Đà Nẵng", "thanh_pho")
    Locality(slug='da-nang', name='Đà Nẵng', level='cap_tinh')
    >>> locality("Cao Bằng", "thanh_pho").slug
    'thanh-pho-cao-bang'
    """
    province = _province_names().get(fold(name))
    if level == "thanh_pho":
        level = "cap_tinh" if province and province.kind == "thành phố" else "cap_huyen"
    own = slug(name)
    if level == "cap_huyen" and province:
        return Locality(f"thanh-pho-{own}", name, level)
    return Locality(province.slug if province else own, name, level)


def find_localities(text: str) -> list[Locality]:
    """Every place that a level word announces, in the order of the text.

    Examples
    --------
    >>> [p.slug for p in find_localities("Huyện ủy Mộ Cày, tỉnh Bến Tre; UBND tỉnh")]
    ['mo-cay', 'ben-tre']
    """
    key = make_key(text).text
    no_name = data.toml("place_words")["no_name"]["words"]
    found = []
    for match in _level_word().finditer(key):
        name = name_after(key, match.end())
        numbered = _NUMBERED.match(key, match.end()) if match[0].lower() in ("quận", "phường") else None
        if numbered:
            found.append(
                Locality(slug(f"{match[0]} {numbered[1]}"), f"{match[0]} {numbered[1]}", _levels()[match[0].lower()])
            )
        elif name and fold(name).split()[0] not in no_name and not _SOCIAL.match(key, match.start()):
            found.append(locality(name, _levels()[match[0].lower()]))
    return found


def named_provinces(text: str) -> list[Locality]:
    """Every province that a text names, with or without a level word, in the order of the text.

    Examples
    --------
    >>> [p.slug for p in named_provinces("Đồng Khởi Bến Tre; Lạng Sơn, ngày 05/8/2020")]
    ['ben-tre', 'lang-son']
    """
    key = make_key(text).text
    names = (name_after(m[0], 0) for m in _any_province().finditer(key) if m[0][0].isupper())
    return [locality(name, "cap_tinh") for name in names if name]


def find_locality(text: str) -> Locality | None:
    """The place that a letterhead, a place-and-date line or an issuer names, or None.

    Examples
    --------
    >>> find_locality("TỈNH ỦY KON TUM")
    Locality(slug='kon-tum', name='Kon Tum', level='cap_tinh')
    >>> find_locality("ỦY BAN NHÂN DÂN HUYỆN MỘ CÀY BẮC")
    Locality(slug='mo-cay-bac', name='Mộ Cày Bắc', level='cap_huyen')
    >>> find_locality("Lạng Sơn, ngày 05 tháng 8 năm 2020").slug
    'lang-son'
    >>> find_locality("BÁO CÁO") is None
    True
    """
    announced = find_localities(text)
    if announced:
        return announced[0]
    return next(iter(named_provinces(text)), None)
