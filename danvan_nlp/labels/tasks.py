"""What is put before an annotator: sentences of a run, or whole documents, with what the model thinks of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import danvan_nlp.themes as theme_models
from danvan_nlp.errors import UsageError
from danvan_nlp.labels.judged import text_hash
from danvan_nlp.run_folder import read_record
from danvan_nlp.tables import read_table

Part = Literal["sentence", "document"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One piece of text to label.

    Attributes
    ----------
    start, end : int
        Place of the text in its document, in code points.
    whole : bool
        Whether it is a whole document.
    sentences : tuple of (int, int)
        Sentences of the document that the text holds, as places in the document.
    predicted : mapping of str to float
        Themes that the run gave, with their probability; empty for a whole document.
    spans : tuple of (int, int, str, float)
        For a whole document: start, end, theme and probability of what the run gave each sentence.
    """

    doc_id: str
    start: int
    end: int
    text: str
    whole: bool = False
    headings: tuple[str, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    predicted: Mapping[str, float] = field(default_factory=dict)
    spans: tuple[tuple[int, int, str, float], ...] = ()

    @property
    def place(self) -> dict[str, Any]:
        """What brings the labels back to the text: kept by the annotation tool beside the text."""
        return {
            "doc_id": self.doc_id,
            "start": self.start,
            "end": self.end,
            "text_sha256": text_hash(self.text),
            "sentences": [list(span) for span in self.sentences],
        }


def run_tasks(run: str | Path, *, part: Part = "sentence", uncertain: bool = False) -> list[Task]:
    """Tasks of a run, in the order of the text.

    Parameters
    ----------
    run : path-like
        Folder of a run.
    part : {"sentence", "document"}
        What one task holds.
    uncertain : bool
        Sentences first whose probability of some theme is nearest to its threshold; those that were corrected last.

    Raises
    ------
    UsageError
        The folder holds no run, or ``uncertain`` is asked of whole documents.
    """
    rows: list[dict[str, Any]] = read_table(run, "sentences").to_dict("records")  # type: ignore[assignment]
    rows = [row for row in rows if row["role"] in ("sentence", "footnote")]
    if part == "document":
        if uncertain:
            raise UsageError("--uncertain orders sentences; leave it out, or give --part sentence")
        return _documents(Path(run), rows)
    if uncertain:
        limits = run_thresholds(run)
        rows.sort(key=lambda row: (row["corrected"], uncertainty(row["scores"], limits)))
    headings = _headings(run)
    return [
        Task(
            doc_id=row["doc_id"],
            start=row["start"],
            end=row["end"],
            text=row["text"],
            headings=headings.get(row["section_id"], ()),
            sentences=((row["start"], row["end"]),),
            predicted={theme: row["scores"].get(theme, 0.0) for theme in row["themes"]},
        )
        for row in rows
    ]


def uncertainty(scores: Mapping[str, float], thresholds: Mapping[str, float]) -> float:
    """Distance of the nearest probability to its threshold: the smaller, the less the model knows.

    Examples
    --------
    >>> uncertainty({"tiep_dan": 0.98, "han_che": 0.25}, {"tiep_dan": 0.5, "han_che": 0.375})
    0.125
    """
    return min((abs(score - thresholds[theme]) for theme, score in scores.items() if theme in thresholds), default=1.0)


def run_tagger(run: str | Path) -> theme_models.Tagger:
    """The tagger that a run was made with: the user's own where its record names one, else the package's."""
    options = (read_record(Path(run)) or {}).get("options", {})
    return theme_models.load_model(options["model"]["path"] if "model" in options else None)


def run_thresholds(run: str | Path) -> dict[str, float]:
    """Threshold of each theme in the model that a run was made with."""
    model = run_tagger(run).model
    return dict(zip(model.themes, map(float, model.thresholds), strict=True))


def _headings(run: str | Path) -> dict[str, tuple[str, ...]]:
    """Titles from the root to each section, by its id; a parent stands before its children."""
    paths: dict[str, tuple[str, ...]] = {}
    sections = read_table(run, "sections")
    for key, parent, title in zip(sections["section_id"], sections["parent_id"], sections["title"], strict=True):
        paths[key] = (*(paths.get(parent, ()) if isinstance(parent, str) else ()), " ".join(str(title).split()))
    return paths


def _documents(run: Path, rows: Sequence[dict[str, Any]]) -> list[Task]:
    of_document: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        of_document.setdefault(row["doc_id"], []).append(row)
    return [_document(run, doc_id, own) for doc_id, own in of_document.items()]


def _document(run: Path, doc_id: str, rows: Sequence[dict[str, Any]]) -> Task:
    with (run / "texts" / f"{doc_id}.txt").open(encoding="utf-8", newline="") as lines:
        text = lines.read()
    return Task(
        doc_id=doc_id,
        start=0,
        end=len(text),
        text=text,
        whole=True,
        sentences=tuple((row["start"], row["end"]) for row in rows),
        spans=tuple(
            (row["start"], row["end"], theme, row["scores"].get(theme, 0.0)) for row in rows for theme in row["themes"]
        ),
    )
