"""Inputs of a run: files, folders and globs turned into a list of paths, and each path into a source."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from danvan_nlp.errors import ReadingError
from danvan_nlp.paths import Paths, listed
from danvan_nlp.reading.formats import SUFFIXES, detect
from danvan_nlp.reading.limits import LARGEST_FILE, MIB
from danvan_nlp.reading.reading import Reading
from danvan_nlp.reading.text import read_text
from danvan_nlp.reading.zipped import containing_zip, is_packed, list_members, read_member
from danvan_nlp.run_folder import is_run
from danvan_nlp.types import Source

_GLOB = set("*?[")
_NOT_FOUND = "no such file or folder; check the path"
_RUN = "the tables of an earlier run, left out; give the reports that it was made from"


@dataclass(frozen=True, slots=True)
class Problem:
    """A row of the ``problems`` table: what could not be read, at which stage, and what to do."""

    path: str
    stage: str
    error: str
    message: str


def find_inputs(inputs: Paths, *, out: Path | None = None) -> tuple[list[Path], list[Problem]]:
    """List the files that inputs name.

    Parameters
    ----------
    inputs : path-like or iterable of path-like
        Files, folders (read with everything below them, hidden names and the folders of runs aside) and globs.
    out : Path, optional
        The folder of the run that reads them, which may stand among them.

    Returns
    -------
    paths : list of Path
        Every file once, in the order of the inputs, a folder's files by name; the members of a zip archive stand in its
        place, named as if it were a folder.
    problems : list of Problem
        Inputs that do not exist, folders without permission or with the tables of a run, globs that match nothing.

    Examples
    --------
    >>> find_inputs("no such folder")
    ([], [Problem(path='no such folder', stage='find', error='not_found', message='no such file or folder; check the \
path')])
    """
    paths: dict[Path, None] = {}
    problems: list[Problem] = []
    for given in listed(inputs):
        path = Path(given)
        if path.is_dir():
            for entry in _walk(path, out, problems):
                paths[entry] = None
        elif os.path.lexists(path):
            paths[path] = None
        elif _GLOB & set(given):
            found = sorted(glob.glob(given, recursive=True))
            if not found:
                problems.append(
                    Problem(given, "find", "no_match", "the pattern matches no file; check the folder's name")
                )
            more, below = find_inputs(found, out=out)
            paths.update(dict.fromkeys(more))
            problems.extend(below)
        else:
            problems.append(Problem(given, "find", "not_found", _NOT_FOUND))
    for path in [p for p in paths if is_packed(p)]:
        paths = _unfold(paths, path, problems)
    return list(paths), problems


def _unfold(paths: dict[Path, None], packed: Path, problems: list[Problem]) -> dict[Path, None]:
    """The paths with the members of an archive in its place."""
    try:
        members, refused = list_members(packed)
    except ReadingError as error:
        problems.append(Problem(str(packed), "find", error.code, error.message))
        members = []
    else:
        problems.extend(Problem(str(packed), "find", error.code, error.message) for error in refused)
    unfolded: dict[Path, None] = {}
    for path in paths:
        unfolded.update(dict.fromkeys(packed / name for name in members) if path == packed else {path: None})
    return unfolded


def _walk(folder: Path, out: Path | None, problems: list[Problem]) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        reason = error.strerror or type(error).__name__
        where = str(error.filename or folder)
        problems.append(Problem(where, "find", "unreadable_folder", f"{reason}; give yourself the right to read it"))

    for root, folders, names in os.walk(folder, onerror=refuse):
        if is_run(Path(root)):
            folders.clear()
            if out is None or Path(root).resolve() != out.resolve():
                problems.append(Problem(root, "find", "run_folder", _RUN))
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(root, name)


def read_source(path: str | os.PathLike[str]) -> Source:
    """Read one file.

    Parameters
    ----------
    path : path-like
        A report in a format of `danvan_nlp.reading.formats`, or a member of a zip archive, named as if the archive were
        a folder.

    Returns
    -------
    Source
        Its text, and what stands beside it.

    Raises
    ------
    ReadingError
        The file cannot be read, has a format that is not supported, or holds no text.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.html").write_text("<p>I. KẾT QUẢ</p><p>Đã tiếp 12 lượt.</p>", encoding="utf-8")
    ...     source = read_source(Path(folder, "a.html"))
    >>> source.format, source.text
    ('html', 'I. KẾT QUẢ\\n\\nĐã tiếp 12 lượt.\\n')
    """
    path = Path(path)
    with _told_where(path):
        data = _read_bytes(path)
        form = _format(data, path)
        read = read_bytes(data, form)
    return Source(
        read.text,
        form,
        hashlib.sha256(data).hexdigest(),
        headings=read.headings,
        margins=read.margins,
        repairs=read.repairs,
        notices=tuple((notice.error, notice.message) for notice in read.notices),
    )


def identify(path: str | os.PathLike[str]) -> tuple[str, str]:
    """Tell a file by its bytes, without reading what they say.

    Parameters
    ----------
    path : path-like
        As for `read_source`.

    Returns
    -------
    sha256, format : str
        As of its `Source`.

    Raises
    ------
    ReadingError
        The file cannot be opened, or has a format that is not supported.
    """
    path = Path(path)
    with _told_where(path):
        data = _read_bytes(path)
        return hashlib.sha256(data).hexdigest(), _format(data, path)


def _format(data: bytes, path: Path) -> str:
    return detect(data, path.suffix) if data.strip() else SUFFIXES.get(path.suffix.lower(), "txt")


@contextmanager
def _told_where(path: str | os.PathLike[str]) -> Iterator[None]:
    """Name the file in the errors of its readers, which see bytes alone."""
    try:
        yield
    except ReadingError as error:
        error.path = os.fspath(path)
        raise


def read_bytes(data: bytes, form: str) -> Reading:
    """Read the bytes of a file whose format is known.

    Parameters
    ----------
    data : bytes
        The whole file.
    form : str
        A value of `danvan_nlp.reading.formats.SUFFIXES`.

    Raises
    ------
    ReadingError
        The file is damaged, hostile, locked or without text.
    """
    if form in ("txt", "md"):
        return read_text(data)
    if not data.strip():
        raise ReadingError("empty", "the file is empty; export the report again from its source")
    # Each reader loads its libraries: a run over text files pays for none of them.
    if form == "docx":
        from danvan_nlp.reading.word import read_docx

        return read_docx(data)
    if form == "html":
        from danvan_nlp.reading.html import read_html

        return read_html(data)
    if form == "pdf":
        from danvan_nlp.reading.pdf import read_pdf

        return read_pdf(data)
    if form == "image":
        from danvan_nlp.reading.pdf import read_picture

        return read_picture(data)
    if form in ("doc", "rtf", "odt"):
        from danvan_nlp.reading.office import read_office

        return read_office(data, form)
    raise ReadingError(
        "unsupported_format", "an archive not named .zip, or inside another; unpack it and give its reports"
    )


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_symlink() and not path.exists():
            raise ReadingError(
                "broken_link", f"the link points to {os.readlink(path)}, which does not exist; mend or remove it"
            )
        packed = containing_zip(path)
        if packed is not None:
            return read_member(packed, path.relative_to(packed).as_posix())
        if not path.is_file():
            if not path.exists():
                raise ReadingError("not_found", _NOT_FOUND)
            raise ReadingError("not_a_file", "not a regular file; give files, folders or globs")
        if path.stat().st_size > LARGEST_FILE:
            message = f"larger than {LARGEST_FILE // MIB} MiB; split the file into its reports"
            raise ReadingError("too_large", message)
        return path.read_bytes()
    except OSError as error:
        raise ReadingError("unreadable", f"{error.strerror or error}; check the file's permissions") from error
