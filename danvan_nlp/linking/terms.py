"""Congress terms: party numbers restart with each, so that a term and a number name one document."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from danvan_nlp import data

# State documents are numbered by the calendar year; so are the people's committees and their offices.
_PARTY = re.compile(r"(?:tw|tu|hu|thu|txu|đu|qu|đuk|bcđ|bcsđ\w*)$")
_PROVINCE_MONTH = 10
# Keys of documents cited by name: "nq-tw6-khoa-xii", "nq-dai-hoi-xv", "nq-dai-hoi-2015-2020".
PLENUM_KEY = re.compile(r"(nq|kl)-tw(\d+\w?)(?:-khoa-([ivx]+))?")
CONGRESS_KEY = re.compile(r"nq-dai-hoi-([ivxl]+|\d{4}-\d{4})")


@cache
def _terms() -> tuple[tuple[str, str], ...]:
    return tuple((row["opens"], row["term"]) for row in data.rows("terms"))


@cache
def _plenums() -> dict[tuple[str, str], str]:
    return {(row["term"].lower(), row["plenum"]): row["year"] for row in data.rows("plenums")}


def term_of(date: str | None) -> str | None:
    """The congress term in whose numbering a central document of this date stands; None without a full date.

    Examples
    --------
    >>> term_of("2016-01-07"), term_of("2016-05-15"), term_of("2016")
    ('XI', 'XII', None)
    """
    if not date or len(date) < len("2016-01-07"):
        return None
    at = bisect_right(_terms(), (date, "~"))
    return _terms()[at - 1][1] if at else None


def terms_of_year(year: str | None) -> set[str]:
    """The terms that a year belongs to: two where a congress met in it.

    Examples
    --------
    >>> sorted(terms_of_year("2016")), sorted(terms_of_year("2018"))
    (['XI', 'XII'], ['XII'])
    """
    if not year:
        return set()
    found = {term_of(f"{year}-01-01"), term_of(f"{year}-12-31")}
    return {term for term in found if term}


def plenum_year(term: str, plenum: str) -> str | None:
    """The year of a plenum's resolutions.

    Examples
    --------
    >>> plenum_year("xii", "6")
    '2017'
    """
    return _plenums().get((term.lower(), plenum))


def congress_year(term: str) -> str | None:
    """The year of a national congress.

    Examples
    --------
    >>> congress_year("XIII")
    '2021'
    """
    return next((opens[:4] for opens, name in _terms() if name == term.upper()), None)


def local_congress_year(date: str | None) -> str | None:
    """The year of the last party congress of a province before a date: every fifth year, closed by October.

    Examples
    --------
    >>> local_congress_year("2018-03-01"), local_congress_year("2020-07-30"), local_congress_year("2020-11-11")
    ('2015', '2015', '2020')
    """
    if not date:
        return None
    year = int(date[:4])
    last = year - year % 5
    month = int(date[5:7]) if len(date) >= len("2020-07") else 1
    return str(last - 5 if year == last and month <= _PROVINCE_MONTH else last)


def numbered_by_term(folded_symbol: str) -> bool:
    """Whether a folded symbol is the party's, numbered through a term, and not the state's, numbered by the year.

    Examples
    --------
    >>> numbered_by_term("nqtw"), numbered_by_term("qđubnd")
    (True, False)
    """
    return bool(_PARTY.search(folded_symbol))
