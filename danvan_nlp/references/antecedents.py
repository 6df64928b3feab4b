"""Short forms and anaphors: which mention before them they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from danvan_nlp.language.key import fold
from danvan_nlp.references.drafts import Draft
from danvan_nlp.references.vocabulary import one_of, wording

_BRACKET = re.compile(r"[\s,*_“\"]*")
_LEVEL = re.compile(r"Đảng\s+bộ\s+(\w+)", re.IGNORECASE)


@cache
def _declared() -> re.Pattern[str]:
    return re.compile(rf"\(\s*{one_of(wording()['declared'])}\s*:?[\s“\"‘'*_]*$", re.IGNORECASE)


def _declares(text: str, draft: Draft) -> int:
    """Where the bracket "(sau đây gọi tắt là" before a mention opens, -1 where none does."""
    match = _declared().search(text, max(draft.floor, draft.start - 50), draft.start)
    return match.start() if match else -1


def _declared_of(text: str, drafts: Sequence[Draft], index: int, opened: int) -> Draft | None:
    """The mention that a declared form stands for: the one that agrees in number, else the outermost that ends here."""
    draft = drafts[index]
    best: Draft | None = None
    for other in reversed(drafts[max(0, index - 12) : index]):
        if other.limit != draft.limit or other.kind == "anaphor":
            continue
        if draft.number is not None and other.number == draft.number and draft.type == other.type:
            return other
        if draft.name is not None and other.name is not None and other.name.startswith(draft.name):
            return other
        reach = max(other.tail, other.cover, other.end)
        if (
            reach <= opened
            and not text[reach:opened].strip(' ,*_\n”"')
            and (best is None or draft.type == other.type != best.type)
        ):
            best = other
    return best


def _same_body(text: str, draft: Draft, other: Draft) -> bool:
    """Whether two mentions may name the same issuing body: one name is the beginning of the other."""
    if draft.issuer is None or other.issuer is None:
        return True
    one, two = (fold(text[slice(*issuer)]) for issuer in (draft.issuer, other.issuer))
    return one.startswith(two) or two.startswith(one)


@dataclass(slots=True)
class _Memory:
    """The documents named so far: by type and number, by type, those that a bare type was declared to mean, and those
    that the report's title says it is about.
    """

    own: Draft | None
    by_number: dict[tuple[str | None, str | None], Draft] = field(default_factory=dict)
    by_type: dict[str | None, Draft] = field(default_factory=dict)
    declared: dict[str | None, Draft] = field(default_factory=dict)
    subject: dict[str | None, Draft] = field(default_factory=dict)

    def anaphor(self, text: str, draft: Draft) -> Draft | None:
        """The antecedent of a bare type: the declared document, else the last of its type, else the report itself.

        "Kết luận này" in a conclusion is that conclusion, whatever others it has named.
        """
        own = self.own if self.own is not None and self.own.type == draft.type else None
        if own is not None and draft.type not in self.declared and text.endswith("này", draft.start, draft.end):
            return own
        bare = fold(text[draft.start : draft.end]) == draft.type
        subject = self.subject.get(draft.type) if bare else None
        found = self.declared.get(draft.type) or subject or self.by_type.get(draft.type)
        if found is not None and (draft.issuer is None or found.issuer is not None) and _same_body(text, draft, found):
            return found
        return own

    def short(self, text: str, draft: Draft) -> Draft | None:
        """The antecedent of a short form: the last document of its type and number."""
        found = self.by_number.get((draft.type, draft.number))
        return found if found is not None and _same_body(text, draft, found) else None

    def keep(self, draft: Draft) -> None:
        """Remember a document for the mentions after it."""
        key = (draft.type, draft.number)
        if draft.number is not None and (draft.kind == "full" or draft.declares or key not in self.by_number):
            self.by_number[key] = draft.antecedent or draft
        if not draft.nested:
            self.by_type[draft.type] = draft.antecedent or draft


def link(text: str, drafts: list[Draft]) -> list[Draft]:
    """Give short forms and anaphors their antecedents, and leave out what has none and names no document.

    Returns
    -------
    list of Draft
        The mentions that remain, in the order of the text.
    """
    memory = _Memory(next((draft for draft in drafts if draft.kind == "self"), None))
    kept: list[Draft] = []
    in_title = True
    for index, draft in enumerate(drafts):
        opened = _declares(text, draft)
        if opened >= 0:
            draft.antecedent = _declared_of(text, drafts, index, opened)
            draft.declares = draft.antecedent is not None
        if draft.kind == "anaphor":
            if draft.antecedent is not None:
                memory.declared[draft.type] = draft.antecedent
            draft.antecedent = draft.antecedent or memory.anaphor(text, draft)
            if draft.antecedent is not None:
                kept.append(draft)
            continue
        if draft.kind == "short":
            draft.antecedent = draft.antecedent or memory.short(text, draft)
            if draft.antecedent is None and not draft.numbered:
                continue
        elif draft.declares:
            draft.kind = "short"
        in_title = in_title and draft.role != "sentence"
        if in_title and draft.role == "heading":
            memory.subject.setdefault(draft.type, draft)
        kept.append(draft)
        memory.keep(draft)
    return kept
