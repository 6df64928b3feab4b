"""The tables of a run on disk: read when they are first needed, column by column."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from danvan_nlp.corpus.index import Longs, TokenIndex, build_index
from danvan_nlp.errors import UsageError
from danvan_nlp.language.key import fold, slug
from danvan_nlp.run_folder import read_record
from danvan_nlp.tables.read import make_frame, told_if_damaged
from danvan_nlp.tables.schema import TABLES

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Mask = npt.NDArray[np.bool_]
PROSE = ("sentence", "footnote")
_LISTED = 20
_NUMBERED = re.compile(r"0*(\d+[a-z]?)\s*(?:/(\d{4}))?\s*[-/]\s*(.+)")


class Store:
    """One run's folder; nothing is read before it is asked for.

    Parameters
    ----------
    folder : path-like
        What ``danvan run … --out`` wrote, in Parquet.

    Raises
    ------
    UsageError
        The folder holds no Parquet tables.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        if not (self.folder / "sentences.parquet").exists():
            raise UsageError(
                f"{self.folder} holds no Parquet tables; give the folder that 'danvan run … --out' wrote, "
                "with --format parquet"
            )
        self._columns: dict[tuple[str, str], Any] = {}

    def column(self, table: str, name: str) -> pa.ChunkedArray:
        """One column, read once."""
        import pyarrow as pa
        import pyarrow.dataset as ds

        if (table, name) not in self._columns:
            path = self.folder / f"{table}.parquet"
            with told_if_damaged(path):
                column = ds.dataset(path, format="parquet").to_table(columns=[name]).column(name)
            # One chunk is looked up faster than many; more than 2 GiB of text does not fit into one.
            small = column.nbytes < 2**31
            self._columns[table, name] = pa.chunked_array([column.combine_chunks()]) if small else column
        return self._columns[table, name]

    def read(self, table: str, mask: Mask | None = None, columns: list[str] | None = None) -> pd.DataFrame:
        """Rows of a table as a DataFrame with the contract's types."""
        import pyarrow as pa
        import pyarrow.dataset as ds

        path = self.folder / f"{table}.parquet"
        with told_if_damaged(path):
            data = ds.dataset(path, format="parquet")
            # A run written by an earlier release may lack a column that was added since.
            rows = data.to_table(columns=columns or [name for name in TABLES[table] if name in data.schema.names])
        if mask is not None:
            rows = rows.filter(pa.array(mask))
        return to_frame(rows, table)

    @cached_property
    def record(self) -> dict[str, Any] | None:
        """What ``run.json`` holds; None where there is none."""
        return read_record(self.folder)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """One row a document."""
        return self.read("documents")

    @cached_property
    def years(self) -> list[int | None]:
        """Year of each document's date."""
        return [int(str(d)[:4]) if isinstance(d, str) and d[:4].isdigit() else None for d in self.documents["date"]]

    def document_of(self, table: str) -> npt.NDArray[np.int32]:
        """Row in ``documents`` of each row of another table."""
        import pyarrow as pa
        import pyarrow.compute as pc

        ids = pa.array(self.documents["doc_id"].tolist(), pa.string())
        found = pc.index_in(self.column(table, "doc_id"), value_set=ids)
        return np.asarray(found.to_numpy(), np.int32)

    @cached_property
    def sentence_document(self) -> npt.NDArray[np.int32]:
        """Row in ``documents`` of each sentence."""
        return self.document_of("sentences")

    @cached_property
    def starts(self) -> Longs:
        """Where each sentence starts."""
        return np.asarray(self.column("sentences", "start").to_numpy(), np.int64)

    @cached_property
    def roles(self) -> npt.NDArray[np.str_]:
        """Role of each sentence."""
        return np.asarray(self.column("sentences", "role").to_numpy()).astype("U8")

    @cached_property
    def prose(self) -> Mask:
        """Which sentences are sentences or footnotes."""
        return np.isin(self.roles, PROSE)

    @cached_property
    def themes(self) -> tuple[list[str], Mask]:
        """The themes of the run, sorted, and which sentence has which: shape (n_sentences, n_themes)."""
        import pyarrow.compute as pc

        lists = self.column("sentences", "themes")
        names = sorted(pc.unique(pc.list_flatten(lists)).to_pylist())
        has = np.zeros((len(lists), len(names)), bool)
        if names:
            code = {name: i for i, name in enumerate(names)}
            encoded = pc.list_flatten(lists).combine_chunks().dictionary_encode()
            table = np.array([code[name] for name in encoded.dictionary.to_pylist()], np.int64)
            has[pc.list_parent_indices(lists).to_numpy(), table[encoded.indices.to_numpy()]] = True
        return names, has

    @cached_property
    def index(self) -> TokenIndex:
        """The tokens as integers."""
        return build_index(self.column("sentences", "text"), self.column("sentences", "tokens"), self.starts)

    @cached_property
    def sentence_rows(self) -> dict[str, int]:
        """Row of each sentence by its id."""
        return {key: row for row, key in enumerate(self.column("sentences", "sentence_id").to_pylist())}

    @cached_property
    def reference_rows(self) -> Longs:
        """Row in ``sentences`` of each reference, -1 for one outside every sentence."""
        import pyarrow.compute as pc

        if not len(self.column("references", "sentence_id")):
            return np.empty(0, np.int64)
        ids = self.column("sentences", "sentence_id").combine_chunks()
        found = pc.index_in(self.column("references", "sentence_id"), value_set=ids)
        return np.asarray(pc.fill_null(found, -1).to_numpy(), np.int64)

    def targets(self, wanted: str) -> set[str]:
        """Ids of the directives that a person may mean by an id, a number with its symbol, a title or an alias.

        Parameters
        ----------
        wanted : str
            ``"114-KL/TW@TW@2015"``, ``"114-KL/TW"``, ``"04/2015/NĐ-CP"``, ``"Luật Thực hiện dân chủ ở cơ sở"``.

        Returns
        -------
        set of str
            All that fit: a number may have been given to several documents.
        """
        directives = self._directives
        if any(row[0] == wanted for row in directives):
            return {wanted}
        key = fold(wanted)
        called = {target for target, *_, names in directives if key in names}
        named = numbered(wanted)
        # A title may hold what looks like a number: "… giai đoạn 2011 - 2020".
        if called or not named:
            return called
        number, year, symbol = named
        return {
            target for target, n, s, y, _ in directives if n == number and s == symbol and (year is None or year == y)
        }

    def document(self, wanted: str) -> str:
        """Id of the report that a person means by an id or its beginning, a file's name, or a number with its symbol.

        Raises
        ------
        UsageError
            The run holds no such report, or several; the message lists them.
        """
        rows = records(self.documents[["doc_id", "paths", "number", "symbol"]])
        told = {row["doc_id"]: _called(row) for row in rows}
        named = [doc_id for doc_id, names in told.items() if fold(wanted) in names]
        fits = named or [doc_id for doc_id in told if wanted and doc_id.startswith(wanted)]
        if len(fits) == 1:
            return str(fits[0])
        if fits:
            raise UsageError(f"{len(fits)} reports are called {wanted!r}; choose one by its id: {', '.join(fits)}")
        listed = (Path(row["paths"][0]).stem for row in rows)
        raise unknown("report", wanted, listed)

    @cached_property
    def _directives(self) -> list[tuple[str, str, str, str, set[str]]]:
        columns = ("target_id", "number", "symbol", "year", "title", "aliases")
        values = zip(*(self.column("directives", c).to_pylist() for c in columns), strict=True)
        return [
            (target, fold(number or ""), _bare(fold(symbol or "")), year or "", {fold(n) for n in [title, *names] if n})
            for target, number, symbol, year, title, names in values
        ]


