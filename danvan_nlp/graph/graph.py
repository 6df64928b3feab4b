"""The citation graph: made from a run, asked with its verbs, written for other tools."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from danvan_nlp.corpus.corpus import Corpus
from danvan_nlp.graph.build import CITES, Builder
from danvan_nlp.graph.cascade import cascade
from danvan_nlp.graph.export import to_dot, to_gexf, to_graphml, to_jsonld, to_neo4j_csv
from danvan_nlp.graph.measures import co_citation, communities, coupling, most_cited, pagerank
from danvan_nlp.graph.page import to_html

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

_FACTS = ("type", "number", "symbol", "scope", "issuer", "place", "level", "date", "year", "title")


@dataclass(frozen=True)
class CitationGraph:
    """Who cites what.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        Nodes by id: a ``target_id``; for a report without one, its ``doc_id``; for a reference without a target,
        ``?<what it says>@<doc_id>``. A node has ``kind`` (``report``, ``directive``, ``unresolved``), ``label``,
        ``type``, ``number``, ``symbol``, ``scope``, ``issuer``, ``place``, ``level``, ``date``, ``year``, ``title``,
        ``doc_ids``. An edge's key is its ``type``: ``cites``, a relation of the data contract, or ``issued_for``
        where a sentence says that a local document was issued upon another ("Thực hiện Kết luận 114, Tỉnh ủy ban hành
        Kế hoạch 12") and no relation between the two is stated. It has ``n``
        (mentions), ``date`` (of the citing report) and ``evidence``, a list of :class:`Evidence`.
    corpus : Corpus or None
        Where the sentences stand.

    Examples
    --------
    >>> CitationGraph.from_run("demo").most_cited().head(3)  # doctest: +SKIP
    """

    graph: nx.MultiDiGraph
    corpus: Corpus | None = None

    def __repr__(self) -> str:
        return f"<CitationGraph: {len(self.graph):,} documents, {self.graph.number_of_edges():,} edges>"

    # The verbs, each in a module of its own.
    most_cited = most_cited
    co_citation = co_citation
    coupling = coupling
    communities = communities
    pagerank = pagerank
    cascade = cascade
    to_html = to_html
    to_graphml = to_graphml
    to_gexf = to_gexf
    to_dot = to_dot
    to_jsonld = to_jsonld
    to_neo4j_csv = to_neo4j_csv

    @classmethod
    def from_run(cls, folder: str | os.PathLike[str]) -> CitationGraph:
        """The graph of a run in Parquet."""
        return cls.from_corpus(Corpus.from_run(folder))

    @classmethod
    def from_corpus(cls, corpus: Corpus) -> CitationGraph:
        """The graph of what the sentences of a corpus cite; of all its reports, also those that cite nothing."""
        return cls(Builder(corpus).build(), corpus)

    @cached_property
    def citations(self) -> list[tuple[str, str, dict[str, Any]]]:
        """The edges of type ``cites`` from one node to another; a report's mentions of itself are left out."""
        return [(u, v, data) for u, v, key, data in self.graph.edges(keys=True, data=True) if key == CITES and u != v]

    @property
    def nodes(self) -> pd.DataFrame:
        """One row a node."""
        import pandas as pd

        columns = ["node", "kind", "label", *_FACTS]
        rows = [{"node": node, **data} for node, data in self.graph.nodes(data=True)]
        frame = pd.DataFrame([{c: row.get(c) for c in columns} for row in rows], columns=columns)
        return frame.astype({c: "Int64" if c == "year" else "string" for c in columns})

    @property
    def edges(self) -> pd.DataFrame:
        """One row for each sentence that bears an edge out."""
        import pandas as pd

        rows = [
            (u, v, key, data["n"], data["date"], *evidence)
            for u, v, key, data in self.graph.edges(keys=True, data=True)
            for evidence in data["evidence"]
        ]
        columns = ["source", "target", "type", "n", "date", "doc_id", "sentence_id", "start", "end"]
        frame = pd.DataFrame(rows, columns=columns)
        return frame.astype({c: "int64" if c in ("n", "start", "end") else "string" for c in columns})
