"""Charts of what the verbs give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from danvan_nlp.corpus.names import in_order, theme_names, value_name
from danvan_nlp.corpus.share_chart import chart_theme_share
from danvan_nlp.pages.charts import BLUE, ORANGE, bar_chart, empty_chart, new_chart, save_chart, tips, use_offline

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

    from danvan_nlp.corpus.compare import Comparison

__all__ = [
    "chart_compare",
    "chart_cooccurrence",
    "chart_keyness",
    "chart_kwic",
    "chart_phrases",
    "chart_reuse",
    "chart_similar",
    "chart_theme_share",
    "save_chart",
    "use_offline",
]
_TARGET, _REST = "phần đang xét", "phần còn lại"


def report_labels(frame: pd.DataFrame, prefix: str = "") -> pd.Series[Any]:
    """Place and year of each row's report, and the beginning of its id where several have the same.

    Parameters
    ----------
    frame : pandas.DataFrame
        With ``doc_id, place, year``.
    prefix : str
        What the names of these columns begin with.
    """
    place, year = frame[f"{prefix}place"].astype("string").fillna("?"), frame[f"{prefix}year"].astype("string")
    label = place + (" " + year).fillna("")
    ids = frame[f"{prefix}doc_id"].astype("string")
    several = ids.groupby(label).transform("nunique") > 1
    return label.mask(several.astype(bool), label + " · " + ids.str[:6])


def chart_kwic(found: pd.DataFrame, *, limit: int = 40) -> alt.Chart:
    """Where in each report the keywords of :meth:`Corpus.kwic` stand, one stroke each: quanteda's ``textplot_xray``.

    Drawn are the ``limit`` reports that have most of them.
    """
    import altair as alt

    title = "Vị trí của từ trong báo cáo"
    if found.empty:
        return empty_chart(title)
    counts = found.groupby("doc_id")["start"].size().sort_values(ascending=False, kind="stable")
    rows = found[found["doc_id"].isin(counts.index[:limit])]
    rows = rows.assign(report=report_labels(rows), line=rows["pre"] + "«" + rows["keyword"] + "»" + rows["post"])
    note = "" if len(counts) <= limit else f"{limit} báo cáo có nhiều nhất, trong {len(counts)}"
    chart: alt.Chart = (
        new_chart(rows[["report", "start", "pattern", "line"]], title, note)
        .mark_tick(thickness=2, height=12, opacity=1)
        .encode(
            x=alt.X("start:Q", title="vị trí (ký tự)"),
            y=alt.Y("report:N", title=None, sort=alt.EncodingSortField("start", "count", "descending")),
            color=alt.Color("pattern:N", title="từ"),
            tooltip=tips(report="báo cáo", line="ngữ cảnh", start="vị trí"),
        )
        .properties(width=560)
    )
    return chart


def chart_keyness(found: pd.DataFrame, *, limit: int = 20) -> alt.Chart | alt.ConcatChart:
    """The words at both ends of a :meth:`Corpus.keyness` table: those of the target and those of the reference.

    A table by place, year, level or theme becomes a panel for each value, with the first words of each alone.
    """
    import altair as alt
    import pandas as pd

    title = "Từ đặc trưng"
    rows = found[np.isfinite(found["score"]) & (found["score"] != 0)]
    if rows.empty:
        return empty_chart(title)
    rows = rows.assign(side=(rows["score"] > 0).map({True: _TARGET, False: _REST}))
    by = next((c for c in ("place", "admin_level", "year", "theme") if c in rows), None)
    if by is None:
        ends = [rows[rows["score"] > 0].head(limit), rows[rows["score"] < 0].tail(limit)]
        return _keyness_bars(pd.concat(ends), title)
    rows = rows[rows["score"] > 0].assign(value=[value_name(by, value) for value in rows.loc[rows["score"] > 0, by]])
    panels = ((value, rows[rows["value"] == value].head(min(limit, 8))) for value in in_order(by, rows["value"]))
    return alt.concat(*(_keyness_bars(part, value, legend=False) for value, part in panels), columns=3)


def _keyness_bars(rows: pd.DataFrame, title: str, *, legend: bool = True) -> alt.Chart:
    import altair as alt

    columns = ["feature", "score", "n_target", "n_reference", "side"]
    sides = alt.Scale(domain=[_TARGET, _REST], range=[BLUE, ORANGE])
    chart: alt.Chart = (
        new_chart(rows[columns], title)
        .mark_bar()
        .encode(
            x=alt.X("score:Q", title="độ đặc trưng"),
            y=alt.Y("feature:N", sort=None, title=None),
            color=alt.Color("side:N", title="nhiều hơn ở", scale=sides, legend=alt.Undefined if legend else None),
            tooltip=tips(feature="từ", score="độ đặc trưng", n_target="ở phần đang xét", n_reference="ở phần còn lại"),
        )
    )
    return chart


def chart_cooccurrence(found: pd.DataFrame, *, limit: int = 100) -> alt.Chart:
    """The pairs that stand together most, as a map of squares."""
    import altair as alt
    import pandas as pd

    title = "Cùng xuất hiện"
    if found.empty:
        return empty_chart(title)
    rows = found.head(limit)[["a", "b", "n"]].replace(theme_names())
    # Both ways round, so that a row or a column holds all that stands with one feature.
    both = rows.rename(columns={"a": "b", "b": "a"})[["a", "b", "n"]]
    whole = pd.concat([rows, both]).drop_duplicates(["a", "b"])
    order = alt.EncodingSortField("n", "sum", "descending")
    chart: alt.Chart = (
        new_chart(whole, title)
        .mark_rect()
        .encode(
            x=alt.X("a:N", title=None, sort=order, axis=alt.Axis(labelAngle=-45, labelLimit=240)),
            y=alt.Y("b:N", title=None, sort=order, axis=alt.Axis(labelLimit=240)),
            color=alt.Color("n:Q", title="số câu", scale=alt.Scale(scheme="blues")),
            tooltip=tips(a="một", b="hai", n="số lần"),
        )
    )
    return chart


def chart_phrases(found: pd.DataFrame, *, limit: int = 30) -> alt.Chart:
    """The phrases of the highest z."""
    title = "Cụm từ"
    rows = found.head(limit)[["phrase", "count", "z"]]
    return bar_chart(rows, title, "phrase", "z", "độ gắn kết (z)", tips(phrase="cụm từ", count="số lần", z="z"))


def chart_similar(found: pd.DataFrame, *, limit: int = 30) -> alt.Chart:
    """How near the sentences of a :meth:`Corpus.similar_sentences` table are; the whole text under the pointer."""
    import pandas as pd

    rows = found.head(limit)
    begins = rows["text"].str.split().str.join(" ").str.slice(0, 60) + "…"
    ranks = pd.array([f"{n}. " for n in range(1, len(rows) + 1)], dtype="string")
    rows = rows.assign(says=ranks + rows["place"].fillna("?") + ": " + begins)[["says", "place", "score", "text"]]
    what = tips(place="nơi ban hành", score="độ giống", text="câu")
    return bar_chart(rows, "Câu gần giống", "says", "score", "độ giống (cosin)", what)


def chart_reuse(found: pd.DataFrame, *, limit: int = 40) -> alt.Chart:
    """How many words each two reports share word for word; of the ``limit`` pairs that share most."""
    import altair as alt

    title = "Đoạn trùng nhau từng chữ"
    if found.empty:
        return empty_chart(title)
    rows = found.assign(first=report_labels(found, "first_"), later=report_labels(found))
    pairs = rows.groupby(["first", "later"])["n_words"].agg(words="sum", passages="size").reset_index()
    kept = pairs.sort_values("words", ascending=False, kind="stable").head(limit)
    note = "" if len(pairs) <= limit else f"{limit} cặp trùng nhiều nhất, trong {len(pairs)}"
    chart: alt.Chart = (
        new_chart(kept, title, note)
        .mark_rect()
        .encode(
            x=alt.X("first:N", title="báo cáo có trước trong kho", axis=alt.Axis(labelAngle=-45, labelLimit=200)),
            y=alt.Y("later:N", title="báo cáo có sau", axis=alt.Axis(labelLimit=200)),
            color=alt.Color("words:Q", title="số tiếng", scale=alt.Scale(scheme="oranges")),
            tooltip=tips(first="có trước", later="có sau", words="số tiếng", passages="số đoạn"),
        )
    )
    return chart


def chart_compare(found: Comparison) -> alt.Chart:
    """Where two reports differ in themes: to the right the first speaks more of it, to the left the second."""
    import altair as alt

    title = "Hai báo cáo khác nhau ở chủ đề nào"
    if found.themes.empty:
        return empty_chart(title)
    rows = found.themes[["theme_name", "share_a", "share_b", "difference"]]
    # Two reports of one place and year still have to be told apart.
    one, two = (
        (found.name_a, found.name_b) if found.name_a != found.name_b else (f"{found.name_a} (1)", f"{found.name_b} (2)")
    )
    rows = rows.assign(more=[one if d > 0 else two for d in rows["difference"]]).sort_values(
        "difference", ascending=False
    )
    chart: alt.Chart = (
        new_chart(rows, title)
        .mark_bar()
        .encode(
            x=alt.X("difference:Q", title="chênh lệch tỷ lệ câu", axis=alt.Axis(format="+%")),
            y=alt.Y("theme_name:N", sort=None, title=None, axis=alt.Axis(labelLimit=300)),
            color=alt.Color("more:N", title="nhiều hơn ở", scale=alt.Scale(domain=[one, two], range=[BLUE, ORANGE])),
            tooltip=tips(theme_name="chủ đề", share_a=one, share_b=two, difference="chênh lệch"),
        )
    )
    return chart
