"""The encodings of Vietnamese before Unicode, as tables between strings.

A legacy text is the string that a program shows for its bytes: one character a byte, read as windows-1252 or Latin-1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from danvan_nlp import data

WINDOWS_1258 = "windows-1258"
TWICE = "utf-8"
"""UTF-8 whose bytes were taken for windows-1252."""


# How often UTF-8 may have been read as windows-1252 and saved again.
_MOST_TIMES = 3


def _shown(byte: int) -> str:
    """The character that windows-1252 shows for a byte, or the control character of Latin-1."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


# Each character that stands for a byte, however it was read; symbol fonts keep bytes in the private area.
_BYTES = {ord(_shown(b)): b for b in range(0x80, 0x100)} | {c: c for c in range(0x80, 0x100)}
_PRIVATE = {0xF000 + b: b for b in range(0x20, 0x100)}


@dataclass(frozen=True, slots=True)
class Encoding:
    """One encoding: its letters in both directions and the fonts that carry it."""

    key: str
    name: str
    fonts: tuple[str, ...]
    capitals: str
    decoded: dict[str, str]
    encoded: dict[str, str]
    pattern: re.Pattern[str]
    plain: dict[int, int]


@cache
def encodings() -> dict[str, Encoding]:
    """The encodings of ``data/legacy_encodings.toml`` with their letters.

    Examples
    --------
    >>> sorted(encodings())
    ['tcvn3', 'viscii', 'vni', 'vps']
    """
    return {key: _make(key, about, data.rows("legacy_letters")) for key, about in data.toml("legacy_encodings").items()}


def _make(key: str, about: dict[str, Any], letters: Iterable[dict[str, str]]) -> Encoding:
    encoded = {row["letter"]: bytes.fromhex(row[key]).decode("latin-1") for row in letters if row[key]}
    decoded = {code: letter for letter, code in encoded.items()}
    decoded |= {sign: decoded[chr(int(code, 16))] for sign, code in about["aliases"].items()}
    # A syllable's capital may stand before a small mark ("Aù") where only the base was typed as a capital.
    decoded |= {
        code[0].upper() + code[1:]: letter.upper()
        for code, letter in list(decoded.items())
        if len(code) == 2 and letter.islower()
    }
    pattern = re.compile("|".join(re.escape(code) for code in sorted(decoded, key=lambda c: (-len(c), c))))
    plain = {} if about["punctuation"] else {c: b for c, b in _BYTES.items() if c != b}
    return Encoding(
        key, about["name"], tuple(about["fonts"]), about["capitals"], decoded, encoded, pattern, plain | _PRIVATE
    )


def decode_legacy(text: str, encoding: str, *, capitals: bool = False) -> str:
    """Turn a legacy text into Unicode.

    Parameters
    ----------
    text : str
        The text as a program shows its bytes.
    encoding : str
        ``"tcvn3"``, ``"vni"``, ``"vps"``, ``"viscii"``, ``"windows-1258"``, or ``"utf-8"`` for UTF-8 that was read as
        windows-1252.
    capitals : bool
        The font shows capitals whatever was typed.

    Returns
    -------
    str
        NFC; characters that the encoding does not know stay.

    Examples
    --------
    >>> decode_legacy("C«ng t¸c d©n vËn", "tcvn3"), decode_legacy("Coâng taùc daân vaän", "vni")
    ('Công tác dân vận', 'Công tác dân vận')
    """
    if encoding == WINDOWS_1258:
        result = _decode_bytes(text, "cp1258")
    elif encoding == TWICE:
        result = text
        for _ in range(_MOST_TIMES):
            result = _decode_bytes(result, "utf-8")
    else:
        table = encodings()[encoding]
        result = table.pattern.sub(lambda m: table.decoded[m[0]], text.translate(table.plain))
        result = unicodedata.normalize("NFC", result)
    return result.upper() if capitals else result


def _decode_bytes(text: str, codec: str) -> str:
    """Read the bytes of a text anew; runs of characters that are no bytes stay."""
    pieces = re.split(r"([^\x00-\x7f]+)", text)
    for i in range(1, len(pieces), 2):
        codes = [_BYTES.get(ord(c)) for c in pieces[i]]
        if None not in codes:
            try:
                pieces[i] = bytes(code for code in codes if code is not None).decode(codec)
            except UnicodeDecodeError:
                continue
    return unicodedata.normalize("NFC", "".join(pieces))


def encode_legacy(text: str, encoding: str) -> str:
    """Write Unicode in a legacy encoding: the way back of `decode_legacy`.

    TCVN3 has no capitals with tones: they are written small, as its capital fonts expect.

    Examples
    --------
    >>> encode_legacy("dân vận", "vni")
    'daân vaän'
    """
    text = unicodedata.normalize("NFC", text)
    if encoding == TWICE:
        return "".join(_shown(b) for b in text.encode("utf-8"))
    if encoding == WINDOWS_1258:
        return "".join(map(_to_1258, text))
    table = encodings()[encoding].encoded
    return "".join(table.get(c) or table.get(c.lower()) or c if not c.isascii() else c for c in text)


def _to_1258(letter: str) -> str:
    """A letter as windows-1258 writes it: the vowel, then its tone."""
    for written in (letter, _tone_apart(letter)):
        try:
            return "".join(_shown(b) for b in written.encode("cp1258"))
        except UnicodeEncodeError:
            continue
    return letter


def _tone_apart(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter)
    tones = [c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323"]
    rest = "".join(c for c in apart if c not in tones)
    return unicodedata.normalize("NFC", rest) + "".join(tones)


def encoding_of_font(font: str | None) -> tuple[str, bool] | None:
    """The encoding that a font's name tells of, and whether it shows capitals only.

    Examples
    --------
    >>> encoding_of_font(".VnTimeH"), encoding_of_font("VNI-Times"), encoding_of_font("Times New Roman")
    (('tcvn3', True), ('vni', False), None)
    """
    if not font:
        return None
    for key, encoding in encodings().items():
        if font.lower().startswith(encoding.fonts):
            return key, bool(encoding.capitals) and font.endswith(encoding.capitals)
    return None


def convert_run(text: str, legacy: tuple[str, bool] | None) -> str:
    """Turn a stretch of text in a legacy font into Unicode, unless it is Unicode already.

    Examples
    --------
    >>> convert_run("céng hoµ", ("tcvn3", True)), convert_run("cộng hoà", ("tcvn3", False))
    ('CỘNG HOÀ', 'cộng hoà')
    """
    if legacy is None:
        return text
    encoding, capitals = legacy
    if any("\u0100" <= c < "\u2000" for c in text):
        return text
    return decode_legacy(text, encoding, capitals=capitals)
