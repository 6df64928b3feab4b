"""The command line: ``danvan``."""

from danvan_nlp.cli import report, run
from danvan_nlp.cli.app import app, main

__all__ = ["app", "main", "report", "run"]
