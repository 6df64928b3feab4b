"""What a report says of itself: number, date, issuer, place, title, signer, recipients."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import takewhile

from danvan_nlp.language.key import fold, slug
from danvan_nlp.language.letters import UPPER
from danvan_nlp.localities import Locality, find_localities, find_locality
from danvan_nlp.structure.lines.looks import closed_up, is_capitalised, is_name, without_rank
from danvan_nlp.structure.lines.split import is_upper
from danvan_nlp.structure.vocabulary import vocabulary
from danvan_nlp.types import Header, Unit

_NUMBER = re.compile(
    r"(?i:\bs[ốỗổồộôóo])[\s:.…_]*+(\d{1,5}[a-z]?)?[\s.…_]*+(?:/(\d{4}))?\s*+([-/])\s*([A-ZĐ][\wĐđ]*(?:\s?[-/&]\s?[A-ZĐ][\wĐđ]*)*)"
)
# "Kon Tum, ngày 11 tháng 11 năm 2020"; in figures ("11-11-2020") only behind a place, for stamps carry dates too.
_DATE = re.compile(
    r"(?:([" + UPPER + r"][^,\n\t]{1,40}),\s*)?ngày\s*(\d{1,2})\s*(tháng|[-/.])\s*(\d{1,2})\s*(?:năm|[-/.])\s*(\d{4})",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"kèm theo\s+(?:báo cáo|kế hoạch|công văn|tờ trình)\s+số\s*[:.]?\s*(\d{1,5}[a-z]?)\s*([-/])\s*"
    r"([A-ZĐ][\wĐđ]*(?:[-/&][A-ZĐ][\wĐđ]*)*)"
    r"(?:,?\s*ngày\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}))?",
    re.IGNORECASE,
)

# Letterhead and signature block stand in two columns: apart by TABs, blanks or the bars of a Markdown table.
_COLUMNS = re.compile(r"\t+|\s{3,}|\n|\s*\|\s*")
_ENTRY = re.compile(r"[-+–]\s*[^\W_]|\*\s+\S")
# "- Lưu: VT. Đặng Quốc Khởi": the columns of the closing block run together.
_BEHIND_ENTRY = re.compile(r"([-+–*].{3,}?[;,.])\s+([^;,.]+)")
_IN_ROW = re.compile(r"[:;.]\s*[-+–]\s*(?=[^\W_])")
_SEARCHED = 200_000
# The mark of a footnote on the letterhead is no part of a body's or a place's name.
_NOTE_MARK = re.compile("[⁰¹²³⁴-⁹\ufffd]")


@cache
def _state_heading() -> re.Pattern[str]:
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
    number, symbol, date = _identity(front, closing)
    title_at = next((i for i, u in enumerate(units[:body_at]) if u.role == "heading"), body_at)
    letterhead = [_NOTE_MARK.sub("", key[u.start : u.end]) for u in units[:title_at] if u.role == "admin"]
    issuer = _issuer(letterhead)
    locality = _locality(issuer, letterhead, key)
    doc_type = next((t for t in (_document_type(title) for title in titles) if t), None)
    rest = [t for t in titles if closed_up(fold(t).strip(" *_#:")) not in vocabulary().document_types]
    title = " ".join(" ".join(rest).split()).strip("*_# ") or None
    if not titles and (subject := _subject(front)):
        doc_type, title = "công văn", subject
    signer, post = _signer(closing)
    return Header(
        doc_type=doc_type,
        number=number,
        symbol=symbol,
        issuer=issuer,
        place=locality.name if locality else None,
        admin_level=_admin_level(issuer, locality, symbol),
        locality=locality.slug if locality else None,
        date=date,
        title=title,
        signer=signer,
        signer_title=post,
        recipients=_recipients(closing),
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
        words = _COLUMNS.split(text.strip())[0].strip("*_ ")
        if not pieces and fold(words).startswith(vocabulary().subject):
            pieces.append(words.partition(" ")[2])
        elif pieces:
            folded = fold(words)
            other = folded.startswith(vocabulary().address) or folded in vocabulary().state_heading
            if other or is_upper(words) or _DATE.search(words) or _NUMBER.match(words):
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


def _identity(front: Sequence[str], closing: Sequence[str]) -> tuple[str | None, str | None, str | None]:
    """Number, symbol and date of the report: from its number line, or from the note that its appendix carries."""
    number = symbol = date = None
    for text in front:
        if _ATTACHED.search(text):
            continue
        found = _NUMBER.search(text)
        if found and symbol is None:
            number = found[1].lstrip("0") if found[1] else None
            symbol = _standard_symbol(found[3], found[4])
        dated = _DATE.search(_NUMBER.sub("\t", text))
        if dated and date is None and (dated[1] or dated[3].lower() == "tháng"):
            date = _iso(dated[2], dated[4], dated[5])
    for text in (*front, *closing):
        note = _ATTACHED.search(text)
        if note and number is None:
            number, symbol = note[1].lstrip("0"), _standard_symbol(note[2], note[3])
            date = date or (_iso(note[4], note[5], note[6]) if note[4] else None)
    return number, symbol, date


def _standard_symbol(separator: str, symbol: str) -> str:
    """``BC/TU`` for the Party's 16-BC/TU, ``BC-UBND`` for the State's 16/BC-UBND."""
    symbol = re.sub(r"\s", "", symbol)
    return symbol if separator == "-" and "/" in symbol else symbol.replace("/", "-") if separator == "/" else symbol


def _iso(day: str, month: str, year: str) -> str | None:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _issuer(front: Sequence[str]) -> str | None:
    """The lowest body that the letterhead names, on one line or several."""
    words = vocabulary()
    bodies: list[str] = []
    for text in front:
        for piece in _COLUMNS.split(_state_heading().sub("\t", _NUMBER.sub("\t", text))):
            name = _capitals(piece)
            folded = fold(name)
            if not folded or folded.startswith(words.stamp) or bodies and folded in words.organs:
                continue
            place = folded.startswith(words.places) and folded.split()[1] != "ủy"
            if bodies and (place or not folded.startswith(words.letterhead)):
                bodies[-1] = f"{bodies[-1]} {name}"
            elif folded.startswith(words.letterhead):
                bodies.append(name)
        if bodies and _NUMBER.search(text):
            break
    return bodies[-1] if bodies else None


def _capitals(text: str) -> str:
    """The words in capitals that a text begins with: a body's name, what a scan put behind it aside."""
    if not is_upper(text):
        text = " ".join(takewhile(str.isupper, text.strip("*_#- ").split()))
    return " ".join(text.split()).strip("*_#- ") if is_upper(text) else ""


