"""What the name of an issuing body tells: which body it is, whose numbering it uses, its level."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from danvan_nlp import data
from danvan_nlp.language.key import fold


@cache
def _rows(column: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row[column]) for row in data.rows("bodies") if row[column])


def body(issuer: str | None, told: Literal["name", "scope", "level"]) -> str | None:
    """What the first row of ``bodies.csv`` that fits a name says of it, None where none says anything.

    Examples
    --------
    >>> body("Ban Bí thư Trung ương Đảng", "name"), body("Văn phòng Quốc hội", "name")
    ('Ban Bí thư', None)
    >>> body("Thủ tướng", "scope"), body("Ban Thường vụ Huyện ủy", "level")
    ('TTg', 'cap_huyen')
    """
    name = fold(issuer or "")
    return next((value for pattern, value in _rows(told) if pattern.search(name)), None)
