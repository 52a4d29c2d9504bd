"""Networks trained in the page are the library's, from the same seed and the same weights."""

import warnings

import numpy as np
import pytest
from page_networks import create, difference, fitted, rows
from sklearn.exceptions import ConvergenceWarning

import ogive
from ogive import MLPClassifier

SAME = 1e-5  # relative, after 100 steps
EPOCHS, BATCH = 20, 12  # of 60 rows: 100 steps
FUNCTIONS = [
    ["tanh", "tanh"],
    ["relu", "gelu"],
    ["sigmoid", "leaky_relu"],
    ["prelu", "softplus"],
    ["rrelu", "silu"],
    ["softmax", "selu"],
    ["glu", "sine"],
    ["snake", "mish"],
]
KINDS = ("binary", "multiclass", "squared_error")


def _trained(engine, task, functions, held=(), **parameters):
    X, y = rows(task, 60 + len(held))
    network = create(engine, task, X, y, [8, 6], functions, held, batch_size=BATCH, **parameters)
    frame = engine.call("networks.train", network, {"steps": 100}, {"weights": True})
    model = fitted(
        task, X, y, (8, 6), functions, held, batch_size=BATCH, max_iter=EPOCHS, **parameters
    )
    engine.call("networks.dispose", network)
    assert frame["step"] == 100
    assert frame["epoch"] == EPOCHS
    return frame, model


@pytest.mark.parametrize("functions", FUNCTIONS, ids="-".join)
@pytest.mark.parametrize("task", KINDS)
def test_activations_train_alike(engine, task, functions):
    frame, model = _trained(engine, task, functions, learning_rate_init=0.01, random_state=7)
    assert difference(frame["weights"], model) < SAME
    np.testing.assert_allclose(frame["loss"], model.loss_curve_, rtol=1e-9)


@pytest.mark.parametrize(
    "parameters",
    [
        {"solver": "sgd", "learning_rate_init": 0.05},
        {"solver": "sgd", "nesterovs_momentum": False, "momentum": 0.5},
        {"solver": "adamw", "learning_rate_init": 0.02, "weight_decay": 0.1},
        {"solver": "sgd", "learning_rate": "invscaling", "power_t": 0.3},
        {"learning_rate": "cosine", "learning_rate_init": 0.02},
        {"solver": "sgd", "learning_rate": "adaptive", "tol": 0.05, "n_iter_no_change": 2},
        {"dropout": 0.3, "learning_rate_init": 0.01},
        {"alpha": 0.5},
        {"shuffle": False},
    ],
    ids=lambda parameters: "-".join(parameters),
)
def test_solvers_and_schedules_train_alike(engine, parameters):
    known = {"max_iter": EPOCHS} if parameters.get("learning_rate") == "cosine" else {}
    X, y = rows("binary")
    network = create(
        engine,
        "binary",
        X,
        y,
        [8, 6],
        ["tanh", "relu"],
        batch_size=BATCH,
        random_state=3,
        **parameters,
        **known,
    )
    frame = engine.call("networks.train", network, {"steps": 100}, {"weights": True})
    model = fitted(
        "binary",
        X,
        y,
        (8, 6),
        ["tanh", "relu"],
        batch_size=BATCH,
        random_state=3,
        max_iter=EPOCHS,
        **parameters,
    )
    assert difference(frame["weights"], model) < SAME
    np.testing.assert_allclose(frame["loss"], model.loss_curve_, rtol=1e-9)


@pytest.mark.parametrize(
    "init",
    ["glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal"],
)
def test_the_seed_draws_the_library_s_weights(engine, init):
    X, y = rows("multiclass")
    network = create(
        engine, "multiclass", X, y, [7, 5], ["sigmoid", "relu"], init=init, random_state=11
    )
    weights = engine.call("networks.weights", network)
    # A step of almost nothing leaves what was drawn.
    model = fitted(
        "multiclass",
        X,
        y,
        (7, 5),
        ["sigmoid", "relu"],
        init=init,
        random_state=11,
        max_iter=1,
        solver="sgd",
        learning_rate_init=1e-300,
    )
    assert difference(weights, model) < 1e-15


@pytest.mark.parametrize("name", ogive.activations())
def test_auto_takes_what_suits_each_activation(engine, name):
    X, y = rows("binary")
    network = create(engine, "binary", X, y, [6], [name], init="auto", random_state=2)
    weights = engine.call("networks.weights", network)
    model = fitted(
        "binary",
        X,
        y,
        (6,),
        name,
        init="auto",
        random_state=2,
        max_iter=1,
        solver="sgd",
        learning_rate_init=1e-300,
        batch_size=60,
    )
    assert difference(weights, model) < 1e-15


