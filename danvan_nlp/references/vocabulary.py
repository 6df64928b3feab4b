"""What the data files say of types, symbols, bodies and wording, in the form the scanners ask for."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from danvan_nlp.language.key import fold

_DATA = files("danvan_nlp.data")


def load_toml(name: str) -> dict[str, Any]:
    """A TOML file of the package's data."""
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))


def load_rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of the package's data."""
    return list(csv.DictReader((_DATA / name).read_text(encoding="utf-8").splitlines()))


@cache
def wording() -> Mapping[str, Any]:
    """The wording by which reports cite (references.toml)."""
    return load_toml("references.toml")


def one_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, longest first, with any white space between words.

    Examples
    --------
    >>> one_of(["Ban Bí thư", "Ban"])
    '(?:Ban\\\\s+Bí\\\\s+thư|Ban)'
    """
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in ordered) + ")"


def unmarked(text: str) -> str:
    """A text in lower case without tone and vowel marks, as hurried typing leaves it.

    Examples
    --------
    >>> unmarked("Quyểt định")
    'quyet dinh'
    """
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class Types:
    """Types of documents by every spelling, in lower case.

    Attributes
    ----------
    by_spelling : mapping
        Spelling to type; abbreviations ("QĐ") stand in ``by_abbreviation``, where case matters.
    by_unmarked : mapping
        Spelling without marks to type.
    short, yearly, attachable : frozenset of str
        Types that a bare number may identify; a number and year; types issued under cover of a decision.
    endings : frozenset of str
        The last two words of spellings that have more.
    compounds : frozenset of str
        Words of two syllables that end in a type and name none ("pháp luật").
    longest : int
        Words in the longest spelling.
    """

    by_spelling: dict[str, str]
    by_abbreviation: dict[str, str]
    by_unmarked: dict[str, str]
    short: frozenset[str]
    yearly: frozenset[str]
    attachable: frozenset[str]
    qualifiers: frozenset[str]
    endings: frozenset[str]
    compounds: frozenset[str]
    longest: int


@cache
def types() -> Types:
    """The document types (document_types.toml)."""
    data = load_toml("document_types.toml")
    spellings: dict[str, str] = {}
    abbreviations: dict[str, str] = {}
    for row in data["type"]:
        for spelling in (row["name"], *row.get("spellings", ())):
            if spelling[:2].isupper():
                abbreviations[spelling] = row["name"]
            else:
                spellings[fold(spelling)] = row["name"]
    bare: dict[str, str] = {}
    for spelling, name in spellings.items():
        if " " in spelling:
            bare.setdefault(unmarked(spelling), name)
            bare.setdefault(unmarked(spelling).replace(" ", ""), name)
    return Types(
        spellings,
        abbreviations,
        bare,
        frozenset(row["name"] for row in data["type"] if row.get("short")),
        frozenset(row["name"] for row in data["type"] if row.get("year")),
        frozenset(row["name"] for row in data["type"] if row.get("attachable")),
        frozenset(fold(words) for words in data["qualifiers"]["words"]),
        frozenset(" ".join(spelling.split()[-2:]) for spelling in spellings if spelling.count(" ") > 1),
        frozenset(data["compounds"]["words"]),
        max(len(spelling.split()) for spelling in spellings),
    )


@cache
def type_words(*, short_only: bool = False) -> str:
    """A pattern for a type written with a capital ("Kết luận", "KẾT LUẬN", "Kết Luận")."""
    known = types()
    written = []
    for spelling, name in known.by_spelling.items():
        if not short_only or name in known.short:
            written += [spelling[0].upper() + spelling[1:], spelling.upper(), spelling.title()]
    return one_of(written)


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A row of symbols.csv.

    ``kind`` is ``type``, ``issuer`` or ``unit``; ``side`` is ``party``, ``state`` or ``either``; ``level`` is
    ``central`` or ``local`` for issuers.
    """

    canonical: str
    stands_for: str
    kind: str
    side: str
    level: str


@cache
def abbreviations() -> tuple[dict[str, dict[str, Abbreviation]], dict[str, dict[str, Abbreviation]]]:
    """Abbreviations by kind, as written and in lower case: ``({kind: {written: row}}, {kind: {lower: row}})``."""
    exact: dict[str, dict[str, Abbreviation]] = {"type": {}, "issuer": {}, "unit": {}}
    lower: dict[str, dict[str, Abbreviation]] = {"type": {}, "issuer": {}, "unit": {}}
    for row in load_rows("symbols.csv"):
        entry = Abbreviation(row["canonical"], row["stands_for"], row["kind"], row["side"], row["level"])
        exact[row["kind"]].setdefault(row["abbreviation"], entry)
        lower[row["kind"]].setdefault(row["abbreviation"].lower(), entry)
    return exact, lower
