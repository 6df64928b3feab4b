"""The folder of a run: told from any other folder, and written so that its files appear whole, or not at all."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_nlp.errors import UsageError
from danvan_nlp.tables import TABLES, Format, write_table

if TYPE_CHECKING:
    from danvan_nlp.results import Rows

SHARDS, TEXTS, RECORD = "shards", "texts", "run.json"
_UNFINISHED = ".danvan-unfinished"
# Nothing is ever deleted but by a name that a run gives; what a killed one wrote aside has a process behind its name.
_SHARD_NAME = re.compile(r"\.?[0-9a-f]{16}-[0-9a-f]{12}\.json(\.\d+)?")
_TEXT_NAME = re.compile(r"\.?[0-9a-f]{16}\.txt(\.\d+)?")


def is_run(folder: Path) -> bool:
    """Whether a folder is one that a run wrote, or began to write."""
    return (folder / _UNFINISHED).is_file() or read_record(folder) is not None


def read_record(folder: Path) -> dict[str, Any] | None:
    """The record of a run that was finished; None where the folder holds none."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return record if record["package"]["name"] == "danvan_nlp" else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def check_folder(out: Path, form: Format, *, resume: bool, overwrite: bool) -> None:
    """Refuse a folder in which something would be lost; nothing is touched.

    Raises
    ------
    UsageError
        The folder holds something else than a run, or a run and no word of what to do with it.
    """
    if resume and overwrite:
        raise UsageError("--resume and --overwrite contradict each other; give one of them")
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file; give a folder for --out")
    if not out.is_dir() or not any(out.iterdir()):
        return
    if not is_run(out):
        raise UsageError(f"{out} holds files, but no run for --resume or --overwrite; give a new folder for --out")
    if not resume and not overwrite:
        raise UsageError(
            f"{out} is not empty; give --resume to go on with its run, --overwrite to replace it, or another folder"
        )
    record = read_record(out)
    foreign = [f"{name}.{form}" for name in TABLES if (out / f"{name}.{form}").exists()]
    if record is not None and record["options"]["format"] != form and foreign:
        raise UsageError(f"{out} holds {foreign[0]}, which its run did not write; move it, or give another folder")


def check_apart(out: Path, paths: Iterable[Path]) -> None:
    """Refuse to read what lies in the folder that is written to.

    Raises
    ------
    UsageError
        One of the paths does.
    """
    whole = out.resolve()
    for path in paths:
        if path.resolve().is_relative_to(whole):
            raise UsageError(f"{path} is to be read and lies in {out}; give a folder for --out that holds no reports")


def open_folder(out: Path) -> None:
    """Make the folder, and mark it as a run's before anything is written into it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        if read_record(out) is None:
            _mark(out)
    except OSError as error:
        raise UsageError(f"{out} cannot be made ({error.strerror}); give a folder that you may write to") from error


def _mark(out: Path) -> None:
    (out / _UNFINISHED).write_text("danvan run writes this folder\n", encoding="utf-8")


def write_whole(path: Path, text: str) -> None:
    """Write a file aside and rename it."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("w", encoding="utf-8", newline="") as out:
        out.write(text)
    aside.replace(path)


def write_run(rows: Rows, texts: Mapping[str, str], record: dict[str, Any], out: Path, shards: Iterable[Path]) -> None:
    """Put a run in the place of the one before: tables and texts first, then the record, which says that it is whole.

    Parameters
    ----------
    rows : dict of str to list of dict
        The tables.
    texts : mapping of str to str
        The text of every document, by its id.
    record : dict
        What ``run.json`` is to hold.
    out : Path
        The folder.
    shards : iterable of Path
        The shards that the tables were made of; all others go.
    """
    form, before = record["options"]["format"], read_record(out)
    with tempfile.TemporaryDirectory(prefix=".danvan-", dir=out) as aside:
        written = [write_table(rows[name], name, Path(aside), form) for name in TABLES]
        if before is not None and before["options"]["format"] != form:
            for name in TABLES:
                (out / f"{name}.{before['options']['format']}").unlink(missing_ok=True)
        _mark(out)
        (out / RECORD).unlink(missing_ok=True)
        for path in written:
            path.replace(out / path.name)
    (out / TEXTS).mkdir(exist_ok=True)
    for doc_id, text in texts.items():
        write_whole(out / TEXTS / f"{doc_id}.txt", text)
    write_whole(out / RECORD, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    (out / _UNFINISHED).unlink()
    _tidy(out / TEXTS, _TEXT_NAME, {f"{doc_id}.txt" for doc_id in texts})
    _tidy(out / SHARDS, _SHARD_NAME, {shard.name for shard in shards})


def _tidy(folder: Path, ours: re.Pattern[str], kept: set[str]) -> None:
    """Delete what earlier runs wrote and this one has no use for."""
    for path in folder.iterdir():
        if ours.fullmatch(path.name) and path.name not in kept:
            path.unlink()