def numbered(text: str) -> tuple[str, str | None, str] | None:
    """Number, year in the number, and symbol without its signs, of a text that names a document by number.

    Examples
    --------
    >>> numbered("04/2015/NĐ-CP"), numbered("114-KL/TW"), numbered("Luật Khiếu nại")
    (('4', '2015', 'nđcp'), ('114', None, 'kltw'), None)
    """
    found = _NUMBERED.search(fold(text))
    return (found[1], found[2], _bare(found[3])) if found else None


def _bare(symbol: str) -> str:
    return "".join(c for c in symbol if c.isalnum())


def _called(document: dict[str, Any]) -> set[str]:
    """What a report may be called by: its id, its files with and without ending, its number with symbol."""
    files = [Path(path) for path in document["paths"]]
    names = [document["doc_id"], *(name for file in files for name in (file.name, file.stem))]
    if isinstance(document["number"], str) and isinstance(document["symbol"], str):
        names += [f"{document['number']}{sign}{document['symbol']}" for sign in "-/"]
    return {fold(name) for name in names}


def unknown(what: str, wanted: str, known: Iterable[str]) -> UsageError:
    """The error that something is not in a run, with what there is: what comes near, or else the first of all.

    Examples
    --------
    >>> unknown("place", "Cao Bang", ["Lạng Sơn", "Cao Bằng", "Cao Bằng"])
    UsageError("no place 'Cao Bang' in this run; there is: Cao Bằng")
    """
    by_key = {slug(name): name for name in sorted(set(known))}
    key = slug(wanted)
    near = [name for other, name in by_key.items() if key and key in other]
    near += [by_key[other] for other in get_close_matches(key, by_key, _LISTED)]
    listed = list(dict.fromkeys(near or by_key.values()))
    shown = ", ".join(listed[:_LISTED]) + (", …" if len(listed) > _LISTED else "")
    return UsageError(f"no {what} {wanted!r} in this run; there is: {shown or 'none'}")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a DataFrame as dicts."""
    names = [str(name) for name in frame.columns]
    columns = (frame[name].tolist() for name in frame.columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def to_frame(rows: pa.Table, table: str) -> pd.DataFrame:
    """An Arrow table as a DataFrame with the contract's types; lists become Python lists, maps dicts."""
    import pandas as pd

    columns = {}
    for name in rows.column_names:
        code = TABLES[table][name]
        values = rows.column(name)
        if code in "SMT":
            listed = values.to_pylist()
            columns[name] = pd.Series([dict(v) for v in listed] if code == "M" else listed, dtype="object", name=name)
        elif code == "s":
            columns[name] = pd.Series(pd.array(values, dtype="string"), name=name)
        else:
            columns[name] = pd.Series(values.to_numpy(), name=name)
    return pd.DataFrame(columns) if columns else make_frame([], table)
