"""Paths as a caller gives them: one, or many."""

from __future__ import annotations

import os
from collections.abc import Iterable

PathLike = str | os.PathLike[str]
Paths = PathLike | Iterable[PathLike]


def listed(paths: Paths) -> list[str]:
    """The paths as strings; one path is a list of one, not of its letters.

    Examples
    --------
    >>> listed("reports"), listed(["a.txt", "b.txt"])
    (['reports'], ['a.txt', 'b.txt'])
    """
    return [os.fspath(path) for path in ([paths] if isinstance(paths, str | os.PathLike) else paths)]
