"""Offsets in UTF-16 units, as tools written in JavaScript count them, and in code points, as this package does."""

from __future__ import annotations

from danvan_nlp.errors import DataError


def to_utf16(text: str, offset: int) -> int:
    """Offset in UTF-16 units of an offset in code points.

    Examples
    --------
    >>> to_utf16("😀 dân", 2)
    3
    """
    return offset + sum(letter > "\uffff" for letter in text[:offset])


def from_utf16(text: str, offset: int) -> int:
    """Offset in code points of an offset in UTF-16 units.

    Raises
    ------
    DataError
        The offset lies outside the text, or inside one character.

    Examples
    --------
    >>> from_utf16("😀 dân", 3)
    2
    """
    units = text.encode("utf-16-le", "surrogatepass")
    if not 0 <= offset <= len(units) // 2:
        raise DataError(f"offset {offset} lies outside a text of {len(units) // 2} UTF-16 units")
    before = units[: 2 * offset].decode("utf-16-le", "surrogatepass")
    if to_utf16(text, len(before)) != offset or not text.startswith(before):
        raise DataError(f"offset {offset} lies inside a character that takes two UTF-16 units")
    return len(before)
