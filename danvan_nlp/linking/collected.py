"""Relations while they are being collected: one a pair, looked up by what is acted on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from danvan_nlp.linking.scope import body_scope
from danvan_nlp.types import Mention, Relation, RelationType

_LOCAL = frozenset(("province", "district", "committee", "own"))


@dataclass(slots=True)
class Collected:
    """The relations found so far in one document.

    ``stands_for`` tells which document an anaphor means; None is the report itself.
    """

    mentions: Sequence[Mention]
    stands_for: Mapping[int, int | None] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    _by_target: dict[int, dict[int | None, RelationType]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, source: int | None, target: int, type_: RelationType) -> bool:
        """Keep a relation, if the pair has none yet and may have one; whether it was kept."""
        source, meant = self._meant(source), self._meant(target)
        if meant is None or source == meant or source in self._by_target[meant] or not self._may_act(source, meant):
            return False
        self._by_target[meant][source] = type_
        t = self.mentions[meant]
        s = self.mentions[source] if source is not None else t
        start, end = min(s.start, t.start), max(s.end, t.end)
        self.relations.append(Relation(source=source, target=meant, type=type_, start=start, end=end))
        return True

    def on(self, target: int) -> list[tuple[int | None, RelationType]]:
        """What acts on a mention, and how; None is the report."""
        meant = self._meant(target)
        return [] if meant is None else list(self._by_target[meant].items())

    def _meant(self, i: int | None) -> int | None:
        return self.stands_for.get(i, i) if i is not None else None

    def _may_act(self, source: int | None, target: int) -> bool:
        """Nothing acts on a document of a later year, and nothing central on what a place has issued."""
        if source is None:
            return True
        s, t = self.mentions[source], self.mentions[target]
        years = [m.year or (m.date or "")[:4] for m in (s, t)]
        if all(years) and years[0] < years[1]:
            return False
        return not (s.symbol and t.symbol and body_scope(t.symbol) in _LOCAL and _central(s.symbol))


def _central(symbol: str) -> bool:
    scope = body_scope(symbol)
    return scope is not None and scope not in _LOCAL and scope != "military"
