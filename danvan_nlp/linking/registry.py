"""The registry of known directives: the package's facts and the user's own, with the lookups that linking needs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeAlias, TypeVar

from danvan_nlp import data
from danvan_nlp.errors import DataError
from danvan_nlp.language.key import fold, make_key, slug
from danvan_nlp.linking.scope import body_scope
from danvan_nlp.tables.sheet import read_sheet
from danvan_nlp.types import Directive

COLUMNS = (
    "number", "symbol", "year_in_number", "type", "scope", "issuer", "date", "term", "title", "aliases", "replaces",
    "replaced_by", "source", "confidence",
)  # fmt: skip
_REQUIRED = ("type", "title")
_SCOPES_OF_NAMED = {"luật": "QH", "bộ luật": "QH", "hiến pháp": "QH", "pháp lệnh": "UBTVQH"}
_DATE = re.compile(r"(?:\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?")
_CONFIDENCE = ("seen", "partial", "")
_YEAR_TAIL = re.compile(r"(?:-nam)?-(?:19|20)\d\d$")
_PLENUM = re.compile(
    r"(nghị quyết|kết luận) (?:(?:hội nghị )?(?:lần thứ )?trung ương|hội nghị trung ương) (\w+),? \(?khóa ([ivx]+)"
)
_CENTRAL = re.compile(r".*TW")


def fold_symbol(symbol: str | None) -> str:
    """Comparison form of a symbol: letters and digits in lower case, whatever separates them.

    Examples
    --------
    >>> fold_symbol("CT-TTg"), fold_symbol("QĐ/TW"), fold_symbol("CT/T.Ư")
    ('ctttg', 'qđtw', 'cttw')
    """
    text = make_key(symbol or "").text.lower().replace("ư", "w")
    return "".join(c for c in text if c.isalnum())


def fold_number(number: str | None) -> str:
    """A number without leading zeros, in lower case.

    Examples
    --------
    >>> fold_number("08B")
    '8b'
    """
    return (number or "").lower().lstrip("0")


def relaxed_symbol(symbol: str | None) -> str:
    """A folded symbol in which ``QĐi``, the sign of a quy định in part of term XII, reads ``QĐ``.

    Examples
    --------
    >>> relaxed_symbol("QĐi/TW")
    'qđtw'
    """
    folded = fold_symbol(symbol)
    return "qđ" + folded[3:] if folded.startswith("qđi") else folded


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One known directive: a row of the registry, its scope as targets write it."""

    number: str | None
    symbol: str | None
    year_in_number: str | None
    type: str
    scope: str
    issuer: str | None
    date: str | None
    term: str | None
    title: str
    aliases: tuple[str, ...]
    replaces: tuple[str, ...]
    replaced_by: tuple[str, ...]
    source: str
    confidence: str

    @property
    def year(self) -> str | None:
        """The year of the date, else the year in the number."""
        return self.date[:4] if self.date else self.year_in_number

    @property
    def target_id(self) -> str:
        """The id of the directive, such as ``"114-KL/TW@TW@2015"``."""
        if self.number and self.symbol:
            return f"{self.number}-{self.symbol}@{self.scope}@{self.year or '?'}"
        return f"{self.key}@{self.scope}@{self.year or '?'}"

    @property
    def key(self) -> str:
        """The name key: ``hien-phap``, ``nq-dai-hoi-xii``, ``luat-tiep-cong-dan``."""
        if self.type == "hiến pháp":
            return "hien-phap"
        if self.term and "đại hội" in fold(self.issuer or "") and not self.number:
            return f"nq-dai-hoi-{self.term.lower()}"
        return _YEAR_TAIL.sub("", slug(self.title))

    def directive(self) -> Directive:
        """The row of the table ``directives`` for this entry."""
        return Directive(
            target_id=self.target_id, type=self.type, number=self.number, symbol=self.symbol, scope=self.scope,
            issuer=self.issuer, date=self.date, year=self.year, term=self.term, title=self.title,
            aliases=self.aliases, known=True, year_in_number=self.year_in_number,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Registry:
    """Known directives with their lookups; build it with `load_registry`."""

    entries: tuple[Entry, ...]
    _numbered: dict[tuple[str, str], tuple[Entry, ...]] = field(repr=False)
    _relaxed: dict[tuple[str, str], tuple[Entry, ...]] = field(repr=False)
    _typed: dict[tuple[str, str], tuple[Entry, ...]] = field(repr=False)
    _named: dict[str, tuple[Entry, ...]] = field(repr=False)
    _dated: dict[str, tuple[Entry, ...]] = field(repr=False)
    _targets: dict[str, Entry] = field(repr=False)

    def numbered(self, number: str | None, symbol: str | None) -> tuple[Entry, ...]:
        """Entries of a number and symbol, oldest first; 11-QĐ/TW finds 11-QĐi/TW where no other bears it.

        Examples
        --------
        >>> [e.year for e in load_registry().numbered("25", "NQ/TW")]
        ['2003', '2008', '2013', '2026']
        """
        found = self._numbered.get((fold_number(number), fold_symbol(symbol)), ())
        return found or self._relaxed.get((fold_number(number), relaxed_symbol(symbol)), ())

    def typed(self, type_: str | None, number: str | None) -> tuple[Entry, ...]:
        """Entries of a type and number whatever their symbol, for "Kết luận 114"."""
        return self._typed.get((fold(type_ or ""), fold_number(number)), ())

    def named(self, name: str) -> tuple[Entry, ...]:
        """Entries of a name key or alias, oldest first.

        Examples
        --------
        >>> [e.target_id for e in load_registry().named("nq-tw4-khoa-xii")]
        ['4-NQ/TW@TW@2016']
        """
        return self._named.get(_YEAR_TAIL.sub("", slug(name)), ())

    def dated(self, date: str) -> tuple[Entry, ...]:
        """Numbered entries of a date."""
        return self._dated.get(date, ())

    def target(self, target_id: str) -> Entry | None:
        """The entry of a ``target_id``."""
        return self._targets.get(target_id)


def name_keys(entry: Entry) -> set[str]:
    """Every key an entry can be looked up by: its title, its aliases, its plenum."""
    keys = {entry.key} | {_YEAR_TAIL.sub("", slug(alias)) for alias in entry.aliases}
    for alias in (entry.title, *entry.aliases):
        plenum = _PLENUM.match(fold(alias))
        if plenum:
            kind = "nq" if plenum[1] == "nghị quyết" else "kl"
            keys.add(f"{kind}-tw{plenum[2]}-khoa-{plenum[3]}")
    return keys


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _entry(row: dict[str, str], where: str) -> Entry:
    for column in _REQUIRED:
        if not row[column]:
            raise DataError(f"{where}: column {column!r} is empty; every directive needs {' and '.join(_REQUIRED)}")
    if not _DATE.fullmatch(row["date"]):
        raise DataError(f"{where}: date {row['date']!r} is not ISO; write 2015-07-14, 2015-07 or 2015")
    if bool(row["number"]) != bool(row["symbol"]):
        raise DataError(f"{where}: number and symbol go together; fill both, or neither for a named document")
    if row["confidence"] not in _CONFIDENCE:
        raise DataError(f"{where}: confidence {row['confidence']!r} is unknown; write 'seen' or 'partial'")
    return Entry(
        number=row["number"].lstrip("0") or None, symbol=row["symbol"] or None,
        year_in_number=row["year_in_number"] or None, type=row["type"], scope=_scope(row, where),
        issuer=row["issuer"] or None, date=row["date"] or None, term=row["term"] or None, title=row["title"],
        aliases=_split(row["aliases"]), replaces=_split(row["replaces"]), replaced_by=_split(row["replaced_by"]),
        source=row["source"], confidence=row["confidence"] or "seen",
    )  # fmt: skip


def _scope(row: dict[str, str], where: str) -> str:
    """Whose numbering a row's number belongs to: as the row says, else as its symbol or its type tells."""
    if row["scope"]:
        return "TW" if _CENTRAL.fullmatch(row["scope"]) else row["scope"]
    told = body_scope(row["symbol"]) if row["symbol"] else _SCOPES_OF_NAMED.get(row["type"])
    if told is None or told.islower():
        raise DataError(
            f"{where}: column 'scope' is empty and nothing else tells whose document this is; write TW, CP, TTg, QH, "
            "a ministry's abbreviation or the slug of the place (cao-bang)"
        )
    return told


def _entries(rows: Sequence[Mapping[str, str]], name: str) -> Iterator[Entry]:
    """The entries of a table; any column but the required ones may be missing, and any cell of it empty."""
    named = [column for column in rows[0] if column != "line"] if rows else list(_REQUIRED)
    missing, unknown = [c for c in _REQUIRED if c not in named], [c for c in named if c not in COLUMNS]
    if missing or unknown:
        what = f"missing columns {', '.join(missing)}" if missing else f"unknown columns {', '.join(unknown)}"
        raise DataError(f"{name}, line 1: {what}; the columns are {','.join(COLUMNS)}")
    for row in rows:
        # A cell may hold line breaks, and blanks of every kind.
        cells = {column: make_key(" ".join((row.get(column) or "").split())).text for column in COLUMNS}
        yield _entry(cells, f"{name}, line {row.get('line', '?')}")


_K = TypeVar("_K")
_Lists: TypeAlias = defaultdict[_K, list[Entry]]


def _index(entries: Iterable[Entry]) -> Registry:
    by_target = {e.target_id: e for e in entries}
    ordered = sorted(by_target.values(), key=lambda e: (e.date or "", e.target_id))
    numbered: _Lists[tuple[str, str]] = defaultdict(list)
    relaxed: _Lists[tuple[str, str]] = defaultdict(list)
    typed: _Lists[tuple[str, str]] = defaultdict(list)
    named: _Lists[str] = defaultdict(list)
    dated: _Lists[str] = defaultdict(list)
    for e in ordered:
        if e.number:
            dated[e.date or ""].append(e)
            numbered[fold_number(e.number), fold_symbol(e.symbol)].append(e)
            relaxed[fold_number(e.number), relaxed_symbol(e.symbol)].append(e)
            typed[fold(e.type), fold_number(e.number)].append(e)
        for key in name_keys(e):
            named[key].append(e)
    maps = _fixed(numbered), _fixed(relaxed), _fixed(typed), _fixed(named), _fixed(dated)
    return Registry(tuple(ordered), *maps, by_target)


def _fixed(lists: _Lists[_K]) -> dict[_K, tuple[Entry, ...]]:
    return {key: tuple(entries) for key, entries in lists.items()}


@cache
def _package_entries() -> tuple[Entry, ...]:
    return tuple(_entries(data.rows("registry"), "registry.csv"))


def load_registry(*extra: Path) -> Registry:
    """Load the package's registry and lay the user's files over it.

    Parameters
    ----------
    *extra : Path
        CSV or XLSX files as `danvan_nlp.tables.sheet.read_sheet` reads them, with columns of
        ``danvan_nlp/data/registry.csv``: type and title, number and symbol unless the document is cited by name, and of
        the others those that are known. A row whose target is known already replaces the known one.

    Returns
    -------
    Registry
        The directives with their lookups.

    Raises
    ------
    DataError
        A file that cannot be read or a row that is not a directive, with file, line and remedy.

    Examples
    --------
    >>> load_registry().target("114-KL/TW@TW@2015").date
    '2015-07-14'
    """
    entries = list(_package_entries())
    for path in extra:
        entries += _entries(read_sheet(path), str(path))
    return _index(entries)
