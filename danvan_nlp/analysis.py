"""All stages over one document: the pure function that every run is made of."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_nlp import indicators, linking, references, themes
from danvan_nlp.language.tokens import tokenize_words
from danvan_nlp.reading import read_source
from danvan_nlp.structure import parse
from danvan_nlp.types import Finding, Indicator, Link, Mention, Quantity, Relation, Report, Source, Tagging

if TYPE_CHECKING:
    from danvan_nlp.linking import Registry


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


@cache
def shared_registry(extra: tuple[Path, ...] = ()) -> Registry:
    """The registry of known directives, with the user's own files; loaded once in a process."""
    return linking.load_registry(*extra)


def analyse(source: Source, *, registry: tuple[Path, ...] = ()) -> Analysis:
    """Run every stage over one document.

    Parameters
    ----------
    source : Source
        The document.
    registry : tuple of Path
        The user's own registry files, read after the package's.

    Returns
    -------
    Analysis
        The result depends on the document, the registry and the models alone.
    """
    report = parse(source)
    text, units = report.text, report.units
    known = shared_registry(registry)
    mentions = references.find(text, units)
    links = linking.link(mentions, text=text, units=units, header=report.header, registry=known)
    statistics = indicators.extract(report)
    figures = indicators.quantities(report)
    findings = [
        *linking.findings(mentions, links, text=text, units=units, registry=known, header=report.header),
        *indicators.check(report, statistics, figures),
    ]
    return Analysis(
        report=report,
        tokens=_tokens(report),
        taggings=_taggings(report),
        mentions=mentions,
        links=links,
        relations=linking.relations(mentions, text=text, units=units),
        indicators=statistics,
        quantities=figures,
        findings=sorted(findings, key=lambda finding: (finding.start, finding.end, finding.kind)),
        lang_score=themes.lang_score(text),
    )


def _tokens(report: Report) -> list[list[tuple[int, int]]]:
    words = tokenize_words([report.text[unit.start : unit.end] for unit in report.units])
    return [
        [(unit.start + a, unit.start + b) for a, b in spans] for unit, spans in zip(report.units, words, strict=True)
    ]


def _taggings(report: Report) -> list[Tagging]:
    indexes, sentences = themes.contexts(report)
    taggings = [Tagging()] * len(report.units)
    for index, tagging in zip(indexes, themes.load_model().tag(sentences), strict=True):
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
