"""The sample of rows, the statistics of inputs, ranks and bounds."""

import numpy as np
import pytest
from scipy import sparse, stats

from ogive.diagnosis.streaming import (
    InputAccumulator,
    RowSample,
    affine_bounds,
    effective_rank,
)


def sampled(n_rows, n, batch, seed):
    sample, kept = RowSample(n, seed), np.full(n, -1)
    for start in range(0, n_rows, batch):
        rows = np.arange(start, min(start + batch, n_rows))
        slots, at = sample.draw(len(rows))
        assert len(np.unique(slots)) == len(slots)
        kept[slots] = rows[at]
    return kept


def test_every_row_is_kept_with_equal_probability():
    counts = np.zeros(60)
    for seed in range(2000):
        counts[sampled(60, 12, 17, seed)] += 1
    assert stats.chisquare(counts).pvalue > 1e-4


def test_rows_of_a_sample_differ_and_few_rows_are_all_kept():
    assert len(set(sampled(1000, 50, 64, 0))) == 50
    assert sampled(5, 8, 2, 0).tolist() == [0, 1, 2, 3, 4, -1, -1, -1]
    sample = RowSample(8)
    sample.draw(5)
    assert sample.n_filled == 5


def test_the_global_generator_is_not_used():
    np.random.seed(0)
    state = np.random.get_state()[1].copy()
    sampled(100, 10, 30, 0)
    assert (np.random.get_state()[1] == state).all()


def test_the_rank_of_independent_equal_columns_is_their_number():
    rows = np.random.default_rng(0).normal(size=(20000, 6))
    assert effective_rank(rows) == pytest.approx(6, rel=1e-3)


def test_the_rank_counts_directions_not_columns():
    one = np.random.default_rng(0).normal(size=(500, 1))
    assert effective_rank(one @ np.ones((1, 9))) == pytest.approx(1)
    assert effective_rank(np.full((50, 3), 7.0)) == 0
    assert np.isnan(effective_rank(np.array([[1.0, np.nan], [0, 1]])))
    assert np.isnan(effective_rank(np.ones((1, 3))))


def test_bounds_hold_and_are_reached():
    rng = np.random.default_rng(3)
    w, b, least, greatest = rng.normal(size=(4, 3)), rng.normal(size=3), -np.ones(4), np.ones(4) * 2
    low, high = affine_bounds(w, b, least, greatest)
    x = rng.uniform(least, greatest, (5000, 4))
    assert (x @ w + b >= low - 1e-12).all() and (x @ w + b <= high + 1e-12).all()
    corner = np.where(w[:, 0] > 0, greatest, least)
    assert corner @ w[:, 0] + b[0] == pytest.approx(high[0])


@pytest.mark.parametrize("as_sparse", [False, True])
def test_inputs_by_feature(as_sparse):
    X = np.random.default_rng(4).normal([5, 1e6, 0], [1, 2, 0], (300, 3))
    given = InputAccumulator(3)
    for part in np.array_split(X, 4):
        given.add(sparse.csr_array(part) if as_sparse else part)
    found = given.result(("a", "b", "c"))
    np.testing.assert_allclose(found.mean, X.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(found.std, X.std(axis=0), rtol=1e-6, atol=1e-12)
    np.testing.assert_array_equal(found.least, X.min(axis=0))
    np.testing.assert_array_equal(found.greatest, X.max(axis=0))
    assert found.names == ("a", "b", "c") and found.n_missing == 0


def test_missing_inputs_are_counted_and_left_out():
    X = np.array([[1.0, np.nan], [3.0, np.inf], [np.nan, 5.0]])
    given = InputAccumulator(2)
    given.add(X)
    found = given.result()
    assert found.n_missing == 3
    assert found.mean.tolist() == [2, 5] and found.std.tolist() == [1, 0]


def test_a_feature_never_seen_is_not_a_number():
    given = InputAccumulator(2)
    given.add(np.array([[1.0, np.nan]]))
    assert np.isnan(given.result().mean).tolist() == [False, True]


def test_images_are_flattened():
    given = InputAccumulator(12)
    given.add(np.arange(24.0).reshape(2, 3, 4))
    assert given.result().mean.tolist() == list(np.arange(12) + 6.0)
