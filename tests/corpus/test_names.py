"""Names of documents where people read them."""

import re
from dataclasses import asdict

from danvan_nlp.corpus.names import document_name
from danvan_nlp.linking import load_registry


def test_every_known_directive_bears_its_own_number() -> None:
    entries = [entry for entry in load_registry().entries if entry.number]
    assert len(entries) > 400
    for entry in entries:
        inside = f"/{entry.year_in_number}" if entry.year_in_number else ""
        written = rf" 0?{entry.number}{inside}[-/]{re.escape(entry.symbol or '')}(?: \({entry.year}\))?"
        name = document_name(asdict(entry.directive()), "?")
        assert re.fullmatch(entry.type.capitalize() + written, name), name
        assert bool(inside) != name.endswith(")"), name
