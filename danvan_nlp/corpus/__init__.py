"""Explore a run: filter it, search it, count it; every row leads back to its sentence."""

from danvan_nlp.corpus.corpus import Corpus
from danvan_nlp.corpus.kwic import kwic

__all__ = ["Corpus", "kwic"]
