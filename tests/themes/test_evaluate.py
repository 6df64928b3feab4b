import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_nlp.themes.evaluate import best_thresholds, calibration_error, f1, folds, micro_f1


def column(*values):
    return np.array(values).reshape(-1, 1)


def test_f1_by_hand():
    assert f1(column(True, True, False, False), column(True, False, True, False))[0] == 0.5
    assert f1(column(False, False), column(False, False))[0] == 1


def test_micro_f1_counts_cells():
    assert micro_f1(np.array([[True, True], [False, True]]), np.array([[True, False], [True, True]])) == 4 / 6


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=2, max_size=60))
def test_no_other_cut_gives_a_better_f1(rows):
    truth, scores = column(*(row[0] for row in rows)), column(*(row[1] for row in rows))
    if not truth.any() or len(np.unique(scores)) < len(scores):
        return
    best = f1(truth, scores >= best_thresholds(truth, scores, np.ones_like(truth)))[0]
    assert all(f1(truth, scores >= cut)[0] <= best + 1e-9 for cut in np.unique(scores))


def test_calibration_error_by_hand():
    truth, probabilities = column(True, True, False, False), column(0.9, 0.7, 0.3, 0.1)
    assert abs(calibration_error(truth, probabilities, bins=2) - 0.2) < 1e-12
    assert calibration_error(truth, truth.astype(float), bins=2) == 0


@given(st.lists(st.integers(1, 100), min_size=3, max_size=30))
def test_folds_depend_on_names_not_on_order(sizes):
    names = [f"d{i:02}" for i in range(len(sizes))]
    chosen = dict(zip(names, folds(names, sizes, 3), strict=True))
    turned = dict(zip(names[::-1], folds(names[::-1], sizes[::-1], 3), strict=True))
    assert chosen == turned
    assert set(chosen.values()) <= {0, 1, 2}


def test_thresholds_heed_judged_cells_alone_and_a_theme_without_a_yes_is_never_set():
    truth, scores = column(True, False, True, False), column(0.9, 0.8, 0.1, 0.05)
    judged = column(True, True, False, False)
    assert best_thresholds(truth, scores, judged)[0] == pytest.approx(0.85)
    assert best_thresholds(truth & False, scores, judged)[0] == 1
