"""Every example of the data files reads as its row says."""

from __future__ import annotations

import re

import pytest

from danvan_nlp.references import find
from danvan_nlp.references.issuers import read_issuer
from danvan_nlp.references.symbols import read_symbol
from danvan_nlp.references.vocabulary import load_rows, load_toml

TYPES = load_toml("document_types.toml")
SYMBOLS = [row for row in load_rows("symbols.csv") if row["example"]]
NAMED = load_rows("named_documents.csv")
ISSUERS = load_toml("issuers.toml")["example"]


@pytest.mark.parametrize("row", TYPES["type"], ids=lambda row: row["name"])
def test_the_example_of_a_type_has_the_type(row):
    [mention] = find(row["example"])
    assert mention.type == row["name"]
    assert (mention.start, mention.end) == (0, len(row["example"]))


@pytest.mark.parametrize("text", TYPES["qualifiers"]["examples"])
def test_qualified_types_begin_the_mention(text):
    assert find(text)[0].start == 0


@pytest.mark.parametrize("row", SYMBOLS, ids=lambda row: row["abbreviation"])
def test_the_example_of_an_abbreviation_holds_its_standard_form(row):
    example = re.search(r"\d[^\s]*", row["example"])
    if example is None:
        text = row["example"].partition(" for ")[0]
        symbol = read_symbol("-", f"{text}/TW")
    else:
        number = re.match(r"\d+[a-zA-Z]?(?:/\d{4})?(?=[-/])", example[0])
        symbol = read_symbol(example[0][number.end()], example[0][number.end() + 1 :])
    assert symbol is not None
    assert symbol.known
    assert (
        row["canonical"] in re.split(r"[-/]", re.sub(r"(?<=[HU])\d+", "", symbol.text))
        or row["canonical"] in symbol.text
    )


@pytest.mark.parametrize("row", NAMED, ids=lambda row: row["key"])
def test_a_named_document_has_its_key(row):
    text = f"Theo {row['example']} năm 2020."
    [mention] = find(text)
    assert mention.name == row["key"]
    assert text[mention.start : mention.end] == f"{row['example']} năm 2020"


@pytest.mark.parametrize("row", ISSUERS, ids=lambda row: row["issuer"])
def test_an_issuer_ends_where_its_example_says(row):
    start = len("của ")
    assert row["text"][start : read_issuer(row["text"], start, len(row["text"]))] == row["issuer"]
