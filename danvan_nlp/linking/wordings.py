"""The wordings of relations between documents, read from ``relations.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from danvan_nlp import data
from danvan_nlp.types import RelationType


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A wording of a relation: the pattern ends where the document acted on begins; the data file tells the rest."""

    type: RelationType
    pattern: re.Pattern[str]
    example: str
    report_only: bool = False
    report_unless: re.Pattern[str] | None = None
    reverse: bool = False
    loose: bool = False
    weak: bool = False
    concrete: bool = False


@dataclass(frozen=True, slots=True)
class Wordings:
    """Everything the recogniser of relations reads from its data file.

    ``breaks`` are what opens a clause of its own, ``stops`` those among them that end a sentence or an item;
    ``misread`` finds verbs that have lost their marks, and tells them as they are spelt.
    """

    verbs: tuple[Verb, ...]
    breaks: re.Pattern[str]
    stops: re.Pattern[str]
    phrases: Mapping[str, re.Pattern[str]]
    misread: tuple[re.Pattern[str], Mapping[str, str]]


@cache
def wordings() -> Wordings:
    """The wordings, compiled once.

    Examples
    --------
    >>> sorted({v.type for v in wordings().verbs})[:3]
    ['amends', 'attached_to', 'based_on']
    """
    told = data.toml("relations")
    filler = "|".join(sorted(told["filler"], key=len, reverse=True))
    return Wordings(
        verbs=tuple(_verb(row, filler) for row in told["verb"]),
        breaks=re.compile("|".join(row["wording"] for row in told["break"])),
        stops=re.compile("|".join(row["wording"] for row in told["break"] if "stop" in row)),
        phrases={row["name"]: re.compile(row["wording"]) for row in [*told["phrase"], *told["mark"]]},
        misread=(re.compile(rf"\b(?:{'|'.join(told['misread'])})\b"), told["misread"]),
    )


def has(name: str, text: str) -> bool:
    """Whether a folded text has the phrase or mark of a name.

    Examples
    --------
    >>> has("other_congress", "nghị quyết đại hội công đoàn tỉnh"), has("reports", "huyện ủy ban hành")
    (True, False)
    """
    return wordings().phrases[name].search(text) is not None


def _verb(row: dict[str, Any], filler: str) -> Verb:
    fields: dict[str, Any] = {name: value for name, value in row.items() if name != "wording"}
    fields["pattern"] = re.compile(rf"(?<![^\W\d_])(?:{row['wording']})(?: (?:{filler})){{0,5}}\s*$")
    if "report_unless" in row:
        fields["report_unless"] = re.compile(row["report_unless"])
    return Verb(**fields)
