"""A text as HTML with its references marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from html import escape

from danvan_nlp import linking, references
from danvan_nlp.corpus.names import document_name
from danvan_nlp.structure import parse
from danvan_nlp.types import Link, Mention, Source


def annotate(text: str, *, link: Callable[[Mention, Link], str | None] | None = None) -> str:
    """Mark the references of a text for a web page.

    Parameters
    ----------
    text : str
        The text of a report, or a piece of one.
    link : callable, optional
        Gives the address that a reference leads to, from its mention and from what it was resolved to; None for none.

    Returns
    -------
    str
        HTML in which everything is escaped: without its tags it reads as the text. Each reference is an element of
        class ``reference`` with its target in ``data-target``, and of class ``unresolved`` too where it has none; its
        title says what the document is, or why it could not be told.

    Examples
    --------
    >>> print(annotate("Theo Kết luận 114-KL/TW <b>"))
    Theo <span class="reference" data-target="114-KL/TW@TW@2015" title="Kết luận 114-KL/TW (2015): nâng cao hiệu quả \
công tác dân vận của cơ quan nhà nước các cấp">Kết luận 114-KL/TW</span> &lt;b&gt;
    >>> print(annotate("Luật Đất đai năm 2013", link=lambda mention, found: f"#{found.target}"))
    <a class="reference" href="#45-QH13@QH@2013" data-target="45-QH13@QH@2013" title="Luật 45/2013/QH13: \
Luật Đất đai">Luật Đất đai năm 2013</a>
    """
    report = parse(Source(text, "txt", ""))
    mentions = references.find(text, report.units)
    registry = linking.load_registry()
    links = linking.link(mentions, text=text, units=report.units, header=report.header, registry=registry)
    pieces: list[str] = []
    at = 0
    for mention, found in zip(mentions, links, strict=True):
        address = link and link(mention, found)
        words = text[mention.start : mention.end]
        pieces += (escape(text[at : mention.start]), _element(words, found, _about(found, registry), address))
        at = mention.end
    return "".join((*pieces, escape(text[at:])))


def _about(found: Link, registry: linking.Registry) -> str:
    """What a reader is told of a reference."""
    if found.target is None:
        return linking.in_words(found.reason)
    entry = registry.target(found.target)
    if entry is None:
        return found.target
    name = document_name({**asdict(entry), "year": entry.year_in_number}, found.target)
    return name if entry.title in name else f"{name}: {entry.title}"


def _element(words: str, found: Link, about: str, address: str | None) -> str:
    kind = "reference" if found.target else "reference unresolved"
    target = f' data-target="{escape(found.target)}"' if found.target else ""
    facts = f'{target} title="{escape(about)}"'
    if address is None:
        return f'<span class="{kind}"{facts}>{escape(words)}</span>'
    return f'<a class="{kind}" href="{escape(address)}"{facts}>{escape(words)}</a>'
