"""The wordings of relations: every example in the data file is read as its row says."""

import re
import time

import pytest

from danvan_nlp import data
from danvan_nlp.language.key import fold
from danvan_nlp.linking import relations
from danvan_nlp.linking.passages import find_verb, read
from danvan_nlp.linking.wordings import Verb, wordings
from danvan_nlp.types import Mention, Unit


@pytest.mark.parametrize("verb", wordings().verbs, ids=lambda verb: verb.example)
def test_each_example_states_its_relation(verb: Verb) -> None:
    before, between = re.split(r"\{[AB]\}", verb.example)[:2]
    if verb.report_only:
        assert find_verb(fold(before), title="")[0] == verb
    else:
        passage = read(between)
        assert passage.verb == verb
        assert (passage.by == "back") == verb.reverse
        assert passage.by != "people"


_DATA = data.toml("relations")


@pytest.mark.parametrize("row", _DATA["break"], ids=lambda row: row["example"])
def test_what_opens_another_clause_states_no_relation(row: dict[str, str]) -> None:
    between = re.split(r"\{[AB]\}", row["example"])[1]
    assert re.search(row["wording"], fold(between) + " ")
    assert read(between).by == "people"


@pytest.mark.parametrize("row", _DATA["phrase"], ids=lambda row: row["name"])
def test_each_example_has_the_property_of_its_phrase(row: dict[str, str]) -> None:
    *before, between, _ = re.split(r"\{[AB]\}", row["example"])
    passage = read(between, first=not before)
    assert passage.by == row["name"] or getattr(passage, row["name"], False)


@pytest.mark.parametrize("row", _DATA["mark"], ids=lambda row: row["name"])
def test_each_example_has_its_mark(row: dict[str, str]) -> None:
    *_, before, _ = ("", *re.split(r"\{[AB]\}", row["example"]), *([] if "{B}" in row["example"] else [""]))
    assert wordings().phrases[row["name"]].search(fold(before))


@pytest.mark.parametrize(("written", "meant"), _DATA["misread"].items())
def test_a_verb_without_its_marks_is_read_as_meant(written: str, meant: str) -> None:
    assert read(f"Ủy ban {written}").text.endswith(meant)


def test_what_stands_far_back_is_another_matter() -> None:
    title = " về nâng cao chất lượng công tác dân vận" * 20
    assert read(" thực hiện ").by == "document"
    assert read(f"{title} thực hiện ").by == "people"


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
