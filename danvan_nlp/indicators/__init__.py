"""Statistics: the figures of the appendices as one list, the figures of the prose, and whether they add up."""

from danvan_nlp.indicators.appendix.extract import extract
from danvan_nlp.indicators.appendix.notices import notices
from danvan_nlp.indicators.checks.across import across
from danvan_nlp.indicators.checks.check import check
from danvan_nlp.indicators.prose import quantities

__all__ = ["across", "check", "extract", "notices", "quantities"]
