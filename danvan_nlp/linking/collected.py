"""Relations while they are being collected: one a pair, looked up by what is acted on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from danvan_nlp.types import Mention, Relation, RelationType


@dataclass(slots=True)
class Collected:
    """The relations found so far in one document."""

    mentions: Sequence[Mention]
    relations: list[Relation] = field(default_factory=list)
    _by_target: dict[int, dict[int | None, RelationType]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, source: int | None, target: int, type_: RelationType) -> None:
        """Keep a relation; a pair has one, the first found. Nothing acts on a document of a later year."""
        if source == target or source in self._by_target[target]:
            return
        years = [self.mentions[i].year or (self.mentions[i].date or "")[:4] for i in (source, target) if i is not None]
        if all(years) and years[0] < years[-1]:
            return
        self._by_target[target][source] = type_
        t = self.mentions[target]
        s = self.mentions[source] if source is not None else t
        start, end = min(s.start, t.start), max(s.end, t.end)
        self.relations.append(Relation(source=source, target=target, type=type_, start=start, end=end))

    def on(self, target: int) -> list[tuple[int | None, RelationType]]:
        """What acts on a mention, and how; None is the report."""
        return list(self._by_target[target].items())

    def of_report(self, target: int) -> RelationType | None:
        """How the report acts on a mention."""
        return self._by_target[target].get(None)
