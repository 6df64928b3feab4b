"""All stages over one document: the pure function that every run is made of."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from danvan_nlp import indicators, linking, references, themes
from danvan_nlp.language.tokens import tokenize_words
from danvan_nlp.reading import read_source
from danvan_nlp.structure import parse
from danvan_nlp.types import Finding, Indicator, Link, Mention, Quantity, Relation, Report, Source, Tagging
from danvan_nlp.user_files import UserFiles

if TYPE_CHECKING:
    from danvan_nlp.linking import Registry

Failure = tuple[str, str, str]
_Row = TypeVar("_Row", Indicator, Quantity, Finding, Relation, tuple[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What the stages found in one report; lists are parallel where they speak of the same thing.

    Attributes
    ----------
    report : Report
        Structure; ``tokens`` and ``taggings`` are parallel to ``report.units``.
    tokens : list of list of tuple of int
        Ranges of the words of each unit, in the report's text.
    taggings : list of Tagging
        Themes of each unit; empty for units that are neither sentence nor footnote.
    mentions, links : list
        Mentions of directives and what each denotes.
    failures : list of (str, str, str)
        Stage, error and message: of a stage that failed, whose rows are missing, and of what a stage could not read.
    """

    report: Report
    tokens: list[list[tuple[int, int]]]
    taggings: list[Tagging]
    mentions: list[Mention]
    links: list[Link]
    relations: list[Relation]
    indicators: list[Indicator]
    quantities: list[Quantity]
    findings: list[Finding]
    lang_score: float
    failures: list[Failure] = field(default_factory=list)


@cache
def shared_registry(extra: tuple[Path, ...] = ()) -> Registry:
    """The registry of known directives, with the user's own files; loaded once in a process."""
    return linking.load_registry(*extra)


def analyse(source: Source, *, own: UserFiles | None = None, tagger: themes.Tagger | None = None) -> Analysis:
    """Run every stage over one document.

    Parameters
    ----------
    source : Source
        The document.
    own : UserFiles, optional
        The user's own directives and indicators, read after the package's.
    tagger : Tagger, optional
        The user's own model of themes, instead of the package's.

    Returns
    -------
    Analysis
        The result depends on the document, the data files and the models alone.
    """
    own = own or UserFiles()
    report = parse(source)
    text, units = report.text, report.units
    known = shared_registry(own.registry)
    failures: list[Failure] = []
    mentions = references.find(text, units)
    links = linking.link(mentions, text=text, units=units, header=report.header, registry=known)
    statistics = _leaf("indicators", lambda: indicators.extract(report, own=own.indicators), failures)
    unread = _leaf("indicators", lambda: indicators.notices(report), failures)
    failures += [("indicators", error, message) for error, message in unread]
    figures = _leaf("quantities", lambda: indicators.quantities(report, own=own.indicators), failures)
    slips = _leaf(
        "findings",
        lambda: linking.findings(mentions, links, text=text, units=units, registry=known, header=report.header),
        failures,
    )
    sums = _leaf("checks", lambda: indicators.check(report, statistics, figures, own=own.indicators), failures)
    return Analysis(
        report=report,
        tokens=_tokens(report),
        taggings=_taggings(report, tagger or themes.load_model()),
        mentions=mentions,
        links=links,
        relations=_leaf("relations", lambda: linking.relations(mentions, text=text, units=units), failures),
        indicators=statistics,
        quantities=figures,
        findings=sorted([*slips, *sums], key=lambda finding: (finding.start, finding.end, finding.kind)),
        lang_score=themes.lang_score(text),
        failures=failures,
    )


def _leaf(stage: str, run: Callable[[], list[_Row]], failures: list[Failure]) -> list[_Row]:
    """Rows of a stage on which no other stands: where it fails, the document keeps the rows of the others."""
    try:
        return run()
    except Exception as error:
        message = f"{error}; this is a defect of danvan_nlp, please report it with the file"
        failures.append((stage, type(error).__name__, message))
        return []


def _tokens(report: Report) -> list[list[tuple[int, int]]]:
    words = tokenize_words([report.text[unit.start : unit.end] for unit in report.units])
    return [
        [(unit.start + a, unit.start + b) for a, b in spans] for unit, spans in zip(report.units, words, strict=True)
    ]


def _taggings(report: Report, tagger: themes.Tagger) -> list[Tagging]:
    indexes, sentences = themes.contexts(report)
    taggings = [Tagging()] * len(report.units)
    for index, tagging in zip(indexes, tagger.tag(sentences), strict=True):
        taggings[index] = tagging
    return taggings


def read(path: str | os.PathLike[str]) -> Report:
    """Read one report into its structure.

    Parameters
    ----------
    path : path-like
        A report in any format that `danvan_nlp.reading` reads.

    Returns
    -------
    Report
        Header, section tree and units, with offsets into ``report.text``.

    Raises
    ------
    ReadingError
        The file cannot be read as a report; the message says why and what to do.
    """
    return parse(read_source(path))
