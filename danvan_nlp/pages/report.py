"""The reading of one report as a page: sentences coloured by theme, references linked, findings listed."""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections import Counter
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from danvan_nlp.corpus.corpus import Corpus
from danvan_nlp.corpus.names import document_name, theme_names
from danvan_nlp.corpus.store import records
from danvan_nlp.errors import UsageError
from danvan_nlp.lines import line_finder
from danvan_nlp.linking.reasons import in_words
from danvan_nlp.pages.html import make_page
from danvan_nlp.run_folder import read_record

# One colour a theme of the run, in their order; light enough for black text on it.
_COLOURS = (
    *("#cfe3ff", "#d8f0c8", "#ffe2b8", "#ffd0cc", "#f4c9e4", "#d9d4ff", "#c7efe9", "#e8e0c9"),
    *("#ffdede", "#fff2a8", "#d3e8d9", "#e2e2e2", "#cfeaf7", "#e6d5c3", "#f1d7ff"),
)
Row = dict[str, Any]


class _Mark(NamedTuple):
    """A range of the text with the element around it."""

    start: int
    end: int
    name: str
    tag: str
    facts: str


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
    tables = {name: _rows(corpus, name, document["doc_id"]) for name in ("sentences", "references", "findings")}
    text = Path(run, "texts", f"{document['doc_id']}.txt").read_bytes().decode()
    directives = _cited(corpus, tables["references"])
    marks = _marks(tables["references"], tables["findings"], directives)
    title, names = report_name(document), theme_names(read_record(Path(run)))
    body = _BODY.format(
        title=escape(title),
        about=escape(report_about(document)),
        themes=_legend(tables["sentences"], names),
        article=_article(text, tables["sentences"], marks, names),
        findings=_findings(text, tables["findings"], marks),
        directives=_directives(directives, tables["references"], marks),
        n_findings=len(tables["findings"]),
        n_directives=len(directives),
    )
    Path(path).write_text(
        make_page(title, body, style="report.css", script="report.js", data=None), encoding="utf-8", newline=""
    )
    return Path(path)


def _choose(corpus: Corpus, doc_id: str | None) -> Row:
    documents = records(corpus.documents)
    if not documents:
        raise UsageError(f"{corpus.store.folder} holds no report; see its table 'problems'")
    listed = "\n".join(f"  {d['doc_id']}  {report_name(d)}" for d in documents[:50])
    if doc_id is None and len(documents) > 1:
        raise UsageError(f"{len(documents)} reports in this run; choose one of them by its id:\n{listed}")
    for document in documents:
        if doc_id in (None, document["doc_id"]):
            return document
    raise UsageError(f"no report {doc_id!r} in this run; it holds:\n{listed}")


def _rows(corpus: Corpus, table: str, doc_id: str) -> list[Row]:
    column = corpus.store.column(table, "doc_id").to_pylist()
    mask = np.array([value == doc_id for value in column], bool)
    return records(corpus.store.read(table, mask))


def report_name(document: Row) -> str:
    """What a report calls itself: its number and year, and its title."""
    facts: Row = {name: _text(document[name]) for name in ("number", "symbol", "date", "title")}
    kind, number, title = _text(document["doc_type"]) or "báo cáo", facts["number"], facts.pop("title")
    head = document_name({**facts, "type": kind}, kind) if number and facts["symbol"] else kind.capitalize()
    return f"{head}: {title}" if title else head


def report_about(document: Row) -> str:
    """Who issued a report, where, when, and who signed it."""
    issuer, place, date, signer = (_text(document[c]) for c in ("issuer", "place", "date", "signer"))
    parts = (issuer, place, _day(date), signer)
    return " · ".join(part for part in parts if part)


def _day(date: str | None) -> str | None:
    """``2020-08-07`` as Vietnamese writes it: ``07/08/2020``."""
    return "/".join(reversed(date.split("-"))) if date else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _palette(names: dict[str, str]) -> dict[str, str]:
    return {key: _COLOURS[i % len(_COLOURS)] for i, key in enumerate(names)}


def _legend(sentences: list[Row], names: dict[str, str]) -> str:
    counts = Counter(theme for row in sentences for theme in row["themes"])
    colours = _palette(names)
    return "".join(
        f'<button type="button" aria-pressed="false" data-theme="{escape(key)}" style="--c:{colours.get(key, "#eee")}">'
        f"{escape(names.get(key, key))} {counts[key]}</button>"
        for key in sorted(counts, key=lambda k: (-counts[k], k))
    )


def _article(text: str, sentences: list[Row], marks: list[_Mark], names: dict[str, str]) -> str:
    """The whole text, every sentence, reference and finding in an element of its own."""
    colours, out, at = _palette(names), [], 0
    for row in sorted(sentences, key=lambda r: r["start"]):
        out.append(_marked(text, at, row["start"], marks))
        themes = row["themes"]
        style = "".join(f";--c{i or ''}:{colours.get(t, '#eee')}" for i, t in zip(("", 2), themes, strict=False))
        title = escape(", ".join(names.get(t, t) for t in themes), quote=True)
        classes = f"u {row['role']}{' t' if themes else ''}"
        facts = f' data-themes="{escape(" ".join(themes))}" title="{title}" style="{style[1:]}"' if themes else ""
        inner = _marked(text, row["start"], row["end"], marks)
        out.append(f'<span class="{classes}" id="s{row["start"]}"{facts}>{inner}</span>')
        at = row["end"]
    out.append(_marked(text, at, len(text), marks))
    return "".join(out)


