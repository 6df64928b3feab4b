"""Speed of exploring: a million sentences, a graph of a hundred thousand references, its page of two thousand nodes.

The project's annotated reports are read once and their rows repeated, each copy as documents of its own, until there
are enough; prints the seconds of each verb, after the index is built, and the memory that the process has come to.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parent.parent
IDS = (
    *("doc_id", "sentence_id", "section_id", "anchor_id", "ref_id", "alias_of", "relation_id"),
    *("source_ref_id", "target_ref_id"),
)


def make_run(folder: Path) -> Path:
    """Read the annotated reports once."""
    from danvan_nlp import run
    from danvan_nlp.annotated import read_annotated

    texts = folder / "texts_in"
    texts.mkdir()
    for path in sorted((ROOT / "corpora" / "annotated").glob("*.txt")):
        (texts / path.name).write_text(read_annotated(path).text, encoding="utf-8", newline="")
    run([texts], folder / "small", jobs=2)
    return folder / "small"


def repeat(small: Path, out: Path, copies: int) -> Path:
    """Copies of every document, each with ids of its own; directives stay what they are."""
    out.mkdir()
    for path in sorted(small.glob("*.parquet")):
        table = pq.read_table(path)
        times = 1 if path.stem in ("directives", "problems") else copies
        with pq.ParquetWriter(out / path.name, table.schema) as writer:
            for n in range(times):
                writer.write_table(_renamed(table, n))
    return out


def _renamed(table: pa.Table, n: int) -> pa.Table:
    """Ids begin with the document's, of which the first four digits become the number of the copy."""
    for name in IDS:
        if name in table.column_names:
            given = table.column(name)
            ids = pc.utf8_replace_slice(given, start=0, stop=4, replacement=f"{n:04d}")
            ids = pc.if_else(pc.equal(given, "self"), given, ids)
            table = table.set_column(table.schema.get_field_index(name), name, ids)
    if "paths" in table.column_names:
        ids = pc.binary_join_element_wise(table.column("target_id"), f"{n}", "~")
        table = table.set_column(table.schema.get_field_index("target_id"), "target_id", ids)
    return table


def timed(name: str, work: Any) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    size = f"  {len(result):,} rows" if hasattr(result, "__len__") else ""
    print(f"{name:44} {wall:7.2f} s  {cpu:7.2f} s CPU  {memory:4.1f} GiB{size}", flush=True)
    return result


def explore(corpus: Any) -> None:
    print(f"{len(corpus):,} sentences, {len(corpus.documents):,} documents")
    timed("first call: index and kwic", lambda: corpus.kwic("đối thoại"))
    for word in commonest(corpus, 4):
        timed(f"kwic {word!r}, among the commonest", lambda w=word: corpus.kwic(w))
    for pattern in ("đối thoại", "công tác dân vận", "hoà giải*", "114-KL/TW"):
        timed(f"kwic {pattern!r}", lambda p=pattern: corpus.kwic(p))
    timed("kwic '^d.n$' as a regular expression", lambda: corpus.kwic("^d.n$", kind="regex"))
    timed("kwic '114-KL/TW' as a directive", lambda: corpus.kwic("114-KL/TW", kind="directive"))
    target = corpus.filter(theme="tiep_dan")
    timed("keyness by theme, chi2", target.keyness)
    timed("keyness by level, G²", lambda: corpus.filter(level="cap_huyen").keyness(measure="lr"))
    timed("cooccurrence of themes", lambda: corpus.cooccurrence("themes"))
    timed("cooccurrence of directives", lambda: corpus.cooccurrence("directives"))
    timed("cooccurrence of 500 words in sentences", corpus.cooccurrence)
    timed("cooccurrence of 500 words in windows", lambda: corpus.cooccurrence(context="window"))
    timed("theme_share by place and year", corpus.theme_share)
    timed("theme_share by report", lambda: corpus.theme_share("doc_id"))
    timed("phrases of 2 words", corpus.phrases)
    timed("phrases of 3 words", lambda: corpus.phrases(size=3))
    timed("similar_sentences", lambda: corpus.similar_sentences("Tổ chức đối thoại với nhân dân"))
    a, b = corpus.documents["doc_id"][:2]
    timed("compare", lambda: corpus.compare(a, b).words)
    # Copies of one another share every word: no corpus asks more of it.
    timed("reuse", corpus.reuse)


def commonest(corpus: Any, n: int) -> list[str]:
    stream = corpus.store.index.syllables
    counts = np.bincount(stream.ids, minlength=len(stream.vocabulary))
    words = (stream.vocabulary[i] for i in np.argsort(-counts))
    return list(islice((word for word in words if word.isalpha()), n))


def draw(graph_run: Path, folder: Path) -> None:
    from danvan_nlp.graph import CitationGraph

    graph = timed("graph", lambda: CitationGraph.from_run(graph_run))
    print(graph.graph, f"of {len(graph.corpus.references):,} references")
    timed("most_cited", graph.most_cited)
    timed("co_citation", graph.co_citation)
    timed("pagerank", graph.pagerank)
    timed("communities", graph.communities)
    page = timed("page of 2,000 nodes", lambda: graph.to_html(folder / "graph.html"))
    print(f"page {page.stat().st_size / 2**20:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=1_000_000)
    parser.add_argument("--references", type=int, default=100_000)
    options = parser.parse_args()
    from danvan_nlp.corpus import Corpus

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small = make_run(folder)
        rows = len(pq.read_table(small / "sentences.parquet", columns=["doc_id"]))
        big = repeat(small, folder / "big", -(-options.sentences // rows))
        explore(Corpus.from_run(big))
        cited = len(pq.read_table(small / "references.parquet", columns=["doc_id"]))
        graph_run = repeat(small, folder / "graph", -(-options.references // cited))
        draw(graph_run, folder)


if __name__ == "__main__":
    main()
