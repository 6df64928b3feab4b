"""What a user lays over a run: corrections, and a model of their own."""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_nlp import themes
from danvan_nlp.errors import UsageError
from danvan_nlp.labels.corrections import Correction, Corrections, read_corrections, same_words
from danvan_nlp.labels.judged import text_hash
from danvan_nlp.reading import Problem
from danvan_nlp.types import Link, Report, Unit

if TYPE_CHECKING:
    from danvan_nlp.analysis import Analysis
    from danvan_nlp.linking import Registry

Outcome = tuple[int, str, str]
APPLIED = "applied"
_PROSE = ("sentence", "footnote")


@dataclass(frozen=True, slots=True)
class Overlay:
    """Files of the user's that a document's rows depend on, and the digest of their content."""

    corrections: Path | None
    model: Path | None
    digest: str

    @property
    def record(self) -> dict[str, Any]:
        """Options for the record of a run."""
        files = {"corrections": self.corrections, "model": self.model}
        return {n: {"path": str(p), "sha256": _digest(p)} for n, p in files.items() if p is not None}


def make_overlay(corrections: str | os.PathLike[str] | None, model: str | os.PathLike[str] | None) -> Overlay | None:
    """Check the user's files and take their digest; None where there are none.

    Raises
    ------
    UsageError
        The corrections file does not exist or has an error.
    ModelError
        The model cannot be loaded.
    """
    if corrections is None and model is None:
        return None
    paths = [None if path is None else Path(path).resolve() for path in (corrections, model)]
    if paths[0] is not None and not paths[0].is_file():
        raise UsageError(f"corrections file {corrections} does not exist; check the path given to --corrections")
    if paths[1] is not None and not paths[1].is_dir():
        raise UsageError(f"model folder {model} does not exist; check the path given to --model")
    digest = " ".join(_digest(path) if path else "-" for path in paths)
    overlay = Overlay(paths[0], paths[1], digest)
    _load(overlay)
    return overlay


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for part in sorted(path.iterdir()) if path.is_dir() else [path]:
        if part.is_file():
            digest.update(part.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=4)
def _load(overlay: Overlay) -> tuple[themes.Tagger, Corrections | None]:
    tagger = themes.load_model(overlay.model)
    if overlay.corrections is None:
        return tagger, None
    return tagger, read_corrections(overlay.corrections, tagger.model.themes, parents_of(tagger))


def parents_of(tagger: themes.Tagger) -> list[tuple[str, str]]:
    """Themes of a model and the theme that is set wherever they are."""
    names = tagger.model.themes
    return [(names[child], names[parent]) for child, parent in tagger.model.parents]


def overlaid_tagger(overlay: Overlay) -> themes.Tagger:
    """The user's own tagger, or the package's where they have none."""
    return _load(overlay)[0]


def overlaid_rows(
    analysis: Analysis, doc_id: str, registry: Registry, overlay: Overlay
) -> tuple[dict[str, list[dict[str, Any]]], list[Outcome]]:
    """Rows of one document, tagged by `overlaid_tagger`, with the user's corrections.

    Returns
    -------
    rows : dict of str to list of dict
        As `tables.rows.document_rows` makes them; ``corrected`` is true where a correction was laid over.
    outcomes : list of (int, str, str)
        Line of each correction that speaks of this document, ``"applied"`` or the code of what hindered it, and why.
    """
    from danvan_nlp.tables.rows import document_rows

    tagger, corrections = _load(overlay)
    if corrections is None:
        return document_rows(analysis, doc_id, registry), []
    own = _Document(analysis, doc_id)
    own.lay_over(corrections, parents_of(tagger))
    rows = document_rows(replace(analysis, taggings=own.taggings, links=own.links), doc_id, registry)
    for i in own.judged:
        rows["sentences"][i]["corrected"] = True
    for i in own.relinked:
        rows["references"][i]["corrected"] = True
    return rows, own.outcomes


