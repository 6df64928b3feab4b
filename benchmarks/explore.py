"""Speed of exploring: a million sentences, a graph of a hundred thousand references, its page of two thousand nodes.

The project's annotated reports are read once and their rows repeated, each copy as documents of its own, until there
are enough; prints the seconds of each verb, after the index is built, and the memory that the process came to.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parent.parent
IDS = ("doc_id", "sentence_id", "section_id", "anchor_id", "ref_id", "alias_of", "relation_id")


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
            ids = pc.utf8_replace_slice(table.column(name), start=0, stop=4, replacement=f"{n:04d}")
            table = table.set_column(table.schema.get_field_index(name), name, ids)
    if "paths" in table.column_names:
        ids = pc.binary_join_element_wise(table.column("target_id"), f"{n}", "~")
        table = table.set_column(table.schema.get_field_index("target_id"), "target_id", ids)
    return table


def timed(name: str, work: Any) -> Any:
    start = time.perf_counter()
    result = work()
    size = f"  {len(result):,} rows" if hasattr(result, "__len__") else ""
    print(f"{name:46} {time.perf_counter() - start:7.2f} s{size}", flush=True)
    return result


def explore(corpus: Any, small: Any) -> None:
    from danvan_nlp.corpus import cooccurrence, keyness, kwic, phrases, reuse, similar_sentences, theme_share

    print(f"{len(corpus):,} sentences, {len(corpus.documents):,} documents")
    timed("first call: index and kwic 'đối thoại'", lambda: kwic(corpus, "đối thoại"))
    for pattern in ("đối thoại", "công tác dân vận", "hoà giải*", "114-KL/TW"):
        timed(f"kwic {pattern!r}", lambda p=pattern: kwic(corpus, p))
    timed("kwic '^dân$' as a regular expression", lambda: kwic(corpus, "^dân$", kind="regex"))
    target = corpus.filter(theme="tiep_dan")
    timed("keyness by theme, chi2", lambda: keyness(target))
    timed("keyness by level, G²", lambda: keyness(corpus.filter(level="cap_huyen"), measure="lr"))
    timed("cooccurrence of themes", lambda: cooccurrence(corpus, "themes"))
    timed("cooccurrence of 200 words", lambda: cooccurrence(corpus, limit=200))
    timed("theme_share by place and year", lambda: theme_share(corpus))
    timed("phrases", lambda: phrases(corpus))
    timed("similar_sentences", lambda: similar_sentences(corpus, "Tổ chức đối thoại với nhân dân"))
    timed("reuse in one copy", lambda: reuse(small))
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GiB")


def draw(graph_run: Path, folder: Path) -> None:
    from danvan_nlp.graph import CitationGraph
    from danvan_nlp.graph.page import to_html

    graph = timed("graph", lambda: CitationGraph.from_run(graph_run))
    print(graph.graph, f"of {len(graph.corpus.references):,} references")
    timed("most_cited", graph.most_cited)
    timed("co_citation", graph.co_citation)
    timed("pagerank", graph.pagerank)
    timed("communities", graph.communities)
    page = timed("page of 2,000 nodes", lambda: to_html(graph, folder / "graph.html"))
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
        explore(Corpus.from_run(big), Corpus.from_run(small))
        cited = len(pq.read_table(small / "references.parquet", columns=["doc_id"]))
        graph_run = repeat(small, folder / "graph", -(-options.references // cited))
        draw(graph_run, folder)


if __name__ == "__main__":
    main()
