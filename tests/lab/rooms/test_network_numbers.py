"""The room of networks: its numbers are the library's."""

import warnings
from urllib.parse import quote

import numpy as np
import pytest
from network_page import number, state, training_rows, with_weights

import ogive
from ogive.diagnosis import layer_statistics

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore:.*Maximum iterations")]

STEPS, ROWS, BATCH = 100, 250, 20  # 200 rows to learn from: ten steps an epoch
EPOCHS = 10
TOLERANCE = 1e-5

# What stands in the link, and the same for the library.
SETTINGS = {
    "sgd, Nesterov's momentum, ReLU": (
        "data=moons&layers=8:relu;8:relu&solver=sgd&rate=0.1&seed=3",
        {"hidden_layer_sizes": (8, 8), "activation": "relu", "solver": "sgd"}
        | {"learning_rate_init": 0.1, "random_state": 3},
    ),
    "sgd, momentum, inverse scaling, another start": (
        "data=xor&layers=6:sigmoid&solver=sgd&rate=0.5&momentum=0.5&nesterov=0"
        "&schedule=invscaling&init=he_normal&seed=4",
        {"hidden_layer_sizes": (6,), "activation": "sigmoid", "solver": "sgd"}
        | {"learning_rate_init": 0.5, "momentum": 0.5, "nesterovs_momentum": False}
        | {"learning_rate": "invscaling", "init": "he_normal", "random_state": 4},
    ),
    "adam, an activation for each layer": (
        "data=circles&classes=2&layers=8:tanh;5:leaky_relu(negative_slope=0.2);4:elu(alpha=0.5)"
        "&rate=0.02&alpha=0.1&seed=5",
        {"hidden_layer_sizes": (8, 5, 4), "learning_rate_init": 0.02, "alpha": 0.1}
        | {"random_state": 5}
        | {
            "activation": [
                "tanh",
                ogive.activation("leaky_relu", negative_slope=0.2),
                ogive.activation("elu", alpha=0.5),
            ]
        },
    ),
    "adamw, four classes": (
        "data=spirals&classes=4&layers=10:gelu;6:mish&solver=adamw&rate=0.01&init=auto&seed=6",
        {"hidden_layer_sizes": (10, 6), "activation": ["gelu", "mish"], "solver": "adamw"}
        | {"learning_rate_init": 0.01, "init": "auto", "random_state": 6},
    ),
    "dropout": (
        "data=moons&layers=8:silu;8:silu&dropout=0.25&rate=0.01&seed=7",
        {"hidden_layer_sizes": (8, 8), "activation": "silu", "dropout": 0.25}
        | {"learning_rate_init": 0.01, "random_state": 7},
    ),
    "a formula": (
        f"data=moons&layers=8:{quote('=z*sigmoid(1.5*z)')}&rate=0.01&seed=8",
        {"hidden_layer_sizes": (8,), "activation": "z*sigmoid(1.5*z)"}
        | {"learning_rate_init": 0.01, "random_state": 8},
    ),
    "no hidden layer": (
        "data=blobs&classes=3&layers=&rate=0.05&seed=9",
        {"hidden_layer_sizes": (), "learning_rate_init": 0.05, "random_state": 9},
    ),
    "regression": (
        "data=waves&layers=8:softplus;8:tanh&rate=0.02&noise=0.1&seed=10",
        {"hidden_layer_sizes": (8, 8), "activation": ["softplus", "tanh"]}
        | {"learning_rate_init": 0.02, "random_state": 10},
    ),
}


@pytest.fixture(scope="module")
def language():
    """Numbers do not depend on it."""
    return "en"


@pytest.mark.parametrize("name", SETTINGS)
def test_after_100_steps_losses_and_weights_are_those_of_the_library(visit, name):
    link, parameters = SETTINGS[name]
    page = visit(f"#/network?{link}&n={ROWS}&batch={BATCH}&validation=0.2&steps={STEPS}")
    found = state(page, STEPS)
    X, y = training_rows(found)
    regression = "data=waves" in link
    kind = ogive.MLPRegressor if regression else ogive.MLPClassifier
    endless = {"max_iter": EPOCHS, "tol": 0, "n_iter_no_change": np.inf}
    model = kind(batch_size=BATCH, **endless, **parameters)
    model.fit(X, y if regression else y.astype(int))
    np.testing.assert_allclose(found.loss, model.loss_curve_, rtol=TOLERANCE)
    for mine, wanted in zip(found.coefs, model.coefs_, strict=True):
        np.testing.assert_allclose(mine, wanted, rtol=TOLERANCE)
    for mine, wanted in zip(found.intercepts, model.intercepts_, strict=True):
        np.testing.assert_allclose(mine, wanted, rtol=TOLERANCE)


def test_layers_are_measured_as_the_diagnosis_of_the_library_measures_them(visit):
    page = visit("#/network?data=moons&n=200&layers=8:relu;6:tanh&rate=0.3&solver=sgd&steps=60")
    found = state(page, 60)
    model, X, y = with_weights(found, activation=["relu", "tanh"])
    wanted = layer_statistics(model, X, y)
    rows = page.locator("[data-test=gradients] td[data-value]")
    shown = [float(rows.nth(i).get_attribute("data-value")) for i in range(rows.count())]
    np.testing.assert_allclose(shown, [one.gradient_rms for one in wanted], rtol=1e-9)
    for layer, one in enumerate(wanted[:-1], 1):
        dead = page.locator(f"[data-unit^='{layer}-'][data-dead]").count()
        saturated = page.locator(f"[data-unit^='{layer}-'][data-saturated]").count()
        assert dead == round(one.dead_share * one.n_units)
        assert saturated == round(one.saturated_share * one.n_units)


def test_loss_and_score_of_both_parts_are_those_of_the_library(visit):
    page = visit("#/network?data=spirals&classes=3&n=200&layers=8:tanh&validation=0.4&steps=40")
    found = state(page, 40)
    model, X, y = with_weights(found, activation="tanh")
    held_X, held_y = found.X[found.validation], found.y[found.validation].astype(int)
    for rows, labels, part in ((X, y, "training"), (held_X, held_y, "validation")):
        loss = -np.mean(np.log(model.predict_proba(rows)[np.arange(len(labels)), labels]))
        assert number(page, f"{part}-loss") == pytest.approx(loss, rel=1e-9)
        assert number(page, f"{part}-score") == pytest.approx(model.score(rows, labels))


def test_the_baseline_is_the_loss_of_the_best_constant_answer(visit):
    page = visit("#/network?data=spirals&classes=3&n=200")
    found = state(page)
    _, y = training_rows(found)
    share = np.bincount(y.astype(int)) / len(y)
    page.wait_for_selector("[data-test=state][data-baseline]", state="attached")
    assert state(page).baseline == pytest.approx(-np.sum(share * np.log(share)), rel=1e-12)


def test_a_diverging_training_ends_with_the_last_finite_weights(visit):
    page = visit("#/network?data=plane&n=200&layers=8:relu;8:relu&solver=sgd&rate=10&steps=200")
    page.wait_for_selector("[data-test=findings] [data-code=OGV105]")
    found = state(page)
    assert all(np.isfinite(one).all() for one in found.coefs)
    assert page.locator("[data-test=play]").is_disabled()
    endless = {"tol": 0, "n_iter_no_change": np.inf, "batch_size": 32, "random_state": 0}
    model = ogive.MLPRegressor(
        hidden_layer_sizes=(8, 8), solver="sgd", learning_rate_init=10, **endless
    )
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        model.fit(*training_rows(found))
    assert model.nonfinite_.epoch == len(found.loss) + 1
