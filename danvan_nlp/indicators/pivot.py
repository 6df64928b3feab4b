"""The indicators of many reports side by side: one row a place, one column a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from danvan_nlp.errors import UsageError
from danvan_nlp.findings import number, say
from danvan_nlp.indicators.catalogue import catalogue
from danvan_nlp.indicators.places import Place, place_of_report, place_of_row
from danvan_nlp.localities import provinces

Row = Mapping[str, Any]
_Cell = tuple[str, str, Place, str]
"""Indicator, level, place and year."""
_NAMES = ("indicator", "level", "place")


class IndicatorFrame(pd.DataFrame):
    """The table ``indicators``: a DataFrame that knows the reports its rows come from."""

    _metadata = ["documents"]  # noqa: RUF012 - pandas reads it from the class
    documents: tuple[Row, ...] = ()

    @property
    def _constructor(self) -> type[IndicatorFrame]:
        return IndicatorFrame

    def pivot(  # type: ignore[override]  # with the arguments of pandas it is the pivot of pandas
        self,
        indicator: str | Sequence[str] | None = None,
        *,
        level: str | None = None,
        places: Literal["report", "today"] = "report",
        **layout: Any,
    ) -> pd.DataFrame:
        """Put the indicators of many places and years side by side.

        Parameters
        ----------
        indicator : str or sequence of str, optional
            Keys of the indicators; all by default.
        level : str, optional
            Only this level: ``"cap_tinh"``, ``"cap_huyen"`` …
        places : {"report", "today"}
            Provinces as they were when the report was written, or as they are since 1 July 2025, when 63 became 34
            (``data/localities.csv`` names the resolution). Counts of the provinces that a province of today was made
            of are summed where all of them are there; rates and yes or no are not. Places below the province are left
            as they were.
        **layout
            Given ``columns``, this is `pandas.DataFrame.pivot`.

        Returns
        -------
        pandas.DataFrame
            Values by indicator, level and place (the index, ``""`` where a table names no level) and year; a figure
            without a year stands under its report's. A row of a table of several places stands under its own place.
            ``attrs["notes"]`` says in words what was chosen, summed or left empty.

        Raises
        ------
        UsageError
            The run holds no figure of an indicator, or the rows come from no run.

        Examples
        --------
        >>> def report(doc_id, locality):
        ...     return {"doc_id": doc_id, "locality": locality, "date": "2019-12-05", "issuer": None, "place": None,
        ...             "title": None, "recipients": []}
        >>> def fact(doc_id, value):
        ...     return {"doc_id": doc_id, "indicator": "hoa_giai_tong", "level": None, "year": "2019", "value": value,
        ...             "unit": "vụ việc", "about": None}
        >>> run = IndicatorFrame([fact("a", 41.0), fact("b", 60.0)])
        >>> run.documents = (report("a", "kon-tum"), report("b", "quang-ngai"))
        >>> run.pivot("hoa_giai_tong").droplevel(["indicator", "level"]).to_dict()
        {'2019': {'Kon Tum': 41.0, 'Quảng Ngãi': 60.0}}
        >>> today = run.pivot("hoa_giai_tong", places="today")
        >>> today.droplevel(["indicator", "level"]).to_dict()
        {'2019': {'Quảng Ngãi': 101.0}}
        >>> today.attrs["notes"]
        ['Quảng Ngãi, hoa_giai_tong, 2019: cộng số của Kon Tum, Quảng Ngãi']
        """
        if layout:
            return pd.DataFrame(self).pivot(**layout)
        wanted = {indicator} if isinstance(indicator, str) else set(indicator) if indicator is not None else None
        plain = pd.DataFrame(self).astype(object)
        rows = [dict(zip(plain.columns, row, strict=True)) for row in plain.where(plain.notna(), None).to_numpy()]
        held = {row["indicator"] for row in rows if row["indicator"]}
        if missing := sorted((wanted or set()) - held):
            raise UsageError(f"no figure of {', '.join(missing)} here; there are {', '.join(sorted(held)) or 'none'}")
        chosen = [
            row
            for row in rows
            if row["indicator"] in (wanted or held) and row["value"] is not None and level in (None, row["level"])
        ]
        documents = {document["doc_id"]: document for document in self.documents}
        if any(row["doc_id"] not in documents for row in chosen):
            raise UsageError("rows whose reports are not known here; take them from the indicators of a run")
        table = _Table()
        table.fill(chosen, documents)
        if places == "today":
            table = table.today()
        return table.frame()


@dataclass(slots=True)
class _Table:
    """Values by indicator, level, place and year, and what is to be said of them."""

    values: dict[_Cell, float | None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def fill(self, rows: Iterable[Row], documents: Mapping[str, Row]) -> None:
        """Take one value a cell: where reports differ that of the latest, where one report differs none."""
        cells: dict[_Cell, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
        units: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            document = documents[row["doc_id"]]
            own = place_of_report(document)
            place = place_of_row(row["about"], own) if row["about"] else own or _unnamed(document)
            year = row["year"] or (document["date"] or "")[:4]
            cells[row["indicator"], row["level"] or "", place, year][row["doc_id"]].append(row["value"])
            units[row["indicator"]].add(row["unit"] or "")
        for cell, stated in cells.items():
            latest = max(stated, key=lambda doc_id: (documents[doc_id]["date"] or "", doc_id))
            self.values[cell] = stated[latest][0]
            given = sorted({value for values in stated.values() for value in values})
            if len(set(stated[latest])) > 1:
                self.values[cell] = None
                self._note("pivot_two_in_one", cell, values="; ".join(map(number, sorted(set(stated[latest])))))
            elif len(given) > 1:
                self._note("pivot_later_report", cell, values="; ".join(map(number, given)))
        for key, names in units.items():
            if len(names) > 1:
                self.notes.append(say("pivot_units", where=key, units="; ".join(sorted(names))))

    def today(self) -> _Table:
        """The same for the provinces since 1 July 2025."""
        made = _Table(notes=list(self.notes))
        groups: dict[_Cell, dict[str, float | None]] = defaultdict(dict)
        below: set[str] = set()
        for (key, level, place, year), value in self.values.items():
            province = provinces().get(place.slug)
            if province is None:
                made.values[key, level, place, year] = value
                below.add(place.label)
                continue
            now = provinces()[province.merged_into or province.slug]
            groups[key, level, Place(now.name, now.slug, now.slug), year][province.slug] = value
        for cell, parts in groups.items():
            made.values[cell] = made._joined(cell, parts)
        if below:
            made.notes.append(say("pivot_below", places="; ".join(sorted(below))))
        return made

    def _joined(self, cell: _Cell, parts: Mapping[str, float | None]) -> float | None:
        """The value of a province of today from those of the provinces it was made of."""
        whole = {p.slug for p in provinces().values() if (p.merged_into or p.slug) == cell[2].slug}
        if whole == set(parts) and len(whole) == 1:
            return next(iter(parts.values()))
        kind = catalogue().indicators.get(cell[0])
        known = {part: value for part, value in parts.items() if value is not None}
        if kind is None or kind.form != "count":
            self._note("pivot_not_summed", cell, parts=_named(parts))
            return None
        if missing := whole - set(known):
            self._note("pivot_incomplete", cell, parts=_named(known), missing=_named(missing))
            return None
        self._note("pivot_summed", cell, parts=_named(known))
        return sum(known.values())

    def _note(self, message: str, cell: _Cell, **facts: str) -> None:
        key, level, place, year = cell
        where = ", ".join(x for x in (place.label, key, level, year) if x)
        self.notes.append(say(message, where=where, **facts))

    def frame(self) -> pd.DataFrame:
        """The table as a DataFrame, single years before stretches of years."""
        lines: dict[tuple[str, str, str], dict[str, float | None]] = defaultdict(dict)
        for (key, level, place, year), value in sorted(self.values.items(), key=lambda item: item[0]):
            lines[key, level, place.label][year] = value
        years = sorted({cell[3] for cell in self.values}, key=lambda year: ("-" in year, year))
        index = pd.MultiIndex.from_tuples(list(lines), names=_NAMES) if lines else None
        columns = pd.Index(years, name="year")
        frame = pd.DataFrame(list(lines.values()), index=index, columns=columns, dtype="float64")
        frame.attrs["notes"] = list(self.notes)
        return frame


def _named(slugs: Iterable[str]) -> str:
    return ", ".join(sorted(provinces()[slug].name for slug in slugs))


def _unnamed(document: Row) -> Place:
    """A report that names no place stands for itself."""
    return Place(document["issuer"] or document["doc_id"], document["doc_id"], None)
