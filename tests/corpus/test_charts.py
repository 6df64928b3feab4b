"""Charts: one for every verb, drawn and saved without a network, texts as texts."""

from __future__ import annotations

import re
from xml.dom import minidom

import pytest

from danvan_nlp.corpus import Corpus, charts
from danvan_nlp.graph import CitationGraph
from danvan_nlp.graph import charts as graph_charts

from .runs import make_run, open_browser

EVIL = "</script><script>document.title='hacked'</script>"
TEXT = f"Đối thoại với nhân dân {EVIL} theo 114-KL/TW được quan tâm chỉ đạo sát sao hơn nữa."
REPORT = {
    "target_id": "1-BC@a@2020", "place": "Cao Bằng", "admin_level": "cap_tinh", "date": "2020-01-02",
    "sentences": [
        {"text": TEXT, "themes": ["tiep_dan", "han_che"], "cites": {"114-KL/TW": "114-KL/TW@TW@2015"}},
        "Đối thoại với nhân dân.",
    ],
    "relations": [(None, "implements", "114-KL/TW")],
    "directives": [{"target_id": "114-KL/TW@TW@2015", "date": "2015-07-14"}],
}  # fmt: skip


KEYS = re.compile(r"\b(?:cap_|trung_uong|[a-z]+_[a-z_]+)\b")


def all_charts(corpus):
    graph = CitationGraph.from_corpus(corpus)
    yield charts.chart_kwic(corpus.kwic("đối thoại"))
    yield charts.chart_keyness(corpus.filter(doc_id="d0").keyness(min_count=1))
    yield charts.chart_keyness(corpus.keyness(by="theme", min_count=1))
    yield charts.chart_keyness(corpus.keyness(by="admin_level", min_count=1))
    yield charts.chart_cooccurrence(corpus.cooccurrence("themes"))
    yield from (charts.chart_theme_share(corpus.theme_share(by)) for by in (("place", "year"), [], "admin_level"))
    yield charts.chart_phrases(corpus.phrases(min_count=1))
    yield charts.chart_similar(corpus.similar_sentences("đối thoại"))
    yield charts.chart_reuse(corpus.reuse(min_words=5))
    yield graph_charts.chart_most_cited(graph.most_cited())
    yield graph_charts.chart_pagerank(graph.pagerank(by_year=True))
    if len(corpus):
        yield charts.chart_compare(corpus.compare("d0", "d1"))
        yield graph_charts.chart_cascade(graph.cascade("114-KL/TW"))


TWO = [REPORT, {**REPORT, "target_id": "2-BC@b@2020", "place": "B", "admin_level": "cap_huyen", "date": "2021"}]


@pytest.mark.parametrize("reports", [TWO, []], ids=["two", "none"])
def test_every_verb_has_a_chart_in_words_that_people_read(tmp_path, reports):
    pytest.importorskip("vl_convert")
    for n, chart in enumerate(all_charts(Corpus.from_run(make_run(tmp_path / "run", reports)))):
        drawn = charts.save_chart(chart, tmp_path / f"{n}.svg").read_text(encoding="utf-8")
        assert drawn.startswith("<svg")
        assert KEYS.findall(" ".join(re.findall(r"<text[^>]*>([^<]*)", drawn))) == []


def test_shares_by_many_years_places_or_few_are_drawn_as_suits_them(tmp_path):
    pytest.importorskip("vl_convert")
    reports = [{**REPORT, "place": f"Nơi {n}", "date": f"{2010 + n}-01-01"} for n in range(7)]
    corpus = Corpus.from_run(make_run(tmp_path / "run", reports))
    years, places, levels = (
        charts.chart_theme_share(corpus.theme_share(by)) for by in ("year", "place", "admin_level")
    )
    assert "facet" in years.to_dict()
    assert places.to_dict()["mark"]["type"] == "rect"
    assert [layer["mark"]["type"] for layer in levels.to_dict()["layer"]] == ["rule", "point"]
    small = charts.chart_theme_share(corpus.theme_share("place"), limit=3).to_dict()
    assert small["title"]["subtitle"] == "3 nhóm nhiều câu nhất, trong 7"


