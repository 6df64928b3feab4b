"""Linking: which document each mention means, how documents act on one another, and the slips."""

from danvan_nlp.linking.registry import Entry, Registry, RegistryError, load_registry
from danvan_nlp.linking.relate import relations
from danvan_nlp.linking.resolve import link, report_target

__all__ = ["Entry", "Registry", "RegistryError", "link", "load_registry", "relations", "report_target"]
