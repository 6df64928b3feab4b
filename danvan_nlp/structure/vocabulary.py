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
    table_header: tuple[str, ...]
    state_heading: frozenset[str]
    letterhead: tuple[str, ...]
    places: tuple[str, ...]
    organs: frozenset[str]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    posts: frozenset[str]
    ranks: tuple[str, ...]
    stamp: tuple[str, ...]
    attached: tuple[str, ...]
    address: tuple[str, ...]
    subject: tuple[str, ...]
    web: tuple[str, ...]
    openings: tuple[str, ...]
    statements: tuple[str, ...]
    section_titles: frozenset[str]
    topics: tuple[str, ...]
    table_notes: tuple[str, ...]
    cannot_end: tuple[str, ...]
    never_end: tuple[str, ...]
    closed_end: tuple[str, ...]
    lead_in: tuple[str, ...]
    finite: tuple[str, ...]
    counted: tuple[str, ...]
    print_widths: dict[str, int]
    page: re.Pattern[str]
    lone_marker: re.Pattern[str]


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
        table_header=tuple(raw["table_header"]["starts"]),
        state_heading=frozenset(raw["state_heading"]["words"]),
        letterhead=tuple(raw["letterhead"]["starts"]),
        places=tuple(raw["letterhead"]["places"]),
        organs=frozenset(raw["letterhead"]["organs"]),
        recipients=tuple(raw["recipients"]["words"]),
        signature=tuple(raw["signature"]["starts"]),
        posts=frozenset(raw["signature"]["posts"]),
        ranks=tuple(raw["signature"]["ranks"]),
        stamp=tuple(raw["stamp"]["starts"]),
        attached=tuple(raw["attached"]["words"]),
        address=tuple(raw["address"]["starts"]),
        subject=tuple(raw["subject"]["starts"]),
        openings=tuple(raw["openings"]["starts"]),
        statements=tuple(word + " " for word in raw["statements"]["starts"]),
        web=tuple(raw["web"]["starts"]),
        section_titles=frozenset(raw["section_titles"]["words"]),
        topics=tuple(word + " " for word in raw["topics"]["starts"]),
        table_notes=tuple(raw["table_notes"]["starts"]),
        cannot_end=tuple(" " + word for word in raw["cannot_end"]["words"]),
        never_end=tuple(" " + word for word in raw["cannot_end"]["never"]),
        closed_end=tuple(" " + word for word in raw["cannot_end"]["closed"]),
        lead_in=tuple(raw["lead_in"]["starts"]),
        finite=tuple(f" {word} " for word in raw["finite"]["words"]),
        counted=tuple(" " + word for word in raw["counted"]["words"]),
        print_widths={letter: int(width) for width, letters in raw["print"]["widths"].items() for letter in letters},
        page=re.compile(raw["page"]["pattern"], re.IGNORECASE),
        lone_marker=re.compile(raw["lone_marker"]["pattern"], re.IGNORECASE),
    )
