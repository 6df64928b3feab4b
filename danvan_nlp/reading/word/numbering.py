"""Automatic numbering, rendered as it is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from danvan_nlp.reading.word.names import VAL, W
from danvan_nlp.reading.word.styles import is_on

_DEEPEST = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# Signs of the Symbol and Wingdings fonts; the letter "o" of Courier is a circle to the eye.
_BULLETS = {"\uf0b7": "•", "\uf02d": "-", "\uf0a7": "▪", "\uf0d8": "»", "\uf0fc": "✓", "\uf076": "❖", "\uf0be": "-",
            "o": "○", "·": "•", "§": "▪"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One depth of a list: first number, form of numbers, text with places (``%1.%2.``), and when it starts anew."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    gap: str = " "
    restart: int | None = None
    legal: bool = False
    style: str | None = None


def written(number: int, form: str) -> str:
    """A number in one of Word's forms.

    Examples
    --------
    >>> [written(4, f) for f in ("decimal", "upperRoman", "lowerLetter", "decimalZero")], written(28, "lowerLetter")
    (['4', 'IV', 'd', '04'], 'bb')
    """
    if form in ("upperRoman", "lowerRoman"):
        text, left = "", min(number, 5000)
        for value, sign in _ROMAN:
            text += sign * (left // value)
            left %= value
        return text.upper() if form == "upperRoman" else text
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20) if number > 0 else ""
        return letter.upper() if form == "upperLetter" else letter
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "none":
        return ""
    return str(number)


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, dict[int, Level]] = {}
        self._list_of: dict[str, str] = {}
        self._changes: dict[str, dict[int, tuple[int | None, Level | None]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._opened: set[str] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        defines: dict[str, str] = {}
        follows: dict[str, str] = {}
        for entry in root.iterfind(f"{W}abstractNum"):
            key = entry.get(f"{W}abstractNumId", "")
            self._lists[key] = {i: level for i, level in map(_level, entry.iterfind(f"{W}lvl")) if i < _DEEPEST}
            for name, place in (("styleLink", defines), ("numStyleLink", follows)):
                link = entry.find(f"{W}{name}")
                if link is not None:
                    place[link.get(VAL, "") if name == "styleLink" else key] = (
                        key if name == "styleLink" else link.get(VAL, "")
                    )
        for key, style in follows.items():
            if style in defines:
                self._lists[key] = self._lists[defines[style]]
        for entry in root.iterfind(f"{W}num"):
            key = entry.get(f"{W}numId", "")
            abstract = entry.find(f"{W}abstractNumId")
            self._list_of[key] = "" if abstract is None else abstract.get(VAL, "")
            self._changes[key] = dict(map(_change, entry.iterfind(f"{W}lvlOverride")))

    def depth_of_style(self, number: str, style: str | None) -> int:
        """The depth that a list gives to a paragraph style."""
        levels = self._lists.get(self._list_of.get(number, ""), {})
        return next((i for i, level in levels.items() if style and level.style == style), 0)

    def next(self, number: str, depth: int) -> str:
        """Count one paragraph and give its number with the gap behind it; empty where the list does not exist.

        Parameters
        ----------
        number : str
            The list's id (``w:numId``).
        depth : int
            Depth in the list, from 0.
        """
        key = self._list_of.get(number, "")
        levels = self._levels(number, key)
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(key, {})
        if number not in self._opened:
            self._opened.add(number)
            for i, (start, _) in self._changes[number].items():
                if start is not None:
                    counts[i] = start - 1
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for i in range(depth):
            if i in levels:
                counts.setdefault(i, levels[i].start)
        for i in [i for i in counts if i > depth]:
            after = levels[i].restart if i in levels else None
            if after is None or (after and depth < after):
                del counts[i]
        return self._render(levels, counts, depth)

    def _levels(self, number: str, key: str) -> dict[int, Level]:
        levels = self._lists.get(key, {})
        changed = {i: level for i, (_, level) in self._changes.get(number, {}).items() if level is not None}
        return {**levels, **changed} if changed else levels

    @staticmethod
    def _render(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
        level = levels[depth]
        if level.form == "bullet":
            sign = level.text.strip()
            return (_BULLETS.get(sign) or ("•" if "\ue000" <= sign[:1] <= "\uf8ff" else sign) or "•") + " "

        def place(found: re.Match[str]) -> str:
            i = int(found[1]) - 1
            form = "decimal" if level.legal else levels[i].form if i in levels else "decimal"
            return written(counts.get(i, 1), form)

        text = _PLACE.sub(place, level.text)
        return text + level.gap if text.strip() else ""


def _level(element: etree._Element) -> tuple[int, Level]:
    def value(name: str) -> str | None:
        child = element.find(f"{W}{name}")
        return None if child is None else child.get(VAL)

    depth, start, restart = element.get(f"{W}ilvl", ""), value("start") or "", value("lvlRestart") or ""
    return int(depth) if depth.isdecimal() and len(depth) < 3 else _DEEPEST, Level(
        start=int(start) if start.isdecimal() and len(start) < 7 else 1,
        form=value("numFmt") or "decimal",
        text=value("lvlText") or "",
        gap="" if value("suff") == "nothing" else " ",
        restart=int(restart) if restart.isdecimal() and len(restart) < 3 else None,
        legal=bool(is_on(element.find(f"{W}isLgl"))),
        style=value("pStyle"),
    )


def _change(element: etree._Element) -> tuple[int, tuple[int | None, Level | None]]:
    start = element.find(f"{W}startOverride")
    value = "" if start is None else start.get(VAL, "")
    given = element.find(f"{W}lvl")
    depth = element.get(f"{W}ilvl", "")
    first = int(value) if value.isdecimal() and len(value) < 7 else None
    level = None if given is None else _level(given)[1]
    if level is not None and first is not None:
        level = replace(level, start=first)
    return int(depth) if depth.isdecimal() and len(depth) < 3 else _DEEPEST, (first, level)
