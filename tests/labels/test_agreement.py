import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from danvan_nlp.errors import DataError, UsageError
from danvan_nlp.labels import text_hash
from danvan_nlp.labels.agreement import agreement, cohen_kappa, krippendorff_alpha, read_labels
from danvan_nlp.themes import Taxonomy

TAXONOMY = Taxonomy.load()


def test_kappa_of_a_table_worked_by_hand() -> None:
    # 20 both yes, 15 both no, 5 and 10 apart: seen 0.70, by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.50.
    one = [True] * 25 + [False] * 25
    two = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    assert cohen_kappa(one, two) == pytest.approx((0.70 - 0.50) / (1 - 0.50))


def test_alpha_of_the_published_example_with_two_observers() -> None:
    # Krippendorff 2011, section B: 10 units, 14 zeros and 6 ones, 4 units apart: 1 - 19 * 8 / (2 * 14 * 6).
    one, two = "0100000010", "1110010000"
    assert krippendorff_alpha(list(zip(one, two, strict=True))) == pytest.approx(1 - 19 * 8 / 168)


def test_alpha_of_the_published_example_with_four_observers_and_missing_values() -> None:
    # Krippendorff 2011, section C, nominal: 0.743.
    observers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    units = [[value for value in unit if value != "."] for unit in zip(*observers, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=5e-4)


@given(pairs=st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[bool, bool]]) -> None:
    one, two = [a for a, _ in pairs], [b for _, b in pairs]
    ours = cohen_kappa(one, two)
    if ours is None:
        assert len(set(one) | set(two)) == 1
    else:
        assert ours == pytest.approx(cohen_kappa_score(one, two))


def test_where_all_say_the_same_there_is_no_measure() -> None:
    assert cohen_kappa([True, True], [True, True]) is None
    assert krippendorff_alpha([(True, True), (True, True)]) is None
    assert krippendorff_alpha([]) is None


def test_only_what_both_judged_counts(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("sentence_id,tiep_dan,han_che\nd:s:1,yes,no\nd:s:2,no,\nd:s:3,yes,no\nd:s:4,,\n")
    (tmp_path / "b.csv").write_text("sentence_id,tiep_dan,han_che\nd:s:1,yes,yes\nd:s:2,no,no\nd:s:9,yes,no\n")
    found = agreement(read_labels(tmp_path / "a.csv", TAXONOMY), read_labels(tmp_path / "b.csv", TAXONOMY), TAXONOMY)
    assert (found["sentences"], found["only_first"], found["only_second"]) == (2, 1, 1)
    assert found["themes"]["tiep_dan"]["n"] == 2
    assert found["themes"]["tiep_dan"]["kappa"] == 1
    assert found["themes"]["han_che"]["n"] == 1
    assert set(found["themes"]) == {"tiep_dan", "han_che"}


def test_a_list_of_themes_judges_them_all(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("document,sentence,themes\nx,1,han_che tiep_dan\nx,2,\n")
    labels = read_labels(tmp_path / "a.csv", TAXONOMY)
    assert labels["x:1"]["han_che_nguyen_nhan"]
    assert not any(labels["x:2"].values())
    assert set(labels["x:2"]) == set(TAXONOMY.keys)


def test_exports_of_tools_can_be_compared(tmp_path: Path) -> None:
    text = "Đã tiếp 214 lượt công dân."
    digest = text_hash(text)
    place = {"doc_id": "d", "start": 4, "end": 4 + len(text), "text_sha256": digest}
    row = {"text": text, "label": ["tiep_dan", "no:*"], **place, "sentences": [[4, 4 + len(text)]]}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("sentence_id,tiep_dan\nd:s:4,yes\n", encoding="utf-8")
    found = agreement(read_labels(tmp_path / "a.jsonl", TAXONOMY), read_labels(tmp_path / "b.csv", TAXONOMY), TAXONOMY)
    assert found["themes"]["tiep_dan"]["agreement"] == 1


def test_what_cannot_be_compared_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("document,sentence,themes\nx,1,tiep_dann\n")
    with pytest.raises(DataError, match="tiep_dann"):
        read_labels(tmp_path / "a.csv", TAXONOMY)
    (tmp_path / "b.csv").write_text("text,themes\nx,tiep_dan\n")
    with pytest.raises(DataError, match="names no sentence"):
        read_labels(tmp_path / "b.csv", TAXONOMY)
    with pytest.raises(UsageError, match="in common"):
        agreement({"a": {}}, {"b": {}}, TAXONOMY)
    with pytest.raises(DataError, match="does not exist"):
        read_labels(tmp_path / "none.csv", TAXONOMY)


def test_the_two_passes_over_the_corpus_agree(root: Path) -> None:
    """The first pass is the second, but for the sentences on which a ruling was needed."""
    folder = root / "corpora" / "agreement"
    second = read_labels(folder / "second_pass.csv", TAXONOMY)
    first = dict(second)
    with (folder / "rulings.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            first[f"{row['document']}:{row['sentence']}"] = TAXONOMY.all_judged(row["first"].split())
    found = agreement(first, second, TAXONOMY)
    assert found["sentences"] == len(second)
    assert found["core"]["kappa"] > 0.92
    assert found["all"]["kappa"] > 0.9
    assert found["micro_f1"] > 0.92
    for row in found["themes"].values():
        assert row["alpha"] == pytest.approx(row["kappa"], abs=0.005)
