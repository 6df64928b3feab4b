"""Charts of the citation graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from danvan_nlp.corpus.names import names
from danvan_nlp.pages.charts import bar_chart, empty_chart, new_chart, save_chart, tips, use_offline

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

    from danvan_nlp.graph.cascade import Cascade

__all__ = ["chart_cascade", "chart_most_cited", "chart_pagerank", "save_chart", "use_offline"]
_LEVEL_COLOURS = ("#6b2f8a", "#c2571a", "#1f5fa8", "#2f7d4f", "#6b7480")


def chart_cascade(found: Cascade) -> alt.LayerChart | alt.Chart:
    """The documents that carry a directive out, on a line of days; a note says how many have no date."""
    import altair as alt

    title = f"Văn bản triển khai {found.root.split('@')[0]}"
    rows = found.steps.dropna(subset=["days_after"])
    if rows.empty:
        return empty_chart(title)
    undated = len(found.steps) - len(rows)
    level = rows["level"].map(names("levels")).fillna("không rõ cấp")
    label = _apart(rows["label"] + " · " + rows["place"].fillna("?"), rows["node"])
    relation = rows["relation"].map(names("relations"))
    columns = ["name", "cap", "quan_he", "date", "days_after", "start"]
    frame = rows.assign(start=0, name=label, cap=level, quan_he=relation)[columns]
    base = new_chart(frame, title, f"và {undated} văn bản không rõ ngày" if undated else "")
    shade = dict(zip([*names("levels").values(), "không rõ cấp"], _LEVEL_COLOURS, strict=True))
    order = [name for name in shade if name in set(level)]
    y = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=360))
    x = alt.X("days_after:Q", title="số ngày sau khi ban hành")
    shades = alt.Scale(domain=order, range=[shade[name] for name in order])
    colour = alt.Color("cap:N", title="cấp", scale=shades, sort=order)
    what = tips(name="văn bản", date="ngày", days_after="sau (ngày)", quan_he="quan hệ", cap="cấp")
    line = base.mark_rule(color="#b8c0ca").encode(x="start:Q", x2="days_after:Q", y=y)
    dots = base.mark_circle(size=90, opacity=1).encode(x=x, y=y, color=colour, tooltip=what)
    days = base.mark_text(align="left", dx=9, fontSize=11).encode(x=x, y=y, text="days_after:Q")
    return alt.LayerChart(layer=[line, dots, days], width=450)


def chart_most_cited(found: pd.DataFrame, *, limit: int = 25) -> alt.Chart:
    """The documents that most reports cite."""
    rows = found.head(limit)[["node", "label", "date", "n_reports", "n_mentions"]]
    rows = rows.assign(name=_apart(rows["label"], rows["node"]))
    what = tips(label="văn bản", date="ngày", n_reports="số báo cáo", n_mentions="số lần dẫn")
    return bar_chart(rows, "Văn bản được nhiều báo cáo dẫn nhất", "name", "n_reports", "số báo cáo", what)


def chart_pagerank(found: pd.DataFrame, *, limit: int = 8) -> alt.Chart:
    """The standing of the documents that end highest, year by year (``pagerank(by_year=True)``)."""
    import altair as alt

    title = "Vị trí trong mạng lưới trích dẫn (PageRank)"
    if found.empty:
        return empty_chart(title)
    last = found[found["year"] == found["year"].max()].head(limit)
    named = dict(zip(last["node"], _apart(last["label"], last["node"]), strict=True))
    rows = found[found["node"].isin(last["node"])]
    rows = rows.assign(label=rows["node"].map(named).astype("string"))
    shades = alt.Scale(domain=list(named.values()))
    chart: alt.Chart = (
        new_chart(rows[["year", "label", "score"]], title)
        .mark_line(point=True)
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("score:Q", title="PageRank"),
            color=alt.Color("label:N", title=None, scale=shades, legend=alt.Legend(labelLimit=320)),
            tooltip=tips(label="văn bản", year="năm", score="PageRank"),
        )
        .properties(width=480)
    )
    return chart


def _apart(labels: pd.Series[Any], nodes: pd.Series[Any]) -> pd.Series[Any]:
    """Labels, and the node behind each that several have."""
    return labels.mask(labels.duplicated(keep=False), labels + " · " + nodes)
