"""The data files: nothing stands in them that no code asks for, and their facts agree."""

from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest

import danvan_nlp
from danvan_nlp import data
from danvan_nlp.language.key import slug
from danvan_nlp.linking.similar import overlap
from danvan_nlp.linking.terms import plenum_year, term_of, terms_of_year
from danvan_nlp.localities import districts, find_locality, provinces
from danvan_nlp.types import RelationType, Role

PACKAGE = Path(danvan_nlp.__file__).parent
SOURCES = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
# Tables that are read whole: their keys are values, or names of a user's making.
WHOLE = ("levels", "legacy_encodings")


@pytest.mark.parametrize("name", sorted(path.stem for path in (PACKAGE / "data").glob("*.toml")))
def test_every_key_of_a_file_is_read(name: str) -> None:
    keys = [key for key in data.toml(name) if name not in WHOLE]
    assert [key for key in keys if f'"{key}"' not in SOURCES and f"'{key}'" not in SOURCES] == []


@pytest.mark.parametrize("row", data.rows("terms"), ids=lambda row: row["term"])
def test_a_term_holds_from_its_congress_on(row: dict[str, str]) -> None:
    opens = date.fromisoformat(row["opens"])
    assert term_of(row["opens"]) == row["term"]
    assert term_of(str(opens - timedelta(days=1))) != row["term"]


def test_a_plenum_met_in_its_term() -> None:
    for row in data.rows("plenums"):
        assert plenum_year(row["term"], row["plenum"]) == row["year"]
        assert row["term"] in terms_of_year(row["year"]), row


def test_every_province_and_district_is_found_by_its_name() -> None:
    for row in data.rows("localities"):
        place = find_locality(f"{row['kind'].capitalize()} {row['name']}")
        assert place is not None
        assert place.slug == row["slug"]
        assert row["merged_into"] == "" or row["merged_into"] in provinces()
    for row in data.rows("districts"):
        assert row["province"] in provinces(), row
        assert row["province"] in {district.province for district in districts()[slug(row["name"])]}, row
        assert set(row["kinds"].split(";")) <= {"huyện", "quận", "thị xã", "thành phố"}, row


@pytest.mark.parametrize(("short", "full"), data.toml("titles")["abbreviations"].items())
def test_a_title_says_the_same_with_and_without_abbreviation(short: str, full: str) -> None:
    assert overlap(f"chính sách {short} miền núi", f"chính sách {full} miền núi") == 1.0


def test_every_key_that_the_tables_hold_has_a_name() -> None:
    names = data.toml("names")
    assert set(names["roles"]) == set(get_args(Role))
    assert set(names["relations"]) >= set(get_args(RelationType))
    assert set(names["levels"]) == {"trung_uong", "cap_tinh", "cap_huyen", "cap_xa"}
    assert set(names["columns"]) >= {"place", "locality", "admin_level", "year", "doc_id", "theme"}
