"""The indicators and levels of ``data/indicators.toml``, with users' own laid over them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from danvan_nlp.indicators.own_files import read_own
from danvan_nlp.language.key import fold

_TOKEN = re.compile(r"[a-z0-9]+|%")


@dataclass(frozen=True, slots=True)
class Phrases:
    """One wording: bare phrases that must all stand, the first in the labels unless ``anywhere``.

    ``whole`` where the first must be the whole label, ``alone`` where it must be so but for neutral words.
    """

    parts: tuple[str, ...]
    anywhere: bool
    whole: bool
    alone: bool
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorKind:
    """One row of the catalogue (see the head of ``data/indicators.toml``)."""

    key: str
    meaning: str
    units: tuple[str, ...]
    words: tuple[Phrases, ...]
    neutral: frozenset[str]
    counted: frozenset[str]
    section: str = ""
    topics: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    joins: bool = False
    form: str = "count"
    rate: str | None = None
    whole: str | None = None
    denominator: str | None = None
    within: str | None = None
    parts: tuple[str, ...] = ()
    base_of: str | None = None
    levels: str = "chung"
    yearless: bool = False
    flow: bool = False
    stock: bool = False
    prose: tuple[tuple[Phrases, Phrases | None], ...] = ()
    example: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelKind:
    """One level: wordings of labels, wordings of whole labels, wordings that count in headings."""

    key: str
    list: str
    words: tuple[Phrases, ...]
    whole: frozenset[str]
    heading: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Phrases that name a subject, and phrases that rule it out at the same place."""

    words: tuple[str, ...]
    excluded: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything the recogniser knows; ``city`` is what "thành phố" stands for in the report of a city."""

    indicators: Mapping[str, IndicatorKind]
    topics: Mapping[str, Topic]
    levels: Mapping[str, tuple[LevelKind, ...]]
    abbreviations: Mapping[str, str]
    compounds: Mapping[str, str]
    counted: frozenset[str]
    foreign: tuple[str, ...]
    planned: tuple[str, ...]
    vocabulary: frozenset[str]
    neighbours: Mapping[str, tuple[str, ...]]
    city: str | None = None


def bare(text: str) -> str:
    """Words of a text without tone marks, case and punctuation.

    Examples
    --------
    >>> bare("Số đơn thư tồn đọng (đơn); chiếm tỷ lệ %")
    'so don thu ton dong don chiem ty le %'
    """
    plain = unicodedata.normalize("NFKD", fold(text).replace("đ", "d"))
    return " ".join(_TOKEN.findall("".join(c for c in plain if not unicodedata.combining(c))))


def _phrases(wording: str) -> Phrases:
    parts = tuple(bare(p) for p in wording.lstrip("^=~").split("+"))
    anywhere, whole, alone = (wording.startswith(mark) for mark in "^=~")
    return Phrases(parts, anywhere, whole, alone, sum(map(len, parts)))


def _prose(wording: str) -> tuple[Phrases, Phrases | None]:
    near, _, far = wording.partition("|")
    return _phrases(near), _phrases(far) if far else None


def _indicator(row: Mapping[str, Any], raw: Mapping[str, Any]) -> IndicatorKind:
    made: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in row.items()}
    made.setdefault("meaning", row["key"])
    made.setdefault("units", ("%",) if row.get("form") == "rate" else ())
    made["excluded"] = made.pop("not", ())
    for name in ("excluded", "never", "outside", "beside"):
        made[name] = tuple(map(bare, made.get(name, ())))
    made["words"] = tuple(map(_phrases, row["words"]))
    made["prose"] = tuple(map(_prose, row.get("prose", ())))
    made["yearless"] = made.pop("year", "") == "none"
    counted = frozenset(bare(unit)[:n] for unit in made["units"] for n in (None, (bare(unit) + " ").index(" ")))
    return IndicatorKind(**made, neutral=_neutral(row, raw), counted=counted)


def _level(row: Mapping[str, Any]) -> LevelKind:
    return LevelKind(
        key=row["key"],
        list=row["list"],
        words=tuple(_phrases(w) for w in row["words"] if not w.startswith("=")),
        whole=frozenset(bare(w) for w in row["words"] if w.startswith("=")),
        heading=tuple(bare(w) for w in row.get("heading", ())),
    )


def _neutral(row: Mapping[str, Any], raw: Mapping[str, Any]) -> frozenset[str]:
    """Words that a label may hold beside an indicator's wording and still mean it: those of levels and topics too."""
    texts = [*raw["neutral"]["words"], *row.get("units", ())]
    texts += [w for name in row.get("topics", ()) for w in raw["topics"][name]["words"]]
    texts += [w for level in raw["level"] if level["list"] in ("chung", row.get("levels")) for w in level["words"]]
    return _tokens(texts)


