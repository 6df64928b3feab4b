"""What a sentence says was issued to carry a document out."""

from __future__ import annotations

import re
import time
import tomllib
from importlib.resources import files

import pytest

from danvan_nlp.graph import CitationGraph
from danvan_nlp.graph.issued import issued_for

from .runs import make_run

DATA = tomllib.loads(files("danvan_nlp.data").joinpath("cascade.toml").read_text(encoding="utf-8"))
NUMBERED = re.compile(r"(Kết luận|Chỉ thị|Kế hoạch|Công văn|Báo cáo|Luật)(?: số)? \d+[\w/-]*")


def found(text):
    mentions = [
        {"start": m.start(), "end": m.end(), "type": m[1].lower(), "says": m[0]} for m in NUMBERED.finditer(text)
    ]
    return [(one["says"], other["says"]) for one, other in issued_for(text, mentions)]


@pytest.mark.parametrize("row", [*DATA["opening"], *DATA["issuing"]], ids=lambda row: row["wording"])
def test_the_example_of_each_wording_is_found(row):
    pair = [("Kế hoạch 5-KH/HU", "Kết luận 114-KL/TW")]
    assert found(row["example"]) == pair
    assert found(row["example"].upper().replace("KẾT LUẬN", "Kết luận").replace("KẾ HOẠCH", "Kế hoạch")) == pair


def test_every_document_of_a_list_is_issued_for_every_one_of_the_other():
    text = (
        "Thực hiện Kết luận 114-KL/TW, ngày 14/7/2015 của Ban Bí thư và Chỉ thị 16/CT-TTg, Ủy ban nhân dân tỉnh "
        "ban hành Kế hoạch 8/KH-UBND, ngày 20/8/2016 và Công văn 99/UBND-NC."
    )
    above = ("Kết luận 114-KL/TW", "Chỉ thị 16/CT-TTg")
    assert found(text) == [(n, d) for n in ("Kế hoạch 8/KH-UBND", "Công văn 99/UBND-NC") for d in above]


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Kết luận 114-KL/TW, Tỉnh ủy ban hành Báo cáo 5-BC/TU.",
        "Thực hiện Kết luận 114-KL/TW. Tỉnh ủy ban hành Kế hoạch 5-KH/TU.",
        "Tiếp tục thực hiện Kết luận 114-KL/TW; ban hành Kế hoạch 5-KH/TU.",
        "Trước khi có Kết luận 114-KL/TW, Tỉnh ủy ban hành Kế hoạch 5-KH/TU.",
        "Thực hiện Kết luận 114-KL/TW, các huyện học tập Kế hoạch 5-KH/TU.",
    ],
)
def test_what_was_not_issued_for_it_is_left(text):
    assert found(text) == []


def test_a_plan_issued_before_the_directive_or_at_the_centre_is_no_step(tmp_path):
    early, centre, plan, root = "5-KH/TU@a@2014", "9-KH/TW@TW@2016", "7-KH/TU@a@2015", "114-KL/TW@TW@2015"
    text = "Thực hiện 114-KL/TW, Tỉnh ủy ban hành 5-KH/TU và 9-KH/TW và 7-KH/TU."
    cites = {"114-KL/TW": root, "5-KH/TU": early, "9-KH/TW": centre, "7-KH/TU": plan}
    dates = {root: "2015-07-14", early: "2014-01-01", centre: "2016-01-01", plan: "2015-12-11"}
    report = {"sentences": [{"text": text, "cites": cites, "type": "kế hoạch"}], "place": "A", "locality": "a"}
    known = [{"target_id": target, "date": date} for target, date in dates.items()]
    graph = CitationGraph.from_run(make_run(tmp_path, [{**report, "directives": known}]))
    steps = graph.cascade("114-KL/TW").steps
    assert steps[["node", "relation", "days_after"]].to_numpy().tolist() == [[plan, "issued_for", 150]]
    assert steps["sentence_id"].tolist() == ["d0:s:0"]


def test_a_relation_that_a_report_states_goes_before(tmp_path):
    cites = {"114-KL/TW": "114-KL/TW@TW@2015", "7-KH/TU": "7-KH/TU@a@2015"}
    sentence = {"text": "Thực hiện 114-KL/TW, ban hành 7-KH/TU.", "cites": cites, "type": "kế hoạch"}
    report = {"sentences": [sentence], "relations": [("7-KH/TU", "implements", "114-KL/TW")]}
    edges = CitationGraph.from_run(make_run(tmp_path, [report])).edges
    assert sorted(edges["type"]) == ["cites", "cites", "implements"]


def test_the_time_grows_with_the_length_of_a_sentence():
    text = "Thực hiện Kết luận 114-KL/TW" + " của a" * 2000 + " của Kế hoạch 5-KH/HU."
    begin = time.process_time()
    assert found(text) == []
    assert time.process_time() - begin < 1


@pytest.mark.parametrize(("date", "steps"), [("2015", 1), ("2016", 1), ("2014", 0), ("2015-07", 1), ("2015-06", 0)])
def test_a_plan_of_which_the_year_alone_is_known_is_a_step_unless_it_is_older(tmp_path, date, steps):
    plan, root = "7-KH/TU@a@2015", "114-KL/TW@TW@2015"
    text = "Thực hiện 114-KL/TW, Tỉnh ủy ban hành 7-KH/TU."
    sentence = {"text": text, "cites": {"114-KL/TW": root, "7-KH/TU": plan}, "type": "kế hoạch"}
    known = [{"target_id": plan, "date": date}, {"target_id": root, "date": "2015-07-14"}]
    graph = CitationGraph.from_run(make_run(tmp_path, [{"sentences": [sentence], "directives": known}]))
    assert len(graph.cascade("114-KL/TW").steps) == steps
