"""What the data files say of types, symbols, bodies and wording, in the form the scanners ask for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from danvan_nlp import data
from danvan_nlp.language.key import fold


@cache
def wording() -> Mapping[str, Any]:
    """The wording by which reports cite (references.toml): words by the name of their table."""
    return {name: table["words"] if "example" in table else table for name, table in data.toml("references").items()}


def one_of(phrases: Iterable[str], *, any_case: bool = False) -> str:
    """A pattern for any of the phrases, the longest that stands there, with any white space between words.

    Phrases that begin alike share their beginning, so that one look at each letter rules out all of them.

    Parameters
    ----------
    phrases : iterable of str
        The phrases.
    any_case : bool
        Read every letter in either case, which is quicker than ``re.IGNORECASE``.

    Examples
    --------
    >>> one_of(["Ban Bí thư", "Ban", "Bộ"])
    '(?:B(?:an(?:\\\\s+Bí\\\\s+thư|)|ộ))'
    >>> one_of(["và", "&"], any_case=True)
    '(?=[\\\\&vV])(?:[vV][àÀ]|\\\\&)'
    """
    starts = beginnings(phrases, any_case=any_case)
    ways = f"(?:{'|'.join(first + rest for first, rest in starts.items())})"
    # A pair of letters is slow to try: one look at a class of all of them rules out most places.
    return f"(?=[{''.join(sorted(first.strip('[]') for first in starts))}]){ways}" if any_case else ways


def words_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases as words of their own, which a search skips to by their first letters.

    Examples
    --------
    >>> words_of(["Sở", "Ban"])
    '(?:B(?<!\\\\wB)an|S(?<!\\\\wS)ở)(?!\\\\w)'
    """
    ways = (rf"{first}(?<!\w{first}){rest}" for first, rest in beginnings(phrases).items())
    return rf"(?:{'|'.join(ways)})(?!\w)"


# What may follow each beginning of a phrase; "" where one may end.
_Trie = dict[str, "_Trie"]


def beginnings(phrases: Iterable[str], *, any_case: bool = False) -> dict[str, str]:
    """By the first letter of phrases, a pattern for the rest of the longest that stands there.

    Examples
    --------
    >>> beginnings(["Ban Bí thư", "Ban", "Sở"])
    {'B': 'an(?:\\\\s+Bí\\\\s+thư|)', 'S': 'ở'}
    """
    root: _Trie = {}
    for phrase in phrases:
        node = root
        for letter in " ".join(phrase.split()):
            node = node.setdefault(_letter(letter, any_case), {})
        node[""] = {}
    return {first: _rest(root[first]) for first in sorted(root)}


def _letter(letter: str, any_case: bool) -> str:
    if any_case and letter.isalpha():
        return f"[{letter.lower()}{letter.upper()}]"
    return r"\s+" if letter == " " else re.escape(letter)


def _rest(node: _Trie) -> str:
    ways = [letter + _rest(node[letter]) for letter in sorted(node) if letter]
    if "" in node:
        ways.append("")
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


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
    by_capital : mapping
        Spelling as it begins a mention ("Kết luận", "KẾT LUẬN", "Kết Luận") to type.
    longer : mapping
        Of a spelling, with or without capitals: the words before it in the longer spellings that end with it.
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
    by_capital: dict[str, str]
    longer: dict[str, tuple[str, ...]]
    compounds: frozenset[str]
    longest: int


@cache
def types() -> Types:
    """The document types (document_types.toml)."""
    table = data.toml("document_types")
    spellings: dict[str, str] = {}
    abbreviations: dict[str, str] = {}
    for row in table["type"]:
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
    capitals: dict[str, str] = {}
    longer: dict[str, tuple[str, ...]] = {}
    for spelling, name in spellings.items():
        ways = (spelling[0].upper() + spelling[1:], spelling.upper(), spelling.title())
        capitals |= dict.fromkeys(ways, name)
        endings = [one.removesuffix(f" {spelling}") for one in spellings if one.endswith(f" {spelling}")]
        longer |= dict.fromkeys((spelling, *ways), tuple(ending.split()[-1] for ending in endings))
    return Types(
        spellings,
        abbreviations,
        bare,
        frozenset(row["name"] for row in table["type"] if row.get("short")),
        frozenset(row["name"] for row in table["type"] if row.get("year")),
        frozenset(row["name"] for row in table["type"] if row.get("attachable")),
        frozenset(fold(words) for words in table["qualifiers"]["words"]),
        capitals,
        longer,
        frozenset(table["compounds"]["words"]),
        max(len(spelling.split()) for spelling in spellings),
    )


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
    for row in data.rows("symbols"):
        entry = Abbreviation(row["canonical"], row["stands_for"], row["kind"], row["side"], row["level"])
        exact[row["kind"]].setdefault(row["abbreviation"], entry)
        lower[row["kind"]].setdefault(row["abbreviation"].lower(), entry)
    return exact, lower
