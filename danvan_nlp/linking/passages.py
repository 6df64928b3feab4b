"""What the words between two documents say: a verb, a coordination, or nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from danvan_nlp.language.key import fold
from danvan_nlp.linking.wordings import Verb, wordings
from danvan_nlp.types import RelationType

# Longer than any title with its attributes: what stands further back is another sentence's matter.
_LONGEST = 700
_CLOSED_QUOTE = re.compile(r"[”»]|\"[^\"]*\"")
_AND = re.compile(
    r"(?:^|[\s,”\")])(?:và|cùng|với)"
    r"(?: (?:các|của)| (?:ý kiến )?(?:chỉ đạo|hướng dẫn|đề nghị|yêu cầu)(?: của [^,;]{3,60})? tại)?$"
)
_COMMA = re.compile(r"^(?:[^;:]{0,60}),$")
# The rules that a decision carries: what is done to them is done to it.
_CARRIED = re.compile(r"(?: của)? (?:quy chế|quy định|điều lệ|nội quy|đề án)\b[^;,.]{0,120} kèm theo$")
_JOINS = frozenset(("", "và", "các", "và các"))
_CONJUNCTIONS = frozenset(("và", ",", ", và"))
# What may follow a document before the sentence goes on: date, year, term, issuer.
_ATTRIBUTE = re.compile(
    r",? ?(?:(?:ngày )?\d{1,2} ?[/.\-] ?\d{1,2} ?[/.\-] ?\d{4}|ngày \d{1,2} tháng \d{1,2} năm \d{4}|năm \d{4}"
    r"|\([^()]{0,80}\)|khóa [ivx]{1,5}\b|của (?:(?! và | khóa )[^,;()]){2,60})"
)
_AND_VERB = re.compile(
    r",? ?và (?=(?:việc )?(?:\d{1,2} năm|sơ kết|tổng kết|tiếp tục|triển khai|thực hiện|thi hành|quán triệt)\b)"
)
_CELL = re.compile(r"[\t|]")


def _folded(passage: str) -> str:
    return fold(_CELL.sub(" ; ", passage[-_LONGEST:]))


def _after_break(text: str) -> str:
    """What follows the last break: the clause that the next document stands in."""
    end = 0
    for match in wordings().breaks.finditer(text):
        end = match.end()
    return text[end:]


@lru_cache(maxsize=2048)
def acts(passage: str, of_report: bool = False) -> RelationType | None:
    """The relation that a passage states between the document before it and the one after it.

    Parameters
    ----------
    passage : str
        The text between the two.
    of_report : bool
        The document before it is the report: its title and purpose have wordings of their own.

    Examples
    --------
    >>> acts(", ngày 11/12/2015 của Tỉnh ủy về thực hiện ")
    'implements'
    >>> acts(", Ban Thường vụ Tỉnh ủy báo cáo kết quả thực hiện ") is None
    True
    """
    text = _folded(passage)
    title = text.rpartition(";")[2] if of_report else None
    if of_report:
        text = _after_break(text)
    elif len(passage) > _LONGEST or _broken(text) or _second_verb(text) is not None:
        return None
    carried = _CARRIED.search(text)
    verb = (_verb(text[: carried.start()], title) if carried else None) or _verb(text, title)
    if verb is None or verb.reverse or (verb.type == "based_on" and not of_report and _new_clause(text)):
        return None
    return verb.type


def acted_by(passage: str) -> RelationType | None:
    """The relation of the second document to the first, where the passage names the one acted on first.

    Examples
    --------
    >>> acted_by(" (nay là ")
    'replaces'
    """
    text = _folded(passage)
    verb = None if len(passage) > _LONGEST or _broken(text) else _verb(text)
    return verb.type if verb and verb.reverse else None


def acts_too(passage: str) -> RelationType | None:
    """The relation in which what acts on the first document stands to the second: "thực hiện A và sơ kết 5 năm B".

    Examples
    --------
    >>> acts_too(" của Bộ Chính trị và sơ kết 5 năm thực hiện ")
    'reviews'
    """
    text = _folded(passage)
    at = _second_verb(text)
    verb = None if at is None or len(passage) > _LONGEST or _broken(text) else _verb(text[at:])
    return verb.type if verb else None


def coordinated(passage: str) -> bool:
    """Whether a passage puts the document after it beside the one before it.

    Examples
    --------
    >>> coordinated(', ngày 25/02/2010 của Bộ Chính trị "về Quy chế công tác" và '), coordinated("; ")
    (True, False)
    """
    text = _folded(passage)
    if ";" in text or len(passage) > _LONGEST or acts(passage):
        return False
    return bool(_AND.search(text) and not wordings().breaks.search(text)) or bool(_COMMA.match(text))


def listed(passage: str) -> bool:
    """Whether nothing but a conjunction stands between two documents.

    Examples
    --------
    >>> listed(" và "), listed(", ngày 02/3/2016 và ")
    (True, False)
    """
    return _folded(passage) in _CONJUNCTIONS


def after_attributes(passage: str) -> str:
    """What follows the date, year, term and issuer of the document before it, folded.

    Examples
    --------
    >>> after_attributes(", ngày 02/3/2016 của Huyện ủy và bãi bỏ ")
    ' và bãi bỏ'
    """
    text = _folded(passage)
    return text[_after_attributes(text) :]


def enumerated(passage: str) -> bool:
    """Whether a semicolon puts the document after it beside the one before it.

    Examples
    --------
    >>> enumerated(", ngày 02/3/2016 của Huyện ủy; "), enumerated("; thực hiện ")
    (True, False)
    """
    before, semicolon, after = _folded(passage).rpartition(";")
    return bool(semicolon) and after.strip() in _JOINS and ";" not in before and not wordings().breaks.search(before)


def _after_attributes(text: str) -> int:
    at = 0
    while match := _ATTRIBUTE.match(text, at):
        at = match.end()
    return at


def _new_clause(text: str) -> bool:
    """Whether a comma after the first document's attributes opens a clause, whose "theo" is not that document's."""
    return "," in text[_after_attributes(text) :]


def _second_verb(text: str) -> int | None:
    """Where a second verb begins that "và" joins to the one governing the first document."""
    joined = _AND_VERB.match(text, _after_attributes(text))
    return joined.end() if joined else None


def _broken(text: str) -> bool:
    """Whether a clause ends inside a passage, or a quoted title is followed by a new item."""
    if wordings().breaks.search(text):
        return True
    closed = max((m.end() for m in _CLOSED_QUOTE.finditer(text)), default=None)
    return closed is not None and text[closed:].lstrip().startswith(",")


def _verb(text: str, title: str | None = None) -> Verb | None:
    """The first wording of the data file that a passage ends with; ``title`` is what the report says of itself."""
    for verb in wordings().verbs:
        if verb.report_only and title is None:
            continue
        spared = title is not None and verb.report_unless and verb.report_unless.search(title)
        if verb.pattern.search(text) and not spared:
            return verb
    return None
