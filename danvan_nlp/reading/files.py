"""Inputs of a run: files, folders and globs turned into a list of paths, and each path into a source."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading.text import decode
from danvan_nlp.types import Source

FORMATS = {".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md"}
_LARGEST = 512 * 1024 * 1024
_GLOB = set("*?[")


@dataclass(frozen=True, slots=True)
class Problem:
    """A row of the ``problems`` table: what could not be read, at which stage, and what to do."""

    path: str
    stage: str
    error: str
    message: str


def find_inputs(inputs: Iterable[str | os.PathLike[str]]) -> tuple[list[Path], list[Problem]]:
    """List the files that inputs name.

    Parameters
    ----------
    inputs : iterable of path-like
        Files, folders (read with everything below them, hidden names aside) and globs.

    Returns
    -------
    paths : list of Path
        Every file once, in the order of the inputs, a folder's files by name.
    problems : list of Problem
        Inputs that do not exist, folders without permission, globs that match nothing.
    """
    paths: dict[Path, None] = {}
    problems: list[Problem] = []
    for name in inputs:
        given = os.fspath(name)
        path = Path(given)
        if path.is_dir():
            for entry in _walk(path, problems):
                paths[entry] = None
        elif os.path.lexists(path):
            paths[path] = None
        elif _GLOB & set(given):
            found = sorted(glob.glob(given, recursive=True))
            if not found:
                problems.append(
                    Problem(given, "find", "no_match", "the pattern matches no file; check the folder's name")
                )
            more, below = find_inputs(found)
            paths.update(dict.fromkeys(more))
            problems.extend(below)
        else:
            problems.append(Problem(given, "find", "not_found", "no such file or folder; check the path"))
    return list(paths), problems


def _walk(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        reason = error.strerror or type(error).__name__
        where = str(error.filename or folder)
        problems.append(Problem(where, "find", "unreadable_folder", f"{reason}; give yourself the right to read it"))

    for root, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(root, name)


def read_source(path: str | os.PathLike[str]) -> Source:
    """Read one file.

    Parameters
    ----------
    path : path-like
        A ``.txt`` or ``.md`` file.

    Returns
    -------
    Source
        Its decoded text.

    Raises
    ------
    ReadingError
        The file cannot be read, has a format that is not supported, or is not text.
    """
    path = Path(path)
    form = FORMATS.get(path.suffix.lower())
    try:
        if path.is_symlink() and not path.exists():
            raise ReadingError(
                "broken_link", f"the link points to {os.readlink(path)}, which does not exist; mend or remove it"
            )
        if form is None:
            known = ", ".join(sorted(FORMATS))
            raise ReadingError(
                "unsupported_format",
                f"files of type {path.suffix or '(none)'} are not read yet; save as one of {known}",
            )
        if not path.is_file():
            raise ReadingError("not_a_file", "not a regular file; give files, folders or globs")
        if path.stat().st_size > _LARGEST:
            raise ReadingError("too_large", f"larger than {_LARGEST // 2**20} MiB; split the file into its reports")
        data = path.read_bytes()
    except OSError as error:
        raise ReadingError("unreadable", f"{error.strerror or error}; check the file's permissions") from error
    return Source(decode(data), form, hashlib.sha256(data).hexdigest())
