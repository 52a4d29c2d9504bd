"""Starting weights have the variance that their rule says."""

from __future__ import annotations

import numpy as np
import pytest
from network_tables import features

import ogive
from ogive.network.initialisation import SCHEMES, initial_layer

FAN_IN, FAN_OUT = 300, 500

VARIANCE = {
    "glorot_uniform": 2 / (FAN_IN + FAN_OUT),
    "glorot_normal": 2 / (FAN_IN + FAN_OUT),
    "he_uniform": 2 / FAN_IN,
    "he_normal": 2 / FAN_IN,
    "lecun_uniform": 1 / FAN_IN,
    "lecun_normal": 1 / FAN_IN,
}


def draw(scheme, activation="relu", factor=6.0):
    function = None if activation is None else ogive.activation(activation)
    return initial_layer(scheme, function, FAN_IN, FAN_OUT, np.random.RandomState(0), factor)


@pytest.mark.parametrize("scheme", VARIANCE)
def test_weights_have_the_variance_of_their_rule(scheme):
    coef, intercept = draw(scheme)
    assert coef.shape == (FAN_IN, FAN_OUT)
    assert intercept.shape == (FAN_OUT,)
    assert coef.var() == pytest.approx(VARIANCE[scheme], rel=0.02)
    assert coef.mean() == pytest.approx(0, abs=5 * np.sqrt(VARIANCE[scheme] / coef.size))
    kurtosis = np.mean(coef**4) / coef.var() ** 2
    assert kurtosis == pytest.approx(1.8 if scheme.endswith("uniform") else 3.0, rel=0.05)


@pytest.mark.parametrize("scheme", [s for s in SCHEMES if s != "glorot_uniform"])
def test_intercepts_start_at_zero_but_for_scikit_learn_s_rule(scheme):
    assert not draw(scheme)[1].any()


@pytest.mark.parametrize("name", ["relu", "selu", "tanh", "sigmoid", "gelu", "leaky_relu"])
def test_auto_takes_what_the_catalogue_records(name):
    function = ogive.activation(name)
    if function.init == "glorot_uniform":
        expected = function.gain**2 * VARIANCE["glorot_uniform"]
    else:
        expected = function.gain**2 * VARIANCE[function.init]
    assert draw("auto", name)[0].var() == pytest.approx(expected, rel=0.02)


def test_auto_takes_glorot_s_rule_for_the_last_layer():
    assert draw("auto", None)[0].var() == pytest.approx(VARIANCE["glorot_uniform"], rel=0.02)


@pytest.mark.parametrize("name", ["relu", "leaky_relu", "selu", "tanh"])
def test_auto_keeps_signals_alive_through_many_layers(name):
    X = features(500, 100)
    model = ogive.MLPRegressor(
        hidden_layer_sizes=(100,) * 12, activation=name, init="auto", random_state=0,
        learning_rate_init=1e-30, max_iter=1,
    )  # fmt: skip
    with pytest.warns(UserWarning, match="Maximum iterations"):
        model.fit(X, X[:, 0])
    a = X
    for w, b in list(zip(model.coefs_, model.intercepts_, strict=True))[:-1]:
        a = ogive.activation(name)(a @ w + b)
    assert 0.1 < a.std() < 3


def test_each_layer_is_drawn_for_its_own_function():
    X = features(50, 200)
    model = ogive.MLPRegressor(
        hidden_layer_sizes=(300, 300), activation=["relu", "tanh"], init="auto", max_iter=1,
        learning_rate_init=1e-30,
    )  # fmt: skip
    with pytest.warns(UserWarning, match="Maximum iterations"):
        model.fit(X, X[:, 0])
    for layer, (name, fan_in) in enumerate([("relu", 200), ("tanh", 300)]):
        function = ogive.activation(name)
        fan = fan_in / 2 if function.init.startswith("he") else fan_in
        fan = 300 if function.init.startswith("glorot") and layer == 1 else fan
        expected = function.gain**2 / fan
        assert model.coefs_[layer].var() == pytest.approx(expected, rel=0.1)
