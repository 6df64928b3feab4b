"""The reduce step: what the documents say of one directive, and of one another, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from danvan_nlp import linking
from danvan_nlp.tables.rows import directive_row
from danvan_nlp.tables.schema import TABLES
from danvan_nlp.types import Directive

_COUNTS = ("n_mentions", "n_documents")


def merge_directives(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Merge the directive rows of all documents.

    Parameters
    ----------
    rows : iterable of dict
        Rows of single documents.

    Returns
    -------
    list of dict
        One row a directive, the most cited first; counts are summed.
    """
    stated: list[Directive] = []
    mentions, documents = Counter[str](), Counter[str]()
    for row in rows:
        facts = {name: value for name, value in row.items() if name not in _COUNTS}
        stated.append(Directive(**{**facts, "aliases": tuple(row["aliases"])}))
        mentions[row["target_id"]] += row["n_mentions"]
        documents[row["target_id"]] += row["n_documents"]
    merged = [directive_row(d, mentions[d.target_id], documents[d.target_id]) for d in linking.merge(stated)]
    return sorted(merged, key=lambda row: (-row["n_mentions"], row["target_id"]))


def merge_findings(rows: dict[str, list[dict[str, Any]]], across: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put findings between documents among those of each document.

    Parameters
    ----------
    rows : dict of str to list of dict
        The tables of all documents.
    across : iterable of dict
        Rows of findings that hold one document against another.

    Returns
    -------
    list of dict
        In the order of the documents and their texts.
    """
    order = {row["doc_id"]: n for n, row in enumerate(rows["documents"])}
    empty = dict.fromkeys(TABLES["findings"])
    together = [*rows["findings"], *(empty | row for row in across)]
    return sorted(together, key=lambda row: (order[row["doc_id"]], row["start"], row["end"], row["kind"]))
