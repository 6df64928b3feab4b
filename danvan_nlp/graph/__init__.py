"""Who cites what: the citation graph, its measures, and the cascade of a directive."""

from danvan_nlp.graph.build import CitationGraph, Evidence
from danvan_nlp.graph.cascade import Cascade, cascade
from danvan_nlp.graph.export import to_dot, to_gexf, to_graphml, to_jsonld, to_neo4j_csv
from danvan_nlp.graph.measures import co_citation, communities, coupling, most_cited, pagerank

__all__ = [
    "Cascade",
    "CitationGraph",
    "Evidence",
    "cascade",
    "co_citation",
    "communities",
    "coupling",
    "most_cited",
    "pagerank",
    "to_dot",
    "to_gexf",
    "to_graphml",
    "to_jsonld",
    "to_neo4j_csv",
]
