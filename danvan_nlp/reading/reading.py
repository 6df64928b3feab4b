"""What a reader of one format hands on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that could not be read in a file whose rest was: a row of the ``problems`` table."""

    error: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of one file and what stands beside it.

    Attributes
    ----------
    text : str
        One paragraph a line, blank lines between blocks.
    headings : tuple of (int, int, int)
        Start, end and depth of the paragraphs that the file itself marks as headings.
    margins : tuple of str
        Lines of headers and footers, page numbers among them.
    repairs : tuple of str
        What was converted from an old encoding, one sentence each.
    notices : tuple of Notice
        What could not be read.
    """

    text: str
    headings: tuple[tuple[int, int, int], ...] = ()
    margins: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
