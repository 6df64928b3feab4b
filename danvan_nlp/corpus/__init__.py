"""Explore a run: filter it, search it, count it; every row leads back to its sentence."""

from danvan_nlp.corpus.compare import Comparison, compare
from danvan_nlp.corpus.cooccurrence import cooccurrence
from danvan_nlp.corpus.corpus import Corpus
from danvan_nlp.corpus.keyness import keyness
from danvan_nlp.corpus.kwic import kwic
from danvan_nlp.corpus.phrases import phrases
from danvan_nlp.corpus.reuse import reuse
from danvan_nlp.corpus.save import save_table
from danvan_nlp.corpus.share import theme_share
from danvan_nlp.corpus.similar import similar_sentences

__all__ = [
    "Comparison",
    "Corpus",
    "compare",
    "cooccurrence",
    "keyness",
    "kwic",
    "phrases",
    "reuse",
    "save_table",
    "similar_sentences",
    "theme_share",
]
