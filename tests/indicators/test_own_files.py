"""A user's own indicators: what a row needs, and what is said of a faulty one."""

from __future__ import annotations

from pathlib import Path

import pytest

from danvan_nlp.errors import DataError
from danvan_nlp.indicators import extract
from danvan_nlp.indicators.catalogue import catalogue
from tests.indicators.reports import report


def _file(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_indicator_needs_a_key_and_wordings_alone(tmp_path: Path) -> None:
    own = _file(tmp_path, '[[indicator]]\nkey = "ho_hien_dat"\nwords = ["hộ hiến đất"]\n')
    lines = ["@10. Nông thôn mới", "Năm\tSố hộ hiến đất", "2019\t41 hộ"]
    assert [(f.key, f.value, f.unit) for f in extract(report(lines), own=[own])] == [("ho_hien_dat", 41.0, "hộ")]


def test_a_row_of_the_same_key_takes_the_place_of_the_packages(tmp_path: Path) -> None:
    own = _file(tmp_path, '[[indicator]]\nkey = "hoa_giai_tong"\nwords = ["vụ xích mích"]\n')
    assert [w.parts for w in catalogue(own).indicators["hoa_giai_tong"].words] == [("vu xich mich",)]


_GOOD = 'key = "a"\nwords = ["x"]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[indicator]\n", "is no TOML"),
        ('[[indicators]]\nkey = "a"\n', "[indicators] is unknown"),
        ('[indicator]\nkey = "a"\n', "must be written [[indicator]]"),
        ('[[indicator]]\nwords = ["x"]\n', "indicator number 1: key is missing"),
        ('[[indicator]]\nkey = "a"\n', "indicator a: words is missing"),
        (f'[[indicator]]\n{_GOOD}unit = "hộ"\n', "indicator a: the field unit is unknown; take one of units"),
        ('[[indicator]]\nkey = "a"\nwords = "x"\n', "indicator a: words must be a list of texts"),
        (f'[[indicator]]\n{_GOOD}flow = "yes"\n', "indicator a: flow must be true or false"),
        (f'[[indicator]]\n{_GOOD}form = "sum"\n', "indicator a: form is sum; take one of count, rate, yes"),
        (f'[[indicator]]\n{_GOOD}topics = ["dat"]\n', "indicator a: topics names dat, which there is not"),
        (f'[[indicator]]\n{_GOOD}whole = "b"\n', "indicator a: whole names b, which there is not"),
        (f'[[indicator]]\n{_GOOD}parts = ["b"]\n', "indicator a: parts names b, which there is not"),
        (f'[[indicator]]\n{_GOOD}levels = "thôn"\n', "indicator a: levels names thôn, which there is not"),
        ('[topics.dat]\nnot = ["x"]\n', "topic dat: words is missing"),
        ('[[level]]\nkey = "thon"\nwords = ["thôn"]\n', "level thon: list is missing"),
        ("[abbreviations]\nkh = 3\n", "abbreviation kh: must be a text"),
    ],
)
def test_a_faulty_row_is_told_with_its_file_and_what_to_do(tmp_path: Path, text: str, said: str) -> None:
    own = _file(tmp_path, text)
    with pytest.raises(DataError) as raised:
        catalogue(own)
    assert str(raised.value).startswith(f"{own}: ")
    assert said in str(raised.value)


def test_a_missing_file_is_told() -> None:
    with pytest.raises(DataError, match="there is no such file"):
        catalogue(Path("no-such-folder/own.toml"))
