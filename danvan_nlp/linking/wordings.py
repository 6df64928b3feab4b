"""The wordings of relations between documents, read from ``relations.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from danvan_nlp.types import RelationType


@dataclass(frozen=True, slots=True)
class Verb:
    """A wording of a relation: the pattern ends where the document acted on begins."""

    type: RelationType
    pattern: re.Pattern[str]
    report_only: bool
    report_unless: re.Pattern[str] | None
    reverse: bool
    example: str


@dataclass(frozen=True, slots=True)
class Wordings:
    """Everything the recogniser of relations reads from its data file."""

    verbs: tuple[Verb, ...]
    breaks: re.Pattern[str]


@cache
def wordings() -> Wordings:
    """The wordings, compiled once.

    Examples
    --------
    >>> sorted({v.type for v in wordings().verbs})[:3]
    ['amends', 'attached_to', 'based_on']
    """
    data = tomllib.loads(files("danvan_nlp.data").joinpath("relations.toml").read_text(encoding="utf-8"))
    filler = "|".join(sorted((re.escape(f) for f in data["filler"]), key=len, reverse=True))
    verbs = [
        Verb(
            type=cast(RelationType, row["type"]),
            pattern=re.compile(rf"(?<![^\W\d_])(?:{row['wording']})(?: (?:{filler})){{0,5}}\s*$"),
            report_only=row.get("report_only", False),
            report_unless=re.compile(row["report_unless"]) if "report_unless" in row else None,
            reverse=row.get("reverse", False),
            example=row["example"],
        )
        for row in data["verb"]
    ]
    return Wordings(tuple(verbs), re.compile("|".join(row["wording"] for row in data["break"])))
