"""The graph of who cites what: reports and directives, typed edges, the sentences that bear each edge out."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any, NamedTuple

from danvan_nlp.corpus.corpus import Corpus
from danvan_nlp.corpus.names import document_name
from danvan_nlp.corpus.store import records
from danvan_nlp.graph.issued import issued_for, may_be_issued
from danvan_nlp.localities import provinces

CITES, ISSUED_FOR = "cites", "issued_for"
_SLUG = re.compile(r"[a-z0-9-]+")


class Evidence(NamedTuple):
    """The sentence that an edge stands on, and the range of the mention in the document's text."""

    doc_id: str
    sentence_id: str | None
    start: int
    end: int


class Builder:
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
        """The networkx graph."""
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
        self._issued(references, ids)
        return self.graph

    def _directive(self, row: dict[str, Any]) -> None:
        scope = _text(row["scope"])
        place, level = self._of_scope(scope)
        facts: dict[str, Any] = {c: _text(row[c]) for c in ("type", "number", "symbol", "issuer", "date", "title")}
        facts |= {"scope": scope, "place": place, "level": level, "year": _year(row["date"]) or _year(row["year"])}
        label = document_name({**row, **facts}, row["target_id"])
        self.graph.add_node(row["target_id"], kind="directive", label=label, **_lean(facts))

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
        label = document_name(facts, node)
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

    def _issued(self, references: list[dict[str, Any]], ids: dict[str, str]) -> None:
        """Edges to what a local document was issued for, where no relation says so already."""
        texts, starts = self.corpus.store.column("sentences", "text"), self.corpus.store.starts
        for sentence, group in groupby(sorted(references, key=_position), key=lambda r: r["sentence_id"]):
            mentions, row = list(group), self.corpus.store.sentence_rows.get(_text(sentence) or "")
            if row is None or len(mentions) < 2 or not any(may_be_issued(m) for m in mentions):
                continue
            base = int(starts[row])
            inside = [{**m, "start": m["start"] - base, "end": m["end"] - base} for m in mentions]
            for one, other in issued_for(texts[row].as_py(), inside):
                source, target = ids[one["ref_id"]], ids[other["ref_id"]]
                if self._carries_out(source, target):
                    place = {"start": one["start"] + base, "end": one["end"] + base}
                    self._edge(source, target, ISSUED_FOR, {**one, **place})

    def _carries_out(self, source: str, target: str) -> bool:
        """Whether a local document may have been issued for another: not before it, and no relation says more."""
        nodes = self.graph.nodes
        one, other = nodes[source], nodes[target]
        local = _SLUG.fullmatch(one.get("scope") or "") is not None
        issued, carried_out = one.get("date", ""), other.get("date", "")
        # A date may be known to the year alone: what is known of both has to be in order.
        known = min(len(issued), len(carried_out))
        in_order = issued[:known] >= carried_out[:known]
        told = any(key not in (CITES, ISSUED_FOR) for key in self.graph.get_edge_data(source, target) or ())
        return local and in_order and source != target and not told

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


def _position(row: dict[str, Any]) -> tuple[str, int]:
    return _text(row["sentence_id"]) or "", row["start"]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _year(value: Any) -> int | None:
    text = _text(value)
    return int(text[:4]) if text and text[:4].isdigit() else None


def _lean(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}
