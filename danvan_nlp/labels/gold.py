"""Gold: reports whose sentences carry the themes that a person gave them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from danvan_nlp.annotated import read_annotated
from danvan_nlp.errors import DataError

_PROSE = ("sentence", "footnote")
_FRONT = "+++\n"
_GOLD = ".gold.jsonl"


@dataclass(frozen=True, slots=True)
class GoldUnit:
    """One sentence or footnote and its themes."""

    start: int
    end: int
    themes: frozenset[str]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One report: its text and its sentences and footnotes, in the order of the text."""

    name: str
    text: str
    units: tuple[GoldUnit, ...]


def is_gold(folder: str | Path) -> bool:
    """Whether a folder holds annotated reports in a form that `read_gold` reads."""
    return bool(_paths(Path(folder)))


def _paths(folder: Path) -> list[Path]:
    marked = sorted(folder.glob(f"*{_GOLD}"))
    return marked or [path for path in sorted(folder.glob("*.txt")) if _begins(path).startswith(_FRONT)]


def _begins(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as lines:
        return lines.read(len(_FRONT))


def read_gold(folder: str | Path) -> list[GoldDocument]:
    """Read a folder's reports: ``NAME.txt`` with ``NAME.gold.jsonl``, or annotated ones (``danvan_nlp.annotated``).

    Raises
    ------
    DataError
        There are none, or one does not follow its format.
    """
    paths = _paths(Path(folder))
    if not paths:
        raise DataError(
            f"{folder} holds neither NAME.gold.jsonl with NAME.txt nor annotated reports; give a folder that does"
        )
    return [_from_jsonl(path) if path.name.endswith(_GOLD) else _from_annotated(path) for path in paths]


def _from_annotated(path: Path) -> GoldDocument:
    report = read_annotated(path)
    units = (GoldUnit(unit.start, unit.end, frozenset(unit.themes)) for unit in report.units if unit.role in _PROSE)
    return GoldDocument(report.name, report.text, tuple(units))


def _from_jsonl(path: Path) -> GoldDocument:
    name = path.name.removesuffix(_GOLD)
    source = path.with_name(f"{name}.txt")
    if not source.is_file():
        raise DataError(f"{source}, the text of {path.name}, does not exist")
    with source.open(encoding="utf-8-sig", newline="") as lines:
        text = lines.read()
    units = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if row["role"] in _PROSE:
                units.append(GoldUnit(int(row["start"]), int(row["end"]), frozenset(row["themes"])))
            same = text[row["start"] : row["end"]] == row["text"]
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(f"{path}, line {number}: is no gold unit ({error!r})") from error
        if not same:
            raise DataError(f"{path}, line {number}: its text is not what {source.name} holds there")
    return GoldDocument(name, text, tuple(units))
