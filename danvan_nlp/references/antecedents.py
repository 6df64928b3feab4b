"""Short forms and anaphors: which mention before them they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from danvan_nlp.language.key import fold
from danvan_nlp.references.drafts import Draft
from danvan_nlp.references.vocabulary import one_of, wording

_ABOUT = re.compile(r"\s+về\s+(?:việc\s+)?(?P<subject>\w+\s+\w+)")
# Characters after which a document is no longer the one just named.
_NEAR = 600


@cache
def _declared() -> re.Pattern[str]:
    return re.compile(rf"\(\s*{one_of(wording()['declared'], any_case=True)}\s*:?[\s“\"‘'*_]*$", re.IGNORECASE)


def _declares(text: str, draft: Draft) -> int:
    """Where the bracket "(sau đây gọi tắt là" before a mention opens, -1 where none does."""
    low = max(draft.floor, draft.start - 50)
    if text.find("(", low, draft.start) < 0:
        return -1
    match = _declared().search(text, low, draft.start)
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


def _same_subject(text: str, draft: Draft, other: Draft) -> bool:
    """Whether a type with its issuer and subject ("Chỉ thị của Thủ tướng Chính phủ về kỷ luật") has that of another."""
    about = _ABOUT.match(text, draft.tail, draft.limit) if draft.issuer else None
    return about is None or (other.title is not None and about["subject"] in text[slice(*other.title)])


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

        "Kết luận này" in a conclusion is that conclusion, whatever others it has named; in a report on a conclusion,
        long after any other was named, it is the one that the report is about.
        """
        own = self.own if self.own is not None and self.own.type == draft.type else None
        this = text.endswith("này", draft.start, draft.end)
        if own is not None and draft.type not in self.declared and this:
            return own
        # A heading in capitals speaks of what the whole report does.
        last = None if text[draft.end - 1].isupper() else self.by_type.get(draft.type)
        far = last is None or draft.start - last.end > _NEAR
        bare = fold(text[draft.start : draft.end]) == draft.type
        subject = self.subject.get(draft.type) if bare or far else None
        found = self.declared.get(draft.type) or subject or last
        if found is None or (far and text[draft.start].islower()):
            return own
        found = found.antecedent or found
        stated = (draft.issuer is None or found.issuer is not None) and _same_body(text, draft, found)
        return found if stated and _same_subject(text, draft, found) else own

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
            self.by_type[draft.type] = draft


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
