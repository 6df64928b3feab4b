"""The graph of who cites what: reports and directives, typed edges, the sentences that bear each edge out."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from danvan_nlp.corpus.corpus import Corpus
from danvan_nlp.corpus.store import records
from danvan_nlp.localities import provinces
from danvan_nlp.summary import display_name

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

CITES = "cites"
_SLUG = re.compile(r"[a-z0-9-]+")


class Evidence(NamedTuple):
    """The sentence that an edge stands on, and the range of the mention in the document's text."""

    doc_id: str
    sentence_id: str | None
    start: int
    end: int


@dataclass(frozen=True)
class CitationGraph:
    """Who cites what.

    Parameters
    ----------
    graph : networkx.MultiDiGraph
        Nodes by id: a ``target_id``; for a report without one, its ``doc_id``; for a reference without a target,
        ``?<what it says>@<doc_id>``. A node has ``kind`` (``report``, ``directive``, ``unresolved``), ``label``,
        ``type``, ``number``, ``symbol``, ``scope``, ``issuer``, ``place``, ``level``, ``date``, ``year``, ``title``,
        ``doc_ids``. An edge's key is its ``type`` (``cites`` or a relation of the data contract); it has ``n``
        (mentions), ``date`` (of the citing report) and ``evidence``, a list of :class:`Evidence`.
    corpus : Corpus or None
        Where the sentences stand.

    Examples
    --------
    >>> CitationGraph.from_run("demo").most_cited().head(3)  # doctest: +SKIP
    """

    graph: nx.MultiDiGraph
    corpus: Corpus | None = field(default=None, repr=False)

    @classmethod
    def from_run(cls, folder: str | os.PathLike[str]) -> CitationGraph:
        """The graph of a run in Parquet."""
        return cls.from_corpus(Corpus.from_run(folder))

    @classmethod
    def from_corpus(cls, corpus: Corpus) -> CitationGraph:
        """The graph of what the sentences of a corpus cite; of all its reports, also those that cite nothing."""
        return cls(_Builder(corpus).build(), corpus)

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

    def most_cited(self, *, limit: int | None = None) -> pd.DataFrame:
        """Nodes by the number of reports that cite them; see :func:`danvan_nlp.graph.measures.most_cited`."""
        from danvan_nlp.graph.measures import most_cited

        return most_cited(self, limit=limit)

    def co_citation(self, *, min_count: int = 2) -> pd.DataFrame:
        """Pairs cited together; see :func:`danvan_nlp.graph.measures.co_citation`."""
        from danvan_nlp.graph.measures import co_citation

        return co_citation(self, min_count=min_count)

    def coupling(self, *, min_count: int = 2) -> pd.DataFrame:
        """Reports that cite the same; see :func:`danvan_nlp.graph.measures.coupling`."""
        from danvan_nlp.graph.measures import coupling

        return coupling(self, min_count=min_count)

    def communities(self, *, seed: int = 0) -> pd.DataFrame:
        """Groups of nodes; see :func:`danvan_nlp.graph.measures.communities`."""
        from danvan_nlp.graph.measures import communities

        return communities(self, seed=seed)

    def pagerank(self, *, by_year: bool = False) -> pd.DataFrame:
        """Standing of each node; see :func:`danvan_nlp.graph.measures.pagerank`."""
        from danvan_nlp.graph.measures import pagerank

        return pagerank(self, by_year=by_year)


_FACTS = ("type", "number", "symbol", "scope", "issuer", "place", "level", "date", "year", "title")


