"""Measurements of layers, on networks whose answer is known."""

from __future__ import annotations

import copy
import math
import warnings

import numpy as np
import pytest
from scipy import sparse
from sklearn.exceptions import NotFittedError

import ogive
from ogive.diagnosis import layer_statistics

RANDOM = np.random.RandomState(0)
X = RANDOM.randn(200, 5)
Y = X[:, 0] - X[:, 1] ** 2


def fitted(activation="relu", sizes=(8, 6), y=Y, Estimator=ogive.MLPRegressor, **parameters):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Estimator(
            hidden_layer_sizes=sizes,
            activation=activation,
            max_iter=5,
            random_state=0,
            **parameters,
        ).fit(X, y)


def test_there_is_one_entry_for_each_layer():
    layers = layer_statistics(fitted(["relu", "tanh"]), X, Y)
    assert [layer.name for layer in layers] == ["relu", "tanh", "output"]
    assert [layer.n_units for layer in layers] == [8, 6, 1]


def test_the_output_layer_has_no_shares():
    last = layer_statistics(fitted(), X, Y)[-1]
    assert math.isnan(last.dead_share)
    assert math.isnan(last.saturated_share)
    assert math.isnan(last.active_share)
    assert last.gradient_rms > 0


def test_units_that_are_off_for_every_row_are_dead():
    model = fitted()
    model.intercepts_[0][:3] = -1e3
    first, second, _ = layer_statistics(model, X, Y)
    assert first.dead_share == pytest.approx(
        np.mean((X @ model.coefs_[0] + model.intercepts_[0] <= 0).all(axis=0))
    )
    assert first.dead_share >= 3 / 8
    assert first.saturated_share + first.dead_share <= 1


@pytest.mark.parametrize("activation", ["leaky_relu", "identity"])
def test_units_with_a_slope_everywhere_are_never_dead(activation):
    model = fitted(activation)
    model.intercepts_[0][:] = -1e3
    assert layer_statistics(model, X, Y)[0].dead_share == 0


@pytest.mark.parametrize(("activation", "shift"), [("tanh", 3.5), ("sigmoid", 6.0)])
def test_units_at_the_flat_ends_are_saturated_not_dead(activation, shift):
    model = fitted(activation)
    model.coefs_[0][:] *= 0.01
    model.intercepts_[0][:4] = shift
    model.intercepts_[0][4:] = 0.0
    first = layer_statistics(model, X, Y)[0]
    assert first.saturated_share == 0.5
    assert first.dead_share == 0
    assert first.active_share == 0.5


def test_units_saturated_to_the_last_digit_are_dead():
    model = fitted("tanh")
    model.intercepts_[0][:4] = 1e3
    assert layer_statistics(model, X, Y)[0].dead_share == 0.5


def test_every_unit_of_a_step_is_dead():
    assert layer_statistics(fitted("step"), X, Y)[0].dead_share == 1


def test_the_active_share_of_relu_is_that_of_positive_inputs():
    model = fitted()
    z = X @ model.coefs_[0] + model.intercepts_[0]
    assert layer_statistics(model, X, Y)[0].active_share == pytest.approx(np.mean(z > 0))


def test_gradients_are_those_of_the_mean_loss():
    model = fitted("tanh", sizes=(8,))
    layers = layer_statistics(model, X, Y)
    a = np.tanh(X @ model.coefs_[0] + model.intercepts_[0])
    error = (a @ model.coefs_[1] + model.intercepts_[1]).ravel() - Y
    last = a.T @ error / len(X)
    first = X.T @ (error[:, None] * model.coefs_[1].T * (1 - a**2)) / len(X)
    assert layers[1].gradient_rms == pytest.approx(np.sqrt(np.mean(last**2)), rel=1e-9)
    assert layers[0].gradient_rms == pytest.approx(np.sqrt(np.mean(first**2)), rel=1e-9)


def test_gradients_vanish_through_many_sigmoids():
    layers = layer_statistics(fitted("sigmoid", sizes=(10,) * 8), X, Y)
    assert layers[0].gradient_rms < 1e-4 * layers[-1].gradient_rms


@pytest.mark.parametrize("kind", ["binary", "multiclass", "strings", "multilabel"])
def test_classifiers_can_be_measured(kind):
    y = {
        "binary": Y > 0,
        "multiclass": np.digitize(Y, [-1, 0.3]),
        "strings": np.where(Y > 0, "up", "down"),
        "multilabel": np.column_stack([Y > 0, X[:, 2] > 0]).astype(int),
    }[kind]
    layers = layer_statistics(fitted(y=y, Estimator=ogive.MLPClassifier), X, y)
    assert all(layer.gradient_rms > 0 for layer in layers)


def test_rows_with_only_some_of_the_classes_can_be_measured():
    y = np.digitize(Y, [-1, 0.3])
    model = fitted(y=y, Estimator=ogive.MLPClassifier)
    assert len(layer_statistics(model, X[y == 1], y[y == 1])) == 3


def test_a_network_without_hidden_layers_has_an_output_layer_only():
    (only,) = layer_statistics(fitted(sizes=()), X, Y)
    assert only.name == "output"


def test_sparse_and_float32_rows_give_the_same():
    model = fitted()
    expected = layer_statistics(model, X, Y)
    for other in (sparse.csr_matrix(X), sparse.csc_array(X), X.astype(np.float32)):
        for one, two in zip(expected, layer_statistics(model, other, Y), strict=True):
            assert two.gradient_rms == pytest.approx(one.gradient_rms, rel=1e-4)
            assert two[:2] == one[:2]
            np.testing.assert_allclose(two[2:5], one[2:5], atol=0.01)


def test_more_rows_than_a_chunk_are_all_counted():
    many = RANDOM.randn(9000, 5)
    model = fitted()
    z = many @ model.coefs_[0] + model.intercepts_[0]
    layer = layer_statistics(model, many, many[:, 0])[0]
    assert layer.active_share == pytest.approx(np.mean(z > 0))


def test_the_estimator_is_not_changed():
    model = fitted()
    before = copy.deepcopy(model)
    layer_statistics(model, X, Y)
    assert model.loss_curve_ == before.loss_curve_
    for w, kept in zip(model.coefs_, before.coefs_, strict=True):
        np.testing.assert_array_equal(w, kept)
    model.partial_fit(X, Y)
    before.partial_fit(X, Y)
    np.testing.assert_array_equal(model.coefs_[0], before.coefs_[0])


def test_an_estimator_that_was_not_fitted_is_refused():
    with pytest.raises(NotFittedError):
        layer_statistics(ogive.MLPRegressor(), X, Y)


def test_rows_with_other_columns_are_refused():
    with pytest.raises(ValueError, match="features"):
        layer_statistics(fitted(), X[:, :2], Y)
