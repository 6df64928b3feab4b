"""Gold: reports whose sentences carry the themes that a person gave them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from danvan_nlp.annotated import read_annotated
from danvan_nlp.errors import DataError
from danvan_nlp.labels.exchange import import_labels
from danvan_nlp.themes import Taxonomy

_PROSE = ("sentence", "footnote")
_FRONT = "+++\n"
_GOLD = ".gold.jsonl"


@dataclass(frozen=True, slots=True)
class GoldUnit:
    """One sentence or footnote, its themes, and which themes were judged in it; None where all were."""

    start: int
    end: int
    themes: frozenset[str]
    judged: frozenset[str] | None = None


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


def judged_gold(path: str | Path, run: str | Path, taxonomy: Taxonomy) -> list[GoldDocument]:
    """Read a file of labels as gold for the run whose sentences were labelled: in it a theme may be left open.

    Parameters
    ----------
    path : path-like
        A sheet or an export of Label Studio or doccano, as `danvan_nlp.labels.exchange.import_labels` reads them.
    run : path-like
        The run; it may be a later one over the same reports.

    Raises
    ------
    DataError
        A row cannot be taken, or its sentence is no longer where it was.
    """
    judged, problems = import_labels(path, taxonomy.keys)
    units: dict[str, list[GoldUnit]] = {}
    texts: dict[str, str] = {}
    for one in judged:
        source = Path(run, "texts", f"{one.doc_id}.txt")
        if one.doc_id not in texts and source.is_file():
            texts[one.doc_id] = source.read_bytes().decode()
        if texts.get(one.doc_id, "")[one.start : one.end] != one.text:
            problems.append(f"{one.sentence_id}: the run has no such text there; label the sentences of this run")
            continue
        holding = frozenset(taxonomy.with_parents({theme for theme, yes in one.themes.items() if yes}))
        judged_here = holding | frozenset(one.themes) | _settled(one.themes, taxonomy)
        units.setdefault(one.doc_id, []).append(GoldUnit(one.start, one.end, holding, judged=judged_here))
    if problems:
        raise DataError(f"{path}: {problems[0]} ({len(problems)} such rows)")
    if not units:
        raise DataError(f"{path} holds no judged sentence; say yes or no of at least one theme")
    return [
        GoldDocument(doc_id, texts[doc_id], tuple(sorted(found, key=lambda unit: unit.start)))
        for doc_id, found in units.items()
    ]


def _settled(said: Mapping[str, bool], taxonomy: Taxonomy) -> frozenset[str]:
    """Themes that are judged because all their parts are."""
    parents = {theme.parent for theme in taxonomy if theme.parent}
    return frozenset(parent for parent in parents if all(child in said for child in taxonomy.children(parent)))


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
