"""What a run gives: its tables as DataFrames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_nlp.errors import UsageError
from danvan_nlp.paths import PathLike
from danvan_nlp.run_folder import read_record
from danvan_nlp.tables import TABLES, make_frame
from danvan_nlp.tables.read import read_rows

if TYPE_CHECKING:
    import pandas as pd

    from danvan_nlp.indicators.pivot import IndicatorFrame

Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Run:
    """The tables of a run; each is a pandas DataFrame in the columns of the data contract.

    Attributes
    ----------
    rows : mapping of str to list of dict
        The same tables as plain rows.
    record : dict
        Versions, options and inputs: what ``run.json`` holds.
    out : Path or None
        Folder that holds the tables.
    """

    rows: Mapping[str, list[dict[str, Any]]]
    record: dict[str, Any]
    out: Path | None = None

    def __repr__(self) -> str:
        return f"<Run: {len(self.rows['documents'])} documents{f', in {self.out}' if self.out else ''}>"

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


class _Written(Mapping[str, list[dict[str, Any]]]):
    """The tables of a folder, each read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: Rows = {}

    def __getitem__(self, name: str) -> list[dict[str, Any]]:
        if name not in self._read:
            self._read[name] = read_rows(self._folder, name)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


def open_run(folder: PathLike) -> Run:
    """Open what ``danvan run … --out FOLDER`` wrote; tables are read when they are first needed.

    Parameters
    ----------
    folder : path-like
        The folder.

    Returns
    -------
    Run
        As `danvan_nlp.run` gave it.

    Raises
    ------
    UsageError
        The folder holds no run, or one that was not finished.

    Examples
    --------
    >>> import tempfile, danvan_nlp
    >>> with tempfile.TemporaryDirectory() as name:
    ...     report, out = Path(name, "a.txt"), Path(name, "tables")
    ...     _ = report.write_text("PHỤ LỤC\\n1. Hòa giải\\nNăm\\tTổng số\\n2019\\t41\\n", encoding="utf-8")
    ...     _ = danvan_nlp.run(report, out)
    ...     open_run(out).indicators.pivot()["2019"].tolist()
    [41.0]
    """
    record = read_record(Path(folder))
    if record is None:
        raise UsageError(
            f"{folder} holds no finished run; give the folder that 'danvan run … --out' wrote, "
            "or go on with its run by --resume"
        )
    return Run(_Written(Path(folder)), record, Path(folder))
