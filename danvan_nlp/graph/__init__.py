"""Who cites what: the citation graph, its measures, and the cascade of a directive."""

from danvan_nlp.graph.build import Evidence
from danvan_nlp.graph.cascade import Cascade
from danvan_nlp.graph.graph import CitationGraph

__all__ = ["Cascade", "CitationGraph", "Evidence"]
