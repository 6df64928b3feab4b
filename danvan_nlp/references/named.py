"""Documents named without number: laws, the constitution, resolutions of congresses and plenums."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from danvan_nlp import data
from danvan_nlp.language.key import fold, slug
from danvan_nlp.language.letters import UPPER
from danvan_nlp.references.issuers import PROPER, term_of
from danvan_nlp.references.vocabulary import one_of, wording

_ROMAN = r"(?-i:[IVXL]{1,6})(?!\w)"
_TERM_WORD = r"(?:khóa|nhiệm\s+kỳ\s+khóa)"
_YEARS = r"nhiệm\s+kỳ\s+\d{4}\s*[-–]\s*\d{4}"
_YEAR = re.compile(
    r"(?:\s+\(sửa\s+đổi(?:,\s+bổ\s+sung)?\)(?=,?\s*\(?năm\s))?"
    r"(?:\s*\(\s*(?:năm\s+)?(?P<a>(?:19|20)\d\d)\s*\)|,?\s+năm\s+(?P<b>(?:19|20)\d\d)(?!\d)|\s+(?P<c>(?:19|20)\d\d)(?![\d/.-]))",
    re.IGNORECASE,
)
_STATE_NAME = re.compile(
    r"\s+(?:của\s+)?nước\s+(?:Cộng\s+hòa\s+xã\s+hội\s+chủ\s+nghĩa|CHXHCN)\s+Việt\s+Nam", re.IGNORECASE
)
_AMENDING = re.compile(
    r"\s+sửa\s+đổi(?:,?\s+bổ\s+sung)?(?:\s+một\s+số\s+điều(?:,\s+khoản)?\s+của)?"
    r"\s+(?:các\s+luật|(?P<kind>Bộ\s+luật|luật|pháp\s+lệnh))(?!\w)",
    re.IGNORECASE,
)
_ALSO_AMENDED = re.compile(r"\s*(?:,|và|,\s*và)\s+(?P<kind>Bộ\s+luật|Luật|Pháp\s+lệnh)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A document named without number: its place, type and key, and the year or term that the text gives."""

    start: int
    end: int
    type: str
    name: str
    date: str | None = None
    term: str | None = None
    title: str | None = None
    titled: bool = False


@cache
def _catalogue() -> tuple[dict[str, re.Pattern[str]], dict[tuple[str, str], str]]:
    names: dict[str, list[str]] = {}
    keys: dict[tuple[str, str], str] = {}
    for row in data.rows("named_documents"):
        names.setdefault(row["type"], []).append(row["name"])
        keys[row["type"], fold(row["name"])] = row["key"]
    patterns = {
        kind: re.compile(rf"\s+(?P<name>{one_of(listed, any_case=True)})(?!\w)") for kind, listed in names.items()
    }
    return patterns, keys


@cache
def _unknown() -> re.Pattern[str]:
    stops = one_of(wording()["name_stops"])
    word = rf"(?!{stops}(?!\w))[^\W\d_]+"
    return re.compile(rf"\s+(?P<name>(?:[{UPPER}][^\W\d_A-ZĐ]*)(?:\s+(?![{UPPER}]){word}){{0,6}})(?!\w)")


def _dated(text: str, end: int, limit: int) -> tuple[str | None, int]:
    year = _YEAR.match(text, end, limit)
    return (year["a"] or year["b"] or year["c"], year.end()) if year else (None, end)


def read_law(text: str, start: int, after: int, limit: int, kind: str) -> list[Named]:
    """Laws, codes and ordinances: "Luật Tiếp công dân năm 2013", "Luật Khiếu nại, Tố cáo" (two), "Bộ luật Lao động".

    Parameters
    ----------
    start, after : int
        Where the type word begins and ends.
    kind : str
        The type: "luật", "bộ luật", "pháp lệnh".
    """
    patterns, keys = _catalogue()
    if amending := _AMENDING.match(text, after, limit):
        return _amending_law(text, start, amending, limit, kind)
    match = patterns[kind].match(text, after, limit)
    if match is not None:
        members = _members(match["name"], kind, keys)
        if members:
            return _list_of_laws(text, start, match, limit, kind, members)
        name = keys[kind, fold(match["name"])]
    else:
        match = _unknown().match(text, after, limit)
        if match is None or not _plausible(text, start, match["name"]):
            return []
        name = slug(f"{kind} {match['name']}")
    if (more := _listed().match(text, match.end(), limit)) and kind == "luật":
        names = [match["name"], *_listed_names().findall(more[0])]
        return _list_of_laws(text, start, match, limit, kind, names)
    date, end = _dated(text, match.end(), limit)
    return [Named(start, end, kind, name, date, title=match["name"])]


