"""Who cites what: nodes, edges, measures, the cascade, and what other tools read back."""

from __future__ import annotations

import csv
import json

import networkx as nx
import numpy as np
import pytest

from danvan_nlp.errors import UsageError
from danvan_nlp.graph import CitationGraph

from .runs import make_run

KL114, CT16 = "114-KL/TW@TW@2015", "16-CT-TTg@TTg@2016"
PLAN, DISTRICT = "12-KH/TU@cao-bang@2015", "5-KH/HU@ba-be@2016"
DIRECTIVES = [
    {"target_id": KL114, "type": "kết luận", "date": "2015-07-14", "title": 'Về "dân vận" <script>&'},
    {"target_id": CT16, "type": "chỉ thị", "date": "2016-05-16"},
    {"target_id": PLAN, "type": "kế hoạch", "date": "2015-12-11"},
    {"target_id": DISTRICT, "type": "kế hoạch", "date": "2016-02-01"},
]


def report(target, place, locality, level, sentences, relations=(), date="2020-06-01"):
    facts = {"target_id": target, "place": place, "locality": locality, "admin_level": level, "date": date}
    facts |= {"doc_type": "báo cáo", "title": '=cmd|"/c calc"!A1', "number": "1", "symbol": "BC/TU"}
    return {**facts, "sentences": sentences, "relations": list(relations), "directives": DIRECTIVES}


@pytest.fixture
def graph(tmp_path):
    cao_bang = report(
        "1-BC/TU@cao-bang@2020", "Cao Bằng", "cao-bang", "cap_tinh",
        [
            {"text": "Kế hoạch 12-KH/TU thực hiện 114-KL/TW.", "cites": {"12-KH/TU": PLAN, "114-KL/TW": KL114}},
            {"text": "Chỉ thị 16/CT-TTg, Công văn 9-CV/HU.", "cites": {"16/CT-TTg": CT16, "9-CV/HU": None}},
        ],
        [("12-KH/TU", "implements", "114-KL/TW")],
    )  # fmt: skip
    ba_be = report(
        "2-BC/HU@ba-be@2020", "Ba Bể", "ba-be", "cap_huyen",
        [
            {"text": "Kế hoạch 5-KH/HU triển khai 12-KH/TU.", "cites": {"5-KH/HU": DISTRICT, "12-KH/TU": PLAN}},
            {"text": "Theo Kết luận 114-KL/TW và 16/CT-TTg.", "cites": {"114-KL/TW": KL114, "16/CT-TTg": CT16}},
        ],
        [("5-KH/HU", "implements", "12-KH/TU")], date="2021-06-01",
    )  # fmt: skip
    other = report(
        None, "Trà Lĩnh", "tra-linh", "cap_huyen", [{"text": "Nêu 114-KL/TW.", "cites": {"114-KL/TW": KL114}}]
    )
    return CitationGraph.from_run(make_run(tmp_path / "run", [cao_bang, ba_be, {**other, "date": None}]))


def test_reports_directives_and_unresolved_references_are_nodes(graph):
    kinds = graph.nodes.set_index("node")["kind"].to_dict()
    assert kinds == {
        **dict.fromkeys((KL114, CT16, PLAN, DISTRICT), "directive"),
        **{
            "1-BC/TU@cao-bang@2020": "report",
            "2-BC/HU@ba-be@2020": "report",
            "d2": "report",
            "?9-CV/HU@d0": "unresolved",
        },
    }
    levels = graph.nodes.set_index("node")["level"]
    assert (levels[KL114], levels[PLAN], levels[DISTRICT]) == ("trung_uong", "cap_tinh", "cap_huyen")


def test_every_edge_leads_to_its_sentence(graph):
    sentences = graph.corpus.sentences.set_index("sentence_id")
    for edge in graph.edges.itertuples():
        sentence = sentences.loc[edge.sentence_id]
        assert sentence["start"] <= edge.start < edge.end <= sentence["end"]


def test_the_most_cited_are_counted_by_reports(graph):
    found = graph.most_cited(limit=2)
    assert found[["node", "n_reports", "n_mentions"]].to_numpy().tolist() == [[KL114, 3, 3], [PLAN, 2, 2]]


def test_co_citation_and_coupling_worked_by_hand(graph):
    together = graph.co_citation(min_count=1).set_index(["a", "b"])
    assert together.loc[(KL114, CT16), ["n", "n_a", "n_b"]].tolist() == [2, 3, 2]
    assert together.loc[(KL114, CT16), "jaccard"] == pytest.approx(0.666667, abs=5e-7)
    coupled = graph.coupling().set_index(["a", "b"])
    # Both cite 114-KL/TW, 16-CT-TTg and 12-KH/TU, of four documents each.
    assert coupled.loc[("1-BC/TU@cao-bang@2020", "2-BC/HU@ba-be@2020"), "n"] == 3
    assert coupled["jaccard"].tolist() == [pytest.approx(3 / 5)]


