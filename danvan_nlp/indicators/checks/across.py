"""Report against report of the same place: the same figure, stated twice, with two values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from danvan_nlp.findings import name_of, number, say
from danvan_nlp.indicators.catalogue import catalogue
from danvan_nlp.indicators.places import Place, place_of_report, place_of_row
from danvan_nlp.language.key import fold
from danvan_nlp.structure.tables.cells import table_words

Row = Mapping[str, Any]
_YEAR_IS_OVER = "11-01"
"""Month and day from which a report tells of its whole year: those on a year are written at its end."""
_UNSURE = re.compile(r"APPROXIMATE|AMBIGUOUS|RANGE|OCR|MULTI: several")


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure with its report; ``closed`` where the period was over when the report was written."""

    fact: Row
    document: Row
    closed: bool


def across(documents: Sequence[Row], indicators: Iterable[Row]) -> list[dict[str, Any]]:
    """Find figures on which two reports of the same place contradict each other.

    Two figures are compared where indicator, level, year and place are the same, and so is the row's own place in a
    table of several. Where both reports were written when the period was over (from November of its last year on) they
    have to agree, a rate to the decimals that both print; a count that a report gives before (the six months of a
    year) may grow, but not shrink. Figures in doubt, reports of single departments and reports without a date or place
    are left out.

    Parameters
    ----------
    documents, indicators : iterable of mapping
        Rows of these tables.

    Returns
    -------
    list of dict
        Rows of ``findings``: each stands in the later report and names the place in the earlier one (``against``).

    Examples
    --------
    >>> def document(doc_id, date):
    ...     return {"doc_id": doc_id, "locality": "nam-lung", "issuer": "TỈNH ỦY NẬM LUNG", "place": "Nậm Lung",
    ...             "title": "", "date": date, "doc_type": "báo cáo", "number": None, "symbol": None, "recipients": []}
    >>> def fact(doc_id, value):
    ...     return {"doc_id": doc_id, "indicator": "hoa_giai_tong", "level": None, "year": "2019", "value": value,
    ...             "label": "Số vụ hòa giải", "note": None, "about": None, "start": 4, "end": 6}
    >>> found = across([document("a", "2019-12-05"), document("b", "2020-12-04")], [fact("a", 41.0), fact("b", 14.0)])
    >>> [(f["doc_id"], f["against"], f["message"]) for f in found]
    [('b', 'a:4:6', 'Số vụ hòa giải, 2019: báo cáo này ghi 14, báo cáo ngày 05-12-2019 ghi 41')]
    """
    placed = {row["doc_id"]: (place, row) for row in documents if (place := _place(row)) is not None}
    groups: dict[tuple[Any, ...], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for fact in indicators:
        if fact["doc_id"] not in placed or not _comparable(fact):
            continue
        own = placed[fact["doc_id"]][0]
        place = place_of_row(fact["about"], own) if fact["about"] else own
        # The row of a district in its province's table and the district's own report may count differently.
        of_row = fact["about"] is not None
        same = (place.slug, place.province, of_row, fact["indicator"], fact["level"], fact["year"])
        groups[same][fact["doc_id"]].append(fact)
    found: list[dict[str, Any]] = []
    for by_document in groups.values():
        # A report that states a figure twice, differently, contradicts itself; which of the two it means is not known.
        single = [rows[0] for rows in by_document.values() if len({row["value"] for row in rows}) == 1]
        stated = [_stated(row, placed[row["doc_id"]][1]) for row in single]
        stated.sort(key=lambda s: (s.document["date"], s.document["doc_id"]))
        for earlier, later in pairwise(stated):
            found += _contradiction(earlier, later)
    return sorted(found, key=lambda row: (row["doc_id"], row["start"], row["end"]))


def _place(document: Row) -> Place | None:
    """The place that a report speaks for as a whole, where its date is known."""
    words = table_words()["place_issuers"]
    issuer = fold(document["issuer"] or "") + " "
    general = any(w in issuer for w in words["words"]) and not any(w in issuer for w in words["not"])
    return place_of_report(document) if general and document["date"] else None


def _comparable(fact: Row) -> bool:
    unsure = fact["note"] and _UNSURE.search(fact["note"])
    return bool(fact["indicator"] and fact["year"] and fact["value"] is not None and not unsure)


def _stated(fact: Row, document: Row) -> _Stated:
    last = fact["year"][-4:]
    title = fold(document["title"] or "")
    same_year = document["date"][:4] == last
    part = same_year and any(words in title for words in table_words()["part_years"]["words"])
    part = part or "PARTIAL" in (fact["note"] or "")
    return _Stated(fact, document, not part and document["date"] >= f"{last}-{_YEAR_IS_OVER}")


def _contradiction(earlier: _Stated, later: _Stated) -> Iterator[dict[str, Any]]:
    one, two = float(earlier.fact["value"]), float(later.fact["value"])
    kind = catalogue().indicators.get(later.fact["indicator"])
    together = earlier.document["date"] == later.document["date"]
    if _agree(one, two):
        return
    if earlier.closed and later.closed or together:
        message = "two_reports"
    elif kind is not None and kind.form == "count" and not kind.stock and one > two and not earlier.closed:
        message = "less_than_before"
    else:
        return
    yield {
        "doc_id": later.fact["doc_id"],
        "kind": "contradiction",
        "start": later.fact["start"],
        "end": later.fact["end"],
        "ref_id": None,
        "indicator": later.fact["indicator"],
        "message": say(
            message, where=_where(later.fact), here=number(two), there=number(one), other=_name(earlier.document)
        ),
        "expected": number(one),
        "found": number(two),
        "against": f"{earlier.fact['doc_id']}:{earlier.fact['start']}:{earlier.fact['end']}",
    }


def _agree(one: float, two: float) -> bool:
    """Whether two values are the same at the decimals of the one with fewer."""
    decimals = min(len(f"{value:.6f}".rstrip("0").partition(".")[2]) for value in (one, two))
    whole = one == int(one) and two == int(two)
    return one == two if whole else abs(one - two) <= 0.5 * float(10**-decimals) + 1e-9


def _where(fact: Row) -> str:
    level = name_of("levels", fact["level"] or "")
    shown = "" if fact["about"] or level.lower() in fact["label"].lower() else level
    return ", ".join(x for x in (fact["label"], shown, fact["year"]) if x)


def _name(document: Row) -> str:
    """How a report is called: by type, number and date."""
    kind = (document["doc_type"] or "báo cáo").lower()
    numbered = f"số {document['number']}-{document['symbol']} " if document["number"] and document["symbol"] else ""
    dated = "-".join(reversed(document["date"].split("-")))
    return f"{kind} {numbered}ngày {dated}"
