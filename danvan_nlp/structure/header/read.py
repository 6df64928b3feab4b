"""What a report says of itself: number, date, issuer, place, title, signer, recipients."""

from __future__ import annotations

import re
from collections.abc import Sequence

from danvan_nlp.language.key import fold
from danvan_nlp.structure.header.identity import DATE, NUMBER, identity
from danvan_nlp.structure.header.letterhead import COLUMNS, admin_level, issuer_of, locality_of
from danvan_nlp.structure.header.signature import recipients_of, signer_of
from danvan_nlp.structure.lines.looks import closed_up, is_capitalised
from danvan_nlp.structure.lines.split import is_upper
from danvan_nlp.structure.vocabulary import vocabulary
from danvan_nlp.types import Header, Unit

# The mark of a footnote on the letterhead is no part of a body's or a place's name.
_NOTE_MARK = re.compile("[⁰¹²³⁴-⁹\ufffd]")


def read_header(key: str, units: Sequence[Unit]) -> Header:
    """Read the header of a report from its administrative lines and its title.

    Parameters
    ----------
    key : str
        The document's key.
    units : sequence of Unit
        All units in order, with their roles.

    Returns
    -------
    Header
        None wherever the report says nothing.
    """
    body_at = next((i for i, u in enumerate(units) if u.role in ("sentence", "table")), len(units))
    front = [key[u.start : u.end] for u in units[:body_at] if u.role == "admin"]
    titles = _title_lines(key, units[:body_at])
    closing = [key[u.start : u.end] for u in units[body_at:] if u.role == "admin"]
    number, symbol, date = identity(front, closing)
    title_at = next((i for i, u in enumerate(units[:body_at]) if u.role == "heading"), body_at)
    letterhead = [_NOTE_MARK.sub("", key[u.start : u.end]) for u in units[:title_at] if u.role == "admin"]
    issuer = issuer_of(letterhead)
    locality = locality_of(issuer, letterhead, key)
    doc_type = next((t for t in (_document_type(title) for title in titles) if t), None)
    rest = [t for t in titles if closed_up(fold(t).strip(" *_#:")) not in vocabulary().document_types]
    title = " ".join(" ".join(rest).split()).strip("*_# ") or None
    if not titles and (subject := _subject(front)):
        doc_type, title = "công văn", subject
    signer, post = signer_of(closing)
    return Header(
        doc_type=doc_type,
        number=number,
        symbol=symbol,
        issuer=issuer,
        place=locality.name if locality else None,
        admin_level=admin_level(issuer, locality, symbol),
        locality=locality.slug if locality else None,
        date=date,
        title=title,
        signer=signer,
        signer_title=post,
        recipients=recipients_of(closing),
    )


def _title_lines(key: str, units: Sequence[Unit]) -> list[str]:
    """The headings of the title block: those before the first that is numbered."""
    titles: list[str] = []
    for unit in units:
        text = key[unit.start : unit.end]
        if unit.role == "heading":
            if titles and _starts_section(text):
                break
            titles.extend(text.split("\n") if not titles else [text])
        elif titles and unit.role == "sentence":
            break
    return [t for t in titles if t.strip()]


def _subject(front: Sequence[str]) -> str | None:
    """What a letter without title is about: ``V/v báo cáo …`` below its number, on one line or several."""
    pieces: list[str] = []
    for text in front:
        words = COLUMNS.split(text.strip())[0].strip("*_ ")
        if not pieces and fold(words).startswith(vocabulary().subject):
            pieces.append(words.partition(" ")[2])
        elif pieces:
            folded = fold(words)
            other = folded.startswith(vocabulary().address) or folded in vocabulary().state_heading
            if other or is_upper(words) or DATE.search(words) or NUMBER.match(words):
                break
            pieces.append(words)
    subject = " ".join(" ".join(pieces).split()).strip(" :.")
    # "(V/v …)": the bracket opens before the words that name it a subject.
    return (subject.removesuffix(")") if subject.count(")") > subject.count("(") else subject) or None


def _starts_section(text: str) -> bool:
    return bool(re.match(r"[*_#\s]*(?:[IVX]+|[A-D]|\d+)\s*[.)/-]|[*_#\s]*(?i:phần|chương)\s", text))


def _document_type(title: str) -> str | None:
    words = closed_up(fold(title).strip(" *_#:")).split(" ")
    for count in (3, 2):
        named = " ".join(words[:count]) in vocabulary().document_types
        if named and (is_upper(title[:12]) or is_capitalised(title)):
            return " ".join(words[:2])
    return None
