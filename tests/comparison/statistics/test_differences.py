import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ogive.comparison.statistics.differences import differences_to_best
from ogive.resampling.intervals import corrected_mean

SCORES = st.floats(-1, 1, allow_nan=False).map(lambda x: round(x, 6))


@given(arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(2, 8)), elements=SCORES))
def test_differences_are_means_of_paired_differences(scores):
    best, differences = differences_to_best(scores, 0.25)
    means = scores.mean(axis=1)
    assert best == int(np.argmax(means))
    for row, gap in enumerate(differences):
        assert gap.mean == pytest.approx(means[row] - means[best], abs=1e-12)
        assert gap.mean <= 0
        assert gap.low <= gap.mean <= gap.high


def test_the_order_of_the_activations_does_not_matter():
    scores = np.random.default_rng(2).normal([[0.9], [0.8], [0.7]], 0.02, (3, 10))
    _, differences = differences_to_best(scores, 0.25)
    best, turned = differences_to_best(scores[::-1], 0.25)
    assert best == 2
    for gap, other in zip(differences, turned[::-1], strict=True):
        assert gap == pytest.approx(other)


def test_correcting_for_the_pairs_with_the_best_alone_is_less_strict():
    scores = np.random.default_rng(2).normal(0.8, 0.05, (6, 10))
    best, differences = differences_to_best(scores, 0.25)
    for row, gap in enumerate(differences):
        assert gap.p_known_best <= gap.p
        if row != best:
            alone = corrected_mean(scores[row] - scores[best], 0.25).p
            assert alone <= gap.p_known_best <= min(5 * alone, 1)


def test_twelve_equal_activations_are_rarely_told_apart():
    rng = np.random.default_rng(0)
    correlation = 0.2
    false_alarms = 0
    for _ in range(300):
        shared = rng.normal(0, math.sqrt(correlation), (12, 1))
        scores = shared + rng.normal(0, math.sqrt(1 - correlation), (12, 10))
        _, differences = differences_to_best(scores, 0.25)
        false_alarms += min(gap.p for gap in differences) < 0.05
    assert false_alarms / 300 < 0.08
