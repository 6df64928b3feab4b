"""The subject of a document as the citation gives it: quoted, after "về", or straight after the issuer."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from danvan_nlp.language.letters import UPPER
from danvan_nlp.references.drafts import Draft
from danvan_nlp.references.issuers import issuer_after, read_issuer
from danvan_nlp.references.title_wording import (
    OPENING_MARKS,
    carrying_out,
    introductions,
    issued_too,
    known_titles,
    not_about,
    rules_after,
    title_leads,
    title_patterns,
    verbs_alone,
    with_document,
)

_LONGEST = 900
_LEAD = 70
_VERB = 30
_LONGEST_VERB = 24
_CLOSING = {'"': '"”“', "“": '”"', "”": '”"', "„": '”“"', "«": "»", "'": "'’", "‘": "’'"}
_QUOTES = re.compile(r"[\"“”„«»'‘’]")
_BLANKS = re.compile(r"\s*\n\s*\d{1,3}[ \t]*\n\s*|[\s*_]*\s[\s*_]*|\*+")
_NEXT_QUOTED = re.compile(r"\s*(?:,|và|,\s*và)\s*(?=[\"“«])")
_BLANK = re.compile(r"\s")
_WITH = re.compile(r"với\s+")
_THREE_WORDS = re.compile(r"\s*\S+\s+\S+\s+\S")
_CLOSING_MARKS = frozenset("\"”“»'’")
_EDGE = frozenset(" ,;:.…*_-–\t\n⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNCLEAN = re.compile(r"[\n\t*_Ðð\u00a0]")
# The mark of a footnote that lost its place above the line: "trên địa bàn tỉnh1".
_FOOTNOTE = re.compile(rf"(?<=[^\W\d_{UPPER}])(?:\d{{1,2}}|\[\d{{1,2}}\])$")
_IMPOSTORS = str.maketrans({"Ð": "Đ", "ð": "đ"})


def clean(text: str) -> str:
    """A title or name as words: line breaks as blanks, markup gone.

    Examples
    --------
    >>> clean("nâng cao hiệu quả\\n\\n**công tác** dân vận")
    'nâng cao hiệu quả công tác dân vận'
    """
    if "  " in text or _UNCLEAN.search(text):
        text = _BLANKS.sub(" ", text.translate(_IMPOSTORS))
    return text.strip()


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of a title without "về", "về việc" before it and without marks around it."""
    while start < end and text[end - 1] in _EDGE:
        end -= 1
    while start < end and text[start] in _EDGE:
        start += 1
    if start < end and text[end - 1] in "0123456789]" and (mark := _FOOTNOTE.search(text, max(start, end - 4), end)):
        end = mark.start()
    about = title_leads()[1].match(text, start, end)
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
    heads, rests = known_titles()
    if not before.endswith(heads):
        return False
    after = text[at + 1 : min(limit, at + 60)].lower().lstrip()
    return any(before.endswith(head) and after.startswith(rest) for head, rest in zip(heads, rests, strict=True))


