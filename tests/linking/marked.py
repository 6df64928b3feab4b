"""Texts whose references stand in double brackets, so that linking is tested without the recogniser.

Each line is a unit; "heading|", "table|", "footnote|" or "admin|" before it gives its role, else it is a sentence.
"""

import re
from dataclasses import dataclass

from danvan_nlp.language.key import fold, slug
from danvan_nlp.types import Mention, Unit

_BRACKETS = re.compile(r"\[\[(.+?)\]\]", re.S)
_ROLE = re.compile(r"(heading|table|footnote|admin)\|")
_SURFACE = re.compile(
    r"(?!.*\bnăm \d{4}$)(?!.* Trung ương)(?P<type>[^\d\[]*?)\s*(?:số:?\s*)?(?P<number>\d+[a-zA-Z]?)"
    r"(?:(?P<sep>\s*[-/]\s*)(?:(?P<year>\d{4})/)?(?P<symbol>\D.*))?$",
    re.IGNORECASE | re.S,
)
_TAIL = re.compile(
    r"^(?P<date>,?\s*(?:ngày )?(?P<d>\d{1,2})[/-](?P<m>\d{1,2})[/-](?P<y>\d{4}))?"
    r"(?:,? ?của (?P<issuer>(?:(?! về | khóa | \(| thực hiện | và | triển khai |ban hành |hướng dẫn |quy định |"
    r"thay thế )"
    r"[^,;.\"“\[(])+))?"
    r"(?:,? ?\(?khóa (?P<term>[IVX]+)\)?)?(?:,? ?(?:về việc|về) [\"“]?(?P<title>[^;.\"”\[(]+))?"
)
_CONGRESS = re.compile(r"nghị quyết đại hội.*?\b([ivx]+)\b|nghị quyết đại hội.*lần thứ ([ivx]+)")
_PLENUM = re.compile(r"(nghị quyết|kết luận).*trung ương (?:lần thứ )?(\d+\w?)(?:,? \(?khóa ([ivx]+))?")
_NAMED_TYPE = re.compile(r"bộ luật|luật|pháp lệnh|hiến pháp|nghị quyết|kết luận|\w+ \w+")
_YEAR = re.compile(r" năm (\d{4})| (\d{4})$")


@dataclass(frozen=True)
class Marked:
    """A text without its brackets, its units and its mentions."""

    text: str
    units: list[Unit]
    mentions: list[Mention]


def _name(surface: str) -> tuple[str, str | None]:
    folded = fold(surface)
    plenum, congress = _PLENUM.match(folded), _CONGRESS.match(folded)
    if plenum:
        return f"{'nq' if plenum[1] == 'nghị quyết' else 'kl'}-tw{plenum[2]}" + (
            f"-khoa-{plenum[3]}" if plenum[3] else ""
        ), None
    if congress:
        return f"nq-dai-hoi-{congress[1] or congress[2]}", None
    year = _YEAR.search(folded)
    bare = _YEAR.sub("", folded)
    return ("hien-phap" if bare.startswith("hiến pháp") else slug(bare)), (year[1] or year[2]) if year else None


def _date(tail: re.Match[str]) -> str | None:
    if not tail["date"] or int(tail["m"]) > 12 or int(tail["d"]) > 31 or (int(tail["m"]) == 2 and int(tail["d"]) > 29):
        return None
    return f"{tail['y']}-{int(tail['m']):02}-{int(tail['d']):02}"


def _mention(surface: str, start: int, after: str, own: bool) -> Mention:
    parts = _SURFACE.match(surface)
    kind = "self" if own else "full"
    end = start + len(surface)
    if not parts:
        name, year = _name(surface)
        titled = re.match(r"(?:,? nhiệm kỳ [\d-]+)? về (?:việc )?[\"“]?([^;.\"”\[(]+)", after)
        return Mention(
            start=start, end=end, kind=kind, type=_NAMED_TYPE.match(fold(surface))[0], name=name,
            year=year, date=year, title=titled[1].strip() if titled else None,
        )  # fmt: skip
    tail = _TAIL.match(after)
    date = _date(tail)
    symbol = parts["symbol"].strip() if parts["symbol"] else None
    if symbol and parts["sep"].strip() == "/" and re.match(r"[^/-]+/", symbol):
        symbol = symbol.replace("/", "-", 1)
    typed = fold(parts["type"]).removesuffix(" số").strip() or None
    return Mention(
        start=start, end=end, kind=kind, type=None if typed == "số" else typed, number=parts["number"].lstrip("0"),
        symbol=symbol, year=parts["year"] or (date[:4] if date else None), date=date,
        issuer=tail["issuer"].strip() if tail["issuer"] else None, term=tail["term"],
        title=tail["title"].strip() if tail["title"] else None,
    )  # fmt: skip


def read(lines: str) -> Marked:
    """Take the brackets out of a marked text and make its units and mentions."""
    text, units, mentions = "", [], []
    for line in lines.split("\n"):
        role = _ROLE.match(line)
        body = line[role.end() :] if role else line
        start = len(text)
        at = 0
        for found in _BRACKETS.finditer(body):
            text += body[at : found.start()]
            own = found[1].startswith("self:")
            surface = found[1].removeprefix("self:")
            after = _BRACKETS.sub(lambda m: m[1], body[found.end() :])
            mentions.append(_mention(surface, len(text), after, own))
            text += surface
            at = found.end()
        text += body[at:]
        if text[start:].strip():
            units.append(Unit(start=start, end=len(text), role=role[1] if role else "sentence"))
        text += "\n"
    return Marked(text, units, mentions)
