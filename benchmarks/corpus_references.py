"""References and relations of the extractor against the gold of ``corpora/annotated``, in all and by writer.

Run ``python benchmarks/corpus_references.py [--errors N] [NAME...]``. Only documents whose front matter holds
``references = true`` are counted. *span* is the F1 of exact borders, *found* that of mentions that overlap; fields and
targets are shares of the mentions found; a relation is right with both its ends and its type. Anaphora stand apart.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from danvan_nlp import linking, references
from danvan_nlp.analysis import shared_registry
from danvan_nlp.annotated import AnnotatedReference, AnnotatedReport, read_annotated
from danvan_nlp.structure import parse
from danvan_nlp.types import Link, Mention, Relation, Source

ANNOTATED = Path(__file__).resolve().parent.parent / "corpora" / "annotated"
FIELDS = ("kind", "type", "number", "symbol", "year", "date")
AROUND = 60


@dataclass(slots=True)
class Tally:
    """Counts of one group of documents, and what was wrong in it; the keys of the counts are columns of the table."""

    hits: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    errors: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def count(self, name: str, hits: int, wanted: int, given: int | None = None) -> None:
        """Add to a column: a share of what is wanted where ``given`` is left out, else an F1."""
        self.hits[name] += hits
        self.wanted[name] += wanted
        self.given[name] += wanted if given is None else given

    def value(self, name: str) -> float:
        total = self.wanted[name] + self.given[name]
        return 2 * self.hits[name] / total if total else 1.0

    def add(self, other: Tally) -> None:
        for name in other.wanted | other.given:
            self.count(name, other.hits[name], other.wanted[name], other.given[name])
        for kind, rows in other.errors.items():
            self.errors[kind] += rows


@dataclass(frozen=True, slots=True)
class Scored:
    """One document: its gold, what was found in it, and which mention found stands for which of the gold."""

    gold: AnnotatedReport
    mentions: list[Mention]
    links: list[Link]
    relations: list[Relation]
    pairs: dict[int, int]

    def words(self, mention: AnnotatedReference | Mention) -> str:
        return repr(self.gold.text[mention.start : mention.end].replace("\n", "⏎"))

    def line(self, mention: AnnotatedReference | Mention, what: str) -> str:
        """A line for the list of errors: the document, what is wrong, and the text around."""
        around = self.gold.text[max(0, mention.start - AROUND) : mention.end + AROUND].replace("\n", "⏎")
        return f"{self.gold.name} {what}  |  {around}"


def extract(gold: AnnotatedReport) -> Scored:
    """Run the stages over the text of an annotated report."""
    text = gold.text
    report = parse(Source(text, "txt", hashlib.sha256(text.encode()).hexdigest()))
    mentions = references.find(text, report.units)
    links = linking.link(mentions, text=text, units=report.units, header=report.header, registry=shared_registry())
    related = linking.relations(mentions, text=text, units=report.units)
    return Scored(gold, mentions, links, related, pair(gold, mentions))


def pair(gold: AnnotatedReport, mentions: list[Mention]) -> dict[int, int]:
    """Which mention found stands for which of the gold: that of the same borders, else one that overlaps it."""
    exact = {(m.start, m.end): i for i, m in enumerate(mentions)}
    pairs = {g: exact[r.start, r.end] for g, r in enumerate(gold.references) if (r.start, r.end) in exact}
    used = set(pairs.values())
    for g, want in enumerate(gold.references):
        for i, m in enumerate(mentions):
            both = min(want.end, m.end) - max(want.start, m.start)
            if g not in pairs and i not in used and both > 0 and both >= 0.5 * (m.end - m.start):
                pairs[g] = i
                used.add(i)
    return pairs


def score(gold: AnnotatedReport) -> Tally:
    """Count one document."""
    tally, scored = Tally(), extract(gold)
    count_mentions(scored, tally)
    for g, i in scored.pairs.items():
        count_fields(scored, gold.references[g], i, tally)
    count_relations(scored, tally)
    return tally


def count_mentions(scored: Scored, tally: Tally) -> None:
    """Mentions found and their exact borders, anaphora apart."""
    gold, back = scored.gold.references, {i: g for g, i in scored.pairs.items()}
    for group in ("", "anaphor "):
        wanted = [g for g, r in enumerate(gold) if (r.kind == "anaphor") == bool(group)]
        # A mention takes the group of what it was paired with, so that one of another kind is no miss and no surplus.
        given = [
            i
            for i, m in enumerate(scored.mentions)
            if ((gold[back[i]] if i in back else m).kind == "anaphor") == bool(group)
        ]
        hits = [(gold[g], scored.mentions[scored.pairs[g]]) for g in wanted if g in scored.pairs]
        exact = [w for w, h in hits if (w.start, w.end) == (h.start, h.end)]
        tally.count(f"{group}found", len(hits), len(wanted), len(given))
        tally.count(f"{group}span", len(exact), len(wanted), len(given))
        missed = (gold[g] for g in wanted if g not in scored.pairs)
        surplus = (scored.mentions[i] for i in given if i not in back)
        tally.errors[f"{group}missed"] += [scored.line(m, scored.words(m)) for m in missed]
        tally.errors[f"{group}wrong"] += [scored.line(m, scored.words(m)) for m in surplus]
        tally.errors[f"{group}border"] += [
            scored.line(w, f"{scored.words(w)}: have {scored.words(h)}") for w, h in hits if w not in exact
        ]


def count_fields(scored: Scored, want: AnnotatedReference, index: int, tally: Tally) -> None:
    """What one mention states, and the directive that it means."""
    have, target = scored.mentions[index], scored.links[index].target
    group = "anaphor " if want.kind == "anaphor" else ""
    rows = [] if group else [(name, getattr(want, name), getattr(have, name)) for name in FIELDS]
    if want.target:
        # "@?" stands for a year that the gold leaves open.
        open_year = want.target.endswith("@?") and (target or "").startswith(want.target[:-1])
        rows.append((f"{group}target", want.target, want.target if open_year else target))
    for name, wanted, read in rows:
        tally.count(name, wanted == read, 1)
        if wanted != read:
            tally.errors[name].append(scored.line(want, f"{scored.words(want)}: want {wanted}, have {read}"))


def count_relations(scored: Scored, tally: Tally) -> None:
    """Relations with both ends and type; the end of one found that the gold lacks keeps its own words."""
    gold, back = scored.gold.references, {i: g for g, i in scored.pairs.items()}

    def at(index: int | None, found: bool) -> AnnotatedReference | Mention | None:
        if index is None:
            return None
        if not found:
            return gold[index]
        return gold[back[index]] if index in back else scored.mentions[index]

    want = Counter((at(r.source, False), r.type, at(r.target, False)) for r in scored.gold.relations)
    have = Counter((at(r.source, True), r.type, at(r.target, True)) for r in scored.relations)
    tally.count("relation", (want & have).total(), want.total(), have.total())
    for kind, rows in (("relation missed", want - have), ("relation wrong", have - want)):
        for source, relation, target in rows:
            assert target is not None
            acting = "report" if source is None else scored.words(source)
            tally.errors[kind].append(scored.line(target, f"{acting} {relation} {scored.words(target)}"))


def show(tallies: dict[str, Tally], documents: Counter[str]) -> None:
    """Print one row a group: documents, mentions, relations and anaphora of the gold, then the figures."""
    columns = ("span", "found", *FIELDS, "target", "relation", "anaphor span", "anaphor target")
    print(f"{'':6}{'docs':>6}{'refs':>6}{'rels':>6}{'ana':>6}" + "".join(f"{c:>{max(8, len(c) + 2)}}" for c in columns))
    for group in sorted(tallies, key=lambda name: (name != "all", name)):
        one = tallies[group]
        counts = (documents[group], one.wanted["span"], one.wanted["relation"], one.wanted["anaphor span"])
        figures = "".join(f"{one.value(c):{max(8, len(c) + 2)}.3f}" for c in columns)
        print(f"{group:6}" + "".join(f"{count:6}" for count in counts) + figures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="documents to score, all where none is named")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list so many errors of each kind")
    args = parser.parse_args()
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    documents: Counter[str] = Counter()
    for path in sorted(ANNOTATED.glob("*.txt")):
        gold = read_annotated(path)
        if not gold.about.get("references") or (args.names and gold.name not in args.names):
            continue
        one = score(gold)
        for group in ("all", str(gold.about["writer"])):
            documents[group] += 1
            tallies[group].add(one)
    show(tallies, documents)
    for kind, rows in sorted(tallies["all"].errors.items()) if args.errors else ():
        if rows:
            print(f"\n[{kind}] {len(rows)}", *rows[: args.errors], sep="\n  ")


if __name__ == "__main__":
    main()
