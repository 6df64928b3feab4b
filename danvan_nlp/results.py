"""What a run gives: its tables as DataFrames."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_nlp.tables import make_frame

if TYPE_CHECKING:
    import pandas as pd

    from danvan_nlp.indicators.pivot import IndicatorFrame

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Run:
    """The tables of a run; each is a pandas DataFrame in the columns of the data contract.

    Attributes
    ----------
    rows : dict of str to list of dict
        The same tables as plain rows.
    record : dict
        Versions, options and inputs: what ``run.json`` holds.
    out : Path or None
        Folder that the tables were written to.
    """

    rows: Rows
    record: dict[str, Any]
    out: Path | None = None

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self.rows[name])} {name}" for name in ("documents", "sentences", "references"))
        return f"<Run: {counts}{f', in {self.out}' if self.out else ''}>"

    def table(self, name: str) -> pd.DataFrame:
        """One table by its name."""
        return make_frame(self.rows[name], name)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """One row a document."""
        return self.table("documents")

    @cached_property
    def sections(self) -> pd.DataFrame:
        """One row a section."""
        return self.table("sections")

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row a unit of text: sentence, heading, footnote, administrative line, piece of a table."""
        return self.table("sentences")

    @cached_property
    def references(self) -> pd.DataFrame:
        """One row a mention of a directive."""
        return self.table("references")

    @cached_property
    def directives(self) -> pd.DataFrame:
        """One row a directive, with counts over all documents."""
        return self.table("directives")

    @cached_property
    def relations(self) -> pd.DataFrame:
        """One row a relation between two directives, or between the report and one."""
        return self.table("relations")

    @cached_property
    def indicators(self) -> IndicatorFrame:
        """One row a figure of the appendices; ``indicators.pivot`` puts places and years side by side."""
        from danvan_nlp.indicators.pivot import IndicatorFrame

        frame = IndicatorFrame(self.table("indicators"))
        frame.documents = tuple(self.rows["documents"])
        return frame

    @cached_property
    def quantities(self) -> pd.DataFrame:
        """One row a figure of the prose."""
        return self.table("quantities")

    @cached_property
    def findings(self) -> pd.DataFrame:
        """One row a thing that a person should look at."""
        return self.table("findings")

    @cached_property
    def problems(self) -> pd.DataFrame:
        """One row a file, or part of one, that could not be read; a file read twice; a correction that fits nothing."""
        return self.table("problems")
