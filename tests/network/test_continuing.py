"""Training that goes on: partial fits, warm starts, and what is stored in between."""

from __future__ import annotations

import copy
import pickle
import warnings

import joblib
import numpy as np
import pytest
from network_tables import features, same_weights, target
from sklearn.base import clone

import ogive
from ogive.text import InputError

pytestmark = pytest.mark.filterwarnings("ignore:Stochastic Optimizer")

SMALL = {"hidden_layer_sizes": (8, 5), "batch_size": 16, "max_iter": 5, "random_state": 0}
SOLVERS = ["adam", "adamw", "sgd"]


def table(kind="binary"):
    X = features(100)
    return X, target(kind, X)


def through_joblib(estimator, tmp_path):
    joblib.dump(estimator, tmp_path / "network.joblib")
    return joblib.load(tmp_path / "network.joblib")


STORE = {
    "pickle": lambda e, _: pickle.loads(pickle.dumps(e)),
    "pickled twice": lambda e, _: pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(e)))),
    "deepcopy": lambda e, _: copy.deepcopy(e),
    "joblib": through_joblib,
}


@pytest.mark.parametrize("store", STORE)
@pytest.mark.parametrize("solver", SOLVERS)
def test_training_goes_on_after_storing_as_without(store, solver, tmp_path):
    X, y = table()
    model = ogive.MLPClassifier(**SMALL, solver=solver, dropout=0.2).fit(X, y)
    stored = STORE[store](model, tmp_path)
    np.testing.assert_array_equal(stored.predict_proba(X), model.predict_proba(X))
    for _ in range(3):
        model.partial_fit(X, y)
        stored.partial_fit(X, y)
        assert same_weights(model, stored)
    assert stored.loss_curve_ == model.loss_curve_


def test_a_stored_copy_is_independent():
    X, y = table()
    model = ogive.MLPClassifier(**SMALL).fit(X, y)
    stored = copy.deepcopy(model)
    before = [w.copy() for w in stored.coefs_]
    model.partial_fit(X, y)
    for kept, weight in zip(before, stored.coefs_, strict=True):
        np.testing.assert_array_equal(kept, weight)


def test_a_clone_is_not_fitted_and_has_the_same_parameters():
    X, y = table()
    model = ogive.MLPClassifier(
        **{**SMALL, "activation": [ogive.activation("leaky_relu", negative_slope=0.3), "gelu"]}
    ).fit(X, y)
    cloned = clone(model)
    assert not hasattr(cloned, "coefs_")
    assert cloned.get_params() == model.get_params()
    assert same_weights(cloned.fit(X, y), model)


@pytest.mark.parametrize("solver", SOLVERS)
def test_one_partial_fit_after_another_is_one_fit(solver):
    X, y = table()
    parameters = {**SMALL, "solver": solver, "shuffle": False}
    whole = ogive.MLPClassifier(**parameters).fit(X, y)
    parts = ogive.MLPClassifier(**parameters)
    for _ in range(5):
        parts.partial_fit(X, y, classes=[0, 1])
    assert same_weights(whole, parts)
    assert whole.loss_curve_ == parts.loss_curve_
    assert parts.t_ == whole.t_ == 500


@pytest.mark.parametrize("first", SOLVERS)
@pytest.mark.parametrize("second", SOLVERS)
def test_the_solver_can_be_changed_between_partial_fits(first, second):
    X, y = table()
    model = ogive.MLPClassifier(**SMALL, solver=first).fit(X, y)
    for stored in (model, pickle.loads(pickle.dumps(model))):
        stored.set_params(solver=second)
        for _ in range(30):
            stored.partial_fit(X, y)
        assert np.isfinite(stored.loss_)
        assert stored.loss_ < stored.loss_curve_[0]


@pytest.mark.parametrize("first", [np.float32, np.float64])
@pytest.mark.parametrize("second", [np.float32, np.float64])
@pytest.mark.parametrize("solver", SOLVERS)
def test_the_dtype_can_change_between_partial_fits(first, second, solver):
    X, y = table()
    model = ogive.MLPClassifier(**SMALL, solver=solver).fit(X.astype(first), y)
    reference = ogive.MLPClassifier(**SMALL, solver=solver).fit(X, y).partial_fit(X, y)
    model.partial_fit(X.astype(second), y)
    assert model.coefs_[0].dtype == second
    np.testing.assert_allclose(model.coefs_[0], reference.coefs_[0], atol=1e-4)


