"""The small runs of ``tests/corpus``, for the tests of the graph."""

from __future__ import annotations

import importlib.util
from pathlib import Path

_spec = importlib.util.spec_from_file_location("small_runs", Path(__file__).parents[1] / "corpus" / "runs.py")
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
make_run = _module.make_run