class _Reader:
    """Finds where the unquoted title of one draft ends."""

    def __init__(self, text: str, drafts: Sequence[Draft], starts: Sequence[int], index: int) -> None:
        self.text, self.drafts, self.starts, self.index = text, drafts, starts, index
        self.draft = drafts[index]
        self.limit = min(self.draft.stop, self.draft.tail + _LONGEST)
        self.unclosed: set[str] = set()
        # Where the document that the title is followed by ends: "về giám sát theo Quyết định số …".
        self.beyond = -1

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
            place = self._after_quotation(at) if match[0] in OPENING_MARKS else match.end()
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
        joined = between.rstrip().endswith((",", ";", "và", "VÀ"))
        return joined and (nested_end < 0 or (other.typed and other.body == self.draft.body != ""))

    def _before(self, other: Draft, start: int) -> int:
        between = self.text[start : other.start].rstrip()
        return start + len(re.sub(r"(?:[,;]|\s+và|\s)+$", "", between))

    def _stops(self, match: re.Match[str], start: int, nested_end: int, following: int) -> int | None:
        opening, _, _, final_subject, local = title_patterns()
        at, letter = match.start(), match[0]
        if letter in (";", ",") and _goes_on(self.text, start, at, self.limit):
            return None
        if letter in ";…(.:":
            return at
        if letter in '“"«':
            return None
        word = letter.strip()
        if at - start < _LONGEST_VERB and opening.fullmatch(self.text, start, at):
            # "về thành lập, tổ chức và hoạt động": a verb that governs nothing yet; "… tiếp tục được" opens no title.
            return start if word in ("được", "đã", "đang") else None
        if letter == ",":
            return at if self._stops_at_comma(start, at, nested_end, following) else None
        if word == "và":
            ended = 0 <= nested_end <= at and not self.text[nested_end:at].strip()
            beside = not self._mention_at(at + 3, following) or self._apart(following)
            return at if (ended and beside) or self._issued(at + 3, following) else None
        if local.match(word):
            return at if self.draft.central else None
        if with_document().fullmatch(word):
            if not self._mention_at(match.end(), following) or self.text.endswith("kèm", start, at):
                return None
            self.beyond = max(self.drafts[following].tail, self.drafts[following].cover)
            return at
        if word in ("đã", "đang") and not self.text.startswith(" được", match.end()):
            owner = final_subject.search(self.text, max(start, at - 70), at)
            return owner.start() if owner else at
        return at

    def _apart(self, following: int) -> bool:
        """Whether a local document follows a law that ends the title: "về thi hành Luật … và Kế hoạch số …"."""
        law, other = self.drafts[following - 1], self.drafts[following]
        return law.name is not None and law.number is None and other.number is not None and not other.central

    def _stops_at_comma(self, start: int, at: int, nested_end: int, following: int) -> bool:
        """Whether the title ends at a comma: before its issuer, a document it carries out, or another clause."""
        text, limit = self.text, self.limit
        if self.draft.issuer is None and issuer_after(text, start, at, limit):
            return True
        carries = nested_end < 0 and carrying_out().match(text, at, limit)
        if carries and self._mention_at(carries.end(), following):
            return True
        clause = title_patterns()[2].match(text, at, limit) or (
            introductions()[1].match(text, at, limit) and self._introduced()
        )
        return bool(clause) and not self._mention_at(at, following)

    def _issued(self, at: int, following: int) -> bool:
        """Whether a verb of issuing and another document follow a place."""
        if following >= len(self.drafts) or self.starts[following] - at > _VERB:
            return False
        return bool(issued_too().fullmatch(self.text, at, self.starts[following]))

    def _mention_at(self, at: int, following: int) -> bool:
        if following >= len(self.drafts):
            return False
        return not self.text[at : self.starts[following]].strip(" ,\n*_") if self.starts[following] - at < 30 else False


def _after_partner(text: str, at: int, limit: int) -> re.Match[str] | None:
    """What leads to the title after a partner: "… với Hội Nông dân huyện về"."""
    joint = _WITH.match(text, at, limit)
    end = joint and read_issuer(text, joint.end(), limit, known_only=True)
    leads = title_leads()[0].match(text, end, limit) if end else None
    return leads if leads and leads["about"] else None


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
    leads = title_leads()[0].match(text, draft.tail, draft.stop)
    if leads is None:
        return
    sign, bracket, about, quote = leads.groups()
    begin = leads.start("quote")
    if not (bracket or about or quote):
        if rules := rules_after().match(text, begin, draft.stop):
            begin, about = rules.start("rules"), rules[0]
        elif leads := _after_partner(text, begin, draft.stop):
            _, bracket, about, quote = leads.groups()
            begin = leads.start("quote")
    if (bracket and not about) or (about and not_about().match(text, begin, draft.stop)):
        return
    if quote:
        if sign == ":" and not about:
            return
        quoted = _quoted(text, begin, draft.stop)
        if quoted and _THREE_WORDS.match(text, *quoted):
            _set(text, draft, *quoted, quoted[1] + 1)
            return
    if not about and (
        sign or not title_patterns()[0].match(text, begin, draft.stop) or verbs_alone().match(text, begin, draft.stop)
    ):
        return
    if bracket and (close := text.find(")", begin, draft.stop)) >= 0:
        _set(text, draft, begin, close, close + 1)
        return
    reader = _Reader(text, drafts, starts, index)
    end = reader.end(begin)
    draft.issuer = draft.issuer or issuer_after(text, begin, end, draft.stop)
    _set(text, draft, begin, end, max(end, reader.beyond))


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
