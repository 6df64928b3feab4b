"""A user's own data files, laid over those of the package."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

from danvan_nlp.paths import Paths, listed


@dataclass(frozen=True, slots=True)
class UserFiles:
    """The user's own files, by the file of ``danvan_nlp/data`` that each kind adds to.

    Attributes
    ----------
    registry : tuple of Path
        CSV files with directives, as ``registry.csv``.
    indicators : tuple of Path
        TOML files with indicators and their wordings, as ``indicators.toml``.
    """

    registry: tuple[Path, ...] = ()
    indicators: tuple[Path, ...] = ()

    @classmethod
    def of(cls, registry: Paths = (), indicators: Paths = ()) -> UserFiles:
        """Take the files and read each of them once, so that a faulty one is told before any document is read.

        Raises
        ------
        DataError
            A file cannot be read or holds a faulty row; the message says where and what to do.

        Examples
        --------
        >>> UserFiles.of()
        UserFiles(registry=(), indicators=())
        """
        from danvan_nlp.analysis import shared_registry
        from danvan_nlp.indicators.catalogue import catalogue

        own = cls(*(tuple(Path(path).resolve() for path in listed(given)) for given in (registry, indicators)))
        shared_registry(own.registry)
        catalogue(*own.indicators)
        return own

    @property
    def record(self) -> dict[str, list[dict[str, str]]]:
        """For the record of a run: by kind the path and the sha256 of each file."""
        return {kind: [_hashed(path) for path in paths] for kind, paths in asdict(self).items()}


def _hashed(path: Path) -> dict[str, str]:
    return {"path": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
