"""XML parsed without entities, without the network, within limits."""

from __future__ import annotations

from lxml import etree

from danvan_nlp.errors import ReadingError
from danvan_nlp.reading.limits import MOST_ATTRIBUTES, MOST_TAGS

# Strict documents name the same elements in other namespaces.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Parse one XML part of a file.

    Parameters
    ----------
    data : bytes
        The part.
    name : str
        Its name, for errors.

    Returns
    -------
    Element
        The root; comments and processing instructions are gone.

    Raises
    ------
    ReadingError
        It is not well-formed, declares a document type or entities, nests too deep or has too many tags.

    Examples
    --------
    >>> parse_xml(b"<a><b/></a>", "a.xml").tag
    'a'
    """
    if data.count(b"<") > MOST_TAGS or data.count(b"=") > MOST_ATTRIBUTES:
        message = f"{name} has more than {MOST_TAGS:,} tags or {MOST_ATTRIBUTES:,} attributes; split the file"
        raise ReadingError("too_large", message)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        message = f"{name} declares entities, which no Word file does; open it in Word and save it again as .docx"
        raise ReadingError("unsafe_xml", message)
    if b"http://purl.oclc.org/ooxml/" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        code = "too_deep" if "depth" in str(error).lower() else "damaged"
        message = f"{name} is not well-formed ({error}); open the file in its program and save it again"
        raise ReadingError(code, message) from error
