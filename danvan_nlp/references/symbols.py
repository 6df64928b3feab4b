"""The symbol of a numbered document: what follows the number, in standard form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from danvan_nlp.language.letters import UPPER
from danvan_nlp.references.vocabulary import Abbreviation, abbreviations, one_of, wording

# Raised figures are the marks of footnotes.
_WORD = "[^\\W_⁰¹²³⁴-⁹]+"
_PART = re.compile(rf"T\.[ƯWU]\b|Th\.U\b|{_WORD}(?:&{_WORD})?")
_SHAPE = re.compile(r"[A-ZĐƯ]{2}[A-ZĐƯ0-9]*[a-z]{0,3}[A-ZĐƯ0-9]*|[A-ZĐ]\d{2}|[A-ZĐƯ][a-z]{1,3}[A-ZĐƯ][A-ZĐƯ0-9a-z]*")
_DIGITS = re.compile(r"(\D+?)(\d{1,2})")
_SIGNS = frozenset("-–—/&")
_GLUED = re.compile(rf"([A-ZĐƯ][A-ZĐƯ0-9]*(?:[A-Za-z]{{0,3}}[A-ZĐƯ]g?)?)(?=[^\W\d_{UPPER}])")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol in standard form.

    Attributes
    ----------
    text : str
        ``"KL/TW"``, ``"CT-TTg"``, ``"UBND-KGVX"``.
    type : str or None
        The type its first abbreviation stands for; "công văn" where a state body numbers without a type.
    known : bool
        Every abbreviation stands in symbols.csv.
    strong : bool
        It needs no type word beside it to be told from other combinations of digits and capitals.
    central : bool
        The issuing body is a central one.
    length : int
        Characters of the raw text that it covers.
    """

    text: str
    type: str | None
    known: bool
    strong: bool
    central: bool
    length: int


@cache
def small_symbol() -> str:
    """A pattern for a symbol in small letters ("nq-hđnd", "kl/tw"): a type and its body, or a body and its unit.

    Nothing but known abbreviations, since "km/h" and "kg/ha" have the shape of a symbol too.
    """
    _, lower = abbreviations()
    kind, body, unit = (
        one_of(word for word in lower[name] if word.isalpha() and len(word) > 1) for name in ("type", "issuer", "unit")
    )
    more = rf"(?:[-–/&](?:{body}|{unit})\d{{0,2}})"
    return rf"(?:{kind}[-–/]{body}\d{{0,2}}{more}{{0,4}}|{body}\d{{0,2}}{more}{{1,4}})(?![-–/]?\w)"


def _look_up(part: str, kinds: tuple[str, ...]) -> Abbreviation | None:
    exact, lower = abbreviations()
    for table, word in ((exact, part), (lower, part.lower())):
        for kind in kinds:
            if found := table[kind].get(word):
                return found
    if (digits := _DIGITS.fullmatch(part)) and digits[1] in wording()["numbered_bodies"]:
        base = exact["issuer"][digits[1]]
        return Abbreviation(base.canonical + digits[2], base.stands_for, base.kind, base.side, base.level)
    return None


def _accept(part: str, first: bool, spaced: bool) -> tuple[str, Abbreviation | None, int] | None:
    """A part in standard form, what is known of it, and how many of its characters belong to it."""
    kinds = ("type", "issuer") if first else ("issuer", "unit", "type")
    known = _look_up(part, kinds)
    if known is not None and (part[0].isupper()):
        return known.canonical, known, len(part)
    if (digits := _DIGITS.fullmatch(part)) and (known := _look_up(digits[1], ("issuer",))):
        return known.canonical, known, len(digits[1])
    if not spaced and _SHAPE.fullmatch(part):
        return part, None, len(part)
    glued = _GLUED.match(part)
    if glued and (known := _look_up(glued[1], kinds)):
        return known.canonical, known, len(glued[1])
    return None


def _split(part: str) -> list[tuple[str, Abbreviation | None]] | None:
    """Type and body written as one word: "KLTW", "QĐUBND"."""
    exact, _ = abbreviations()
    for cut in range(len(part) - 2, 1, -1):
        kind, body = exact["type"].get(part[:cut]), exact["issuer"].get(part[cut:])
        if kind and body:
            return [(kind.canonical, kind), (body.canonical, body)]
    return None


