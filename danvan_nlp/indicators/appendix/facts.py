"""One figure of a table made into a fact: which indicator, how much, at which level, in which year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from danvan_nlp.indicators.appendix.grid import Row
from danvan_nlp.indicators.appendix.outline import Place, marker_of
from danvan_nlp.indicators.appendix.periods import is_part_of_year, stretch, year_of, year_of_heading
from danvan_nlp.indicators.appendix.recognise import Recognised, find_level, is_rate, recognise
from danvan_nlp.indicators.appendix.row_places import level_of, place_of
from danvan_nlp.indicators.catalogue import Catalogue, IndicatorKind, bare
from danvan_nlp.indicators.numbers.figure import Figure
from danvan_nlp.indicators.wording import read_label
from danvan_nlp.language.key import fold
from danvan_nlp.structure.tables.cells import is_period, is_total, table_words
from danvan_nlp.types import Indicator, Report, Table

_UNIT = re.compile(r"\(([^()\d%]{2,30})\)")
_STATEMENT = 2000


@dataclass(frozen=True, slots=True)
class Setting:
    """What the facts of one table share."""

    report: Report
    table: Table
    place: Place
    first: int | None
    last: int | None
    periods_in_columns: bool
    periods_in_rows: bool
    rows_name_kinds: bool
    levels_in_rows: frozenset[str]
    known: Catalogue

    def level(self, labels: Sequence[str], name: str, *, headings: bool = True) -> str | None:
        """The level that labels name, or the headings above them."""
        return find_level(labels, self.place.headings if headings else (), name, self.known)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure stands: its row, the headers of its column, and its place.

    ``labels`` are its own, the nearest first; the first ``n_row`` of them are the row's.
    """

    row: Row
    header: tuple[str, ...]
    labels: tuple[str, ...]
    n_row: int
    words: str
    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact, with what is needed to join it to others of its row."""

    row: Indicator
    kind: IndicatorKind | None
    column: int
    whole: float | None
    rate_only: bool
    # What the row is about, where its labels do not name the indicator: a district, a commune.
    about: tuple[str, ...] = ()


def make_fact(setting: Setting, figure: Figure, spot: Spot) -> Fact:
    """Make a figure into a fact."""
    own = (figure.label,) if figure.label else ()
    near = [next((x for x in (*own, *spot.labels) if not is_period(x)), ""), *spot.header[:1], spot.row.unit or ""]
    in_rates = any(is_rate(x, setting.known) for x in near)
    here = _recognised(setting, figure, spot, in_rates)
    kind, value, percent, rate_only = _measured(setting, figure, here, in_rates)
    compares = any(fold(x[:80]).startswith(_differences()) for x in near)
    names = [name for name in _row_names(setting, spot.row) if name in spot.labels]
    told_by_row = here is not None and here.rank < len(own) + len(names)
    planned = told_by_row and spot.header and bare(spot.header[0]).startswith(setting.known.planned)
    other = here is not None and here.rank > 0 and figure.label == figure.unit and not _counts(here.kind, figure.label)
    if figure.unlabelled or compares or planned or other:
        kind = None
    notes = [*figure.notes, *_doubts(setting, here, (*own, *spot.labels))]
    notes += ["DIFFERENCE: compares two other figures"] if compares else ["PLANNED: not reached yet"] if planned else []
    notes += [f"PARTIAL: {x}" for x in (*spot.row.labels, *spot.row.groups, *spot.header) if is_part_of_year(x)]
    about = None if told_by_row else place_of(spot.row, setting.known)
    text = setting.report.text
    indicator = Indicator(
        section=_section(setting, spot.row),
        key=kind.key if kind else None,
        label=_label(setting, spot, own),
        level=_level(setting, kind, figure, spot) or _place_level(setting, kind, about, spot.row),
        year=None if kind and kind.yearless else _year(setting, spot, figure),
        value=value,
        percent=percent,
        unit=_unit(kind, figure, (*own, *spot.labels), spot.row, in_rates),
        raw=" ".join(text[spot.start : spot.end].split()),
        start=spot.start,
        end=spot.end,
        note="; ".join(dict.fromkeys(notes)) or None,
        about=about,
    )
    return Fact(indicator, kind, spot.column, figure.whole, rate_only, () if told_by_row else spot.row.labels)


def _recognised(setting: Setting, figure: Figure, spot: Spot, in_rates: bool) -> Recognised | None:
    """The indicator that a figure's labels name; for a rate under the header of a count, the count's own rate."""
    own = (figure.label,) if figure.label else ()
    headings = (*spot.row.parents, *setting.place.headings)
    if figure.clause:
        n_own = len(spot.labels) if _says_only_where(setting, figure) else 0
        return recognise((*own, *spot.labels[:n_own]), (*spot.labels[n_own:], *headings), setting.known)
    texts = (spot.words,) if figure.text or figure.bare_rate else (figure.unit,) if figure.unit else ()
    rows = (len(own), len(own) + spot.n_row)
    labels = (*own, *spot.labels, *texts)
    here = recognise(labels, headings, setting.known, rows=rows)
    if here is not None and here.kind.rate and (figure.bare_rate or in_rates):
        return recognise(labels, headings, setting.known, rows=rows, rates=True) or here
    return here


def _says_only_where(setting: Setting, figure: Figure) -> bool:
    """Whether a clause leaves what is counted to the words before it: ``mức độ 3: cấp tỉnh 12 thủ tục``."""
    words = figure.label.removesuffix(figure.unit or "").split()
    return len(words) == 2 and setting.level((" ".join(words),), "chung", headings=False) is not None


def _counts(kind: IndicatorKind, word: str) -> bool:
    """Whether an indicator counts what a word of counting names; one that stands alone says so itself."""
    return not word or any(unit.startswith(word) or word.startswith(unit) for unit in kind.units)


def _differences() -> tuple[str, ...]:
    return tuple(table_words()["difference_headers"]["starts"])


def _doubts(setting: Setting, here: Recognised | None, labels: Sequence[str]) -> list[str]:
    """What makes the reading of a label doubtful: another indicator as near, or a phrase that another is known by."""
    if here is None:
        return []
    doubts = [f"AMBIGUOUS: also reads as {here.rival}"] if here.rival else []
    if here.rank < len(labels):
        place = read_label(labels[here.rank], setting.known)
        doubts += [f"AMBIGUOUS: the label also says “{w}”" for w in here.kind.beside if place.has(w)]
    return doubts


def _measured(
    setting: Setting, figure: Figure, here: Recognised | None, in_rates: bool
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
            return setting.known.indicators[kind.rate], rate, None, False
        if figure.bare_rate or figure.value is not None:
            return kind, None, rate, in_rates
    if figure.text and figure.value:
        # "Có" says that there are some, not how many.
        return kind, None, percent, False
    return kind, value, percent, False


def _level(setting: Setting, kind: IndicatorKind | None, figure: Figure, spot: Spot) -> str | None:
    name = kind.levels if kind else "chung"
    row = spot.row
    named = (figure.label, figure.place, *row.labels, *row.groups, *spot.header, *row.parents)
    labels = tuple(x for x in named if x)
    if figure.part:
        for own in (name, "chung"):
            if (level := setting.level((figure.place,), own, headings=False)) is not None:
                return level
        return setting.level(labels, name)
    level = setting.level(labels, name)
    if level is None and name != "chung":
        level = setting.level(labels, "chung")
    total = any(map(is_total, row.labels)) and len(setting.levels_in_rows) > 1
    # The template's lists of issuers and of posts have no level for all of them.
    if level is None and name == "chung" and (total or _sums_levels(figure)):
        return _whole_level(setting)
    return level


def _place_level(setting: Setting, kind: IndicatorKind | None, about: str | None, row: Row) -> str | None:
    """The level of the place that a row is about."""
    label = level_of(about, row.under if about in row.places else ()) if about else None
    if label is None:
        return None
    names = (kind.levels, "chung") if kind else ("chung",)
    return next((level for name in names if (level := setting.level((label,), name, headings=False))), None)


def _sums_levels(figure: Figure) -> bool:
    """Whether a figure is split by level after it: ``31 (27 ở huyện; 04 ở xã)``."""
    note = read_label(" ".join(n for n in figure.notes if n.startswith("MULTI")))
    return sum(note.has(level) for level in ("tinh", "huyen", "xa")) > 1


def _whole_level(setting: Setting) -> str | None:
    """The level that stands for all of a table's levels: the whole province, or the whole district."""
    reported = {"tinh": "cap_tinh", "huyen": "cap_huyen"}.get(
        setting.known.city or "", setting.report.header.admin_level
    )
    if reported == "cap_tinh" or "cap_tinh" in setting.levels_in_rows and reported != "cap_huyen":
        return "toan_tinh"
    if reported == "cap_huyen" or "cap_huyen" in setting.levels_in_rows:
        return "toan_huyen"
    return None


