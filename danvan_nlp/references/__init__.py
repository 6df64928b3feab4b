"""Find every mention of a directive in a report and read what it states: text in, mentions out."""

from danvan_nlp.references.find import find

__all__ = ["find"]