@cache
def _listed() -> re.Pattern[str]:
    return re.compile(rf"(?:\s*(?:,|và|,\s*và)\s+{one_of(wording()['listed_laws'])}(?![^\W_]))+(?!\s+[^\W\d_])")


@cache
def _listed_names() -> re.Pattern[str]:
    return re.compile(one_of(wording()["listed_laws"]))


def _plausible(text: str, start: int, name: str) -> bool:
    """Whether a capital name after "Luật" that no data file holds is a law's."""
    before = text[max(0, start - 16) : start].lower().split()
    return not name.isupper() and not (before and before[-1].strip('(“"') in wording()["not_law_before"])


def _members(written: str, kind: str, keys: dict[tuple[str, str], str]) -> list[str]:
    """Names listed under one word, told from one name with a comma by the capital after it."""
    parts = re.split(r",\s+", written)
    if len(parts) < 2 or written.isupper() or not all(part[0].isupper() for part in parts):
        return []
    return parts if all((kind, fold(part)) in keys for part in parts) else []


def _list_of_laws(
    text: str, start: int, match: re.Match[str], limit: int, kind: str, members: list[str]
) -> list[Named]:
    _, keys = _catalogue()
    found = []
    at = match.start("name")
    for index, member in enumerate(members):
        place = text.index(member, at)
        end = place + len(member)
        date, far = _dated(text, end, limit) if index == len(members) - 1 else (None, end)
        found.append(Named(place if index else start, far, kind, keys[kind, fold(member)], date, title=member))
        at = end
    return found


def _amending_law(text: str, start: int, amending: re.Match[str], limit: int, kind: str) -> list[Named]:
    """One law, however many it amends: "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B năm 2019"."""
    patterns, keys = _catalogue()
    amended: list[str] = []
    end = amending.end()
    word: re.Match[str] | None = amending
    while word and word["kind"]:
        of = fold(word["kind"])
        match = patterns[of].match(text, word.end(), limit) or _unknown().match(text, word.end(), limit)
        if match is None:
            break
        amended.append(keys.get((of, fold(match["name"])), slug(f"{of} {match['name']}")))
        end = match.end()
        word = _ALSO_AMENDED.match(text, end, limit)
    date, end = _dated(text, end, limit)
    return [Named(start, end, kind, f"luat-sua-doi-{amended[0] if amended else 'cac-luat'}", date)]


def read_constitution(text: str, start: int, after: int, limit: int) -> list[Named]:
    """The constitution with its year or its full name; the bare word is no reference to one document."""
    full = _STATE_NAME.match(text, after, limit)
    end = full.end() if full else after
    date, far = _dated(text, end, limit)
    return [Named(start, far, "hiến pháp", "hien-phap", date)] if full or date else []


@cache
def _plenum() -> re.Pattern[str]:
    ordinals = one_of(wording()["plenum"]["ordinals"], any_case=True)
    return re.compile(
        r"\s*(?:của\s+)?(?:(?:Hội\s+nghị|HN)\s+)?(?:lần\s+thứ\s+(?P<ordinal>"
        + ordinals
        + r"|\d{1,2})\s*(?:\((?:\d|lần)[^)]*\)\s*)?,?\s+(?:của\s+)?)?"
        r"(?:(?:(?:Ban\s+Chấp\s+hành|BCH)\s*)?(?:Trung\s+ương|TW|T\.?Ư)(?:\s+Đảng)?)"
        r"(?:\s*(?:lần\s+thứ\s+)?(?P<number>\d{1,2}[ab]?|" + ordinals + r"(?=\s*[(,]?\s*khóa))(?![\w/.-])"
        r"(?:\s*\(lần\s+\d\))?)?"
        r"(?P<more>(?:\s*(?:,|và)\s*\d{1,2}(?![\w/.%-])(?=[\s,\d]*(?:và|\(|,)?[\s\d]*,?\s*\(?khóa))*)"
        rf"(?P<open>\s*,?\s*\(?\s*{_TERM_WORD}\s+)?(?(open)(?P<term>{_ROMAN}|\d{{1,2}}(?!\w))(?P<terms>(?:\s*(?:,|và|,\s*và)\s*(?:khóa\s+)?{_ROMAN})*)\s*\)?)",
        re.IGNORECASE,
    )


_TERMS = re.compile(rf"(?:khóa\s+)?(?P<term>{_ROMAN})", re.IGNORECASE)
_NUMBERS = re.compile(r"\d{1,2}")
_PREFIX = {"nghị quyết": "nq", "kết luận": "kl"}


