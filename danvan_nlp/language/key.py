"""The comparison key of a text: what the recognisers read, while every offset they give leads back to the text.

The text itself is never altered. Its key is NFC, writes the impostors of Đ and đ (Ð, ð) as the letters they stand
for, every blank as a plain space (line ends and tabs stay), and the tone mark of "oa", "oe", "uy" in the newer
place: hoà and hòa, uỷ and ủy have one key.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_PLAIN = {
    "Ð": "Đ",
    "ð": "đ",
    "Ɖ": "Đ",
    "\u00a0": " ",
    "\u2007": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\u3000": " ",
    "\r": " ",
    "\v": " ",
    "\u00ad": "-",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u0085": "\n",
}
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _moved_tones() -> dict[str, str]:
    """Pairs such as ``oà`` to ``òa``, for the three vowels that carry the tone in two styles."""
    pairs = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in _TONES:
            for a, b in ((first, second), (first.upper(), second), (first.upper(), second.upper())):
                old = a + unicodedata.normalize("NFC", b + tone)
                pairs[old] = unicodedata.normalize("NFC", a + tone) + b
    return pairs


_MOVED = _moved_tones()
_IMPOSTOR = re.compile("[" + "".join(map(re.escape, _PLAIN)) + "]")
_LONG = 1000


def _old_style(first: str) -> re.Pattern[str]:
    """Pairs in the older style that begin with a letter.

    "quý", "quỳ" have the mark where both styles put it; a syllable that goes on ("hoàn", "khoản") is left alone too.
    """
    toned = "".join(pair[1] for pair in _MOVED if pair[0] == first)
    return re.compile(rf"{first}[{toned}](?<![qQ]..)(?![^\W\d_])")


# A search for one letter is many times faster than one for a class of letters.
_OLD_STYLES = [_old_style(first) for first in "oOuU"]


@dataclass(frozen=True, slots=True)
class Key:
    """A text's key with the way back.

    Attributes
    ----------
    text : str
        The key.
    offsets : sequence of int or None
        Position in the source of each character of the key, and one more for the end; None where they are equal.

    Examples
    --------
    >>> key = make_key("Uỷ ban nhân dân")
    >>> key.text
    'Ủy ban nhân dân'
    >>> key.to_source(0, 2)
    (0, 2)
    """

    text: str
    offsets: Sequence[int] | None = None

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The range of the source that a range of the key stands for."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end]

    def to_key(self, start: int, end: int) -> tuple[int, int]:
        """The range of the key that covers a range of the source."""
        if self.offsets is None:
            return start, end
        return bisect_right(self.offsets, start) - 1, bisect_left(self.offsets, end)


_MARKS = frozenset(map(chr, range(0x300, 0x370)))
# Outside Latin letters, their marks and common signs, characters may join that are no marks, or one become several.
_FOREIGN = re.compile("[^\u0000-\u036f\u1e00-\u1eff\u2000-\u20bf\u2190-\u22ff\u2500-\u27bf]")


def _compose(text: str) -> tuple[str, array[int]]:
    """NFC of each base character with its marks, and where each character of the result came from."""
    composed: list[str] = []
    offsets = array("L")
    at = 0
    for line in text.splitlines(keepends=True):
        whole = unicodedata.normalize("NFC", line)
        places = [place for place, letter in enumerate(line, at) if letter not in _MARKS]
        if len(whole) != len(places) or _FOREIGN.search(line):
            whole, places = _compose_each(line, at)
        composed.append(whole)
        offsets.extend(places)
        at += len(line)
    offsets.append(at)
    return "".join(composed), offsets


def _compose_each(line: str, begin: int) -> tuple[str, list[int]]:
    """The same cluster by cluster, for a line in which some do not become one character."""
    composed: list[str] = []
    places: list[int] = []
    at, size = 0, len(line)
    while at < size:
        end = at + 1
        while end < size and unicodedata.combining(line[end]):
            end += 1
        cluster = unicodedata.normalize("NFC", line[at:end])
        composed.append(cluster)
        # A cluster that stays longer than one character keeps its start only once, so that no range is empty.
        places.extend(begin + at + min(i, end - at - 1) for i in range(len(cluster)))
        at = end
    return "".join(composed), places


def make_key(text: str) -> Key:
    """Make the comparison key of a text.

    Parameters
    ----------
    text : str
        Any Unicode text.

    Returns
    -------
    Key
        The key and, where normalising changed positions, the map back.

    Examples
    --------
    >>> make_key("hoà giải, quý, hoàn toàn, TOÀ").text
    'hòa giải, quý, hoàn toàn, TÒA'
    """
    offsets = None
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text, offsets = _compose(text)
    # In a long text one look for each of them costs less than one look at each letter.
    if len(text) > _LONG or _IMPOSTOR.search(text):
        for odd, plain in _PLAIN.items():
            text = text.replace(odd, plain)
    return Key(_move_tones(text), offsets)


def _move_tones(text: str) -> str:
    """The text with the tone marks of the older style in their newer place."""
    for pairs in _OLD_STYLES:
        text = pairs.sub(lambda found: _MOVED[found[0]], text)
    return text


def fold(text: str) -> str:
    """The key of a short string in lower case, runs of white space as one space: for looking words up.

    Examples
    --------
    >>> fold("  Uỷ ban\\nNhân dân ")
    'ủy ban nhân dân'
    """
    return " ".join(make_key(text).text.lower().split())


_D = str.maketrans("đĐ", "dD")


def slug(text: str) -> str:
    """ASCII slug of a Vietnamese name.

    Examples
    --------
    >>> slug("Cao Bằng"), slug("Bà Rịa - Vũng Tàu"), slug("Đắk Lắk")
    ('cao-bang', 'ba-ria-vung-tau', 'dak-lak')
    """
    bare = unicodedata.normalize("NFKD", text.translate(_D)).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", bare))