def _label(setting: Setting, spot: Spot, own: tuple[str, ...]) -> str:
    """The path of labels in the document's words, the outermost first."""
    row = spot.row
    parts = [*(a.label for a in reversed(row.above)), *_row_names(setting, row)]
    # A title inside a table of two columns takes the place of the header above the figures.
    if not (row.groups and setting.table.n_columns == 2):
        told = setting.periods_in_columns
        parts += [x for x in reversed(spot.header) if not (is_period(x) or (told and is_total(x)))]
    return " > ".join(dict.fromkeys(x for x in (*parts, *own) if x))


def _row_names(setting: Setting, row: Row) -> list[str]:
    """The row's labels, but for those that only say when or at which level."""
    if setting.table.layout == "list":
        return list(reversed(row.labels))
    names = (x for x in reversed(row.labels) if not (is_period(x) or is_total(x)))
    return [x for x in names if not (x.lower().startswith(("cấp ", "toàn ")) and len(x) < 40)]


def _section(setting: Setting, row: Row) -> str | None:
    """The number of the list entry that a statement stands under, or of the table's section."""
    text = setting.report.text
    for start in row.starts:
        marker = marker_of(text[line_start(text, start) : start + 1])[1]
        if marker and marker[0].isdigit():
            return marker
    return setting.place.section


