"""Vector functions, gates, learnt and random slopes inside networks."""

from __future__ import annotations

import numpy as np
import pytest
from core_networks import make_network, make_table
from network_tables import features
from sklearn.base import clone
from sklearn.datasets import load_digits, load_iris
from sklearn.exceptions import ConvergenceWarning

from ogive import MLPClassifier, MLPRegressor, activation
from ogive.diagnosis.layers import layer_statistics
from ogive.network.fleet import FleetJob, fit_fleet
from ogive.text import InputError

VECTORS = ["softmax", "softmin", "log_softmax", "sparsemax"]
GATES = ["glu", "reglu", "geglu", "swiglu", "bilinear"]
LEARNT = [activation("prelu"), activation("prelu", per_unit=True)]


def objective(network, table, n_outputs, at):
    network.set_flat_weights(at)
    data, penalty, gradient = network.loss_and_gradient(table.data, 0.1)
    return n_outputs * data + penalty, gradient


@pytest.mark.parametrize("function", [*VECTORS, *GATES, *LEARNT, "rrelu"], ids=str)
@pytest.mark.parametrize("units", [(4, 6, 3), (4, 8, 6, 3), (5, 2, 2, 2)], ids=str)
def test_gradients_are_those_of_central_differences(function, units):
    X = features(11, units[0], seed=4)
    network = make_network(units, [function] * (len(units) - 2), "squared_error", scale=1.5)
    table, *_ = make_table(X, "squared_error", units[-1])
    at = network.flat_weights()
    _, gradient = objective(network, table, units[-1], at)
    for i in range(at.size):
        ends = []
        for sign in (1, -1):
            moved = at.copy()
            moved[i] += sign * 1e-6
            ends.append(objective(network, table, units[-1], moved)[0])
        assert gradient[i] == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=3e-6, abs=3e-8), i


@pytest.mark.parametrize("function", [*VECTORS, *GATES, "prelu", "rrelu"])
def test_every_kind_learns_digits(function):
    X, y = load_digits(return_X_y=True)
    X = (X / 16).astype(np.float32)
    network = MLPClassifier(
        (64,), activation=function, max_iter=30, random_state=0, tol=0, learning_rate_init=0.01
    )
    with pytest.warns(ConvergenceWarning, match="Maximum iterations"):
        network.fit(X[:1200], y[:1200])
    # Softmax in a hidden layer hands on 64 numbers with the sum 1: it learns slowly.
    assert network.loss_curve_[-1] < 0.9 * network.loss_curve_[0]
    if function not in VECTORS:
        assert network.score(X[1200:], y[1200:]) > 0.85


def test_a_gate_hands_on_half_of_its_units():
    X, y = load_iris(return_X_y=True)
    network = MLPClassifier((8, 6), activation="glu", max_iter=5, tol=0, random_state=0)
    with pytest.warns(ConvergenceWarning, match="Maximum iterations"):
        network.fit(X, y)
    assert [w.shape for w in network.coefs_] == [(4, 8), (4, 6), (3, 3)]
    a = X
    for w, b in zip(network.coefs_[:-1], network.intercepts_[:-1], strict=True):
        a = activation("glu")(a @ w + b)
    z = a @ network.coefs_[-1] + network.intercepts_[-1]
    expected = np.exp(z) / np.exp(z).sum(1, keepdims=True)
    np.testing.assert_allclose(network.predict_proba(X), expected, rtol=1e-12)


def test_a_gate_on_an_odd_layer_is_refused_by_its_number():
    X, y = load_iris(return_X_y=True)
    for solver in ("adam", "lbfgs"):
        network = MLPClassifier((4, 5), activation="swiglu", solver=solver)
        with pytest.raises(InputError, match="hidden layer 2 .* not 5; use 6"):
            network.fit(X, y)


@pytest.mark.parametrize("solver", ["adam", "lbfgs", "sgd"])
def test_learnt_slopes_move_and_are_used(solver):
    X = features(300, 3)
    y = np.abs(X).sum(1)  # needs a slope of -1
    network = MLPRegressor(
        hidden_layer_sizes=(12,),
        activation=activation("prelu", per_unit=True),
        solver=solver,
        max_iter=300,
        random_state=1,
        learning_rate_init=0.02,
        tol=1e-9,
    )
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        network.fit(X, y)
    (slopes,) = network.negative_slopes_
    assert slopes.shape == (12,)
    assert np.abs(slopes - 0.25).max() > 0.1
    z = X @ network.coefs_[0] + network.intercepts_[0]
    expected = np.where(z > 0, z, slopes * z) @ network.coefs_[1] + network.intercepts_[1]
    np.testing.assert_allclose(network.predict(X), expected.ravel(), rtol=1e-10, atol=1e-12)


