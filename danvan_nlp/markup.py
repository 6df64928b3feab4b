"""A text as HTML with its references marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from html import escape

from danvan_nlp import linking, references
from danvan_nlp.analysis import shared_registry
from danvan_nlp.corpus.names import document_name
from danvan_nlp.paths import Paths
from danvan_nlp.structure import parse
from danvan_nlp.types import Directive, Link, Mention, Source
from danvan_nlp.user_files import UserFiles


def annotate(text: str, *, link: Callable[[Mention, Link], str | None] | None = None, registry: Paths = ()) -> str:
    """Mark the references of a text for a web page.

    Parameters
    ----------
    text : str
        The text of a report, or a piece of one.
    link : callable, optional
        Gives the address that a reference leads to, from its mention and from what it was resolved to; None for none.
    registry : path-like or iterable of path-like
        Files with directives of the user's own, added to those of the package.

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
    known = shared_registry(UserFiles.of(registry).registry)
    links = linking.link(mentions, text=text, units=report.units, header=report.header, registry=known)
    cited = {document.target_id: document for document in linking.directives(mentions, links, known)}
    pieces: list[str] = []
    at = 0
    for mention, found in zip(mentions, links, strict=True):
        address = link and link(mention, found)
        about = _about(cited[found.target]) if found.target else linking.in_words(found.reason)
        words = text[mention.start : mention.end]
        pieces += (escape(text[at : mention.start]), _element(words, found, about, address))
        at = mention.end
    return "".join((*pieces, escape(text[at:])))


def _about(document: Directive) -> str:
    """What a reader is told of a document."""
    name = document_name(asdict(document), document.target_id)
    return name if not document.title or document.title in name else f"{name}: {document.title}"


def _element(words: str, found: Link, about: str, address: str | None) -> str:
    kind = "reference" if found.target else "reference unresolved"
    target = f' data-target="{escape(found.target)}"' if found.target else ""
    facts = f'{target} title="{escape(about)}"'
    if address is None:
        return f'<span class="{kind}"{facts}>{escape(words)}</span>'
    return f'<a class="{kind}" href="{escape(address)}"{facts}>{escape(words)}</a>'
