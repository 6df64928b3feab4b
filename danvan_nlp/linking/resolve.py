"""Which document each mention means: a target, or candidates, or neither, and always why."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from danvan_nlp.linking.choose import Bound, Candidate, choose, of_entry
from danvan_nlp.linking.context import Context, Facts, build, letterhead_month
from danvan_nlp.linking.known import from_registry, issued_by
from danvan_nlp.linking.named import link_named
from danvan_nlp.linking.places import report_places
from danvan_nlp.linking.registry import Registry
from danvan_nlp.linking.relate import relations
from danvan_nlp.linking.scope import SEVERAL, issuer_scope, scope_of
from danvan_nlp.linking.similar import overlap, pairs
from danvan_nlp.linking.written_dates import date_after
from danvan_nlp.types import Header, Link, Mention, Unit

_NO_NUMBER = Link(target=None, score=None, reason="neither number nor name")
_NO_ANTECEDENT = Link(target=None, score=None, reason="no antecedent")
_ANTECEDENT_EARLIER, _ANTECEDENT_LATER = 0.35, 0.2
# A plan follows what it implements within months; a review, or a continuation, follows after years.
_PROMPT = ("implements", "based_on", "responds_to", "guides")
_LOCAL_SLIP = re.compile(r"/TU$")
_SAME_TALK = 6


def report_target(header: Header, text: str = "") -> str | None:
    """The report itself as a node of the graph, None where its letterhead does not say enough.

    Examples
    --------
    >>> report_target(Header(number="16", symbol="BC/TU", locality="kon-tum", date="2020-11-11"))
    '16-BC/TU@kon-tum@2020'
    """
    if not (header.number and header.symbol):
        return None
    places = report_places(header, text)
    scope, _ = scope_of(header.symbol, header.issuer, places)
    dated = header.date or letterhead_month(text) or "?"
    return f"{header.number}-{header.symbol}@{scope}@{dated[:4]}" if scope else None


def link(
    mentions: Sequence[Mention], *, text: str, units: Sequence[Unit], header: Header, registry: Registry
) -> list[Link]:
    """Link every mention of one document to the directive it means.

    Parameters
    ----------
    mentions : sequence of Mention
        The document's references, in the order of the text.
    text : str
        The document's text.
    units : sequence of Unit
        Its units, in the order of the text.
    header : Header
        What the report says of itself.
    registry : Registry
        Known directives.

    Returns
    -------
    list of Link
        One for each mention, in the same order.

    Examples
    --------
    >>> from danvan_nlp.linking import load_registry
    >>> text = "Kết luận số 114-KL/TW của Ban Bí thư"
    >>> mention = Mention(start=0, end=21, kind="full", type="kết luận", number="114", symbol="KL/TW")
    >>> unit = Unit(start=0, end=len(text), role="sentence")
    >>> link([mention], text=text, units=[unit], header=Header(), registry=load_registry())[0].target
    '114-KL/TW@TW@2015'
    """
    context = build(mentions, text=text, units=units, header=header, registry=registry)
    linker = _Linker(context, report_target(header, text))
    return linker.run()


class _Linker:
    """One pass over a document: what states its identity first, then what leans on it."""

    def __init__(self, context: Context, own_target: str | None) -> None:
        self.context = context
        self.own_target = own_target
        self.links: list[Link | None] = [None] * len(context.mentions)
        # For each key, and each type and number: the targets met, with the place of their first mention.
        self.by_key: defaultdict[tuple[str, str, str | None], dict[str, int]] = defaultdict(dict)
        self.by_type: defaultdict[tuple[str | None, str], dict[str, int]] = defaultdict(dict)
        self.sources: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for r in relations(context.mentions, text=context.text, units=context.units):
            if r.source is not None:
                self.sources[r.target].append((r.source, r.type))

    def run(self) -> list[Link]:
        """Links for all mentions."""
        stated = [f for f in self.context.facts if self._states(f)]
        for facts in stated:
            self._keep(facts, self._stated(facts))
        for index, m in enumerate(self.context.mentions):
            if m.name and not m.number:
                bound = self._bound(index)
                self.links[index] = link_named(self.context, index, bound.date if bound else None)
        for facts in self.context.facts:
            if self.links[facts.index] is None and facts.number:
                self._keep(facts, self._short(facts))
        self._of_other_places()
        for index, m in enumerate(self.context.mentions):
            if self.links[index] is None:
                self.links[index] = self._anaphor(m)
        return [found or _NO_NUMBER for found in self.links]

    def _states(self, facts: Facts) -> bool:
        m = self.context.mentions[facts.index]
        told = m.kind == "self" or m.date or m.year or m.term or m.title or date_after(self.context.text, m.end)
        return bool(facts.number and facts.symbol and told)

    def _keep(self, facts: Facts, found: Link) -> None:
        self.links[facts.index] = found
        if found.target:
            m = self.context.mentions[facts.index]
            for met in (self.by_key[facts.key], self.by_type[m.type, facts.number] if facts.symbol else {}):
                met[found.target] = min(facts.index, met.get(found.target, facts.index))

    def _stated(self, facts: Facts) -> Link:
        """A mention that states something of its identity beside number and symbol."""
        m = self.context.mentions[facts.index]
        if m.kind == "self" and self.own_target:
            return Link(target=self.own_target, score=0.99, reason="the report itself")
        found = from_registry(self.context, facts, self._bound(facts.index))
        if found and (found.target or not (m.date or m.year)):
            return found
        written = date_after(self.context.text, m.end)
        year = m.year or (m.date or "")[:4] or (written.year if written else "")
        return self._assembled(facts, year or None, "number, symbol, date" if m.date else "number, symbol, year")

    def _assembled(self, facts: Facts, year: str | None, by: str) -> Link:
        """A document the registry does not know: its target is put together from what the text states."""
        m = self.context.mentions[facts.index]
        name = f"{m.number}-{m.symbol}"
        score = 0.9
        if year is None:
            year, by, score = self._year_of_siblings(facts)
        if facts.scope is None:
            perhaps = self.context.places.perhaps if facts.scope_reason == SEVERAL else ("?",)
            candidates = tuple(f"{name}@{scope}@{year or '?'}" for scope in perhaps)
            return Link(target=None, score=None, candidates=candidates, reason=facts.scope_reason)
        return Link(target=f"{name}@{facts.scope}@{year or '?'}", score=score, reason=f"{by}; {facts.scope_reason}")

    def _year_of_siblings(self, facts: Facts) -> tuple[str | None, str, float]:
        """The year a document takes from the text around: another mention of it, or what implements it."""
        years = self.context.years.get(facts.key, ())
        before = bisect_left(years, (facts.index, ""))
        if years:
            return years[max(0, before - 1)][1], "number, symbol; year of another mention", 0.85
        for source, kind in self.sources[facts.index]:
            date = self.context.mentions[source].date
            if (
                date
                and kind in (*_PROMPT, "issued_with")
                and facts.scope not in (None, "TW", "CP", "TTg", "QH", "UBTVQH")
            ):
                return date[:4], "number, symbol; year by the document that acts on it", 0.5
        return None, "number, symbol; year not stated", 0.5

    def _bound(self, index: int) -> Bound | None:
        """The earliest date of the documents that act on a mentioned one, and whether they carry it out."""
        dated = [(d, kind in _PROMPT) for s, kind in self.sources[index] if (d := self.context.mentions[s].date)]
        return Bound(*min(dated)) if dated else None

    def _short(self, facts: Facts) -> Link:
        """A mention of type and number, with or without symbol, that leans on the rest of the text."""
        m = self.context.mentions[facts.index]
        before = self.links[m.alias_of] if m.alias_of is not None else None
        if before and before.target and self._same_number(facts, m.alias_of):
            return Link(target=before.target, score=0.97, reason="antecedent: the short form it defines")
        if not facts.symbol:
            return self._without_symbol(facts)
        candidates = self._candidates(facts)
        if len(candidates) == 1 and candidates[0].prior:
            earlier = self.by_key[facts.key][candidates[0].target] < facts.index
            return Link(
                target=candidates[0].target, score=0.95 if earlier else 0.9,
                reason="antecedent: full mention earlier" if earlier else "full mention later in the text",
            )  # fmt: skip
        if candidates and any(c.prior for c in candidates):
            return choose(self.context, facts.index, candidates, self._bound(facts.index))
        slip = self._symbol_slip(facts)
        if slip:
            return slip
        found = from_registry(self.context, facts, self._bound(facts.index))
        return found or self._assembled(facts, None, "number, symbol")

    def _of_other_places(self) -> None:
        """Numbers whose place their mention leaves open: the text's one dated document of that number and symbol."""
        dated: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for (number, symbol, _), targets in self.by_key.items():
            dated[number, symbol] |= {t for t in targets if symbol and not t.endswith("@?")}
        for facts in self.context.facts:
            m, found = self.context.mentions[facts.index], self.links[facts.index]
            same = dated.get(facts.key[:2], ())
            if found is None or m.date or m.year or m.kind == "self" or len(same) != 1:
                continue
            own = found.target and found.target.endswith("@?") and not m.issuer
            if facts.scope is None or own:
                self.links[facts.index] = Link(target=next(iter(same)), score=0.75, reason="antecedent: number, symbol")

    def _same_number(self, facts: Facts, other: int | None) -> bool:
        return other is not None and self.context.facts[other].number in ("", facts.number)

    def _candidates(self, facts: Facts) -> list[Candidate]:
        """The documents of this number and symbol: those the text states, then those the registry knows."""
        found: dict[str, Candidate] = {}
        for target, index in self.by_key[facts.key].items():
            other, entry = self.context.mentions[index], self.context.registry.target(target)
            prior = _ANTECEDENT_EARLIER if index < facts.index else _ANTECEDENT_LATER
            title, date = (entry.title, entry.date) if entry else (other.title, other.date or other.year)
            found[target] = Candidate(target, title, date, prior)
        m = self.context.mentions[facts.index]
        for e in self.context.registry.numbered(m.number, m.symbol):
            if e.target_id not in found and e.scope == facts.scope and issued_by(e, self.context.date):
                found[e.target_id] = of_entry(e)
        return list(found.values())

    def _without_symbol(self, facts: Facts) -> Link:
        """ "Kết luận 114", "Chỉ thị 05 của Bộ Chính trị": the text's own document of that type, else the registry's."""
        m = self.context.mentions[facts.index]
        targets = self.by_type[m.type, facts.number]
        if len(targets) == 1:
            return Link(target=next(iter(targets)), score=0.9, reason="antecedent: type, number")
        entries = [e for e in self.context.registry.typed(m.type, m.number) if issued_by(e, self.context.date)]
        said = issuer_scope(m.issuer, self.context.places)
        if said:
            entries = [e for e in entries if e.scope == said]
        if targets:
            entries = [e for e in entries if e.target_id in targets] or entries
        if m.date or m.year:
            entries = [e for e in entries if e.year == (m.year or (m.date or "")[:4])]
        if len(entries) == 1:
            return Link(target=entries[0].target_id, score=0.75, reason="registry: type, number; no symbol")
        if entries:
            return choose(self.context, facts.index, [of_entry(e) for e in entries], self._bound(facts.index))
        return Link(target=None, score=None, candidates=tuple(targets), reason="no symbol, no antecedent")

    def _symbol_slip(self, facts: Facts) -> Link | None:
        """A short form with TU for TW: no such document of the province is stated, a central one is, in like words."""
        m = self.context.mentions[facts.index]
        if m.issuer or not _LOCAL_SLIP.search(m.symbol or ""):
            return None
        central = (facts.number, facts.symbol[:-1] + "w", "TW")
        met = self.by_key[central]
        if len(met) != 1:
            return None
        ((target, first),) = met.items()
        if first > facts.index:
            return None
        talk = pairs(self.context.around(facts.index))
        alike = len(talk & pairs(self.context.around(first)))
        entry = self.context.registry.target(target)
        if alike < _SAME_TALK and not (entry and (overlap(self.context.near(facts.index), entry.title) or 0) > 0.5):
            return None
        return Link(target=target, score=0.7, reason="antecedent: type, number; the symbol differs (TU for TW)")

    def _anaphor(self, m: Mention) -> Link:
        if m.alias_of is None:
            return _NO_ANTECEDENT if m.kind == "anaphor" else _NO_NUMBER
        before = self.links[m.alias_of] or _NO_NUMBER
        return replace(before, reason="antecedent") if before.target else before
