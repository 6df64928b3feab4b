"""The taxonomy of themes: data that a user can replace by a file of their own."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from danvan_nlp.errors import DataError, UsageError
from danvan_nlp.language.key import fold
from danvan_nlp.themes.words import syllables

_FORMAT = "1"
_PACKAGE = "danvan_nlp"
_LISTS = ("examples", "counter_examples", "lexicon")
_TEXTS = ("vi", "en", "definition", "parent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One theme: its names, its definition, and the words that point to it.

    Attributes
    ----------
    key : str
        ASCII key, ``"tiep_dan"``.
    parent : str or None
        A theme that is set wherever this one is.
    lexicon : tuple of str
        Words and phrases that point to the theme, in folded form.
    core : bool
        Whether evaluations report it among the core themes.
    """

    key: str
    vi: str
    en: str
    definition: str
    parent: str | None = None
    core: bool = False
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    lexicon: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Themes in the order of their file, and the digest of what the file says.

    Examples
    --------
    >>> taxonomy = Taxonomy.load()
    >>> taxonomy["tiep_dan"].en
    'receiving citizens, dialogue, petitions'
    >>> taxonomy.with_parents({"han_che"})
    ('han_che', 'han_che_nguyen_nhan')
    """

    themes: tuple[Theme, ...]
    sha256: str

    @classmethod
    def load(cls, path: str | Path | None = None) -> Taxonomy:
        """Read a taxonomy from a TOML file; without a path, the package's own.

        A file that says ``extends = "danvan_nlp"`` adds its themes to the package's own.

        Raises
        ------
        UsageError
            The file cannot be opened.
        DataError
            It is no taxonomy: names what is wrong and where.
        """
        if path is None:
            return _own()
        try:
            text = Path(path).read_text(encoding="utf-8")
        except OSError as error:
            raise UsageError(f"taxonomy {path} cannot be read ({error.strerror}); check the path") from error
        except UnicodeDecodeError as error:
            raise DataError(f"{path} is not UTF-8 ({error}); save it as UTF-8") from error
        return _parse(text, str(path))

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of all themes, sorted."""
        return tuple(sorted(theme.key for theme in self.themes))

    @property
    def core(self) -> tuple[str, ...]:
        """Keys of the core themes, in the order of the file."""
        return tuple(theme.key for theme in self.themes if theme.core)

    def __getitem__(self, key: str) -> Theme:
        for theme in self.themes:
            if theme.key == key:
                return theme
        raise KeyError(key)

    def __iter__(self) -> Iterator[Theme]:
        return iter(self.themes)

    def with_parents(self, keys: set[str] | frozenset[str]) -> tuple[str, ...]:
        """Themes with every theme that is set wherever one of them is, sorted."""
        parents = {theme.parent for theme in self.themes if theme.key in keys and theme.parent}
        return tuple(sorted(keys | parents))

    def children(self, key: str) -> tuple[str, ...]:
        """Keys of the themes whose parent a theme is."""
        return tuple(theme.key for theme in self.themes if theme.parent == key)

    def all_judged(self, holding: Collection[str]) -> dict[str, bool]:
        """Every theme judged, from those that hold; parents hold with their children.

        Raises
        ------
        DataError
            One of them is no theme of the taxonomy.

        Examples
        --------
        >>> [key for key, yes in Taxonomy.load().all_judged(["han_che"]).items() if yes]
        ['han_che', 'han_che_nguyen_nhan']
        """
        if unknown := sorted(set(holding) - set(self.keys)):
            raise DataError(f"unknown theme {unknown[0]!r}; known are {', '.join(self.keys)}")
        with_parents = self.with_parents(set(holding))
        return {key: key in with_parents for key in self.keys}

    def completed(self, said: Mapping[str, bool]) -> dict[str, bool]:
        """Judgements with what follows from them: a parent holds wherever a child does, and only there.

        Raises
        ------
        DataError
            A child is a yes and its parent a no.

        Examples
        --------
        >>> Taxonomy.load().completed({"han_che": True})
        {'han_che': True, 'han_che_nguyen_nhan': True}
        """
        made = dict(said)
        for parent in {theme.parent: None for theme in self.themes if theme.parent}:
            children = self.children(parent)
            holding = [child for child in children if said.get(child)]
            if said.get(parent) is False:
                if holding:
                    raise DataError(f"{holding[0]} is yes and {parent} no; {parent} is set wherever {holding[0]} is")
                made.update(dict.fromkeys(children, False))
            elif holding:
                made[parent] = True
            elif parent not in said and all(said.get(child) is False for child in children):
                made[parent] = False
        return made

    def phrases(self, text: str) -> dict[str, tuple[str, ...]]:
        """Phrases of each theme's lexicon that stand in a text, whole syllables; themes without any are left out.

        Examples
        --------
        >>> Taxonomy.load().phrases("Lịch tiếp công dân được niêm yết.")
        {'tiep_dan': ('tiếp công dân', 'lịch tiếp công dân'), 'quy_che_dan_chu': ('niêm yết',)}
        """
        words = f" {' '.join(syllables(text))} "
        found = {t.key: tuple(p for p in t.lexicon if f" {' '.join(syllables(p))} " in words) for t in self.themes}
        return {key: hits for key, hits in found.items() if hits}


