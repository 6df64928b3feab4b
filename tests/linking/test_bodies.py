"""Names of issuing bodies and places: every row of their data files reads as it says."""

import re
from typing import Any

import pytest

from danvan_nlp import data
from danvan_nlp.language.key import fold
from danvan_nlp.linking.bodies import body
from danvan_nlp.localities import find_locality

WORDS = data.toml("place_words")


@pytest.mark.parametrize("row", data.rows("bodies"), ids=lambda row: row["pattern"])
def test_the_example_of_a_body_tells_what_its_row_says(row: dict[str, str]) -> None:
    assert re.search(row["pattern"], fold(row["example"]))
    for told in ("name", "scope", "level"):
        assert not row[told] or body(row["example"], told) == row[told]


@pytest.mark.parametrize("row", [*WORDS["level"], WORDS["after_name"], WORDS["no_name"]], ids=lambda r: r["example"])
def test_words_around_places_are_told_from_their_names(row: dict[str, Any]) -> None:
    place = find_locality(row["example"])
    assert (place.slug if place else "") == row["slug"]


@pytest.mark.parametrize("row", WORDS["level"], ids=lambda row: row["key"])
def test_each_word_announces_its_level(row: dict[str, Any]) -> None:
    for word in row["words"]:
        place = find_locality(f"{word[0].upper()}{word[1:]} Phiêng Đắk")
        assert place is not None
        assert place.name == "Phiêng Đắk"
        assert place.level == row["key"] or row["key"] == "thanh_pho"
