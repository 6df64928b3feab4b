"""Language: the comparison key of a text, sentence boundaries and word tokens."""

from danvan_nlp.language.key import Key, fold, make_key, slug

__all__ = ["Key", "fold", "make_key", "slug"]
