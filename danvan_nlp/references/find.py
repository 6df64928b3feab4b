"""From a text to its mentions: the scanners of each field, then their assembly."""

from __future__ import annotations

import gc
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, make_dataclass
from operator import attrgetter
from typing import Any

from danvan_nlp.language.key import Key, make_key
from danvan_nlp.references.antecedents import link
from danvan_nlp.references.bounds import Bounds, of_lines, of_units
from danvan_nlp.references.clauses import from_sentence
from danvan_nlp.references.drafts import Draft
from danvan_nlp.references.landmarks import landmarks
from danvan_nlp.references.numbers import numbered
from danvan_nlp.references.sharing import groups, read_part, share, share_across
from danvan_nlp.references.tables import read_rows, read_self
from danvan_nlp.references.titles import clean, read_title
from danvan_nlp.references.words import worded
from danvan_nlp.types import Mention, Unit

_LAW_NUMBER = re.compile(r"\s*,?\s*\(?\s*")


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Switch the collector of reference cycles off for a while, as Mercurial's ``nogc`` does.

    No mention refers back to itself, so that it frees nothing here, yet it walks over all that a long report has given
    so far again and again, and time grows faster than the text. Of several threads the first to finish may switch it
    on too early for the others, and none can leave it off.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_collector_paused()
def find(text: str, units: Sequence[Unit] | None = None) -> list[Mention]:
    """Find every mention of a directive and read what it states.

    Parameters
    ----------
    text : str
        A report, or any text.
    units : sequence of Unit, optional
        The report's units in the order of the text. They bound mentions and titles, and their roles tell the
        report's own number line and the cells of tables; without them lines and blank lines do.

    Returns
    -------
    list of Mention
        In the order of the text, not overlapping; ``start`` and ``end`` index ``text``.

    Examples
    --------
    >>> text = "Thực hiện Kết luận số 114-KL/TW, ngày 14/7/2015 của Ban Bí thư về công tác dân vận."
    >>> [mention] = find(text)
    >>> text[mention.start : mention.end], mention.date, mention.issuer, mention.title
    ('Kết luận số 114-KL/TW', '2015-07-14', 'Ban Bí thư', 'công tác dân vận')
    """
    key = make_key(text)
    bounds = of_lines(key.text) if units is None else of_units(key, units)
    drafts = _drafts(key.text, bounds)
    for group in groups(key.text, drafts):
        share(key.text, group)
    _read_titles(key.text, drafts)
    for group in groups(key.text, drafts):
        share(key.text, group)
    share_across(key.text, drafts)
    read_rows(key.text, drafts, bounds)
    from_sentence(key.text, drafts)
    read_self(key.text, drafts, bounds)
    return _mentions(text, key, link(key.text, drafts))


def _drafts(text: str, bounds: Bounds) -> list[Draft]:
    places = landmarks(text)
    first = numbered(text, bounds, places)
    second = worded(text, bounds, first, places)
    drafts: list[Draft] = []
    for draft in sorted(first + second, key=attrgetter("start")):
        if drafts and _one_law(text, drafts[-1], draft):
            _join_law(drafts[-1], draft)
        else:
            drafts.append(draft)
    for draft in drafts:
        read_part(text, draft)
    return drafts


def _one_law(text: str, law: Draft, number: Draft) -> bool:
    """Whether a number follows the name of the law that it numbers: "Luật Tiếp công dân số 42/2013/QH13"."""
    return (
        law.name is not None
        and number.number is not None
        and not number.typed
        and number.numbered
        and bool(_LAW_NUMBER.fullmatch(text, law.end, number.start))
    )


def _join_law(law: Draft, number: Draft) -> None:
    law.end, law.tail, law.number_at = number.end, number.tail, number.number_at
    law.number, law.symbol, law.year = number.number, number.symbol, number.year
    law.known, law.central, law.titled = number.known, number.central, number.titled
    law.date, law.dated = number.date or law.date, number.dated or law.dated
    law.issuer, law.term = number.issuer or law.issuer, number.term or law.term


def _read_titles(text: str, drafts: list[Draft]) -> None:
    starts = [draft.start for draft in drafts]
    for index in range(len(drafts) - 1, -1, -1):
        draft = drafts[index]
        if draft.titled and draft.kind in ("full", "short"):
            read_title(text, drafts, starts, index)
    reach = -1
    for draft in drafts:
        draft.nested = draft.start < reach
        reach = max(reach, draft.cover)


def _stated(text: str, key: Key, span: tuple[int, int] | None) -> str | None:
    """The words at a place of the key as the text spells them."""
    if span is None:
        return None
    if key.offsets is None:
        return clean(text[slice(*span)])
    return clean(unicodedata.normalize("NFC", text[slice(*key.to_source(*span))]))


# A frozen dataclass fills itself through ``object.__setattr__``: to fill one like it and freeze that takes a fifth of
# the time.
_Open: Any = make_dataclass("_Open", [field.name for field in fields(Mention)], slots=True)


def _mentions(text: str, key: Key, drafts: list[Draft]) -> list[Mention]:
    index_of = {id(draft): index for index, draft in enumerate(drafts)}
    found = []
    for draft in drafts:
        start, end = key.to_source(draft.start, draft.end)
        mention = _Open(
            start,
            end,
            draft.kind,
            draft.type,
            draft.number,
            draft.symbol,
            draft.year or (draft.date[:4] if draft.date else None),
            draft.date,
            _stated(text, key, draft.issuer),
            draft.term,
            _stated(text, key, draft.title),
            draft.part,
            None if draft.antecedent is None else index_of.get(id(draft.antecedent)),
            draft.name,
            draft.known,
            draft.year,
        )
        mention.__class__ = Mention
        found.append(mention)
    return found
