"""Small runs made by hand: reports of a few sentences, written as tables."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

from danvan_nlp.tables import TABLES, write_table

_TOKEN = re.compile(r"[\w/-]+|[^\w\s]")
_EMPTY = {"s": None, "i": 0, "f": None, "b": False, "S": [], "M": {}, "T": []}


def row(table: str, **facts: Any) -> dict[str, Any]:
    return {column: facts.get(column, _EMPTY[code]) for column, code in TABLES[table].items()}


def make_run(folder: Path, reports: list[dict[str, Any]]) -> Path:
    """Write a run. A report is a dict of its document's facts, ``sentences`` (text, or dict with text, themes, role,
    cites: surface -> target_id or None) and ``relations`` (source, type, target, all surfaces; source None is itself).
    ``words`` joins syllables of the text into one word."""
    folder.mkdir(parents=True, exist_ok=True)
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for number, report in enumerate(reports):
        _add(tables, f"d{number}", report)
    targets = {r["target_id"] for r in tables["references"] if r["target_id"]}
    known = {d["target_id"]: d for report in reports for d in report.get("directives", [])}
    for target in sorted(targets | set(known)):
        head, scope, year = (*target.split("@"), "?", "?")[:3]
        n, _, symbol = head.partition("-")
        facts = {"number": n, "symbol": symbol, "scope": scope, "year": None if year == "?" else year}
        tables["directives"].append(row("directives", **{"target_id": target, **facts, **known.get(target, {})}))
    for name, rows in tables.items():
        write_table(rows, name, folder, "parquet")
    texts = folder / "texts"
    texts.mkdir(exist_ok=True)
    for number, report in enumerate(reports):
        (texts / f"d{number}.txt").write_text(text_of(report), encoding="utf-8", newline="")
    return folder


def open_browser(folder: Path) -> Any:
    """The headless browser of ``tests/graph``."""
    spec = importlib.util.spec_from_file_location("small_browser", Path(__file__).parents[1] / "graph" / "browser.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.open_browser(folder)


def text_of(report: dict[str, Any]) -> str:
    return "\n".join(s if isinstance(s, str) else s["text"] for s in report.get("sentences", []))


def _add(tables: dict[str, list[dict[str, Any]]], doc_id: str, report: dict[str, Any]) -> None:
    facts = {k: v for k, v in report.items() if k not in ("sentences", "relations", "directives", "words", "findings")}
    tables["documents"].append(row("documents", **{"doc_id": doc_id, "paths": [f"{doc_id}.txt"], **facts}))
    at, refs = 0, {}
    for given in report.get("sentences", []):
        sentence = {"text": given} if isinstance(given, str) else given
        text, sid = sentence["text"], f"{doc_id}:s:{at}"
        tokens = [[at + a, at + b] for a, b in _tokens(text, report.get("words", ()))]
        shared = {"doc_id": doc_id, "sentence_id": sid, "start": at, "end": at + len(text)}
        themes, role = sentence.get("themes", []), sentence.get("role", "sentence")
        tables["sentences"].append(row("sentences", **shared, text=text, themes=themes, role=role, tokens=tokens))
        for surface, target in sentence.get("cites", {}).items():
            a = at + text.index(surface)
            refs[surface] = (f"{doc_id}:r:{a}", target, sid, a)
            where = {"doc_id": doc_id, "ref_id": f"{doc_id}:r:{a}", "sentence_id": sid}
            span = {"start": a, "end": a + len(surface), "surface": surface, "kind": sentence.get("kind", "full")}
            facts = {"target_id": target, "type": sentence.get("type")}
            tables["references"].append(row("references", **where, **span, **facts))
        at += len(text) + 1
    for n, (source, kind, target) in enumerate(report.get("relations", [])):
        ref_id, target_id, sid, a = refs[target]
        own = ("self", report.get("target_id")) if source is None else refs[source][:2]
        ends = {"source_ref_id": own[0], "source_id": own[1], "target_ref_id": ref_id, "target_id": target_id}
        where = {"doc_id": doc_id, "relation_id": f"{doc_id}:l:{n}", "sentence_id": sid, "start": a}
        tables["relations"].append(row("relations", **where, **ends, type=kind, end=a + len(target)))
    for finding in report.get("findings", []):
        tables["findings"].append(row("findings", doc_id=doc_id, **finding))


def _tokens(text: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    pattern = re.compile("|".join([*(re.escape(w) for w in words), _TOKEN.pattern]))
    return [found.span() for found in pattern.finditer(text)]
