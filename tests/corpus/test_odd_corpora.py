"""Every verb answers every odd corpus, in the columns and types that it gives for an ordinary one."""

from __future__ import annotations

import pytest

from danvan_nlp.corpus import Corpus, charts, save_table
from danvan_nlp.graph import CitationGraph
from danvan_nlp.graph import charts as graph_charts

from .runs import make_run

OTHER, OWN = "114-KL/TW@TW@2015", "1-BC@a@2020"


def citing(target, text="Thực hiện văn bản X, tổ chức tiếp dân.", **facts):
    return {"text": text, "themes": ["tiep_dan", "han_che"], "cites": {"X": target}, **facts}


ORDINARY = [
    {"target_id": OWN, "place": "A", "locality": "a", "admin_level": "cap_tinh", "date": "2020-05-01",
     "sentences": [citing(OTHER), citing(OTHER, "Tổ chức tiếp dân định kỳ theo văn bản X; đối thoại với dân.")],
     "relations": [(None, "implements", "X")]},
    {"place": "B", "admin_level": "cap_huyen", "date": "2021",
     "sentences": [{"text": "Theo X và Y, tổ chức tiếp dân.", "cites": {"X": OTHER, "Y": "16/CT-TTg"}}] * 3},
]  # fmt: skip
ODD = {
    "no report": [],
    "a report without a sentence": [{"sentences": []}],
    "one report": ORDINARY[:1],
    "one word": [{"sentences": ["Dân"]}],
    "signs alone": [{"sentences": ["…", "- ;", "2020"]}],
    "headings and tables alone": [{"sentences": [{"text": "I. TÌNH HÌNH", "role": "heading"}]}],
    "neither date nor place nor theme": [{"sentences": ["Tổ chức tiếp dân."]}] * 2,
    "a citation of nothing known": [{"sentences": [citing(None)]}],
    "a report that cites itself": [
        {"target_id": OWN, "sentences": [citing(OWN)], "relations": [(None, "implements", "X")]}
    ],
    "two reports that cite each other": [
        {"target_id": OWN, "sentences": [citing("2-BC@b@2021")], "relations": [(None, "implements", "X")]},
        {"target_id": "2-BC@b@2021", "sentences": [citing(OWN)], "relations": [(None, "replaces", "X")]},
    ],
}
VERBS = {
    "kwic": lambda c: c.kwic("tiếp dân"),
    "kwic, regex": lambda c: c.kwic("^ti", kind="regex"),
    "kwic, directive": lambda c: c.kwic("114-KL/TW", kind="directive"),
    "keyness": lambda c: c.keyness(min_count=1),
    "keyness, two parts": lambda c: c.filter(level="cap_tinh").keyness(c, measure="lr"),
    "keyness, places": lambda c: c.keyness(by="place", min_count=1),
    "keyness, years": lambda c: c.keyness(by="year", min_count=1),
    "keyness, themes": lambda c: c.keyness(by="theme", min_count=1),
    "keyness, syllables": lambda c: c.keyness(feature="syllable", measure="pmi"),
    "cooccurrence": lambda c: c.cooccurrence(min_count=1),
    "cooccurrence, frequency": lambda c: c.cooccurrence(count="frequency"),
    "cooccurrence, window": lambda c: c.cooccurrence(context="window"),
    "cooccurrence, themes": lambda c: c.cooccurrence("themes"),
    "cooccurrence, directives": lambda c: c.cooccurrence("directives"),
    "cooccurrence, own words": lambda c: c.cooccurrence(["tiếp dân", "tổ chức"]),
    "theme_share": lambda c: c.theme_share(),
    "theme_share, all": lambda c: c.theme_share([]),
    "theme_share, report": lambda c: c.theme_share("doc_id"),
    "phrases": lambda c: c.phrases(min_count=1),
    "phrases, three": lambda c: c.phrases(size=3),
    "similar_sentences": lambda c: c.similar_sentences("tổ chức tiếp dân"),
    "reuse": lambda c: c.reuse(min_words=3),
    "sentences": lambda c: c.sentences,
    "references": lambda c: c.references,
    "directives": lambda c: c.directives,
    "documents": lambda c: c.documents,
    "to_pandas": lambda c: c.to_pandas(),
    "nodes": lambda c: CitationGraph.from_corpus(c).nodes,
    "edges": lambda c: CitationGraph.from_corpus(c).edges,
    "most_cited": lambda c: CitationGraph.from_corpus(c).most_cited(),
    "co_citation": lambda c: CitationGraph.from_corpus(c).co_citation(min_count=1),
    "coupling": lambda c: CitationGraph.from_corpus(c).coupling(min_count=1),
    "communities": lambda c: CitationGraph.from_corpus(c).communities(),
    "pagerank": lambda c: CitationGraph.from_corpus(c).pagerank(),
    "pagerank, years": lambda c: CitationGraph.from_corpus(c).pagerank(by_year=True),
}
CHARTS = {
    "kwic": charts.chart_kwic,
    "keyness": charts.chart_keyness,
    "keyness, years": charts.chart_keyness,
    "most_cited": graph_charts.chart_most_cited,
    "pagerank, years": graph_charts.chart_pagerank,
    "cooccurrence": charts.chart_cooccurrence,
    "cooccurrence, themes": charts.chart_cooccurrence,
    "cooccurrence, window": charts.chart_cooccurrence,
    "theme_share": charts.chart_theme_share,
    "theme_share, all": charts.chart_theme_share,
    "theme_share, report": charts.chart_theme_share,
    "phrases": charts.chart_phrases,
    "similar_sentences": charts.chart_similar,
    "reuse": charts.chart_reuse,
}


@pytest.fixture(scope="module")
def corpora(tmp_path_factory):
    folder = tmp_path_factory.mktemp("odd")
    found = {name: Corpus.from_run(make_run(folder / str(i), reports)) for i, (name, reports) in enumerate(ODD.items())}
    found["ordinary"] = Corpus.from_run(make_run(folder / "ordinary", ORDINARY))
    found["a part of nothing"] = found["ordinary"].filter(doc_id=[])
    return found


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", [*ODD, "a part of nothing", "ordinary"])
def test_every_verb_answers(corpora, tmp_path, name, verb):
    corpus = corpora[name]
    found, ordinary = VERBS[verb](corpus), VERBS[verb](corpora["ordinary"])
    assert found.dtypes.to_dict() == ordinary.dtypes.to_dict()
    assert len(ordinary), "the ordinary corpus has something for every verb"
    if "sentence_id" in found:
        assert set(found["sentence_id"].dropna()) <= set(corpora[name].store.sentence_rows)
    for suffix in (".csv", ".xlsx"):
        assert save_table(found, tmp_path / f"found{suffix}").stat().st_size > 0
    if verb in CHARTS:
        assert CHARTS[verb](found).to_dict()["$schema"]


@pytest.mark.parametrize("name", ODD)
def test_any_two_reports_are_compared_and_any_node_has_a_cascade(corpora, name):
    corpus = corpora[name]
    for doc_id in corpus.documents["doc_id"]:
        assert charts.chart_compare(corpus.compare(doc_id, corpus.documents["doc_id"][0])).to_dict()
    graph = CitationGraph.from_corpus(corpus)
    for node in graph.graph:
        found = graph.cascade(node)
        assert node not in set(found.steps["node"])
        assert graph_charts.chart_cascade(found).to_dict()
