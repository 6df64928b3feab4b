"""The citation graph as one HTML page: search, filter, click a node to its sentences, the cascade as a timeline."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from danvan_nlp.graph.cascade import CARRIES_OUT
from danvan_nlp.graph.layout import layout
from danvan_nlp.pages.html import make_page

if TYPE_CHECKING:
    from danvan_nlp.graph.build import CitationGraph

RELATIONS = {
    "cites": "dẫn",
    "implements": "thực hiện",
    "reviews": "sơ kết, tổng kết",
    "continues": "tiếp tục thực hiện",
    "issued_with": "ban hành kèm theo",
    "guides": "hướng dẫn",
    "replaces": "thay thế",
    "amends": "sửa đổi",
    "based_on": "căn cứ",
    "attached_to": "kèm theo",
    "responds_to": "trả lời",
}
_WORDS = {
    "nodes": "văn bản",
    "edges": "liên kết",
    "report": "Báo cáo",
    "directive": "Văn bản",
    "unresolved": "Chưa xác định",
    "issuer": "Cơ quan ban hành",
    "place": "Nơi ban hành",
    "date": "Ngày",
    "cited_by": "Được dẫn bởi",
    "cites_these": "Dẫn đến",
    "cascade": "Triển khai qua các cấp",
    "undated": "không rõ ngày",
    "days": "ngày",
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
    kept = sorted(graph.graph, key=lambda node: (-degree[node], node))[:max_nodes]
    number = {node: i for i, node in enumerate(kept)}
    links = [e for e in graph.graph.edges(keys=True, data=True) if e[0] in number and e[1] in number]
    ends = np.array([(number[u], number[v]) for u, v, _, _ in links], np.int64).reshape(-1, 2)
    places = layout(len(kept), ends)
    rows = _sentence_rows(graph, links)
    # The row number of a sentence in the run becomes its place in the page.
    position = {row: i for i, row in enumerate(dict.fromkeys(row for found in rows for row, _, _ in found))}
    shown = [[[position[row], a, b] for row, a, b in found] for found in rows]
    edges = [[number[u], number[v], key, d["n"], s] for (u, v, key, d), s in zip(links, shown, strict=True)]
    return {
        "nodes": [_node(graph, node, places[i], degree[node]) for node, i in number.items()],
        "edges": edges,
        "order": list(range(len(kept))),
        "sentences": _sentences(graph, list(position)),
        "relations": RELATIONS,
        "carries_out": CARRIES_OUT,
        "words": _WORDS,
    }


def _node(graph: CitationGraph, node: str, place: Any, degree: int) -> dict[str, Any]:
    data = graph.graph.nodes[node]
    facts = {c: data.get(c) for c in ("label", "kind", "type", "year", "date", "place", "issuer", "title")}
    size = round(2.5 + min(degree, 400) ** 0.5 * 0.6, 2)
    return {"id": node, **facts, "x": round(float(place[0]), 2), "y": round(float(place[1]), 2), "r": size}


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
    facts = graph.corpus.rows(np.array(rows, np.int64))
    where = (
        " · ".join(str(part) for part in (place, year, sentence) if isinstance(part, str | int))
        for place, year, sentence in zip(facts["place"], facts["year"], facts["sentence_id"], strict=True)
    )
    return list(zip(where, texts, strict=True))


_BODY = """<header>
<h1>TITLE</h1>
<input type="search" id="search" placeholder="Tìm số, tên, nơi ban hành…" aria-label="Tìm văn bản">
<label><input type="checkbox" name="kind" value="report" checked> <i class="key" style="background:var(--report)"></i>báo cáo</label>
<label><input type="checkbox" name="kind" value="directive" checked> <i class="key" style="background:var(--directive)"></i>văn bản</label>
<label><input type="checkbox" name="kind" value="unresolved" checked> <i class="key" style="background:var(--unresolved)"></i>chưa xác định</label>
<label>loại <select id="type"><option value="">tất cả</option></select></label>
<label>quan hệ <select id="relation"><option value="">tất cả</option></select></label>
<label>năm <input type="number" id="from" aria-label="từ năm" placeholder="từ">–<input type="number" id="to" aria-label="đến năm" placeholder="đến"></label>
<button id="whole">Xem toàn bộ</button>
<span id="count" aria-live="polite"></span>
</header>
<main>
<div id="view"><div id="hits"></div><canvas id="canvas" tabindex="0" aria-label="Đồ thị trích dẫn"></canvas></div>
<aside id="panel"></aside>
</main>
<template id="intro"><p>Bấm vào một nút để đọc các câu dẫn đến nó và xem văn bản được triển khai qua các cấp như thế nào.
Kéo để di chuyển, lăn chuột để phóng to.</p><p class="fact">NOTE</p></template>"""  # noqa: E501
