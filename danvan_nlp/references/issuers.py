"""The body that issued a document, as the citation names it, and the congress term."""

from __future__ import annotations

import re
from functools import cache

from danvan_nlp import data
from danvan_nlp.language.letters import UPPER
from danvan_nlp.references.vocabulary import one_of, wording

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
# In capitals throughout, the words after a name are told from it only by being known.
_NOT_PROPER = r"(?!V/|(?:LẦN|VỀ|KHÓA|NHIỆM|NĂM|CỦA|NGÀY|GIAI|THỰC|VÀ|TẠI|ĐÃ|TRONG|CHO|ĐẾN|BAN HÀNH|QUY ĐỊNH)(?!\w))"
_NAME = rf"{_NOT_PROPER}[{UPPER}][\w’']*"
PROPER = rf"{_NAME}(?:(?:\s?[-–]\s?|\s+){_NAME})*"

_AFTER_TITLE = re.compile(r",\s+của\s+")
_CLAUSE_ENDS = re.compile(r"\s*(?:[,;.:)]|$)")
TERM = r"(?:của\s+)?(?:[Kk]hóa|KHÓA)\s*(?:thứ\s+)?(?P<number>[IVXL]{1,6}|\d{1,2})(?!\w)\s*\)?"


def roman(number: int) -> str:
    """A congress term in Roman numerals.

    Examples
    --------
    >>> roman(14)
    'XIV'
    """
    out = ""
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        count, number = divmod(number, value)
        out += letters * count
    return out


def term_of(written: str) -> str:
    """The term in Roman numerals, however it is written.

    Examples
    --------
    >>> term_of("12"), term_of("XII")
    ('XII', 'XII')
    """
    return roman(int(written)) if written.isdigit() else written


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """One body with what specifies it; what joins two; a capitalised body unknown to the data."""
    told = data.toml("issuers")
    ordinal = rf"(?:\d{{1,2}}|{one_of(wording()['plenum']['ordinals'], any_case=True)})"
    plenum = rf"Hội\s+nghị\s+(?:Trung\s+ương\s+(?:lần\s+thứ\s+)?|lần\s+thứ\s+){ordinal}"
    plenum = rf"(?i:{plenum}|Trung\s+ương\s+\d{{1,2}}(?=\s*[,(]?\s*khóa))"
    body = rf"(?:{plenum}|{one_of(told['bodies'], any_case=True)})"
    field = rf"{one_of(told['field_heads'], any_case=True)}\s+{one_of(told['fields'], any_case=True)}"
    level = one_of(told["levels"], any_case=True)
    stops = one_of(told["stops"])
    # "UBND tỉnh Sa Giang Quy định chi tiết": the words that open a title are none of the name.
    openings = [verb[0].upper() + verb[1:] for verb in wording()["title_verbs"]] + told["openings"]
    name = rf"(?!{one_of(openings)}(?!\w)){_NAME}"
    proper = rf"(?>{name}(?:(?:\s?[-–]\s?|\s+){name})*)(?!\w)"
    part = rf"(?:(?:{field}|{body}|{level})(?!\w))"
    unit = rf"(?:(?:{field}|{body})(?!\w))(?:\s+(?:{part}|{proper}))*"
    known = re.compile(unit)
    joint = re.compile(rf"\s*{one_of(told['joints'], any_case=True)}\s*")
    other = re.compile(
        rf"[{UPPER}][\w&]*(?:(?:,\s+(?=[{UPPER}])|\s*[-–]\s*|\s+)(?!{stops}(?!\w))[\w&]+){{1,9}}?"
        rf"(?=\s*(?:[,;.:()\"“”]|$)|\s+{stops}(?!\w))"
    )
    return known, joint, other


def read_issuer(text: str, at: int, limit: int, *, known_only: bool = False) -> int | None:
    """Where the name of the issuing body that begins at a place of the text ends.

    Parameters
    ----------
    known_only : bool
        Read only names made of what issuers.toml holds, no other capitalised words.

    Examples
    --------
    >>> text = "Ban Bí thư Trung ương Đảng về nâng cao"
    >>> text[:read_issuer(text, 0, len(text))]
    'Ban Bí thư Trung ương Đảng'
    """
    known, joint, other = _patterns()
    match = known.match(text, at, limit)
    if match is None:
        if known_only or (match := other.match(text, at, min(limit, at + 90))) is None:
            return None
        return match.end()
    end = match.end()
    while (link := joint.match(text, end, limit)) and (more := known.match(text, link.end(), limit)):
        end = more.end()
    return end


def issuer_after(text: str, start: int, end: int, limit: int) -> tuple[int, int] | None:
    """The body named after a title, which stands at a place: "V/v rà soát, của Sở Nội vụ".

    Examples
    --------
    >>> for text in "rà soát thủ tục, của Sở Nội vụ, nay", "sự lãnh đạo của Đảng, của UBND tỉnh, nay":
    ...     print(issuer_after(text, 0, text.index(","), len(text)))
    (21, 30)
    None
    """
    of = _AFTER_TITLE.match(text, end, limit)
    if of is None or "của" in text[start:end]:
        return None
    far = read_issuer(text, of.end(), limit, known_only=True)
    return (of.end(), far) if far is not None and _CLAUSE_ENDS.match(text, far, limit) else None
