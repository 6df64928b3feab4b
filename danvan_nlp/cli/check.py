"""``danvan check``: what a person should correct or look at in reports."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from danvan_nlp.cli.app import app
from danvan_nlp.cli.options import Indicators, Jobs, JsonLines, Overwrite, Registry, Reports, Sheet
from danvan_nlp.cli.output import check_sheet, print_json, save_rows, shortened
from danvan_nlp.cli.reports import Row, Text, read_reports
from danvan_nlp.errors import UsageError

_QUOTED = 100
# What is wrong comes before what is only written otherwise than the rules ask.
_OF_FORM = "first_mention"


@app.command("check")
def check_command(
    reports: Reports,
    kind: Annotated[list[str] | None, typer.Option(help="Only this kind (may be repeated): slip, sum …")] = None,
    out: Sheet = None,
    overwrite: Overwrite = False,
    as_json: JsonLines = False,
    registry: Registry = None,
    indicators: Indicators = None,
    jobs: Jobs = 1,
) -> None:
    """List what a person should correct or look at in reports: where, what, and what it should be.

    Several reports are also held against one another: reports of the same place that give different figures.

    Exit status: 0 something was read, 1 nothing could be, 2 wrong usage.
    """
    check_sheet(out, overwrite=overwrite, as_json=as_json)
    names = _kinds()
    if unknown := sorted(set(kind or ()) - set(names)):
        raise UsageError(f"no kind {unknown[0]!r}; choose among {', '.join(names)}")
    rows, texts = read_reports(reports, "findings", jobs, registry=registry, indicators=indicators)
    findings = sorted((row for row in rows if not kind or row["kind"] in kind), key=lambda r: r["kind"] == _OF_FORM)
    if out is not None:
        save_rows([texts[row["doc_id"]].placed(row) for row in findings], out)
    elif as_json:
        print_json(texts[row["doc_id"]].placed(row) for row in findings)
    else:
        for row in findings:
            typer.echo("\n".join(_lines(row, texts)))
        if texts:
            typer.echo(_counted(findings))
    raise typer.Exit(0 if texts else 1)


def _kinds() -> dict[str, str]:
    """Kinds of findings and how people call them."""
    from danvan_nlp.findings import wordings

    return dict(wordings()["kinds"])


def _counted(findings: list[Row]) -> str:
    """The rules that findings go by, and how many there are, in all and of each kind."""
    counts, names = Counter(row["kind"] for row in findings), _kinds()
    each = ", ".join(f"{names[kind]} {counts[kind]}" for kind in names if counts[kind])
    rules = sorted({row["rule"] for row in findings if row.get("rule")})
    # What a first mention has to state is one rule for all of them.
    footer = [f"Theo {', '.join(rules)}."] if rules else []
    return "\n".join([*footer, f"{len(findings)} chỗ cần xem lại{f': {each}' if each else ''}"])


def _lines(row: Row, texts: dict[str, Text]) -> list[str]:
    """What is printed of one finding."""
    text = texts[row["doc_id"]]
    lines = [f"{text.place(row['start'])}: {_kinds().get(row['kind'], row['kind'])}: {row['message']}"]
    lines.append(f"    tại: {_quoted(text, row['start'], row['end'])}")
    if row["against"]:
        doc_id, start, end = row["against"].rsplit(":", 2)
        other = texts[doc_id]
        lines.append(f"    đối chiếu {other.place(int(start))}: {_quoted(other, int(start), int(end))}")
    # What a first mention lacks is said in the message.
    if row["expected"] and row["kind"] != _OF_FORM:
        lines.append(f"    ghi: {row['found'] or '(không ghi)'}; đúng ra: {row['expected']}")
    return lines


def _quoted(text: Text, start: int, end: int) -> str:
    return shortened(text.text[start:end], _QUOTED)
