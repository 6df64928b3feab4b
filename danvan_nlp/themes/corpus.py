"""The annotated corpus as training data: each sentence in the context that the reader of reports gives it."""

from __future__ import annotations

import hashlib
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from danvan_nlp.annotated import AnnotatedReport, AnnotatedUnit, read_annotated
from danvan_nlp.errors import DataError
from danvan_nlp.structure import parse
from danvan_nlp.themes.context import SentenceContext, reading_place, unit_headings
from danvan_nlp.themes.taxonomy import Taxonomy
from danvan_nlp.types import Report, Source

Part = Literal["all", "development", "test"]
_SPLITS = "splits.toml"


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """The sentences of one document in context, and the themes of each.

    Attributes
    ----------
    writer : str
        Empty for texts of other genres.
    themes : tuple of frozenset of str
        Themes that hold, for each sentence.
    unjudged : tuple of frozenset of str
        For each sentence the themes of which nobody said yes or no; empty where all were judged in all sentences.
    """

    name: str
    writer: str
    sentences: tuple[SentenceContext, ...]
    themes: tuple[frozenset[str], ...]
    unjudged: tuple[frozenset[str], ...] = ()


def locked_documents(folder: str | Path) -> frozenset[str]:
    """Names of the reports that a folder's ``splits.toml`` keeps for the test, none where it has no such file."""
    path = Path(folder) / _SPLITS
    return frozenset(tomllib.loads(path.read_text(encoding="utf-8"))["test"]) if path.is_file() else frozenset()


def read_corpus(folder: str | Path, taxonomy: Taxonomy | None = None, *, part: Part = "all") -> list[AnnotatedDocument]:
    """Read the annotated reports of a folder, sorted by name.

    A theme that stands in none of them was not judged in them.

    Parameters
    ----------
    taxonomy : Taxonomy, optional
        Which themes there are; without it, the package's own.
    part : {"all", "development", "test"}
        Whether to leave out the locked test split, or all but it.

    Raises
    ------
    DataError
        The folder holds no report, a line does not follow the format, or a theme is not in the taxonomy: names the
        file and the line or theme.
    """
    locked, paths = locked_documents(folder), sorted(Path(folder).glob("*.txt"))
    if part != "all":
        paths = [path for path in paths if (path.stem in locked) == (part == "test")]
    if not paths:
        raise DataError(f"{folder} holds no annotated report (*.txt)")
    documents = [in_context(read_annotated(path)) for path in paths]
    taxonomy = taxonomy or Taxonomy.load()
    for document in documents:
        if unknown := sorted(frozenset().union(*document.themes) - set(taxonomy.keys)):
            raise DataError(
                f"{document.name}: unknown theme {unknown[0]!r}; the taxonomy has {', '.join(taxonomy.keys)}, and with "
                'the line extends = "danvan_nlp" it would have those of the package too'
            )
    said = taxonomy.with_parents(frozenset(theme for d in documents for themes in d.themes for theme in themes))
    silent = frozenset(taxonomy.keys) - frozenset(said)
    if not silent:
        return documents
    return [replace(document, unjudged=(silent,) * len(document.themes)) for document in documents]


def in_context(annotated: AnnotatedReport) -> AnnotatedDocument:
    """Sentences and footnotes of an annotated report, under the headings that ``structure.parse`` finds."""
    text = annotated.text
    report = parse(Source(text, "txt", hashlib.sha256(text.encode()).hexdigest()))
    headings = unit_headings(report)
    judged = [(_place(report, u), u) for u in annotated.units if u.role in ("sentence", "footnote")]
    sentences, themes = [], []
    for place, unit in sorted(judged, key=lambda pair: (reading_place(report, pair[0]), pair[1].start)):
        context = SentenceContext(
            text=text[unit.start : unit.end],
            headings=headings[place],
            document=annotated.name,
        )
        sentences.append(context)
        themes.append(frozenset(unit.themes))
    writer = str(annotated.about.get("writer", "?"))
    return AnnotatedDocument(annotated.name, writer, tuple(sentences), tuple(themes))


def _place(report: Report, unit: AnnotatedUnit) -> int:
    """Index of the parsed unit that covers the middle of an annotated one."""
    middle = (unit.start + unit.end) // 2
    return max(0, bisect_right(report.units, middle, key=lambda parsed: parsed.start) - 1)


def read_prose(path: str | Path) -> list[AnnotatedDocument]:
    """Read prose of other genres: one sentence a line, a blank line between texts, ``#`` before a remark."""
    lines = [line for line in Path(path).read_text(encoding="utf-8").split("\n") if not line.startswith("#")]
    texts = [block.split("\n") for block in "\n".join(lines).strip().split("\n\n")]
    made = []
    for i, text in enumerate(texts):
        name = f"other-{i:02}"
        sentences = tuple(SentenceContext(text=line, document=name) for line in text if line.strip())
        made.append(AnnotatedDocument(name, "", sentences, (frozenset(),) * len(sentences)))
    return made
