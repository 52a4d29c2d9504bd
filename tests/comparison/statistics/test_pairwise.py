import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ogive.comparison.statistics.pairwise import pairwise
from ogive.resampling.bayesian import correlated_t
from ogive.resampling.intervals import corrected_mean, holm

RATIO = 0.25
SCORES = st.floats(-1, 1, allow_nan=False).map(lambda x: round(x, 6))
TABLES = arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(2, 8)), elements=SCORES)
WAVE = np.array([1, -1] * 5)


def named(n):
    return [f"candidate {i}" for i in range(n)]


def two(difference, spread, rope, others=0):
    """Compare a candidate with one that is worse by `difference`, among some level ones."""
    rows = [0.9 + 0 * WAVE, 0.9 - difference + spread * WAVE]
    rows += [0.9 + 0.05 * WAVE * (i + 1) for i in range(others)]
    return pairwise(rows, named(len(rows)), RATIO, rope)[0]


@given(TABLES)
def test_every_pair_is_there_once_in_the_order_of_the_labels(scores):
    pairs = pairwise(scores, named(len(scores)), RATIO, 0.01)
    expected = [
        (first, second)
        for i, first in enumerate(named(len(scores)))
        for second in named(len(scores))[i + 1 :]
    ]
    assert [(pair.first, pair.second) for pair in pairs] == expected


def test_a_single_candidate_makes_no_pair():
    assert pairwise([[0.9, 0.8]], ["relu"], RATIO, 0.01) == []


@given(TABLES)
def test_p_values_are_corrected_for_all_pairs_together(scores):
    pairs = pairwise(scores, named(len(scores)), RATIO, 0.01)
    alone = [
        corrected_mean(scores[i] - scores[j], RATIO).p
        for i in range(len(scores))
        for j in range(i + 1, len(scores))
    ]
    assert [pair.p for pair in pairs] == alone
    assert [pair.p_holm for pair in pairs] == holm(alone).tolist()


def test_the_posterior_is_that_of_the_differences():
    scores = np.random.default_rng(0).normal(0.9, 0.02, (2, 10))
    (pair,) = pairwise(scores, named(2), RATIO, 0.01)
    expected = correlated_t(scores[0] - scores[1], RATIO, 0.01)
    assert pair.posterior == expected
    assert (pair.better, pair.equivalent, pair.worse) == expected[:3]


@given(TABLES, st.permutations(range(5)))
def test_the_order_of_the_candidates_does_not_matter(scores, order):
    labels = named(len(scores))
    order = [i for i in order if i < len(scores)]
    there = {(p.first, p.second): p for p in pairwise(scores, labels, RATIO, 0.01)}
    turned = pairwise(scores[order], [labels[i] for i in order], RATIO, 0.01)
    names = ("mean", "low", "high", "p", "p_holm", "better", "equivalent", "worse")
    for pair in turned:
        found = pair if (pair.first, pair.second) in there else pair.reversed()
        expected = there[found.first, found.second]
        for name in names:
            assert getattr(found, name) == pytest.approx(getattr(expected, name), abs=1e-9)
        assert found.verdict == expected.verdict


@given(TABLES, st.randoms())
def test_the_order_of_the_splits_does_not_matter(scores, random):
    order = list(range(scores.shape[1]))
    random.shuffle(order)
    there = pairwise(scores, named(len(scores)), RATIO, 0.01)
    shuffled = pairwise(scores[:, order], named(len(scores)), RATIO, 0.01)
    for pair, other in zip(there, shuffled, strict=True):
        assert pair[2:10] == pytest.approx(other[2:10], abs=1e-7)


@given(TABLES)
def test_a_pair_turned_round_twice_is_the_same(scores):
    for pair in pairwise(scores, named(len(scores)), RATIO, 0.01):
        assert pair.reversed().reversed() == pair
        assert pair.reversed().posterior.better == pair.reversed().better == pair.worse


def test_a_clear_difference_is_better_and_the_other_way_round_worse():
    pair = two(0.05, 0.005, 0.01)
    assert (pair.verdict, pair.reversed().verdict) == ("better", "worse")


def test_a_real_but_negligible_difference_is_equivalent_in_practice():
    pair = two(0.003, 0.001, 0.01)
    assert pair.p_holm < 0.05
    assert pair.equivalent >= 0.95
    assert pair.verdict == pair.reversed().verdict == "equivalent"


def test_without_a_region_the_same_difference_is_better():
    assert two(0.003, 0.001, 0.0).verdict == "better"


def test_a_difference_lost_in_the_spread_is_neither_better_nor_equivalent():
    assert two(0.003, 0.05, 0.01).verdict == "no_evidence"


def test_many_pairs_ask_for_more_evidence():
    assert two(0.02, 0.012, 0.0).verdict == "better"
    assert two(0.02, 0.012, 0.0, others=8).verdict == "no_evidence"


def rights(n_splits, ahead, n_rows):
    """Return the accuracies of a perfect candidate and of one with `ahead` errors a split."""
    sizes = [len(part) for part in np.array_split(np.arange(n_rows), n_splits)]
    return [[1.0] * n_splits, [1 - ahead / size for size in sizes]]


def test_a_row_more_does_not_turn_agreement_into_certainty():
    found = [pairwise(rights(3, 5, n), named(2), 0.5, 0.01, n_rows=n)[0] for n in (300, 301)]
    assert found[0].verdict == found[1].verdict == "no_evidence"
    assert found[0][2:10] == pytest.approx(found[1][2:10], rel=0.02)
    for pair in found:
        assert pair.p > 0.05
        assert pair.low < 0 < pair.high < 0.2


def test_of_many_rows_that_agree_there_is_evidence():
    (pair,) = pairwise(rights(5, 50, 5000), named(2), 0.25, 0.01, n_rows=5000)
    assert pair.verdict == "better"
    assert 0.01 < pair.low < 0.05


def test_a_spread_that_the_rows_explain_is_left_as_it_is():
    scores = np.random.default_rng(0).normal(0.9, 0.05, (2, 10))
    assert pairwise(scores, named(2), RATIO, 0.01) == pairwise(
        scores, named(2), RATIO, 0.01, n_rows=5000
    )


def test_where_other_scores_agree_interval_and_p_say_the_same():
    (pair,) = pairwise([[0.52] * 5, [0.5] * 5], named(2), RATIO, 0.01)
    assert (pair.low, pair.high, pair.p) == (-np.inf, np.inf, 0.0625)
    assert pair.verdict == "no_evidence"


def test_without_a_region_nothing_is_equivalent():
    scores = np.random.default_rng(0).normal(0.9, 0.02, 10)
    (pair,) = pairwise([scores, scores], named(2), RATIO, 0.0)
    assert (pair.equivalent, pair.verdict) == (0, "no_evidence")


def test_identical_scores_are_equivalent():
    scores = np.random.default_rng(0).normal(0.9, 0.02, 10)
    (pair,) = pairwise([scores, scores], named(2), RATIO, 0.01)
    assert (pair.mean, pair.p, pair.verdict) == (0, 1, "equivalent")
