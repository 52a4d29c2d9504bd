"""What holds for logistic regression whatever the rows are."""

from __future__ import annotations

import warnings

import hypothesis.strategies as st
import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning

from ogive import LogisticRegression
from ogive.classification.solvers.penalised_loss import PenalisedLoss
from ogive.classification.solvers.solving import minimise

FEW = settings(max_examples=25, deadline=None)
CLASSES = st.sampled_from([2, 3])
SEEDS = st.integers(0, 10**6)
SPARSE = st.booleans()


def rows(seed: int, n_classes: int, n: int = 40, p: int = 3):
    """Rows of which each stands with every label, so that no line separates them."""
    random = np.random.default_rng(seed)
    X = random.normal(size=(n, p)) * 10 ** random.uniform(-1, 1, size=p)
    X = np.repeat(X, n_classes, axis=0)
    y = np.tile(np.arange(n_classes), n)
    return X, y, random.integers(1, 5, size=len(y))


def fitted(X, y, weight=None, is_sparse=False, **given):
    model = LogisticRegression(tol=1e-11, **given)
    return model.fit(sparse.csr_array(X) if is_sparse else X, y, weight)


def assert_same(model, coef, intercept):
    scale = np.abs(coef).max() + 1e-3
    np.testing.assert_allclose(model.coef_, coef, rtol=1e-6, atol=1e-6 * scale)
    np.testing.assert_allclose(model.intercept_, intercept, rtol=1e-6, atol=1e-6)


@FEW
@given(SEEDS, CLASSES, SPARSE)
def test_a_weight_is_as_many_equal_rows(seed, n_classes, is_sparse):
    X, y, weight = rows(seed, n_classes)
    weight[::7] = 0
    weighted = fitted(X, y, weight, is_sparse)
    repeated = fitted(np.repeat(X, weight, axis=0), np.repeat(y, weight), None, is_sparse)
    assert_same(weighted, repeated.coef_, repeated.intercept_)
    assert weighted.loss_ == pytest.approx(repeated.loss_, rel=1e-10)


@FEW
@given(SEEDS, CLASSES, SPARSE)
def test_other_names_of_the_classes_give_the_same_model(seed, n_classes, is_sparse):
    X, y, weight = rows(seed, n_classes)
    order = np.random.default_rng(seed).permutation(n_classes)
    one, other = fitted(X, y, weight, is_sparse), fitted(X, order[y], weight, is_sparse)
    np.testing.assert_allclose(
        other.predict_proba(X)[:, order], one.predict_proba(X), rtol=1e-6, atol=1e-8
    )
    if n_classes == 2:
        sign = 1 - 2 * order[0]
        assert_same(other, sign * one.coef_, sign * one.intercept_)
    else:
        assert_same(one, other.coef_[order], other.intercept_[order])


@FEW
@given(SEEDS, CLASSES, SPARSE, st.integers(-12, 12))
def test_without_penalty_units_of_the_columns_do_not_matter(seed, n_classes, is_sparse, exponent):
    X, y, weight = rows(seed, n_classes)
    units = 10.0 ** np.array([exponent, 0, -exponent / 2])
    one = fitted(X, y, weight, C=np.inf)
    other = LogisticRegression(C=np.inf, tol=1e-11 * units.min())
    with warnings.catch_warnings():
        # A gradient by so large a unit cannot be computed to such a tolerance.
        warnings.simplefilter("ignore", ConvergenceWarning)
        other.fit(sparse.csr_array(X * units) if is_sparse else X * units, y, weight)
    np.testing.assert_allclose(other.predict_proba(X * units), one.predict_proba(X), atol=1e-7)
    np.testing.assert_allclose(
        other.coef_ * units * X.std(axis=0), one.coef_ * X.std(axis=0), atol=1e-6
    )


@FEW
@given(SEEDS, CLASSES, SPARSE, st.floats(-100, 100))
def test_the_origin_of_a_column_only_moves_the_intercept(seed, n_classes, is_sparse, shift):
    X, y, weight = rows(seed, n_classes)
    one, other = fitted(X, y, weight), fitted(X + [0, shift, 0], y, weight, is_sparse)
    assert_same(other, one.coef_, one.intercept_ - shift * one.coef_[:, 1])


@FEW
@given(SEEDS, CLASSES, SPARSE)
def test_mean_probabilities_are_the_shares_of_the_classes(seed, n_classes, is_sparse):
    X, y, weight = rows(seed, n_classes)
    shares = np.bincount(y, weight) / weight.sum()
    found = weight @ fitted(X, y, weight, is_sparse).predict_proba(X) / weight.sum()
    np.testing.assert_allclose(found, shares, atol=1e-10)


