"""The command line: ``danvan``."""

from danvan_nlp.cli import check, convert, explore, graph, labels, refs, report, run, themes
from danvan_nlp.cli.app import app, main

__all__ = ["app", "check", "convert", "explore", "graph", "labels", "main", "refs", "report", "run", "themes"]
