"""Web pages: the report in them, without the page around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading.blocks import Block, clean, place_notes, superscript, write_blocks
from danvan_nlp.reading.legacy import convert_run, encoding_of_font, repair
from danvan_nlp.reading.legacy.encodings import encodings
from danvan_nlp.reading.limits import MOST_ATTRIBUTES, MOST_COLUMNS, MOST_HTML_TAGS
from danvan_nlp.reading.reading import Notice, Reading
from danvan_nlp.reading.tables import TableLimits, is_layout, layout_lines, table_lines
from danvan_nlp.reading.text import decode
from danvan_nlp.reading.word.numbering import written

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_AROUND = frozenset(
    "script style noscript nav aside form button iframe svg template select object embed head title footer".split()
)
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li ul ol section article main blockquote pre center dl dt dd hr figure figcaption body "
    "address header fieldset html td th tr tbody thead tfoot caption".split()
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_ORDERS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_FONT_FAMILY = re.compile(r"font-family\s*:[\s'\"]*([^;,'\"]+)", re.IGNORECASE)
_MOST_OF_IT = 0.6
_WIDEST_SPAN = 100


def read_html(data: bytes) -> Reading:
    """Read a web page.

    Parameters
    ----------
    data : bytes
        The whole file; nothing that it points to is fetched.

    Returns
    -------
    Reading
        The page's text without navigation, forms and footers; lists numbered and tables laid out as a browser shows.

    Raises
    ------
    ReadingError
        The page is damaged, hostile or without text.

    Examples
    --------
    >>> read_html(b"<nav>Menu</nav><h1>I. KET QUA</h1><p>Da tiep<br>12 luot.<table><tr><td>a<td>b</table>").text
    'I. KET QUA\\n\\nDa tiep\\n12 luot.\\n\\na\\tb\\n'
    """
    if data.count(b"<") > MOST_HTML_TAGS or data.count(b"=") > MOST_ATTRIBUTES:
        message = f"the page has more than {MOST_HTML_TAGS:,} tags or {MOST_ATTRIBUTES:,} attributes; split it"
        raise ReadingError("too_large", message)
    parser = etree.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8", collect_ids=False
    )
    source = _decode(data).replace("\x00", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError("damaged", f"the page cannot be parsed ({error}); save it again from the browser") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        # The parser leaves out what nests deeper: better no text than half of it.
        raise ReadingError("too_deep", "elements nest more than 256 deep; save the page as text from the browser")
    page = _Page()
    try:
        text, headings = write_blocks(place_notes(list(page.blocks(_main(root))) if root is not None else []))
    except RecursionError as error:
        raise ReadingError("too_deep", "elements nest too deep; save the page as text") from error
    if not text.strip():
        raise ReadingError("no_text", "the page holds no text; save it again from the browser once it has loaded")
    repaired = repair(text)
    plan = repaired.plan
    return Reading(
        repaired.text,
        headings=tuple((plan.moved(start), plan.moved(end), depth) for start, end, depth in headings),
        repairs=(*page.repairs(), *((plan.reason,) if plan else ())),
        notices=page.notices(),
    )


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:4096])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    try:
        return decode(data)
    except ReadingError as error:
        if error.code != "invalid_encoding" or b"\x00" in data:
            raise
        return data.decode("latin-1")


def _main(root: etree._Element) -> etree._Element:
    """The element that holds the report: the article, where it holds most of the page."""
    body = root.find("body")
    body = root if body is None else body
    size = _size(body)
    for place in body.iter("article", "main"):
        if _size(place) >= _MOST_OF_IT * size:
            return place
    return body


def _size(element: etree._Element) -> int:
    return sum(len(text) for text in element.itertext())


@dataclass(frozen=True, slots=True)
class _Place:
    """What holds for the text of an element: see `Block`; and the encoding of its font, from an element around it."""

    close: bool = False
    level: int | None = None
    preformatted: bool = False
    legacy: tuple[str, bool] | None = None


def _block_place(element: etree._Element, around: _Place) -> _Place:
    tag = element.tag
    centred = tag == "center" or element.get("align") == "center" or "center" in element.get("style", "")
    return _Place(
        close=centred or tag == "li" or around.close,
        level=int(tag[1]) if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else None,
        preformatted=around.preformatted or tag == "pre",
        legacy=_legacy(element) or around.legacy,
    )


def _legacy(element: etree._Element) -> tuple[str, bool] | None:
    """The encoding that the font of an element itself tells of."""
    styled = _FONT_FAMILY.search(element.get("style", ""))
    return encoding_of_font(styled[1].strip() if styled else element.get("face"))


class _Page:
    """Walks a page and gathers its text into blocks."""

    def __init__(self) -> None:
        self._line: list[str] = []
        self._counts: dict[etree._Element, int] = {}
        self._fonts: set[str] = set()
        self._limits = TableLimits()

    def blocks(self, element: etree._Element) -> Iterator[Block]:
        """The blocks of an element, in order."""
        yield from self._inside(element, _Place(legacy=_legacy(element)))
        yield from self._flush(_Place())

    def notices(self) -> tuple[Notice, ...]:
        """What was left out."""
        return self._limits.notices()

    def repairs(self) -> tuple[str, ...]:
        """What was converted from fonts older than Unicode."""
        return tuple(f"text in fonts of {encodings()[key].name} was converted" for key in sorted(self._fonts))

    def _inside(self, element: etree._Element, place: _Place) -> Iterator[Block]:
        self._add(element.text, place)
        for child in element:
            tag = child.tag
            if tag == "br":
                self._line.append("\n")
            elif not isinstance(tag, str) or tag in _AROUND or _is_menu(child):
                pass
            elif tag == "table":
                yield from self._flush(place)
                yield from self._table(child)
            elif tag in _BLOCKS:
                yield from self._flush(place)
                inner = _block_place(child, place)
                if tag == "li":
                    self._line.append(_mark(element, self._counts))
                yield from self._inside(child, inner)
                yield from self._flush(inner)
            elif tag == "sup" and (child.text or "").strip().isdecimal() and not len(child):
                self._line.append(superscript((child.text or "").strip()))
            else:
                yield from self._inside(child, replace(place, legacy=_legacy(child) or place.legacy))
            self._add(child.tail, place)

    def _add(self, text: str | None, place: _Place) -> None:
        if text:
            converted = convert_run(text, place.legacy)
            if place.legacy is not None and converted != text:
                self._fonts.add(place.legacy[0])
            self._line.append(converted if place.preformatted else _BLANKS.sub(" ", converted))

    def _flush(self, place: _Place) -> Iterator[Block]:
        lines = tuple(line for line in (clean(line.strip()) for line in "".join(self._line).split("\n")) if line)
        self._line = []
        if lines:
            yield Block(lines=lines, close=place.close, level=place.level)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        cells = [
            [list(self.blocks(cell)) if cell is not None else [] for cell in row]
            for row in self._limits.cut(_grid(table))
        ]
        texts = [[[line for block in cell for line in block.lines] for cell in row] for row in cells]
        if max(map(len, texts), default=0) <= 1 or _nested(table):
            yield from (block for row in cells for cell in row for block in cell)
        elif is_layout(texts):
            yield Block(lines=tuple(layout_lines(texts)), close=True)
        else:
            yield Block(lines=tuple(table_lines(texts)))


def _nested(table: etree._Element) -> bool:
    return any(inner is not table for inner in table.iter("table"))


def _grid(table: etree._Element) -> Iterator[list[etree._Element | None]]:
    """The rows of a table; None for a place that a cell further left or above covers."""
    below: dict[int, int] = {}
    for row in table.iterfind(".//tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        places: list[etree._Element | None] = []
        for cell in row.iterchildren("td", "th"):
            while below.get(len(places), 0) > 0:
                below[len(places)] -= 1
                places.append(None)
            wide, tall = _span(cell, "colspan"), _span(cell, "rowspan")
            for i in range(wide):
                below[len(places)] = tall - 1
                places.append(cell if i == 0 else None)
            if len(places) > MOST_COLUMNS:
                break
        while below.get(len(places), 0) > 0:
            below[len(places)] -= 1
            places.append(None)
        yield places


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return max(1, min(int(value), _WIDEST_SPAN)) if value.isdecimal() and len(value) < 6 else 1


def _mark(parent: etree._Element, counts: dict[etree._Element, int]) -> str:
    """The number or bullet that a browser puts before an entry of a list."""
    if parent.tag != "ol":
        return "- "
    start = parent.get("start", "1")
    number = counts.get(parent, int(start) if start.isdecimal() and len(start) < 6 else 1)
    counts[parent] = number + 1
    return written(number, _ORDERS.get(parent.get("type", "1"), "decimal")) + ". "


def _is_menu(element: etree._Element) -> bool:
    """Whether an element is a list of links."""
    if element.tag not in ("ul", "div", "section", "header"):
        return False
    links = list(element.iter("a"))
    return len(links) > 3 and sum(map(_size, links)) > 0.7 * _size(element)
