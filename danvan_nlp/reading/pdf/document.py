"""A PDF as text, page by page."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading.blocks import write_blocks
from danvan_nlp.reading.legacy import repair
from danvan_nlp.reading.limits import MOST_PAGES, PDF_SECONDS
from danvan_nlp.reading.pdf.columns import closing_columns, front_columns, merge_rows
from danvan_nlp.reading.pdf.gaps import gap_tables
from danvan_nlp.reading.pdf.grids import Grids, RuledTable
from danvan_nlp.reading.pdf.lines import Line, PageText
from danvan_nlp.reading.pdf.margins import split_margins
from danvan_nlp.reading.pdf.misread import mend_numbers
from danvan_nlp.reading.pdf.ocr import Scan, has_tesseract, notice_of, read_scan
from danvan_nlp.reading.pdf.paragraphs import (
    Draft,
    Frame,
    body_size,
    cited_marks,
    finish,
    frame_of,
    goes_on,
    is_centred,
    read_notes,
    split_notes,
)
from danvan_nlp.reading.reading import Notice, Reading

_FEWEST_LETTERS = 8
_A4 = (595.0, 842.0)


def extract(data: bytes, *, ocr: bool = True) -> Reading:
    """Read a PDF in this process.

    Parameters
    ----------
    data : bytes
        The whole file.
    ocr : bool
        Read scanned pages with tesseract, where it is installed.

    Returns
    -------
    Reading
        Paragraphs joined over lines and pages; running heads and page numbers in ``margins``; scans that could not be
        read in ``notices``.

    Raises
    ------
    ReadingError
        The file is damaged, encrypted, beyond the limits, or has no page with text.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        raise _unopened(error) from error
    if count > MOST_PAGES:
        raise ReadingError("too_large", f"{count:,} pages (at most {MOST_PAGES:,} are read); split the file")
    try:
        pages = _Pages(data, document, ocr)
        return pages.read()
    finally:
        document.close()


def _unopened(error: Exception) -> ReadingError:
    if "password" in str(error).lower():
        return ReadingError("encrypted", "the PDF is locked by a password; take the password off and save it again")
    return ReadingError("damaged", f"the PDF cannot be opened ({error}); copy it again, or print it to a new PDF")


class _Pages:
    """The pages of a PDF while they are read."""

    def __init__(self, data: bytes, document: Any, ocr: bool) -> None:
        self._document = document
        self._ocr = ocr and has_tesseract()
        self._grids = Grids(data, PDF_SECONDS / 2)
        self._lines: list[list[Line]] = []
        self._tables: list[list[RuledTable]] = []
        self._sizes: list[tuple[float, float]] = []
        self._scans: list[Scan] = []
        self._broken: list[int] = []
        self._frame = frame_of([])

    def read(self) -> Reading:
        until = time.monotonic() + PDF_SECONDS
        for number in range(len(self._document)):
            self._read_page(number)
            if time.monotonic() > until and not self._scans:
                message = f"after {number + 1} pages {PDF_SECONDS:.0f} seconds were over; print the file to a new PDF"
                raise ReadingError("timeout", message)
        free = [_outside(lines, tables) for lines, tables in zip(self._lines, self._tables, strict=True)]
        bodies, margins = split_margins(free, [height for _, height in self._sizes])
        text, _ = write_blocks(map(finish, self._drafts(bodies)))
        if not text.strip():
            raise ReadingError("scan" if self._scans else "no_text", _no_text(self._scans, self._ocr))
        mended, changes = mend_numbers(text) if self._scans else (text, ())
        repaired = repair(mended)
        return Reading(
            repaired.text,
            margins=tuple(dict.fromkeys(line.strip() for line in margins)),
            repairs=(*changes, *((repaired.plan.reason,) if repaired.plan else ())),
            notices=tuple(self._notices()),
        )

    def _read_page(self, number: int) -> None:
        import pypdfium2

        try:
            page = self._document[number]
        except pypdfium2.PdfiumError:
            self._lose_page(number)
            return
        try:
            text = PageText(page, number)
        except pypdfium2.PdfiumError:
            self._lose_page(number)
            page.close()
            return
        try:
            lines = text.lines()
            size = page.get_size()
            if sum(len(line.text.strip()) for line in lines) < _FEWEST_LETTERS and _has_picture(page):
                scan = read_scan(page, number) if self._ocr else Scan(number)
                self._scans.append(scan)
                self._add(list(scan.lines), [], size)
            else:
                ruled = self._grids.of_page(page, number, text) if lines else []
                tables = sorted((*ruled, *gap_tables(_outside(lines, ruled))), key=lambda table: -table.box[3])
                self._add(lines, tables, size)
        finally:
            text.close()
            page.close()

    def _lose_page(self, number: int) -> None:
        self._broken.append(number + 1)
        self._add([], [], _A4)

    def _add(self, lines: list[Line], tables: list[RuledTable], size: tuple[float, float]) -> None:
        self._lines.append(lines)
        self._tables.append(tables)
        self._sizes.append(size)

    def _notices(self) -> list[Notice]:
        notices = notice_of(self._scans, self._ocr)
        for pages, error, what in (
            (self._broken, "broken_page", "cannot be read; print the file to a new PDF"),
            (
                self._grids.skipped,
                "table_skipped",
                "hold drawings too large for the search for tables; their text is kept",
            ),
        ):
            if pages:
                notices.append(Notice(error=error, message=f"pages {', '.join(map(str, pages[:20]))} {what}"))
        return notices

    def _drafts(self, bodies: Sequence[Sequence[Line]]) -> list[Draft]:
        usual = body_size(bodies)
        self._frame = frame_of([line for lines in bodies for line in lines])
        drafts: list[Draft] = []
        for number, lines in enumerate(bodies):
            text, below = split_notes(lines, usual)
            first = len(drafts)
            self._page_drafts(drafts, text, number)
            _attach(drafts, max(first - 1, 0), read_notes(below))
        return drafts

    def _page_drafts(self, drafts: list[Draft], lines: Sequence[Line], number: int) -> None:
        waiting, free = list(self._tables[number]), list(lines)
        frame = frame_of(free, self._frame)
        if number == 0:
            front, free = front_columns(free, frame.middle)
            if front:
                drafts.append(Draft([], rows=tuple(front), centred=True))
        start, closing, below = closing_columns(free, frame.middle)
        if closing:
            free = [line for line in free[:start] if line.y > free[start].y + free[start].size]
        for line in merge_rows(free):
            while waiting and waiting[0].box[1] > line.y:
                _add_table(drafts, waiting.pop(0))
            _add_line(drafts, line, frame)
        if closing:
            drafts.append(Draft([], rows=tuple(closing), centred=True))
        for line in merge_rows(below):
            while waiting and waiting[0].box[1] > line.y:
                _add_table(drafts, waiting.pop(0))
            _add_line(drafts, line, frame)
        for table in waiting:
            _add_table(drafts, table)