def test_one_slope_is_shared_by_a_layer():
    X = features(200, 3)
    network = MLPRegressor(
        hidden_layer_sizes=(6, 4), activation=["prelu", "tanh"], max_iter=20, tol=0
    )
    with pytest.warns(ConvergenceWarning, match="Maximum iterations"):
        network.fit(X, X[:, 0] ** 2)
    assert [s.shape for s in network.negative_slopes_] == [(1,), (0,)]
    assert network.negative_slopes_[0][0] != 0.25


def test_learnt_slopes_survive_continuing_and_pickling():
    import pickle

    X = features(200, 3)
    network = MLPRegressor(hidden_layer_sizes=(6,), activation="prelu", random_state=0)
    for _ in range(3):
        network.partial_fit(X, X[:, 0])
    again = pickle.loads(pickle.dumps(network))
    network.partial_fit(X, X[:, 0])
    again.partial_fit(X, X[:, 0])
    np.testing.assert_array_equal(network.negative_slopes_[0], again.negative_slopes_[0])
    np.testing.assert_array_equal(network.predict(X), again.predict(X))


def test_learnt_slopes_are_not_shrunk_by_the_penalty():
    X = features(50, 3)
    network = make_network((3, 4, 1), [activation("prelu", per_unit=True)], "squared_error")
    table, *_ = make_table(X, "squared_error", 1)
    at = network.flat_weights()
    _, without, first = network.loss_and_gradient(table.data, 0.0)
    _, penalty, second = network.loss_and_gradient(table.data, 5.0)
    assert without == 0
    assert penalty == pytest.approx(2.5 * np.square(at[: 3 * 4 + 4]).sum() / 50)
    np.testing.assert_array_equal(first[-4:], second[-4:])


def test_random_slopes_differ_in_training_and_are_the_mean_afterwards():
    X = features(400, 3)
    y = X[:, 0] - X[:, 1]
    settings = {"max_iter": 3, "tol": 0, "learning_rate_init": 1e-12, "random_state": 0}
    fixed = MLPRegressor(hidden_layer_sizes=(16,), activation="leaky_relu", **settings)
    random = MLPRegressor(hidden_layer_sizes=(16,), activation="rrelu", **settings)
    fixed.set_params(activation=activation("leaky_relu", negative_slope=(1 / 8 + 1 / 3) / 2))
    with pytest.warns(ConvergenceWarning, match="Maximum iterations"):
        fixed.fit(X, y)
        random.fit(X, y)
    np.testing.assert_allclose(random.predict(X), fixed.predict(X), rtol=1e-9, atol=1e-11)
    assert len(set(np.round(random.loss_curve_, 9))) == 3  # other draws each epoch
    assert random.loss_curve_[0] != pytest.approx(fixed.loss_curve_[0], rel=1e-6)
    assert random.loss_curve_[0] == pytest.approx(fixed.loss_curve_[0], rel=0.1)
    with pytest.warns(ConvergenceWarning, match="Maximum iterations"):
        again = clone(random).fit(X, y)
    np.testing.assert_array_equal(again.loss_curve_, random.loss_curve_)


@pytest.mark.parametrize("function", ["softmax", "glu", "prelu", "rrelu"])
def test_dropout_leaves_the_expected_output_in_place(function):
    X = features(4000, 3)
    y = X[:, 0]
    settings = {"max_iter": 1, "tol": 0, "learning_rate_init": 1e-13, "random_state": 0}
    plain = MLPRegressor(hidden_layer_sizes=(8,), activation=function, **settings)
    dropped = MLPRegressor(hidden_layer_sizes=(8,), activation=function, dropout=0.4, **settings)
    with pytest.warns(ConvergenceWarning, match="Maximum iterations"):
        plain.fit(X, y)
        dropped.fit(X, y)
    assert dropped.loss_curve_[0] > plain.loss_curve_[0]
    np.testing.assert_allclose(plain.predict(X), dropped.predict(X), rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("function", ["glu", "prelu", "softmax", "rrelu"])
def test_a_fleet_trains_the_same_network_as_fit(function):
    X, y = load_iris(return_X_y=True)
    network = MLPClassifier((8,), activation=function, max_iter=4, tol=0, random_state=3)
    with pytest.warns(ConvergenceWarning, match="Maximum iterations"):
        alone = clone(network).fit(X, y)
    (together,) = fit_fleet([FleetJob(network, X, y)])
    np.testing.assert_array_equal(alone.predict_proba(X), together.predict_proba(X))
    for one, other in zip(alone.negative_slopes_, together.negative_slopes_, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("function", [*VECTORS, *GATES, "prelu", "rrelu"])
def test_layers_of_every_kind_can_be_measured(function):
    X, y = load_iris(return_X_y=True)
    network = MLPClassifier((8, 6), activation=function, max_iter=4, tol=0, random_state=3)
    with pytest.warns(ConvergenceWarning, match="Maximum iterations"):
        network.fit(X, y)
    layers = layer_statistics(network, X, y)
    assert [layer.n_units for layer in layers] == [8, 6, 3]
    assert all(layer.gradient_rms > 0 for layer in layers)
    assert all(0 <= layer.active_share <= 1 for layer in layers[:-1])
