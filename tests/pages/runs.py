"""The small runs of ``tests/corpus`` and the browser of ``tests/graph``, for the tests of the pages."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any


def _load(name: str, path: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent.parent / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_runs = _load("small_runs", "corpus/runs.py")
make_run, text_of = _runs.make_run, _runs.text_of
open_browser = _load("small_browser", "graph/browser.py").open_browser
