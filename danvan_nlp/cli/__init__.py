"""The command line: ``danvan``."""

from danvan_nlp.cli import convert, labels, report, run, themes
from danvan_nlp.cli.app import app, main

__all__ = ["app", "convert", "labels", "main", "report", "run", "themes"]
