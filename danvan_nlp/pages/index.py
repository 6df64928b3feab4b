"""The readings of all reports of a run as pages, and an index that leads to them."""

from __future__ import annotations

import os
from collections import Counter
from html import escape
from pathlib import Path

from danvan_nlp.corpus.corpus import Corpus
from danvan_nlp.corpus.store import records
from danvan_nlp.pages.html import make_page
from danvan_nlp.pages.report import Row, report_about, report_name, report_page

INDEX = "index.html"


def report_pages(run: str | os.PathLike[str], folder: str | os.PathLike[str]) -> list[Path]:
    """Write a page for every report of a run (`report_page`), and ``index.html``.

    Parameters
    ----------
    run : path-like
        What ``danvan run … --out`` wrote, in Parquet.
    folder : path-like
        The folder; it is made where it is not there.

    Returns
    -------
    list of Path
        The index, then the pages, which are named by the reports' ids.

    Raises
    ------
    UsageError
        The folder of the run holds no Parquet tables.

    Examples
    --------
    >>> report_pages("demo", "pages")  # doctest: +SKIP
    """
    corpus, out = Corpus.from_run(run), Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    documents = records(corpus.documents)
    pages = [report_page(run, out / f"{d['doc_id']}.html", doc_id=d["doc_id"]) for d in documents]
    found = Counter(corpus.store.column("findings", "doc_id").to_pylist())
    items = "".join(_item(document, found[document["doc_id"]]) for document in documents)
    title = f"{len(documents)} báo cáo"
    body = f"<header><h1>{title}</h1></header><main><article><ol>{items}</ol></article></main>"
    page = make_page(title, body, style="report.css", script="report.js", data=None)
    (out / INDEX).write_text(page, encoding="utf-8", newline="")
    return [out / INDEX, *pages]


def _item(document: Row, n_findings: int) -> str:
    facts = (report_about(document), Path(document["paths"][0]).name, f"{n_findings} chỗ cần xem lại")
    about = " · ".join(fact for fact in facts if fact)
    link = f'<a href="{document["doc_id"]}.html">{escape(report_name(document))}</a>'
    return f'<li>{link} <span class="dim">{escape(about)}</span></li>'
