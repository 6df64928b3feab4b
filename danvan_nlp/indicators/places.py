"""Which place a report, or a row of its tables, speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from danvan_nlp.language.key import slug
from danvan_nlp.localities import districts, find_locality, named_provinces, provinces


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place: its name, the slug of its name, and the slug of the province that it lies in, where that is known."""

    name: str
    slug: str
    province: str | None

    @property
    def label(self) -> str:
        """How the place is shown: with its province, for many districts share a name."""
        held = provinces().get(self.province or "")
        return f"{self.name}, {held.name}" if held and held.slug != self.slug else self.name


def place_of_report(document: Mapping[str, Any]) -> Place | None:
    """The place that a row of ``documents`` speaks for; None where the report names none.

    Examples
    --------
    >>> row = {"locality": "sa-thay", "issuer": "HUYỆN ỦY SA THẦY", "place": None, "title": None, "recipients": []}
    >>> place_of_report(row).label
    'Sa Thầy, Kon Tum'
    >>> place_of_report({**row, "locality": "nam-khao", "issuer": "BAN DÂN VẬN", "place": "Nậm Khao"}).label
    'Nậm Khao'
    """
    locality = document["locality"]
    if not locality:
        return None
    if locality in provinces():
        return Place(provinces()[locality].name, locality, locality)
    said = [str(document[c]) for c in ("issuer", "place", "title") if document[c]]
    written = [p.name for p in map(find_locality, said) if p and p.slug == locality]
    written += [text for text in said if slug(text) == locality]
    written += [district.name for district in districts().get(locality, ())]
    holders = {district.province for district in districts().get(locality, ())}
    if len(holders) > 1:
        told = {p.slug for p in named_provinces(" ; ".join([*said, *(document["recipients"] or ())]))}
        holders &= told
    return Place(next(iter(written), locality), locality, holders.pop() if len(holders) == 1 else None)


def place_of_row(about: str, holder: Place | None) -> Place:
    """The place that a row of a table is about, in a report of the place that holds it.

    Examples
    --------
    >>> place_of_row("Huyện Sa Thầy", Place("Kon Tum", "kon-tum", "kon-tum")).label
    'Sa Thầy, Kon Tum'
    """
    named = find_locality(about)
    if named is None:
        return Place(about, slug(about), holder.province if holder else None)
    if named.level == "cap_tinh":
        return Place(named.name, named.slug, named.slug)
    return Place(named.name, named.slug, holder.province if holder else None)
