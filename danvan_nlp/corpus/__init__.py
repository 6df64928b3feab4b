"""Explore a run: filter it, search it, count it; every row leads back to its sentence."""

from danvan_nlp.corpus.cooccurrence import cooccurrence
from danvan_nlp.corpus.corpus import Corpus
from danvan_nlp.corpus.keyness import keyness
from danvan_nlp.corpus.kwic import kwic
from danvan_nlp.corpus.share import theme_share

__all__ = ["Corpus", "cooccurrence", "keyness", "kwic", "theme_share"]
