"""The errors that the library raises: each says what was wrong, where, and what to do next."""

from __future__ import annotations


class DanvanError(Exception):
    """Base of every error of this package."""


class UsageError(DanvanError):
    """The call itself cannot be carried out: a wrong option, an output folder that holds another run."""


class ReadingError(DanvanError):
    """A file cannot be read as a report.

    Attributes
    ----------
    code : str
        Short name of what went wrong: the ``error`` of the ``problems`` table.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class DataError(DanvanError):
    """A data or model file is not what it should be."""