def read_plenum(text: str, start: int, after: int, limit: int, kind: str) -> list[Named]:
    """Resolutions of the Central Committee's plenums: "Nghị quyết Trung ương 4 khóa XI, XII" (one a member)."""
    match = _plenum().match(text, after, limit)
    if match is None or not (match["ordinal"] or match["number"]):
        return []
    prefix = _PREFIX[kind]
    ordinals = wording()["plenum"]["ordinals"]
    first = match["ordinal"] or match["number"]
    number = (first if first[0].isdigit() else ordinals[fold(first)]).lstrip("0").lower()
    term = term_of(match["term"]) if match["term"] else None

    def named(begin: int, end: int, plenum: str, of: str | None) -> Named:
        key = f"{prefix}-tw{plenum}" + (f"-khoa-{of.lower()}" if of else "")
        return Named(begin, end, kind, key, term=of, titled=True)

    others = list(_NUMBERS.finditer(text, match.start("more"), match.end("more"))) if match["more"] else []
    terms = (
        list(_TERMS.finditer(text, match.start("terms"), match.end("terms")))
        if match["term"] and match["terms"]
        else []
    )
    if others:
        found = [named(start, match.end("number") if match["number"] else others[0].start(), number, term)]
        found += [named(other.start(), other.end(), other[0], term) for other in others]
        found[-1] = named(others[-1].start(), _closed(text, start, match.end()), others[-1][0], term)
        return found
    if terms:
        found = [named(start, match.end("term"), number, term)]
        found += [named(more.start(), more.end(), number, more["term"]) for more in terms]
        found[-1] = named(terms[-1].start(), _closed(text, start, match.end()), number, terms[-1]["term"])
        return found
    return [named(start, _closed(text, start, match.end()), number, term)]


def _closed(text: str, start: int, end: int) -> int:
    """The end without a bracket that opened before the mention."""
    taken = text[start:end].rstrip()
    return start + len(taken) - (taken.endswith(")") and "(" not in taken)


@cache
def _congress() -> re.Pattern[str]:
    data = wording()["congress"]
    levels = one_of(data["levels"], any_case=True)
    pieces = (
        rf"lần\s+thứ\s+(?:{_ROMAN}|\d{{1,2}}(?!\w))",
        rf"khóa\s+{_ROMAN}",
        rf"{one_of(data['bodies'], any_case=True)}(?!\w)",
        rf"{levels}(?!\w)(?:\s+(?-i:{PROPER})(?!\w))?",
        _ROMAN,
    )
    lead = r"(?:\s+(?:của\s+)?(?:Đại\s+hội|ĐH))"
    return re.compile(
        rf"{lead}(?P<rest>(?:\s+(?:{'|'.join(pieces)}))*)(?P<years>\s*[,(]?\s*{_YEARS}\)?)?", re.IGNORECASE
    )


YEARS = re.compile(rf"\s*[,(]?\s*{_YEARS}\)?", re.IGNORECASE)
_ORDINAL = re.compile(rf"(?:lần\s+thứ\s+|khóa\s+)?(?P<term>{_ROMAN})|lần\s+thứ\s+(?P<digits>\d{{1,2}})", re.IGNORECASE)
_MORE_TERMS = re.compile(
    rf"(?:\s*(?:,|và|,\s*và)\s*(?:lần\s+thứ\s+|khóa\s+)?{_ROMAN})+(?P<of>\s+của\s+Đảng)?", re.IGNORECASE
)


@cache
def _generic() -> re.Pattern[str]:
    generic = one_of(wording()["congress"]["generic"], any_case=True)
    return re.compile(rf"\s+(?:Đảng(?:\s+bộ)?\s+)?{generic}(?!\w)", re.IGNORECASE)


def read_congress(text: str, start: int, after: int, limit: int) -> list[Named]:
    """Resolutions of congresses: "Nghị quyết Đại hội XV Đảng bộ tỉnh", "… Đại hội đại biểu toàn quốc lần thứ XII"."""
    match = _congress().match(text, after, limit)
    if match is None or _generic().match(text, match.end("rest"), limit):
        return []
    ordinal = _ORDINAL.search(text, match.start("rest"), match.end("rest"))
    if ordinal is None:
        if not match["years"]:
            return []
        years = "-".join(re.findall(r"\d{4}", match["years"]))
        return [Named(start, _closed(text, start, match.end()), "nghị quyết", f"nq-dai-hoi-{years}")]
    term = term_of(ordinal["digits"] or ordinal["term"])
    end = match.end("rest")
    found = [Named(start, end, "nghị quyết", f"nq-dai-hoi-{term.lower()}", term=term)]
    if more := _MORE_TERMS.match(text, end, limit):
        for other in _TERMS.finditer(text, end, more.end()):
            found.append(
                Named(
                    other.start(), other.end(), "nghị quyết", f"nq-dai-hoi-{other['term'].lower()}", term=other["term"]
                )
            )
    return found
