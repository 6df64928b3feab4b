"""Read Vietnamese party and state reports on công tác dân vận: structure, themes, directives, statistics.

Names are loaded when they are first used, so that ``import danvan_nlp`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from danvan_nlp.analysis import read
    from danvan_nlp.batch import run
    from danvan_nlp.corpus import Corpus
    from danvan_nlp.errors import DanvanError
    from danvan_nlp.graph import CitationGraph
    from danvan_nlp.language.pipeline import load
    from danvan_nlp.markup import annotate
    from danvan_nlp.results import Run, open_run
    from danvan_nlp.tables import read_table
    from danvan_nlp.types import Report

__version__ = "0.1.0"
__all__ = [
    "CitationGraph",
    "Corpus",
    "DanvanError",
    "Report",
    "Run",
    "annotate",
    "load",
    "open_run",
    "read",
    "read_table",
    "run",
]

_PLACES = {
    "CitationGraph": "danvan_nlp.graph",
    "Corpus": "danvan_nlp.corpus",
    "DanvanError": "danvan_nlp.errors",
    "Report": "danvan_nlp.types",
    "Run": "danvan_nlp.results",
    "annotate": "danvan_nlp.markup",
    "load": "danvan_nlp.language.pipeline",
    "open_run": "danvan_nlp.results",
    "read": "danvan_nlp.analysis",
    "read_table": "danvan_nlp.tables",
    "run": "danvan_nlp.batch",
}


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        value = getattr(import_module(_PLACES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'danvan_nlp' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
