"""Arrays in one file: written to the same bytes whenever they are the same, read without running anything."""

from __future__ import annotations

import io
import math
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[Any]]

# No model comes near it; a file that says so would fill the memory.
LIMIT = 256_000_000
_ENDING = ".npy"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, SyntaxError, OSError)


def pack(arrays: Mapping[str, npt.NDArray[Any]]) -> bytes:
    """An npz whose bytes depend on the arrays alone: sorted names, no time of day.

    Examples
    --------
    >>> pack({"b": np.ones(2), "a": np.zeros(1)}) == pack({"a": np.zeros(1), "b": np.ones(2)})
    True
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            body = io.BytesIO()
            np.lib.format.write_array(body, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}{_ENDING}", date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, body.getvalue())
    return packed.getvalue()


def unpack(packed: bytes) -> Arrays:
    """The arrays of an npz.

    Raises
    ------
    ValueError
        It is damaged, holds objects, or is larger unpacked than any model; says which array.

    Examples
    --------
    >>> unpack(pack({"a": np.array([1.5])}))
    {'a': array([1.5])}
    """
    arrays: Arrays = {}
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > LIMIT:
                raise ValueError(f"its arrays would take {size:,} bytes, more than {LIMIT:,}")
            for entry in archive.infolist():
                name = entry.filename.removesuffix(_ENDING)
                if name in arrays or name == entry.filename:
                    raise ValueError(f"it holds {entry.filename!r}, which is no array or there twice")
                arrays[name] = _array(archive.read(entry), name)
    except _DAMAGED as error:
        raise ValueError(f"it cannot be unpacked: {error}") from error
    return arrays


def _array(body: bytes, name: str) -> npt.NDArray[Any]:
    """One array; its header is held against its size before anything is made of it."""
    stream = io.BytesIO(body)
    if np.lib.format.read_magic(stream) != (1, 0):
        raise ValueError(f"array {name} is of another format")
    shape, by_column, dtype = np.lib.format.read_array_header_1_0(stream)
    if dtype.hasobject:
        raise ValueError(f"array {name} holds objects, which are never read")
    start = stream.tell()
    if by_column or dtype.itemsize * math.prod(shape) != len(body) - start:
        raise ValueError(f"array {name} is not of the size that it says")
    return np.frombuffer(body, dtype=dtype, offset=start).reshape(shape)
