"""Statistics: the figures of the appendices as one list, the figures of the prose, and whether they add up."""

from danvan_nlp.indicators.extract import extract

__all__ = ["extract"]
