"""The citation graph as one HTML page: search, filter, click a node to its sentences, the cascade as a timeline."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from danvan_nlp.corpus.names import names
from danvan_nlp.corpus.store import records
from danvan_nlp.graph.cascade import CARRIES_OUT, FOLLOWS, is_report, known_followers
from danvan_nlp.pages.html import make_page

if TYPE_CHECKING:
    from danvan_nlp.graph.graph import CitationGraph

# Half the side of the square that a node has to itself.
_ROOM = 10
# From so many nodes on a part is placed in fewer rounds, which take seconds.
_LARGE = 500
_WORDS = {
    "nodes": "văn bản",
    "edges": "liên kết",
    "none": "Không có văn bản nào để vẽ.",
    "none_found": "Không tìm thấy văn bản nào.",
    "type": "Loại",
    "issuer": "Cơ quan ban hành",
    "place": "Nơi ban hành",
    "level": "Cấp",
    "date": "Ngày",
    "id": "Mã trong kho",
    "cited_by": "Được nêu trong",
    "cites_these": "Nêu đến",
    "cascade": "Triển khai qua các cấp",
    "alone": "Nơi dẫn văn bản mà không nêu kế hoạch của mình",
    "replaced": "Thay thế, sửa đổi văn bản này",
    "undated": "không rõ ngày",
    "after": "sau {} ngày",
    "before": "trước {} ngày",
    "issued": "ban hành",
    "registry": "theo danh mục văn bản",
}
_SENTENCES_PER_EDGE = 5


def to_html(
    graph: CitationGraph,
    path: str | os.PathLike[str],
    *,
    title: str = "Mạng lưới trích dẫn văn bản",
    max_nodes: int = 2000,
) -> Path:
    """Write the graph as one HTML file that needs neither network nor server.

    Parameters
    ----------
    graph : CitationGraph
        The graph.
    path : path-like
        The file.
    title : str
        Heading of the page.
    max_nodes : int
        A larger graph is cut to the nodes with most links; the page says how many it leaves out. At most five sentences
        stand behind each link.

    Returns
    -------
    Path
        The file.
    """
    data = _page_data(graph, max_nodes)
    left_out = len(graph.graph) - len(data["nodes"])
    note = f"Không vẽ {left_out} văn bản ít liên kết nhất." if left_out > 0 else ""
    body = _BODY.replace("TITLE", escape(title)).replace("NOTE", escape(note))
    page = make_page(title, body, style="graph.css", script="graph.js", data=data)
    Path(path).write_text(page, encoding="utf-8")
    return Path(path)


def _page_data(graph: CitationGraph, max_nodes: int) -> dict[str, Any]:
    degree = dict(graph.graph.degree())
    kept = _kept(graph, degree, max_nodes)
    number = {node: i for i, node in enumerate(kept)}
    links = [e for e in graph.graph.edges(keys=True, data=True) if e[0] in number and e[1] in number]
    places = _places(kept, links)
    rows = _sentence_rows(graph, links)
    # The row number of a sentence in the run becomes its place in the page.
    position = {row: i for i, row in enumerate(dict.fromkeys(row for found in rows for row, _, _ in found))}
    shown = [[[position[row], a, b] for row, a, b in found] for found in rows]
    edges = [[number[u], number[v], key, d["n"], s] for (u, v, key, d), s in zip(links, shown, strict=True)]
    return {
        "nodes": [_node(graph, node, places[node], degree[node]) for node in kept],
        "edges": edges,
        "sentences": _sentences(graph, list(position)),
        "relations": names("relations"),
        "levels": names("levels"),
        "carries_out": CARRIES_OUT,
        "follows": FOLLOWS,
        "words": _WORDS,
    }


def _places(kept: list[str], links: list[Any]) -> dict[str, Any]:
    """Where the nodes stand: each connected part by Fruchterman and Reingold, the parts in rows, the largest first."""
    import networkx as nx

    plain = nx.Graph()
    plain.add_nodes_from(kept)
    plain.add_edges_from((u, v) for u, v, _, _ in links if u != v)
    rank = {node: i for i, node in enumerate(kept)}
    # The nodes of a part are a set, whose order is not the same twice.
    parts = [sorted(part, key=rank.__getitem__) for part in nx.connected_components(plain)]
    places: dict[str, Any] = {}
    left = top = high = 0.0
    for part in sorted(parts, key=len, reverse=True):
        half = _ROOM * len(part) ** 0.5
        if left and left + 2 * half > 2.5 * _ROOM * len(kept) ** 0.5:
            left, top, high = 0.0, top + high, 0.0
        graph = nx.Graph()
        graph.add_nodes_from(part)
        graph.add_edges_from(plain.edges(part))
        centre, rounds = (left + half, top + half), 50 if len(part) < _LARGE else 20
        places |= nx.spring_layout(graph, iterations=rounds, seed=0, scale=0.8 * half, center=centre)
        left, high = left + 2 * half, max(high, 2 * half)
    return places


def _kept(graph: CitationGraph, degree: dict[str, int], max_nodes: int) -> list[str]:
    """The nodes to draw, those with most links first; of a large graph the ends of its best linked edges."""
    order = sorted(graph.graph, key=lambda node: (-degree[node], node))
    if len(order) <= max_nodes:
        return order
    rank = {node: i for i, node in enumerate(order)}
    # A node alone would hang in the empty: an edge is taken as a whole, by its less linked end.
    ends = sorted({(max(rank[u], rank[v]), min(rank[u], rank[v])) for u, v in graph.graph.edges() if u != v})
    chosen = dict.fromkeys(order[i] for pair in ends for i in reversed(pair))
    return sorted(list(dict.fromkeys([*chosen, *order]))[:max_nodes], key=rank.__getitem__)


def _node(graph: CitationGraph, node: str, place: Any, degree: int) -> dict[str, Any]:
    data = graph.graph.nodes[node]
    facts = {c: data.get(c) for c in ("label", "kind", "type", "year", "date", "place", "level", "issuer", "title")}
    size = round(2.5 + min(degree, 400) ** 0.5 * 0.6, 2)
    known = [[row["label"], row["date"]] for row in known_followers(graph, node)]
    place = {"x": round(float(place[0]), 2), "y": round(float(place[1]), 2), "r": size}
    return {"id": node, **facts, "reports": is_report(data), "known": known, **place}


def _sentence_rows(graph: CitationGraph, links: list[Any]) -> list[list[tuple[int, int, int]]]:
    """For each link the sentences behind it: row in the run, and range of the mention in the sentence."""
    if graph.corpus is None:
        return [[] for _ in links]
    store = graph.corpus.store
    out = []
    for _, _, _, data in links:
        found = []
        for evidence in data["evidence"][:_SENTENCES_PER_EDGE]:
            row = store.sentence_rows.get(evidence.sentence_id)
            if row is not None:
                base = int(store.starts[row])
                found.append((row, evidence.start - base, evidence.end - base))
        out.append(found)
    return out


def _sentences(graph: CitationGraph, rows: list[int]) -> list[tuple[str, str]]:
    """Where each sentence stands, as people say it, and its text."""
    if graph.corpus is None or not rows:
        return []
    import pyarrow as pa

    store = graph.corpus.store
    texts = store.column("sentences", "text").take(pa.array(rows)).to_pylist()
    facts = records(graph.corpus.rows(np.array(rows, np.int64))[["place", "year", "sentence_id"]])
    where = (" · ".join(str(part) for part in row.values() if isinstance(part, str | int)) for row in facts)
    return list(zip(where, texts, strict=True))


_BODY = """<header>
<h1>TITLE</h1>
<input type="search" id="search" placeholder="Tìm số, tên, nơi ban hành…" aria-label="Tìm văn bản" aria-controls="hits">
<div class="filters">
<label><input type="checkbox" name="kind" value="report" checked> <i class="key square" style="background:var(--report)"></i>báo cáo</label>
<label><input type="checkbox" name="kind" value="directive" checked> <i class="key" style="background:var(--directive)"></i>văn bản được dẫn</label>
<label><input type="checkbox" name="kind" value="unresolved" checked> <i class="key" style="background:var(--unresolved)"></i>chưa xác định</label>
<label>loại <select id="type"><option value="">tất cả</option></select></label>
<label>quan hệ <select id="relation"><option value="">tất cả</option></select></label>
<label>năm <input type="number" id="from" aria-label="từ năm" placeholder="từ">–<input type="number" id="to" aria-label="đến năm" placeholder="đến"></label>
<button id="whole">Xem toàn bộ</button>
</div>
<span id="count" aria-live="polite"></span>
</header>
<main>
<div id="view"><div id="hits"></div><canvas id="canvas" tabindex="0" aria-label="Đồ thị trích dẫn: phím mũi tên để di chuyển, + và - để phóng, Esc để bỏ chọn"></canvas>
<div id="zoom"><button id="nearer" aria-label="Phóng to" title="Phóng to">+</button>
<button id="farther" aria-label="Thu nhỏ" title="Thu nhỏ">−</button></div></div>
<aside id="panel" aria-live="polite"></aside>
</main>
<template id="intro"><p>Bấm vào một nút, hoặc tìm tên ở ô trên, để đọc các câu dẫn đến văn bản và xem văn bản được triển khai qua các cấp
như thế nào. Kéo để di chuyển, lăn chuột hoặc bấm + − để phóng to, thu nhỏ.</p><p class="fact">NOTE</p></template>"""  # noqa: E501
