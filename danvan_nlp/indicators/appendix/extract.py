"""The statistics of a report's appendices as one list of facts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from danvan_nlp.indicators.appendix.facts import Fact, Setting, Spot, line_start, make_fact
from danvan_nlp.indicators.appendix.grid import Labelled, Row, is_register, labelled
from danvan_nlp.indicators.appendix.notices import is_too_long, is_too_wide, is_uncut
from danvan_nlp.indicators.appendix.outline import Place, places
from danvan_nlp.indicators.appendix.periods import report_years, years_of
from danvan_nlp.indicators.appendix.recognise import find_level, is_rate, recognise
from danvan_nlp.indicators.appendix.row_places import place_of
from danvan_nlp.indicators.catalogue import Catalogue, catalogue, in_city
from danvan_nlp.indicators.checks.check import PERCENT_NOTE, appendix_findings
from danvan_nlp.indicators.checks.stated import last_label, where
from danvan_nlp.indicators.numbers.cells import read_cell
from danvan_nlp.indicators.wording import read_label
from danvan_nlp.language.key import fold, make_key
from danvan_nlp.localities import provinces
from danvan_nlp.structure.tables.cells import is_period, is_total
from danvan_nlp.structure.tables.read import tables
from danvan_nlp.types import Cell, Header, Indicator, Report, Table

_BRACKETS = re.compile(r"\(([^()]*\d[^()]*)\)")
_TAGS = {"percent": "PCT", "logic": "LOGIC", "sum": "SUM"}
_LONGEST_LINE = 1000
_RATE_WORDS = {"ty", "le", "dat", "chiem"}
_BULLETS = "*+-–•●○▪"
_CITY = re.compile(r"\bthành (?:phố|ủy)\b")
_DISTRICTS = re.compile(r"\b(?:quận,? (?:và )?huyện|các quận)\b", re.IGNORECASE)
_LABEL = re.compile(r"[^:]{1,400}:\s*")


def extract(report: Report, *, own: Sequence[Path] = ()) -> list[Indicator]:
    """List the figures of a report's appendices, one row a stated fact.

    Parameters
    ----------
    report : Report
        The report; its units of role ``table`` tell where the tables stand.
    own : sequence of Path
        A user's files of indicators, in the form of ``data/indicators.toml``, laid over the package's.

    Returns
    -------
    list of Indicator
        In the order of the text. ``key`` is None where the meaning was not recognised.

    Examples
    --------
    >>> from danvan_nlp.types import Header, Source, Unit
    >>> text = "3. Công tác kiểm tra\\nNăm\\tSố đoàn KT\\n2019\\t04"
    >>> units = (Unit(start=0, end=20, role="heading"), Unit(start=21, end=len(text), role="table"))
    >>> facts = extract(Report(Source(text, "txt", ""), Header(), (), units))
    >>> [(f.section, f.key, f.year, f.value, f.raw) for f in facts]
    [('3', 'so_doan_kiem_tra', '2019', 4.0, '04')]
    """
    found = tables(report.text, report.units)
    known = _as_meant(catalogue(*own), report.header, found)
    years = report_years(report)
    facts: list[Indicator] = []
    for table, place in zip(found, places(report, found), strict=True):
        if not (is_too_wide(table) or is_uncut(table) or is_register(table)):
            facts += _read_table(report, table, place, years, known)
    return _with_findings(facts, known)


def _as_meant(known: Catalogue, header: Header, found: Sequence[Table]) -> Catalogue:
    """The catalogue with "thành phố" as a report of that city means it: its own level, not the one below."""
    issuer, province = fold(header.issuer or ""), provinces().get(header.locality or "")
    of_city = _CITY.search(issuer) or (province is not None and province.kind == "thành phố")
    # Only a city under the centre has districts below it.
    if of_city and (
        header.admin_level == "cap_tinh" or any(_DISTRICTS.search(c.text[:80]) for t in found for c in t.cells)
    ):
        return in_city(known, "tinh")
    return in_city(known, "huyen") if header.admin_level == "cap_huyen" and _CITY.search(issuer) else known


def _with_findings(facts: list[Indicator], known: Catalogue) -> list[Indicator]:
    """Say in the note of each fact what does not add up about it."""
    said: dict[tuple[int, int, str | None], list[str]] = defaultdict(list)
    for found in appendix_findings(facts, known):
        said[found.start, found.end, found.indicator].append(f"{_TAGS[found.kind]}: {found.message}")
    for i, fact in enumerate(facts):
        if words := said.get((fact.start, fact.end, fact.key)):
            # Several figures of one line stand at one place.
            mine = [w for w in words if where(fact) in w] or words
            notes = [fact.note] if fact.note else []
            facts[i] = replace(fact, note="; ".join(dict.fromkeys(notes + mine)))
    return facts


def _read_table(
    report: Report, table: Table, place: Place, years: tuple[int | None, int | None], known: Catalogue
) -> list[Indicator]:
    seen = labelled(table)
    heads = years_of([h[-1] for h in seen.headers if h])
    in_rows = years_of([label for row in seen.rows for label in row.labels])
    named = in_rows + heads
    first, last = years
    if (first is None or first == last) and len(set(named)) > 1:
        first, last = min(named), max(named)
    levels = {find_level(row.labels, (), "chung", known) for row in seen.rows if row.labels}
    levels_in_rows = frozenset(filter(None, levels))
    of_places = any(place_of(row, known) for row in seen.rows)
    kinds = not (in_rows or levels_in_rows or of_places)
    setting = Setting(report, table, place, first, last, len(heads) > 1, bool(in_rows), kinds, levels_in_rows, known)
    facts: list[Fact] = []
    for group in _lines(report.text, seen.rows) if table.layout == "list" else ((row,) for row in seen.rows):
        above = _headings_above(report.text, place.headings, group[0])
        for row in group:
            # The first statement of a line says what the others are about.
            headings = above if row is group[0] else (*group[0].labels[:1], *above)
            here = replace(setting, place=replace(place, headings=headings))
            span = _line_span(report.text, group) if table.layout == "list" else None
            facts += _with_rates(list(_row_facts(here, seen, row, span)))
    if not seen.rows:
        facts = list(_header_facts(setting, seen))
    return [fact.row for fact in _with_wholes(setting, _joined(facts))]


def _lines(text: str, rows: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    """The statements of a list, those of one line together."""
    group: list[Row] = []
    for row in rows:
        if group and not _on_one_line(text, group[0], row):
            yield tuple(group)
            group = []
        group.append(row)
    if group:
        yield tuple(group)


def _headings_above(text: str, headings: tuple[str, ...], row: Row) -> tuple[str, ...]:
    """The headings that a row stands under: a line with the bullet of a heading stands beside it."""
    mark = text[line_start(text, row.starts[0])] if row.starts else ""
    beside = mark in _BULLETS and mark and headings and headings[0].startswith(f"{mark} ")
    return headings[1:] if beside else headings


def _on_one_line(text: str, first: Row, row: Row) -> bool:
    """Whether a statement stands on the line of another before it."""
    if not (first.starts and row.starts) or not 0 < row.starts[0] - first.starts[0] <= _LONGEST_LINE:
        return False
    return "\n" not in text[first.starts[0] : row.starts[0]]


def _line_span(text: str, group: Sequence[Row]) -> tuple[int, int] | None:
    """The place that the figures of one line share, its bullet and label with it; None for a line too long to show."""
    cell, label = group[0].cells[0], group[0].starts[0] if group[0].starts else None
    together = label is not None and _LABEL.fullmatch(text, label, cell.start) is not None
    start = line_start(text, label if together and label is not None else cell.start)
    end = max(cell.end for row in group for cell in row.cells)
    return (start, end) if end - start <= _LONGEST_LINE else None


def _row_facts(setting: Setting, seen: Labelled, row: Row, span: tuple[int, int] | None = None) -> Iterator[Fact]:
    # "Sở Kế hoạch và Đầu tư" in a column of bodies names no plans.
    names = [
        x for x in row.labels if not (is_period(x) or is_total(x) or place_of(replace(row, labels=(x,)), setting.known))
    ]
    if setting.table.layout == "list" or setting.periods_in_columns or setting.rows_name_kinds:
        # "- Tổng số: 02 vụ" names what the heading above tells of, as does a row of sums below the kinds of it.
        names = names or [label for label in row.labels if is_total(label)]
    if row.unit and is_rate(row.unit, setting.known):
        names.insert(1, row.unit)
    for cell in row.cells:
        if is_too_long(cell):
            continue
        header = _header(seen, cell)
        # A title inside a table of two columns takes the place of the header above the figures.
        superseded = row.groups and len(seen.headers) == 2 and not read_label(" ".join(header)).has("so luong")
        n_row = len(names) + len(row.groups)
        labels = (*names, *row.groups, *(() if superseded else (h for h in header if not is_period(h))))
        here = recognise(labels, (*row.parents, *setting.place.headings), setting.known, rows=(0, n_row))
        documents = here is not None and here.kind.key.startswith("van_ban")
        figures = read_cell(cell.text, documents=documents, clauses=setting.table.layout == "list")
        whole = all((f.start, f.end) == (0, len(cell.text)) for f in figures)
        key = None if whole else make_key(setting.report.text[cell.start : cell.end])
        if key is not None and key.text != cell.text and "<br" not in key.text.lower():
            # The cell's text was put together from pieces: its figures have the first piece for their place.
            key = None
        for figure in figures:
            a, b = key.to_source(figure.start, figure.end) if key else (0, cell.end - cell.start)
            start, end = span or (cell.start + a, cell.start + b)
            spot = Spot(row, header, labels, n_row, cell.text, cell.column, start, end)
            yield make_fact(setting, figure, spot)


def _header(seen: Labelled, cell: Cell) -> tuple[str, ...]:
    """The headers of a cell's column; of a cell merged over several columns those that all of them share."""
    columns = seen.headers[cell.column : cell.column + cell.column_span]
    return tuple(h for h in columns[0] if all(h in other for other in columns)) if columns else ()