class _Document:
    """One document while corrections are laid over it."""

    def __init__(self, analysis: Analysis, doc_id: str) -> None:
        self.report: Report = analysis.report
        self.doc_id = doc_id
        self.taggings = list(analysis.taggings)
        self.links = list(analysis.links)
        self.ref_ids = {f"{doc_id}:r:{mention.start}": i for i, mention in enumerate(analysis.mentions)}
        self.starts = [unit.start for unit in analysis.report.units]
        self.judged: dict[int, dict[str, bool]] = defaultdict(dict)
        self.relinked: dict[int, str | None] = {}
        self.outcomes: list[Outcome] = []

    def lay_over(self, corrections: Corrections, parents: Sequence[tuple[str, str]]) -> None:
        """Apply all corrections that speak of this document, in the order of their file."""
        named = [*corrections.by_doc_id.get(self.doc_id, ())]
        if corrections.by_text_hash:
            named += corrections.by_text_hash.get(text_hash(self.report.text), ())
        for row in sorted(named, key=lambda row: row.line):
            if row.ref_id:
                self._relink(row)
            else:
                self._judge_named(row)
        if corrections.anywhere:
            for i in (i for i, unit in enumerate(self.report.units) if unit.role in _PROSE):
                for row in corrections.anywhere.get(same_words(self._text(self.report.units[i])), ()):
                    self._judge(row, i)
        for i, judged in self.judged.items():
            chosen = with_judgements(self.taggings[i].themes, judged, parents)
            self.taggings[i] = replace(self.taggings[i], themes=chosen)

    def _text(self, unit: Unit) -> str:
        return self.report.text[unit.start : unit.end]

    def _judge_named(self, row: Correction) -> None:
        if row.sentence_id is None and row.start is None:
            wanted = same_words(row.text or "")
            found = [i for i, unit in enumerate(self.report.units) if same_words(self._text(unit)) == wanted]
            for i in found:
                self._judge(row, i)
            if not found:
                self._note(row, "no_sentence", "no sentence of the document has this text")
            return
        start = row.start if row.sentence_id is None else _start(row.sentence_id)
        at = bisect_left(self.starts, start) if start is not None else len(self.starts)
        if at == len(self.starts) or self.starts[at] != start:
            self._note(row, "no_sentence", "no sentence begins there; was the document cut into sentences anew?")
        elif row.end is not None and row.end != self.report.units[at].end:
            self._note(row, "text_changed", f"the sentence ends at {self.report.units[at].end}, not at {row.end}")
        elif not self._same_text(row, self._text(self.report.units[at])):
            self._note(row, "text_changed", "the sentence there has another text")
        else:
            self._judge(row, at)

    def _same_text(self, row: Correction, text: str) -> bool:
        if row.text is not None and same_words(row.text) != same_words(text):
            return False
        return row.text_sha256 is None or row.text is not None or row.text_sha256 == text_hash(text)

    def _judge(self, row: Correction, index: int) -> None:
        if self.report.units[index].role not in _PROSE:
            role = self.report.units[index].role
            self._note(row, "not_a_sentence", f"a unit of role {role!r} has no themes")
            return
        judged = self.judged[index]
        against = sorted(theme for theme, said in row.themes.items() if judged.get(theme, said) != said)
        if against:
            self._note(row, "conflict", f"another row says otherwise of {', '.join(against)}, and that one holds")
            return
        judged.update(row.themes)
        self._note(row, APPLIED, "")

    def _relink(self, row: Correction) -> None:
        index = self.ref_ids.get(row.ref_id or "")
        if index is None:
            self._note(row, "no_reference", "the document has no such reference")
        elif self.relinked.setdefault(index, row.target_id) != row.target_id:
            self._note(row, "conflict", "another row gives the reference another target, and that one holds")
        else:
            before = self.links[index].target or "no target"
            self.links[index] = Link(target=row.target_id, score=1.0, reason=f"corrected by the user: was {before}")
            self._note(row, APPLIED, "")

    def _note(self, row: Correction, code: str, why: str) -> None:
        self.outcomes.append((row.line, code, why))


def _start(sentence_id: str) -> int | None:
    kind, _, number = sentence_id.partition(":")[2].partition(":")
    return int(number) if kind == "s" and number.isdecimal() else None


def with_judgements(
    chosen: Iterable[str], judged: Mapping[str, bool], parents: Sequence[tuple[str, str]]
) -> tuple[str, ...]:
    """Themes of a sentence after a person's judgements, sorted.

    A parent follows its children: set where one of them is, gone with the last of them, and a parent that was judged
    no takes its children along.

    Examples
    --------
    >>> pairs = [("han_che", "h"), ("nguyen_nhan", "h")]
    >>> with_judgements(["h", "han_che"], {"han_che": False, "tiep_dan": True}, pairs)
    ('tiep_dan',)
    """
    refused = {theme for theme, said in judged.items() if not said}
    kept = {*chosen, *judged} - refused
    for parent in sorted({parent for _, parent in parents}):
        children = {child for child, above in parents if above == parent}
        if judged.get(parent) is False:
            kept -= children
        elif children & kept:
            kept.add(parent)
        elif parent not in judged and any(judged.get(child) is False for child in children):
            kept.discard(parent)
    return tuple(sorted(kept))


def unmatched(overlay: Overlay, outcomes: Iterable[Sequence[Any]]) -> list[Problem]:
    """Problems of corrections that matched nothing, or not all that they should have.

    Parameters
    ----------
    outcomes : iterable of (int, str, str)
        What `overlaid_rows` gave for every document of the run.
    """
    corrections = _load(overlay)[1]
    if corrections is None:
        return []
    by_line: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for line, code, why in outcomes:
        by_line[line].append((code, why))
    problems = []
    for row in corrections.all():
        found = by_line.get(row.line)
        if not found:
            named = row.doc_id or row.document_sha256
            why = "its document is not in this run, or its file changed" if named else "no sentence has this text"
            found = [("no_document" if named else "no_sentence", why)]
        for code, why in dict.fromkeys(found):
            if code != APPLIED:
                message = f"line {row.line} ({row.place}) was not applied: {why}"
                problems.append(Problem(str(overlay.corrections), "correct", code, message))
    return problems
