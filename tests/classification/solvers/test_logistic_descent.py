"""Gradient descent of the logistic loss: where it goes, where it ends, and what it says."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from scipy import sparse
from scipy.special import expit, softmax
from sklearn.exceptions import ConvergenceWarning

from ogive import LogisticRegression

N = 90
CLASSES = pytest.mark.parametrize("n_classes", [2, 3])
KINDS = pytest.mark.parametrize("kind", [np.asarray, sparse.csr_array])


def rows(n_classes: int = 2, n: int = N):
    random = np.random.default_rng(3)
    X = random.normal(size=(n, 3)) * [0.01, 1, 100] + [5, 0, -300]
    z = ((X - X.mean(axis=0)) / X.std(axis=0)) @ random.normal(size=(3, n_classes))
    y = np.argmax(z + random.gumbel(size=z.shape), axis=1)
    return X, y, random.uniform(0.5, 2, n)


def descended(X, y, weight=None, **given):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return LogisticRegression(solver="gd", **{"C": np.inf, **given}).fit(X, y, weight)


def standardised(X, weight=None):
    mean = np.average(X, axis=0, weights=weight)
    return (X - mean) / np.sqrt(np.average((X - mean) ** 2, axis=0, weights=weight))


def bound(X, n_classes=2):
    """Return L, by its definition."""
    Z = np.column_stack([standardised(X), np.ones(len(X))])
    return np.linalg.eigvalsh(Z.T @ Z / len(X))[-1] / (4 if n_classes == 2 else 2)


@CLASSES
@KINDS
@pytest.mark.parametrize("given", [{}, {"fit_intercept": False}, {"C": 0.1}], ids=str)
def test_descent_on_all_rows_ends_at_the_minimum(n_classes, kind, given):
    X, y, weight = rows(n_classes)
    if "fit_intercept" in given:
        X = X - X.mean(axis=0)  # far from 0 and without a constant the columns are nearly the same
    given = {"C": np.inf, **given}
    best = LogisticRegression(tol=1e-12, **given).fit(X, y, weight)
    found = descended(kind(X), y, weight, tol=1e-10, max_iter=20000, **given)
    assert found.descent_.converged
    assert found.descent_.text is None
    assert found.gradient_norm_ <= 1e-10
    np.testing.assert_allclose(found.decision_function(X), best.decision_function(X), atol=1e-5)


@CLASSES
@pytest.mark.parametrize(("batch_size", "epochs"), [(1, 50), (7, 150), (32, 400)])
def test_descent_on_batches_nears_the_minimum(n_classes, batch_size, epochs):
    X, y, weight = rows(n_classes)
    best = LogisticRegression(C=np.inf).fit(X, y, weight)
    given = {"batch_size": batch_size, "random_state": 0}
    far, near = (descended(X, y, weight, max_iter=m, **given).loss_ for m in (5, epochs))
    assert best.loss_ < near < best.loss_ + (far - best.loss_) / 3
    assert near - best.loss_ < 1e-3


@CLASSES
@pytest.mark.parametrize("batch_size", [None, 16])
def test_steps_are_those_of_the_formula(n_classes, batch_size):
    X, y, weight = rows(n_classes, n=50)
    rate, epochs = 0.3, 4
    found = descended(
        X, y, weight, batch_size=batch_size, learning_rate=rate, max_iter=epochs, random_state=5
    )
    Z = np.column_stack([standardised(X, weight), np.ones(len(X))])
    hot = np.eye(n_classes)[y] if n_classes > 2 else (y == 1)[:, None] * 1.0
    share = (weight / weight.mean())[:, None]
    b = np.zeros((4, hot.shape[1]))
    passed, random, size = [b], np.random.RandomState(5), batch_size or len(X)
    for _ in range(epochs):
        order = random.permutation(len(X)) if batch_size else np.arange(len(X))
        for first in range(0, len(X), size):
            part = order[first : first + size]
            z = Z[part] @ b
            a = softmax(z, axis=1) if n_classes > 2 else expit(z)
            b = b - rate / size * Z[part].T @ (share[part] * (a - hot[part]))
            passed.append(b)
    mean = np.average(X, axis=0, weights=weight)
    scale = np.sqrt(np.average((X - mean) ** 2, axis=0, weights=weight))
    coef = np.stack(passed)[:, :3].swapaxes(1, 2) / scale
    intercept = np.stack(passed)[:, 3] - coef @ mean
    trace = found.descent_
    assert trace.n_steps == len(passed) - 1
    np.testing.assert_allclose(trace.coef.reshape(coef.shape) * scale, coef * scale, atol=1e-12)
    np.testing.assert_allclose(trace.intercept.reshape(intercept.shape), intercept, rtol=1e-9)


@CLASSES
@pytest.mark.parametrize("batch_size", [None, 20])
def test_the_loss_recorded_is_that_of_each_step(n_classes, batch_size):
    X, y, weight = rows(n_classes)
    trace = descended(X, y, weight, batch_size=batch_size, max_iter=40, random_state=0).descent_
    z = trace.coef @ X.T + trace.intercept[..., None]
    p = np.where(y == 1, expit(z), expit(-z)) if n_classes == 2 else softmax(z, axis=1)
    p = p if n_classes == 2 else p[:, y, np.arange(len(y))]
    np.testing.assert_allclose(trace.loss, np.average(-np.log(p), axis=1, weights=weight))


@CLASSES
def test_each_step_on_all_rows_makes_the_loss_smaller_below_the_limit(n_classes):
    X, y, _ = rows(n_classes)
    for part in (0.1, 0.5, 0.99):
        rate = part * 2 / bound(X, n_classes)
        trace = descended(X, y, learning_rate=rate, max_iter=15).descent_
        assert (np.diff(trace.loss) < 1e-14).all()  # rounding, once it is there
        assert trace.loss[-1] < trace.loss[0]


@CLASSES
def test_the_automatic_rate_is_1_over_l_and_the_limit_2_over_l(n_classes):
    X, y, _ = rows(n_classes)
    trace = descended(X, y, max_iter=1).descent_
    assert trace.learning_rate == pytest.approx(1 / bound(X, n_classes))
    assert trace.learning_rate_limit == pytest.approx(2 / bound(X, n_classes))


def test_the_limit_for_very_many_columns_is_estimated_closely_and_safely(monkeypatch):
    X, y, _ = rows()
    exact = descended(X, y, max_iter=1, C=0.5).descent_.learning_rate_limit
    monkeypatch.setattr("ogive.classification.solvers.descent.EXACTLY", 2)
    estimated = descended(sparse.csr_array(X), y, max_iter=1, C=0.5).descent_.learning_rate_limit
    assert 0.97 * exact < estimated <= exact


def test_the_trace_begins_with_zeros_and_ends_with_the_coefficients():
    X, y, _ = rows()
    model = descended(X, y)
    trace = model.descent_
    assert trace.coef.shape == (len(trace.step), 3)
    assert trace.intercept.shape == trace.loss.shape == trace.epoch.shape == trace.step.shape
    np.testing.assert_array_equal(trace.coef[0], 0)
    assert trace.intercept[0] == 0
    assert trace.loss[0] == pytest.approx(np.log(2))
    np.testing.assert_array_equal(trace.coef[-1], model.coef_[0])
    assert trace.intercept[-1] == model.intercept_[0]
    assert trace.loss[-1] == model.loss_
    assert (trace.step[0], trace.step[-1]) == (0, trace.n_steps)


def test_long_traces_are_thinned_and_keep_their_beginning_and_end():
    X, y, _ = rows()
    trace = descended(X, y, batch_size=1, max_iter=30, random_state=0).descent_
    assert len(trace.step) <= 1001
    assert list(trace.step[:101]) == list(range(101))
    assert trace.step[-1] == 30 * N
    assert (np.diff(trace.step) > 0).all()


def test_epochs_count_passes_over_the_rows():
    X, y, _ = rows()
    model = descended(X, y, batch_size=40, max_iter=4, random_state=0)
    assert model.descent_.n_steps == 12
    assert model.descent_.epoch[-1] == model.n_iter_[0] == 4


def test_a_batch_of_all_rows_or_more_is_descent_on_all_rows():
    X, y, _ = rows()
    whole = descended(X, y)
    for size in (N, 10 * N):
        np.testing.assert_array_equal(descended(X, y, batch_size=size).coef_, whole.coef_)


def test_the_same_random_state_gives_the_same_descent_and_another_one_another():
    X, y, _ = rows()
    first, again, other = (
        descended(X, y, batch_size=8, max_iter=3, random_state=s) for s in (0, 0, 1)
    )
    np.testing.assert_array_equal(first.descent_.coef, again.descent_.coef)
    assert (first.coef_ != other.coef_).any()


@CLASSES
@pytest.mark.parametrize("batch_size", [None, 16])
def test_sparse_rows_descend_as_dense_ones(n_classes, batch_size):
    X, y, weight = rows(n_classes)
    X[:, 1][X[:, 1] < 0] = 0
    given = {"batch_size": batch_size, "max_iter": 30, "random_state": 0}
    dense = descended(X, y, weight, **given)
    found = descended(sparse.csr_array(X), y, weight, **given)
    scale = X.std(axis=0)
    np.testing.assert_allclose(
        found.descent_.coef * scale, dense.descent_.coef * scale, rtol=1e-8, atol=1e-9
    )


def test_rows_of_weight_0_do_not_count():
    X, y, weight = rows()
    weight[::3] = 0
    all_rows = descended(X, y, weight, max_iter=50)
    some = descended(X[weight > 0], y[weight > 0], weight[weight > 0], max_iter=50)
    np.testing.assert_allclose(all_rows.coef_, some.coef_, rtol=1e-9)


def test_the_rate_of_a_strong_penalty_stays_of_the_same_size():
    X, y, _ = rows()
    rates = [descended(X, y, C=C, max_iter=1).descent_.learning_rate for C in (1e-6, 1, 1e6)]
    assert max(rates) < 2 * min(rates)


def test_a_constant_column_stays_at_0():
    X, y, _ = rows()
    X[:, 1] = 0.1
    assert abs(descended(X, y, max_iter=100).coef_[0, 1]) < 1e-12


@CLASSES
@pytest.mark.parametrize("batch_size", [None, 3])
@pytest.mark.parametrize("rate", [1e4, 1e300])
def test_too_large_a_rate_is_said_with_the_limit_and_the_numbers_are_finite(
    n_classes, batch_size, rate
):
    X, y, _ = rows(n_classes)
    model = LogisticRegression(
        solver="gd", C=np.inf, learning_rate=rate, batch_size=batch_size, max_iter=20,
        random_state=0,
    )  # fmt: skip
    limit = 2 / bound(X, n_classes)
    with pytest.warns(ConvergenceWarning, match=f"diverged.* below .* {limit:.4g}") as caught:
        model.fit(X, y)
    trace = model.descent_
    assert trace.diverged
    assert not trace.converged
    assert not model.converged_
    for found in (model.coef_, trace.coef, trace.intercept, trace.loss, model.gradient_norm_):
        assert np.isfinite(found).all()
    assert caught[0].message.text == trace.text
    assert "发散" in trace.text.zh


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ({}, "solver='auto'"),
        ({"learning_rate": 0.01}, "or the learning rate, which may be anything below"),
        ({"learning_rate": 0.1, "batch_size": 8}, "hovering about the minimum"),
        ({"batch_size": 8}, "Raise max_iter or tol"),
    ],
)
def test_a_descent_that_is_not_done_says_what_to_do(given, advice):
    X, y, _ = rows()
    with pytest.warns(ConvergenceWarning, match=f"failed to converge in max_iter=5.*{advice}"):
        model = LogisticRegression(solver="gd", max_iter=5, **given).fit(X, y)
    assert "尚未收敛" in model.descent_.text.zh


def test_warm_start_continues_the_descent():
    X, y, _ = rows()
    whole = descended(X, y, max_iter=12)
    model = descended(X, y, max_iter=5, warm_start=True)
    first = model.coef_
    with pytest.warns(ConvergenceWarning):
        model.set_params(max_iter=7).fit(X, y)
    np.testing.assert_allclose(model.descent_.coef[0], first[0], rtol=1e-12)
    np.testing.assert_allclose(model.coef_, whole.coef_, rtol=1e-9)


def test_a_second_fit_by_another_solver_forgets_the_trace():
    X, y, _ = rows()
    model = descended(X, y)
    model.set_params(solver="auto").fit(X, y)
    assert not hasattr(model, "descent_")


@pytest.mark.parametrize("given", [{"batch_size": 0}, {"learning_rate": 0.0}, {"max_iter": -1}])
def test_bad_parameters_are_refused_by_name(given):
    X, y, _ = rows()
    with pytest.raises(ValueError, match=f"'{next(iter(given))}' parameter"):
        descended(X, y, **given)
