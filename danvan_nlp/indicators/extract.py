"""The statistics of a report's appendices as one list of facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from danvan_nlp.indicators.catalogue import IndicatorKind, catalogue
from danvan_nlp.indicators.context import Place, marker_of, places
from danvan_nlp.indicators.figures import Figure, read_cell
from danvan_nlp.indicators.grid import Labelled, Row, is_register, labelled
from danvan_nlp.indicators.periods import report_years, stretch, year_of, years_of
from danvan_nlp.indicators.recognise import Recognised, find_level, is_rate, recognise
from danvan_nlp.indicators.wording import read_label
from danvan_nlp.language.key import make_key
from danvan_nlp.structure.grid import is_period, is_total
from danvan_nlp.structure.tables import tables
from danvan_nlp.types import Cell, Indicator, Report, Table

_BRACKETS = re.compile(r"\(([^()]*\d[^()]*)\)")
_LABEL = re.compile(r"[^:]{1,400}:\s*")
_UNIT = re.compile(r"\(([^()\d%]{2,30})\)")


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the facts of one table share."""

    report: Report
    table: Table
    place: Place
    first: int | None
    last: int | None
    periods_in_columns: bool
    levels_in_rows: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Fact:
    row: Indicator
    kind: IndicatorKind | None
    column: int
    whole: float | None
    rate_only: bool


def extract(report: Report) -> list[Indicator]:
    """List the figures of a report's appendices, one row a stated fact.

    Parameters
    ----------
    report : Report
        The report; its units of role ``table`` tell where the tables stand.

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
    first, last = report_years(report)
    facts: list[Indicator] = []
    for table, place in zip(found, places(report, found), strict=True):
        if not is_register(table):
            facts += _read_table(report, table, place, first, last)
    return facts


def _read_table(report: Report, table: Table, place: Place, first: int | None, last: int | None) -> list[Indicator]:
    seen = labelled(table)
    periods = years_of([row.labels[0] for row in seen.rows if row.labels])
    heads = years_of([h[-1] for h in seen.headers if h])
    if (first is None or first == last) and len(set(periods + heads)) > 1:
        first, last = min(periods + heads), max(periods + heads)
    levels = {find_level(row.labels, (), "chung") for row in seen.rows if row.labels}
    setting = _Setting(report, table, place, first, last, len(heads) > 1, frozenset(lv for lv in levels if lv))
    facts: list[_Fact] = []
    for row in seen.rows:
        facts += _with_rates(list(_row_facts(setting, seen, row)))
    if not seen.rows:
        facts = list(_header_facts(setting, seen))
    return [fact.row for fact in _with_wholes(facts)]


def _row_facts(setting: _Setting, seen: Labelled, row: Row) -> Iterator[_Fact]:
    for cell in row.cells:
        header = seen.headers[cell.column] if cell.column < len(seen.headers) else ()
        names = [label for label in row.labels if not (is_period(label) or is_total(label))]
        # In a table of two columns a title inside the table takes the place of the header above the figures.
        kept = (
            () if row.groups and len(seen.headers) == 2 and not read_label(" ".join(header)).has("so luong") else header
        )
        labels = (*names, *row.groups, *(h for h in kept if not is_period(h)))
        here = recognise(labels, setting.place.headings)
        documents = here is not None and here.kind.key.startswith("van_ban")
        figures = read_cell(cell.text, documents=documents, clauses=setting.table.layout == "list")
        key = _offsets(setting, cell) if any((f.start, f.end) != (0, len(cell.text)) for f in figures) else None
        for figure in figures:
            start, end = key(figure.start, figure.end) if key else (cell.start, cell.end)
            if setting.table.layout == "list" and figure.start == 0:
                start = _statement_start(setting.report.text, row, cell.start)
            yield _fact(setting, figure, labels, row, header, (start, end), cell.column, cell.text)


def _offsets(setting: _Setting, cell: Cell):  # type: ignore[no-untyped-def]
    key = make_key(setting.report.text[cell.start : cell.end])

    def place(start: int, end: int) -> tuple[int, int]:
        a, b = key.to_source(start, end)
        return cell.start + a, cell.start + b

    return place


def _statement_start(text: str, row: Row, at: int) -> int:
    """Where a statement begins, its label with it where they stand together."""
    label = row.starts[0] if row.starts else at
    return _line_start(text, label if _LABEL.fullmatch(text, label, at) else at)


def _line_start(text: str, at: int) -> int:
    """Where the statement of a list begins, with its bullet."""
    left = max(text.rfind("\n", 0, at), text.rfind(";", 0, at)) + 1
    return left + len(text[left:at]) - len(text[left:at].lstrip())


def _fact(
    setting: _Setting,
    figure: Figure,
    labels: Sequence[str],
    row: Row,
    header: Sequence[str],
    span: tuple[int, int],
    column: int,
    words: str,
) -> _Fact:
    own = [figure.label] if figure.label else []
    headings = setting.place.headings
    if figure.clause:
        here = recognise(own, (*labels, *headings))
    else:
        texts = [words] if figure.text or figure.bare_rate else [figure.unit] if figure.unit else []
        here = recognise((*own, *labels, *texts), headings)
    notes = list(figure.notes)
    if here is not None and here.rival and not figure.clause:
        notes.append(f"AMBIGUOUS: also reads as {here.rival}")
    key_label = next((x for x in (*own, *labels)), "")
    in_rates = is_rate(key_label) or (bool(header) and is_rate(header[0]))
    kind, value, percent, rate_only = _measured(figure, here, in_rates)
    if figure.unlabelled:
        kind = None
    level = _level(setting, kind, (*own, *row.labels, *row.groups, *header), figure, row)
    indicator = Indicator(
        section=_section(setting, row),
        key=kind.key if kind else None,
        label=" > ".join(
            _unique([*reversed(row.groups), *_named(setting, row), *_columns(setting, row, header), *own])
        ),
        level=level,
        year=None if kind and kind.yearless else _year(setting, row, header),
        value=value,
        percent=percent,
        unit=_unit(kind, figure, (*own, *labels), row, in_rates),
        raw=" ".join(setting.report.text[span[0] : span[1]].split()),
        start=span[0],
        end=span[1],
        note="; ".join(dict.fromkeys(notes)) or None,
    )
    return _Fact(indicator, kind, column, figure.whole, rate_only)


def _unique(labels: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(label for label in labels if label))


def _named(setting: _Setting, row: Row) -> list[str]:
    """The row's labels, the outermost first, but for those that only say when or at which level."""
    if setting.table.layout == "list":
        return list(reversed(row.labels))
    bare = (x for x in reversed(row.labels) if not (is_period(x) or is_total(x)))
    return [
        x
        for x in bare
        if not (x.lower().startswith(("cấp ", "toàn ")) and len(x) < 40 and find_level((x,), (), "chung"))
    ]