def _locality(issuer: str | None, front: Sequence[str], key: str) -> Locality | None:
    """The place whose report this is.

    The issuer's own name says it best, then the rest of the letterhead, the place before the date, and last the place
    that the text names most.
    """
    for text in (issuer or "", _state_heading().sub("\t", "\n".join(front))):
        if found := find_localities(text):
            return found[-1] if text == issuer else found[0]
    dated = next((m for text in front if (m := _DATE.search(_NUMBER.sub("\t", text))) and m[1]), None)
    if dated:
        name = " ".join(dated[1].split())
        return find_locality(name) or Locality(slug(name), name, "")
    counts = Counter(place for place in find_localities(key[:_SEARCHED]) if place.level in ("cap_tinh", "cap_huyen"))
    return max(counts, key=lambda place: (counts[place], place.slug)) if counts else None


def _admin_level(issuer: str | None, place: Locality | None, symbol: str | None) -> str | None:
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


def _signer(closing: Sequence[str]) -> tuple[str | None, str | None]:
    """Name and post from the signature block; of those who sign together, the first."""
    post = None
    for text in closing:
        in_row = False
        for piece in _pieces(text):
            folded = fold(piece).strip(" *_().")
            if _is_post(piece, folded):
                post = post if in_row else " ".join(piece.split()).strip("*_ ")
                in_row = True
            elif post and is_name(piece) and not is_upper(piece):
                return without_rank(piece), post
    return None, post


def _is_post(piece: str, folded: str) -> bool:
    """Whether a piece of the signature block is a post: ``PHÓ BÍ THƯ``, ``TRƯỞNG BAN DÂN VẬN TỈNH ỦY``."""
    posts = vocabulary().posts
    if folded.startswith("đã ký"):
        return False
    return folded in posts or is_upper(piece) and folded.startswith(tuple(f"{post} " for post in posts))


def _pieces(text: str) -> list[str]:
    """What stands side by side on a line: its columns, and a post or a name behind a recipient's entry."""
    pieces: list[str] = []
    for column in _COLUMNS.split(text):
        behind = _BEHIND_ENTRY.fullmatch(column.strip())
        if behind and (fold(behind[2]).strip(" *_().") in vocabulary().posts or is_name(behind[2])):
            pieces += behind.groups()
        else:
            pieces.append(column)
    return pieces


def _recipients(closing: Sequence[str]) -> tuple[str, ...]:
    """The entries of the list of recipients."""
    listed: list[str] = []
    inside = False
    for line in closing:
        text = line.strip("| ")
        folded = fold(text).lstrip("*_ ")
        if folded.startswith(vocabulary().recipients):
            inside = True
            listed += _IN_ROW.split(text)[1:]
        elif inside and _ENTRY.match(text):
            listed.append(_pieces(text)[0])
        elif inside and listed:
            break
    return tuple(entry for entry in (" ".join(x.split()).strip("-+–*,;. ") for x in listed) if entry)