def _outside(lines: list[Line], tables: Sequence[RuledTable]) -> list[Line]:
    """The lines that stand in no table."""
    if not tables:
        return lines
    return [line for line in lines if not any(table.holds(line.centre, line.y + 1) for table in tables)]


def _add_table(drafts: list[Draft], table: RuledTable) -> None:
    last = drafts[-1] if drafts else None
    width = table.rows[0].count("\t")
    if last is not None and last.rows and last.rows[0].count("\t") == width:
        # A table goes on over a page break; its header is printed again.
        again = takewhile(lambda pair: pair[0] == pair[1], zip(table.rows, last.rows, strict=False))
        last.rows = (*last.rows, *table.rows[len(list(again)) :])
    else:
        drafts.append(Draft([], rows=table.rows))


def _add_line(drafts: list[Draft], line: Line, frame: Frame) -> None:
    last = drafts[-1] if drafts else None
    if last is not None and last.lines and goes_on(last, line, frame):
        last.lines.append(line)
        last.centred = last.centred or (len(last.lines) == 2 and is_centred(line, frame))
    else:
        drafts.append(Draft([line], centred=is_centred(line, frame)))


def _attach(drafts: list[Draft], first: int, notes: Sequence[tuple[str, list[str]]]) -> None:
    """Put the notes of a page behind the paragraphs that cite them, or behind its last paragraph."""
    if not drafts:
        drafts.extend(Draft([], rows=(" ".join(text),)) for _, text in notes)
        return
    cited: dict[str, Draft] = {}
    for draft in drafts[first:]:
        for mark in cited_marks(draft):
            cited.setdefault(mark, draft)
    for mark, text in notes:
        open_note = next((d.notes[-1] for d in reversed(drafts) if d.notes), None)
        if not mark and open_note is not None:
            open_note[1][-1] += " " + text[0]
            open_note[1].extend(text[1:])
        else:
            cited.get(mark, drafts[-1]).notes.append((mark, text))


def _has_picture(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    count = min(pdfium.FPDFPage_CountObjects(page.raw), 1_000)
    kinds = (pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, i)) for i in range(count))
    return any(kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM) for kind in kinds)


def _no_text(scans: Sequence[Scan], tried: bool) -> str:
    if not scans:
        return "the PDF holds neither text nor pictures of pages; export the report again from its source"
    if tried:
        return "the pages are pictures in which tesseract found no text; scan them again at 300 dpi"
    return "the pages are pictures; install tesseract with its Vietnamese data (tesseract-ocr, tesseract-ocr-vie)"
