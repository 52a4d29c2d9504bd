"""The gradient by depth: the lecture's 0.25^n, real networks, and what theory predicts."""

import json
import math

import numpy as np
import pytest

import ogive
from ogive import MLPClassifier
from ogive.lecture import gradient_by_depth, gradient_by_depth_table
from ogive.text import InputError


@pytest.fixture(scope="module")
def sigmoid():
    return gradient_by_depth("sigmoid", depth=20, n_seeds=5, n_rows=5)


@pytest.mark.parametrize(("n", "lecture"), [(5, 9.8e-4), (10, 9.5e-7), (20, 9.1e-13)])
def test_the_best_case_of_sigmoids_is_the_lectures(sigmoid, n, lecture):
    (best,) = sigmoid.best_case[sigmoid.passed == n]
    assert best == 0.25**n
    assert best == pytest.approx(lecture, rel=5e-3)


def test_real_sigmoid_networks_are_worse_than_the_best_case(sigmoid):
    assert (sigmoid.measured < sigmoid.best_case).all()
    assert sigmoid.measured[0] < 1e-15


def test_theory_predicts_what_is_measured_over_17_decades(sigmoid):
    np.testing.assert_allclose(
        np.log(sigmoid.measured), np.log(sigmoid.predicted), atol=0.2 * math.log(10) / 2
    )


@pytest.mark.parametrize(
    ("name", "init"),
    [
        ("relu", "he_uniform"),
        ("tanh", "glorot_uniform"),
        ("gelu", "he_normal"),
        ("selu", "lecun_normal"),
        ("prelu", "auto"),
        ("z * sigmoid(2 * z)", "glorot_normal"),
    ],
)
def test_theory_predicts_other_functions_and_initialisations(name, init):
    result = gradient_by_depth(name, depth=6, width=200, init=init, n_seeds=6, n_rows=5)
    np.testing.assert_allclose(result.measured, result.predicted, rtol=0.25)


def test_the_share_is_what_finite_differences_of_one_network_say():
    """Intercepts move z itself, so a difference of the loss by an intercept is dLoss/dz."""
    result = gradient_by_depth("tanh", depth=3, width=6, n_seeds=1, n_rows=1)
    model = MLPClassifier((6, 6, 6), activation="tanh", random_state=0)
    model.classes_, model._multilabel, model.n_features_in_ = np.arange(10), False, 6
    hidden = [ogive.activation("tanh")] * 3
    model._initialise([6, 6, 6, 6, 10], hidden, np.dtype(float), np.random.RandomState(0))
    x = np.random.RandomState(1_000_000).standard_normal((1, 6))
    label = np.random.RandomState(0).randint(0, 10, 1)[0]

    def loss(intercepts):
        a = x
        for w, b in zip(model.coefs_[:-1], intercepts[:-1], strict=True):
            a = np.tanh(a @ w + b)
        z = (a @ model.coefs_[-1] + intercepts[-1])[0]
        return np.logaddexp.reduce(z) - z[label]

    norms = []
    for layer in range(4):
        slopes = []
        for unit in range(model.intercepts_[layer].size):
            ends = []
            for sign in (1, -1):
                moved = [b.copy() for b in model.intercepts_]
                moved[layer][unit] += sign * 1e-6
                ends.append(loss(moved))
            slopes.append((ends[0] - ends[1]) / 2e-6)
        norms.append(np.linalg.norm(slopes))
    np.testing.assert_allclose(result.measured, np.array(norms[:-1]) / norms[-1], rtol=1e-7)


def test_the_interval_is_over_networks_and_holds_the_mean():
    several = gradient_by_depth("relu", depth=3, n_seeds=4, n_rows=2)
    assert ((several.low < several.measured) & (several.measured < several.high)).all()
    alone = gradient_by_depth("relu", depth=3, n_seeds=1, n_rows=2)
    assert np.isnan(alone.low).all()


@pytest.mark.parametrize("name", ["step", "exponential", "softmax", "swiglu"])
def test_what_has_no_gradient_no_bound_or_no_theory_is_told(name):
    result = gradient_by_depth(name, depth=4, n_seeds=2, n_rows=2)
    record = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert len(record["layers"]) == 4
    told = {
        "step": "no gradient is left at all",
        "exponential": "not finite",
        "softmax": "of the gradient is left",
        "swiglu": "of the gradient is left",
    }
    assert told[name] in result.text("en")
    assert math.isnan(result.best_case[0]) == (name in ("softmax", "swiglu"))


def test_texts_are_in_both_languages(sigmoid):
    assert "After 20 activations" in sigmoid.text("en")
    assert "经过 20 个激活函数后" in sigmoid.text("zh")
    assert sigmoid.to_polars().shape == (20, 7)


def test_the_same_seed_gives_the_same_numbers():
    one, same, other = (
        gradient_by_depth("tanh", 3, n_seeds=2, n_rows=2, random_state=s).measured
        for s in (1, 1, 5)
    )
    np.testing.assert_array_equal(one, same)
    assert (one != other).all()


def test_the_table_puts_what_keeps_its_gradient_first():
    calls = []
    table = gradient_by_depth_table(
        ["sigmoid", "exponential", "tanh", "step"],
        depth=6,
        n_seeds=2,
        n_rows=2,
        progress=lambda *given: calls.append(given),
    )
    assert [one.function.name for one in table.ordered()] == [
        "tanh", "sigmoid", "step", "exponential",
    ]  # fmt: skip
    assert calls == [(0, 4), (1, 4), (2, 4), (3, 4)]
    assert "overflows" in table.text("en")
    assert "溢出" in table.text("zh")
    assert table.to_polars().height == 4
    json.dumps(table.to_dict(), allow_nan=False)


def test_the_whole_catalogue_is_measured():
    table = gradient_by_depth_table(depth=3, width=16, n_seeds=2, n_rows=2)
    assert [one.function.name for one in table.results] == list(ogive.activations())


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"depth": 0}, "depth must be a whole number from 1 to 1000. Got 0"),
        ({"width": 1.5}, "width must be a whole number"),
        ({"n_seeds": True}, "n_seeds must be a whole number"),
        ({"init": "xavier"}, "init must be one of"),
        ({"activation": "rellu"}, "Did you mean 'relu'"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(given, message):
    with pytest.raises(InputError, match=message):
        gradient_by_depth(**given)


def test_charts_leave_out_what_a_logarithm_cannot_show():
    chart = gradient_by_depth("step", depth=3, n_seeds=2, n_rows=2).plot("zh").to_dict()
    assert chart["layer"]
    points = gradient_by_depth("tanh", depth=3, n_seeds=2, n_rows=2).plot("en").to_dict()
    assert "mean field" in json.dumps(points)
    table = gradient_by_depth_table(["tanh", "step", "glu"], depth=3, n_seeds=2, n_rows=2)
    shown = json.dumps(table.plot("en").to_dict())
    assert "glu" in shown
    assert '"step"' not in shown