def test_partial_fit_goes_on_after_lbfgs():
    X, y = table()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = ogive.MLPClassifier(**SMALL, solver="lbfgs").fit(X, y)
    loss = model.loss_
    model.set_params(solver="adam")
    for _ in range(5):
        model.partial_fit(X, y)
    assert model.loss_ < loss * 1.05


def test_partial_fit_uses_weights_that_were_set_by_hand():
    X, y = table()
    model = ogive.MLPClassifier(**SMALL).fit(X, y)
    model.coefs_ = [np.zeros_like(w) for w in model.coefs_]
    model.intercepts_ = [np.zeros_like(b) for b in model.intercepts_]
    np.testing.assert_array_equal(model.predict_proba(X), 0.5)
    model.partial_fit(X, y)
    # All hidden units are 0, so are their gradients, and what is left of the moments is small.
    assert np.abs(model.coefs_[1]).max() < 0.01


def test_partial_fit_with_other_columns_is_refused():
    X, y = table()
    model = ogive.MLPClassifier(**SMALL).fit(X, y)
    with pytest.raises(ValueError, match="3 features"):
        model.partial_fit(X[:, :3], y)


def test_partial_fit_needs_classes_first():
    X, y = table()
    with pytest.raises(ValueError, match="classes"):
        ogive.MLPClassifier(**SMALL).partial_fit(X, y)


def test_partial_fit_may_begin_with_few_of_the_classes():
    X, y = table("strings")
    model = ogive.MLPClassifier(**SMALL)
    model.partial_fit(X[y == "ash"], y[y == "ash"], classes=["ash", "birch", "cedar"])
    assert model.predict_proba(X).shape == (100, 3)
    for _ in range(100):
        model.partial_fit(X, y)
    assert set(model.predict(X)) == {"ash", "birch", "cedar"}


def test_labels_of_another_kind_are_refused_in_both_languages():
    X, y = table()
    model = ogive.MLPClassifier(**SMALL).fit(X, y)
    with pytest.raises(InputError, match="one kind") as refusal:
        model.partial_fit(X, np.column_stack([y, 1 - y]))
    assert "同一种形式" in refusal.value.text.zh
    model = ogive.MLPClassifier(**SMALL).fit(X, np.column_stack([y, 1 - y]))
    with pytest.raises(InputError, match="one kind"):
        model.partial_fit(X, y)


@pytest.mark.parametrize(
    "change", [{"hidden_layer_sizes": (9, 5)}, {"hidden_layer_sizes": (8, 5, 2)}], ids=str
)
@pytest.mark.parametrize("solver", ["adam", "lbfgs"])
def test_a_warm_start_with_other_layers_is_refused_in_both_languages(change, solver):
    X, y = table()
    model = ogive.MLPClassifier(**SMALL, warm_start=True).fit(X, y)
    model.set_params(**change, solver=solver)
    with pytest.raises(InputError, match="hidden_layer_sizes") as refusal:
        model.fit(X, y)
    assert "hidden_layer_sizes" in refusal.value.text.zh


def test_a_warm_start_with_other_outputs_is_refused():
    X, y = table("numbers")
    model = ogive.MLPRegressor(**SMALL, warm_start=True).fit(X, y)
    with pytest.raises(InputError, match="6-8-5-2"):
        model.fit(X, y[:, :2])


def test_fit_without_a_warm_start_forgets():
    X, y = table()
    model = ogive.MLPClassifier(**SMALL)
    once = copy.deepcopy(model.fit(X, y))
    assert same_weights(model.fit(X, y), once)
    assert model.loss_curve_ == once.loss_curve_
    model.fit(X[:, :4], target("strings", X))
    assert model.n_features_in_ == 4
    assert list(model.classes_) == ["ash", "birch", "cedar"]


def test_histories_grow_over_warm_starts():
    X, y = table()
    model = ogive.MLPClassifier(**SMALL, warm_start=True)
    for fits in (1, 2, 3):
        model.fit(X, y, validation_data=(X[:20], y[:20]))
        assert len(model.loss_curve_) == len(model.validation_loss_curve_) == 5 * fits
        assert len(model.validation_scores_) == 5 * fits
        assert model.n_iter_ == 5
