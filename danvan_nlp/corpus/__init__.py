"""Explore a run: filter it, search it, count it; every row leads back to its sentence."""

from danvan_nlp.corpus.compare import Comparison
from danvan_nlp.corpus.corpus import Corpus
from danvan_nlp.corpus.save import save_table

__all__ = ["Comparison", "Corpus", "save_table"]
