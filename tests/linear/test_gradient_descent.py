"""Gradient descent: where it goes, where it ends, and what it says when it does not get there."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning

from ogive import LinearRegression

N = 120


def rows(k: int = 3, n: int = N):
    random = np.random.default_rng(2)
    X = random.normal(size=(n, k)) * [0.01, 1, 100][:k] + [5, 0, -300][:k]
    Y = X @ (random.normal(size=(k, 2)) / [[0.01], [1], [100]][:k]) + random.normal(size=(n, 2))
    return X, Y + [4, -7], random.uniform(0.5, 2, n)


def descended(X, y, weight=None, **given):
    return LinearRegression(solver="gd", **given).fit(X, y, weight)


def standardised(X, weight=None):
    mean = np.average(X, axis=0, weights=weight)
    return (X - mean) / np.sqrt(np.average((X - mean) ** 2, axis=0, weights=weight))


@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("weighted", [True, False])
def test_descent_on_all_rows_ends_at_the_least_squares_solution(fit_intercept, weighted):
    X, Y, weight = rows()
    weight = weight if weighted else None
    exact = LinearRegression(fit_intercept=fit_intercept).fit(X, Y, weight)
    found = descended(X, Y, weight, fit_intercept=fit_intercept, tol=1e-13, max_iter=10**5)
    np.testing.assert_allclose(found.coef_, exact.coef_, rtol=1e-9)
    np.testing.assert_allclose(found.intercept_, exact.intercept_, rtol=1e-9)
    assert found.descent_.converged


@pytest.mark.parametrize("batch_size", [1, 7, 32, 100])
@pytest.mark.parametrize("shuffle", [True, False])
def test_descent_on_batches_converges_to_the_least_squares_solution(batch_size, shuffle):
    X, Y, weight = rows()
    exact = LinearRegression().fit(X, Y[:, 0], weight)
    scale = np.std(X, axis=0) / np.std(Y[:, 0])

    def error(epochs):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            found = descended(
                X, Y[:, 0], weight, batch_size=batch_size, shuffle=shuffle, max_iter=epochs,
                tol=0, random_state=0,
            )  # fmt: skip
        return np.abs((found.coef_ - exact.coef_) * scale).max()

    far, near = error(10), error(600)
    assert near < 2e-3
    assert near < far / 5


def test_steps_on_batches_taken_together_are_those_taken_one_by_one():
    X, Y, weight = rows(n=50)
    rate, size, epochs = 0.05, 3, 4
    with pytest.warns(ConvergenceWarning):
        found = descended(
            X, Y, weight, batch_size=size, shuffle=False, learning_rate=rate, max_iter=epochs
        )
    Z = np.column_stack([standardised(X, weight), np.ones(len(X))])
    y_mean = np.average(Y, axis=0, weights=weight)
    y_scale = np.sqrt(np.average((Y - y_mean) ** 2, axis=0, weights=weight))
    T = (Y - y_mean) / y_scale
    b = np.zeros((4, 2))
    b[-1] = -y_mean / y_scale
    passed = [b]
    for _ in range(epochs):
        for first in range(0, len(X), size):
            z, t = Z[first : first + size], T[first : first + size]
            share = weight[first : first + size, None] / weight.mean()
            b = b - rate / size * z.T @ (share * (z @ b - t))
            passed.append(b)
    x_mean = np.average(X, axis=0, weights=weight)
    x_scale = np.sqrt(np.average((X - x_mean) ** 2, axis=0, weights=weight))
    assert found.descent_.n_steps == len(passed) - 1 == epochs * 17
    trace = found.descent_.coef * x_scale / y_scale[:, None]
    np.testing.assert_allclose(trace, np.stack(passed)[:, :3].swapaxes(1, 2), atol=1e-12)


def test_a_batch_of_all_rows_or_more_is_descent_on_all_rows():
    X, Y, _ = rows()
    whole = descended(X, Y)
    for size in (N, 10 * N):
        np.testing.assert_array_equal(descended(X, Y, batch_size=size).coef_, whole.coef_)


def test_the_trace_begins_with_zeros_and_ends_with_the_coefficients():
    X, Y, _ = rows()
    model = descended(X, Y[:, 1])
    trace = model.descent_
    assert trace.coef.shape == (len(trace.step), 3)
    assert trace.intercept.shape == trace.loss.shape == trace.epoch.shape == trace.step.shape
    np.testing.assert_array_equal(trace.coef[0], 0)
    assert abs(trace.intercept[0]) < 1e-10
    np.testing.assert_array_equal(trace.coef[-1], model.coef_)
    assert trace.intercept[-1] == model.intercept_
    assert (trace.step[0], trace.step[-1]) == (0, trace.n_steps)


def test_the_loss_recorded_is_half_the_mean_squared_error_at_each_step():
    X, Y, weight = rows()
    trace = descended(X, Y, weight).descent_
    assert trace.coef.shape == (len(trace.step), 2, 3)
    residuals = Y - (X @ trace.coef.swapaxes(1, 2) + trace.intercept[:, None])
    loss = np.average(residuals**2, axis=1, weights=weight) / 2
    np.testing.assert_allclose(trace.loss, loss, rtol=1e-9)
    assert (np.diff(trace.loss, axis=0) <= 0).all()


def test_the_loss_of_a_perfect_fit_falls_without_cancelling():
    X, _, _ = rows()
    trace = descended(X, X @ [1.0, 2, 3], tol=1e-13, max_iter=10**4).descent_
    assert (trace.loss >= 0).all()
    assert trace.loss[-1] < 1e-20 * trace.loss[0]


def test_long_traces_are_thinned_and_keep_their_beginning_and_end():
    X, Y, _ = rows()
    X[:, 1] = X[:, 0] * 100 + 0.001 * X[:, 1]
    with pytest.warns(ConvergenceWarning):
        trace = descended(X, Y, max_iter=5000, tol=1e-12).descent_
    assert len(trace.step) <= 1001
    assert list(trace.step[:101]) == list(range(101))
    assert trace.step[-1] == 5000
    assert (np.diff(trace.step) > 0).all()


def test_epochs_count_passes_over_the_rows():
    X, Y, _ = rows()
    with pytest.warns(ConvergenceWarning):
        model = descended(X, Y, batch_size=50, max_iter=4, random_state=0)
    assert model.descent_.n_steps == 12
    assert model.descent_.epoch[-1] == model.n_iter_ == 4


def test_the_same_random_state_gives_the_same_descent_and_another_one_another():
    X, Y, _ = rows()
    given = {"batch_size": 8, "max_iter": 3}
    with pytest.warns(ConvergenceWarning):
        first, again, other = (descended(X, Y, **given, random_state=s) for s in (0, 0, 1))
    np.testing.assert_array_equal(first.descent_.coef, again.descent_.coef)
    assert (first.coef_ != other.coef_).any()


def test_a_learning_rate_above_the_limit_diverges_and_the_limit_is_said():
    X, Y, _ = rows()
    limit = 2 / np.linalg.eigvalsh(np.corrcoef(X.T))[-1]
    with pytest.warns(ConvergenceWarning, match=f"diverged: .* must stay below .* = {limit:.4g}"):
        model = descended(X, Y, learning_rate=1.2 * limit)
    assert model.descent_.learning_rate_limit == pytest.approx(limit)
    assert model.descent_.diverged
    assert not model.descent_.converged
    assert np.isfinite(model.coef_).all()
    assert model.descent_.loss[-1].max() > 1e5 * model.descent_.loss[0].max()


def test_a_learning_rate_below_the_limit_converges():
    X, Y, _ = rows()
    limit = 2 / np.linalg.eigvalsh(np.corrcoef(X.T))[-1]
    assert descended(X, Y, learning_rate=0.9 * limit).descent_.converged


def test_an_enormous_learning_rate_gives_finite_numbers():
    X, Y, _ = rows()
    for batch_size in (None, 1):
        with pytest.warns(ConvergenceWarning, match="diverged"):
            model = descended(X, Y, learning_rate=1e300, batch_size=batch_size)
        assert np.isfinite(model.descent_.coef).all()
        assert np.isfinite(model.descent_.loss).all()


def test_a_constant_rate_on_batches_hovers_and_it_is_said():
    X, Y, _ = rows()
    with pytest.warns(ConvergenceWarning, match="hovering about the minimum"):
        model = descended(X, Y, batch_size=8, learning_rate=0.1, max_iter=50, random_state=0)
    assert model.descent_.text.zh


def test_no_warning_is_given_where_it_converged():
    X, Y, _ = rows()
    model = descended(X, Y)
    assert model.descent_.text is None
    assert model.solution_.inverse is None


def test_the_automatic_rate_is_the_best_constant_one():
    X, Y, _ = rows()
    eigenvalues = np.linalg.eigvalsh(np.corrcoef(X.T))
    rate = descended(X, Y).descent_.learning_rate
    least, most = min(1, eigenvalues[0]), max(1, eigenvalues[-1])
    assert rate == pytest.approx(2 / (least + most))


def test_the_digits_reported_are_those_that_are_right():
    X, Y, _ = rows()
    exact = LinearRegression().fit(X, Y[:, 0])
    model = descended(X, Y[:, 0])
    found, right = np.r_[model.intercept_, model.coef_], np.r_[exact.intercept_, exact.coef_]
    worst = np.abs(found / right - 1).max()
    assert model.solution_.digits[0] == pytest.approx(-np.log10(worst), abs=1e-3)


@pytest.mark.parametrize("batch_size", [None, 16])
def test_sparse_rows_descend_as_dense_ones(batch_size):
    X, Y, weight = rows()
    X[:, 1][X[:, 1] < 0] = 0
    given = {"batch_size": batch_size, "max_iter": 400, "tol": 1e-3, "random_state": 0}
    dense = descended(X, Y, weight, **given)
    found = descended(sparse.csr_array(X), Y, weight, **given)
    np.testing.assert_allclose(found.descent_.coef, dense.descent_.coef, rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("batch_size", [None, 1])
def test_rows_of_weight_0_do_not_count(batch_size):
    X, Y, weight = rows()
    weight[::3] = 0
    given = {"batch_size": batch_size, "max_iter": 300, "tol": 1e-2, "random_state": 0}
    all_rows = descended(X, Y, weight, **given)
    some = descended(X[weight > 0], Y[weight > 0], weight[weight > 0], **given)
    np.testing.assert_allclose(all_rows.coef_, some.coef_, rtol=1e-9)


@pytest.mark.parametrize("batch_size", [None, 4])
def test_constant_columns_and_a_constant_target_stay_at_0(batch_size):
    X, Y, _ = rows()
    X[:, 1] = 0.1
    given = {"batch_size": batch_size, "random_state": 0, "tol": 1e-4}
    assert descended(X, Y[:, 0], **given).coef_[1] == 0
    flat = descended(X, np.full(N, 0.3), **given)
    np.testing.assert_allclose(flat.coef_ * X.std(axis=0), 0, atol=1e-4)
    np.testing.assert_allclose(flat.predict(X), 0.3, atol=1e-3)


def test_a_second_fit_by_another_solver_forgets_the_trace():
    X, Y, _ = rows()
    model = descended(X, Y)
    model.set_params(solver="qr").fit(X, Y)
    assert not hasattr(model, "descent_")


@pytest.mark.parametrize(
    "given",
    [{"batch_size": 0}, {"learning_rate": 0.0}, {"learning_rate": "fast"}, {"max_iter": 0}],
)
def test_bad_parameters_are_refused_by_name(given):
    X, Y, _ = rows()
    with pytest.raises(ValueError, match=f"'{next(iter(given))}' parameter"):
        descended(X, Y, **given)
