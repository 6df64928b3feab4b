"""The reading of one report as a page: sentences coloured by theme, references linked, findings listed."""

from __future__ import annotations

import os
from collections import Counter
from html import escape
from pathlib import Path
from typing import Any

from danvan_nlp.corpus.corpus import Corpus
from danvan_nlp.corpus.names import theme_names
from danvan_nlp.corpus.store import records
from danvan_nlp.errors import UsageError
from danvan_nlp.pages.html import make_page

# One colour a theme of the taxonomy, in its order; light enough for black text on it.
_COLOURS = (
    *("#cfe3ff", "#d8f0c8", "#ffe2b8", "#ffd0cc", "#f4c9e4", "#d9d4ff", "#c7efe9", "#e8e0c9"),
    *("#ffdede", "#fff2a8", "#d3e8d9", "#e2e2e2", "#cfeaf7", "#e6d5c3", "#f1d7ff"),
)
Row = dict[str, Any]


def report_page(run: str | os.PathLike[str], path: str | os.PathLike[str], *, doc_id: str | None = None) -> Path:
    """Write the reading of one report of a run as one HTML file that needs neither network nor server.

    Parameters
    ----------
    run : path-like
        What ``danvan run … --out`` wrote, in Parquet.
    path : path-like
        The file.
    doc_id : str, optional
        Which report; not needed where the run holds one.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        The run holds no such report, or several and none was chosen; the message lists them.

    Examples
    --------
    >>> report_page("demo", "page.html", doc_id="f03cb518a2572ce1")  # doctest: +SKIP
    """
    corpus = Corpus.from_run(run)
    document = _choose(corpus, doc_id)
    tables = {
        name: _rows(corpus, name, document["doc_id"]) for name in ("sentences", "references", "findings", "relations")
    }
    text = Path(run, "texts", f"{document['doc_id']}.txt").read_bytes().decode()
    title = _name(document)
    body = _BODY.format(
        title=escape(title),
        about=escape(_about(document)),
        themes=_legend(tables["sentences"]),
        article=_article(text, tables),
        findings=_findings(text, tables["findings"]),
        directives=_directives(corpus, tables["references"]),
    )
    Path(path).write_text(
        make_page(title, body, style="report.css", script="report.js", data=None), encoding="utf-8", newline=""
    )
    return Path(path)


def _choose(corpus: Corpus, doc_id: str | None) -> Row:
    documents = records(corpus.documents)
    if not documents:
        raise UsageError(f"{corpus.store.folder} holds no report; see its table 'problems'")
    listed = "\n".join(f"  {d['doc_id']}  {_name(d)}" for d in documents[:50])
    if doc_id is None and len(documents) > 1:
        raise UsageError(f"{len(documents)} reports in this run; choose one of them by its id:\n{listed}")
    for document in documents:
        if doc_id in (None, document["doc_id"]):
            return document
    raise UsageError(f"no report {doc_id!r} in this run; it holds:\n{listed}")


def _rows(corpus: Corpus, table: str, doc_id: str) -> list[Row]:
    column = corpus.store.column(table, "doc_id").to_pylist()
    import numpy as np

    mask = np.array([value == doc_id for value in column], bool)
    return records(corpus.store.read(table, mask))


def _name(document: Row) -> str:
    number, symbol, title = (_text(document[c]) for c in ("number", "symbol", "title"))
    kind = (_text(document["doc_type"]) or "báo cáo").capitalize()
    head = f"{kind} số {number}-{symbol}" if number and symbol else kind
    return f"{head}: {title}" if title else head


def _about(document: Row) -> str:
    parts = (_text(document[c]) for c in ("issuer", "place", "date", "signer"))
    return " · ".join(part for part in parts if part)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _palette() -> dict[str, str]:
    return {key: _COLOURS[i % len(_COLOURS)] for i, key in enumerate(theme_names())}


def _legend(sentences: list[Row]) -> str:
    counts = Counter(theme for row in sentences for theme in row["themes"])
    names, colours = theme_names(), _palette()
    return "".join(
        f'<button type="button" aria-pressed="false" data-theme="{escape(key)}" style="--c:{colours.get(key, "#eee")}">'
        f"{escape(names.get(key, key))} {counts[key]}</button>"
        for key in sorted(counts, key=lambda k: (-counts[k], k))
    )


