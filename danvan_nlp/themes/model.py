"""The trained model as data: arrays and a description, stored so that loading runs no code."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from danvan_nlp.errors import DataError
from danvan_nlp.themes.features import Featuriser, Floats, Weights
from danvan_nlp.themes.grams import Grams
from danvan_nlp.themes.linear import Linear
from danvan_nlp.themes.prose import Prose

FORMAT = "danvan_nlp themes 1"
ARRAYS, META = "model.npz", "model.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class ModelError(DataError):
    """A model file that is missing, damaged, altered, or of another format."""


@dataclass(frozen=True, slots=True)
class Model:
    """Calibrated linear scores over sparse features, and a threshold on the probability of each theme.

    Attributes
    ----------
    themes : tuple of str
        Keys of the themes, sorted: the columns of weights and thresholds.
    linear : Linear
        Weights that give log-odds: the calibration is folded in.
    thresholds : array of shape (n_themes,)
        A theme is set where its probability is at least its threshold.
    parents : tuple of (int, int)
        Pairs of a theme and the theme that is set wherever it is, as indexes.
    meta : dict
        Versions, hashes and figures of the training: what a paper cites.
    """

    themes: tuple[str, ...]
    featuriser: Featuriser
    linear: Linear
    thresholds: Floats
    parents: tuple[tuple[int, int], ...]
    prose: Prose
    meta: dict[str, Any]

    def save(self, folder: str | Path) -> None:
        """Write ``model.npz`` and ``model.json``; the same model gives the same bytes."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        packed = _pack(_arrays(self))
        f = self.featuriser
        meta = {
            "format": FORMAT,
            "sha256": hashlib.sha256(packed).hexdigest(),
            "themes": list(self.themes),
            "parents": [list(pair) for pair in self.parents],
            "block_weights": {name: getattr(f.weights, name) for name in Weights.__slots__},
            **self.meta,
        }
        (folder / ARRAYS).write_bytes(packed)
        text = json.dumps(meta, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / META).write_text(text + "\n", encoding="utf-8")


def read_model(folder: str | Path | None = None) -> Model:
    """Read a model from its folder; without one, the model that the package brings.

    Raises
    ------
    ModelError
        Where the model is missing, damaged, altered since it was written, or of another format.
    """
    meta_bytes, packed, where = _files(folder)
    try:
        meta = json.loads(meta_bytes)
        form, digest = meta["format"], meta["sha256"]
    except (ValueError, TypeError, KeyError) as error:
        raise ModelError(f"{where}: {META} is damaged ({error!r}); train the model again") from error
    if form != FORMAT:
        raise ModelError(f"{where}: the model's format is {form!r}, this version reads {FORMAT!r}; train it again")
    if hashlib.sha256(packed).hexdigest() != digest:
        raise ModelError(f"{where}: {ARRAYS} is not the file that {META} describes (its sha256 differs)")
    try:
        with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
            return _build(meta, {name: arrays[name] for name in arrays.files})
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise ModelError(f"{where}: the model is incomplete ({error}); train it again") from error


def model_digest() -> str:
    """Hexadecimal digest of the two files of the model that the package brings."""
    meta, arrays, _ = _files(None)
    return hashlib.sha256(meta + arrays).hexdigest()


def _files(folder: str | Path | None) -> tuple[bytes, bytes, str]:
    """Bytes of the two files: of the folder, or of the package, or of the checkout that the package stands in."""
    if folder is not None:
        places = [Path(folder)]
    else:
        places = [Path(str(files("danvan_nlp.data"))) / "model", Path(__file__).parents[2] / "models" / "themes"]
    for place in places:
        if (place / META).is_file() and (place / ARRAYS).is_file():
            return (place / META).read_bytes(), (place / ARRAYS).read_bytes(), str(place)
    raise ModelError(f"no model ({META} and {ARRAYS}) in {' or '.join(str(place) for place in places)}")


def _arrays(model: Model) -> dict[str, npt.NDArray[Any]]:
    f = model.featuriser
    arrays: dict[str, npt.NDArray[Any]] = {
        "own": model.linear.own.astype(np.float16),
        "near": model.linear.near.astype(np.float16),
        "intercepts": model.linear.intercepts.astype(np.float32),
        "thresholds": model.thresholds.astype(np.float32),
        "idf": f.idf.astype(np.float16),
        "heading_idf": f.heading_idf.astype(np.float16),
    }
    for name, grams in (("grams", f.grams), ("heading", f.heading_grams)):
        arrays[f"{name}_words"] = np.frombuffer("\n".join(grams.words).encode(), dtype=np.uint8)
        for i, level in enumerate(grams.levels):
            # Differences of sorted numbers are small, so that the file packs well.
            arrays[f"{name}_level{i}"] = np.diff(level, prepend=0).astype(np.uint32)
    arrays["prose"] = model.prose.to_array()
    return arrays


def _build(meta: dict[str, Any], arrays: dict[str, npt.NDArray[Any]]) -> Model:
    def grams(name: str) -> Grams:
        words = tuple(arrays[f"{name}_words"].tobytes().decode().split("\n"))
        levels = sorted(key for key in arrays if key.startswith(f"{name}_level"))
        return Grams(words, tuple(np.cumsum(arrays[key], dtype=np.int64) for key in levels))

    featuriser = Featuriser(
        grams=grams("grams"),
        idf=arrays["idf"].astype(np.float32),
        heading_grams=grams("heading"),
        heading_idf=arrays["heading_idf"].astype(np.float32),
        weights=Weights(**meta["block_weights"]),
    )
    n, m, words = sum(featuriser.blocks.values()), len(meta["themes"]), len(featuriser.grams)
    shapes = {"own": (n, m), "near": (words, 2 * m), "intercepts": (m,), "thresholds": (m,)}
    for name, shape in shapes.items():
        if arrays[name].shape != shape:
            raise ValueError(f"{name} has the shape {arrays[name].shape}, the vocabulary and themes want {shape}")
    return Model(
        themes=tuple(meta["themes"]),
        featuriser=featuriser,
        linear=Linear(*(arrays[name].astype(np.float32) for name in ("own", "near", "intercepts"))),
        thresholds=arrays["thresholds"].astype(np.float32),
        parents=tuple((int(a), int(b)) for a, b in meta["parents"]),
        prose=Prose.from_array(arrays["prose"]),
        meta=meta,
    )


def _pack(arrays: dict[str, npt.NDArray[Any]]) -> bytes:
    """An npz whose bytes depend on the arrays alone: sorted names, no time of day."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            body = io.BytesIO()
            np.lib.format.write_array(body, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, body.getvalue())
    return packed.getvalue()
