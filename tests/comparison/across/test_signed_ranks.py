from itertools import product

import numpy as np
import pytest
from scipy import stats

from ogive.comparison.across.signed_ranks import (
    PRIOR_STRENGTH,
    bayesian_signed_rank,
    least_p,
    signed_rank,
)

# Demšar (2006), table 2: C4.5 with m tuned minus C4.5, area under the ROC curve on 14 data sets.
DEMSAR = [
    0.005,
    -0.008,
    0.017,
    0.033,
    0.006,
    -0.005,
    0.007,
    0.000,
    0.063,
    0.000,
    0.022,
    0.047,
    0.009,
    0.021,
]


def test_rank_sums_are_those_of_demsars_example():
    found = signed_rank(DEMSAR)
    assert (found.plus, found.minus) == (93, 12)
    # Critical for 14 data sets at 0.05 is a sum of 21.
    assert found.p < 0.05


def test_the_p_is_scipys_exact_one_where_there_are_neither_ties_nor_zeros():
    for seed in range(5):
        differences = np.random.default_rng(seed).normal(0.3, 1, 9)
        assert signed_rank(differences).p == pytest.approx(
            stats.wilcoxon(differences, method="exact").pvalue
        )


@pytest.mark.parametrize("differences", [[1, 1, -1, 2, 3, 3], [0, 0, 1, 2, -1, 3, 4]])
def test_with_ties_and_zeros_the_p_is_found_by_trying_all_signs(differences):
    sizes = np.abs(np.array(differences, dtype=float))
    ranks = stats.rankdata(sizes)[sizes > 0]
    signs = np.sign(differences)[sizes > 0]
    seen = abs(signs @ ranks)
    tried = [abs(np.array(s) @ ranks) for s in product([-1, 1], repeat=len(ranks))]
    assert signed_rank(differences).p == pytest.approx(np.mean(np.array(tried) >= seen - 1e-9))


def test_for_many_data_sets_it_agrees_with_the_normal_approximation():
    differences = np.random.default_rng(1).normal(0.1, 1, 200)
    expected = stats.wilcoxon(differences, method="approx").pvalue
    assert signed_rank(differences).p == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize("n", [2, 3, 5, 6])
def test_no_p_is_less_than_that_of_agreement(n):
    assert signed_rank(np.arange(1.0, n + 1)).p == pytest.approx(least_p(n))


def test_five_data_sets_cannot_tell_two_candidates_apart_and_six_can():
    assert least_p(5) > 0.05 > least_p(6)


def test_no_differences_at_all_are_no_evidence():
    assert signed_rank(np.zeros(7)).p == 1.0


def test_the_order_of_the_two_turns_the_sums_round():
    one, other = signed_rank([1, 2, -3, 4]), signed_rank([-1, -2, 3, -4])
    assert (one.plus, one.minus, one.p) == (other.minus, other.plus, other.p)


def test_the_posterior_is_the_known_one_where_all_differences_are_large():
    # Only the prior's own pair lies within the region: its weight is the square of one that is
    # beta distributed, and it is the more probable region where it exceeds one half.
    found = bayesian_signed_rank(np.full(6, 10.0))
    expected = stats.beta.sf(np.sqrt(0.5), PRIOR_STRENGTH, 6)
    assert found.equivalent == pytest.approx(expected, abs=1e-3)
    assert found.better == pytest.approx(1 - expected, abs=1e-3)
    assert found.worse == 0


def test_small_differences_are_equivalent_in_practice():
    assert bayesian_signed_rank([0.2, -0.1, 0.3, 0.1, -0.3, 0.2]).equivalent == 1.0


def test_the_posterior_agrees_with_baycomps():
    # SignedRankTest.probs(zeros, differences, 1, random_state=0) of baycomp 1.0.3.
    differences = [3.1, 0.4, -0.2, 2.2, 1.6, 0.9, -1.4, 2.8]
    found = bayesian_signed_rank(differences)
    np.testing.assert_allclose(found, [0.59164, 0.40818, 0.00018], atol=0.01)


def test_the_same_seed_gives_the_same_probabilities():
    assert bayesian_signed_rank([1, 2, 3]) == bayesian_signed_rank([1, 2, 3])
