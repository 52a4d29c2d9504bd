import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ogive.comparison.statistics.differences import differences_to_best, gains_over_guess
from ogive.comparison.statistics.pairwise import pairwise
from ogive.resampling.intervals import corrected_mean, holm

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


def test_of_many_that_learnt_nothing_the_best_is_not_held_against_the_guess_alone():
    rng = np.random.default_rng(0)
    found = 0
    for _ in range(200):
        scores, guesses = 0.5 + rng.normal(0, 0.03, (40, 10)), np.full(10, 0.5)
        gains = gains_over_guess(scores, guesses, RATIO)
        alone = [corrected_mean(row - guesses, RATIO).p for row in scores]
        assert [gain.p_holm for gain in gains] == holm(alone).tolist()
        found += any(gain.is_evident for gain in gains)
    assert found <= 10


def test_a_gain_over_the_guess_is_evident_and_a_loss_is_not():
    rng = np.random.default_rng(0)
    scores = np.array([[0.9], [0.1]]) + rng.normal(0, 0.01, (2, 10))
    better, worse = gains_over_guess(scores, np.full(10, 0.5), RATIO, n_rows=1000)
    assert (better.is_evident, better.always) == (True, True)
    assert (worse.is_evident, worse.always) == (False, False)
    assert worse.p_holm < 0.05
