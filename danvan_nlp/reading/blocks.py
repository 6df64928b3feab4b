"""Paragraphs and tables written out as the text that the structure stage reads.

One paragraph a line and a blank line between blocks; a table's rows one a line with their cells apart by TABs; notes
behind their paragraph, each opened by its mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

_MARKS = re.compile("[⁰¹²³⁴-⁹]+")
_UNIT = re.compile(r"(?:^|[\W\d_])(?:km|m|dm|cm)$")
_NO_TEXT = re.compile("[\x00-\x08\x0a-\x1f\x7f\u200b\u2060\ufeff]")
_BLANKS = re.compile("  +")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph or a table.

    Attributes
    ----------
    lines : tuple of str
        Its lines: one for a paragraph, one a row for a table.
    close : bool
        It stands without a blank line next to another block that does: lines of a title, entries of a list.
    level : int or None
        For a heading, its depth from 1.
    notes : tuple of (str, tuple of str)
        Footnotes whose marks stand in the block: the mark, and the lines of the note.
    """

    lines: tuple[str, ...]
    close: bool = False
    level: int | None = None
    notes: tuple[tuple[str, tuple[str, ...]], ...] = ()


def superscript(number: int | str) -> str:
    """A number as a footnote mark.

    Examples
    --------
    >>> superscript(12)
    '¹²'
    """
    return str(number).translate(_SUPERSCRIPT)


def clean(text: str) -> str:
    """A line without blanks at its ends or runs of them inside, and without characters that are no text.

    Examples
    --------
    >>> clean("  Số   12\\x07\\u200b ")
    'Số 12'
    """
    kept = _NO_TEXT.sub("", text)
    return _BLANKS.sub(" ", kept).strip(" ")


def place_notes(blocks: list[Block]) -> list[Block]:
    """Put notes that are gathered at the end behind the blocks that cite them.

    Parameters
    ----------
    blocks : list of Block
        A whole document; a note opens with a mark that a block before it holds, its further paragraphs follow it.

    Examples
    --------
    >>> placed = place_notes([Block(lines=("Một¹.",)), Block(lines=("Hai.",)), Block(lines=("¹ Ba.",))])
    >>> [block.lines for block in placed], placed[0].notes
    ([('Một¹.',), ('Hai.',)], (('¹', ('Ba.',)),))
    """
    cited: dict[str, int] = {}
    openings: list[tuple[int, str]] = []
    for i, block in enumerate(blocks):
        opening = _MARKS.match(block.lines[0]) if block.lines else None
        if opening and opening[0] in cited:
            openings.append((i, opening[0]))
        for line in block.lines:
            for found in _MARKS.finditer(line):
                if found.start() and not _UNIT.search(line[: found.start()][-4:]):
                    cited.setdefault(found[0], i)
    ends = [i for i, _ in openings[1:]] + [openings[-1][0] + 1] if openings else []
    if not openings or ends[-1] != len(blocks) or any(cited[mark] >= openings[0][0] for _, mark in openings):
        return blocks
    placed = blocks[: openings[0][0]]
    for (start, mark), end in zip(openings, ends, strict=True):
        lines = [line for block in blocks[start:end] for line in block.lines]
        lines[0] = lines[0][len(mark) :].strip()
        at = cited[mark]
        placed[at] = replace(placed[at], notes=(*placed[at].notes, (mark, tuple(lines))))
    return placed


def write_blocks(blocks: Iterable[Block]) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    """Write blocks out.

    Parameters
    ----------
    blocks : iterable of Block
        In reading order; those without text only part their neighbours.

    Returns
    -------
    text : str
        The text; it ends with a line break unless it is empty.
    headings : tuple of (int, int, int)
        Start, end and depth of each block that has a level.

    Examples
    --------
    >>> write_blocks([Block(lines=("MỘT",), level=1), Block(lines=("Hai¹.",), notes=(("¹", ("Ba.",)),))])
    ('MỘT\\n\\nHai¹.\\n\\n¹ Ba.\\n', ((0, 3, 1),))
    """
    pieces: list[str] = []
    headings: list[tuple[int, int, int]] = []
    at = 0
    beside = False
    for block in blocks:
        lines = [line for line in block.lines if line.strip()]
        if not lines:
            beside = False
            continue
        if pieces and not (beside and block.close):
            pieces.append("\n")
            at += 1
        body = "\n".join(lines)
        if block.level is not None:
            headings.append((at, at + len(body), block.level))
        pieces.append(body + "\n")
        at += len(body) + 1
        for mark, note in block.notes:
            written = "\n" + f"{mark} " + "\n".join(line for line in note if line.strip()) + "\n"
            pieces.append(written)
            at += len(written)
        beside = block.close and not block.notes
    return "".join(pieces), tuple(headings)
