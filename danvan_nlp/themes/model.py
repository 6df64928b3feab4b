"""The trained model as data: arrays and a description, stored so that loading runs no code."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

import danvan_nlp
from danvan_nlp.errors import DataError
from danvan_nlp.themes.features import Featuriser, Floats, Weights
from danvan_nlp.themes.grams import Grams
from danvan_nlp.themes.linear import Linear
from danvan_nlp.themes.packed import LIMIT, Arrays, pack, unpack
from danvan_nlp.themes.prose import Prose
from danvan_nlp.themes.taxonomy import Taxonomy

FORMAT = "danvan_nlp themes 2"
ARRAYS, META = "model.npz", "model.json"
_AGAIN = "train it again, or install the package anew"


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
        packed = pack(_arrays(self))
        f = self.featuriser
        meta = {
            **self.meta,
            "format": FORMAT,
            "sha256": hashlib.sha256(packed).hexdigest(),
            "themes": list(self.themes),
            "parents": [list(pair) for pair in self.parents],
            "block_weights": {name: getattr(f.weights, name) for name in Weights.__slots__},
        }
        meta["description_sha256"] = _digest(meta)
        (folder / ARRAYS).write_bytes(packed)
        text = json.dumps(meta, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / META).write_text(text + "\n", encoding="utf-8")


def read_model(folder: str | Path | None = None) -> Model:
    """Read a model from its folder; without one, the model that the package brings.

    Raises
    ------
    ModelError
        Where the model is missing, damaged, altered since it was written, of another format, or made by another
        version of the package, whose features may differ.
    """
    text, packed, where = _files(folder)
    try:
        meta = json.loads(text)
        form = meta["format"]
        if form != FORMAT:
            raise ModelError(f"{where}: the model's format is {form!r}, this version reads {FORMAT!r}; {_AGAIN}")
        version, digests = str(meta["versions"]["danvan_nlp"]), (meta["sha256"], meta["description_sha256"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ModelError(f"{where}: {META} is damaged ({error!r}); {_AGAIN}") from error
    if _series(version) != _series(danvan_nlp.__version__):
        raise ModelError(
            f"{where}: the model was made by danvan_nlp {version}, this is {danvan_nlp.__version__}; {_AGAIN}"
        )
    if hashlib.sha256(packed).hexdigest() != digests[0]:
        raise ModelError(f"{where}: {ARRAYS} is not the file that {META} describes (its sha256 differs); {_AGAIN}")
    if _digest(meta) != digests[1]:
        raise ModelError(f"{where}: {META} was altered after it was written (its sha256 differs); {_AGAIN}")
    try:
        return _build(meta, unpack(packed))
    except (KeyError, ValueError, TypeError) as error:
        raise ModelError(f"{where}: the model is damaged ({error}); {_AGAIN}") from error


def _series(version: str) -> list[str]:
    """The part of a version in which features do not change."""
    return version.split(".")[:2]


def _digest(meta: dict[str, Any]) -> str:
    """Digest of a description, but for the digest that it holds."""
    said = {key: value for key, value in meta.items() if key != "description_sha256"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def model_names(folder: str | Path | None = None) -> dict[str, str]:
    """Vietnamese name of each theme of a model, in its order; without a folder, of the model that the package brings.

    Parameters
    ----------
    folder : path-like, optional
        Folder of a model that `read_model` reads.

    Examples
    --------
    >>> model_names()["tiep_dan"]
    'tiếp công dân, đối thoại, đơn thư'
    """
    meta = json.loads(_files(folder)[0])
    known = {theme.key: theme.vi for theme in Taxonomy.load()} | meta.get("names", {})
    return {key: str(known.get(key, key)) for key in meta["themes"]}


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
        both = place / META, place / ARRAYS
        if all(path.is_file() for path in both):
            for path in both:
                if path.stat().st_size > LIMIT:
                    raise ModelError(f"{path} has {path.stat().st_size:,} bytes, more than any model ({LIMIT:,})")
            return both[0].read_bytes(), both[1].read_bytes(), str(place)
    raise ModelError(f"no model ({META} and {ARRAYS}) in {' or '.join(str(place) for place in places)}")


def _arrays(model: Model) -> Arrays:
    f = model.featuriser
    arrays: Arrays = {
        "own": model.linear.own.astype(np.float16),
        "near": model.linear.near.astype(np.float16),
        "intercepts": model.linear.intercepts.astype(np.float32),
        "thresholds": model.thresholds.astype(np.float32),
        "idf": f.idf.astype(np.float16),
        "heading_idf": f.heading_idf.astype(np.float16),
        "prose": model.prose.to_array(),
    }
    for name, grams in (("grams", f.grams), ("heading", f.heading_grams)):
        arrays[f"{name}_words"] = np.frombuffer("\n".join(grams.words).encode(), dtype=np.uint8)
        for i, level in enumerate(grams.levels):
            # Differences of sorted numbers are small, so that the file packs well.
            arrays[f"{name}_level{i}"] = np.diff(level, prepend=0).astype(np.uint32)
    return arrays


def _build(meta: dict[str, Any], arrays: Arrays) -> Model:
    themes = tuple(str(theme) for theme in meta["themes"])
    parents = tuple((int(a), int(b)) for a, b in meta["parents"])
    if len(set(themes)) != len(themes) or any(not 0 <= i < len(themes) for pair in parents for i in pair):
        raise ValueError("its themes do not fit together")
    grams, headings = _grams(arrays, "grams"), _grams(arrays, "heading")
    featuriser = Featuriser(
        grams=grams,
        idf=_floats(arrays, "idf", np.float16, (len(grams),)),
        heading_grams=headings,
        heading_idf=_floats(arrays, "heading_idf", np.float16, (len(headings),)),
        weights=Weights(**{name: float(value) for name, value in meta["block_weights"].items()}),
    )
    n, m = sum(featuriser.blocks.values()), len(themes)
    return Model(
        themes=themes,
        featuriser=featuriser,
        linear=Linear(
            own=_floats(arrays, "own", np.float16, (n, m)),
            near=_floats(arrays, "near", np.float16, (len(grams), 2 * m)),
            intercepts=_floats(arrays, "intercepts", np.float32, (m,)),
        ),
        thresholds=_floats(arrays, "thresholds", np.float32, (m,)),
        parents=parents,
        prose=Prose.from_array(_floats(arrays, "prose", np.float64, (3,))),
        meta=meta,
    )


def _floats(arrays: Arrays, name: str, dtype: type, shape: tuple[int, ...]) -> npt.NDArray[Any]:
    """An array of finite numbers; numbers of half precision are widened."""
    found = arrays[name]
    if found.dtype != dtype or found.shape != shape:
        raise ValueError(f"{name} is {found.dtype} of shape {found.shape}, not {np.dtype(dtype)} of {shape}")
    if not np.isfinite(found).all():
        raise ValueError(f"{name} holds what is no number")
    return found.astype(np.float32) if dtype == np.float16 else found


def _grams(arrays: Arrays, name: str) -> Grams:
    """Words in order, and n-grams whose numbers lie in the range that the words give."""
    letters = arrays[f"{name}_words"]
    if letters.dtype != np.uint8 or letters.ndim != 1:
        raise ValueError(f"{name}_words is {letters.dtype}, not text")
    words = tuple(letters.tobytes().decode().split("\n"))
    if any(one >= two for one, two in pairwise(words)):
        raise ValueError(f"{name}_words are not in order")
    levels: list[npt.NDArray[np.int64]] = []
    while (steps := arrays.get(f"{name}_level{len(levels)}")) is not None:
        if steps.dtype != np.uint32 or steps.ndim != 1 or not steps[1:].all():
            raise ValueError(f"{name}_level{len(levels)} is no list of n-grams")
        level = np.cumsum(steps, dtype=np.int64)
        if len(level) and level[-1] >= len(words) * len(levels[-1] if levels else words):
            raise ValueError(f"{name}_level{len(levels)} holds n-grams of words that there are not")
        levels.append(level)
    return Grams(words, tuple(levels))
