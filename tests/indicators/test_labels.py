"""Which indicator and level the labels of a figure name, in the wordings of many offices; and which name none."""

from __future__ import annotations

from pathlib import Path

import pytest

from danvan_nlp.indicators.appendix.recognise import find_level, recognise

_LINES = (Path(__file__).parent / "cases" / "labels.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", [line for line in _LINES if "=>" in line and not line.startswith("#")])
def test_labels_name_their_indicator(line: str) -> None:
    path, _, expected = line.partition("=>")
    headings, labels = ([part.strip() for part in reversed(half.split(" > "))] for half in path.split("//"))
    key, *level = expected.split()
    found = recognise(labels, headings)
    assert (found.kind.key if found else "-") == key
    if found and level:
        named = find_level(labels, headings, found.kind.levels) or find_level(labels, headings, "chung")
        assert [named] == level
