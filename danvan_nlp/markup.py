"""A text as HTML with its references marked."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from danvan_nlp import linking, references
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
        class ``reference``, with its target in ``data-target`` and the reason of the resolution as its title.

    Examples
    --------
    >>> print(annotate("Theo Kết luận 114-KL/TW <b>"))
    Theo <span class="reference" data-target="114-KL/TW@TW@2015" title="registry: number, symbol; the only one known">\
Kết luận 114-KL/TW</span> &lt;b&gt;
    >>> print(annotate("Hiến pháp năm 2013", link=lambda mention, found: f"#{found.target}"))
    <a class="reference" href="#hien-phap@QH@2013" data-target="hien-phap@QH@2013" title="registry: name, year">\
Hiến pháp năm 2013</a>
    """
    report = parse(Source(text, "txt", ""))
    mentions = references.find(text, report.units)
    links = linking.link(
        mentions, text=text, units=report.units, header=report.header, registry=linking.load_registry()
    )
    pieces: list[str] = []
    at = 0
    for mention, found in zip(mentions, links, strict=True):
        pieces += (escape(text[at : mention.start]), _element(text, mention, found, link and link(mention, found)))
        at = mention.end
    return "".join((*pieces, escape(text[at:])))


def _element(text: str, mention: Mention, found: Link, address: str | None) -> str:
    words = escape(text[mention.start : mention.end])
    target = f' data-target="{escape(found.target)}"' if found.target else ""
    about = f'{target} title="{escape(found.reason)}"'
    if address is None:
        return f'<span class="reference"{about}>{words}</span>'
    return f'<a class="reference" href="{escape(address)}"{about}>{words}</a>'
