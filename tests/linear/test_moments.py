"""Sums in double-double: right to some 25 digits, whatever the pieces and threads."""

from __future__ import annotations

import pickle
from fractions import Fraction

import numpy as np
import pytest
from linear.exact import exact_products

from ogive.linear.least_squares import solve_moments
from ogive.linear.moments import Moments, Triangle

N, K, M = 1500, 4, 2


@pytest.fixture(scope="module")
def rows():
    random = np.random.RandomState(0)
    X = random.randn(N, K)
    X[:, 1] += 1e9
    X[:, 2] = 0.1
    X[:, 3] = np.exp(4 * X[:, 3])
    weight = random.rand(N)
    weight[:7] = 0
    return X, random.randn(N, M), weight


def collected(X, y, weight=None, fit_intercept=True, threads=1):
    moments = Moments(X.shape[1], y.shape[1], fit_intercept, threads)
    assert moments.add(X, y, weight)
    return moments


def state(moments) -> list[bytes]:
    core = moments._state
    return [np.asarray(part).tobytes() for part in (*core.weight, *core.mean, *core.products)]


@pytest.mark.slow
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("fit_intercept", [True, False])
def test_products_err_by_less_than_two_to_the_minus_85_of_their_columns(
    rows, weighted, fit_intercept
):
    X, y, weight = rows
    weights = weight if weighted else np.ones(N)
    moments = collected(X, y, weight if weighted else None, fit_intercept)
    means, products = exact_products(np.hstack([X, y]), weights, fit_intercept)
    high, low = moments._state.products
    for i in range(K):
        for j in range(i, K + M):
            got = Fraction(high[i * (K + M) + j]) + Fraction(low[i * (K + M) + j])
            size = products[i][i] * products[j][j]
            assert (got - products[i][j]) ** 2 <= Fraction(2) ** -170 * size
    for got_high, got_low, mean in zip(*moments.means, means, strict=True):
        assert abs(Fraction(got_high) + Fraction(got_low) - mean) <= 1e-30 * max(abs(mean), 1)


def test_a_constant_column_has_no_variance_at_all(rows):
    X, y, weight = rows
    assert collected(X, y).squares()[2] == 0
    assert collected(X, y, weight).squares()[2] == 0


def test_order_in_memory_and_type_do_not_matter(rows):
    X, y, weight = rows
    X = X.astype(np.float32)
    reference = state(collected(X.astype(np.float64), y, weight))
    assert state(collected(X, y, weight)) == reference
    assert state(collected(np.asfortranarray(X), y, weight)) == reference
    wide = np.repeat(X, 2, axis=1)
    assert state(collected(wide[:, ::2], y, weight)) == reference


def test_the_number_of_threads_changes_no_bit():
    random = np.random.RandomState(1)
    X, y = random.randn(70000, 3), random.randn(70000, 1)
    assert state(collected(X, y, threads=1)) == state(collected(X, y, threads=2))


def test_merged_pieces_give_the_coefficients_of_the_whole(rows):
    X, y, weight = rows
    X = X[:, [0, 1, 3]]
    whole = collected(X, y, weight)
    merged = Moments(3, M)
    for first in range(0, N, 311):
        piece = slice(first, first + 311)
        merged.merge(collected(X[piece], y[piece], weight[piece]))
    assert merged.n_samples == whole.n_samples == N - 7
    one, other = (solve_moments(m, None) for m in (whole, merged))
    np.testing.assert_array_equal(one.coef, other.coef)
    np.testing.assert_array_equal(one.intercept, other.intercept)
    np.testing.assert_allclose(one.inverse, other.inverse, rtol=1e-14)


def test_a_state_survives_pickling(rows):
    X, y, weight = rows
    moments = collected(X, y, weight)
    again = pickle.loads(pickle.dumps(moments))
    assert state(again) == state(moments)
    again.merge(moments)
    assert again.n_samples == 2 * moments.n_samples


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("where", ["X", "y"])
def test_numbers_that_are_not_finite_are_not_added(rows, bad, where):
    X, y = rows[0].copy(), rows[1].copy()
    (X if where == "X" else y)[N - 1, 0] = bad
    moments = Moments(K, M)
    assert not moments.add(X, y)
    assert moments.n_samples == 0


def test_a_triangle_agrees_with_the_sums(rows):
    X, y, weight = rows
    X = X[:, [0, 1, 3]]
    moments = collected(X, y, weight)
    triangle = Triangle(moments)
    triangle.add(X[:900], y[:900], weight[:900])
    rest = pickle.loads(pickle.dumps(Triangle(moments)))
    rest.add(X[900:], y[900:], weight[900:])
    triangle.merge(rest)
    of_sums, of_rows = moments.cholesky(1e-10), triangle.parts()
    signs = np.sign(np.diag(of_rows[0].high))[:, None]
    for sums, qr in zip(of_sums[:2], of_rows[:2], strict=True):
        np.testing.assert_allclose(signs * qr.high, sums.high, rtol=1e-15, atol=1e-25)
    np.testing.assert_allclose(of_rows[2], of_sums[2], rtol=1e-14)