@pytest.mark.parametrize("task", KINDS)
def test_the_same_weights_train_alike(engine, task):
    X, y = rows(task)
    kind = ogive.MLPRegressor if task == "squared_error" else MLPClassifier
    parameters = {"shuffle": False, "batch_size": BATCH, "learning_rate_init": 0.01}
    model = kind(
        hidden_layer_sizes=(8, 6),
        activation="tanh",
        tol=0.0,
        n_iter_no_change=np.inf,
        random_state=1,
        **parameters,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.set_params(max_iter=3).fit(X, y)
        given = {
            "coefs": [w.ravel() for w in model.coefs_],
            "intercepts": list(model.intercepts_),
        }
        network = create(
            engine, task, X, y, [8, 6], ["tanh", "tanh"], random_state=99, **parameters
        )
        engine.call("networks.setWeights", network, given)
        model.set_params(warm_start=True, max_iter=EPOCHS).fit(X, y)
    frame = engine.call("networks.train", network, {"steps": 100}, {"weights": True})
    assert difference(frame["weights"], model) < SAME


def test_validation_rows_are_scored_as_the_library_scores_them(engine):
    held = list(range(0, 40, 2))
    frame, model = _trained(engine, "multiclass", ["tanh", "relu"], held, random_state=4)
    np.testing.assert_allclose(frame["validationLosses"], model.validation_loss_curve_, rtol=1e-9)
    np.testing.assert_allclose(frame["validationScores"], model.validation_scores_)
    X, y = rows("multiclass", 80)
    train = np.setdiff1d(np.arange(80), held)
    assert frame["trainingScore"] == pytest.approx(model.score(X[train], y[train]))
    assert frame["validationScore"] == pytest.approx(model.score(X[held], y[held]))


def test_a_regression_s_score_is_the_library_s(engine):
    frame, model = _trained(engine, "squared_error", ["tanh", "tanh"], random_state=4)
    X, y = rows("squared_error")
    assert frame["trainingScore"] == pytest.approx(model.score(X, y), rel=1e-9)
    assert frame["validationScore"] is None


def test_steps_taken_one_by_one_or_in_epochs_are_the_same(engine):
    X, y = rows("binary")
    single, whole = (create(engine, "binary", X, y, [5], ["tanh"], batch_size=7) for _ in range(2))
    for _ in range(18):
        frame = engine.call("networks.train", single, {"steps": 1}, {"weights": True})
    epochs = engine.call("networks.train", whole, {"epochs": 2}, {"weights": True})
    assert frame["step"] == epochs["step"] == 18
    np.testing.assert_array_equal(frame["weights"]["coefs"][0], epochs["weights"]["coefs"][0])


def test_time_bounds_a_call(engine):
    X, y = rows("binary")
    network = create(engine, "binary", X, y, [5], ["tanh"], batch_size=7)
    frame = engine.call("networks.train", network, {"steps": 10**9, "milliseconds": 5}, {})
    assert 0 < frame["step"] < 10**9


def test_a_training_with_an_end_ends_as_the_library_s(engine):
    X, y = rows("binary")
    parameters = {"tol": 0.01, "n_iter_no_change": 3, "batch_size": 20, "learning_rate_init": 0.02}
    network = create(
        engine, "binary", X, y, [6], ["tanh"], random_state=5, max_iter=500, **parameters
    )
    frame = engine.call("networks.train", network, {"epochs": 1000}, {})
    model = fitted("binary", X, y, (6,), "tanh", random_state=5, max_iter=500, **parameters)
    assert frame["outcome"] == "converged"
    assert frame["epoch"] == model.n_iter_


def test_numbers_that_are_not_finite_end_a_training_with_the_last_finite_weights(engine):
    X, y = rows("squared_error")
    network = create(
        engine,
        "squared_error",
        1e3 * X,
        y,
        [5],
        ["exponential"],
        solver="sgd",
        learning_rate_init=50.0,
        batch_size=10,
    )
    frame = engine.call("networks.train", network, {"steps": 100}, {"weights": True})
    assert not frame["finite"]
    assert frame["outcome"] == "nonfinite"
    assert frame["nonfinite"]["epoch"] == 1
    assert all(np.isfinite(part).all() for part in frame["weights"]["coefs"])
