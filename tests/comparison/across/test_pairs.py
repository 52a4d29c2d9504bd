import math

import numpy as np
import pytest

from ogive.comparison.across.pairs import LEAST_DATA_SETS, data_sets_needed, make_pairs
from ogive.comparison.across.ranks import ranks_of


def pairs(scores, ropes=None, critical=1.0):
    table = np.asarray(scores, dtype=float)
    units = np.full(len(table), 0.01) if ropes is None else np.asarray(ropes, dtype=float)
    labels = [f"c{i}" for i in range(table.shape[1])]
    return make_pairs(labels, table, ranks_of(table), units, critical)


def test_one_that_always_wins_by_much_is_better():
    (pair,) = pairs([[0.9 + 0.001 * i, 0.5] for i in range(8)])
    assert (pair.wins, pair.ties, pair.losses) == (8, 0, 0)
    assert pair.p == pytest.approx(2**-7)
    assert pair.verdict == "better"
    assert pair.better > 0.95


def test_one_that_always_wins_by_less_than_the_region_is_equivalent_in_practice():
    (pair,) = pairs([[0.9, 0.8999 - 0.0001 * i] for i in range(8)])
    assert pair.p < 0.05
    assert pair.verdict == "equivalent"


def test_one_that_wins_and_loses_is_no_evidence():
    (pair,) = pairs([[0.9, 0.9 + (-1) ** i * 0.05 * (1 + i)] for i in range(8)])
    assert pair.verdict == "no_evidence"


def test_few_data_sets_give_neither_evidence_nor_probabilities():
    (pair,) = pairs([[0.9, 0.1]] * (LEAST_DATA_SETS - 1))
    assert pair.verdict == "no_evidence"
    assert math.isnan(pair.better)


def test_probabilities_add_up_to_one():
    for pair in pairs(np.random.default_rng(0).random((7, 4))):
        assert pair.better + pair.equivalent + pair.worse == pytest.approx(1)


def test_p_values_are_corrected_for_all_pairs():
    found = pairs([[0.9, 0.8, 0.7 - 0.01 * i] for i in range(9)])
    assert [pair.p_holm for pair in found] == pytest.approx([3 * 2**-8] * 3)


def test_differences_on_scales_of_their_own_are_made_comparable():
    # Errors in euros and in cents: the first is worse by one region on half of the data sets, and
    # better by two on the others, whatever the unit.
    euros, cents = [[0, -2], [0, 1]] * 4, [[0, -200], [0, 100]] * 4
    mixed = [cents[i] if i % 3 == 0 else euros[i] for i in range(8)]
    ropes = [100 if i % 3 == 0 else 1 for i in range(8)]
    assert pairs(mixed, ropes)[0].plus == pairs(euros, np.ones(8))[0].plus


def test_without_a_region_there_is_a_test_but_no_probability():
    (pair,) = pairs([[0.9, 0.5]] * 7, ropes=np.zeros(7))
    assert pair.verdict == "better"
    assert math.isnan(pair.equivalent)


def test_average_ranks_depend_on_the_company_and_the_signed_rank_test_does_not():
    # Benavoli et al. (2016): other candidates between two of them widen their gap in ranks.
    two = [[0.9, 0.8], [0.7, 0.75], [0.9, 0.7], [0.9, 0.6]]
    between = [[a, (a + b) / 2, b] for a, b in two]
    alone, together = pairs(two)[0], next(p for p in pairs(between) if p.second == "c2")
    assert together.rank_difference > alone.rank_difference
    assert together.p == alone.p


def test_a_gap_beyond_the_critical_difference_is_marked():
    wide, narrow = (pairs([[0.9, 0.8]] * 4, critical=limit)[0] for limit in (0.9, 1.1))
    assert wide.beyond_critical
    assert not narrow.beyond_critical


@pytest.mark.parametrize(("n_pairs", "needed"), [(1, 6), (3, 7), (66, 12)])
def test_the_number_of_data_sets_needed_is_the_first_that_can_reach_0_05(n_pairs, needed):
    assert data_sets_needed(n_pairs) == needed
    assert n_pairs * 2.0 ** (1 - needed) < 0.05 <= n_pairs * 2.0 ** (2 - needed)
