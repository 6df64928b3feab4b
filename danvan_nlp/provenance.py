"""Where a run comes from: all that its rows depend on, hashed and written down."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_nlp.tables import Format
from danvan_nlp.themes import model_names
from danvan_nlp.themes.model import model_digest
from danvan_nlp.user_files import UserFiles

if TYPE_CHECKING:
    from danvan_nlp.labels import Overlay

_LIBRARIES = ("underthesea", "underthesea_core", "numpy", "pyarrow")


def stamp(own: UserFiles, overlay: Overlay | None = None) -> str:
    """Digest of all that the rows of every document depend on besides the document itself.

    Parameters
    ----------
    own : UserFiles
        The user's own data files.
    overlay : Overlay, optional
        The user's corrections and model.

    Returns
    -------
    str
        Twelve hexadecimal digits; they change with the code, the data, the model, a file of the user's or the
        segmenter.
    """
    digest = hashlib.sha256()
    root = Path(str(files("danvan_nlp")))
    for path in sorted(p for p in root.rglob("*") if p.is_file() and p.suffix not in (".pyc", ".pyo")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    digest.update(json.dumps(own.record).encode())
    if overlay is not None:
        digest.update(overlay.digest.encode())
    digest.update(model_digest().encode())
    digest.update(json.dumps([version(name) for name in _LIBRARIES]).encode())
    return digest.hexdigest()[:12]


def stamp_of_format(digest: str, readers: Mapping[str, str | None]) -> str:
    """A `stamp` for the documents of one format: it changes with their readers, too.

    Examples
    --------
    >>> stamp_of_format("0123456789ab", {}), stamp_of_format("0123456789ab", {"tesseract": None})
    ('0123456789ab', '4c6077b073e6')
    """
    if not readers:
        return digest
    return hashlib.sha256((digest + json.dumps(readers, sort_keys=True)).encode()).hexdigest()[:12]


def make_record(
    given: list[str],
    paths: Sequence[Path],
    form: Format,
    digest: str,
    readers: Mapping[str, str | None],
    own: UserFiles,
    overlay: Overlay | None = None,
) -> dict[str, Any]:
    """Make the content of ``run.json``: what makes a run citable and repeatable.

    Parameters
    ----------
    given : list of str
        Inputs as the user named them.
    paths : sequence of Path
        Files that they stand for.
    form, digest, readers, own, overlay
        Form of the tables, `stamp`, versions of the readers of the files' formats, the user's data files, corrections
        and model.

    Returns
    -------
    dict
        Versions, hashes of data and models, names of themes and indicators, options, seed and inputs.
    """
    from danvan_nlp.indicators.catalogue import catalogue

    data = Path(str(files("danvan_nlp.data")))
    hashes = {
        path.relative_to(data).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data.rglob("*"))
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    laid = overlay.record if overlay is not None else {}
    return {
        "package": {"name": "danvan_nlp", "version": version("danvan_nlp"), "stamp": digest},
        "python": platform.python_version(),
        "platform": platform.platform(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "readers": readers,
        "data": hashes,
        "models": {"themes": model_digest()},
        "names": {
            "themes": model_names(overlay.model if overlay is not None else None),
            "indicators": {key: kind.meaning for key, kind in catalogue(*own.indicators).indicators.items()},
        },
        "options": {"format": form, **own.record, **laid},
        "seed": None,  # nothing in a run is random
        "inputs": given,
        "files": [str(path) for path in paths],
    }