def _columns(setting: _Setting, row: Row, header: Sequence[str]) -> list[str]:
    """The column's headers, the outermost first, but for a period, or a header that a title in the table replaces."""
    if row.groups and setting.table.n_columns == 2:
        return []
    return [x for x in reversed(header) if not (is_period(x) or (setting.periods_in_columns and is_total(x)))]


def _measured(
    figure: Figure, here: Recognised | None, in_rates: bool
) -> tuple[IndicatorKind | None, float | None, float | None, bool]:
    """What a figure measures: indicator, value, percent, and whether it is the rate of a count told elsewhere."""
    kind = here.kind if here else None
    value, percent = figure.value, figure.percent
    rate = percent if figure.bare_rate else value
    if kind is None:
        return None, (rate if in_rates else value), (None if in_rates else percent), in_rates and not figure.clause
    if kind.form == "rate":
        if figure.whole is not None and percent is None:
            return kind, None, None, False
        return kind, percent if percent is not None else value, None, False
    if kind.form == "yes":
        return kind, value if value is None else float(value > 0), None, False
    if figure.bare_rate or in_rates:
        if kind.rate is not None and rate is not None and figure.whole is None:
            return catalogue().indicators[kind.rate], rate, None, False
        if figure.bare_rate or figure.value is not None:
            return kind, None, rate, in_rates
    if figure.text and figure.value:
        # "Có" says that there are some, not how many.
        return kind, None, percent, False
    return kind, value, percent, False


def _level(
    setting: _Setting, kind: IndicatorKind | None, labels: Sequence[str], figure: Figure, row: Row
) -> str | None:
    name = kind.levels if kind else "chung"
    headings = setting.place.headings
    if figure.part:
        own = find_level((figure.place,), (), name) or find_level((figure.place,), (), "chung")
        return own or find_level(labels, headings, name)
    level = find_level(labels, headings, name)
    if level is None and name != "chung":
        level = find_level(labels, headings, "chung")
    parts = "MULTI" in "".join(figure.notes) and not figure.clause
    total = any(is_total(label) for label in row.labels) and len(setting.levels_in_rows) > 1
    if level is None and (total or (parts and _has_level_parts(figure))):
        return _whole_level(setting)
    return level


def _has_level_parts(figure: Figure) -> bool:
    note = read_label(" ".join(figure.notes))
    return note.has("huyen") and note.has("xa")