def line_start(text: str, at: int) -> int:
    """Where a line of a list begins, with its bullet.

    Examples
    --------
    >>> line_start("Năm 2020\\n- Số đoàn: 3; số cuộc: 4", 11)
    9
    """
    earliest = max(0, at - _STATEMENT)
    left = max(earliest, text.rfind("\n", earliest, at) + 1)
    return left + len(text[left:at]) - len(text[left:at].lstrip())


def _year(setting: Setting, spot: Spot, figure: Figure) -> str | None:
    own = (figure.label,) if figure.label and not figure.clause else ()
    rows, header = (*own, *spot.row.labels, *spot.row.groups), spot.header
    # The sum of the rows above, year by year, says nothing of the years; nor does the name of a whole without them.
    sums = setting.periods_in_columns or not setting.periods_in_rows
    rows = tuple(x for x in rows if not (sums and is_total(x)))
    header = tuple(x for x in header if setting.periods_in_columns or not is_total(x))
    labels = (*rows, *header)
    # "Vụ việc chỉ đạo từ năm 2019" does not say when, where another label is a period.
    for label in (*filter(is_period, labels), *labels):
        if (year := year_of(label, setting.first, setting.last)) is not None:
            return year
    for heading in setting.place.headings[:2]:
        if (year := year_of_heading(heading, setting.first, setting.last)) is not None:
            return year
    return stretch(setting.first, setting.last)


def _unit(kind: IndicatorKind | None, figure: Figure, labels: Sequence[str], row: Row, in_rates: bool) -> str | None:
    if kind is None:
        return "%" if figure.bare_rate or in_rates else row.unit or figure.unit
    printed = [figure.unit or "", (row.unit or "").lower()]
    printed += [m.lower() for label in labels for m in _UNIT.findall(label)]
    for words in printed:
        best = [u for u in kind.units if words == u or words.startswith(u + " ")]
        if best:
            return max(best, key=len)
    return kind.units[0] if kind.units else row.unit or figure.unit
