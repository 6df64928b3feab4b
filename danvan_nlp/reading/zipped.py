"""Zip archives of reports: their members are read in memory, none is ever written to disk."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading.archive import Archive
from danvan_nlp.reading.formats import ZIP
from danvan_nlp.reading.limits import LARGEST_FILE, MIB

_MAGIC = b"PK"


def is_packed(path: Path) -> bool:
    """Whether a path is an archive of reports: named so, and no other kind of file by its content."""
    if path.suffix.lower() != ZIP or not path.is_file():
        return False
    try:
        with path.open("rb") as packed:
            if packed.read(len(_MAGIC)) != _MAGIC:
                return False
        return not {"word/document.xml", "content.xml"} & set(_open(path, path.stat().st_mtime_ns))
    except (OSError, ReadingError):
        return True


def list_members(path: Path) -> tuple[list[str], list[ReadingError]]:
    """The reports that an archive holds, by name, and why other members are not read.

    Raises
    ------
    ReadingError
        The archive is damaged, empty or has too many members.
    """
    members: list[str] = []
    refused: list[ReadingError] = []
    archive = _open(path, path.stat().st_mtime_ns)
    for name in sorted(archive):
        parts = name.split("/")
        if any(part.startswith(".") and part != ".." for part in parts) or parts[0] == "__MACOSX":
            continue
        if reason := _unsafe(name):
            message = f"the member {name[:80]!r} has {reason} in its name; rename it inside the archive"
            refused.append(ReadingError("unsafe_name", message))
        elif archive.is_link(name):
            message = f"the member {name[:80]!r} is a link, which is not followed; put the file itself into the archive"
            refused.append(ReadingError("link", message))
        else:
            members.append(name)
    for name in archive.repeated:
        message = f"several members have the name {name[:80]!r} and only the last is read; rename them"
        refused.append(ReadingError("repeated_name", message))
    if not members and not refused:
        raise ReadingError("empty", "the archive holds no reports; pack them again")
    return members, refused


def _unsafe(name: str) -> str | None:
    """What makes a member's name one that is not read."""
    if ".." in name.split("/") or name.startswith("/") or "\\" in name or name[1:2] == ":" or "" in name.split("/"):
        return "a way out of the archive"
    if any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs") for c in name):
        return "invisible characters"
    return None


def containing_zip(path: Path) -> Path | None:
    """The archive that a path leads into; None for a path of the file system.

    Examples
    --------
    >>> containing_zip(Path("reports/a.txt")) is None
    True
    """
    return next((folder for folder in path.parents if folder.suffix.lower() == ZIP and folder.is_file()), None)


def read_member(packed: Path, name: str) -> bytes:
    """The bytes of one member.

    Raises
    ------
    ReadingError
        It is damaged, encrypted, or inflates beyond the limits.
    """
    return _open(packed, packed.stat().st_mtime_ns).fresh().read(name)


@lru_cache(maxsize=1)
def _open(path: Path, changed: int) -> Archive:
    """An archive, kept open for the members that are read one after the other."""
    if path.stat().st_size > LARGEST_FILE:
        raise ReadingError("too_large", f"larger than {LARGEST_FILE // MIB} MiB; split the archive")
    return Archive(path.read_bytes())
