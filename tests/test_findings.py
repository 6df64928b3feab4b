"""What findings say: each wording with the facts of its example, and names for every key that is shown."""

from __future__ import annotations

from typing import Any

import pytest

from danvan_nlp.findings import name_of, say, wordings
from danvan_nlp.indicators.catalogue import catalogue


@pytest.mark.parametrize("row", wordings()["message"].values(), ids=lambda row: row["key"])
def test_the_example_of_each_message_is_made_from_its_facts(row: dict[str, Any]) -> None:
    assert say(row["key"], **row["facts"]) == row["example"]


def test_every_level_has_a_name() -> None:
    levels = {level.key for kinds in catalogue().levels.values() for level in kinds}
    assert levels == set(wordings()["levels"])


def test_a_key_without_a_name_is_shown_as_it_is() -> None:
    assert name_of("kinds", "of_a_user") == "of_a_user"
