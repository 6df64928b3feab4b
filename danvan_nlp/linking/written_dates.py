"""The date that stands right after a mention, also one that no calendar holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from danvan_nlp.linking.reach import ahead

_AFTER = re.compile(
    r"\s*,?\s*(?:ra )?(?:ngày\s+)?(\d{1,2})(?:\s*[/.\-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.\-]\s*|\s+năm\s+)(\d{4})(?!\d)"
)
_REACH = 45


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """Day, month and year as a text writes them."""

    day: str
    month: str
    year: str

    @property
    def possible(self) -> bool:
        """Whether a calendar holds the date."""
        try:
            date(int(self.year), int(self.month), int(self.day))
        except ValueError:
            return False
        return True

    def __str__(self) -> str:
        return f"{self.day}/{self.month}/{self.year}"


def date_after(text: str, end: int) -> WrittenDate | None:
    """The date written right after a position.

    Examples
    --------
    >>> written = date_after("Kế hoạch số 4-KH/TU, ngày 30/2/2018", 19)
    >>> str(written), written.possible
    ('30/2/2018', False)
    """
    match = _AFTER.match(ahead(text, end, _REACH))
    return WrittenDate(*match.groups()) if match else None
