"""Why a reference has no target, in the words of those who read reports."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def _texts() -> dict[str, str]:
    text = files("danvan_nlp.data").joinpath("reasons.csv").read_text(encoding="utf-8")
    return {row["reason"]: row["text"] for row in csv.DictReader(text.splitlines())}


def in_words(reason: str) -> str:
    """The reason of a link without a target in Vietnamese, as it stands where no row of ``reasons.csv`` has it.

    Examples
    --------
    >>> in_words("scope unknown: the district is not named")
    'chưa rõ của huyện nào: không nêu tên huyện'
    """
    return _texts().get(reason, reason)
