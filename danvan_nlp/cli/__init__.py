"""The command line: ``danvan``."""

from danvan_nlp.cli import convert, explore, labels, report, run, themes
from danvan_nlp.cli.app import app, main

__all__ = ["app", "convert", "explore", "labels", "main", "report", "run", "themes"]
