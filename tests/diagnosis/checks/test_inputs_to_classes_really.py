"""OGV107 to OGV112 on networks that were really trained, sound ones and faulty ones."""

import numpy as np
import pytest
from diagnosis.checks.made_measurements import assert_complete
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, make_moons
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler, scale

import ogive

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
MINE = [f"OGV{number}" for number in range(107, 113)]
IRIS = scale(load_iris().data), load_iris().target
MOONS = make_moons(300, noise=0.2, random_state=0)


def findings(model, X, y, **more):
    found = [one for one in ogive.diagnose(model, X, y, **more).findings if one.code in MINE]
    for one in found:
        assert_complete(one)
    return found


def kinds(model, X, y, **more):
    bad = [one for one in findings(model, X, y, **more) if one.severity in ("issue", "tip")]
    return {(one.code, one.kind) for one in bad}


def test_raw_columns_are_found_and_a_pipeline_that_scales_them_is_seen():
    X, y = load_breast_cancer(return_X_y=True)
    network = ogive.MLPClassifier((8,), max_iter=20, random_state=0)
    assert ("OGV107", "spread") in kinds(network.fit(X, y), X, y)
    pipeline = make_pipeline(StandardScaler(), network)
    assert "OGV107" not in {code for code, _ in kinds(pipeline.fit(X, y), X, y)}


def test_glorots_weights_before_twelve_relus_are_found_and_he_s_are_not():
    X, y = load_digits(return_X_y=True)
    X, y = X[:300] / 16, y[:300]
    for init, found in (("glorot_uniform", True), ("he_uniform", False)):
        model = ogive.MLPClassifier((32,) * 12, init=init, max_iter=2, random_state=0).fit(X, y)
        assert (("OGV108", "shrinking") in kinds(model, X, y)) == found


def test_a_linear_network_is_found_and_a_bent_one_is_not():
    for activation, found in (("identity", True), ("tanh", False)):
        model = ogive.MLPClassifier((8,), activation, solver="lbfgs", max_iter=200, random_state=0)
        assert (("OGV109", "identity") in kinds(model.fit(*MOONS), *MOONS)) == found


def test_classes_fitted_as_numbers_are_found():
    model = ogive.MLPRegressor(hidden_layer_sizes=(8,), max_iter=100, random_state=0).fit(*IRIS)
    assert ("OGV110", "classes_as_numbers") in kinds(model, *IRIS)


def test_noise_learnt_by_heart_is_found_with_rows_held_out():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(160, 20)), rng.integers(0, 2, 160)
    model = ogive.MLPClassifier((100,), learning_rate_init=0.01, max_iter=100, random_state=0)
    model.fit(X[:80], y[:80])
    held = {"validation_data": (X[80:], y[80:])}
    assert ("OGV111", "overfitting") in kinds(model, X[:80], y[:80], **held)


def test_the_noise_of_the_rows_held_out_is_that_of_their_number():
    X, y = IRIS
    model = ogive.MLPClassifier((8,), max_iter=50, random_state=0).fit(X[::2], y[::2])
    found = ogive.diagnose(model, X[::2], y[::2], validation_data=(X[1::5], y[1::5]))
    assert found.measurements.curves.n_validation == 30


def test_a_training_of_two_epochs_is_found():
    X, y = load_digits(return_X_y=True)
    model = ogive.MLPClassifier((32,), max_iter=2, random_state=0).fit(X / 16, y)
    assert ("OGV111", "underfitting") in kinds(model, X / 16, y)


def test_a_rare_class_left_out_is_found_and_weights_mend_it():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(1000, 5))
    y = (X[:, 0] + rng.normal(size=1000) > 2.6).astype(int)
    for weight, found in ((None, True), ("balanced", False)):
        model = ogive.MLPClassifier(
            (16,), class_weight=weight, max_iter=30, learning_rate_init=0.005, random_state=0
        )
        assert (("OGV112", "ignored") in kinds(model.fit(X, y), X, y)) == found


@pytest.mark.parametrize("activation", ["relu", "tanh", "gelu"])
@pytest.mark.parametrize("rows", [IRIS, MOONS], ids=["iris", "moons"])
def test_sound_networks_have_none_of_these(activation, rows):
    model = ogive.MLPClassifier(
        (24, 24), activation, max_iter=200, learning_rate_init=0.005, random_state=0
    )
    assert kinds(model.fit(*rows), *rows) == set()


def test_every_code_says_something_of_a_network_without_targets():
    model = ogive.MLPClassifier((8,), max_iter=100, random_state=0).fit(*IRIS)
    assert {one.code for one in findings(model, IRIS[0], None)} == set(MINE)
