"""Zip archives, opened with limits.

Bombs, encrypted and damaged members end in a ReadingError; nothing is unpacked to disk.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading.limits import LARGEST_ARCHIVE, LARGEST_PART, MIB, MOST_MEMBERS

_CHUNK = 2**16
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError)


class Archive:
    """A zip archive in memory.

    Parameters
    ----------
    data : bytes
        The whole archive.

    Attributes
    ----------
    repeated : tuple of str
        Names that several members have: `read` gives the last.

    Raises
    ------
    ReadingError
        It is damaged, or has more members than a report can have.

    Examples
    --------
    >>> buffer = io.BytesIO()
    >>> with zipfile.ZipFile(buffer, "w") as made:
    ...     made.writestr("word/document.xml", "<w/>")
    >>> Archive(buffer.getvalue()).read("word/document.xml")
    b'<w/>'
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise _damaged(error) from error
        members = self._zip.infolist()
        if len(members) > MOST_MEMBERS:
            message = f"an archive of {len(members):,} members (at most {MOST_MEMBERS:,} are read); split it"
            raise ReadingError("too_large", message)
        if sum(info.compress_size for info in members) > len(data):
            raise ReadingError("unsafe_archive", "members of the archive overlap, as in a bomb; pack the files again")
        self._members = {info.filename: info for info in members if not info.is_dir()}
        names = Counter(info.filename for info in members)
        self.repeated = tuple(name for name, count in names.items() if count > 1)
        self._left = LARGEST_ARCHIVE

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def is_link(self, name: str) -> bool:
        """Whether a member is a symbolic link of Unix."""
        return stat.S_ISLNK(self._members[name].external_attr >> 16)

    def fresh(self) -> Archive:
        """The same archive with its whole allowance: for members that are files of their own."""
        self._left = LARGEST_ARCHIVE
        return self

    def read(self, name: str) -> bytes:
        """The bytes of one member.

        Raises
        ------
        ReadingError
            The member is missing, damaged, encrypted, or inflates beyond the limits, whatever its header claims.
        """
        info = self._members.get(name)
        if info is None:
            raise ReadingError("damaged", f"the part {name} is missing; open the file in its program and save it again")
        if info.flag_bits & 1:
            raise ReadingError("encrypted", f"{name} is locked by a password; take the password off and save it again")
        limit = min(LARGEST_PART, self._left)
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(_CHUNK):
                    size += len(chunk)
                    if size > limit:
                        raise _bomb(name, limit)
                    pieces.append(chunk)
        except RuntimeError as error:
            raise ReadingError("encrypted", f"{name}: {error}; take the password off and save it again") from error
        except _BROKEN as error:
            raise _damaged(error) from error
        self._left -= size
        return b"".join(pieces)


def _damaged(error: Exception) -> ReadingError:
    message = f"a damaged or truncated archive ({error}); copy it again, or open it in its program and save as one of "
    return ReadingError("damaged", message + ".docx, .pdf, .txt")


def _bomb(name: str, limit: int) -> ReadingError:
    return ReadingError("too_large", f"{name} inflates beyond {limit // MIB} MiB; no report does: export it again")
