"""The citation graph for other tools: GraphML, GEXF, DOT, CSV for Neo4j's import, JSON-LD with the terms of ELI."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from danvan_nlp.pages.html import xml_text
from danvan_nlp.tables.sheet import guard

if TYPE_CHECKING:
    from danvan_nlp.graph.graph import CitationGraph

ELI = "http://data.europa.eu/eli/ontology#"
VOCABULARY = "urn:danvan:vocabulary:"
_NODES = "urn:danvan:document:"
# ELI has no narrower term for the relations that are left out here: they become eli:related_to.
_ELI_OF = {
    "cites": "cites",
    "implements": "implements",
    "based_on": "based_on",
    "amends": "amends",
    "replaces": "repeals",
    "guides": "applies",
}
_NODE_COLUMNS = (
    *("kind", "label", "type", "number", "symbol", "scope", "issuer", "place", "level", "date", "year", "title"),
    "doc_ids",
)


def _plain(graph: CitationGraph) -> Any:
    """The graph with text and numbers alone; what a node or edge lists becomes JSON text.

    ``relation`` stands for an edge's ``type``, which GEXF keeps for itself.
    """
    import networkx as nx

    plain: Any = nx.MultiDiGraph()
    for node, data in graph.graph.nodes(data=True):
        plain.add_node(xml_text(node), **{name: _scalar(value) for name, value in data.items()})
    for source, target, key, data in graph.graph.edges(keys=True, data=True):
        facts = {"relation": key, "n": data["n"], "date": data["date"] or "", "evidence": data["evidence"]}
        facts = {name: _scalar(value) for name, value in facts.items()}
        plain.add_edge(xml_text(source), xml_text(target), key=key, **facts)
    return plain


def _scalar(value: Any) -> str | int:
    if isinstance(value, list):
        return xml_text(json.dumps(value, ensure_ascii=False))
    return value if isinstance(value, int) else xml_text(str(value))


def to_graphml(graph: CitationGraph, path: str | os.PathLike[str]) -> Path:
    """Write GraphML (for yEd, Gephi, igraph); characters that XML cannot hold become U+FFFD.

    Examples
    --------
    >>> CitationGraph.from_run("demo").to_graphml("graph.graphml")  # doctest: +SKIP
    """
    import networkx as nx

    nx.write_graphml(_plain(graph), path, named_key_ids=True, edge_id_from_attribute=None)
    return Path(path)


def to_gexf(graph: CitationGraph, path: str | os.PathLike[str]) -> Path:
    """Write GEXF (for Gephi); characters that XML cannot hold become U+FFFD."""
    import networkx as nx

    nx.write_gexf(_plain(graph), path)
    return Path(path)


def to_dot(graph: CitationGraph, path: str | os.PathLike[str]) -> Path:
    """Write DOT (for Graphviz)."""
    shapes = {"report": "box", "directive": "ellipse", "unresolved": "diamond"}
    lines = ["digraph citations {", "  rankdir=LR;"]
    for node, data in graph.graph.nodes(data=True):
        label, shape = _quoted(data["label"]), shapes[data["kind"]]
        lines.append(f"  {_quoted(node)} [label={label}, shape={shape}, kind={data['kind']}];")
    for source, target, key, data in graph.graph.edges(keys=True, data=True):
        style = "" if key == "cites" else ", style=bold"
        ends = f"{_quoted(source)} -> {_quoted(target)}"
        lines.append(f"  {ends} [label={_quoted(key)}, weight={data['n']}{style}];")
    lines.append("}")
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Path(path)


def _quoted(text: str) -> str:
    """A DOT string: quotes and backslashes escaped, on one line, no character that ends a C string.

    Examples
    --------
    >>> print(_quoted('a "b"'))
    "a \\"b\\""
    """
    return '"' + _on_one_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _on_one_line(text: str) -> str:
    return " ".join(xml_text(text).split())


def to_neo4j_csv(graph: CitationGraph, folder: str | os.PathLike[str]) -> tuple[Path, Path]:
    """Write ``nodes.csv`` and ``relationships.csv`` for ``neo4j-admin database import``.

    A cell that a spreadsheet would take for a formula is guarded by an apostrophe, as in the tables of a run; a line
    break becomes a blank, so that the import needs no option for texts of several lines.

    Parameters
    ----------
    graph : CitationGraph
        The graph.
    folder : path-like
        Made where it does not exist.

    Returns
    -------
    nodes, relationships : Path
    """
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    types = {"year": "year:int", "doc_ids": "doc_ids:string[]"}
    header = ["id:ID", *(types.get(c, c) for c in _NODE_COLUMNS), ":LABEL"]
    rows: list[list[Any]] = [header]
    for node, data in graph.graph.nodes(data=True):
        cells = [";".join(v) if isinstance(v := data.get(c, ""), list) else v for c in _NODE_COLUMNS]
        rows.append([node, *cells, data["kind"].capitalize()])
    nodes = _write_csv(out / "nodes.csv", rows)
    rows = [[":START_ID", ":END_ID", ":TYPE", "n:int", "date", "doc_id", "sentence_id", "start:int", "end:int"]]
    for source, target, key, data in graph.graph.edges(keys=True, data=True):
        first = data["evidence"][0]
        rows.append([source, target, key.upper(), data["n"], data["date"] or "", *first])
    return nodes, _write_csv(out / "relationships.csv", rows)


def _write_csv(path: Path, rows: list[list[Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        for row in rows:
            writer.writerow([guard(_on_one_line(cell)) if isinstance(cell, str) else cell for cell in row])
    return path


def to_jsonld(graph: CitationGraph, path: str | os.PathLike[str]) -> Path:
    """Write JSON-LD with the terms of the European Legislation Identifier (ELI).

    ``cites``, ``implements``, ``based_on`` and ``amends`` are ELI's own; ``replaces`` is ``eli:repeals``, ``guides`` is
    ``eli:applies``, every other relation ``eli:related_to``. The relation's own name and its sentences stand beside in
    this package's vocabulary.

    References
    ----------
    ELI ontology, http://data.europa.eu/eli/ontology
    """
    context: dict[str, Any] = {"eli": ELI, "danvan": VOCABULARY, "xsd": "http://www.w3.org/2001/XMLSchema#"}
    context |= {f"eli:{term}": {"@type": "@id"} for term in {*_ELI_OF.values(), "related_to"}}
    items = [_item(graph, node, data) for node, data in graph.graph.nodes(data=True)]
    document = {"@context": context, "@graph": items}
    Path(path).write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    return Path(path)


def _iri(node: str) -> str:
    return _NODES + quote(node, safe="")


def _item(graph: CitationGraph, node: str, data: dict[str, Any]) -> dict[str, Any]:
    names = {"number": "eli:number", "type": "eli:type_document", "title": "eli:title", "issuer": "eli:passed_by"}
    item: dict[str, Any] = {"@id": _iri(node), "@type": "eli:LegalResource", "eli:id_local": node}
    item |= {"danvan:kind": data["kind"], "danvan:label": data["label"]}
    item |= {term: data[name] for name, term in names.items() if name in data}
    if "date" in data:
        date = data["date"]
        item["eli:date_document"] = {"@value": date, "@type": "xsd:date" if len(date) == 10 else "xsd:gYear"}
    for _, target, key, edge in graph.graph.out_edges(node, keys=True, data=True):
        item.setdefault(f"eli:{_ELI_OF.get(key, 'related_to')}", []).append(_iri(target))
        sentences = [evidence.sentence_id for evidence in edge["evidence"] if evidence.sentence_id]
        note = {"danvan:relation": key, "danvan:target": {"@id": _iri(target)}, "danvan:sentence": sentences}
        item.setdefault("danvan:edge", []).append(note)
    return item