def test_pagerank_satisfies_its_equation(graph):
    scores = graph.pagerank().set_index("node")["score"]
    names = list(scores.index)
    weights = np.zeros((len(names), len(names)))
    for source, target, data in graph.citations:
        weights[names.index(source), names.index(target)] += data["n"]
    sums = weights.sum(axis=1)
    steps = np.where(sums[:, None] > 0, weights / np.maximum(sums, 1)[:, None], 1 / len(names))
    wanted = np.full(len(names), 1 / len(names))
    for _ in range(200):
        wanted = 0.15 / len(names) + 0.85 * wanted @ steps
    assert scores.to_numpy() == pytest.approx(wanted, abs=1e-5)


def test_pagerank_grows_with_the_years(graph):
    found = graph.pagerank(by_year=True)
    assert found["year"].unique().tolist() == [2020, 2021]
    assert len(found[found["year"] == 2020]) < len(found[found["year"] == 2021])


def test_communities_cover_every_node_once(graph):
    found = graph.communities()
    assert sorted(found["node"]) == sorted(graph.graph)
    assert found.equals(graph.communities())


def test_the_cascade_goes_down_the_levels_with_the_days(graph):
    found = graph.cascade("114-KL/TW")
    columns = ["depth", "node", "level", "days_after", "days_after_via", "doc_id"]
    assert found.steps[columns].to_numpy().tolist() == [
        [1, PLAN, "cap_tinh", 150, 150, "d0"],
        [2, DISTRICT, "cap_huyen", 202, 52, "d1"],
    ]
    assert found.reports[["node", "own_plan"]].to_numpy().tolist() == [
        ["1-BC/TU@cao-bang@2020", True],
        ["2-BC/HU@ba-be@2020", True],
        ["d2", False],
    ]
    assert set(found.reports["relation"]) == {"cites"}
    assert found.without_plan["place"].tolist() == ["Trà Lĩnh"]


def test_a_report_on_a_directive_is_no_step_of_it(tmp_path):
    sentence = {"text": "Tổng kết 114-KL/TW.", "cites": {"114-KL/TW": KL114}}
    about = report("1-BC@a@2020", "A", "a", "cap_tinh", [sentence], [(None, "reviews", "114-KL/TW")])
    plan = report("2-KH@b@2020", "B", "b", "cap_tinh", [sentence], [(None, "implements", "114-KL/TW")])
    untyped = report(None, "C", "c", "cap_tinh", [sentence], [(None, "implements", "114-KL/TW")])
    runs = [about, {**plan, "doc_type": "kế hoạch"}, {**untyped, "doc_type": None}]
    found = CitationGraph.from_run(make_run(tmp_path, runs)).cascade("114-KL/TW")
    assert found.steps["node"].tolist() == ["2-KH@b@2020"]
    assert found.reports[["place", "relation", "own_plan"]].to_numpy().tolist() == [
        ["A", "reviews", False],
        ["B", "implements", True],
        ["C", "implements", False],
    ]


def test_what_replaced_a_directive_is_known_from_the_registry(tmp_path):
    old = {"text": "Nêu Pháp lệnh 34.", "cites": {"Pháp lệnh 34": "34-PL-UBTVQH11@UBTVQH@2007"}}
    graph = CitationGraph.from_run(make_run(tmp_path, [report(None, "A", "a", None, [old])]))
    found = graph.cascade("34-PL-UBTVQH11@UBTVQH@2007").replaced_by
    assert found[["node", "date", "known_from"]].to_numpy().tolist() == [["10-QH15@QH@2022", "2022-11-10", "registry"]]


def test_an_unknown_or_ambiguous_directive_is_told_so(tmp_path, graph):
    with pytest.raises(UsageError, match="no document"):
        graph.cascade("999-KL/TW")
    cites = {"A": "25-NQ/TW@TW@2003", "B": "25-NQ/TW@TW@2013"}
    both = CitationGraph.from_run(make_run(tmp_path / "two", [{"sentences": [{"text": "A và B.", "cites": cites}]}]))
    with pytest.raises(UsageError, match=r"2003.*2013"):
        both.cascade("25-NQ/TW")


@pytest.fixture(params=["none", "one", "cycle", "self"])
def odd(request, tmp_path):
    one = {"text": "Nêu X.", "cites": {"X": "2-BC@b@2020"}}
    two = {"text": "Nêu Y.", "cites": {"Y": "1-BC@a@2020"}}
    reports = {
        "none": [],
        "one": [{"sentences": ["Không dẫn văn bản nào."]}],
        "cycle": [
            {"target_id": "1-BC@a@2020", "sentences": [one], "relations": [(None, "implements", "X")]},
            {"target_id": "2-BC@b@2020", "sentences": [two], "relations": [(None, "implements", "Y")]},
        ],
        "self": [{"target_id": "1-BC@a@2020", "sentences": [two], "relations": [(None, "implements", "Y")]}],
    }
    return CitationGraph.from_run(make_run(tmp_path / "run", reports[request.param]))


