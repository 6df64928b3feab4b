"""The words between two documents: whose verb stands there, or what else joins the two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from danvan_nlp.language.key import fold
from danvan_nlp.linking.wordings import Verb, has, wordings

# Longer than any title with its attributes: what stands further back is another sentence's matter.
_LONGEST = 700
_CELL = re.compile(r"[\t|]")
# What a quoted title says is its own matter.
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
_COMMA = re.compile(r"^(?:[^;:]{0,60}),$")
_ITEM = re.compile(r"(?:và )?(?:các)?$")
# What may follow a document before the sentence goes on: date, year, term, issuer, quoted title.
_ATTRIBUTE = re.compile(
    r",? ?(?:(?:ngày )?\d{1,2} ?[/.\-] ?\d{1,2} ?[/.\-] ?\d{4}|ngày \d{1,2} tháng \d{1,2} năm \d{4}|năm \d{4}"
    r"|\([^()]{0,80}\)|khóa [ivx]{1,5}\b|(?:về )?(?:việc )?“”"
    r"|của (?:(?! và | khóa | (?:triển khai|thực hiện|hướng dẫn|quy định|sửa đổi|thay thế) )[^,;()“]){2,60})"
)
_TURNS = re.compile(r"(?:,|và\b|đồng thời\b| )+(?:việc )?")


Subject: TypeAlias = Literal["document", "itself", "which", "same", "joined", "people", "back"]


@dataclass(frozen=True, slots=True)
class Passage:
    """The words between two documents, or before the first of a unit.

    Attributes
    ----------
    text : str
        The words, folded, quoted titles emptied.
    verb : Verb or None
        The wording that ends where the second document begins.
    by : Subject
        Who does what the verb says: the document before it (``document``, or ``itself`` where a passive says that of
        it); ``which``, the same or what acts on it ("trong đó"); the ``same`` as acts on that document, where a comma
        or "và" joins the verb to an earlier one (``joined`` where other words follow the comma); ``people``, in a
        clause of their own; ``back`` where it is the document after the verb.
    opens : bool
        The people's clause opens with the verb: "Thực hiện A, Tỉnh ủy ban hành B".
    after : bool
        The clause says after which document the next one came: "Sau khi có A, …".
    beside, item : bool
        The second document stands beside the first, or after a semicolon in the same list.
    issues, turned : bool
        A body issues the second document (", Tỉnh ủy ban hành"), or turns the first into it ("bằng").
    """

    text: str
    verb: Verb | None = None
    by: Subject = "people"
    opens: bool = False
    after: bool = False
    beside: bool = False
    item: bool = False
    issues: bool = False
    turned: bool = False

    @property
    def of_rules(self) -> bool:
        """Whether the verb is one of unnumbered rules: "ban hành Quy chế tiếp dân theo A kèm theo B"."""
        return has("of_rules", self.text)


def read(passage: str, first: bool = False) -> Passage:
    """Read the words before a document, back to the document before it or, for the ``first``, to the unit's start.

    Examples
    --------
    >>> plan = read(", ngày 11/12/2015 của Tỉnh ủy về thực hiện ")
    >>> plan.verb.type, plan.by
    ('implements', 'document')
    >>> read(" của Chính phủ, thay thế ").by, read(", Ban Thường vụ đã thực hiện ").by
    ('same', 'people')
    >>> read(', ngày 25/02/2010 của Bộ Chính trị "về Quy chế công tác" và ').beside, read("; ").item
    (True, True)
    """
    text = _as_meant(fold(_CELL.sub(" ; ", _QUOTED.sub("“”", passage)))[-_LONGEST:])
    text = (" " if passage[:1].isspace() else "") + text
    stop = max((m.end() for m in wordings().stops.finditer(text)), default=-1)
    if len(text) >= _LONGEST:
        stop = max(stop, 0)
    verb, at = find_verb(text)
    if verb is None or (verb.type == "issued_with" and not first and has("and_rules", text)):
        return Passage(
            text,
            after=has("after", text),
            beside=stop < 0 and _beside(text),
            item=_item(text),
            issues=stop < 0 and has("issues", text),
            turned=stop < 0 and has("turned", text),
        )
    if first or stop >= 0:
        by: Subject = "back" if verb.reverse and not first and _reaches_back(text, at) else "people"
        return Passage(text, verb, by, opens=has("opens", text[max(stop, 0) : at]))
    return Passage(text, verb, _who(text, at, verb))


def _as_meant(text: str) -> str:
    """The folded text with the verbs as they are spelt, where a scan or a hand has lost their marks."""
    misread = wordings().misread
    return misread[0].sub(lambda m: misread[1][m[0]], text)


def _who(text: str, at: int, verb: Verb) -> Subject:
    """Who does what a verb at a place says, in a clause that holds the document before it."""
    if verb.reverse:
        return "back"
    if has("itself", text[:at]) or (verb.type == "issued_with" and text[at:].startswith("ban hành")):
        return "itself"
    if has("which", text[:at]) and not wordings().breaks.search(text):
        return "which"
    begin = after_attributes(text)
    between = text[begin:at]
    turns = _TURNS.match(between)
    if turns and verb.weak and turns[0].strip() and turns.end() == len(between):
        return "same"
    if wordings().breaks.search(text) or (verb.type == "based_on" and verb.loose and "," in between):
        return "people"
    if turns and turns[0].strip():
        return "same" if turns.end() == len(between) else "joined"
    return "same" if between.rstrip().endswith(",") else "document"


def _reaches_back(text: str, at: int) -> bool:
    """Whether a passive after a semicolon still speaks of the document before it: "A; Giám đốc cụ thể hóa bằng B"."""
    before, semicolon, clause = text[:at].rpartition(";")
    return bool(semicolon) and ";" not in before and not re.search(r"[,.:]", clause)


def _beside(text: str) -> bool:
    if has("and_rules", text):
        return True
    return has("and", text) and not wordings().breaks.search(text) or bool(_COMMA.match(text))


def _item(text: str) -> bool:
    before, semicolon, after = text.rpartition(";")
    return bool(semicolon) and ";" not in before and bool(_ITEM.match(after.strip()))


def find_verb(text: str, title: str | None = None) -> tuple[Verb | None, int]:
    """The first wording of the data file that a passage ends with, and where it begins.

    ``title`` is what the report says of itself, for the wordings that hold for a report alone.
    """
    carried = wordings().phrases["carried"].search(text)
    for passage in (text[: carried.start()], text) if carried else (text,):
        for verb in wordings().verbs:
            if verb.report_only and title is None:
                continue
            spared = title is not None and verb.report_unless and verb.report_unless.search(title)
            match = None if spared else verb.pattern.search(passage)
            if match:
                return verb, match.start()
    return None, len(text)


def after_attributes(text: str) -> int:
    """Where the date, year, term, issuer and quoted title of the document before a folded passage end."""
    at = 0
    while match := _ATTRIBUTE.match(text, at):
        at = match.end()
    return at