def _article(text: str, tables: dict[str, list[Row]]) -> str:
    """The whole text, every sentence, reference and finding in an element of its own."""
    colours, out, at = _palette(), [], 0
    marks = _marks(tables["references"], tables["findings"])
    for row in sorted(tables["sentences"], key=lambda r: r["start"]):
        out.append(_marked(text, at, row["start"], marks))
        themes = row["themes"]
        style = "".join(f";--c{i or ''}:{colours.get(t, '#eee')}" for i, t in zip(("", 2), themes, strict=False))
        names = theme_names()
        title = escape(", ".join(names.get(t, t) for t in themes), quote=True)
        classes = f"u {row['role']}{' t' if themes else ''}"
        facts = f' data-themes="{escape(" ".join(themes))}" title="{title}" style="{style[1:]}"' if themes else ""
        inner = _marked(text, row["start"], row["end"], marks)
        out.append(f'<span class="{classes}" id="s{row["start"]}"{facts}>{inner}</span>')
        at = row["end"]
    out.append(_marked(text, at, len(text), marks))
    return "".join(out)


def _marks(references: list[Row], findings: list[Row]) -> list[tuple[int, int, str, str]]:
    """Ranges with the tags around them, none within another: a finding on a reference becomes its class."""
    marks: list[tuple[int, int, str, str]] = []
    found = sorted({(f["start"], f["end"]) for f in findings if f["end"] > f["start"]})
    for row in sorted(references, key=lambda r: (r["start"], -r["end"])):
        if marks and row["start"] < marks[-1][1]:
            continue
        target = _text(row["target_id"])
        wrong = any(a < row["end"] and row["start"] < b for a, b in found)
        name = f"r{'' if target else ' none'}{' f' if wrong else ''}"
        goes = f' href="#{_anchor(target)}"' if target else ""
        note = escape(f"{target or 'chưa xác định'}: {_text(row['reason']) or ''}", quote=True)
        marks.append(
            (row["start"], row["end"], f'<a class="{name}" id="r{row["start"]}"{goes} title="{note}">', "</a>")
        )
    ends = [(a, b) for a, b, _, _ in marks]
    for start, end in found:
        if all(end <= a or b <= start for a, b in ends):
            marks.append((start, end, f'<span class="f" id="f{start}">', "</span>"))
            ends.append((start, end))
    return sorted(marks)


def _marked(text: str, start: int, end: int, marks: list[tuple[int, int, str, str]]) -> str:
    out, at = [], start
    for first, last, before, after in marks:
        if first >= end or last <= start:
            continue
        # A mark that goes over the edge of a sentence is cut there.
        a, b = max(first, at), min(last, end)
        out += [escape(text[at:a]), before, escape(text[a:b]), after]
        at = b
    return "".join([*out, escape(text[at:end])])


def _anchor(target: str) -> str:
    return "d-" + "".join(c if c.isalnum() else "-" for c in target)


def _findings(text: str, findings: list[Row]) -> str:
    items = []
    for row in sorted(findings, key=lambda r: r["start"]):
        line = text.count("\n", 0, row["start"]) + 1
        quoted = " ".join(text[row["start"] : row["end"]].split())
        says = escape(str(row["message"]))
        goes = f"r{row['start']}" if _text(row["ref_id"]) else f"f{row['start']}"
        items.append(
            f'<li><a href="#{goes}">dòng {line}</a>: {says}<br><span class="dim">{escape(quoted[:160])}</span></li>'
        )
    return f"<ol>{''.join(items)}</ol>" if items else "<p>Không có.</p>"


def _directives(corpus: Corpus, references: list[Row]) -> str:
    cited: dict[str, list[Row]] = {}
    for row in references:
        if target := _text(row["target_id"]):
            cited.setdefault(target, []).append(row)
    known = {d["target_id"]: d for d in records(corpus.store.read("directives")) if d["target_id"] in cited}
    items = []
    for target in sorted(cited, key=lambda t: (-len(cited[t]), t)):
        facts = known.get(target, {})
        head = " ".join(p for p in (_text(facts.get("type")), target.split("@")[0]) if p)
        about = " · ".join(p for p in (_text(facts.get(c)) for c in ("issuer", "date", "title")) if p)
        places = " ".join(f'<a href="#r{row["start"]}">{n}</a>' for n, row in enumerate(cited[target], 1))
        body = f'<b>{escape(head)}</b> <span class="dim">{escape(about)}</span><br>{places}'
        items.append(f'<li id="{_anchor(target)}">{body}</li>')
    return f"<ol>{''.join(items)}</ol>" if items else "<p>Không có.</p>"


_BODY = """<header><h1>{title}</h1><p>{about}</p><div class="themes">{themes}</div></header>
<main><article>{article}</article>
<aside><h2>Cần xem lại</h2>{findings}<h2>Văn bản được dẫn</h2>{directives}</aside></main>"""