def _whole_level(setting: _Setting) -> str | None:
    """The level that stands for all of a table's levels: the whole province, or the whole district."""
    if "cap_tinh" in setting.levels_in_rows or setting.report.header.admin_level == "cap_tinh":
        return "toan_tinh"
    if setting.report.header.admin_level == "cap_huyen" or "cap_huyen" in setting.levels_in_rows:
        return "toan_huyen"
    return None


def _section(setting: _Setting, row: Row) -> str | None:
    """The number of the list entry that a statement stands under, or of the table's section."""
    for start in row.starts:
        text = setting.report.text
        marker = marker_of(text[_line_start(text, start) : start + 1])[1]
        if marker and marker[0].isdigit():
            return marker
    return setting.place.section


def _year(setting: _Setting, row: Row, header: Sequence[str]) -> str | None:
    for label in (*row.labels, *row.groups):
        if (year := year_of(label, setting.first, setting.last)) is not None:
            return year
    for label in header:
        if is_total(label) and not setting.periods_in_columns:
            continue
        if (year := year_of(label, setting.first, setting.last)) is not None:
            return year
    for heading in setting.place.headings[:2]:
        named = re.findall(r"(?<!luật )(?:trong|của|số liệu|kết quả|,|\()\s*năm ((?:19|20)\d\d)", heading.lower())
        if len(named) == 1:
            return str(named[0])
    return stretch(setting.first, setting.last)


def _unit(kind: IndicatorKind | None, figure: Figure, labels: Sequence[str], row: Row, in_rates: bool) -> str | None:
    if kind is None:
        return "%" if figure.bare_rate or in_rates else row.unit or figure.unit
    printed = [figure.unit or "", row.unit or ""]
    printed += [m.lower() for label in labels for m in _UNIT.findall(label)]
    for words in printed:
        best = [u for u in kind.units if words == u or words.startswith(u + " ")]
        if best:
            return max(best, key=len)
    return kind.units[0]


def _with_rates(facts: list[_Fact]) -> list[_Fact]:
    """Join a rate that stands in a column of its own to the count it belongs to."""
    kept: list[_Fact] = []
    for fact in facts:
        rate = fact.row.percent if fact.row.percent is not None else fact.row.value
        mate = None
        if fact.rate_only and rate is not None:
            same = [
                i for i, k in enumerate(kept) if fact.kind and k.kind is fact.kind and k.row.level == fact.row.level
            ]
            beside = [i for i, k in enumerate(kept) if k.column == fact.column - 1 and not k.rate_only]
            mate = (same or ([] if fact.kind else beside) or [None])[-1]  # type: ignore[list-item]
        if mate is None and fact.kind is not None:
            counts = (i for i, k in enumerate(kept) if k.kind and k.kind.joins and k.kind.rate == fact.kind.key)
            mate = next((i for i in counts if kept[i].row.level == fact.row.level), None)
        if mate is not None and kept[mate].row.percent is None and kept[mate].row.value is not None:
            kept[mate] = replace(kept[mate], row=replace(kept[mate].row, percent=rate))
        else:
            kept.append(fact)
    return kept


def _with_wholes(facts: list[_Fact]) -> list[_Fact]:
    """Add the whole that only a fraction states, once for each level and year."""
    stated = {(f.row.key, f.row.level, f.row.year) for f in facts}
    result: list[_Fact] = []
    for fact in facts:
        result.append(fact)
        name = fact.kind.denominator if fact.kind else None
        key = (name, fact.row.level, fact.row.year)
        if name is None or fact.whole is None or key in stated:
            continue
        stated.add(key)
        note = "; ".join(x for x in (fact.row.note, "MULTI: the whole of the fraction") if x)
        whole = replace(fact.row, key=name, value=fact.whole, percent=None, note=note)
        result.append(_Fact(whole, catalogue().indicators[name], fact.column, None, False))
    return result


def _header_facts(setting: _Setting, seen: Labelled) -> Iterator[_Fact]:
    """Figures that stand in the headers of a table without rows: ``Mức độ 3 (357/534 thủ tục = 66,85%)``."""
    for cell in seen.header_cells:
        brackets = _BRACKETS.search(cell.text)
        inside = read_cell(brackets[1]) if brackets else read_cell(cell.text, clauses=True)
        header = seen.headers[cell.column]
        row = Row((), (), None, (cell,))
        for figure in inside[:1] if brackets else inside:
            notes = (
                "HEADER: the figures stand in the column's header",
                *(n for n in figure.notes if "FRACTION" not in n),
            )
            yield _fact(
                setting,
                replace(figure, notes=notes),
                header,
                row,
                header,
                (cell.start, cell.end),
                cell.column,
                cell.text,
            )
