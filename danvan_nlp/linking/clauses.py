"""Reading a run of documents from left to right: who acts on each, and what is issued to carry it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from danvan_nlp.language.key import fold
from danvan_nlp.linking.collected import Collected
from danvan_nlp.linking.of_report import says
from danvan_nlp.linking.passages import Passage, after_attributes, read
from danvan_nlp.linking.reach import ahead
from danvan_nlp.types import RelationType

_CONJUNCTIONS = frozenset(("và", ",", ", và"))
_SHORT_FORM = re.compile(r"(?:gọi|viết) tắt")
_ALL = re.compile(r"\b(?:đều|cùng)\b")
_REPLACES = re.compile(r" ?thay thế ?(?:[.;,)]|$)")
_TO_CARRY_OUT = re.compile(r"[^;.]{0,60}?\b(?:để|nhằm) (?:tổ chức |triển khai )*(?:thực hiện|triển khai)\b")
_FOLLOWING = 120
# A body replaces and amends documents of its own.
_OWN_KIND: tuple[RelationType, ...] = ("replaces", "amends")
# What people do with a document can be the purpose of one that they issue next, or the way they turn it into one.
_PURPOSES: tuple[RelationType, ...] = ("implements", "continues", "based_on", "responds_to")
_CARRIED_OUT: tuple[RelationType, ...] = ("implements", "based_on", "guides")


@dataclass(slots=True)
class Clauses:
    """One left-to-right reading of the documents of a unit, or of a report's title.

    Every verb has a subject: the document before it, whatever acts on that document, or people. A document that people
    act on waits for one that they issue to that end. Where ``role`` says that the words are the report's own ("title",
    "purpose"), what people do is what the report does.
    """

    found: Collected
    text: str
    members: Sequence[int]
    start: int
    role: Literal["", "title", "purpose"] = ""
    # What people do with a document.
    held: dict[int, RelationType] = field(default_factory=dict)
    # What the report itself does with a document, unless it turns out that another does it.
    own: dict[int, RelationType] = field(default_factory=dict)
    # The documents that wait for one to be issued, and what it will do; "issued" are those that came.
    waiting: list[int] = field(default_factory=list)
    purpose: RelationType = "implements"
    opens: bool = False
    only_after: bool = False
    issued: set[int] = field(default_factory=set)
    # A document named before the one that replaces or amends it.
    back_on: dict[int, tuple[int, RelationType]] = field(default_factory=dict)

    def read(self) -> None:
        """Find the relations."""
        end = self.start
        carried = False
        for n, i in enumerate(self.members):
            m = self.found.mentions[i]
            passage = read(self.text[end : m.start], first=n == 0)
            self._take(n, passage, carried)
            carried = passage.of_rules or (carried and passage.beside)
            end = m.end
        for i, kind in self.own.items():
            if not self.found.on(i):
                self.found.add(None, i, kind)

    def _take(self, n: int, passage: Passage, carried: bool) -> None:
        """Take in the n-th document with the words before it."""
        a, b = self.members[n - 1] if n else None, self.members[n]
        verb = passage.verb
        if a is not None and self._same(a, b, passage):
            self._take_over(a, b)
        elif verb and verb.type == "issued_with" and carried and self.waiting and self.purpose in _CARRIED_OUT:
            for target in self.waiting:
                self.found.add(b, target, self.purpose)
        elif a is not None and verb and passage.by == "back":
            # What was replaced is no longer amended: that is said of the document that replaced it.
            new = next((s for s, kind in self.found.on(a) if s is not None and kind == "replaces"), a)
            self.back_on[b] = new, verb.type
            self.found.add(b, new, verb.type)
        elif a is not None and verb and self._documents_act(n, passage):
            pass
        elif verb or says(passage, self.role):
            self._people_act(a, b, passage)
        elif passage.after:
            self.waiting, self.purpose, self.opens, self.only_after = [b], "implements", True, True
        elif self.waiting and self._issued_to_that_end(b, passage):
            pass
        elif a is not None and passage.beside:
            self._beside(a, b)
        elif a is not None and passage.item and self.waiting:
            self._beside(self.waiting[-1], b)
        else:
            self.waiting = []

    def _same(self, a: int, b: int, passage: Passage) -> bool:
        one, two = self.found.mentions[a], self.found.mentions[b]
        numbered = bool(one.number) and (one.number, one.symbol) == (two.number, two.symbol)
        return numbered or (two.alias_of == a and bool(_SHORT_FORM.search(passage.text)))

    def _take_over(self, a: int, b: int) -> None:
        """A second name of a document stands where the first stands."""
        if a in self.held:
            self.held[b] = self.held[a]

    def _documents_act(self, n: int, passage: Passage) -> bool:
        """Relate a document to the one before it, or to what acts on that one; False where it is people who act."""
        assert passage.verb
        a, b = self.members[n - 1], self.members[n]
        kind = passage.verb.type
        sources: list[int | None] = [a]
        weak = passage.by == "same" and passage.verb.weak
        if passage.by == "people" or weak or (a in self.held and self._peoples(a, passage)):
            return False
        if passage.by == "which" or (passage.by == "same" and a not in self.held):
            acting = [source for source, _ in self.found.on(a) if source is not None]
            sources = list(acting) or [a]
        for source in sources:
            self.found.add(source, b, kind)
        if sources == [a]:
            self._shared_source(n, kind, distributed=bool(_ALL.search(passage.text)))
        return True

    def _peoples(self, a: int, passage: Passage) -> bool:
        """Whether a verb after a document that people act on is theirs too: "thực hiện A, sơ kết B"."""
        assert passage.verb
        kind, held = passage.verb.type, self.held[a]
        if passage.by in ("document", "itself", "which"):
            return kind == "based_on" and passage.by == "document"
        if passage.verb.concrete and held == "based_on":
            return False
        return kind not in _OWN_KIND or held in _OWN_KIND

    def _shared_source(self, n: int, kind: RelationType, distributed: bool) -> None:
        """Let others act as the one before the verb does: "Kế hoạch số 1 và Công văn A thực hiện B"."""
        for k in range(n - 2, -1, -1):
            one, two = self.members[k], self.members[k + 1]
            between = self.text[self.found.mentions[one].end : self.found.mentions[two].start]
            beside = read(between).beside if distributed else fold(between) in _CONJUNCTIONS
            alike = distributed or self._body(one)[-2:] == self._body(two)[-2:]
            if not (beside and alike) or self.found.on(two):
                return
            self.found.add(one, self.members[n], kind)

    def _body(self, i: int) -> str:
        """The body in a symbol: TU in KH/TU, UBND in KH-UBND."""
        return re.split(r"[/\-]", self.found.mentions[i].symbol or "")[-1]

    def _people_act(self, a: int | None, b: int, passage: Passage) -> None:
        """Note what people do with b, and what the report does where the words are its own."""
        said = says(passage, self.role)
        verb = passage.verb
        kind = said or (verb.type if verb else "implements")
        if a in self.held and verb and passage.by == "same" and verb.weak:
            kind = self.held[a]
        if kind == "issued_with":
            return
        self.held[b] = kind
        if not (passage.by == "same" and self.waiting and self.waiting[-1] == a and kind == self.purpose):
            self.waiting = []
        self.waiting.append(b)
        self.purpose, self.only_after = kind, False
        self.opens = kind in _PURPOSES and (passage.opens or bool(verb and verb.concrete))
        if said:
            self.own[b] = kind

    def _issued_to_that_end(self, b: int, passage: Passage) -> bool:
        """Relate b, newly issued, to the documents that wait for it."""
        if not (passage.turned or (self.opens and passage.issues)):
            return False
        if not self.only_after or _TO_CARRY_OUT.match(self._following(b)):
            for target in self.waiting:
                self.found.add(b, target, self.purpose)
            if not self.only_after:
                self.issued.add(b)
        return True

    def _beside(self, a: int, b: int) -> None:
        """Let hold for b what holds for the document that it stands beside."""
        following = self._following(b)
        if a in self.back_on:
            self.back_on[b] = self.back_on[a]
            self.found.add(b, *self.back_on[b])
        elif _REPLACES.match(following[after_attributes(following) :]):
            self.found.add(b, a, "replaces")
        elif a in self.issued:
            self.issued.add(b)
            for target in self.waiting:
                self.found.add(b, target, self.purpose)
        acting = self.found.on(a)
        shared = [
            self.found.add(source, b, kind) for source, kind in acting
            if source is None or kind in _OWN_KIND or self._may_act_on_both(source, b)
        ]  # fmt: skip
        # In "thực hiện A về sơ kết B và C", a local C that a central A cannot act on stands beside A.
        if acting and not any(shared) and a not in self.waiting and self.waiting:
            a = self.waiting[-1]
        if a in self.own:
            self.own[b] = self.own[a]
        if a in self.held:
            self.held[b] = self.held[a]
            if a in self.waiting:
                self.waiting.append(b)

    def _following(self, i: int) -> str:
        """The words after a document."""
        return ahead(self.text, self.found.mentions[i].end, _FOLLOWING)

    def _may_act_on_both(self, source: int, b: int) -> bool:
        """A second document of the source's own body stands beside it, save in a row that names the source last."""
        return self._body(source) != self._body(b) or source > b
