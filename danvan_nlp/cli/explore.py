"""Commands that ask a run: ``danvan kwic``, ``keyness`` and ``pivot``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from danvan_nlp.cli.app import app
from danvan_nlp.cli.filters import Cites, Level, Place, Theme, Year, filtered
from danvan_nlp.cli.options import JsonLines, Overwrite, RunFolder, Sheet
from danvan_nlp.cli.output import cell, check_sheet, on_one_line, plain, print_frame, save_rows
from danvan_nlp.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

_LINES, _WORDS = 50, 30


@app.command("kwic")
def kwic_command(
    run: RunFolder,
    pattern: Annotated[list[str], typer.Argument(help="Words or phrases; * and ? are wildcards.", show_default=False)],
    kind: Annotated[str, typer.Option(help="glob, fixed, bare (without marks), regex or directive.")] = "glob",
    window: Annotated[int, typer.Option(help="Words before and after.")] = 6,
    place: Place = None,
    level: Level = None,
    year: Year = None,
    theme: Theme = None,
    cites: Cites = None,
    limit: Annotated[int | None, typer.Option(min=1, help=f"At most so many lines; {_LINES} are printed.")] = None,
    out: Sheet = None,
    overwrite: Overwrite = False,
    as_json: JsonLines = False,
) -> None:
    """Print keywords with the words around them.

    Exit status: 0 something was found, 1 nothing was, 2 wrong usage.
    """
    check_sheet(out, overwrite=overwrite, as_json=as_json)
    corpus = filtered(run, place, level, year, theme, cites)
    found = corpus.kwic(pattern, kind=kind, window=window)  # type: ignore[arg-type]  # kwic() checks the name
    if out is not None:
        save_rows(found.head(limit or len(found)), out)
    elif as_json:
        print_frame(found.head(limit or _LINES), as_json=True)
    else:
        shown = found.head(limit or _LINES)
        _print_lines(shown)
        typer.echo(f"\n{len(shown):,} of {len(found):,} lines")
    if len(found):
        return
    if kind in ("glob", "fixed") and len(marked := corpus.kwic(pattern, kind="bare")):
        counts = marked["keyword"].str.lower().value_counts().head(5)
        forms = ", ".join(f"{on_one_line(form)} ({n:,})" for form, n in counts.items())
        typer.echo(f"danvan: nothing written so; with marks: {forms}; ask for these, or give --kind bare", err=True)
    raise typer.Exit(1)


@app.command("keyness")
def keyness_command(
    run: RunFolder,
    place: Place = None,
    level: Level = None,
    year: Year = None,
    theme: Theme = None,
    cites: Cites = None,
    by: Annotated[
        str | None, typer.Option(help="Each place, admin_level, year or theme against the rest of the reports.")
    ] = None,
    measure: Annotated[str, typer.Option(help="chi2, lr or pmi.")] = "chi2",
    correction: Annotated[str, typer.Option(help="default, yates, williams or none.")] = "default",
    limit: Annotated[
        int | None, typer.Option(min=1, help=f"At most so many words, of each value with --by; {_WORDS} are printed.")
    ] = None,
    out: Sheet = None,
    overwrite: Overwrite = False,
    as_json: JsonLines = False,
) -> None:
    """Print the words that a part of the reports has more often than the rest.

    Choose the part with --place, --level, --year, --theme or --cites, or compare all values with --by.
    """
    check_sheet(out, overwrite=overwrite, as_json=as_json)
    if not any((place, level, year, theme, cites, by)):
        raise UsageError(
            "keyness of everything against nothing; give --place, --level, --year, --theme, --cites or --by"
        )
    part = filtered(run, place, level, year, theme, cites)
    if not part.prose.any():
        raise UsageError("no sentence meets these conditions; 'danvan kwic' without them shows what there is")
    found = part.keyness(by=by, measure=measure, correction=correction)  # type: ignore[arg-type]  # keyness() checks
    groups = found.groupby(by) if by else found
    if out is not None:
        save_rows(found if limit is None else groups.head(limit), out)
        return
    columns = [*([by] if by else []), "feature", "score", "p", "n_target", "n_reference", "doc_id", "start"]
    print_frame(groups.head(limit or _WORDS)[columns], as_json)


def _print_lines(found: pd.DataFrame) -> None:
    """Keywords one under another, and where each stands."""
    side = 44
    for row in plain(found).itertuples():
        before, keyword, after = (on_one_line(part) for part in (row.pre, row.keyword, row.post))
        where = " ".join(text for text in (cell(row.place), cell(row.year), f"{row.doc_id}:{row.start}") if text)
        typer.echo(f"{before[-side:]:>{side}}  [{keyword}]  {after[:side]:<{side}}  {where}")


@app.command("pivot")
def pivot_command(
    run: RunFolder,
    indicator: Annotated[
        list[str] | None, typer.Argument(help="Keys of indicators; without one, all of them.", show_default=False)
    ] = None,
    level: Annotated[str | None, typer.Option(help="Only this level: cap_tinh, cap_huyen, …")] = None,
    places: Annotated[
        str, typer.Option(help="report: provinces as the reports name them; today: as they are since 1 July 2025.")
    ] = "report",
    out: Sheet = None,
    overwrite: Overwrite = False,
    as_json: JsonLines = False,
) -> None:
    """Put the indicators of many reports side by side: a row for each place, a column for each year.

    What was chosen among several figures, summed over the provinces of today or left empty is told below the table.
    """
    from danvan_nlp.results import open_run

    check_sheet(out, overwrite=overwrite, as_json=as_json)
    if places not in ("report", "today"):
        raise UsageError(f"no places {places!r}; choose report or today")
    found = open_run(run).indicators.pivot(indicator or None, level=level, places=places)  # type: ignore[arg-type]
    table = found.reset_index()
    if out is not None:
        save_rows(table, out)
    else:
        print_frame(table, as_json)
    for note in found.attrs["notes"]:
        typer.echo(f"danvan: {note}", err=True)
