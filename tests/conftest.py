"""Places that tests read from."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run: a change is judged by what it changes, not by luck.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def real_reports() -> Path:
    """Folder of the real reports, which stand beside the project; the test is skipped where they are absent."""
    folder = ROOT.parent / "shared" / "reports"
    if not folder.is_dir():
        pytest.skip("needs the real reports in ../shared/reports, which are not part of the project")
    return folder
