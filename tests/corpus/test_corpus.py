"""A run as a corpus: what is read, and what a filter leaves."""

from __future__ import annotations

import re

import pytest
from pandas.testing import assert_frame_equal

from danvan_nlp import read_table
from danvan_nlp.corpus import Corpus
from danvan_nlp.errors import UsageError

from .runs import make_run

LAW = "Luật số 10/2022/QH15"
REPORTS = [
    {
        "place": "Cao Bằng", "locality": "cao-bang", "admin_level": "cap_tinh", "date": "2020-03-02",
        "sentences": [
            {"text": "Đối thoại.", "themes": ["tiep_dan"]},
            {"text": f"{LAW}, rồi {LAW}.", "cites": {LAW: "10-QH15@QH@2022"}},
        ],
        "directives": [
            {
                "target_id": "10-QH15@QH@2022",
                "title": "Luật Thực hiện dân chủ ở cơ sở",
                "aliases": ["Chương trình tổng thể giai đoạn 2011 - 2020"],
            }
        ],
    },
    {"place": "Ba Bể", "locality": "ba-be", "admin_level": "cap_huyen", "date": "2021", "sentences": ["Hạn chế."]},
]  # fmt: skip


@pytest.fixture
def run(tmp_path):
    return make_run(tmp_path, REPORTS)


def test_without_a_filter_the_tables_are_those_of_the_run(run):
    corpus = Corpus.from_run(run)
    for name in ("documents", "sentences", "references"):
        ours, theirs = getattr(corpus, name), read_table(run, name)
        assert_frame_equal(ours, theirs)
    assert len(corpus) == 3


@pytest.mark.parametrize(
    ("condition", "texts"),
    [
        ({"place": "cao bằng"}, 2),
        ({"place": ["ba-be"]}, 1),
        ({"level": "cap_huyen"}, 1),
        ({"year": 2020}, 2),
        ({"year": range(2020, 2022)}, 3),
        ({"theme": "tiep_dan"}, 1),
        ({"cites": "10/2022/QH15"}, 1),
        ({"cites": "luật thực hiện dân chủ ở cơ sở"}, 1),
        ({"cites": "chương trình tổng thể giai đoạn 2011 - 2020"}, 1),
        ({"place": "Cao Bằng", "theme": "tiep_dan"}, 1),
        ({"place": "Cao Bằng", "level": "cap_huyen"}, 0),
        ({"role": "footnote"}, 0),
        ({"doc_id": "d1"}, 1),
    ],
)
def test_a_filter_keeps_the_sentences_that_meet_every_condition(run, condition, texts):
    assert len(Corpus.from_run(run).filter(**condition).to_pandas()) == texts


def test_what_a_filter_leaves_goes_on_in_the_other_tables(run):
    part = Corpus.from_run(run).filter(cites="10/2022/QH15")
    assert part.documents["doc_id"].tolist() == ["d0"]
    assert part.directives[["target_id", "n_mentions", "n_documents"]].to_numpy().tolist() == [
        ["10-QH15@QH@2022", 1, 1]
    ]
    assert len(part.filter(theme="tiep_dan").references) == 0
    assert part.to_pandas().columns[:4].tolist() == ["doc_id", "sentence_id", "start", "end"]


def test_a_theme_that_nobody_knows_is_told_so(run):
    with pytest.raises(UsageError, match="tiep_dan"):
        Corpus.from_run(run).filter(theme="tiep_dân")


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ({"place": "Bến Tre"}, "no place 'Bến Tre' in this run; there is: Ba Bể, Cao Bằng"),
        ({"year": 1900}, "no year '1900' in this run; there is: 2020, 2021"),
        ({"cites": "10/2021/QH15"}, "no directive '10/2021/QH15' in this run; there is: 10-QH15@QH@2022"),
    ],
)
def test_a_condition_that_nothing_can_meet_is_told_with_what_there_is(run, condition, told):
    with pytest.raises(UsageError, match=re.escape(told)):
        Corpus.from_run(run).filter(**condition)


def test_a_report_is_called_by_its_id_its_file_or_its_number(tmp_path):
    facts = {"sentences": ["Dân vận."], "number": "2874", "symbol": "BC-SNV", "paths": ["x/huyen-a.txt"]}
    store = Corpus.from_run(make_run(tmp_path, [facts, {"sentences": ["Dân."], "number": "9"}])).store
    for name in ("d0", "huyen-a", "huyen-a.txt", "2874/BC-SNV", "2874-bc-snv"):
        assert store.document(name) == "d0"
    with pytest.raises(UsageError, match="2 reports are called 'd'; choose one by its id: d0, d1"):
        store.document("d")
    with pytest.raises(UsageError, match="no report 'huyen-b' in this run; there is: huyen-a"):
        store.document("huyen-b")


def test_a_theme_that_no_sentence_has_leaves_nothing(run):
    assert len(Corpus.from_run(run).filter(theme="nguyen_nhan")) == 0


def test_a_folder_without_a_run_is_told_so(tmp_path):
    with pytest.raises(UsageError, match="danvan run"):
        Corpus.from_run(tmp_path)


@pytest.mark.parametrize(("condition", "says"), [({"level": "tinh"}, "cap_tinh"), ({"role": "câu"}, "footnote")])
def test_a_value_that_no_table_can_hold_is_told_with_those_that_it_can(run, condition, says):
    with pytest.raises(UsageError, match=says):
        Corpus.from_run(run).filter(**condition)


def test_a_year_that_is_no_number_is_told_so(run):
    with pytest.raises(UsageError, match="hai nghìn"):
        Corpus.from_run(run).filter(year="hai nghìn")