def _with_rates(facts: list[Fact]) -> list[Fact]:
    """Join a rate that stands in a column of its own to the count it belongs to."""
    kept: list[Fact] = []
    for fact in facts:
        mate = _count_of(fact, kept)
        if mate is not None and kept[mate].row.percent is None and kept[mate].row.value is not None:
            kept[mate] = _with_rate(kept[mate], fact.row, "column")
        else:
            kept.append(fact)
    return kept


def _with_rate(count: Fact, rate: Indicator, place: str) -> Fact:
    told = f"{PERCENT_NOTE}{rate.raw}, in a {place} of its own"
    note = "; ".join(x for x in (count.row.note, told) if x)
    percent = rate.percent if rate.percent is not None else rate.value
    return replace(count, row=replace(count.row, percent=percent, note=note))


def _joined(facts: Sequence[Fact]) -> list[Fact]:
    """Join the rates of a table to the counts that they belong to, wherever they stand, where the kind says so."""
    counts = {
        (name, f.row.level, f.row.year, f.about): i
        for i, f in enumerate(facts)
        if f.kind is not None and f.kind.form == "count" and f.row.value is not None and f.row.percent is None
        for name in (f.row.key, f.kind.rate if f.kind.joins else None)
    }
    mates = {
        i: counts.get((f.row.key, f.row.level, f.row.year, f.about))
        for i, f in enumerate(facts)
        if f.kind is not None and (f.rate_only or f.kind.form == "rate")
    }
    rates = {mate: i for i, mate in mates.items() if mate is not None}
    joined = [_with_rate(f, facts[rates[i]].row, "place") if i in rates else f for i, f in enumerate(facts)]
    return [fact for i, fact in enumerate(joined) if mates.get(i) is None]


