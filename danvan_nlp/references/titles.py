"""The subject of a document as the citation gives it: quoted, after "về", or straight after the issuer."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence

from danvan_nlp.references.drafts import Draft
from danvan_nlp.references.title_wording import (
    introductions,
    issued_too,
    known_titles,
    not_about,
    title_patterns,
    verbs_alone,
    with_document,
)

_LONGEST = 900
_LEAD = 70
_VERB = 30
_OPENING = "\"“”„«'‘"
_CLOSING = {'"': '"”“', "“": '”"', "”": '”"', "„": '”“"', "«": "»", "'": "'’", "‘": "’'"}
_QUOTES = re.compile(r"[\"“”„«»'‘’]")
_ABOUT = re.compile(r"(?:[Vv]ề\s+việc|VỀ\s+VIỆC|[Vv]/[Vv]|[Vv][ềể]|VỀ)(?!\w)\s*:?\s*")
_GAP = re.compile(r"[\s*_]*[,:]?[\s*_]*")
_BLANKS = re.compile(r"\s*\n\s*\d{1,3}[ \t]*\n\s*|[\s*_]*\s[\s*_]*|\*+")
_NEXT_QUOTED = re.compile(r"\s*(?:,|và|,\s*và)\s*(?=[\"“«])")
_BLANK = re.compile(r"\s")
_THREE_WORDS = re.compile(r"\s*\S+\s+\S+\s+\S")
_CLOSING_MARKS = frozenset("\"”“»'’")
_EDGE = frozenset(" ,;:.…*_-–\t\n⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNCLEAN = re.compile(r"[\n\t*_Ðð\u00a0]")
# The mark of a footnote that lost its place above the line: "trên địa bàn tỉnh1".
_FOOTNOTE = re.compile(r"(?<=[a-zà-ỹđ])\d{1,2}$")
_IMPOSTORS = str.maketrans({"Ð": "Đ", "ð": "đ"})


def clean(text: str) -> str:
    """A title or name as words: NFC, line breaks as blanks, markup gone.

    Examples
    --------
    >>> clean("nâng cao hiệu quả\\n\\n**công tác** dân vận")
    'nâng cao hiệu quả công tác dân vận'
    """
    text = unicodedata.normalize("NFC", text)
    if "  " in text or _UNCLEAN.search(text):
        text = _BLANKS.sub(" ", text.translate(_IMPOSTORS))
    return text.strip()


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of a title without "về", "về việc" before it and without marks around it."""
    while start < end and text[end - 1] in _EDGE:
        end -= 1
    while start < end and text[start] in _EDGE:
        start += 1
    if mark := _FOOTNOTE.search(text, max(start, end - 4), end):
        end = mark.start()
    about = _ABOUT.match(text, start, end)
    return (about.end() if about else start), end


def _quoted(text: str, at: int, limit: int) -> tuple[int, int] | None:
    """The inside of a quotation that opens at a place."""
    opening, closing = text[at], _CLOSING[text[at]]
    depth = 0
    for match in _QUOTES.finditer(text, at + 1, min(limit, at + _LONGEST)):
        mark = match[0]
        if mark in closing:
            if not depth:
                return at + 1, match.start()
            depth -= 1
        elif mark == opening and opening in "“«„":
            depth += 1
    return None


def _goes_on(text: str, start: int, at: int, limit: int) -> bool:
    """Whether a semicolon or comma at a place belongs to a title known to hold one."""
    before = text[max(start, at - 80) : at].lower()
    known = known_titles()
    if not before.endswith(tuple(head for head, _ in known)):
        return False
    after = text[at + 1 : min(limit, at + 60)].lower().lstrip()
    return any(before.endswith(head) and after.startswith(rest) for head, rest in known)


