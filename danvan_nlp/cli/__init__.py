"""The command line: ``danvan``."""

from danvan_nlp.cli import check, convert, explore, labels, report, run, themes
from danvan_nlp.cli.app import app, main

__all__ = ["app", "check", "convert", "explore", "labels", "main", "report", "run", "themes"]
