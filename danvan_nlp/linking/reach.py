"""Windows of a text in its folded form: as far as so many letters reach, however Unicode spells them."""

from __future__ import annotations

from danvan_nlp.language.key import fold, make_key

# A Vietnamese letter is one code point, or as many as three: its base, its sign, its tone.
_SPELT = 3


def head(text: str, reach: int) -> str:
    """The key of a text's beginning, so many letters.

    Examples
    --------
    >>> head("Uỷ ban nhân dân", 6)
    'Ủy ban'
    """
    return make_key(text[: _SPELT * reach]).text[:reach]


def ahead(text: str, start: int, reach: int, stop: int | None = None) -> str:
    """The folded text after a position, so many letters at most, and not beyond ``stop``.

    Examples
    --------
    >>> ahead("Kết luận số 114-KL/TW", 0, 8)
    'kết luận'
    """
    end = start + _SPELT * reach
    return fold(text[start : end if stop is None else min(end, stop)])[:reach]


def behind(text: str, end: int, reach: int) -> str:
    """The folded text before a position, so many letters at most.

    Examples
    --------
    >>> behind("(Kèm theo Báo cáo số 2", 10, 8)
    'kèm theo'
    """
    return fold(text[max(0, end - _SPELT * reach) : end])[-reach:]