class _Reader:
    """Finds where the unquoted title of one draft ends."""

    def __init__(self, text: str, drafts: Sequence[Draft], starts: Sequence[int], index: int) -> None:
        self.text, self.drafts, self.starts, self.index = text, drafts, starts, index
        self.draft = drafts[index]
        self.limit = min(self.draft.stop, self.draft.tail + _LONGEST)
        self.unclosed: set[str] = set()

    def _introduced(self) -> bool:
        """Whether the sentence opens with the documents it follows: "Thực hiện …"."""
        low = max(self.draft.floor, self.draft.start - _LEAD)
        return bool(introductions()[0].search(self.text, low, self.draft.start))

    def end(self, start: int) -> int:
        """The end of the title that begins at a place."""
        marks = title_patterns()[1]
        place, nested_end = start, -1
        following = bisect_left(self.starts, start, self.index + 1)
        while match := marks.search(self.text, place, self.limit):
            at = match.start()
            while following < len(self.drafts) and self.starts[following] < at:
                other = self.drafts[following]
                if self._sibling(other, start, nested_end):
                    return self._before(other, start)
                nested_end = max(other.tail, other.title[1] if other.title else 0, nested_end)
                following += 1
            if at < nested_end:
                place = nested_end
                continue
            stop = self._stops(match, start, nested_end, following)
            if stop is not None:
                return stop
            place = self._after_quotation(at) if match[0] in _OPENING else match.end()
        while following < len(self.drafts) and self.starts[following] < self.limit:
            other = self.drafts[following]
            if self._sibling(other, start, nested_end):
                return self._before(other, start)
            nested_end = max(other.tail, other.title[1] if other.title else 0, nested_end)
            following += 1
        return self.limit

    def _after_quotation(self, at: int) -> int:
        """The place after a quotation inside the title; after its mark where it does not close."""
        mark = self.text[at]
        quoted = None if mark in self.unclosed else _quoted(self.text, at, self.limit)
        if quoted is None:
            self.unclosed.add(mark)
            return at + 1
        return quoted[1] + 1

    def _sibling(self, other: Draft, start: int, nested_end: int) -> bool:
        """Whether another mention stands beside this one, not in its title."""
        if other.kind == "anaphor":
            return False
        between = self.text[start : other.start]
        joined = between.rstrip().endswith((",", ";", "và"))
        return joined and (nested_end < 0 or (other.typed and other.body == self.draft.body != ""))

    def _before(self, other: Draft, start: int) -> int:
        between = self.text[start : other.start].rstrip()
        return start + len(re.sub(r"(?:[,;]|\s+và|\s)+$", "", between))

    def _stops(self, match: re.Match[str], start: int, nested_end: int, following: int) -> int | None:
        _, _, after_comma, final_subject, local = title_patterns()
        at, letter = match.start(), match[0]
        if letter in (";", ",") and _goes_on(self.text, start, at, self.limit):
            return None
        if letter in ";…(":
            return at
        if letter == ".":
            return at
        if letter == ":":
            return at
        if letter in '“"«':
            return None
        if letter == ",":
            comma = after_comma.match(self.text, at, self.limit) or (
                introductions()[1].match(self.text, at, self.limit) and self._introduced()
            )
            return at if comma and not self._mention_at(at, following) else None
        word = letter.strip()
        if word == "và":
            ended = 0 <= nested_end <= at and not self.text[nested_end:at].strip()
            return (
                at if (ended and not self._mention_at(at + 3, following)) or self._issued(at + 3, following) else None
            )
        if local.match(word):
            return at if self.draft.central else None
        if with_document().fullmatch(word):
            return at if self._mention_at(match.end(), following) else None
        passive = self.text.startswith(" được", match.end())
        if (
            word in ("đã", "đang")
            and not passive
            and (owner := final_subject.search(self.text, max(start, at - 70), at))
        ):
            return owner.start()
        return at

    def _issued(self, at: int, following: int) -> bool:
        """Whether a verb of issuing and another document follow a place."""
        if following >= len(self.drafts) or self.starts[following] - at > _VERB:
            return False
        return bool(issued_too().fullmatch(self.text, at, self.starts[following]))

    def _mention_at(self, at: int, following: int) -> bool:
        if following >= len(self.drafts):
            return False
        return not self.text[at : self.starts[following]].strip(" ,\n*_") if self.starts[following] - at < 30 else False


def read_title(text: str, drafts: Sequence[Draft], starts: Sequence[int], index: int) -> None:
    """Read the title of one draft into it.

    Parameters
    ----------
    drafts, starts : sequence
        All mentions in the order of the text and where they begin.
    index : int
        Which of them to read the title of; the titles of those after it are read already.
    """
    draft = drafts[index]
    place = draft.tail
    gap = _GAP.match(text, place, draft.stop)
    place = gap.end() if gap else place
    if place >= draft.stop or (text[place] == "(" and not _ABOUT.match(text, place + 1, draft.stop)):
        return
    bracketed = text[place] == "("
    place += bracketed
    about = _ABOUT.match(text, place, draft.stop)
    if about and not_about().match(text, about.end(), draft.stop):
        return
    begin = about.end() if about else place
    if begin < draft.stop and text[begin] in _OPENING:
        if about is None and gap and ":" in gap[0]:
            return
        quoted = _quoted(text, begin, draft.stop)
        if quoted and _THREE_WORDS.match(text, *quoted):
            _set(text, draft, *quoted, quoted[1] + 1)
            return
    if about is None:
        comma = gap is not None and ("," in gap[0] or ":" in gap[0])
        if (
            comma
            or not title_patterns()[0].match(text, place, draft.stop)
            or verbs_alone().match(text, place, draft.stop)
        ):
            return
    if bracketed and (close := text.find(")", begin, draft.stop)) >= 0:
        _set(text, draft, begin, close, close + 1)
        return
    end = _Reader(text, drafts, starts, index).end(begin)
    _set(text, draft, begin, end, end)


def _set(text: str, draft: Draft, start: int, end: int, cover: int) -> None:
    span = trimmed(text, start, end)
    if _BLANK.search(text, *span):
        draft.title, draft.cover = span, cover


def share_quoted(text: str, members: Sequence[Draft]) -> None:
    """Give each member of a list its own of the quoted titles that follow the list ("… về “A” và “B”")."""
    last = members[-1]
    if last.title is None or last.cover == last.title[1] or text[last.cover - 1] not in _CLOSING_MARKS:
        return
    titles = [last.title]
    place = last.cover
    while match := _NEXT_QUOTED.match(text, place, last.stop):
        quoted = _quoted(text, match.end(), last.stop)
        if quoted is None:
            break
        titles.append(quoted)
        place = quoted[1] + 1
    if len(titles) != len(members):
        return
    for draft, span in zip(members, titles, strict=True):
        _set(text, draft, *span, draft.tail)
    last.cover = place
