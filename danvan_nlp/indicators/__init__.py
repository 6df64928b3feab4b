"""Statistics: the figures of the appendices as one list, the figures of the prose, and whether they add up."""

from danvan_nlp.indicators.checks import check
from danvan_nlp.indicators.extract import extract
from danvan_nlp.indicators.prose import quantities

__all__ = ["check", "extract", "quantities"]
