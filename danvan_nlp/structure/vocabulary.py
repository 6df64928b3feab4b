"""The words that tell the parts of a report apart, from ``data/structure.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word lists of ``data/structure.toml``, in lower case, ready for ``str.startswith`` and ``in``."""

    document_types: frozenset[str]
    appendix: tuple[str, ...]
    parts: tuple[str, ...]
    state_heading: frozenset[str]
    letterhead: tuple[str, ...]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    posts: frozenset[str]
    stamp: tuple[str, ...]
    attached: tuple[str, ...]
    address: tuple[str, ...]
    subject: tuple[str, ...]
    web: tuple[str, ...]
    openings: tuple[str, ...]
    section_titles: frozenset[str]
    cannot_end: tuple[str, ...]
    never_end: tuple[str, ...]
    closed_end: tuple[str, ...]
    lead_in: tuple[str, ...]
    finite: tuple[str, ...]
    page: re.Pattern[str]


@cache
def vocabulary() -> Vocabulary:
    """Load the word lists once.

    Examples
    --------
    >>> "báo cáo" in vocabulary().document_types
    True
    """
    raw = tomllib.loads((files("danvan_nlp.data") / "structure.toml").read_text(encoding="utf-8"))
    return Vocabulary(
        document_types=frozenset(raw["document_types"]["words"]),
        appendix=tuple(raw["appendix"]["words"]),
        parts=tuple(raw["parts"]["words"]),
        state_heading=frozenset(raw["state_heading"]["words"]),
        letterhead=tuple(raw["letterhead"]["starts"]),
        recipients=tuple(raw["recipients"]["words"]),
        signature=tuple(raw["signature"]["starts"]),
        posts=frozenset(raw["signature"]["posts"]),
        stamp=tuple(raw["stamp"]["starts"]),
        attached=tuple(raw["attached"]["words"]),
        address=tuple(raw["address"]["starts"]),
        subject=tuple(raw["subject"]["starts"]),
        openings=tuple(raw["openings"]["starts"]),
        web=tuple(raw["web"]["starts"]),
        section_titles=frozenset(raw["section_titles"]["words"]),
        cannot_end=tuple(" " + word for word in raw["cannot_end"]["words"]),
        never_end=tuple(" " + word for word in raw["cannot_end"]["never"]),
        closed_end=tuple(" " + word for word in raw["cannot_end"]["closed"]),
        lead_in=tuple(raw["lead_in"]["starts"]),
        finite=tuple(f" {word} " for word in raw["finite"]["words"]),
        page=re.compile(raw["page"]["pattern"], re.IGNORECASE),
    )