def _marks(references: list[Row], findings: list[Row], directives: dict[str, Row]) -> list[_Mark]:
    """Ranges with the elements around them, in order, none within another: a finding on a reference is its class."""
    shown: list[Row] = []
    for row in sorted(references, key=lambda r: (r["start"], -r["end"])):
        if not shown or row["start"] >= shown[-1]["end"]:
            shown.append(row)
    wrong: set[int] = set()
    marks: list[_Mark] = []
    for start, end in sorted({(f["start"], f["end"]) for f in findings if f["end"] > f["start"]}):
        first = bisect_right(shown, start, key=lambda r: r["end"])
        last = bisect_left(shown, end, key=lambda r: r["start"])
        if first < last:
            wrong.update(range(first, last))
        elif not marks or start >= marks[-1].end:
            marks.append(_Mark(start, end, f"f{start}", "span", ' class="f"'))
    for n, row in enumerate(shown):
        target = _text(row["target_id"])
        goes = f' href="#{directives[target]["anchor"]}"' if target else ""
        reason = _text(row["reason"])
        unknown = f"chưa xác định{f': {in_words(reason)}' if reason else ''}"
        says = _says(directives[target]) if target else unknown
        facts = f' class="r{"" if target else " none"}{" f" if n in wrong else ""}"{goes} title="{escape(says)}"'
        marks.append(_Mark(row["start"], row["end"], f"r{row['start']}", "a", facts))
    return sorted(marks)


def _marked(text: str, start: int, end: int, marks: list[_Mark]) -> str:
    out, at = [], start
    for n in range(bisect_right(marks, start, key=lambda m: m.end), len(marks)):
        mark = marks[n]
        if mark.start >= end:
            break
        # A mark that goes over the edge of a sentence is cut there; its first piece has the name.
        a, b = max(mark.start, start), min(mark.end, end)
        name = f' id="{mark.name}"' if a == mark.start else ""
        out += [escape(text[at:a]), f"<{mark.tag}{name}{mark.facts}>", escape(text[a:b]), f"</{mark.tag}>"]
        at = b
    return "".join([*out, escape(text[at:end])])


def _mark_in(marks: list[_Mark], start: int, end: int) -> _Mark | None:
    """The first mark that a range meets."""
    n = bisect_right(marks, start, key=lambda mark: mark.end)
    return marks[n] if n < len(marks) and marks[n].start < end else None


def _findings(text: str, findings: list[Row], marks: list[_Mark]) -> str:
    items = []
    line_of = line_finder(text)
    for row in sorted(findings, key=lambda r: r["start"]):
        quoted = " ".join(text[row["start"] : row["end"]].split())
        where = f"dòng {line_of(row['start'])}"
        if mark := _mark_in(marks, row["start"], row["end"]):
            where = f'<a href="#{mark.name}">{where}</a>'
        items.append(
            f'<li>{where}: {escape(str(row["message"]))}<br><span class="dim">{escape(quoted[:160])}</span></li>'
        )
    rules = sorted({row["rule"] for row in findings if _text(row.get("rule"))})
    asked = f'<p class="dim">Theo {escape("; ".join(rules))}.</p>' if rules else ""
    return f"<ol>{''.join(items)}</ol>{asked}" if items else "<p>Không có.</p>"


def _cited(corpus: Corpus, references: list[Row]) -> dict[str, Row]:
    """What is known of each directive that the report cites, the most cited first, and its anchor in the page."""
    counts = Counter(target for row in references if (target := _text(row["target_id"])))
    known = {d["target_id"]: d for d in records(corpus.store.read("directives")) if d["target_id"] in counts}
    order = sorted(counts, key=lambda target: (-counts[target], target))
    return {t: {**known.get(t, {}), "target_id": t, "anchor": f"d{n}"} for n, t in enumerate(order)}


def _says(directive: Row) -> str:
    head, about = document_name(directive, directive["target_id"]), _text(directive.get("title"))
    return f"{head}: {about}" if about and about not in head else head


def _directives(directives: dict[str, Row], references: list[Row], marks: list[_Mark]) -> str:
    places: dict[str | None, list[_Mark]] = {}
    for row in references:
        if mark := _mark_in(marks, row["start"], row["end"]):
            places.setdefault(_text(row["target_id"]), []).append(mark)
    items = []
    for target, facts in directives.items():
        head = document_name(facts, target)
        issuer, date, title = (_text(facts.get(c)) for c in ("issuer", "date", "title"))
        parts = (issuer, _day(date), None if title and title in head else title)
        about = " · ".join(part for part in parts if part)
        links = " ".join(f'<a href="#{mark.name}">{n}</a>' for n, mark in enumerate(places.get(target, []), 1))
        body = f'<b>{escape(head)}</b> <span class="dim">{escape(about)}</span><br>{links}'
        items.append(f'<li id="{facts["anchor"]}">{body}</li>')
    return f"<ol>{''.join(items)}</ol>" if items else "<p>Không có.</p>"


_BODY = """<header><h1>{title}</h1><p>{about}</p>
<nav><a href="#findings">Cần xem lại ({n_findings})</a>
<a href="#directives">Văn bản được dẫn ({n_directives})</a></nav>
<div class="themes" role="group" aria-label="Chủ đề: bấm để làm nổi các câu">{themes}</div></header>
<main><article tabindex="0" aria-label="Toàn văn báo cáo">{article}</article>
<aside><h2 id="findings">Cần xem lại</h2>{findings}
<h2 id="directives">Văn bản được dẫn</h2>{directives}</aside></main>"""
