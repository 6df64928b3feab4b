"""Charts of what the verbs give; they need no network, in a notebook or as a saved page.

``save_chart`` puts the drawing library into the page itself. In Jupyter and VS Code, ``use_offline`` has charts drawn
by the editor's own renderer, with a picture beside it for viewers that have none.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_nlp.corpus.names import theme_names

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

    from danvan_nlp.corpus.compare import Comparison
    from danvan_nlp.graph import Cascade

_RED, _BLUE = "#c2571a", "#1f5fa8"


def use_offline() -> None:
    """Have notebooks draw charts without fetching anything."""
    import altair as alt

    alt.renderers.register("danvan", _bundle)
    alt.renderers.enable("danvan")


def _bundle(spec: dict[str, Any], **_: Any) -> dict[str, Any]:
    import base64

    import altair as alt
    import vl_convert as vlc

    picture = vlc.vegalite_to_png(spec)
    kind = f"application/vnd.vegalite.v{alt.SCHEMA_VERSION.lstrip('v').split('.')[0]}+json"
    return {kind: spec, "image/png": base64.b64encode(picture).decode(), "text/plain": "chart"}


def save_chart(chart: Any, path: str | os.PathLike[str]) -> Path:
    """Write a chart as one HTML file that holds the library that draws it, or as .png or .svg.

    Examples
    --------
    >>> save_chart(chart_keyness(keyness(part)), "keyness.html")  # doctest: +SKIP
    """
    out = Path(path)
    chart.save(str(out), **({"inline": True} if out.suffix == ".html" else {}))
    return out


def _chart(frame: pd.DataFrame, title: str) -> alt.Chart:
    import altair as alt

    # The rows go into the chart itself, however many there are.
    rows = alt.InlineData(values=_records(frame))
    return alt.Chart(rows, title=title)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    import json

    records: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", force_ascii=False, date_format="iso"))
    return records


def chart_kwic(found: pd.DataFrame) -> alt.Chart:
    """Where in each report the keywords stand: quanteda's ``textplot_xray``, one stroke a line of :func:`kwic`."""
    import altair as alt

    columns = ["doc_id", "place", "year", "start", "pattern", "keyword"]
    chart: alt.Chart = (
        _chart(found[columns], "Vị trí trong báo cáo")
        .mark_tick(thickness=1.5)
        .encode(
            x=alt.X("start:Q", title="vị trí (ký tự)"),
            y=alt.Y("doc_id:N", title=None),
            color=alt.Color("pattern:N", title="từ"),
            tooltip=["place:N", "year:Q", "keyword:N", "start:Q"],
        )
        .properties(width=600)
    )
    return chart


def chart_keyness(found: pd.DataFrame, *, limit: int = 20) -> alt.Chart:
    """The words at both ends of a :func:`keyness` table: those of the target and those of the reference."""
    import altair as alt
    import pandas as pd

    ends = pd.concat([found.head(limit), found.tail(limit)]).drop_duplicates("feature")
    columns = ["feature", "score", "n_target", "n_reference"]
    chart: alt.Chart = (
        _chart(ends[columns], "Từ đặc trưng")
        .mark_bar()
        .encode(
            x=alt.X("score:Q", title="độ đặc trưng"),
            y=alt.Y("feature:N", sort=list(ends["feature"]), title=None),
            color=alt.condition("datum.score > 0", alt.value(_BLUE), alt.value(_RED)),
            tooltip=[f"{c}:{'N' if c == 'feature' else 'Q'}" for c in columns],
        )
    )
    return chart


def chart_cooccurrence(found: pd.DataFrame, *, limit: int = 100) -> alt.Chart:
    """The pairs that stand together most, as a map of squares."""
    import altair as alt

    rows = found.head(limit)[["a", "b", "n"]].replace(theme_names())
    chart: alt.Chart = (
        _chart(rows, "Cùng xuất hiện")
        .mark_rect()
        .encode(
            x=alt.X("a:N", title=None, axis=alt.Axis(labelAngle=-45, labelLimit=220)),
            y=alt.Y("b:N", title=None, axis=alt.Axis(labelLimit=220)),
            color=alt.Color("n:Q", title="số lần", scale=alt.Scale(scheme="blues")),
            tooltip=["a:N", "b:N", "n:Q"],
        )
    )
    return chart


