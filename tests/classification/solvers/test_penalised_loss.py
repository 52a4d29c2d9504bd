"""The loss that Newton's method and descent share: its derivatives, and both methods on it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from ogive.classification.solvers.newton import by_cholesky, by_conjugate_gradients, newton
from ogive.classification.solvers.penalised_loss import PenalisedLoss
from ogive.classification.solvers.solving import minimise

CLASSES = pytest.mark.parametrize("n_classes", [2, 3])
KINDS = pytest.mark.parametrize("kind", [np.asarray, sparse.csr_array])
INTERCEPT = pytest.mark.parametrize("fit_intercept", [True, False])


def problem_of(n_classes, kind=np.asarray, fit_intercept=True, penalty=0.7, n=60):
    random = np.random.default_rng(1)
    X = random.normal(size=(n, 3)) * [0.01, 1, 100] + [1, 0, 1000]
    X[random.random(X.shape) < 0.2] = 0
    label = random.integers(0, n_classes, size=n).astype(np.int32)
    weight = random.uniform(0, 2, size=n)
    return PenalisedLoss(kind(X), label, n_classes, weight, penalty, fit_intercept)


def some_weights(problem):
    return np.random.default_rng(2).normal(size=problem.shape)


@CLASSES
@KINDS
@INTERCEPT
def test_the_loss_is_its_definition_in_the_units_of_the_user(n_classes, kind, fit_intercept):
    problem = problem_of(n_classes, kind, fit_intercept)
    weights = some_weights(problem)
    coef, intercept = problem.user_units(weights)
    X = problem_of(n_classes).X
    z = X @ coef.T + intercept
    z = np.column_stack([np.zeros(len(z)), z]) if n_classes == 2 else z
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    expected = -problem.shares @ log_p[np.arange(len(z)), problem.label]
    expected += 0.7 / problem.total * (coef**2).sum() / 2
    assert problem.at(weights).loss == pytest.approx(expected, rel=1e-12)
    if not fit_intercept:
        np.testing.assert_array_equal(intercept, 0)
    np.testing.assert_allclose(problem.weights_of(coef, intercept), weights, rtol=1e-9, atol=1e-12)


@CLASSES
@KINDS
@INTERCEPT
def test_the_gradient_is_the_slope_of_the_loss(n_classes, kind, fit_intercept):
    problem = problem_of(n_classes, kind, fit_intercept)
    weights, step = some_weights(problem), 1e-6
    for place in np.ndindex(*problem.shape):
        change = np.zeros(problem.shape)
        change[place] = step
        slope = (problem.at(weights + change).loss - problem.at(weights - change).loss) / (2 * step)
        assert problem.at(weights).gradient[place] == pytest.approx(slope, rel=1e-6, abs=1e-9)


@CLASSES
@KINDS
@INTERCEPT
def test_the_hessian_is_the_slope_of_the_gradient(n_classes, kind, fit_intercept):
    problem = problem_of(n_classes, kind, fit_intercept)
    weights, step = some_weights(problem), 1e-6
    point = problem.at(weights)
    hessian = problem.hessian(point)
    for i, place in enumerate(np.ndindex(*problem.shape)):
        change = np.zeros(problem.shape)
        change[place] = 1.0
        ahead, behind = problem.at(weights + step * change), problem.at(weights - step * change)
        slope = (ahead.gradient - behind.gradient) / (2 * step)
        np.testing.assert_allclose(hessian[:, i].reshape(slope.shape), slope, rtol=1e-5, atol=1e-9)
        np.testing.assert_allclose(problem.hessian_product(point, change), slope, 1e-5, 1e-9)


@CLASSES
def test_the_norm_is_that_of_the_gradient_by_the_units_of_the_user(n_classes):
    problem = problem_of(n_classes)
    weights, step = some_weights(problem), 1e-7
    coef, intercept = problem.user_units(weights)
    slopes = []
    for array in (coef, intercept):
        for place in np.ndindex(*array.shape):
            value, losses = array[place], []
            for side in (step, -step):
                array[place] = value + side
                losses.append(problem.at(problem.weights_of(coef, intercept)).loss)
            array[place] = value
            slopes.append((losses[0] - losses[1]) / (2 * step))
    assert problem.at(weights).norm == pytest.approx(np.abs(slopes).max(), rel=1e-5)


@CLASSES
def test_the_curvature_of_two_classes_by_one_weight_is_at_most_a_quarter(n_classes):
    for penalty in (0.0, 1.0, 1e6):
        problem = problem_of(n_classes, penalty=penalty)
        bound = 0.25 if n_classes == 2 else 0.5
        for weights in (np.zeros(problem.shape), some_weights(problem)):
            hessian = problem.hessian(problem.at(weights))
            assert np.diag(hessian).max() <= bound * (1 + 1e-12)


@CLASSES
@KINDS
@INTERCEPT
@pytest.mark.parametrize("direction", [by_cholesky, by_conjugate_gradients])
def test_both_directions_end_at_the_minimum_of_the_dense_solver(
    n_classes, kind, fit_intercept, direction
):
    problem = problem_of(n_classes, kind, fit_intercept)
    found = newton(problem, direction, tol=1e-10, max_iter=50)
    X, label = problem_of(n_classes).X, problem.label
    given = {"weight": problem.shares * problem.total, "fit_intercept": fit_intercept}
    expected = minimise(X, label, n_classes, penalty=0.7, tol=1e-10, **given)
    assert found.converged
    assert found.n_iter < 15
    assert found.loss == pytest.approx(expected.loss, rel=1e-12)
    scale = X.std(axis=0)
    np.testing.assert_allclose(found.coef * scale, expected.coef * scale, atol=1e-7)


@pytest.mark.parametrize("direction", [by_cholesky, by_conjugate_gradients])
@CLASSES
def test_of_equal_columns_without_penalty_each_has_an_equal_part(n_classes, direction):
    problem = problem_of(n_classes, penalty=0.0)
    twice = PenalisedLoss(
        np.column_stack([problem.X, problem.X[:, 1]]), problem.label, n_classes,
        problem.shares * problem.total, 0.0, True,
    )  # fmt: skip
    found, once = (newton(p, direction, tol=1e-9, max_iter=50) for p in (twice, problem))
    assert found.converged
    np.testing.assert_allclose(found.coef[:, 1], found.coef[:, 3], atol=1e-7)
    np.testing.assert_allclose(found.coef[:, 1] * 2, once.coef[:, 1], atol=1e-6)


@pytest.mark.parametrize("direction", [by_cholesky, by_conjugate_gradients])
@CLASSES
def test_a_tolerance_below_rounding_ends_where_no_step_is_better(n_classes, direction):
    found = newton(problem_of(n_classes), direction, tol=0.0, max_iter=200)
    assert found.converged
    assert found.n_iter < 30
    assert found.gradient_norm < 1e-11


def test_one_hundred_thousand_sparse_columns_are_never_made_dense():
    random = np.random.default_rng(0)
    n, p, filled = 2000, 100_000, 20
    columns = random.integers(0, p, size=n * filled)
    X = sparse.csr_array(
        (random.normal(size=n * filled), (np.repeat(np.arange(n), filled), columns)), shape=(n, p)
    )
    X.sum_duplicates()
    label = (X @ random.normal(size=p) > 0).astype(np.int32)

    class NeverDense(sparse.csr_array):
        def toarray(self, *_, **__):
            raise AssertionError("made dense")

    problem = PenalisedLoss(NeverDense(X), label, 2, None, 1.0, True)
    found = newton(problem, by_conjugate_gradients, tol=1e-8, max_iter=50)
    assert found.converged
    assert found.gradient_norm <= 1e-8
