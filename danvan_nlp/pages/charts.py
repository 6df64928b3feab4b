"""What every chart shares: it holds its rows, needs no network, and says so where there is nothing to draw.

``save_chart`` puts the drawing library into the page itself. In Jupyter and VS Code, ``use_offline`` has charts drawn
by the editor's own renderer, with a picture beside it for viewers that have none.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_nlp.pages.html import escape_json, xml_text

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

# Fonts with all Vietnamese letters, for the systems that people have.
_FONT = "system-ui, Segoe UI, Roboto, Noto Sans, DejaVu Sans, sans-serif"
ORANGE, BLUE = "#c2571a", "#1f5fa8"


def use_offline() -> None:
    """Have notebooks draw charts without fetching anything."""
    import altair as alt

    alt.renderers.register("danvan", _bundle)
    alt.renderers.enable("danvan")


def _bundle(spec: dict[str, Any], **_: Any) -> dict[str, Any]:
    import base64

    import vl_convert as vlc

    drawn = {**_drawable(spec), "config": {**spec.get("config", {}), "font": _FONT}}
    picture = base64.b64encode(vlc.vegalite_to_png(drawn)).decode()
    # Jupyter and VS Code draw version 5; what the charts use is the same in 6.
    old = {**drawn, "$schema": "https://vega.github.io/schema/vega-lite/v5.json"}
    return {"application/vnd.vegalite.v5+json": old, "image/png": picture, "text/plain": "chart"}


def save_chart(chart: Any, path: str | os.PathLike[str]) -> Path:
    """Write a chart as one HTML file that holds the library that draws it, or as .png or .svg.

    Examples
    --------
    >>> save_chart(chart_keyness(part.keyness()), "keyness.html")  # doctest: +SKIP
    """
    import altair as alt

    out = Path(path)
    page: dict[str, Any] = {"inline": True, "json_kwds": {"cls": _PageJson}} if out.suffix == ".html" else {}
    alt.Chart.from_dict(_drawable(chart.configure(font=_FONT).to_dict())).save(str(out), **page)
    return out


def _drawable(spec: Any) -> Any:
    """A chart without the characters that stop what draws it: those that XML cannot hold, and breaks of lines."""
    if isinstance(spec, dict):
        return {key: _drawable(value) for key, value in spec.items()}
    if isinstance(spec, list):
        return [_drawable(value) for value in spec]
    return re.sub("[\r\n\u2028\u2029]", " ", xml_text(spec)) if isinstance(spec, str) else spec


class _PageJson(json.JSONEncoder):
    """JSON that cannot end the script element that it stands in."""

    def encode(self, o: Any) -> str:
        return escape_json(super().encode(o))


def new_chart(frame: pd.DataFrame, title: str, note: str = "") -> alt.Chart:
    """A chart over rows that go into it, however many there are.

    Parameters
    ----------
    frame : pandas.DataFrame
        The rows.
    title, note : str
        Heading, and a line below it.
    """
    import altair as alt

    head = alt.TitleParams(title, subtitle=note or alt.Undefined, anchor="start", offset=12)
    return alt.Chart(alt.InlineData(values=_records(frame)), title=head)


def empty_chart(title: str) -> alt.Chart:
    """What stands in place of a chart without rows.

    Examples
    --------
    >>> empty_chart("Từ đặc trưng").to_dict()["mark"]["text"]
    'Không có gì để vẽ.'
    """
    import altair as alt

    mark = alt.Chart(alt.InlineData(values=[{}]), title=title).mark_text(text="Không có gì để vẽ.", fontSize=13)
    chart: alt.Chart = mark.properties(width=320, height=60)
    return chart


def bar_chart(rows: pd.DataFrame, title: str, name: str, value: str, axis: str, what: list[alt.Tooltip]) -> alt.Chart:
    """A bar for each row, in the order of the rows.

    Parameters
    ----------
    rows : pandas.DataFrame
        With the columns ``name``, what a bar is called, ``value``, how long it is, and those of ``what``.
    title, axis : str
        Heading of the chart, and of the axis of values.
    what : list of altair.Tooltip
        What the pointer shows.
    """
    import altair as alt

    if rows.empty:
        return empty_chart(title)
    ticks = alt.Axis(tickMinStep=1) if rows[value].dtype.kind in "iu" else alt.Undefined
    chart: alt.Chart = (
        new_chart(rows, title)
        .mark_bar(color=BLUE)
        .encode(
            x=alt.X(f"{value}:Q", title=axis, axis=ticks),
            y=alt.Y(f"{name}:N", sort=None, title=None, axis=alt.Axis(labelLimit=420)),
            tooltip=what,
        )
    )
    return chart


def tips(**titles: str) -> list[alt.Tooltip]:
    """Tooltips by name and title; a name that ends in ``_share`` or is a share is a percentage.

    Examples
    --------
    >>> [t.to_dict()["title"] for t in tips(place="nơi ban hành")]
    ['nơi ban hành']
    """
    import altair as alt

    shares = {"share", "low", "high", "share_a", "share_b", "difference"}
    numbers = {"score", "z", *shares}
    return [
        alt.Tooltip(name, type="quantitative", title=title, format=".1%" if name in shares else ".4~g")
        if name in numbers
        else alt.Tooltip(name, type="nominal", title=title)
        for name, title in titles.items()
    ]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", force_ascii=False, date_format="iso"))
    return records
