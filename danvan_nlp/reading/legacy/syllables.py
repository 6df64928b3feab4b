"""Which words are Vietnamese syllables."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from danvan_nlp import data

_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
_STOPPED = re.compile(r"(?:[cpt]|ch)$")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
WORD = re.compile(r"[^\W\d_]+")


@cache
def _bodies() -> frozenset[str]:
    """Every onset with every rime."""
    parts = data.toml("syllables")
    return frozenset(onset + rime for onset in ("", *parts["onsets"]["words"]) for rime in parts["rimes"]["words"])


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Whether a word is a Vietnamese syllable by its letters and tone; case does not matter.

    Examples
    --------
    >>> [is_syllable(w) for w in ("nghiêng", "UỶ", "vận", "cộng", "vËn", "été", "strong", "tap", "tạp")]
    [True, True, True, True, False, False, False, True, True]
    """
    if len(word) > 8:
        return False
    apart = unicodedata.normalize("NFD", word.lower())
    tones = _TONE.findall(apart)
    body = unicodedata.normalize("NFC", apart.translate(_TONES))
    if len(tones) > 1 or body not in _bodies():
        return False
    # A syllable that ends in a stop has the rising or the heavy tone; without one it may have lost it.
    return not tones or not _STOPPED.search(body) or tones[0] in "\u0301\u0323"
