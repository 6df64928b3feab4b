"""Counts and standings over the citation graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from danvan_nlp.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from danvan_nlp.graph.build import Evidence
    from danvan_nlp.graph.graph import CitationGraph


def most_cited(graph: CitationGraph, *, limit: int | None = None) -> pd.DataFrame:
    """Nodes by the number of reports that cite them, then by mentions.

    Parameters
    ----------
    graph : CitationGraph
        The graph.
    limit : int, optional
        At most so many rows.

    Returns
    -------
    pandas.DataFrame
        ``node, label, kind, type, date, n_reports, n_mentions`` and the first mention's ``doc_id, sentence_id, start,
        end``. Mentions of a report by itself do not count.

    Raises
    ------
    UsageError
        The limit is negative.
    """
    import pandas as pd

    if limit is not None and limit < 0:
        raise UsageError(f"limit is {limit}; give a number of rows, 0 or more")
    counts: dict[str, list[Any]] = {}
    for _, target, data in graph.citations:
        row = counts.setdefault(target, [0, 0, data["evidence"][0]])
        row[0] += 1
        row[1] += data["n"]
    order = sorted(counts, key=lambda node: (-counts[node][0], -counts[node][1], node))[:limit]
    nodes = graph.graph.nodes
    rows = [
        (node, *(nodes[node].get(c) for c in ("label", "kind", "type", "date")), *counts[node][:2], *counts[node][2])
        for node in order
    ]
    columns = ["node", "label", "kind", "type", "date", "n_reports", "n_mentions", *_PLACE]
    return _typed(pd.DataFrame(rows, columns=columns), ("n_reports", "n_mentions"))


_PLACE = ("doc_id", "sentence_id", "start", "end")


def _typed(frame: pd.DataFrame, numbers: tuple[str, ...] = (), floats: tuple[str, ...] = ()) -> pd.DataFrame:
    integers = {*numbers, "start", "end"}
    types = {c: "int64" if c in integers else "float64" if c in floats else "string" for c in frame.columns}
    return frame.astype(types)


def co_citation(graph: CitationGraph, *, min_count: int = 2) -> pd.DataFrame:
    """Pairs of documents that the same reports cite.

    Parameters
    ----------
    graph : CitationGraph
        The graph.
    min_count : int
        Pairs that fewer reports cite together are left out.

    Returns
    -------
    pandas.DataFrame
        ``a, b, n`` (reports that cite both), ``n_a``, ``n_b``, ``jaccard`` = n / (n_a + n_b - n), and where the first
        of these reports cites a: ``doc_id, sentence_id, start, end``.

    References
    ----------
    Small, H. (1973). Co-citation in the scientific literature. JASIS 24(4), 265-269.
    """
    pairs = [(source, target) for source, target, _ in graph.citations]
    return _shared(graph, pairs, min_count, cited=True)


def coupling(graph: CitationGraph, *, min_count: int = 2) -> pd.DataFrame:
    """Pairs of reports that cite the same documents.

    Parameters
    ----------
    graph : CitationGraph
        The graph.
    min_count : int
        Pairs that share fewer are left out.

    Returns
    -------
    pandas.DataFrame
        ``a, b, n`` (documents that both cite), ``n_a``, ``n_b``, ``jaccard``, and where a cites the first of these
        documents: ``doc_id, sentence_id, start, end``.

    References
    ----------
    Kessler, M. M. (1963). Bibliographic coupling between scientific papers. American Documentation 14(1), 10-25.
    """
    pairs = [(target, source) for source, target, _ in graph.citations]
    return _shared(graph, pairs, min_count, cited=False)


def _shared(graph: CitationGraph, pairs: list[tuple[str, str]], min_count: int, *, cited: bool) -> pd.DataFrame:
    """Pairs of second members by the first members that they have in common."""
    import pandas as pd
    from scipy.sparse import coo_array

    firsts, seconds = (sorted(set(side)) for side in (zip(*pairs, strict=True) if pairs else ((), ())))
    row = {node: i for i, node in enumerate(firsts)}
    column = {node: i for i, node in enumerate(seconds)}
    data = (np.ones(len(pairs), np.int64), ([row[a] for a, _ in pairs], [column[b] for _, b in pairs]))
    has = coo_array(data, shape=(len(firsts), len(seconds))).tocsc() if pairs else None
    rows: list[tuple[Any, ...]] = []
    if has is not None:
        both = (has.T @ has).tocoo()
        sizes = np.diff(has.indptr)
        a, b = both.coords
        for i, j, n in zip(a.tolist(), b.tolist(), both.data.tolist(), strict=True):
            if i < j and n >= max(min_count, 1):
                one, two = (has.indices[has.indptr[k] : has.indptr[k + 1]] for k in (i, j))
                first = firsts[int(np.intersect1d(one, two)[0])]
                place = _evidence(graph, first, seconds[i]) if cited else _evidence(graph, seconds[i], first)
                n_a, n_b = int(sizes[i]), int(sizes[j])
                rows.append((seconds[i], seconds[j], n, n_a, n_b, n / (n_a + n_b - n), *place))
    rows.sort(key=lambda r: (-r[2], -r[5], r[0], r[1]))
    frame = pd.DataFrame(rows, columns=["a", "b", "n", "n_a", "n_b", "jaccard", *_PLACE])
    return _typed(frame, ("n", "n_a", "n_b"), ("jaccard",))


def _evidence(graph: CitationGraph, source: str, target: str) -> Evidence:
    found: Evidence = graph.graph.edges[source, target, "cites"]["evidence"][0]
    return found


def communities(graph: CitationGraph, *, seed: int = 0) -> pd.DataFrame:
    """Groups of nodes that cite, or are cited by, one another more than the rest.

    Louvain's method on the undirected graph of citations, weighted by mentions.

    Parameters
    ----------
    graph : CitationGraph
        The graph.
    seed : int
        The same seed gives the same groups.

    Returns
    -------
    pandas.DataFrame
        ``node, label, kind, community``; communities are numbered from 0, the largest first.

    References
    ----------
    Blondel, V. D. et al. (2008). Fast unfolding of communities in large networks. J. Stat. Mech. P10008.
    """
    import networkx as nx
    import pandas as pd

    plain: Any = nx.Graph()
    plain.add_nodes_from(sorted(graph.graph))
    for source, target, data in graph.citations:
        known = plain.get_edge_data(source, target, {"weight": 0})["weight"]
        plain.add_edge(source, target, weight=known + data["n"])
    # Louvain divides by the total weight: without an edge every node is a group of its own.
    found = nx.community.louvain_communities(plain, seed=seed) if plain.size() else [{node} for node in plain]
    ranked = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    nodes = graph.graph.nodes
    rows = [(n, nodes[n]["label"], nodes[n]["kind"], i) for i, group in enumerate(ranked) for n in group]
    return _typed(pd.DataFrame(rows, columns=["node", "label", "kind", "community"]), ("community",))


def pagerank(graph: CitationGraph, *, by_year: bool = False, damping: float = 0.85) -> pd.DataFrame:
    """PageRank of every node, over all citations or year by year.

    PR(v) = (1 - d)/N + d Σ PR(u) w(u,v)/Σ w(u,·), w the number of mentions; nodes that cite nothing give evenly to all.

    Parameters
    ----------
    graph : CitationGraph
        The graph.
    by_year : bool
        One ranking a year, each over the citations of reports dated up to its end and the nodes of these; reports
        without a date are left out.
    damping : float
        d.

    Returns
    -------
    pandas.DataFrame
        ``node, label, kind, score``, and ``year`` first where asked for; highest score first.

    Raises
    ------
    UsageError
        The damping is not from 0 up to, but not, 1.

    References
    ----------
    Page, L. et al. (1999). The PageRank citation ranking. Stanford InfoLab technical report 1999-66.
    """
    import pandas as pd

    if not 0 <= damping < 1:
        raise UsageError(f"damping is {damping}; give a number from 0 on and below 1")
    nodes = graph.graph.nodes
    if not by_year:
        edges = [(u, v, data["n"]) for u, v, data in graph.citations]
        rows = [(n, nodes[n]["label"], nodes[n]["kind"], s) for n, s in _ranks(sorted(graph.graph), edges, damping)]
        return _typed(pd.DataFrame(rows, columns=["node", "label", "kind", "score"]), (), ("score",))
    dated = [(int(d["date"][:4]), u, v, d["n"]) for u, v, d in graph.citations if d["date"]]
    out: list[tuple[Any, ...]] = []
    for year in sorted({row[0] for row in dated}):
        edges = [(u, v, n) for when, u, v, n in dated if when <= year]
        members = sorted({node for u, v, _ in edges for node in (u, v)})
        ranks = _ranks(members, edges, damping)
        out += [(year, n, nodes[n]["label"], nodes[n]["kind"], score) for n, score in ranks]
    return _typed(pd.DataFrame(out, columns=["year", "node", "label", "kind", "score"]), ("year",), ("score",))


def _ranks(nodes: list[str], edges: list[tuple[str, str, int]], damping: float) -> list[tuple[str, float]]:
    import networkx as nx

    plain: Any = nx.DiGraph()
    plain.add_nodes_from(nodes)
    for source, target, n in edges:
        plain.add_edge(source, target, weight=n)
    ranks: dict[str, float] = nx.pagerank(plain, alpha=damping) if nodes else {}
    return sorted(ranks.items(), key=lambda item: (-item[1], item[0]))
