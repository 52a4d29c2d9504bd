import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ogive.comparison.statistics.differences import differences_to_best
from ogive.comparison.statistics.pairwise import pairwise
from ogive.resampling.intervals import corrected_mean

SCORES = st.floats(-1, 1, allow_nan=False).map(lambda x: round(x, 6))
RATIO = 0.25


def compared(scores):
    labels = [f"candidate {i}" for i in range(len(scores))]
    return differences_to_best(scores, pairwise(scores, labels, RATIO, 0.01))


@given(arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(2, 8)), elements=SCORES))
def test_every_candidate_is_compared_with_the_best(scores):
    best, differences = compared(scores)
    means = scores.mean(axis=1)
    assert best == int(np.argmax(means))
    for row, (pair, _) in enumerate(differences):
        if row == best:
            assert pair is None
            continue
        assert (pair.first, pair.second) == (f"candidate {row}", f"candidate {best}")
        assert pair.mean == pytest.approx(means[row] - means[best], abs=1e-12)
        assert pair.mean <= 0
        assert pair.low <= pair.mean <= pair.high


def test_correcting_for_the_pairs_with_the_best_alone_is_less_strict():
    scores = np.random.default_rng(2).normal(0.8, 0.05, (6, 10))
    best, differences = compared(scores)
    for row, (pair, p_known_best) in enumerate(differences):
        if row != best:
            alone = corrected_mean(scores[row] - scores[best], RATIO).p
            assert alone <= p_known_best <= min(5 * alone, 1)
            assert p_known_best <= pair.p_holm


def test_twelve_equal_candidates_are_rarely_told_apart():
    rng = np.random.default_rng(0)
    correlation = 0.2
    false_alarms = 0
    for _ in range(300):
        shared = rng.normal(0, math.sqrt(correlation), (12, 1))
        scores = shared + rng.normal(0, math.sqrt(1 - correlation), (12, 10))
        _, differences = compared(scores)
        false_alarms += any(pair and pair.p_holm < 0.05 for pair, _ in differences)
    assert false_alarms / 300 < 0.08