def test_a_notebook_gets_what_its_editor_draws_and_a_picture_beside_it(tmp_path):
    pytest.importorskip("vl_convert")
    alt = pytest.importorskip("altair")
    chart = charts.chart_phrases(Corpus.from_run(make_run(tmp_path / "run", TWO)).phrases(min_count=1))
    before = alt.renderers.active
    try:
        charts.use_offline()
        bundle = chart._repr_mimebundle_()
    finally:
        alt.renderers.enable(before)
    spec = bundle["application/vnd.vegalite.v5+json"]
    assert spec["$schema"].endswith("/v5.json")
    assert bundle["image/png"]


def test_nothing_to_draw_is_said(tmp_path):
    corpus = Corpus.from_run(make_run(tmp_path / "run", []))
    for chart in all_charts(corpus):
        assert chart.to_dict()["mark"]["text"] == "Không có gì để vẽ."


def test_a_saved_page_fetches_nothing_and_runs_nothing_of_a_text(tmp_path):
    pytest.importorskip("vl_convert")
    report = {**REPORT, "words": ("Đối thoại",), "sentences": REPORT["sentences"][:1]}
    corpus = Corpus.from_run(make_run(tmp_path / "run", [report]))
    page = charts.save_chart(charts.chart_similar(corpus.similar_sentences("đối thoại")), tmp_path / "chart.html")
    assert "hacked" in page.read_text(encoding="utf-8"), "the text is in the page"
    assert EVIL not in page.read_text(encoding="utf-8")
    with open_browser(tmp_path) as browser:
        browser.open(page)
        x, y, wide, high = browser.run(
            "const r = document.querySelector('#vis canvas, #vis svg').getBoundingClientRect();"
            "return [r.x, r.y, r.width, r.height]"
        )
        told = ""
        for step in range(1, 20):
            browser.click_at(x + wide * 0.8, y + high * step / 20)
            told += browser.run("return document.querySelector('#vg-tooltip-element')?.textContent ?? ''")
        assert EVIL in told, "the tooltip shows the text as it is"
        assert browser.run("return document.title") != "hacked"
        assert browser.errors() == []
        assert browser.requests() == []


def test_texts_that_no_drawing_can_hold_are_drawn_without_what_it_cannot(tmp_path):
    pytest.importorskip("vl_convert")
    place = 'A\x0c\u2028\x1b\r"]</script>'
    reports = [{**REPORT, "place": place, "title": place, "target_id": f"{n}-BC{place}@a@2020"} for n in range(2)]
    reports[0]["directives"] = [{"target_id": "114-KL/TW@TW@2015", "date": "2015-07-14", "title": place}]
    corpus = Corpus.from_run(make_run(tmp_path / "run", reports))
    for n, chart in enumerate([*all_charts(corpus), charts.chart_keyness(corpus.keyness(by="place", min_count=1))]):
        minidom.parse(str(charts.save_chart(chart, tmp_path / f"{n}.svg")))
        assert charts.save_chart(chart, tmp_path / f"{n}.png").stat().st_size > 0


def test_two_documents_of_one_name_are_two_on_a_chart(tmp_path):
    cites = {"A": "5-KH@a@2016", "B": "5-KH@b@2016", "C": "114-KL/TW@TW@2015"}
    known = [{"target_id": t, "type": "kế hoạch", "date": "2016-01-01"} for t in ("5-KH@a@2016", "5-KH@b@2016")]
    known.append({"target_id": "114-KL/TW@TW@2015", "date": "2015-07-14"})
    report = {"sentences": [{"text": "A và B theo C.", "cites": cites}], "directives": known, "date": "2020"}
    report["relations"] = [("A", "implements", "C"), ("B", "implements", "C")]
    graph = CitationGraph.from_corpus(Corpus.from_run(make_run(tmp_path / "run", [report])))
    assert len({row["name"] for row in rows_of(graph_charts.chart_cascade(graph.cascade("114-KL/TW")))}) == 2
    ranked = rows_of(graph_charts.chart_pagerank(graph.pagerank(by_year=True)))
    assert len({row["label"] for row in ranked}) == len(ranked) == 4


def rows_of(chart):
    drawn = chart.to_dict()
    return drawn["datasets"][drawn["data"]["name"]] if "datasets" in drawn else drawn["data"]["values"]