def chart_theme_share(found: pd.DataFrame) -> alt.LayerChart:
    """Shares with their intervals; a panel a year, place or level where the table is by one of them."""
    import altair as alt

    by = next((c for c in ("year", "admin_level", "place", "locality", "doc_id") if c in found and c != "doc_id"), None)
    columns = ["theme_name", "share", "low", "high", "n", "n_sentences", *([by] if by else [])]
    base = _chart(found[columns], "Tỷ lệ câu theo chủ đề")
    y = alt.Y("theme_name:N", title=None, sort="-x", axis=alt.Axis(labelLimit=260))
    colour = alt.Color(f"{by}:N", title=by) if by else alt.value(_BLUE)
    shift = {"yOffset": f"{by}:N"} if by else {}
    x = alt.X("share:Q", title="tỷ lệ", axis=alt.Axis(format="%"))
    tips = ["theme_name:N", "n:Q", "n_sentences:Q", alt.Tooltip("share:Q", format=".1%"), *([f"{by}:N"] if by else [])]
    points = base.mark_point(filled=True).encode(x=x, y=y, color=colour, tooltip=tips, **shift)
    lines = base.mark_rule().encode(x="low:Q", x2="high:Q", y=y, color=colour, **shift)
    return alt.LayerChart(layer=[lines, points], width=500)


def chart_phrases(found: pd.DataFrame, *, limit: int = 30) -> alt.Chart:
    """The phrases of the highest z."""
    import altair as alt

    rows = found.head(limit)[["phrase", "count", "z"]]
    chart: alt.Chart = (
        _chart(rows, "Cụm từ")
        .mark_bar(color=_BLUE)
        .encode(
            x="z:Q",
            y=alt.Y("phrase:N", sort="-x", title=None, axis=alt.Axis(labelLimit=260)),
            tooltip=["phrase:N", "count:Q", "z:Q"],
        )
    )
    return chart


def chart_similar(found: pd.DataFrame) -> alt.Chart:
    """How near the sentences of a :func:`similar_sentences` table are; the text under the pointer."""
    import altair as alt

    rows = found[["sentence_id", "place", "score", "text"]]
    chart: alt.Chart = (
        _chart(rows, "Câu gần giống")
        .mark_bar(color=_BLUE)
        .encode(
            x=alt.X("score:Q", scale=alt.Scale(domain=[0, 1])),
            y=alt.Y("sentence_id:N", sort="-x", title=None),
            tooltip=["place:N", "score:Q", "text:N"],
        )
    )
    return chart


def chart_reuse(found: pd.DataFrame) -> alt.Chart:
    """How many words each two reports share word for word."""
    import altair as alt

    rows = found.groupby(["first_doc_id", "doc_id"])["n_words"].sum().reset_index()
    chart: alt.Chart = (
        _chart(rows, "Đoạn trùng nhau")
        .mark_rect()
        .encode(
            x=alt.X("first_doc_id:N", title="xuất hiện trước"),
            y=alt.Y("doc_id:N", title="lặp lại"),
            color=alt.Color("n_words:Q", title="số tiếng", scale=alt.Scale(scheme="oranges")),
            tooltip=["first_doc_id:N", "doc_id:N", "n_words:Q"],
        )
    )
    return chart


def chart_compare(found: Comparison) -> alt.Chart:
    """Where two reports differ in themes: to the right a speaks more of it, to the left b."""
    import altair as alt

    rows = found.themes[["theme_name", "share_a", "share_b", "difference"]]
    chart: alt.Chart = (
        _chart(rows, "Chênh lệch tỷ lệ chủ đề (a − b)")
        .mark_bar()
        .encode(
            x=alt.X("difference:Q", title=None, axis=alt.Axis(format="%")),
            y=alt.Y("theme_name:N", sort="-x", title=None, axis=alt.Axis(labelLimit=260)),
            color=alt.condition("datum.difference > 0", alt.value(_BLUE), alt.value(_RED)),
            tooltip=["theme_name:N", alt.Tooltip("share_a:Q", format=".1%"), alt.Tooltip("share_b:Q", format=".1%")],
        )
    )
    return chart


def chart_cascade(found: Cascade) -> alt.Chart:
    """The documents that carry a directive out, on a line of days; those without a date are left out."""
    import altair as alt

    rows = found.steps.dropna(subset=["days_after"])[["label", "place", "level", "date", "days_after", "depth"]]
    rows = rows.assign(name=rows["label"] + " · " + rows["place"].fillna("?"))
    chart: alt.Chart = (
        _chart(rows, f"Triển khai {found.root.split('@')[0]}")
        .mark_circle(size=90)
        .encode(
            x=alt.X("days_after:Q", title="số ngày sau khi ban hành"),
            y=alt.Y("name:N", sort=alt.EncodingSortField("days_after"), title=None, axis=alt.Axis(labelLimit=320)),
            color=alt.Color("level:N", title="cấp"),
            tooltip=["label:N", "place:N", "date:N", "days_after:Q"],
        )
        .properties(width=450)
    )
    return chart
