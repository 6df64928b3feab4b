"""Short forms and anaphors: which mention before them they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
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


def _same_body(text: str, draft: Draft, antecedent: Draft) -> bool:
    """Whether an anaphor that names a body ("Kết luận của Ban Bí thư") names its antecedent's."""
    if draft.issuer is None:
        return True
    if antecedent.issuer is None:
        return False
    one, two = (fold(text[slice(*issuer)]) for issuer in (draft.issuer, antecedent.issuer))
    return one.startswith(two) or two.startswith(one)


def link(text: str, drafts: list[Draft]) -> list[Draft]:
    """Give short forms and anaphors their antecedents, and leave out what has none and names no document.

    Returns
    -------
    list of Draft
        The mentions that remain, in the order of the text.
    """
    kept: list[Draft] = []
    by_number: dict[tuple[str | None, str | None], Draft] = {}
    by_type: dict[str | None, Draft] = {}
    own: Draft | None = next((draft for draft in drafts if draft.kind == "self"), None)
    declared_types: dict[str | None, Draft] = {}
    for index, draft in enumerate(drafts):
        opened = _declares(text, draft)
        if opened >= 0:
            draft.antecedent = _declared_of(text, drafts, index, opened)
            draft.declares = draft.antecedent is not None
        if draft.kind == "anaphor":
            if draft.antecedent is not None:
                declared_types[draft.type] = draft.antecedent
            else:
                draft.antecedent = declared_types.get(draft.type) or by_type.get(draft.type)
                if draft.antecedent is not None and not _same_body(text, draft, draft.antecedent):
                    draft.antecedent = None
                if draft.antecedent is None and own is not None and own.type == draft.type:
                    draft.antecedent = own
            if draft.antecedent is not None:
                kept.append(draft)
            continue
        key = (draft.type, draft.number)
        if draft.kind == "short":
            draft.antecedent = draft.antecedent or by_number.get(key)
            if draft.antecedent is None and not draft.numbered:
                continue
        elif draft.declares:
            draft.kind = "short"
        kept.append(draft)
        if draft.number is not None and (draft.kind == "full" or draft.declares or key not in by_number):
            by_number[key] = draft.antecedent or draft
        if not draft.nested:
            by_type[draft.type] = draft.antecedent or draft
    return kept
