"""What a run found, in the few lines that the command line prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from danvan_nlp.themes import Taxonomy

if TYPE_CHECKING:
    from danvan_nlp.results import Run

_MOST = 10
_PROBLEMS = 20
_YEAR_INSIDE = ("NĐ-", "PL-", "QH", "TT-", "TTLT-", "NQ-UBTVQH")


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
        _themes(rows["sentences"]),
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


def _themes(sentences: list[dict[str, Any]]) -> str:
    names = {theme.key: theme.vi for theme in Taxonomy.load()}
    counts = Counter(theme for row in sentences for theme in row["themes"])
    return _aligned("Sentences by theme", ((names.get(key, key), n) for key, n in counts.most_common()))


def _directives(directives: list[dict[str, Any]]) -> str:
    lines = ["Most cited directives"]
    for row in directives[:_MOST]:
        title = (row["title"] or "") if row["number"] else ""
        title = title if len(title) <= 60 else title[:59] + "…"
        lines.append(f"  {row['n_mentions']:>4}×  {display_name(row)}  {title}".rstrip())
    return "\n".join(lines) if len(lines) > 1 else ""


def display_name(directive: dict[str, Any]) -> str:
    """How a person calls a directive.

    Numbers below ten are written with a nought, as the drafting rules want it; laws and decrees carry their year
    inside the number.

    Examples
    --------
    >>> row = {"type": "chỉ thị", "number": "5", "symbol": "CT/TW", "year": "2016", "title": None}
    >>> display_name(row)
    'Chỉ thị 05-CT/TW (2016)'
    >>> display_name(row | {"type": "nghị định", "number": "4", "symbol": "NĐ-CP", "year": "2015"})
    'Nghị định 04/2015/NĐ-CP'
    """
    kind = (directive["type"] or "văn bản").capitalize()
    number, symbol, year = directive["number"], directive["symbol"] or "", directive["year"]
    if not number:
        return f"{directive['title'] or kind}{f' ({year})' if year else ''}"
    padded = number.zfill(2) if number.isdigit() else number
    if year and symbol.startswith(_YEAR_INSIDE):
        return f"{kind} {padded}/{year}/{symbol}"
    separator = "-" if "/" in symbol else "/"
    return f"{kind} {padded}{separator}{symbol}{f' ({year})' if year else ''}"


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
