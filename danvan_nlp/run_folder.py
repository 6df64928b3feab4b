"""The folder of a run: made ready, and written so that its files appear whole, or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from danvan_nlp.errors import UsageError
from danvan_nlp.results import Rows
from danvan_nlp.tables import FORMATS, TABLES, Format, write_table

SHARDS, TEXTS, RECORD = "shards", "texts", "run.json"


def prepare_folder(out: Path, *, resume: bool, overwrite: bool) -> None:
    """Refuse a folder that holds something, unless the user says what to do with it."""
    if resume and overwrite:
        raise UsageError("--resume and --overwrite contradict each other; give one of them")
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file; give a folder for --out")
    holds = sorted(p.name for p in out.iterdir()) if out.is_dir() else []
    if holds and not resume and not overwrite:
        raise UsageError(
            f"{out} is not empty; give --resume to go on with its run, --overwrite to replace it, or another folder"
        )
    if overwrite:
        ours = {SHARDS, TEXTS, RECORD} | {f"{table}.{form}" for table in TABLES for form in FORMATS}
        foreign = [name for name in holds if name not in ours and not name.startswith(".danvan-")]
        if foreign:
            raise UsageError(
                f"{out} holds files that no run wrote ({', '.join(foreign[:3])}); move them, or give another folder"
            )
        for name in holds:
            path = out / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out} cannot be made ({error.strerror}); give a folder that you may write to") from error


def write_whole(path: Path, text: str) -> None:
    """Write a file aside and rename it."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("w", encoding="utf-8", newline="") as out:
        out.write(text)
    aside.replace(path)


def write_run(rows: Rows, record: dict[str, Any], out: Path, form: Format) -> None:
    """Write all tables aside, then rename them; the record comes last and says that the run is whole."""
    with tempfile.TemporaryDirectory(prefix=".danvan-", dir=out) as aside:
        written = [write_table(rows[name], name, Path(aside), form) for name in TABLES]
        (out / RECORD).unlink(missing_ok=True)
        for stale in (out / f"{name}.{other}" for name in TABLES for other in FORMATS if other != form):
            stale.unlink(missing_ok=True)
        for path in written:
            path.replace(out / path.name)
        kept = {f"{row['doc_id']}.txt" for row in rows["documents"]}
        for text in (out / TEXTS).iterdir():
            if text.name not in kept:
                text.unlink()
    write_whole(out / RECORD, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
