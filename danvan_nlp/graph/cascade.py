"""The cascade of a directive: from the centre to province to district, who issued what, and how many days later."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from danvan_nlp.corpus.store import numbered
from danvan_nlp.errors import UsageError
from danvan_nlp.graph.build import CITES, CitationGraph
from danvan_nlp.linking import load_registry
from danvan_nlp.summary import display_name

if TYPE_CHECKING:
    import pandas as pd

# Relations by which one document carries another out.
CARRIES_OUT = ("implements", "guides", "continues", "issued_with")
FOLLOWS = ("replaces", "amends")
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
        Documents that carry it out, directly (depth 1) or through another: ``depth, node, label, via, relation, issuer,
        place, level, date, days_after`` (days since the directive, null where a date is not known to the day),
        ``days_after_via``, ``doc_id, sentence_id, start, end``; by date.
    reports : pandas.DataFrame
        Reports that cite it: ``node, label, place, level, date, n, own_plan`` (whether ``steps`` holds a document of
        the same place and level other than a report) and the first mention's place.
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
    >>> cascade(CitationGraph.from_run("demo"), "114-KL/TW").steps  # doctest: +SKIP
    """
    root = _find(graph, directive)
    steps = _steps(graph, root)
    plans = {
        (row["place"], row["level"]) for row in steps if graph.graph.nodes[row["node"]].get("type") not in _REPORTS
    }
    reports = []
    for source, _, kind, data in graph.graph.in_edges(root, keys=True, data=True):
        if kind == CITES and source != root:
            facts = _facts(graph, source)
            own = (facts["place"], facts["level"]) in plans and facts["place"] is not None
            del facts["issuer"]
            reports.append({**facts, "n": data["n"], "own_plan": own, **data["evidence"][0]._asdict()})
    return Cascade(root, _frame(steps, _STEPS), _frame(reports, _CITING), _frame(_followers(graph, root), _NEXT))


_NEXT = ("node", "label", "relation", "issuer", "place", "level", "date", "days_after", "known_from", *_PLACE)
_STEPS = (
    *("depth", "node", "label", "via", "relation", "issuer", "place", "level", "date", "days_after"),
    *("days_after_via", *_PLACE),
)
_CITING = ("node", "label", "place", "level", "date", "n", "own_plan", *_PLACE)


def _find(graph: CitationGraph, directive: str) -> str:
    if directive in graph.graph:
        return directive
    found = graph.corpus.store.targets(directive) if graph.corpus else set()
    nodes = sorted(node for node in found if node in graph.graph)
    if not nodes:
        raise UsageError(f"no document {directive!r} in this graph; 'most_cited' lists what it holds")
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
            if kind in CARRIES_OUT and source not in seen:
                seen.add(source)
                queue.append((source, depth + 1))
                rows.append({"depth": depth + 1, "via": via, **_row(graph, source, kind, data, root)})
                rows[-1]["days_after_via"] = days_between(_date(graph, via), _date(graph, source))
    return rows


def _followers(graph: CitationGraph, root: str) -> list[dict[str, Any]]:
    edges = graph.graph.in_edges(root, keys=True, data=True)
    rows = [
        {**_row(graph, source, kind, data, root), "known_from": "report"}
        for source, _, kind, data in edges
        if kind in FOLLOWS and source != root
    ]
    stated = {row["node"] for row in rows}
    return rows + [row for row in _known_followers(graph, root) if row["node"] not in stated]


def _known_followers(graph: CitationGraph, root: str) -> list[dict[str, Any]]:
    registry = load_registry()
    entry = registry.target(root)
    names = {numbered(name) for name in (entry.replaced_by if entry else ())} - {None}
    rows = []
    for other in registry.entries if names else ():
        number, _, symbol = numbered(f"{other.number}-{other.symbol}") or ("", None, "")
        if {(number, None, symbol), (number, other.year_in_number, symbol)} & names:
            facts: dict[str, Any] = {"node": other.target_id, "label": display_name(asdict(other.directive()))}
            days = days_between(_date(graph, root), other.date)
            facts |= {"relation": "replaces", "issuer": other.issuer, "date": other.date, "known_from": "registry"}
            rows.append({**facts, "days_after": days})
    return rows


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