def _count_of(fact: Fact, kept: Sequence[Fact]) -> int | None:
    """The count in the same row that a rate belongs to: beside it where its label names none, or of its indicator."""
    if fact.rate_only and kept and kept[-1].column == fact.column - 1 and not kept[-1].rate_only and _is_bare(fact):
        return len(kept) - 1
    for i in range(len(kept) - 1, -1, -1):
        count = kept[i]
        same_level = count.row.level == fact.row.level
        if fact.rate_only and fact.kind is not None and count.kind is fact.kind and same_level:
            return i
        if fact.rate_only and fact.kind is None and count.column == fact.column - 1 and not count.rate_only:
            return i
        if not fact.rate_only and not (fact.kind is not None and fact.kind.form == "rate"):
            return None
    return None


def _is_bare(fact: Fact) -> bool:
    """Whether a rate's column says nothing but that it is one: ``Tỷ lệ (%)``."""
    return set(read_label(last_label(fact.row)).words.split()) <= _RATE_WORDS


def _with_wholes(setting: Setting, facts: list[Fact]) -> list[Fact]:
    """Add the whole that only a fraction states, once for each level and year."""
    stated = {(f.row.key, f.row.level, f.row.year, f.about) for f in facts}
    result: list[Fact] = []
    for fact in facts:
        result.append(fact)
        name = fact.kind.denominator if fact.kind else None
        key = (name, fact.row.level, fact.row.year, fact.about)
        if name is None or fact.whole is None or key in stated:
            continue
        stated.add(key)
        note = "; ".join(x for x in (fact.row.note, "MULTI: the whole of the fraction") if x)
        whole = replace(fact.row, key=name, value=fact.whole, percent=None, note=note)
        result.append(Fact(whole, setting.known.indicators[name], fact.column, None, False, fact.about))
    return result


def _header_facts(setting: Setting, seen: Labelled) -> Iterator[Fact]:
    """Figures that stand in the headers of a table without rows: ``Mức độ 3 (357/534 thủ tục = 66,85%)``."""
    for cell in seen.header_cells:
        brackets = _BRACKETS.search(cell.text)
        inside = read_cell(brackets[1]) if brackets else read_cell(cell.text, clauses=True)
        header = seen.headers[cell.column]
        spot = Spot(Row((), (), None, (cell,)), header, header, 0, cell.text, cell.column, cell.start, cell.end)
        for figure in inside[:1] if brackets else inside:
            notes = (
                "HEADER: the figures stand in the column's header",
                *(n for n in figure.notes if "FRACTION" not in n),
            )
            yield make_fact(setting, replace(figure, notes=notes), spot)
