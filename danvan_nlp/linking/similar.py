"""How much of a title a passage says: overlap of words and word pairs, without the words every title holds."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from danvan_nlp import data
from danvan_nlp.language.key import fold

_WORDS = re.compile(r"[^\W_]+")


@cache
def title_words() -> dict[str, frozenset[str]]:
    """Words that tell little in a title, by the table of ``titles.toml`` that holds them.

    Examples
    --------
    >>> "công" in title_words()["common"], "của" in title_words()["light"]
    (True, True)
    """
    return {name: frozenset(value.split()) for name, value in data.toml("titles").items() if isinstance(value, str)}


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, common abbreviations written out.

    Examples
    --------
    >>> words("vùng DTTS")
    ('vùng', 'dân', 'tộc', 'thiểu', 'số')
    """
    found: list[str] = []
    short = data.toml("titles")["abbreviations"]
    for word in _WORDS.findall(fold(text)):
        found += short.get(word, word).split()
    return tuple(found)


@lru_cache(maxsize=4096)
def pairs(text: str) -> frozenset[str]:
    """Neighbouring words of a text, pairs of common words left out.

    Examples
    --------
    >>> sorted(pairs("về công tác dân vận"))
    ['dân vận', 'tác dân']
    """
    run, common = words(text), title_words()["common"]
    return frozenset(f"{a} {b}" for a, b in zip(run, run[1:], strict=False) if not (a in common and b in common))


def overlap(stated: str | None, known: str | None) -> float | None:
    """Share of the shorter title's word pairs that the other holds, None where either says too little.

    Examples
    --------
    >>> overlap("công tác dân tộc", "công tác dân tộc trong tình hình mới")
    1.0
    >>> overlap("công tác tôn giáo", "công tác dân vận")
    0.0
    """
    a, b = pairs(stated or ""), pairs(known or "")
    if not a or not b:
        return None
    return len(a & b) / min(len(a), len(b))
