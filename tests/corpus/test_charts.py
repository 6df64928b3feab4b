"""Charts: one for every verb, drawn and saved without a network, texts as texts."""

from __future__ import annotations

import pytest

from danvan_nlp.corpus import (
    Corpus,
    charts,
    compare,
    cooccurrence,
    keyness,
    kwic,
    phrases,
    reuse,
    similar_sentences,
    theme_share,
)
from danvan_nlp.graph import CitationGraph, cascade

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


def all_charts(corpus):
    graph = CitationGraph.from_corpus(corpus)
    yield charts.chart_kwic(kwic(corpus, "đối thoại"))
    yield charts.chart_keyness(keyness(corpus.filter(place="Cao Bằng")))
    yield charts.chart_cooccurrence(cooccurrence(corpus, "themes"))
    yield charts.chart_theme_share(theme_share(corpus))
    yield charts.chart_theme_share(theme_share(corpus, []))
    yield charts.chart_phrases(phrases(corpus, min_count=1))
    yield charts.chart_similar(similar_sentences(corpus, "đối thoại"))
    yield charts.chart_reuse(reuse(corpus, min_words=5))
    if len(corpus):
        yield charts.chart_compare(compare(corpus, "d0", "d1"))
        yield charts.chart_cascade(cascade(graph, "114-KL/TW"))


@pytest.mark.parametrize("reports", [[REPORT, {**REPORT, "target_id": "2-BC@a@2020"}], []], ids=["two", "none"])
def test_every_verb_has_a_chart_that_can_be_drawn(tmp_path, reports):
    pytest.importorskip("vl_convert")
    for n, chart in enumerate(all_charts(Corpus.from_run(make_run(tmp_path / "run", reports)))):
        assert charts.save_chart(chart, tmp_path / f"{n}.svg").read_text(encoding="utf-8").startswith("<svg")


def test_a_saved_page_fetches_nothing_and_runs_nothing_of_a_text(tmp_path):
    pytest.importorskip("vl_convert")
    corpus = Corpus.from_run(make_run(tmp_path / "run", [REPORT]))
    page = charts.save_chart(charts.chart_similar(similar_sentences(corpus, "đối thoại")), tmp_path / "chart.html")
    assert "<script>document" not in page.read_text(encoding="utf-8")
    with open_browser(tmp_path) as browser:
        browser.open(page)
        assert browser.run("return document.querySelectorAll('#vis canvas, #vis svg').length") > 0
        assert browser.run("return document.title") != "hacked"
        assert browser.errors() == []
        assert browser.requests() == []
