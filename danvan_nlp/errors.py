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
    message : str
        What was wrong and what to do next.
    path : str or None
        The file, once it is known which; it stands before the message where the error is printed.

    Examples
    --------
    >>> print(ReadingError("empty", "the file is empty; export it again", "a.docx"))
    a.docx: the file is empty; export it again
    """

    def __init__(self, code: str, message: str, path: str | None = None) -> None:
        super().__init__(code, message, path)
        self.code = code
        self.message = message
        self.path = path

    def __str__(self) -> str:
        return self.message if self.path is None else f"{self.path}: {self.message}"


class DataError(DanvanError):
    """A data or model file is not what it should be."""
