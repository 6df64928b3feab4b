"""Reports made for tests: from cases, and from the gold of the real reports."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from danvan_nlp.types import Header, Report, Role, Source, Unit

CASES = Path(__file__).parent / "cases"
_MARKS: dict[str, Role] = {"@": "heading", "!": "admin", "~": "sentence"}


def report(lines: Sequence[str], **header: Any) -> Report:
    """A report of these lines, one unit a line: "@" marks a heading, "!" an administrative line, "~" a sentence."""
    texts, units, at = [], [], 0
    for line in lines:
        role: Role = _MARKS.get(line[:1], "table")
        text = line[1:] if line[:1] in _MARKS else line
        if text.strip():
            start = at + len(text) - len(text.lstrip())
            units.append(Unit(start=start, end=at + len(text.rstrip()), role=role))
        texts.append(text)
        at += len(text) + 1
    return Report(Source("\n".join(texts), "txt", ""), Header(**header), (), tuple(units))


def cases() -> list[Mapping[str, Any]]:
    return [case for path in sorted(CASES.glob("*.json")) for case in json.loads(path.read_text(encoding="utf-8"))]


def gold(folder: Path, name: str) -> Report:
    """A real report with the units of its gold annotation."""
    text = (folder / f"{name}.txt").read_bytes().decode("utf-8-sig")
    rows = (json.loads(line) for line in (folder / f"{name}.gold.jsonl").read_text(encoding="utf-8").splitlines())
    units = tuple(Unit(start=row["start"], end=row["end"], role=row["role"]) for row in rows)
    return Report(Source(text, "txt", ""), Header(), (), units)
