"""The parts of a docx, each parsed within limits; external targets are never fetched."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading.archive import Archive
from danvan_nlp.reading.markup import parse_xml
from danvan_nlp.reading.word.names import RELATION, W

_USUAL = "word/document.xml"
_NOT_READ = {"chart": "charts", "diagramData": "diagrams", "aFChunk": "files put into the text"}
"""Kinds of parts whose text stands on the printed page, and is not read."""


@dataclass(frozen=True, slots=True)
class Package:
    """The parsed parts that hold text or rule how it is shown; None where the file has none.

    ``left_out`` names the other parts that hold text, and how many of each there are.
    """

    body: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None
    footnotes: etree._Element | None
    endnotes: etree._Element | None
    margins: tuple[etree._Element, ...]
    left_out: tuple[str, ...]


def open_package(data: bytes) -> Package:
    """Open a docx.

    Raises
    ------
    ReadingError
        It is no Word file, or is damaged, encrypted, or beyond the limits.
    """
    archive = Archive(data)
    main = _main_part(archive)
    root = parse_xml(archive.read(main), main)
    body = root.find(f"{W}body")
    if body is None:
        raise ReadingError("damaged", f"{main} has no body; open the file in Word and save it again as .docx")
    related = _related(archive, main)

    def part(kind: str) -> etree._Element | None:
        name = next((target for k, target in related if k == kind and target in archive), None)
        return parse_xml(archive.read(name), name) if name else None

    shown = [name for kind, name in related if kind in ("header", "footer") and name in archive]
    return Package(
        body,
        part("styles"),
        part("numbering"),
        part("footnotes"),
        part("endnotes"),
        tuple(parse_xml(archive.read(name), name) for name in dict.fromkeys(shown)),
        _left_out(related, part("comments")),
    )


def _left_out(related: Sequence[tuple[str, str]], comments: etree._Element | None) -> tuple[str, ...]:
    counts = Counter(kind for kind, _ in related)
    named = [(len(comments) if comments is not None else 0, "comments")]
    named += [(counts[kind], name) for kind, name in _NOT_READ.items()]
    return tuple(f"{count} {name}" for count, name in named if count)


def _main_part(archive: Archive) -> str:
    if "_rels/.rels" in archive:
        for kind, target in _relations(archive, "_rels/.rels", ""):
            if kind == "officeDocument" and target in archive:
                return target
    if _USUAL in archive:
        return _USUAL
    raise ReadingError("damaged", "the archive holds no Word document; open the file in its program and save as .docx")


def _related(archive: Archive, part: str) -> list[tuple[str, str]]:
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    return list(_relations(archive, rels, folder)) if rels in archive else []


def _relations(archive: Archive, rels: str, folder: str) -> list[tuple[str, str]]:
    """Kind and target inside the archive of each relation."""
    found = []
    for relation in parse_xml(archive.read(rels), rels).iter(RELATION):
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found.append((relation.get("Type", "").rpartition("/")[2], path))
    return found
