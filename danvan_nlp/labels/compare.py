"""Gold sentences laid beside those of a run."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from danvan_nlp.errors import DataError, UsageError
from danvan_nlp.labels.gold import GoldDocument, GoldUnit
from danvan_nlp.labels.judged import text_hash
from danvan_nlp.tables import read_table
from danvan_nlp.themes import Taxonomy

_PROSE = ("sentence", "footnote")


@dataclass(frozen=True, slots=True)
class Compared:
    """One gold sentence beside what the run says of it.

    Attributes
    ----------
    found : bool
        Whether the run has a sentence or footnote there.
    scores : mapping of str to float
        Probability of each theme, the highest where several sentences of the run lie there.
    """

    document: str
    unit: GoldUnit
    text: str
    truth: frozenset[str]
    chosen: frozenset[str]
    scores: Mapping[str, float]
    found: bool


def compare(run: str | Path, gold: Sequence[GoldDocument], taxonomy: Taxonomy) -> tuple[list[Compared], list[str]]:
    """Lay gold sentences beside those of a run.

    A sentence of the run belongs to a gold sentence where they share at least half of the shorter one.

    Returns
    -------
    compared : list of Compared
        One a gold sentence, in the order of the gold.
    missing : list of str
        Gold documents that the run does not hold with the same text.

    Raises
    ------
    UsageError
        The run holds none of them.
    DataError
        The gold has a theme that the taxonomy lacks.
    """
    known = set(taxonomy.keys)
    for document in gold:
        unknown = sorted(theme for unit in document.units for theme in unit.themes if theme not in known)
        if unknown:
            raise DataError(f"{document.name}: unknown theme {unknown[0]!r}; known are {', '.join(sorted(known))}")
    table = read_table(run, "sentences")
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in table.to_dict("records"):
        if row["role"] in _PROSE:
            rows.setdefault(row["doc_id"], []).append(row)  # type: ignore[arg-type]
    by_text = {_hash_of(path): path.stem for path in sorted(Path(run, "texts").glob("*.txt"))}
    compared, missing = [], []
    for document in gold:
        doc_id = by_text.get(text_hash(document.text))
        if doc_id is None:
            missing.append(document.name)
        else:
            compared += _document(document, rows.get(doc_id, []), taxonomy)
    if not compared:
        raise UsageError(
            "the run holds none of the gold documents; make it from the very texts "
            "('danvan label texts GOLD -o DIR' writes those of annotated reports)"
        )
    return compared, missing


def _hash_of(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as text:
        return text_hash(text.read())


def _document(document: GoldDocument, rows: list[dict[str, Any]], taxonomy: Taxonomy) -> list[Compared]:
    ends = [row["end"] for row in rows]
    made = []
    for unit in document.units:
        here = []
        for row in rows[bisect_left(ends, unit.start + 1) :]:
            if row["start"] >= unit.end:
                break
            shared = min(unit.end, row["end"]) - max(unit.start, row["start"])
            if 2 * shared >= min(unit.end - unit.start, row["end"] - row["start"]):
                here.append(row)
        scores: dict[str, float] = {}
        for row in here:
            for theme, score in row["scores"].items():
                scores[theme] = max(score, scores.get(theme, 0.0))
        made.append(
            Compared(
                document=document.name,
                unit=unit,
                text=document.text[unit.start : unit.end],
                truth=frozenset(taxonomy.with_parents(unit.themes)),
                chosen=frozenset(theme for row in here for theme in row["themes"]),
                scores=scores,
                found=bool(here),
            )
        )
    return made