@cache
def _own() -> Taxonomy:
    source = files("danvan_nlp.data").joinpath("taxonomy.toml")
    return _parse(source.read_text(encoding="utf-8"), "taxonomy.toml")


def _parse(text: str, where: str) -> Taxonomy:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{where} is not valid TOML: {error}") from error
    if table.get("format") != _FORMAT:
        raise DataError(f'{where}: format is {table.get("format")!r}, this version reads format = "{_FORMAT}"')
    if unknown := sorted(set(table) - {"format", "extends", "theme"}):
        raise DataError(f"{where}: unknown field {unknown[0]!r}; known are format, extends and [[theme]]")
    if table.get("extends") not in (None, _PACKAGE):
        raise DataError(f"{where}: extends is {table['extends']!r}; it can be {_PACKAGE!r} alone")
    base = _own() if "extends" in table else Taxonomy((), "")
    themes = base.themes + tuple(_theme(row, where) for row in table.get("theme", ()))
    keys = [theme.key for theme in themes]
    if not keys or len(set(keys)) != len(keys):
        raise DataError(f"{where}: wants at least one [[theme]], and no key twice; has {keys}")
    for theme in themes:
        if theme.parent is not None and theme.parent not in keys:
            raise DataError(f"{where}: theme {theme.key!r} has the parent {theme.parent!r}, which is no theme")
    return Taxonomy(themes, hashlib.sha256((base.sha256 + text).encode()).hexdigest())


def _theme(row: dict[str, Any], where: str) -> Theme:
    key = row.get("key")
    if not isinstance(key, str) or not key.isidentifier() or not key.isascii():
        raise DataError(f"{where}: a theme's key must be an ASCII identifier, not {key!r}")
    unknown = set(row) - {"key", "core", *_TEXTS, *_LISTS}
    if unknown:
        raise DataError(f"{where}: theme {key!r} has unknown fields {sorted(unknown)}")
    lists: dict[str, tuple[str, ...]] = {}
    for name in _LISTS:
        values = row.get(name, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise DataError(f"{where}: {name} of theme {key!r} must be a list of strings")
        lists[name] = tuple(values)
    lists["lexicon"] = tuple(fold(phrase) for phrase in lists["lexicon"])
    return Theme(
        key=key,
        vi=str(row.get("vi", key)),
        en=str(row.get("en", key)),
        definition=str(row.get("definition", "")),
        parent=row.get("parent"),
        core=bool(row.get("core", False)),
        **lists,
    )
