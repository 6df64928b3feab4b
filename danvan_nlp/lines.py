"""Lines of a text, counted from one as editors count them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable


def line_finder(text: str) -> Callable[[int], int]:
    """A function that tells the line that a place of a text stands on.

    Examples
    --------
    >>> line = line_finder("I. KẾT QUẢ\\n1. Đối thoại")
    >>> line(3), line(11)
    (1, 2)
    """
    breaks = [found.start() for found in re.finditer("\n", text)]
    return lambda at: bisect_left(breaks, at) + 1
