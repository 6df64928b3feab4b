"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Reports = Annotated[
    list[str], typer.Argument(help="Reports, or the folder that 'danvan run' wrote.", show_default=False)
]
RunFolder = Annotated[Path, typer.Argument(help="Folder that 'danvan run … --out' wrote.", show_default=False)]
Registry = Annotated[list[Path] | None, typer.Option(help="CSV file with directives of your own.")]
Indicators = Annotated[list[Path] | None, typer.Option(help="TOML file with indicators of your own.")]
Corrections = Annotated[Path | None, typer.Option(help="CSV or XLSX file of corrections to lay over.")]
OwnModel = Annotated[Path | None, typer.Option(help="Folder of a theme model of your own.")]
OwnTaxonomy = Annotated[Path | None, typer.Option(help="Taxonomy of your own (TOML).")]
Jobs = Annotated[int, typer.Option(help="Processes that work side by side.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
JsonLines = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
Sheet = Annotated[
    Path | None, typer.Option("--out", "-o", help="Write a table to this .csv or .xlsx instead of printing.")
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what --out names.")]
