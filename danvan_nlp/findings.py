"""What findings say to the reader: their wordings, and numbers as Vietnamese prints them."""

from __future__ import annotations

from functools import cache
from typing import Any

from danvan_nlp import data


@cache
def wordings() -> dict[str, Any]:
    """The rows of ``data/findings.toml``, messages by their key.

    Examples
    --------
    >>> wordings()["kinds"]["sum"]
    'cộng không khớp'
    """
    raw = data.toml("findings")
    return {**raw, "message": {row["key"]: row for row in raw["message"]}}


def say(message: str, **facts: str) -> str:
    """The text of a message with its facts.

    Examples
    --------
    >>> say("rate_in_text", fraction="19/20", true="95%", said="90%")
    '19/20 = 95%, câu văn ghi 90%'
    """
    return str(wordings()["message"][message]["text"]).format(**facts)


def name_of(table: str, key: str) -> str:
    """How a kind of findings, a level or a part of a citation is called.

    Examples
    --------
    >>> name_of("levels", "cap_xa"), name_of("parts", "issuer")
    ('cấp xã', 'cơ quan ban hành')
    """
    return str(wordings()[table].get(key, key))


def number(value: float, decimals: int = 2) -> str:
    """A number as Vietnamese prints it.

    Examples
    --------
    >>> number(4272.0), number(85.77), number(99.4303, 3)
    ('4.272', '85,77', '99,43')
    """
    shown = f"{value:,.0f}" if value == int(value) else f"{value:,.{decimals}f}".rstrip("0").rstrip(".")
    return shown.translate(str.maketrans(",.", ".,"))


def percent(value: float, decimals: int = 2) -> str:
    """A rate with as many decimals as are asked for.

    Examples
    --------
    >>> percent(92.857, 1), percent(95, 0)
    ('92,9%', '95%')
    """
    return f"{value:.{decimals}f}%".replace(".", ",")
