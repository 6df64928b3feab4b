"""Charts of the shares of themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from danvan_nlp.corpus.names import in_order, names, value_name
from danvan_nlp.pages.charts import BLUE, empty_chart, new_chart, tips

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

_FEW = 5


def chart_theme_share(found: pd.DataFrame, *, limit: int = 40) -> alt.Chart | alt.LayerChart | alt.FacetChart:
    """Shares with their intervals.

    By year alone a line for each theme; with up to five groups a dot for each beside one another; with more a map of
    themes and groups, of which the ``limit`` with most sentences are drawn.
    """
    title = "Tỷ lệ câu theo chủ đề"
    if found.empty:
        return empty_chart(title)
    by = list(found.columns[: list(found.columns).index("theme")])
    if by == ["year"] and found["year"].nunique() > 2:
        return _shares_by_year(found, title)
    rows = found.assign(group=_groups(found, by))
    if rows["group"].nunique() <= _FEW:
        return _shares_beside(rows, title, by)
    return _shares_map(rows, title, limit)


def _groups(found: pd.DataFrame, by: list[str]) -> list[str]:
    values = [[value_name(column, value) for value in found[column].tolist()] for column in by]
    return [" · ".join(parts) for parts in zip(*values, strict=True)] if by else ["tất cả"] * len(found)


_SHARE = {"theme_name": "chủ đề", "share": "tỷ lệ", "low": "từ", "high": "đến", "n": "số câu", "n_sentences": "trong"}


def _shares_beside(rows: pd.DataFrame, title: str, by: list[str]) -> alt.LayerChart:
    import altair as alt

    name = " · ".join(names("columns")[column] for column in by)
    groups = alt.Scale(domain=in_order(by[0] if len(by) == 1 else "", rows["group"]))
    base = new_chart(rows[[*_SHARE, "group"]], title, "vạch ngang: khoảng tin cậy 95%")
    order = list(rows.groupby("theme_name")["share"].max().sort_values(ascending=False).index)
    y = alt.Y("theme_name:N", title=None, sort=order, axis=alt.Axis(labelLimit=300, grid=True))
    colour = alt.Color("group:N", title=name, scale=groups) if by else alt.value(BLUE)
    shift = {"yOffset": alt.YOffset("group:N", scale=groups)} if by else {}
    x = alt.X("share:Q", title="tỷ lệ câu", axis=alt.Axis(format="%"))
    points = base.mark_point(filled=True, size=45).encode(
        x=x, y=y, color=colour, tooltip=tips(group=name or "nhóm", **_SHARE), **shift
    )
    lines = base.mark_rule().encode(x="low:Q", x2="high:Q", y=y, color=colour, **shift)
    height = alt.Step(11, **{"for": "offset"}) if by else alt.Undefined
    return alt.LayerChart(layer=[lines, points], width=480, height=height)


def _shares_by_year(rows: pd.DataFrame, title: str) -> alt.FacetChart:
    import altair as alt

    rows = rows[rows["year"].notna()]
    base = new_chart(rows[[*_SHARE, "year"]], title, "dải màu: khoảng tin cậy 95%")
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True))
    y = alt.Y("share:Q", title=None, axis=alt.Axis(format="%"))
    band = base.mark_area(opacity=0.25, color=BLUE).encode(x=x, y="low:Q", y2="high:Q")
    line = base.mark_line(point=True, color=BLUE).encode(x=x, y=y, tooltip=tips(year="năm", **_SHARE))
    layers = alt.LayerChart(layer=[band, line], width=210, height=90)
    header = alt.Header(title=None, labelLimit=220, labelAnchor="start")
    chart: alt.FacetChart = layers.facet(facet=alt.Facet("theme_name:N", header=header), columns=3, title=title)
    return chart


def _shares_map(rows: pd.DataFrame, title: str, limit: int) -> alt.Chart:
    import altair as alt

    sizes = rows.groupby("group")["n_sentences"].max().sort_values(ascending=False, kind="stable")
    kept = rows[rows["group"].isin(sizes.index[:limit])]
    note = "" if len(sizes) <= limit else f"{limit} nhóm nhiều câu nhất, trong {len(sizes)}"
    order = list(kept.groupby("theme_name")["n"].sum().sort_values(ascending=False).index)
    chart: alt.Chart = (
        new_chart(kept[[*_SHARE, "group"]], title, note)
        .mark_rect()
        .encode(
            x=alt.X("theme_name:N", title=None, sort=order, axis=alt.Axis(labelAngle=-45, labelLimit=240)),
            y=alt.Y("group:N", title=None, axis=alt.Axis(labelLimit=240)),
            color=alt.Color(
                "share:Q", title="tỷ lệ câu", scale=alt.Scale(scheme="blues"), legend=alt.Legend(format="%")
            ),
            tooltip=tips(group="nhóm", **_SHARE),
        )
    )
    return chart
