"""The part of a run that a command is about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from danvan_nlp.corpus import Corpus

Place = Annotated[list[str] | None, typer.Option(help="Only reports of this place (may be repeated).")]
Level = Annotated[list[str] | None, typer.Option(help="trung_uong, cap_tinh, cap_huyen or cap_xa.")]
Year = Annotated[list[int] | None, typer.Option(help="Only reports of this year.")]
Theme = Annotated[list[str] | None, typer.Option(help="Only sentences with this theme: tiep_dan …")]
Cites = Annotated[list[str] | None, typer.Option(help="Only sentences that cite this directive: 114-KL/TW.")]


def filtered(
    run: Path,
    place: list[str] | None,
    level: list[str] | None,
    year: list[int] | None,
    theme: list[str] | None,
    cites: list[str] | None,
) -> Corpus:
    """The sentences of a run that meet the conditions; all where there are none."""
    from danvan_nlp.corpus import Corpus

    corpus = Corpus.from_run(run)
    if not any((place, level, year, theme, cites)):
        return corpus
    return corpus.filter(
        place=place or None, level=level or None, year=year or None, theme=theme or None, cites=cites or None
    )
