import math
from itertools import permutations, product

import numpy as np
import pytest
from scipy import stats

from ogive.comparison.across.ranks import (
    critical_difference,
    friedman,
    friedman_statistic,
    groups_within,
    ranks_of,
)

# Demšar (2006), table 6: ranks by area under the ROC curve of C4.5 with its usual parameters, with
# m tuned, with cf tuned, and with both tuned, on 14 data sets.
DEMSAR = np.array(
    [
        [4, 3, 2, 1],
        [1, 2, 3, 4],
        [4, 1, 2, 3],
        [4, 1, 3, 2],
        [4, 2, 3, 1],
        [1, 2.5, 4, 2.5],
        [3, 2, 4, 1],
        [2.5, 2.5, 4, 1],
        [4, 3, 2, 1],
        [2.5, 2.5, 2.5, 2.5],
        [4, 2.5, 1, 2.5],
        [3, 2, 4, 1],
        [4, 1, 2, 3],
        [3, 1, 4, 2],
    ]
)


def test_average_ranks_are_those_of_demsars_example():
    np.testing.assert_allclose(DEMSAR.mean(axis=0), [3.143, 2.000, 2.893, 1.964], atol=5e-4)


def test_without_correction_for_ties_chi_squared_is_that_of_demsars_example():
    chi2 = friedman_statistic(DEMSAR, correct_ties=False)
    assert chi2 == pytest.approx(9.28, abs=0.005)
    f = 13 * chi2 / (14 * 3 - chi2)
    assert f == pytest.approx(3.69, abs=0.005)


def test_the_critical_difference_is_that_of_demsars_example():
    assert critical_difference(4, 14) == pytest.approx(1.25, abs=0.005)
    assert critical_difference(4, 14, alpha=0.10) == pytest.approx(1.12, abs=0.005)


def test_quantiles_are_those_of_demsars_table_5():
    found = [critical_difference(k, 1) / math.sqrt(k * (k + 1) / 6) for k in range(2, 11)]
    table = [1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102, 3.164]
    # The table was computed from rounded quantiles of the studentised range.
    np.testing.assert_allclose(found, table, atol=1.1e-3)


def test_chi_squared_is_scipys_with_and_without_ties():
    rng = np.random.default_rng(0)
    for scores in (rng.random((8, 5)), rng.integers(0, 3, (8, 5)).astype(float)):
        expected = stats.friedmanchisquare(*scores.T)
        found = friedman(ranks_of(scores))
        assert found.statistic == pytest.approx(expected.statistic)
        assert found.p_chi2 == pytest.approx(expected.pvalue)


def test_the_form_of_iman_and_davenport_is_the_analysis_of_variance_of_the_ranks():
    ranks = ranks_of(np.random.default_rng(3).random((9, 4)))
    n, k = ranks.shape
    between = n * np.square(ranks.mean(axis=0) - 2.5).sum() / (k - 1)
    residual = np.square(ranks - ranks.mean(axis=0)).sum() / ((n - 1) * (k - 1))
    assert friedman(ranks).f == pytest.approx(between / residual)


@pytest.mark.parametrize(
    "scores",
    [
        [[1, 2, 3], [2, 1, 3], [1, 3, 2]],
        [[1, 1, 3, 4], [1, 2, 3, 4], [4, 2, 2, 1]],
    ],
)
def test_the_exact_p_is_found_by_trying_all_orders(scores):
    ranks = ranks_of(scores)
    seen = np.square(ranks.sum(axis=0)).sum()
    orders = [list(permutations(row)) for row in ranks]
    sums = [np.square(np.sum(rows, axis=0)).sum() for rows in product(*orders)]
    assert friedman(ranks).p_exact == pytest.approx(np.mean(np.array(sums) >= seen - 1e-9))


@pytest.mark.parametrize(("n", "k"), [(2, 3), (4, 2), (3, 5)])
def test_nothing_is_less_probable_than_agreement_of_all(n, k):
    found = friedman(np.tile(np.arange(1.0, k + 1), (n, 1)))
    assert found.p == pytest.approx(math.factorial(k) ** (1 - n))
    assert found.least_p == pytest.approx(found.p)
    assert math.isinf(found.f)


def test_with_very_many_orders_the_p_of_the_f_distribution_is_taken():
    ranks = ranks_of(np.random.default_rng(1).random((6, 12)))
    found = friedman(ranks)
    assert math.isnan(found.p_exact)
    assert found.p == found.p_f


def test_even_the_approximation_never_goes_below_what_can_be_reached():
    found = friedman(np.tile(np.arange(1.0, 13), (2, 1)))
    assert found.p == pytest.approx(1 / math.factorial(12))


def test_candidates_that_are_always_tied_do_not_differ():
    found = friedman(np.full((5, 3), 2.0))
    assert (found.statistic, found.p) == (0.0, 1.0)


def test_ties_share_their_rank_and_differences_in_the_last_bits_are_ties():
    np.testing.assert_array_equal(ranks_of([[0.1 + 0.2, 0.3, 0.9]]), [[2.5, 2.5, 1.0]])


def test_groups_are_the_largest_within_the_difference():
    assert groups_within([1.0, 1.5, 2.4, 3.0, 5.0], 1.5) == [(0, 2), (1, 3)]
    assert groups_within([1.0, 3.0], 1.5) == []


def test_a_gap_of_just_the_difference_is_within_it():
    assert groups_within([1.0, 2.0], 1.0) == [(0, 1)]
