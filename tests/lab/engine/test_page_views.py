"""What the page shows of a network: answers, maps, one row in detail, the state of layers."""

import numpy as np
import pytest
from page_networks import create, fitted, rows

import ogive
from ogive.diagnosis.layers import layer_statistics
from ogive.diagnosis.networks.gradients import gradients_of

FUNCTIONS = ["tanh", "relu"]
TRAINING = {"batch_size": 12, "random_state": 6, "learning_rate_init": 0.02}
REQUEST = {"x": [-2.0, 1.0], "y": [-1.0, 3.0], "columns": 23, "rows": 17}


def _pair(engine, task, functions=FUNCTIONS, features=2):
    X, y = rows(task, features=features)
    network = create(engine, task, X, y, [6, 4], functions, **TRAINING)
    engine.call("networks.train", network, {"epochs": 5}, {})
    return network, fitted(task, X, y, (6, 4), functions, max_iter=5, **TRAINING), X, y


def _answers(model, X):
    if isinstance(model, ogive.MLPRegressor):
        return model.predict(X)
    probabilities = model.predict_proba(X)
    return probabilities[:, 1] if probabilities.shape[1] == 2 else probabilities


def _hidden(model, X):
    layers, a = [], X
    for name, w, b in zip(FUNCTIONS, model.coefs_, model.intercepts_, strict=False):
        a = ogive.activation(name)(a @ w + b)
        layers.append(a)
    return layers


@pytest.mark.parametrize("task", ["binary", "multiclass", "squared_error"])
def test_answers_are_the_library_s(engine, task):
    network, model, X, _ = _pair(engine, task)
    many = np.tile(X, (7, 1))
    page = engine.call("networks.predict", network, {"X": many.ravel(), "columns": 2})
    np.testing.assert_allclose(page, _answers(model, many).ravel(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("task", ["binary", "multiclass"])
def test_a_map_has_the_answers_at_the_centres_of_its_cells(engine, task):
    network, model, _, _ = _pair(engine, task, features=3)
    at = np.array([9.0, 9.0, 0.5])
    frame = engine.call("networks.frame", network, {"map": REQUEST | {"at": at}, "units": True})
    x = -2.0 + (np.arange(23) + 0.5) * 3 / 23
    y = -1.0 + (np.arange(17) + 0.5) * 4 / 17
    points = np.array([(a, b, 0.5) for b in y for a in x])
    np.testing.assert_allclose(frame["map"], _answers(model, points).ravel(), rtol=1e-5, atol=1e-6)
    for units, wanted in zip(frame["units"], _hidden(model, points), strict=True):
        np.testing.assert_allclose(np.array(units), wanted.T, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("task", ["binary", "multiclass", "squared_error"])
def test_one_row_goes_forwards_and_backwards_as_in_the_library(engine, task):
    network, model, X, y = _pair(engine, task)
    page = engine.call("networks.sample", network, 7)
    a = X[7]
    np.testing.assert_array_equal(page["input"], a)
    for layer, name in enumerate(FUNCTIONS):
        z = a @ model.coefs_[layer] + model.intercepts_[layer]
        a, slope = ogive.activation(name).value_and_derivative(z)
        np.testing.assert_allclose(page["z"][layer], z, rtol=1e-8, atol=1e-10)
        np.testing.assert_allclose(page["a"][layer], a, rtol=1e-8, atol=1e-10)
        np.testing.assert_allclose(page["slope"][layer], slope, rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(page["a"][-1], np.ravel(_answers(model, X[7:8])), rtol=1e-9)
    gradients = gradients_of(model, X[7:8], y[7:8])
    assert page["loss"] == pytest.approx(gradients.loss, rel=1e-8)
    for mine, wanted in zip(page["gradient"]["coefs"], gradients.weights, strict=True):
        np.testing.assert_allclose(mine, wanted.ravel(), rtol=1e-7, atol=1e-10)
    sizes = [np.linalg.norm(error) for error in page["error"]]
    np.testing.assert_allclose(sizes, gradients.error_norm, rtol=1e-7, atol=1e-10)


@pytest.mark.parametrize("functions", [FUNCTIONS, ["sigmoid", "prelu"], ["glu", "softmax"]])
def test_layers_are_as_the_diagnosis_measures_them(engine, functions):
    network, model, X, y = _pair(engine, "multiclass", functions)
    page = engine.call("networks.frame", network, {"layers": True})["layers"]
    gradients = gradients_of(model, X, y)
    for layer, wanted in enumerate(layer_statistics(model, X, y)):
        mine = page[layer]
        assert mine["gradientRms"] == pytest.approx(wanted.gradient_rms, rel=1e-7)
        assert mine["errorNorm"] == pytest.approx(gradients.error_norm[layer], rel=1e-7)
        assert mine["weightRms"] == pytest.approx(
            np.sqrt(np.mean(model.coefs_[layer] ** 2)), rel=1e-9
        )
        if layer == len(functions):
            break
        assert len(mine["deadUnits"]) / wanted.n_units == pytest.approx(wanted.dead_share)
        assert len(mine["saturatedUnits"]) / wanted.n_units == pytest.approx(wanted.saturated_share)
        assert np.mean(mine["activeShare"]) == pytest.approx(wanted.active_share)


def test_dead_and_saturated_units_are_told(engine):
    X, y = rows("binary")
    network = create(engine, "binary", X, y, [3, 2], ["relu", "sigmoid"])
    weights = engine.call("networks.weights", network)
    first = np.array(weights["intercepts"][0])
    first[1] = -1e3  # of a ReLU: never active
    second = np.array(weights["intercepts"][1])
    second[0] = 6.0  # of a sigmoid: flat, but not to the last digit
    given = {
        "coefs": [np.array(w) for w in weights["coefs"]],
        "intercepts": [first, second, np.array(weights["intercepts"][2])],
    }
    given["coefs"][1][:] = 0.01
    engine.call("networks.setWeights", network, given)
    layers = engine.call("networks.frame", network, {"layers": True})["layers"]
    assert layers[0]["deadUnits"] == [1]
    assert layers[1]["saturatedUnits"] == [0]
