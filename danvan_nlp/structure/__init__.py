"""Structure: a source's lines read into header, section tree and units with their roles."""

from danvan_nlp.structure.parse import parse

__all__ = ["parse"]