@FEW
@given(SEEDS, CLASSES, SPARSE)
def test_no_other_coefficients_have_a_smaller_loss(seed, n_classes, is_sparse):
    X, y, weight = rows(seed, n_classes)
    model = fitted(X, y, weight, is_sparse)
    random = np.random.default_rng(seed)
    for size in (1e-3, 0.1, 1.0):
        coef = model.coef_ + size * random.normal(size=model.coef_.shape)
        intercept = model.intercept_ + size * random.normal(size=model.intercept_.shape)
        other = minimise(
            X, y.astype(np.int32), n_classes, weight=weight * 1.0, start=(coef, intercept),
            max_iter=0,
        )  # fmt: skip
        assert other.n_iter == 0
        assert other.loss > model.loss_


LARGE = st.floats(-1e4, 1e4) | st.sampled_from([-1e4, 1e4, 0.0, 40.0, -745.0])


def exact_log_probabilities(z):
    """Of the classes whose outputs are `z`, in 50 digits."""
    with mpmath.workdps(50):
        z = [mpmath.mpf(float(v)) for v in z]
        others = [[mpmath.exp(b - a) for j, b in enumerate(z) if j != i] for i, a in enumerate(z)]
        return [-mpmath.log1p(mpmath.fsum(e)) for e in others]


def with_outputs(n_classes: int):
    """Return a model whose z is its feature, or its features."""
    n_outputs = 1 if n_classes == 2 else n_classes
    model = LogisticRegression()
    model.coef_, model.intercept_ = np.eye(n_outputs), np.zeros(n_outputs)
    model.classes_, model.n_features_in_ = np.arange(n_classes), n_outputs
    return model


@settings(max_examples=100, deadline=None)
@given(st.lists(LARGE, min_size=3, max_size=3), CLASSES)
def test_probabilities_are_right_to_the_last_digits_up_to_z_of_10000(z, n_classes):
    row = z[:1] if n_classes == 2 else z
    expected = exact_log_probabilities([0.0, *row] if n_classes == 2 else row)
    model = with_outputs(n_classes)
    found = model.predict_log_proba([row])[0]
    np.testing.assert_allclose(found, [float(e) for e in expected], rtol=1e-13, atol=1e-320)
    with mpmath.workdps(50):
        probabilities = [float(mpmath.exp(e)) for e in expected]
    np.testing.assert_allclose(
        model.predict_proba([row])[0], probabilities, rtol=2e-12, atol=1e-307
    )


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(LARGE, min_size=3, max_size=3), min_size=3, max_size=6), CLASSES)
def test_the_loss_is_finite_and_right_up_to_z_of_10000(z, n_classes):
    X = np.array(z)[:, : 1 if n_classes == 2 else n_classes].copy(order="C")
    y = np.arange(len(X)) % n_classes
    log_p = [exact_log_probabilities([0.0, *r] if n_classes == 2 else r) for r in X]
    with mpmath.workdps(50):
        expected = -mpmath.fsum(log_p[i][k] for i, k in enumerate(y)) / len(y)
    start = np.eye(X.shape[1]), np.zeros(X.shape[1])
    given = X, y.astype(np.int32), n_classes
    dense = minimise(*given, penalty=0.0, start=start, max_iter=0)
    assert dense.loss == pytest.approx(float(expected), rel=1e-12, abs=1e-300)
    problem = PenalisedLoss(sparse.csr_array(X), *given[1:], None, 0.0, True)
    weights = problem.weights_of(*start)
    assert problem.loss(weights, X) == pytest.approx(float(expected), rel=1e-12, abs=1e-300)


@pytest.mark.parametrize("solver", ["auto", "lbfgs", "newton-cholesky", "newton-cg", "gd"])
@pytest.mark.parametrize("n_classes", [2, 3])
def test_a_warm_start_at_which_rows_are_wrong_by_10000_ends_at_the_minimum(solver, n_classes):
    X, y, weight = rows(0, n_classes)
    best = LogisticRegression().fit(X, y, weight)
    model = LogisticRegression(solver=solver, warm_start=True, max_iter=3000)
    model.coef_, model.intercept_ = -1e4 * best.coef_, best.intercept_
    model.fit(X, y, weight)
    assert model.converged_
    np.testing.assert_allclose(model.coef_, best.coef_, atol=1e-5)
