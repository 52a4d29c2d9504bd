"""The compiled minimiser of logistic and softmax losses."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit, logsumexp, softmax

from ogive._engine import core
from ogive.classification.solvers.solving import minimise


def rows(n, p, n_classes, seed=0, scale=1.0):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, p)) @ (np.eye(p) + 0.3 * rng.standard_normal((p, p)))
    z = X @ rng.standard_normal((p, n_classes)) * scale / np.sqrt(p)
    label = np.argmax(z + rng.gumbel(size=z.shape), axis=1).astype(np.int32)
    return X, label


def gradient(X, label, n_classes, found, penalty, weight=None):
    """The gradient of the penalised mean loss, by plain NumPy."""
    weight = np.ones(len(X)) if weight is None else weight
    z = X @ found.coef.T + found.intercept
    if n_classes == 2:
        error = (weight * (expit(z[:, 0]) - label))[:, None]
    else:
        error = weight[:, None] * (softmax(z, axis=1) - np.eye(n_classes)[label])
    of_coef = error.T @ X + penalty * found.coef
    return np.column_stack([of_coef, error.sum(axis=0)]) / weight.sum()


@pytest.mark.parametrize("solver", ["auto", "lbfgs", "newton-cholesky"])
@pytest.mark.parametrize(
    ("n", "p", "n_classes"), [(500, 7, 2), (500, 7, 5), (33, 60, 2), (33, 60, 3), (1, 3, 2)]
)
def test_the_gradient_vanishes_where_it_ends(n, p, n_classes, solver):
    X, label = rows(n, p, n_classes)
    found = minimise(X, label, n_classes, solver=solver, max_iter=20_000)
    size = np.abs(gradient(X, label, n_classes, found, 1.0)).max()
    assert found.converged
    assert size <= 1.01e-8
    assert size == pytest.approx(found.gradient_norm, rel=1e-3, abs=1e-13)


@pytest.mark.parametrize("n_classes", [2, 4])
def test_weights_are_numbers_of_rows(n_classes):
    X, label = rows(200, 4, n_classes)
    times = np.random.default_rng(1).integers(0, 4, 200)
    weighted = minimise(X, label, n_classes, weight=times.astype(float), tol=1e-11)
    repeated = minimise(np.repeat(X, times, axis=0), np.repeat(label, times), n_classes, tol=1e-11)
    assert weighted.coef == pytest.approx(repeated.coef, rel=1e-7, abs=1e-9)
    assert weighted.loss == pytest.approx(repeated.loss, rel=1e-12)


@pytest.mark.parametrize("n_classes", [2, 3])
def test_the_loss_is_the_penalised_mean_loss(n_classes):
    X, label = rows(120, 5, n_classes)
    found = minimise(X, label, n_classes, penalty=0.3)
    z = X @ found.coef.T + found.intercept
    z = np.column_stack([np.zeros(len(X)), z]) if n_classes == 2 else z
    loss = (logsumexp(z, axis=1) - z[np.arange(len(X)), label]).mean()
    assert found.loss == pytest.approx(loss + 0.3 * (found.coef**2).sum() / 240, rel=1e-13)


@pytest.mark.parametrize(("n", "p", "n_classes"), [(45_000, 100, 2), (45_000, 100, 3)])
def test_no_bit_depends_on_the_number_of_threads(n, p, n_classes):
    X, label = rows(n, p, n_classes)
    one, two = (minimise(X, label, n_classes, tol=1e-5, threads=t) for t in (1, 2))
    assert np.array_equal(one.coef, two.coef)
    assert one.n_iter == two.n_iter


def test_large_tables_that_are_not_copied_have_the_same_minimum():
    X, label = rows(45_000, 100, 2)  # more numbers than are kept in panels
    found = minimise(X, label, 2)
    assert np.abs(gradient(X, label, 2, found, 1.0)).max() <= 1.01e-8


def test_more_columns_than_a_factor_is_made_of():
    X, label = rows(60, 2100, 2)
    found = minimise(X, label, 2, max_iter=20_000)
    assert np.abs(gradient(X, label, 2, found, 1.0)).max() <= 1.01e-8


def test_float32_rows_are_added_up_in_double():
    X, label = rows(3000, 6, 2)
    single = X.astype(np.float32)
    assert np.array_equal(
        minimise(single, label, 2).coef, minimise(single.astype(np.float64), label, 2).coef
    )


def test_columns_far_from_zero_cost_no_digits():
    X, label = rows(400, 3, 2)
    near, far = (minimise(X + shift, label, 2, penalty=0.0, tol=1e-7) for shift in (0.0, 1e6))
    assert far.converged
    assert far.coef == pytest.approx(near.coef, rel=1e-5)


def test_scales_do_not_matter_without_a_penalty():
    X, label = rows(400, 3, 2)
    by = np.array([1e-6, 1.0, 1e6])
    first = minimise(X, label, 2, penalty=0.0)
    second = minimise(X * by, label, 2, penalty=0.0)
    assert second.coef * by == pytest.approx(first.coef, rel=1e-6)


def test_equal_columns_share_a_weight_or_one_has_it():
    X, label = rows(300, 2, 2)
    double = np.column_stack([X, X[:, 0]])
    found, plain = minimise(double, label, 2, penalty=0.0), minimise(X, label, 2, penalty=0.0)
    assert found.converged
    assert found.coef[0, 0] + found.coef[0, 2] == pytest.approx(plain.coef[0, 0], rel=1e-6)


def test_a_start_at_the_minimum_takes_no_step():
    X, label = rows(300, 4, 3)
    first = minimise(X, label, 3)
    again = minimise(X, label, 3, tol=2e-8, start=(first.coef, first.intercept))
    assert again.n_iter == 0
    assert again.coef == pytest.approx(first.coef, rel=1e-12)


@pytest.mark.parametrize("n_classes", [2, 3])
@pytest.mark.parametrize("penalty", [0.0, 1.0])
def test_a_start_far_on_the_wrong_side_comes_back(n_classes, penalty):
    X, label = rows(300, 3, n_classes)
    there = minimise(X, label, n_classes, penalty=penalty)
    found = minimise(
        X, label, n_classes, penalty=penalty, start=(-1e4 * there.coef, there.intercept)
    )
    assert found.converged
    assert found.coef == pytest.approx(there.coef, rel=1e-5, abs=1e-6)


def test_separable_rows_end_far_out_with_a_small_gradient():
    X = np.array([[-2.0], [-1.0], [1.0], [2.0]])
    found = minimise(X, np.array([0, 0, 1, 1], np.int32), 2, penalty=0.0)
    assert found.gradient_norm <= 1e-8
    assert found.coef[0, 0] > 10


def test_enormous_features_give_finite_numbers():
    X, label = rows(100, 2, 2)
    found = minimise(X * 1e150, label, 2, penalty=0.0, max_iter=50)
    assert np.isfinite(found.coef).all()
    assert np.isfinite(found.loss)


@pytest.mark.parametrize(
    "wrong",
    [
        {"label": np.zeros(4, np.int32)},
        {"label": np.full(5, 2, np.int32)},
        {"weight": np.ones(4)},
        {"start": np.zeros((1, 2))},
        {"classes": 1},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_shapes_that_do_not_fit_are_refused(wrong):
    given = {
        "X": np.zeros((5, 2)), "label": np.zeros(5, np.int32), "classes": 2, "weight": None,
        "penalty": 1.0, "intercept": True, "tolerance": 1e-8, "most_steps": 10, "renewal": 0,
        "start": None, "threads": 1,
    } | wrong  # fmt: skip
    with pytest.raises(ValueError):
        core.logistic.fit_one(**given)
