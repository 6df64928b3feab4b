"""The rows of one document, in the columns of the data contract."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from danvan_nlp import linking
from danvan_nlp.types import Directive, Unit

if TYPE_CHECKING:
    from danvan_nlp.analysis import Analysis
    from danvan_nlp.linking import Registry

Rows = dict[str, list[dict[str, Any]]]


def document_rows(analysis: Analysis, doc_id: str, registry: Registry) -> Rows:
    """Rows of every table for one document; paths are left to the run.

    Parameters
    ----------
    analysis : Analysis
        The document.
    doc_id : str
        Its id; all other ids begin with it.
    registry : Registry
        The registry that the links were made with.

    Returns
    -------
    dict of str to list of dict
        One list a table; ``directives`` holds this document's share, with its counts.
    """
    return {
        "documents": [_document(analysis, doc_id)],
        "sections": _sections(analysis, doc_id),
        "sentences": _sentences(analysis, doc_id),
        "references": _references(analysis, doc_id),
        "directives": _directives(analysis, registry),
        "relations": _relations(analysis, doc_id),
        "indicators": _indicators(analysis, doc_id),
        "quantities": _quantities(analysis, doc_id),
        "findings": _findings(analysis, doc_id),
        "problems": [],
    }


def unit_at(units: Sequence[Unit], starts: Sequence[int], start: int, end: int) -> int | None:
    """Index of the unit that shares most with a range, the first of them; None where no unit does."""
    i = max(bisect_right(starts, start) - 1, 0)
    best, size = None, 0
    while i < len(units) and units[i].start < end:
        shared = min(end, units[i].end) - max(start, units[i].start)
        if shared > size:
            best, size = i, shared
        i += 1
    return best


def _sentence_ids(analysis: Analysis, doc_id: str, spans: Iterable[tuple[int, int]]) -> list[str | None]:
    units = analysis.report.units
    starts = [unit.start for unit in units]
    found = (unit_at(units, starts, start, end) for start, end in spans)
    return [None if i is None else f"{doc_id}:s:{units[i].start}" for i in found]


def _document(analysis: Analysis, doc_id: str) -> dict[str, Any]:
    report = analysis.report
    header = asdict(report.header)
    header["recipients"] = list(report.header.recipients)
    return {
        "doc_id": doc_id,
        "paths": [],
        "sha256": report.source.sha256,
        "format": report.source.format,
        **header,
        "target_id": linking.report_target(report.header, report.text),
        "n_sentences": sum(unit.role in ("sentence", "footnote") for unit in report.units),
        "lang_score": analysis.lang_score,
    }


def _section_id(analysis: Analysis, doc_id: str, index: int | None) -> str | None:
    return None if index is None else f"{doc_id}:h:{analysis.report.sections[index].start}"


def _sections(analysis: Analysis, doc_id: str) -> list[dict[str, Any]]:
    return [
        {
            "doc_id": doc_id,
            "section_id": f"{doc_id}:h:{section.start}",
            "parent_id": _section_id(analysis, doc_id, section.parent),
            "depth": section.depth,
            "marker": section.marker or None,
            "title": section.title,
            "start": section.start,
            "end": section.end,
        }
        for section in analysis.report.sections
    ]


def _sentences(analysis: Analysis, doc_id: str) -> list[dict[str, Any]]:
    units = analysis.report.units
    return [
        {
            "doc_id": doc_id,
            "sentence_id": f"{doc_id}:s:{unit.start}",
            "section_id": _section_id(analysis, doc_id, unit.section),
            "start": unit.start,
            "end": unit.end,
            "text": analysis.report.text[unit.start : unit.end],
            "role": unit.role,
            "anchor_id": None if unit.anchor is None else f"{doc_id}:s:{units[unit.anchor].start}",
            "themes": list(tagging.themes),
            "scores": tagging.scores,
            "tokens": [[a, b] for a, b in tokens],
            "corrected": False,
        }
        for unit, tagging, tokens in zip(units, analysis.taggings, analysis.tokens, strict=True)
    ]


def _ref_ids(analysis: Analysis, doc_id: str) -> list[str]:
    return [f"{doc_id}:r:{mention.start}" for mention in analysis.mentions]


def _references(analysis: Analysis, doc_id: str) -> list[dict[str, Any]]:
    ids = _ref_ids(analysis, doc_id)
    sentences = _sentence_ids(analysis, doc_id, ((m.start, m.end) for m in analysis.mentions))
    rows = []
    for ref_id, sentence_id, mention, link in zip(ids, sentences, analysis.mentions, analysis.links, strict=True):
        facts = asdict(mention)
        alias = mention.alias_of
        rows.append(
            {
                **facts,
                "doc_id": doc_id,
                "ref_id": ref_id,
                "sentence_id": sentence_id,
                "surface": analysis.report.text[mention.start : mention.end],
                "alias_of": None if alias is None else ids[alias],
                "target_id": link.target,
                "target_score": link.score,
                "candidates": list(link.candidates),
                "reason": link.reason,
                "corrected": False,
            }
        )
    return rows


def _directives(analysis: Analysis, registry: Registry) -> list[dict[str, Any]]:
    counts: dict[str, int] = {}
    for link in analysis.links:
        if link.target:
            counts[link.target] = counts.get(link.target, 0) + 1
    found = linking.directives(analysis.mentions, analysis.links, registry)
    return [directive_row(d, counts.get(d.target_id, 0), 1) for d in found]


def directive_row(directive: Directive, n_mentions: int, n_documents: int) -> dict[str, Any]:
    """Row of one directive with its counts."""
    row = asdict(directive)
    row["aliases"] = list(directive.aliases)
    return {**row, "n_mentions": n_mentions, "n_documents": n_documents}


def _relations(analysis: Analysis, doc_id: str) -> list[dict[str, Any]]:
    ids = _ref_ids(analysis, doc_id)
    spans = ((r.start, r.end) for r in analysis.relations)
    own = linking.report_target(analysis.report.header, analysis.report.text)
    return [
        {
            "doc_id": doc_id,
            "relation_id": f"{doc_id}:l:{n}",
            "source_ref_id": "self" if relation.source is None else ids[relation.source],
            "target_ref_id": ids[relation.target],
            "source_id": own if relation.source is None else analysis.links[relation.source].target,
            "target_id": analysis.links[relation.target].target,
            "type": relation.type,
            "sentence_id": sentence_id,
            "start": relation.start,
            "end": relation.end,
        }
        for n, (relation, sentence_id) in enumerate(
            zip(analysis.relations, _sentence_ids(analysis, doc_id, spans), strict=True)
        )
    ]


def _indicators(analysis: Analysis, doc_id: str) -> list[dict[str, Any]]:
    rows = []
    for indicator in analysis.indicators:
        row: Mapping[str, Any] = asdict(indicator)
        rows.append({"doc_id": doc_id, **{k: v for k, v in row.items() if k != "key"}, "indicator": indicator.key})
    return rows


def _quantities(analysis: Analysis, doc_id: str) -> list[dict[str, Any]]:
    units = analysis.report.units
    rows = []
    for quantity in analysis.quantities:
        row = {k: v for k, v in asdict(quantity).items() if k != "unit_index"}
        rows.append({"doc_id": doc_id, "sentence_id": f"{doc_id}:s:{units[quantity.unit_index].start}", **row})
    return rows


def _findings(analysis: Analysis, doc_id: str) -> list[dict[str, Any]]:
    ids = _ref_ids(analysis, doc_id)
    rows = []
    for finding in analysis.findings:
        row = {k: v for k, v in asdict(finding).items() if k != "mention"}
        row["against"] = ":".join(map(str, (doc_id, *finding.against))) if finding.against else None
        rows.append({"doc_id": doc_id, **row, "ref_id": None if finding.mention is None else ids[finding.mention]})
    return rows
