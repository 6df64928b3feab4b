"""Documents that a sentence says were issued to carry another out, though it does not call that their purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from danvan_nlp import data
from danvan_nlp.language.key import fold

# Between two members of a list: the date and issuer of the first, then a comma or "và".
_LISTED = re.compile(r"(?:,? ?ngày [\d/.\- ]+)?(?: ?của [^,;]{1,60}?)?(?:,? ?ngày [\d/.\- ]+)?(?:,|,? ?(?:và|cùng))")
_BROKEN = re.compile(r"[;.] ")


@dataclass(frozen=True)
class _Wordings:
    opening: re.Pattern[str]
    issuing: re.Pattern[str]
    types: frozenset[str]


@cache
def _wordings() -> _Wordings:
    told = data.toml("cascade")
    opening, issuing = ("|".join(row["wording"] for row in told[part]) for part in ("opening", "issuing"))
    return _Wordings(
        re.compile(rf"\b(?:{opening})\b[^,;.]{{0,60}}$"),
        re.compile(rf"\b(?:{issuing})$"),
        frozenset(told["issued"]["types"]),
    )


def may_be_issued(mention: dict[str, Any]) -> bool:
    """Whether a mention is of a type of document that carries others out.

    Examples
    --------
    >>> may_be_issued({"type": "kế hoạch"}), may_be_issued({"type": "báo cáo"})
    (True, False)
    """
    return mention["type"] in _wordings().types


def issued_for(text: str, mentions: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs of mentions, the first of a document that was issued to carry the second's out.

    Parameters
    ----------
    text : str
        A sentence.
    mentions : list of dict
        What it cites, in order: ``start`` and ``end`` in the sentence, ``type``.

    Yields
    ------
    issued, carried_out : dict
        Two of the mentions.

    Examples
    --------
    >>> text = "Thực hiện Kết luận 114-KL/TW, Huyện ủy ban hành Kế hoạch 5-KH/HU."
    >>> one = {"start": 10, "end": 28, "type": "kết luận"}
    >>> two = {"start": 48, "end": 65, "type": "kế hoạch"}
    >>> [(a["type"], b["type"]) for a, b in issued_for(text, [one, two])]
    [('kế hoạch', 'kết luận')]
    """
    words = _wordings()
    carried_out: list[dict[str, Any]] = []
    issuing, at = False, 0
    for mention in mentions:
        gap = fold(text[at : mention["start"]]).strip()
        at = mention["end"]
        listed = _LISTED.fullmatch(gap) is not None
        if _BROKEN.search(gap):
            carried_out = []
        issuing = bool(carried_out) and (words.issuing.search(gap) is not None or issuing and listed)
        if issuing and may_be_issued(mention):
            yield from ((mention, other) for other in carried_out)
        elif words.opening.search(gap):
            carried_out = [mention]
        elif carried_out and listed:
            carried_out.append(mention)
