"""A run as a corpus: filter it, ask it, and get rows that lead back to their sentences."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from danvan_nlp.corpus.compare import compare
from danvan_nlp.corpus.cooccurrence import cooccurrence
from danvan_nlp.corpus.index import Longs
from danvan_nlp.corpus.keyness import keyness
from danvan_nlp.corpus.kwic import kwic
from danvan_nlp.corpus.names import names, theme_names
from danvan_nlp.corpus.phrases import phrases
from danvan_nlp.corpus.reuse import reuse
from danvan_nlp.corpus.share import theme_share
from danvan_nlp.corpus.similar import similar_sentences
from danvan_nlp.corpus.store import Mask, Store, unknown
from danvan_nlp.errors import UsageError
from danvan_nlp.language.key import slug

if TYPE_CHECKING:
    import pandas as pd

Texts = str | Iterable[str]


@dataclass(frozen=True)
class Corpus:
    """Sentences of a run, all of them or a part.

    Parameters
    ----------
    store : Store
        The run's tables.
    mask : array of bool, shape (n_sentences,), optional
        Which sentences belong to this corpus; all of them where None.

    Examples
    --------
    >>> corpus = Corpus.from_run("demo")                                            # doctest: +SKIP
    >>> corpus.filter(level="cap_huyen", theme="tiep_dan").kwic("đối thoại")        # doctest: +SKIP
    """

    store: Store
    mask: Mask | None = None

    def __repr__(self) -> str:
        return f"<Corpus: {len(self):,} sentences of {len(self.documents):,} reports, in {self.store.folder}>"

    # The verbs, each in a module of its own.
    kwic = kwic
    keyness = keyness
    cooccurrence = cooccurrence
    theme_share = theme_share
    phrases = phrases
    similar_sentences = similar_sentences
    reuse = reuse
    compare = compare

    @classmethod
    def from_run(cls, folder: str | os.PathLike[str]) -> Corpus:
        """Open what ``danvan run … --out FOLDER`` wrote, in Parquet; tables are read when they are first needed.

        Raises
        ------
        UsageError
            The folder holds no Parquet tables.
        """
        return cls(Store(folder))

    def filter(
        self,
        *,
        place: Texts | None = None,
        level: Texts | None = None,
        year: int | str | Iterable[int | str] | None = None,
        theme: Texts | None = None,
        cites: Texts | None = None,
        role: Texts | None = None,
        doc_id: Texts | None = None,
    ) -> Corpus:
        """The sentences that meet every condition; of several values for one condition, any will do.

        Parameters
        ----------
        place : str or iterable of str
            Name or slug of the place that issued the report: ``"Cao Bằng"``, ``"cao-bang"``.
        level : str or iterable of str
            ``"trung_uong"``, ``"cap_tinh"``, ``"cap_huyen"``, ``"cap_xa"``.
        year : int, str or iterable of them
            Year of the report's date.
        theme : str or iterable of str
            Key of a theme that the sentence has.
        cites : str or iterable of str
            Directive that the sentence cites: an id, a number with its symbol, a title or an alias.
        role : str or iterable of str
            ``"sentence"``, ``"footnote"``, ``"heading"``, ``"admin"``, ``"table"``.
        doc_id : str or iterable of str
            Documents by id.

        Returns
        -------
        Corpus
            The part; it shares what was read and built.

        Raises
        ------
        UsageError
            There is no such theme, level or role, the run has no such place or year or cites no such directive, or the
            year is no number; the message lists what there is.
        """
        keep = self.selected.copy()
        documents = self._documents_with(place, level, year, doc_id)
        if documents is not None:
            keep &= documents[self.store.sentence_document] if len(documents) else False
        if theme is not None:
            keep &= self._with_theme(_listed(theme))
        if role is not None:
            keep &= np.isin(self.store.roles, _known("role", _listed(role), names("roles")))
        if cites is not None:
            keep &= self._citing(_listed(cites))
        return Corpus(self.store, keep)

    def _documents_with(
        self, place: Texts | None, level: Texts | None, year: int | str | Iterable[int | str] | None, ids: Texts | None
    ) -> Mask | None:
        if place is None and level is None and year is None and ids is None:
            return None
        documents = self.store.documents
        keep = np.ones(len(documents), bool)
        if place is not None:
            pairs = zip(documents["locality"], documents["place"], strict=True)
            of_each = [{slug(n) for n in pair if isinstance(n, str)} for pair in pairs]
            held = set().union(*of_each)
            for name in _listed(place):
                if slug(name) not in held:
                    raise unknown("place", name, documents["place"].dropna())
            wanted = {slug(p) for p in _listed(place)}
            keep &= np.array([bool(names & wanted) for names in of_each], bool)
        if level is not None:
            keep &= documents["admin_level"].isin(_known("level", _listed(level), names("levels"))).to_numpy(bool)
        if year is not None:
            years = {_whole(y) for y in ([year] if isinstance(year, int | str) else year)}
            if years and years.isdisjoint(self.store.years):
                asked = ", ".join(map(str, sorted(years)))
                raise unknown("year", asked, (str(y) for y in self.store.years if y is not None))
            keep &= np.array([y in years for y in self.store.years], bool)
        if ids is not None:
            keep &= documents["doc_id"].isin(_listed(ids)).to_numpy(bool)
        return keep

    def _with_theme(self, themes: list[str]) -> Mask:
        of_run, has = self.store.themes
        _known("theme", themes, dict.fromkeys([*theme_names(self.store.record), *of_run]))
        return np.asarray(has[:, [i for i, name in enumerate(of_run) if name in themes]].any(axis=1), bool)

    def _citing(self, wanted: list[str]) -> Mask:
        meant_by = {name: self.store.targets(name) for name in wanted}
        for name, found in meant_by.items():
            if not found:
                raise unknown("directive", name, self.store.column("directives", "target_id").to_pylist())
        targets = set().union(*meant_by.values())
        keep = np.zeros(len(self.store.starts), bool)
        rows = self.store.reference_rows
        meant = [target in targets for target in self.store.column("references", "target_id").to_pylist()]
        keep[rows[np.array(meant, bool) & (rows >= 0)]] = True
        return keep

    @cached_property
    def selected(self) -> Mask:
        """Which sentences of the run belong to this corpus."""
        return np.ones(len(self.store.starts), bool) if self.mask is None else self.mask

    @cached_property
    def prose(self) -> Mask:
        """Which sentences of this corpus are sentences or footnotes: what themes and word counts are about."""
        return self.selected & self.store.prose

    def __len__(self) -> int:
        return int(self.selected.sum())

    @property
    def documents(self) -> pd.DataFrame:
        """The documents that hold at least one sentence of this corpus."""
        if self.mask is None:
            return self.store.documents
        held = np.zeros(len(self.store.documents), bool)
        held[self.store.sentence_document[self.selected]] = True
        return self.store.documents[held].reset_index(drop=True)

    @property
    def sentences(self) -> pd.DataFrame:
        """The sentences, in the columns of the data contract."""
        return self.store.read("sentences", self.mask)

    @property
    def references(self) -> pd.DataFrame:
        """The references that stand in the sentences."""
        return self.store.read("references", self.reference_mask)

    @property
    def reference_mask(self) -> Mask | None:
        """Which references stand in the sentences of this corpus; None where all do."""
        if self.mask is None:
            return None
        rows = self.store.reference_rows
        return np.asarray((rows >= 0) & self.selected[np.maximum(rows, 0)], bool) if len(rows) else np.empty(0, bool)

    @property
    def directives(self) -> pd.DataFrame:
        """The directives that the sentences cite, most cited first, counted over these sentences."""
        found = self.references.dropna(subset=["target_id"]).groupby("target_id")
        counts = found.agg(n_mentions=("ref_id", "size"), n_documents=("doc_id", "nunique")).reset_index()
        known = self.store.read("directives").drop(columns=["n_mentions", "n_documents"])
        rows = known.merge(counts, on="target_id", how="inner")
        order = ["n_mentions", "n_documents", "target_id"]
        return rows.sort_values(order, ascending=[False, False, True]).reset_index(drop=True)

    def to_pandas(self) -> pd.DataFrame:
        """The sentences with the facts of their documents: ``place``, ``admin_level``, ``locality``, ``year``."""
        columns = ["section_id", "text", "role", "themes"]
        sentences = self.store.read("sentences", self.mask, columns)
        facts = self.rows(np.flatnonzero(self.selected))
        for column in columns:
            facts[column] = sentences[column]
        return facts

    def rows(self, rows: Longs) -> pd.DataFrame:
        """Where sentences stand: ids, range, and the facts of their documents.

        Parameters
        ----------
        rows : array of int
            Row numbers of sentences in the run.

        Returns
        -------
        pandas.DataFrame
            ``doc_id, sentence_id, start, end, place, locality, admin_level, year``, one row each.
        """
        import pandas as pd
        import pyarrow as pa

        at = pa.array(rows)
        document = self.store.sentence_document[rows]
        facts = self.store.documents
        years = pd.array(self.store.years, dtype="Int64")
        taken = {name: self.store.column("sentences", name).take(at) for name in ("sentence_id", "start", "end")}
        return pd.DataFrame(
            {
                "doc_id": facts["doc_id"].array.take(document),
                "sentence_id": pd.array(taken["sentence_id"], dtype="string"),
                "start": taken["start"].to_numpy(),
                "end": taken["end"].to_numpy(),
                "place": facts["place"].array.take(document),
                "locality": facts["locality"].array.take(document),
                "admin_level": facts["admin_level"].array.take(document),
                "year": years.take(document),
            }
        )


def _listed(values: Texts) -> list[str]:
    return [values] if isinstance(values, str) else list(values)


def _known(what: str, values: list[str], known: Iterable[str]) -> list[str]:
    choices = list(known)
    for value in values:
        if value not in choices:
            raise UsageError(f"no {what} {value!r}; choose among {', '.join(choices)}")
    return values


def _whole(year: int | str) -> int:
    try:
        return int(year)
    except ValueError:
        raise UsageError(f"no year {year!r}; give a number, as 2020") from None
