"""The tables of a run: their names, columns and types."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

# Column types: s string, i integer, f float, b boolean, S list of strings, M theme -> score, T list of [start, end].
TABLES: dict[str, dict[str, str]] = {
    "documents": {
        "doc_id": "s", "paths": "S", "sha256": "s", "format": "s", "doc_type": "s", "number": "s", "symbol": "s",
        "issuer": "s", "place": "s", "admin_level": "s", "locality": "s", "date": "s", "title": "s", "signer": "s",
        "signer_title": "s", "recipients": "S", "target_id": "s", "n_sentences": "i", "lang_score": "f",
    },
    "sections": {
        "doc_id": "s", "section_id": "s", "parent_id": "s", "depth": "i", "marker": "s", "title": "s", "start": "i",
        "end": "i",
    },
    "sentences": {
        "doc_id": "s", "sentence_id": "s", "section_id": "s", "start": "i", "end": "i", "text": "s", "role": "s",
        "anchor_id": "s", "themes": "S", "scores": "M", "tokens": "T", "corrected": "b",
    },
    "references": {
        "doc_id": "s", "ref_id": "s", "sentence_id": "s", "start": "i", "end": "i", "surface": "s", "kind": "s",
        "type": "s", "number": "s", "symbol": "s", "year": "s", "year_in_number": "s", "date": "s", "issuer": "s",
        "term": "s", "title": "s", "part": "s", "alias_of": "s", "target_id": "s", "target_score": "f",
        "candidates": "S", "reason": "s", "known_symbol": "b", "corrected": "b",
    },
    "directives": {
        "target_id": "s", "type": "s", "number": "s", "symbol": "s", "scope": "s", "issuer": "s", "date": "s",
        "year": "s", "year_in_number": "s", "term": "s", "title": "s", "aliases": "S", "known": "b",
        "n_mentions": "i", "n_documents": "i",
    },
    "relations": {
        "doc_id": "s", "relation_id": "s", "source_ref_id": "s", "target_ref_id": "s", "source_id": "s",
        "target_id": "s", "type": "s", "sentence_id": "s", "start": "i", "end": "i",
    },
    "indicators": {
        "doc_id": "s", "section": "s", "indicator": "s", "label": "s", "level": "s", "year": "s", "value": "f",
        "percent": "f", "unit": "s", "raw": "s", "start": "i", "end": "i", "note": "s",
        "about": "s",
    },
    "quantities": {
        "doc_id": "s", "sentence_id": "s", "start": "i", "end": "i", "raw": "s", "value": "f", "unit": "s",
        "counted": "s", "period": "s", "place": "s", "indicator": "s",
    },
    "findings": {
        "doc_id": "s", "kind": "s", "start": "i", "end": "i", "ref_id": "s", "indicator": "s", "message": "s",
        "expected": "s", "found": "s", "against": "s", "rule": "s",
    },
    "problems": {"path": "s", "stage": "s", "error": "s", "message": "s"},
}  # fmt: skip


@cache
def arrow_schema(name: str) -> pa.Schema:
    """Arrow schema of one table.

    Examples
    --------
    >>> arrow_schema("problems").names
    ['path', 'stage', 'error', 'message']
    """
    import pyarrow as pa

    types = {
        "s": pa.string(),
        "i": pa.int64(),
        "f": pa.float64(),
        "b": pa.bool_(),
        "S": pa.list_(pa.string()),
        "M": pa.map_(pa.string(), pa.float64()),
        "T": pa.list_(pa.list_(pa.int64())),
    }
    return pa.schema([(column, types[code]) for column, code in TABLES[name].items()])
