"""What a person said of a sentence: each theme yes, no, or not judged."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from danvan_nlp.errors import DataError

_YES = frozenset({"yes", "y", "1", "1.0", "true", "x", "có", "đúng"})
_NO = frozenset({"no", "n", "0", "0.0", "false", "không", "sai"})
_OPEN = frozenset({"", "?", "not judged", "chưa rõ"})
_REST = "no:*"
_LISTS = ("yes", "no")
# Between the titles of a path of headings.
PATH_SIGN = " > "


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One sentence with its judgements.

    Attributes
    ----------
    start, end : int
        Place in the document's text, in code points.
    text_sha256 : str
        `text_hash` of the text that the person read.
    themes : mapping of str to bool
        Themes that were judged; a theme that is not here was not judged.
    headings : tuple of str
        Headings above it, the outermost first, as far as they are known.
    """

    sentence_id: str
    doc_id: str
    start: int
    end: int
    text: str
    text_sha256: str
    themes: Mapping[str, bool] = field(default_factory=dict)
    headings: tuple[str, ...] = ()


def text_hash(text: str) -> str:
    """Digest of a text exactly as it stands: the same words in another Unicode form have another.

    Examples
    --------
    >>> text_hash("dân vận")[:8]
    '7722c9ed'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def judgement(cell: str) -> bool | None:
    """What a cell of a label file says: True, False, or None for not judged.

    Raises
    ------
    DataError
        The cell says neither.

    Examples
    --------
    >>> judgement("Yes"), judgement("không"), judgement("")
    (True, False, None)
    """
    said = cell.strip().lower()
    if said in _OPEN:
        return None
    if said in _YES or said in _NO:
        return said in _YES
    raise DataError(f"{cell!r} is no judgement; write yes, no, or nothing")


def from_marks(marks: Iterable[str], themes: Collection[str]) -> dict[str, bool]:
    """Judgements from the labels of an annotation tool.

    ``"tiep_dan"`` is a yes, ``"no:tiep_dan"`` a no, and ``"no:*"`` a no for every theme that was not marked.

    Parameters
    ----------
    marks : iterable of str
        Labels of one sentence.
    themes : collection of str
        Keys of all themes.

    Raises
    ------
    DataError
        A label names no theme, or says yes and no of one.

    Examples
    --------
    >>> from_marks(["tiep_dan", "no:*"], ("han_che", "tiep_dan"))
    {'han_che': False, 'tiep_dan': True}
    """
    found: dict[str, bool] = {}
    rest = False
    for mark in marks:
        if mark == _REST:
            rest = True
            continue
        theme = mark.removeprefix("no:")
        if theme not in themes:
            raise DataError(f"label {mark!r} names no theme; known are {', '.join(sorted(themes))}")
        if found.setdefault(theme, theme == mark) != (theme == mark):
            raise DataError(f"labels say both yes and no of {theme}")
    return {theme: found.get(theme, False) for theme in sorted(themes) if rest or theme in found}


def judged_cells(row: Mapping[str, str], themes: Collection[str]) -> dict[str, bool]:
    """What a row of a sheet says: in a column a theme, or in the columns ``yes`` and ``no`` as lists of keys.

    Raises
    ------
    DataError
        A cell says neither yes nor no, a key names no theme, or both are said of one.

    Examples
    --------
    >>> judged_cells({"tiep_dan": "yes", "no": "han_che"}, ("han_che", "tiep_dan"))
    {'tiep_dan': True, 'han_che': False}
    """
    said = {theme: judgement(row.get(theme, "")) for theme in sorted(themes)}
    found = {theme: value for theme, value in said.items() if value is not None}
    for name in _LISTS:
        for theme in split_keys(row.get(name, "")):
            if theme not in themes:
                raise DataError(f"{theme!r} in column {name!r} is no theme; known are {', '.join(sorted(themes))}")
            if found.setdefault(theme, name == "yes") != (name == "yes"):
                raise DataError(f"says both yes and no of {theme}")
    return found


def heading_path(cell: str) -> tuple[str, ...]:
    """Headings in a cell, the outermost first.

    Examples
    --------
    >>> heading_path("I. KẾT QUẢ > 1. Tiếp dân")
    ('I. KẾT QUẢ', '1. Tiếp dân')
    """
    return tuple(title.strip() for title in cell.split(PATH_SIGN) if title.strip())


def split_keys(cell: str) -> list[str]:
    """Theme keys in a cell: apart by blanks, commas, semicolons or bars.

    Examples
    --------
    >>> split_keys("tiep_dan; han_che")
    ['tiep_dan', 'han_che']
    """
    return [key for key in re.split(r"[\s,;|]+", cell) if key]
