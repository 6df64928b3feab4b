"""Who issues a report, in which place and at which level: from its letterhead."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import chain, pairwise, takewhile

from danvan_nlp.language.key import fold, slug
from danvan_nlp.localities import Locality, find_localities, find_locality
from danvan_nlp.structure.header.identity import DATE, NUMBER
from danvan_nlp.structure.lines.split import is_upper
from danvan_nlp.structure.vocabulary import vocabulary

# Letterhead and signature block stand in two columns: apart by TABs, blanks or the bars of a Markdown table, whose
# cells hold several lines as runs of bold.
COLUMNS = re.compile(r"\t+|\s{3,}|\n|\s*\|\s*|\s+(?=\*\*)|(?<=\*\*)\s+|\s\\\*")
_SEARCHED = 200_000


@cache
def state_heading() -> re.Pattern[str]:
    """The names and mottoes of State and Party, which a scan may leave on the issuer's line."""
    return re.compile(
        "|".join(map(re.escape, sorted(vocabulary().state_heading, key=len, reverse=True))), re.IGNORECASE
    )


@cache
def _levels() -> dict[str, dict[str, list[str]]]:
    raw: dict[str, dict[str, list[str]]] = tomllib.loads(
        (files("danvan_nlp.data") / "levels.toml").read_text(encoding="utf-8")
    )
    return raw


def issuer_of(front: Sequence[str]) -> str | None:
    """The lowest body that the letterhead names, on one line or several."""
    words = vocabulary()
    bodies: list[str] = []
    for text in front:
        columns = COLUMNS.split(state_heading().sub("\t", NUMBER.sub("\t", text)))
        for name in chain.from_iterable(_stacked(_capitals(column)) for column in columns):
            folded = fold(name)
            if not folded or folded.startswith(words.stamp) or bodies and folded in words.organs:
                continue
            place = folded.startswith(words.places) and folded.split()[1] != "ủy"
            if bodies and (place or not folded.startswith(words.letterhead)):
                bodies[-1] = f"{bodies[-1]} {name}"
            elif folded.startswith(words.letterhead):
                bodies.append(name)
        if bodies and NUMBER.search(text):
            break
    return bodies[-1] if bodies else None


def _stacked(name: str) -> list[str]:
    """The bodies that one cell names below one another: ``TỈNH ỦY KHAU LĂNG HUYỆN ỦY NA SA``.

    A body is at its end once its place is named: of ``BAN DÂN VẬN TỈNH ỦY KHAU LĂNG`` the first words are none.
    """
    words, folded = name.split(), fold(name).split()
    levels = {place.split()[-1] for place in vocabulary().places} | {"ủy"}
    cuts, placed = [0], False
    for at in range(1, len(words)):
        opens = " ".join(folded[at : at + 4]).startswith(vocabulary().letterhead)
        if placed and opens and folded[at - 1] not in levels:
            cuts.append(at)
            placed = False
        elif folded[at - 1] in levels and folded[at] not in ("ủy", "ban"):
            placed = True
    return [" ".join(words[start:end]) for start, end in pairwise([*cuts, len(words)])]


def _capitals(text: str) -> str:
    """The words in capitals that a text begins with: a body's name, what a scan put behind it aside."""
    if not is_upper(text):
        text = " ".join(takewhile(str.isupper, text.strip("*_#- ").split()))
    return " ".join(text.split()).strip("*_#- ") if is_upper(text) else ""


def locality_of(issuer: str | None, front: Sequence[str], key: str) -> Locality | None:
    """The place whose report this is.

    The issuer's own name says it best, then the rest of the letterhead, the place before the date, and last the place
    that the text names most.
    """
    for text in (issuer or "", state_heading().sub("\t", "\n".join(front))):
        if found := find_localities(text):
            return found[-1] if text == issuer else found[0]
    dated = next((m for text in front if (m := DATE.search(NUMBER.sub("\t", text))) and m[1]), None)
    if dated:
        name = " ".join(dated[1].split())
        return find_locality(name) or Locality(slug(name), name, "")
    counts = Counter(place for place in find_localities(key[:_SEARCHED]) if place.level in ("cap_tinh", "cap_huyen"))
    return max(counts, key=lambda place: (counts[place], place.slug)) if counts else None


def admin_level(issuer: str | None, place: Locality | None, symbol: str | None) -> str | None:
    """The administrative level that the issuer's name gives, or else the place, or else the symbol.

    The symbol comes last: thị ủy and thành ủy below a province sign TU as a tỉnh ủy does.
    """
    # A department of society ("xã hội") is no commune's, a party committee ("đảng bộ") no ministry's.
    name = f" {fold(issuer or '')} ".replace(" xã hội ", " ").replace(" đảng bộ ", " ")
    parts = set(re.split(r"[-/]", symbol or ""))
    levels = _levels()
    by_issuer = (level for level, lists in levels.items() if any(f" {word} " in name for word in lists["issuers"]))
    by_symbol = (level for level, lists in levels.items() if parts & set(lists["symbols"]))
    return next(by_issuer, None) or (place.level if place else None) or next(by_symbol, None)
