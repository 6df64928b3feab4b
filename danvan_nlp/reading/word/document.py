"""A docx as text: body, tables, notes at their place, text boxes, numbering; headers and footers apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from lxml import etree

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading.blocks import Block, clean, write_blocks
from danvan_nlp.reading.limits import MOST_COLUMNS
from danvan_nlp.reading.reading import Notice, Reading
from danvan_nlp.reading.tables import TableLimits, is_layout, layout_lines, table_lines
from danvan_nlp.reading.word.inline import Inline, InlineReader, Notes
from danvan_nlp.reading.word.names import MC, VAL, W
from danvan_nlp.reading.word.numbering import Numbering
from danvan_nlp.reading.word.package import Package, open_package
from danvan_nlp.reading.word.styles import Look, Styles, paragraph_look

_INSIDE = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_BODY_TEXT = 9


def read_docx(data: bytes) -> Reading:
    """Read a docx.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    Reading
        What its printed pages show: tracked insertions in, deletions and hidden text out, automatic numbers written
        out, footnotes and endnotes behind the paragraph that cites them, text boxes behind the paragraph that they
        hang on, headers and footers in ``margins``.

    Raises
    ------
    ReadingError
        The file is damaged, encrypted, hostile or without text.
    """
    try:
        return _Document(open_package(data)).read()
    except RecursionError as error:
        raise ReadingError("too_deep", "elements nest too deep; open the file in Word and save it again") from error


class _Document:
    """One document while it is read: the numbering and the notes count as they are met."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.styles)
        self._numbering = Numbering(package.numbering)
        self._notes = Notes(_by_id(package.footnotes), _by_id(package.endnotes))
        self._inline = InlineReader(self._styles, self._notes)
        self._limits = TableLimits()
        self._pending: Inline | None = None
        self._in_note = False

    def read(self) -> Reading:
        blocks = list(self._blocks(self._package.body))
        text, headings = write_blocks(blocks)
        margins = [
            line for part in self._package.margins for block in self._blocks(part) for line in block.lines if line
        ]
        if not text.strip():
            message = "the file holds no text, perhaps pictures of pages; save it as PDF, which can be read by OCR"
            raise ReadingError("no_text", message)
        return Reading(
            text,
            headings=headings,
            margins=tuple(dict.fromkeys(margins)),
            repairs=self._inline.repairs(),
            notices=self._notices(),
        )

    def _notices(self) -> tuple[Notice, ...]:
        large = self._limits.notices()
        if not self._package.left_out:
            return large
        message = f"{', '.join(self._package.left_out)} are not read; type what they say into the text where it matters"
        return (Notice(error="left_out", message=message), *large)

    def _blocks(self, container: etree._Element) -> Iterator[Block]:
        for child in container:
            tag = child.tag
            if tag == f"{W}p":
                yield from self._paragraph(child)
            elif tag == f"{W}tbl":
                yield from self._flush()
                yield from self._table(child)
            elif tag in _INSIDE:
                yield from self._blocks(child)
            elif tag == f"{MC}AlternateContent":
                branch = next(iter(child), None)
                if branch is not None:
                    yield from self._blocks(branch)
        yield from self._flush()

    def _flush(self) -> Iterator[Block]:
        """A paragraph whose end was deleted, where no other follows for it to go on in."""
        if self._pending is not None:
            inline, self._pending = self._pending, None
            yield Block(lines=(clean(inline.text.strip()),), notes=self._read_notes(inline))
            yield from self._boxes(inline)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        properties = element.find(f"{W}pPr")
        look, style = self._look(properties)
        inline = self._inline.read(element, look)
        if self._pending is not None:
            inline.text = self._pending.text + inline.text
            inline.notes = self._pending.notes + inline.notes
            inline.boxes = self._pending.boxes + inline.boxes
            self._pending = None
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            # The paragraph's end was deleted: it goes on in the next one.
            self._pending = inline
            return
        number = self._number(look, style)
        lines = tuple(clean(line.strip()) for line in (number + inline.text if inline.text.strip() else "").split("\n"))
        yield Block(
            lines=tuple(line for line in lines if line),
            close=bool(look.centred) or bool(number) or inline.text.lstrip()[:2] in ("- ", "+ ", "* "),
            level=None if look.outline is None or look.outline >= _BODY_TEXT else look.outline + 1,
            notes=self._read_notes(inline),
        )
        yield from self._boxes(inline)

    def _boxes(self, inline: Inline) -> Iterator[Block]:
        for box in inline.boxes:
            yield from (replace(block, close=True) for block in self._blocks(box))

    def _look(self, properties: etree._Element | None) -> tuple[Look, str | None]:
        named = None if properties is None else properties.find(f"{W}pStyle")
        style = self._styles.usual if named is None else named.get(VAL)
        base = self._styles.look(style)
        return (paragraph_look(properties).over(base) if properties is not None else base), style

    def _number(self, look: Look, style: str | None) -> str:
        if look.number in (None, "0"):
            return ""
        assert look.number is not None
        depth = look.depth if look.depth is not None else self._numbering.depth_of_style(look.number, style)
        return self._numbering.next(look.number, depth)

    def _read_notes(self, inline: Inline) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The notes that a paragraph cites; those that a note cites are not followed, for they may go in circles."""
        if self._in_note:
            return ()
        self._in_note = True
        notes = tuple((mark, self._note(note, mark)) for mark, note in inline.notes)
        self._in_note = False
        return notes

    def _note(self, note: etree._Element, mark: str) -> tuple[str, ...]:
        lines = tuple(line for block in self._blocks(note) for line in block.lines)
        if mark and lines and lines[0].startswith(mark):
            return (lines[0][len(mark) :].strip(), *lines[1:])
        return lines

    def _table(self, table: etree._Element) -> Iterator[Block]:
        # One more than is kept, so that it shows that there are more.
        rows = list(self._limits.cut(list(islice(self._cells(row), MOST_COLUMNS + 1)) for row in _rows(table)))
        texts = [[[line for block in cell for line in block.lines if line] for cell in row] for row in rows]
        notes = tuple(note for row in rows for cell in row for block in cell for note in block.notes)
        if max(map(len, rows), default=0) == 1:
            yield from (block for row in rows for cell in row for block in cell)
        elif is_layout(texts):
            yield Block(lines=tuple(layout_lines(texts)), close=True, notes=notes)
        else:
            yield Block(lines=tuple(table_lines(texts)), notes=notes)

    def _cells(self, row: etree._Element) -> Iterator[list[Block]]:
        """The cells of a row as the grid has them: an empty cell for each place that another one covers."""
        properties = row.find(f"{W}trPr")
        for _ in range(_count(properties, "gridBefore", 0)):
            yield []
        for cell in _children(row, f"{W}tc"):
            about = cell.find(f"{W}tcPr")
            merged = None if about is None else about.find(f"{W}vMerge")
            beside = None if about is None else about.find(f"{W}hMerge")
            covered = any(m is not None and m.get(VAL, "continue") == "continue" for m in (merged, beside))
            yield [] if covered else list(self._blocks(cell))
            for _ in range(_count(about, "gridSpan", 1) - 1):
                yield []
        for _ in range(_count(properties, "gridAfter", 0)):
            yield []


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table that are not deleted."""
    for row in _children(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            yield row


def _children(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children of a kind, also inside content controls and tracked changes."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _INSIDE:
            yield from _children(child, tag)


def _count(properties: etree._Element | None, name: str, usual: int) -> int:
    child = None if properties is None else properties.find(f"{W}{name}")
    value = "" if child is None else child.get(VAL, "")
    return min(int(value), 64) if value.isdecimal() and len(value) < 4 else usual


def _by_id(root: etree._Element | None) -> dict[str, etree._Element]:
    if root is None:
        return {}
    return {note.get(f"{W}id", ""): note for note in root if note.get(f"{W}type") not in _SEPARATORS}
