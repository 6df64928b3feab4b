"""The types that the stages hand to one another: frozen, slotted, free of behaviour that belongs to a stage.

Every ``start`` and ``end`` is a half-open range of Unicode code points into ``Source.text``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["heading", "sentence", "footnote", "admin", "table"]
Kind = Literal["full", "short", "anaphor", "self"]
RelationType = Literal[
    "implements",
    "reviews",
    "continues",
    "issued_with",
    "guides",
    "replaces",
    "amends",
    "based_on",
    "attached_to",
    "responds_to",
]


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one document, as it stands in its file.

    Attributes
    ----------
    text : str
        The text; that of ``txt`` and ``md`` is not altered: no line ending changed, nothing normalised. A line of more
        than a million characters is left empty, and ``notices`` says so.
    format : str
        How the bytes were read: ``"txt"``, ``"md"``, ``"docx"``, ``"pdf"``, ``"html"``, ``"doc"``, ``"rtf"``,
        ``"odt"``, or ``"image"`` (a scan kept as JPEG, PNG or TIFF).
        For ``txt`` and ``md`` the text is the decoded file, for the others it was written out by the reader.
    sha256 : str
        Hexadecimal digest of the file's bytes.
    headings : tuple of (int, int, int)
        Start, end and depth (from 1) of what the file itself marks as a heading.
    margins : tuple of str
        Headers, footers and page numbers, which are no part of the text.
    repairs : tuple of str
        What was converted from an encoding older than Unicode, and why.
    notices : tuple of (str, str)
        Error code and message of what could not be read in a file whose rest was.
    """

    text: str
    format: str
    sha256: str
    headings: tuple[tuple[int, int, int], ...] = ()
    margins: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    notices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a report says of itself in its letterhead, title and signature block; None where it says nothing.

    ``admin_level`` is ``trung_uong``, ``cap_tinh``, ``cap_huyen`` or ``cap_xa``; ``locality`` is the slug of the
    issuing place (``"cao-bang"``); ``date`` is ISO.
    """

    doc_type: str | None = None
    number: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    place: str | None = None
    admin_level: str | None = None
    locality: str | None = None
    date: str | None = None
    title: str | None = None
    signer: str | None = None
    signer_title: str | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the report's tree; ``parent`` is the index of its parent in ``Report.sections``."""

    parent: int | None
    depth: int
    marker: str | None
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A sentence, heading, footnote sentence, administrative line or piece of a table (annotation guide, section 0).

    Attributes
    ----------
    section : int or None
        Index into ``Report.sections`` of the innermost section that the unit stands in.
    anchor : int or None
        For a footnote: index into ``Report.units`` of the sentence that carries its mark.
    """

    start: int
    end: int
    role: Role
    section: int | None = None
    anchor: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One report read into its structure; ``units`` are in the order of the text and do not overlap."""

    source: Source
    header: Header
    sections: tuple[Section, ...]
    units: tuple[Unit, ...]

    @property
    def text(self) -> str:
        """The report's text, as it stands in its file."""
        return self.source.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One reference to a directive as this place of the text states it (contract, table ``references``).

    Attributes
    ----------
    number, symbol, year : str or None
        ``"114"``, ``"KL/TW"`` and the year in the number (``"2015"`` in 04/2015/NĐ-CP) or of the date.
    year_in_number : str or None
        The year where it is part of the number.
    alias_of : int or None
        Index, in the list of the document's mentions, of the antecedent of a short form or anaphor.
    name : str or None
        For a document named without number, its key: ``"luat-tiep-cong-dan"``, ``"nq-tw4-khoa-xii"``,
        ``"nq-dai-hoi-xv"``, ``"hien-phap"``.
    known_symbol : bool
        False where the symbol has the right shape but holds an abbreviation no data file knows.
    """

    start: int
    end: int
    kind: Kind
    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    year: str | None = None
    date: str | None = None
    issuer: str | None = None
    term: str | None = None
    title: str | None = None
    part: str | None = None
    alias_of: int | None = None
    name: str | None = None
    known_symbol: bool = True
    year_in_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Which directive a mention denotes: a target, or candidates, or neither, and always why.

    ``target`` and each of ``candidates`` is a ``target_id`` such as ``"114-KL/TW@TW@2015"``.
    """

    target: str | None
    score: float | None
    candidates: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """A document that reports cite, known from the registry or only seen in the corpus."""

    target_id: str
    type: str | None
    number: str | None
    symbol: str | None
    scope: str | None
    issuer: str | None
    date: str | None
    year: str | None
    term: str | None
    title: str | None
    aliases: tuple[str, ...] = ()
    known: bool = False
    year_in_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One document acts on another; mentions are given by index, ``source`` None means the report itself."""

    source: int | None
    target: int
    type: RelationType
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table.

    Attributes
    ----------
    row, column : int
        Place of the cell's upper left corner in the grid, from 0.
    row_span, column_span : int
        How many rows and columns it covers; a cell merged over a group of columns covers them all.
    text : str
        The comparison key of its text, line breaks kept, white space at both ends removed.
    """

    row: int
    column: int
    start: int
    end: int
    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table as a grid, whatever its layout in the file.

    Attributes
    ----------
    layout : str
        ``"cells"`` (one cell a line), ``"rows"`` (cells apart by tabs), ``"pipes"`` (Markdown) or ``"list"`` (bullets:
        the last column holds the values, the columns before it the labels, a parent spanning the rows below it).
    n_header : int
        How many rows at the top are column headers.
    titles : tuple of (int, int)
        Lines of the table's own text that stand above its grid.
    cells : tuple of Cell
        The cells that hold text, in the order of the text; an empty place has no cell.
    """

    start: int
    end: int
    layout: Literal["cells", "rows", "pipes", "list"]
    n_rows: int
    n_columns: int
    n_header: int
    cells: tuple[Cell, ...]
    titles: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One stated figure of an appendix (indicators.md); ``key`` is None where its meaning was not recognised.

    ``about`` is the place or body of the figure's row, where a table has one row for each of several.
    """

    section: str | None
    key: str | None
    label: str
    level: str | None
    year: str | None
    value: float | None
    percent: float | None
    unit: str | None
    raw: str
    start: int
    end: int
    note: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One figure in the prose: what is counted, when, where and of whom."""

    unit_index: int
    start: int
    end: int
    raw: str
    value: float | None
    unit: str | None = None
    counted: str | None = None
    period: str | None = None
    place: str | None = None
    indicator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a person should look at: a slip, a sum that does not add up, a contradiction.

    ``against`` is the range of the other side, where the finding holds one place of the text against another; ``rule``
    is the document that asks for what is lacking.
    """

    kind: str
    start: int
    end: int
    message: str
    expected: str | None = None
    found: str | None = None
    mention: int | None = None
    indicator: str | None = None
    against: tuple[int, int] | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Tagging:
    """The themes of one sentence and the calibrated probability of every theme."""

    themes: tuple[str, ...] = ()
    scores: dict[str, float] = field(default_factory=dict)
