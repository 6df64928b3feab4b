"""The cascade of a directive: from the centre to province to district, who issued what, and how many days later."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from danvan_nlp.corpus.names import document_name
from danvan_nlp.corpus.store import numbered
from danvan_nlp.errors import UsageError
from danvan_nlp.graph.build import CITES, ISSUED_FOR
from danvan_nlp.linking import load_registry

if TYPE_CHECKING:
    import pandas as pd

    from danvan_nlp.graph.graph import CitationGraph
    from danvan_nlp.linking.registry import Entry, Registry

# Edges by which one document carries another out.
CARRIES_OUT = ("implements", "guides", "continues", "issued_with", ISSUED_FOR)
FOLLOWS = ("replaces", "amends")
# What a report may be for; the rest of its edges are mentions in passing.
PURPOSES = ("reviews", "implements", "continues")
_REPORTS = ("báo cáo",)
_PLACE = ("doc_id", "sentence_id", "start", "end")


@dataclass(frozen=True)
class Cascade:
    """What came of a directive; every row leads to the sentence that says so.

    Attributes
    ----------
    root : str
        Node of the directive.
    steps : pandas.DataFrame
        Documents issued to carry it out, directly (depth 1) or through another: ``depth, node, label, via, relation,
        issuer, place, level, date, days_after`` (days since the directive, null where a date is not known to the day),
        ``days_after_via``, ``doc_id, sentence_id, start, end``; by date. ``relation`` is one of the data contract, or
        ``issued_for`` where a sentence says that the one was issued upon the other ("Thực hiện Kết luận 114, Tỉnh ủy
        ban hành Kế hoạch 12"). Reports are not among them.
    reports : pandas.DataFrame
        Reports that cite it: ``node, label, place, level, date, relation`` (``reviews``, ``implements`` or
        ``continues`` where the report is about it, else ``cites``), ``n, own_plan`` (whether ``steps`` holds a document
        of the same place and level) and the first mention's place.
    replaced_by : pandas.DataFrame
        Documents that replace or amend it, as reports say or, ``known_from`` being ``registry``, as the registry of
        known directives says; the latter have no sentence.
    """

    root: str
    steps: pd.DataFrame
    reports: pd.DataFrame
    replaced_by: pd.DataFrame

    @property
    def without_plan(self) -> pd.DataFrame:
        """Reports that cite the directive, though no document of their place carries it out."""
        return self.reports[~self.reports["own_plan"]].reset_index(drop=True)


def cascade(graph: CitationGraph, directive: str) -> Cascade:
    """Follow a directive down the levels.

    Parameters
    ----------
    graph : CitationGraph
        The graph.
    directive : str
        Node, or number and symbol, title or alias that means one directive.

    Returns
    -------
    Cascade
        Only what the reports say: a plan that no report names is not there.

    Raises
    ------
    UsageError
        No directive fits, or several do; the message lists them.

    Examples
    --------
    >>> CitationGraph.from_run("demo").cascade("114-KL/TW").steps  # doctest: +SKIP
    """
    root = _find(graph, directive)
    steps = _steps(graph, root)
    plans = {(row["place"], row["level"]) for row in steps if row["place"]}
    reports = [
        {
            **_facts(graph, source),
            "relation": _purpose(graph, source, root),
            "n": data["n"],
            **data["evidence"][0]._asdict(),
        }
        for source, _, kind, data in graph.graph.in_edges(root, keys=True, data=True)
        if kind == CITES and source != root
    ]
    reports = [{**row, "own_plan": (row["place"], row["level"]) in plans} for row in reports]
    return Cascade(root, _frame(steps, _STEPS), _frame(reports, _CITING), _frame(_followers(graph, root), _NEXT))


_NEXT = ("node", "label", "relation", "issuer", "place", "level", "date", "days_after", "known_from", *_PLACE)
_STEPS = (
    *("depth", "node", "label", "via", "relation", "issuer", "place", "level", "date", "days_after"),
    *("days_after_via", *_PLACE),
)
_CITING = ("node", "label", "place", "level", "date", "relation", "n", "own_plan", *_PLACE)


def _find(graph: CitationGraph, directive: str) -> str:
    if directive in graph.graph:
        return directive
    found = graph.corpus.store.targets(directive) if graph.corpus else set()
    nodes = sorted(node for node in found if node in graph.graph)
    if not nodes:
        raise UsageError(
            f"no document {directive!r} in this graph; without a cascade its most cited documents are listed"
        )
    if len(nodes) > 1:
        raise UsageError(f"{directive!r} may mean {', '.join(nodes)}; give one of them")
    return nodes[0]


def _steps(graph: CitationGraph, root: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    seen, queue = {root}, deque([(root, 0)])
    while queue:
        via, depth = queue.popleft()
        edges = graph.graph.in_edges(via, keys=True, data=True)
        for source, _, kind, data in sorted(edges, key=lambda e: (e[0], e[2])):
            if kind in CARRIES_OUT and source not in seen and not is_report(graph.graph.nodes[source]):
                seen.add(source)
                queue.append((source, depth + 1))
                rows.append({"depth": depth + 1, "via": via, **_row(graph, source, kind, data, root)})
                rows[-1]["days_after_via"] = days_between(_date(graph, via), _date(graph, source))
    return rows


def is_report(node: dict[str, Any]) -> bool:
    """Whether a node of the graph reports on what others issued; a plan that is itself in the corpus does not."""
    kind: str | None = node.get("type")
    return kind in _REPORTS or (kind is None and node["kind"] == "report")


def _purpose(graph: CitationGraph, source: str, root: str) -> str:
    edges = graph.graph[source][root]
    return next((kind for kind in PURPOSES if kind in edges), CITES)


def _followers(graph: CitationGraph, root: str) -> list[dict[str, Any]]:
    edges = graph.graph.in_edges(root, keys=True, data=True)
    rows = [
        {**_row(graph, source, kind, data, root), "known_from": "report"}
        for source, _, kind, data in edges
        if kind in FOLLOWS and source != root
    ]
    stated = {row["node"] for row in rows}
    return rows + [row for row in known_followers(graph, root) if row["node"] not in stated]


def known_followers(graph: CitationGraph, root: str) -> list[dict[str, Any]]:
    """Documents that replaced a node, as the registry of known directives says."""
    entry = _registry().target(root)
    names = {numbered(name) for name in (entry.replaced_by if entry else ())}
    found = dict.fromkeys(
        other for name in sorted(filter(None, names), key=str) for other in _numbered_entries().get(name, ())
    )
    rows = []
    for other in found:
        facts: dict[str, Any] = {"node": other.target_id, "label": document_name(asdict(other), other.target_id)}
        days = days_between(_date(graph, root), other.date)
        facts |= {"relation": "replaces", "issuer": other.issuer, "date": other.date, "known_from": "registry"}
        rows.append({**facts, "days_after": days})
    return rows


@cache
def _registry() -> Registry:
    return load_registry()


@cache
def _numbered_entries() -> dict[tuple[str, str | None, str], list[Entry]]:
    """Entries of the registry by number, year in it and symbol, and without the year."""
    found: dict[tuple[str, str | None, str], list[Entry]] = {}
    for entry in _registry().entries:
        named = numbered(f"{entry.number}-{entry.symbol}")
        if named:
            number, _, symbol = named
            for year in {None, entry.year_in_number}:
                found.setdefault((number, year, symbol), []).append(entry)
    return found


def _row(graph: CitationGraph, node: str, relation: str, data: dict[str, Any], root: str) -> dict[str, Any]:
    days = days_between(_date(graph, root), _date(graph, node))
    return {**_facts(graph, node), "relation": relation, "days_after": days, **data["evidence"][0]._asdict()}


def _facts(graph: CitationGraph, node: str) -> dict[str, Any]:
    data = graph.graph.nodes[node]
    return {"node": node, **{c: data.get(c) for c in ("label", "issuer", "place", "level", "date")}}


def _date(graph: CitationGraph, node: str) -> str | None:
    found: str | None = graph.graph.nodes[node].get("date")
    return found


def days_between(first: str | None, second: str | None) -> int | None:
    """Days from one ISO date to another; None where either is not known to the day.

    Examples
    --------
    >>> days_between("2015-07-14", "2015-10-21"), days_between("2015", "2015-10-21")
    (99, None)
    """
    try:
        return (date.fromisoformat(second or "") - date.fromisoformat(first or "")).days
    except ValueError:
        return None


def _frame(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    ordered = sorted(rows, key=lambda r: (r["date"] is None, r["date"] or "", r["node"]))
    frame = pd.DataFrame(ordered, columns=list(columns))
    integers = {"depth", "n", "start", "end", "days_after", "days_after_via"}
    types = {c: "bool" if c == "own_plan" else "Int64" if c in integers else "string" for c in columns}
    return frame.astype(types)
