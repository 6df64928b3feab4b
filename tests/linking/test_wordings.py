"""The wordings of relations: every example in the data file is read as its row says."""

import re
import time
import tomllib
from importlib.resources import files

import pytest

from danvan_nlp.language.key import fold
from danvan_nlp.linking import relations
from danvan_nlp.linking.passages import acted_by, acts
from danvan_nlp.linking.wordings import Verb, wordings
from danvan_nlp.types import Mention, Unit


@pytest.mark.parametrize("verb", wordings().verbs, ids=lambda verb: verb.example)
def test_each_example_states_its_relation(verb: Verb) -> None:
    passage = re.split(r"\{[AB]\}", verb.example)
    between = passage[0] if verb.report_only else passage[1]
    read = acted_by(between) if verb.reverse else acts(between, of_report=verb.report_only)
    assert read == verb.type


_DATA = tomllib.loads(files("danvan_nlp.data").joinpath("relations.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", _DATA["break"], ids=lambda row: row["example"])
def test_what_opens_another_clause_states_no_relation(row: dict[str, str]) -> None:
    between = re.split(r"\{[AB]\}", row["example"])[1]
    assert re.search(row["wording"], fold(between) + " ")
    assert acts(between) is None
    assert acted_by(between) is None


def test_reading_stays_linear_in_a_text_of_nothing_but_verbs() -> None:
    for word in ("thực hiện ", "của Ban ", "hướng dẫn và ", "tiếp tục ", "ngày 1/1/2016 ", ", ", "sơ kết "):
        text = word * 4000
        size = len(text)
        mentions = [
            Mention(start=at, end=at + 1, kind="short", number=str(at), symbol="KH/TU") for at in range(0, size, 40)
        ]
        start = time.perf_counter()
        relations(mentions, text=text, units=[Unit(start=0, end=size, role="sentence")])
        assert time.perf_counter() - start < 5
