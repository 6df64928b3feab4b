"""The run that the notebooks open: the user's own, or one of the project's annotated reports."""

from __future__ import annotations

import os
from pathlib import Path

import danvan_nlp
from danvan_nlp.annotated import read_annotated

ROOT = Path(__file__).resolve().parent.parent


def sample_run() -> Path:
    """The folder that ``DANVAN_RUN`` names; without it a run of the annotated reports, made the first time."""
    chosen = os.environ.get("DANVAN_RUN")
    return Path(chosen) if chosen else run_annotated(ROOT / "demo-notebooks")


def run_annotated(folder: Path) -> Path:
    """Run the annotated reports into a folder, where that was not done."""
    if not (folder / "run.json").exists():
        texts = folder.with_name(f"{folder.name}-texts")
        texts.mkdir(parents=True, exist_ok=True)
        for path in sorted((ROOT / "corpora" / "annotated").glob("*.txt")):
            (texts / path.name).write_text(read_annotated(path).text, encoding="utf-8", newline="")
        danvan_nlp.run([texts], folder, resume=folder.exists())
    return folder
