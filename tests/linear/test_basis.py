"""Badly conditioned columns: residuals, leverages and robust errors keep their digits."""

from fractions import Fraction

import numpy as np
import pytest
from exact import exact_coefficients

from ogive import LinearRegression
from ogive.linear.basis import WELL_CONDITIONED
from ogive.linear.exact_products import precise_product


def exact_statistics(X, y, weight):
    """Residuals, leverages and HC3 errors in fractions, rounded at the end."""
    rows = [[Fraction(1), *(Fraction(float(v)) for v in row)] for row in X]
    coef = exact_coefficients(X, y, weight)
    residuals = [
        Fraction(float(t)) - sum(a * b for a, b in zip(row, coef, strict=True))
        for row, t in zip(rows, y, strict=True)
    ]
    # The weights of each target in the coefficients are the coefficients of unit targets.
    by_row = [exact_coefficients(X, unit, weight) for unit in np.eye(len(X))]
    pairs = zip(rows, by_row, strict=True)
    leverage = [sum(a * b for a, b in zip(r, w, strict=True)) for r, w in pairs]
    variances = [
        sum((w[j] * r / (1 - h)) ** 2 for w, r, h in zip(by_row, residuals, leverage, strict=True))
        for j in range(len(coef))
    ]
    return (
        np.array([float(r) for r in residuals]),
        np.array([float(h) for h in leverage]),
        np.sqrt([float(v) for v in variances]),
    )


def near(distance):
    rng = np.random.default_rng(4)
    X = rng.normal(size=(16, 3))
    X[:, 2] = X[:, 0] + X[:, 1] + distance * rng.normal(size=16)
    return X + [0, 3, 1], X @ [1.0, 2.0, 3.0] + rng.normal(size=16)


@pytest.mark.parametrize("weighted", (False, True))
@pytest.mark.parametrize("distance", (1e-4, 1e-9, 1e-12, 3e-14))
def test_no_digits_are_lost_to_the_condition_number(distance, weighted):
    X, y = near(distance)
    weight = np.random.default_rng(5).uniform(0.5, 2, 16) if weighted else np.ones(16)
    model = LinearRegression().fit(X, y, weight if weighted else None)
    assert model.rank_ == 3
    residuals, leverage, errors = exact_statistics(X, y, weight)
    found = model.influence()
    condition = model.solution_.condition_number
    tolerance = 1e-13 if condition > WELL_CONDITIONED else 1e-13 + 2.2e-16 * condition
    np.testing.assert_allclose(found.residuals, residuals, atol=tolerance * np.abs(residuals).max())
    np.testing.assert_allclose(found.leverage, leverage, atol=tolerance)
    robust = model.summary(covariance="HC3").inference.standard_errors[0]
    np.testing.assert_allclose(robust, errors, rtol=tolerance)
    matrix = model.covariance(covariance="HC3")[0]
    assert np.sqrt(np.diag(matrix)) == pytest.approx(errors, rel=tolerance)
    assert abs(matrix[1, 3]) <= errors[1] * errors[3] * (1 + tolerance)


def test_rows_of_weight_0_and_sparse_rows_have_the_residuals_of_the_others():
    from scipy import sparse

    X, y = near(1e-11)
    weight = np.ones(16)
    weight[[2, 9]] = 0
    used = weight > 0
    right = LinearRegression().fit(X[used], y[used])
    found = LinearRegression().fit(X, y, weight).influence()
    np.testing.assert_allclose(found.residuals[used], right.influence().residuals, atol=1e-13)
    np.testing.assert_array_equal(found.leverage[~used], 0)
    thin = LinearRegression().fit(sparse.csr_array(X), y).influence()
    dense = LinearRegression().fit(X, y).influence()
    np.testing.assert_allclose(thin.leverage, dense.leverage, atol=1e-9)


@pytest.mark.parametrize("power", (-1000, 600))
def test_targets_of_any_size_keep_them_too(power):
    X, y = near(1e-11)
    plain = LinearRegression().fit(X, y).summary(covariance="HC3").inference
    scaled = LinearRegression().fit(X, np.ldexp(y, power)).summary(covariance="HC3").inference
    np.testing.assert_allclose(scaled.t, plain.t, rtol=1e-12)


def test_products_are_summed_to_more_digits_than_float64_has():
    rng = np.random.default_rng(0)
    left, right = rng.normal(size=(5, 30)), rng.normal(size=(30, 2))
    rest = left * rng.uniform(-1e-17, 1e-17, left.shape)
    left[:, -1], rest[:, -1], right[-1] = 1.0, 0.0, 0.0
    exact = [
        [
            sum((Fraction(a) + Fraction(b)) * Fraction(c) for a, b, c in zip(*row, strict=True))
            for row in ((left[i], rest[i], right[:, j]) for j in range(2))
        ]
        for i in range(5)
    ]
    for i in range(5):
        # All but the last digits of each sum cancel.
        cancelling = right.copy()
        cancelling[-1] = [-float(v) for v in exact[i]]
        found = precise_product(left[i : i + 1], rest[i : i + 1], cancelling)[0]
        truth = [float(v + Fraction(c)) for v, c in zip(exact[i], cancelling[-1], strict=True)]
        np.testing.assert_allclose(found, truth, rtol=1e-9)