def _vocabulary(raw: Mapping[str, Any]) -> frozenset[str]:
    texts = [w for row in raw["indicator"] for w in row["words"]]
    texts += [w for topic in raw["topics"].values() for w in topic["words"]]
    texts += [w for row in raw["level"] for w in row["words"]]
    return _tokens(texts)


def _tokens(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(token for text in texts for token in _words(text))


@cache
def _words(text: str) -> tuple[str, ...]:
    """The words of a wording of the data file: the lists of neutral words are asked for by every indicator."""
    return tuple(bare(text).split())


def _neighbours(vocabulary: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Each known word under every spelling with one letter left out, to find it from a misread one."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in vocabulary:
        if len(word) >= 4:
            for i in range(len(word)):
                found[word[:i] + word[i + 1 :]].add(word)
            found[word].add(word)
    return {piece: tuple(sorted(words)) for piece, words in found.items()}


@cache
def catalogue(*own: Path) -> Catalogue:
    """Read the catalogue once.

    Parameters
    ----------
    *own : Path
        A user's files in the form of ``data/indicators.toml``: an indicator of the same key takes the place of the
        package's, anything else is added. An indicator needs ``key`` and ``words`` alone.

    Raises
    ------
    DataError
        A file is missing or has a faulty row (`danvan_nlp.indicators.own_files.read_own`).

    Examples
    --------
    >>> catalogue().indicators["hoa_giai_thanh"].whole
    'hoa_giai_tong'
    """
    raw = tomllib.loads(files("danvan_nlp.data").joinpath("indicators.toml").read_text(encoding="utf-8"))
    for path in own:
        mine = read_own(path, raw)
        new = {row["key"] for row in mine.get("indicator", ())}
        raw["indicator"] = [r for r in raw["indicator"] if r["key"] not in new] + mine.get("indicator", [])
        raw["level"] += mine.get("level", [])
        for part in ("topics", "abbreviations"):
            raw[part].update(mine.get(part, {}))
    levels: dict[str, list[LevelKind]] = defaultdict(list)
    for row in raw["level"]:
        levels[row["list"]].append(_level(row))
    vocabulary = _vocabulary(raw)
    indicators = {row["key"]: _indicator(row, raw) for row in raw["indicator"]}
    return Catalogue(
        indicators=indicators,
        counted=frozenset().union(*(kind.counted for kind in indicators.values())),
        topics={
            name: Topic(tuple(map(bare, t["words"])), tuple(map(bare, t.get("not", ()))))
            for name, t in raw["topics"].items()
        },
        levels={name: tuple(rows) for name, rows in levels.items()},
        abbreviations={bare(k): bare(v) for k, v in raw["abbreviations"].items()},
        compounds={bare(k): v for k, v in raw["compounds"].items()},
        foreign=tuple(map(bare, raw["neutral"]["foreign"])),
        planned=tuple(map(bare, raw["neutral"]["planned"])),
        vocabulary=vocabulary,
        neighbours=_neighbours(vocabulary),
    )


@cache
def in_city(known: Catalogue, unit: str) -> Catalogue:
    """A catalogue as a city's report means it, in which "thành phố" and "thành ủy" name the city's own level.

    Parameters
    ----------
    known : Catalogue
        The catalogue.
    unit : {"tinh", "huyen"}
        Whether the city stands under the centre or under a province.

    Examples
    --------
    >>> in_city(catalogue(), "tinh").city
    'tinh'
    """
    return replace(known, city=unit)
