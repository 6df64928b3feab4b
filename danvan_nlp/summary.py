"""What a run found, in the few lines that the command line prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from danvan_nlp.corpus.names import document_name, theme_names

if TYPE_CHECKING:
    from danvan_nlp.results import Run

_MOST = 10
_PROBLEMS = 20


def summarise(run: Run) -> str:
    """Sum up a run: documents, sentences by theme, most cited directives, findings, problems, where the tables lie.

    Parameters
    ----------
    run : Run
        A finished run.

    Returns
    -------
    str
        Lines of plain text.
    """
    rows = run.rows
    counted = (
        "documents",
        "sentences",
        "references",
        "directives",
        "relations",
        "indicators",
        "quantities",
        "findings",
    )
    blocks = [
        _aligned("Tables", ((name, len(rows[name])) for name in counted)),
        _themes(rows["sentences"], theme_names(run.record)),
        _directives(rows["directives"]),
        _references(rows["references"]),
        _problems(rows["problems"]),
    ]
    if run.out is not None:
        blocks.append(f"Written to {run.out}")
    return "\n\n".join(block for block in blocks if block)


def _aligned(title: str, pairs: Iterable[tuple[str, int]]) -> str:
    listed = list(pairs)
    if not listed:
        return ""
    width = max(len(name) for name, _ in listed)
    return "\n".join([title, *(f"  {name:<{width}}  {count:>7,}" for name, count in listed)])


def _themes(sentences: list[dict[str, Any]], names: dict[str, str]) -> str:
    counts = Counter(theme for row in sentences for theme in row["themes"])
    return _aligned("Sentences by theme", ((names.get(key, key), n) for key, n in counts.most_common()))


def _directives(directives: list[dict[str, Any]]) -> str:
    lines = ["Most cited directives"]
    for row in directives[:_MOST]:
        title = (row["title"] or "") if row["number"] else ""
        title = title if len(title) <= 60 else title[:59] + "…"
        lines.append(f"  {row['n_mentions']:>4}×  {document_name(row, row['target_id'])}  {title}".rstrip())
    return "\n".join(lines) if len(lines) > 1 else ""


def _references(references: list[dict[str, Any]]) -> str:
    unresolved = [row for row in references if not row["target_id"]]
    if not unresolved:
        return ""
    counts = Counter(row["reason"].split(":")[0] for row in unresolved)
    return _aligned("References without a target, by reason", counts.most_common())


def _problems(problems: list[dict[str, Any]]) -> str:
    if not problems:
        return ""
    paths: dict[tuple[str, str], list[str]] = {}
    for row in problems[:_PROBLEMS]:
        paths.setdefault((row["error"], row["message"]), []).append(row["path"])
    lines = [f"Problems ({len(problems)})"]
    for (error, message), places in paths.items():
        lines += [f"  {error}: {message}", *(f"    {path}" for path in places)]
    if len(problems) > _PROBLEMS:
        lines.append(f"  … {len(problems) - _PROBLEMS} more in the table 'problems'")
    return "\n".join(lines)