def test_every_verb_answers_cycles_self_citations_missing_dates_and_nothing(odd, tmp_path):
    odd.most_cited()
    odd.co_citation(min_count=1)
    odd.coupling(min_count=1)
    odd.pagerank(by_year=True)
    assert len(odd.communities()) == len(odd.pagerank()) == len(odd.nodes) == len(odd.graph)
    for node in odd.graph:
        assert len(odd.cascade(node).steps) <= len(odd.graph) - 1
    for write in (odd.to_graphml, odd.to_gexf, odd.to_dot, odd.to_jsonld, odd.to_html):
        assert write(tmp_path / write.__name__).stat().st_size > 0
    odd.to_neo4j_csv(tmp_path / "neo4j")


def test_graphml_and_gexf_are_read_back(graph, tmp_path):
    graph.graph.nodes[KL114]["title"] += "\x00"
    for write, read in ((graph.to_graphml, nx.read_graphml), (graph.to_gexf, nx.read_gexf)):
        back = read(write(tmp_path / write.__name__))
        assert set(back) == set(graph.graph)
        assert back.number_of_edges() == graph.graph.number_of_edges()
        assert back.nodes[KL114]["title"] == 'Về "dân vận" <script>&\ufffd'
        relations = sorted(data["relation"] for *_, data in back.edges(data=True))
        assert relations == sorted(key for *_, key in graph.graph.edges(keys=True))


def test_dot_is_read_back(graph, tmp_path):
    pydot = pytest.importorskip("pydot")
    graph.graph.nodes[KL114]["label"] = 'a "b" \\ {c}'
    (back,) = pydot.graph_from_dot_file(str(graph.to_dot(tmp_path / "graph.dot")), encoding="utf-8")
    assert len(back.get_edges()) == graph.graph.number_of_edges()
    assert {node.get_name().strip('"') for node in back.get_nodes()} >= set(graph.graph)
    assert back.get_node(f'"{KL114}"')[0].get("label") == '"a \\"b\\" \\\\ {c}"'


def test_neo4j_csv_is_read_back_and_runs_no_formula(graph, tmp_path):
    nodes, edges = graph.to_neo4j_csv(tmp_path / "neo4j")
    with nodes.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["id:ID"] for row in rows} == set(graph.graph)
    assert {row[":LABEL"] for row in rows} == {"Report", "Directive", "Unresolved"}
    assert all(cell == "" or cell[0] not in "=+-@" for row in rows for cell in row.values())
    assert "'=cmd|" in nodes.read_text(encoding="utf-8")
    with edges.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    read = {(row[":START_ID"], row[":END_ID"], row[":TYPE"].lower()) for row in rows}
    assert read == set(graph.graph.edges(keys=True))


def test_json_ld_is_read_back_as_triples_of_eli(graph, tmp_path):
    path = graph.to_jsonld(tmp_path / "graph.jsonld")
    rdflib = pytest.importorskip("rdflib")
    triples = rdflib.Graph().parse(path, format="json-ld")
    eli = rdflib.Namespace("http://data.europa.eu/eli/ontology#")
    local = {str(s): str(o) for s, o in triples.subject_objects(eli.id_local)}
    assert set(local.values()) == set(graph.graph)
    cites = {(local[str(s)], local[str(o)]) for s, o in triples.subject_objects(eli.cites)}
    assert cites == {(u, v) for u, v, _ in graph.citations}
    implements = {(local[str(s)], local[str(o)]) for s, o in triples.subject_objects(eli.implements)}
    assert implements == {(PLAN, KL114), (DISTRICT, PLAN)}
    assert json.loads(path.read_text(encoding="utf-8"))["@context"]["eli"].startswith("http://data.europa.eu")


def test_the_cascade_of_the_real_reports(real_reports, tmp_path):
    from danvan_nlp import run

    run([real_reports / "kontum_phuluc.txt", real_reports / "caobang.txt"], tmp_path / "run")
    found = CitationGraph.from_run(tmp_path / "run").cascade("114-KL/TW")
    steps = found.steps.set_index("node")
    assert steps.loc["1-KH/TU@kon-tum@2015", "days_after"] == 99
    assert steps.loc["12-KH/TU@cao-bang@2015", "days_after"] == 150
    assert found.reports[["place", "own_plan"]].to_numpy().tolist() == [["Kon Tum", True], ["Cao Bằng", True]]


def test_what_lies_outside_its_bounds_is_refused(graph):
    with pytest.raises(UsageError, match="limit is -1"):
        graph.most_cited(limit=-1)
    for damping in (-0.1, 1.0, 2.0):
        with pytest.raises(UsageError, match="damping"):
            graph.pagerank(damping=damping)
