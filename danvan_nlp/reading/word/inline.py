"""The text of one paragraph: runs in, deletions and hidden text out, note marks, text boxes apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from danvan_nlp.reading.blocks import superscript
from danvan_nlp.reading.legacy import convert_run, encoding_of_font
from danvan_nlp.reading.legacy.encodings import encodings
from danvan_nlp.reading.word.names import MC, VAL, M, W
from danvan_nlp.reading.word.styles import Look, Styles, run_look

_GONE = frozenset(
    f"{W}{name}"
    for name in ("del", "moveFrom", "instrText", "delInstrText", "delText", "rPr", "pPr", "sdtPr", "sdtEndPr", "rt",
                 "annotationRef", "fldData")
)  # fmt: skip
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
}
# Characters of symbol fonts by their code.
_SYMBOLS = {"F0B0": "°", "F0B3": "≥", "F0A3": "≤", "F0B1": "±", "F0B4": "×", "F0B7": "•", "F02D": "-", "F0E0": "→",
            "F0FC": "✓", "F0A8": "□", "F0FE": "☒", "F06F": "□"}  # fmt: skip
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SHOWN = 40
_BOX = f"{W}txbxContent"


@dataclass(slots=True)
class Notes:
    """Footnotes and endnotes: their elements, and the number that the next one gets."""

    footnotes: dict[str, etree._Element] = field(default_factory=dict)
    endnotes: dict[str, etree._Element] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def mark(self, kind: str) -> str:
        """The next mark of a kind of note."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return superscript(self.counts[kind])


@dataclass(slots=True)
class Inline:
    """What a paragraph holds: its text, the notes that it cites, the text boxes that hang on it."""

    text: str
    notes: list[tuple[str, etree._Element]]
    boxes: list[etree._Element]


class InlineReader:
    """Reads paragraphs one by one; notes are numbered in the order in which they are met."""

    def __init__(self, styles: Styles, notes: Notes) -> None:
        self._styles = styles
        self._notes = notes
        self._found: list[tuple[str, etree._Element]] = []
        self._boxes: list[etree._Element] = []
        self._converted: dict[str, tuple[int, str, str]] = {}

    def read(self, paragraph: etree._Element, look: Look) -> Inline:
        """Read one paragraph whose style gives its runs a look."""
        self._found, self._boxes = [], []
        pieces: list[tuple[str, tuple[str, bool] | None]] = []
        for text, font in self._walk(paragraph, look):
            legacy = encoding_of_font(font) if font else None
            if pieces and pieces[-1][1] == legacy:
                pieces[-1] = (pieces[-1][0] + text, legacy)
            else:
                pieces.append((text, legacy))
        # A letter and its mark may stand in two runs of a font: a conversion needs the whole stretch.
        whole = "".join(self._convert(text, legacy) for text, legacy in pieces)
        return Inline(whole, self._found, self._boxes)

    def repairs(self) -> tuple[str, ...]:
        """What was converted so far, one sentence an encoding."""
        return tuple(
            f"{count} stretches in a font of {encodings()[key].name} were converted, as {before!r} into {after!r}"
            for key, (count, before, after) in self._converted.items()
        )

    def _convert(self, text: str, legacy: tuple[str, bool] | None) -> str:
        converted = convert_run(text, legacy)
        if legacy is not None and converted != text:
            count, before, after = self._converted.get(legacy[0], (0, text[:_SHOWN], converted[:_SHOWN]))
            self._converted[legacy[0]] = (count + 1, before, after)
        return converted

    def _walk(self, element: etree._Element, look: Look) -> Iterator[tuple[str, str | None]]:
        """Text with its font, in the order of the page."""
        for child in element:
            tag = child.tag
            if tag in _GONE:
                continue
            if tag == f"{W}r":
                yield from self._run(child, look)
            elif tag == f"{MC}AlternateContent":
                yield from self._walk(_chosen(child), look)
            elif tag == _BOX:
                self._boxes.append(child)
            elif tag == f"{M}t":
                yield child.text or "", None
            elif len(child):
                yield from self._walk(child, look)

    def _run(self, run: etree._Element, base: Look) -> Iterator[tuple[str, str | None]]:
        look = base
        properties = run.find(f"{W}rPr")
        if properties is not None:
            style = properties.find(f"{W}rStyle")
            if style is not None:
                look = self._styles.character(style.get(VAL)).over(look)
            look = run_look(properties).over(look)
        if look.hidden:
            return
        for child in run:
            text = self._text(child)
            if text is None:
                yield from self._content(child, look)
            elif text:
                if look.raised and text.strip().isdecimal():
                    text = text.translate(_RAISED)
                yield text.upper() if look.capitals else text, look.font

    def _text(self, child: etree._Element) -> str | None:
        """The text of a run's leaf; None for an element that holds others."""
        tag = child.tag
        if tag == f"{W}t":
            return child.text or ""
        if tag in _SIGNS:
            return _SIGNS[tag]
        if tag == f"{W}sym":
            return _SYMBOLS.get(child.get(f"{W}char", "").upper(), "")
        if tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            return self._note(child, "footnote" if tag == f"{W}footnoteReference" else "endnote")
        return "" if tag in _GONE else None

    def _note(self, reference: etree._Element, kind: str) -> str:
        known = self._notes.footnotes if kind == "footnote" else self._notes.endnotes
        note = known.get(reference.get(f"{W}id", ""))
        if note is None:
            return ""
        if reference.get(f"{W}customMarkFollows") in ("1", "true", "on"):
            self._found.append(("", note))
            return ""
        mark = self._notes.mark(kind)
        self._found.append((mark, note))
        return mark

    def _content(self, element: etree._Element, look: Look) -> Iterator[tuple[str, str | None]]:
        """Drawings and the like: their text boxes, and what stands in them in the line."""
        if element.tag == f"{MC}AlternateContent":
            element = _chosen(element)
        boxes = list(element.iter(_BOX))
        self._boxes.extend(box for box in boxes if not any(parent in boxes for parent in box.iterancestors(_BOX)))
        if not boxes and element.tag == f"{W}ruby":
            yield from self._walk(element, look)


def _chosen(alternatives: etree._Element) -> etree._Element:
    """The branch that a present-day program shows."""
    for name in ("Choice", "Fallback"):
        branch = alternatives.find(f"{MC}{name}")
        if branch is not None:
            return branch
    return alternatives
