"""Reads the case files: marked texts with the targets, relations and slips expected of them."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    id: str
    text: str
    header: dict[str, Any] = field(default_factory=dict)
    targets: list[str | None] | None = None
    relations: list[list[Any]] | None = None
    slips: list[list[Any]] | None = None
    fails: str | None = None


def all_cases() -> list[Case]:
    return [Case(**row) for path in sorted(_FOLDER.glob("*.json")) for row in json.loads(path.read_text("utf-8"))]
