"""Linking: which document each mention means, how documents act on one another, and the slips."""

from danvan_nlp.linking.directives import directives, merge
from danvan_nlp.linking.findings import findings
from danvan_nlp.linking.reasons import in_words
from danvan_nlp.linking.registry import Entry, Registry, load_registry
from danvan_nlp.linking.relate import relations
from danvan_nlp.linking.resolve import link, report_target

__all__ = [
    "Entry", "Registry", "directives", "findings", "in_words", "link", "load_registry", "merge", "relations",
    "report_target",
]  # fmt: skip
