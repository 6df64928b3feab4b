"""Every example of the data files reads as its row says."""

from __future__ import annotations

import re

import pytest

from danvan_nlp import data
from danvan_nlp.references import find
from danvan_nlp.references.issuers import read_issuer
from danvan_nlp.references.symbols import read_symbol

TYPES = data.toml("document_types")
SYMBOLS = [row for row in data.rows("symbols") if row["example"]]
NAMED = data.rows("named_documents")
ISSUERS = data.toml("issuers")["example"]
WORDING = data.toml("references")


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


@pytest.mark.parametrize("name", [name for name, table in WORDING.items() if "example" in table])
def test_the_example_of_a_wording_reads_as_it_is_marked(name):
    marked = WORDING[name]["example"]
    text = re.sub(r"\[\[|\]\]|[{}<>~]", "", marked)
    mentions = find(text)
    assert [text[m.start : m.end] for m in mentions] == [
        re.sub(r"[{}<>~]", "", surface) for surface in re.findall(r"\[\[(.*?)\]\]", marked)
    ]
    assert {m.title for m in mentions} - {None} == set(re.findall(r"\{(.*?)\}", re.sub(r"[<>~]|\[\[|\]\]", "", marked)))
    assert {m.issuer for m in mentions} - {None} == set(re.findall(r"<(.*?)>", marked))
    dates = (date.split("/") for date in re.findall(r"~(.*?)~", marked))
    assert {m.date for m in mentions} - {None} == {
        f"{year}-{int(month):02}-{int(day):02}" for day, month, year in dates
    }
    assert any(word.lower() in text.lower() for word in WORDING[name]["words"])


def test_every_list_of_words_has_an_example():
    lists = [name for name, table in WORDING.items() if isinstance(table, list) and isinstance(table[0], str)]
    assert lists == []