@lru_cache(maxsize=8192)
def read_symbol(before: str, raw: str) -> Symbol | None:
    """Read a symbol.

    Parameters
    ----------
    before : str
        The sign between number and symbol: ``"-"``, ``"/"`` or blank.
    raw : str
        The text from the symbol's first letter on.

    Returns
    -------
    Symbol or None
        None where the text has not the shape of a symbol.

    Examples
    --------
    >>> read_symbol("-", "CT/TTg").text, read_symbol("/", "CT-TTg").text
    ('CT-TTg', 'CT-TTg')
    >>> read_symbol("/", "QĐ-TW").text, read_symbol("-", "KH-TU").text
    ('QĐ/TW', 'KH/TU')
    >>> read_symbol("/", "UBND-KGVX")
    Symbol(text='UBND-KGVX', type='công văn', known=True, strong=True, central=False, length=9)
    >>> read_symbol("-", "Ban Bí thư") is None
    True
    """
    parts: list[tuple[str, Abbreviation | None]] = []
    signs = [before.strip()[:1]]
    end = 0
    for match in _PART.finditer(raw):
        gap = raw[end : match.start()] if parts else before
        typed = bool(parts) and parts[-1][1] is not None and parts[-1][1].kind == "type"
        # "12/KH- PN", "07/HD- BCA- V28": a blank slipped in after the sign.
        slipped = gap[:1] in _SIGNS and (typed or match[0][-1].isdigit())
        spaced = not slipped and any(blank.isspace() for blank in gap) and bool(gap.strip() or not parts)
        taken = _accept(match[0], not parts, spaced)
        # A full stop between them ends the sentence, unless a type stands before it: "15/1999/QĐ-CT.UBND".
        if taken is None or (parts and (not gap.strip() or (gap == "." and not typed))):
            break
        glued = _split(taken[0]) if not parts and taken[1] is None else None
        if gap == "." and len(parts) > 1:
            parts[-1] = (f"{parts[-1][0]}.{taken[0]}", taken[1])
            end = match.start() + taken[2]
            continue
        parts += glued or [taken[:2]]
        signs += [gap.strip()[:1]] * (len(glued) if glued else 1)
        end = match.start() + taken[2]
        if taken[2] < len(match[0]):
            break
    return _assemble(parts, signs, end) if parts else None


def _assemble(parts: list[tuple[str, Abbreviation | None]], signs: list[str], end: int) -> Symbol | None:
    first = parts[0][1]
    names = [name for name, _ in parts]
    known = all(row is not None for _, row in parts)
    typed = first is not None and first.kind == "type"
    bodies = parts[1:] if typed else parts
    central = any(row is not None and row.level == "central" for _, row in bodies[:1])
    if not typed:
        row_known = first is not None
        legislature = row_known and bool(re.fullmatch(r"(?:QH|UBTVQH)\d+", names[0]))
        unit = len(parts) > 1 and row_known
        strong = legislature or (unit and known)
        text = _styled(names, parts, signs) if not row_known and len(parts) > 1 else "-".join(names)
        return Symbol(text, "công văn" if unit else None, known, strong, central, end)
    assert first is not None
    strong = len(parts) > 1 and bodies[0][1] is not None
    return Symbol(_styled(names, parts, signs), first.stands_for, known, strong, central, end)


def _styled(names: list[str], parts: list[tuple[str, Abbreviation | None]], signs: list[str]) -> str:
    """Type and bodies joined as their side writes them: KL/TW by the party, NĐ-CP by the state."""
    if len(names) == 1:
        return names[0]
    body = parts[1][1]
    side = body.side if body is not None and body.side in ("party", "state") else None
    if side is None:
        # Of a body of either side, or unknown: the sign before the type tells (12-BC/… party, 12/BC-… state).
        party = signs[0] in ("-", "–", "—") if signs[0] != signs[2] or signs[0] == "-" else False
        side = "party" if party else "state"
    return names[0] + ("/" if side == "party" else "-") + "-".join(names[1:])
