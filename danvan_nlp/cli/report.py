"""``danvan report``: the reading of reports as pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from danvan_nlp.cli.app import app
from danvan_nlp.cli.options import Overwrite, RunFolder
from danvan_nlp.cli.output import file_to_write, folder_to_write


@app.command("report")
def report_command(
    run: RunFolder,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", help="The page (.html), or a folder for those of all reports.", show_default=False),
    ],
    doc: Annotated[
        str | None, typer.Option(help="The report, where the run holds several: its id, file or number.")
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Write the reading of reports as pages: themes in colour, references linked, findings listed."""
    from danvan_nlp.corpus import Corpus
    from danvan_nlp.pages.index import INDEX, report_pages
    from danvan_nlp.pages.report import report_page

    store = Corpus.from_run(run).store
    if doc is None and not out.suffix:
        names = [INDEX, *(f"{doc_id}.html" for doc_id in store.documents["doc_id"])]
        written = report_pages(run, folder_to_write(out, names, overwrite=overwrite))[0]
    else:
        chosen = None if doc is None else store.document(doc)
        written = report_page(run, file_to_write(out, ".html", overwrite=overwrite), doc_id=chosen)
    typer.echo(f"Written to {written}")