class _Builder:
    """Makes the nodes first, then the edges between them."""

    def __init__(self, corpus: Corpus) -> None:
        import networkx as nx

        self.corpus = corpus
        self.graph: Any = nx.MultiDiGraph()
        self.documents = records(corpus.documents)
        self.node_of = {d["doc_id"]: _text(d["target_id"]) or d["doc_id"] for d in self.documents}
        self.date_of = {d["doc_id"]: _text(d["date"]) for d in self.documents}
        self.places = {
            _text(d["locality"]): (_text(d["place"]), _text(d["admin_level"]))
            for d in self.documents
            if _text(d["locality"])
        }

    def build(self) -> Any:
        references = records(self.corpus.references)
        cited = {_text(r["target_id"]) for r in references}
        for row in records(self.corpus.store.read("directives")):
            if row["target_id"] in cited:
                self._directive(row)
        for row in self.documents:
            self._report(row)
        ids = {}
        for row in references:
            ids[row["ref_id"]] = target = _text(row["target_id"]) or self._unresolved(row)
            if row["kind"] != "self":
                self._edge(self.node_of[row["doc_id"]], target, CITES, row)
        self._relations(ids)
        return self.graph

    def _directive(self, row: dict[str, Any]) -> None:
        scope = _text(row["scope"])
        place, level = self._of_scope(scope)
        facts: dict[str, Any] = {c: _text(row[c]) for c in ("type", "number", "symbol", "issuer", "date", "title")}
        facts |= {"scope": scope, "place": place, "level": level, "year": _year(row["date"]) or _year(row["year"])}
        self.graph.add_node(row["target_id"], kind="directive", label=_label(facts, row["target_id"]), **_lean(facts))

    def _of_scope(self, scope: str | None) -> tuple[str | None, str | None]:
        """Place and level that a scope stands for: a slug is a locality, anything else a body of the centre."""
        if scope is None:
            return None, None
        if not _SLUG.fullmatch(scope):
            return None, "trung_uong"
        if scope in self.places:
            return self.places[scope]
        province = provinces().get(scope)
        return (province.name, "cap_tinh") if province else (None, None)

    def _report(self, row: dict[str, Any]) -> None:
        node = self.node_of[row["doc_id"]]
        facts: dict[str, Any] = {c: _text(row[c]) for c in ("number", "symbol", "issuer", "place", "date", "title")}
        facts |= {"type": _text(row["doc_type"]), "level": _text(row["admin_level"]), "scope": _text(row["locality"])}
        facts["year"] = _year(row["date"])
        # Two files of one report are one node with both documents.
        known = self.graph.nodes[node].get("doc_ids", []) if node in self.graph else []
        label = _label(facts, node)
        self.graph.add_node(node, kind="report", label=label, doc_ids=[*known, row["doc_id"]], **_lean(facts))

    def _unresolved(self, row: dict[str, Any]) -> str:
        """A node of its own for each document: nobody knows whether two reports mean the same."""
        number, symbol = _text(row["number"]), _text(row["symbol"])
        says = f"{number}-{symbol}" if number and symbol else " ".join(str(row["surface"]).split())
        node = f"?{says}@{row['doc_id']}"
        if node not in self.graph:
            facts: dict[str, Any] = {c: _text(row[c]) for c in ("type", "number", "symbol", "issuer", "date", "title")}
            facts["year"] = _year(row["date"]) or _year(row["year"])
            self.graph.add_node(node, kind="unresolved", label=" ".join(str(row["surface"]).split()), **_lean(facts))
        return node

    def _relations(self, ids: dict[str, str]) -> None:
        for row in records(self.corpus.store.read("relations")):
            own = self.node_of.get(row["doc_id"])
            source = own if row["source_ref_id"] == "self" else ids.get(row["source_ref_id"])
            target = ids.get(row["target_ref_id"])
            if source and target:
                self._edge(source, target, row["type"], row)

    def _edge(self, source: str, target: str, kind: str, row: dict[str, Any]) -> None:
        found = Evidence(row["doc_id"], _text(row["sentence_id"]), int(row["start"]), int(row["end"]))
        for node in (source, target):
            if node not in self.graph:
                self.graph.add_node(node, kind="directive", label=node)
        if self.graph.has_edge(source, target, kind):
            data = self.graph.edges[source, target, kind]
            data["n"] += 1
            data["evidence"].append(found)
        else:
            date = self.date_of[row["doc_id"]]
            self.graph.add_edge(source, target, kind, type=kind, n=1, date=date, evidence=[found])


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _year(value: Any) -> int | None:
    text = _text(value)
    return int(text[:4]) if text and text[:4].isdigit() else None


def _lean(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}


def _label(facts: dict[str, Any], node: str) -> str:
    """How people name a document; its id where it has neither number nor title.

    Examples
    --------
    >>> _label({"type": "kết luận", "number": "114", "symbol": "KL/TW", "year": 2015}, "114-KL/TW@TW@2015")
    'Kết luận 114-KL/TW (2015)'
    """
    if not facts.get("number") and not facts.get("title"):
        return node
    row = {name: facts.get(name) for name in ("type", "number", "symbol", "title")}
    year = facts.get("year")
    return display_name({**row, "year": None if year is None else str(year)})
