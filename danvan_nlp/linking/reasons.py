"""How a reference got its target, or why it has none, in the words of those who read reports."""

from __future__ import annotations

import re
from functools import cache

from danvan_nlp import data

_JOINTS = re.compile(r"([:;,] )")


@cache
def _texts() -> dict[str, str]:
    return {row["reason"]: row["text"] for row in data.rows("reasons")}


def in_words(reason: str) -> str:
    """The reason of a link in Vietnamese; a part that no row of ``reasons.csv`` has stands as it is.

    Examples
    --------
    >>> in_words("scope unknown: the district is not named")
    'chưa rõ của huyện nào: không nêu tên huyện'
    >>> in_words("registry: number, symbol; the only one known")
    'theo danh mục văn bản: số, ký hiệu; văn bản duy nhất được biết'
    """
    texts = _texts()
    if reason in texts:
        return texts[reason]
    return "".join(texts.get(part, part) for part in _JOINTS.split(reason))
