"""The reduce step: what the documents say of one directive, put together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from danvan_nlp import linking
from danvan_nlp.tables.rows import directive_row
from danvan_nlp.types import Directive

_COUNTS = ("n_mentions", "n_documents")


def merge_directives(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Merge the directive rows of all documents.

    Parameters
    ----------
    rows : iterable of dict
        Rows of single documents, in the documents' order.

    Returns
    -------
    list of dict
        One row a directive, the most cited first; counts are summed.
    """
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["target_id"], []).append(row)
    merged = []
    for group in groups.values():
        stated = [{**{k: v for k, v in row.items() if k not in _COUNTS}, "aliases": tuple(row["aliases"])} for row in group]
        directive = linking.merge(*(Directive(**facts) for facts in stated))
        counts = (sum(row[name] for row in group) for name in _COUNTS)
        merged.append(directive_row(directive, *counts))
    return sorted(merged, key=lambda row: (-row["n_mentions"], row["target_id"]))
