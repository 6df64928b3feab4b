"""A source read into its structure."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from danvan_nlp.language.key import Key, make_key
from danvan_nlp.structure.header.read import read_header
from danvan_nlp.structure.headings.find import find_headings
from danvan_nlp.structure.headings.tree import build_sections
from danvan_nlp.structure.lines.paragraphs import join_lines
from danvan_nlp.structure.lines.split import join_lone_markers, split_lines
from danvan_nlp.structure.notes.anchors import anchor_footnotes
from danvan_nlp.structure.notes.plain import with_plain_notes
from danvan_nlp.structure.regions.mark import mark_regions
from danvan_nlp.structure.tables.bare import headed_cells
from danvan_nlp.structure.units import make_units
from danvan_nlp.types import Report, Section, Source, Unit

_Spanned = TypeVar("_Spanned", Unit, Section)


def parse(source: Source) -> Report:
    """Read the structure of a report.

    Parameters
    ----------
    source : Source
        The decoded text of one document.

    Returns
    -------
    Report
        Header, section tree and units; all offsets index ``source.text``. Any text gives a report; an empty one has
        no units.

    Examples
    --------
    >>> report = parse(Source("I. KẾT QUẢ\\nĐã tiếp 12 lượt người. Đã xong.", "txt", ""))
    >>> [(unit.role, report.text[unit.start : unit.end]) for unit in report.units]
    [('heading', 'I. KẾT QUẢ'), ('sentence', 'Đã tiếp 12 lượt người.'), ('sentence', 'Đã xong.')]
    """
    key = make_key(source.text)
    lines = split_lines(key.text)
    lines = with_plain_notes(key.text, join_lone_markers(lines, headed_cells(lines)))
    paragraphs = join_lines(lines, mark_regions(lines))
    styled = [key.to_key(start, end) for start, end, _ in source.headings]
    units = make_units(key.text, paragraphs, find_headings(key.text, paragraphs, styled))
    units = anchor_footnotes(key.text, units, paragraphs)
    sections, units = build_sections(key.text, units)
    header = read_header(key.text, units)
    return Report(source, header, tuple(_in_source(sections, key)), tuple(_in_source(units, key)))


def _in_source(items: list[_Spanned], key: Key) -> list[_Spanned]:
    """The same items with offsets into the source."""
    if key.offsets is None:
        return items
    spans = [key.to_source(item.start, item.end) for item in items]
    return [replace(item, start=a, end=b) for item, (a, b) in zip(items, spans, strict=True)]
