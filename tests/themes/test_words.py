import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_nlp.themes.lookup import Lookup
from danvan_nlp.themes.words import hashes_of, read_words, syllables

RUNS = re.compile(r"[^\W\d_]+|\d+")
LETTERS = st.text("aạưĐ12²_ -.\n़१𝒜😀Ⅳ", max_size=30)


@given(st.lists(LETTERS))
def test_words_are_runs_of_letters_and_runs_of_digits(texts):
    # A letter before it, so that nothing is taken for an enumerator.
    marked = [f"từ {text}" for text in texts]
    assert read_words(marked).lists() == [RUNS.findall(text.lower()) for text in marked]


@given(st.lists(LETTERS))
def test_every_word_has_its_row_and_its_place(texts):
    words = read_words(texts)
    assert words.size == len(texts)
    flat = [word for words in read_words(texts).lists() for word in words]
    assert [words.folded[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == flat
    assert words.hashes.tolist() == hashes_of(flat).tolist()
    assert words.digits.tolist() == [word[0].isdigit() for word in flat]
    assert [word for words in words.only_letters().lists() for word in words] == [w for w in flat if w.isalpha()]


@pytest.mark.parametrize(
    ("text", "first"),
    [("II- Kết quả", "kết"), ("2.1. Kết quả", "kết"), ("a) Kết quả", "kết"), ("- (1) Kết quả", "kết"), ("¹ Có", "có")],
)
def test_an_enumerator_is_no_word(text, first):
    assert syllables(text)[0] == first


def test_words_of_other_letters_or_another_length_have_other_hashes():
    words = ["dân", "dâ", "nâd", "", "dâ\u0323n", "x" * 63, "x" * 64, "x" * 65, "x" * 128]
    assert len(set(hashes_of(words).tolist())) == len(words)


@given(st.sets(st.integers(-(2**63), 2**63 - 1)), st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_a_key_is_found_at_its_place_and_nothing_else(keys, others):
    listed = sorted(keys)
    places = {key: i for i, key in enumerate(listed)}
    wanted = [*listed, *others]
    found = Lookup.of(np.array(listed, dtype=np.int64))(np.array(wanted, dtype=np.int64))
    assert found.tolist() == [places.get(key, -1) for key in wanted]


def test_keys_that_want_one_slot_are_all_found():
    # Multiples of a power of two differ in their high bits alone, where the search begins.
    keys = np.arange(5000, dtype=np.int64) << 40
    assert (Lookup.of(keys)(keys) == np.arange(5000)).all()
    assert (Lookup.of(keys)(keys + 1) == -1).all()
