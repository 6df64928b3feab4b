"""Where a run comes from: all that its rows depend on, hashed and written down."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_nlp.tables import Format
from danvan_nlp.themes.model import model_digest
from danvan_nlp.user_files import UserFiles

if TYPE_CHECKING:
    from danvan_nlp.labels import Overlay


def stamp(own: UserFiles, overlay: Overlay | None = None) -> str:
    """Digest of all that the rows of a document depend on besides the document itself.

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
    digest.update(version("underthesea").encode())
    return digest.hexdigest()[:12]


def make_record(
    given: list[str],
    paths: Sequence[Path],
    form: Format,
    digest: str,
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
    form, digest, own, overlay
        Form of the tables, `stamp`, the user's data files, corrections and model.

    Returns
    -------
    dict
        Versions, hashes of data and models, options, seed and inputs.
    """
    data = Path(str(files("danvan_nlp.data")))
    hashes = {
        path.relative_to(data).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data.rglob("*"))
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    laid = overlay.record if overlay is not None else {}
    return {
        "package": {"name": "danvan_nlp", "version": version("danvan_nlp"), "stamp": digest},
        "libraries": {name: version(name) for name in ("underthesea", "underthesea_core", "numpy", "pyarrow")},
        "data": hashes,
        "models": {"themes": model_digest()},
        "options": {"format": form, **own.record, **laid},
        "seed": 0,
        "inputs": given,
        "files": [str(path) for path in paths],
    }
