"""From a diagnosis to the remedy that helped, with nothing put in by hand."""

import warnings

import numpy as np
import pytest
from planted_diagnoses import three_classes
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

import ogive


@pytest.fixture(scope="module")
def unscaled():
    X, y = three_classes(240)
    return X + 300, y  # every tanh unit is saturated on every row


def fitted(model, X, y):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return model.fit(X, y)


def network(**parameters):
    given = {
        "activation": "tanh",
        "max_iter": 60,
        "learning_rate_init": 0.01,
        "random_state": 0,
    } | parameters
    return ogive.MLPClassifier((16, 16), **given)


def of(trial, **parameters):
    return next(one for one in trial.remedies if one.remedy.parameters == parameters)


def test_scaling_helps_a_network_on_unscaled_inputs_and_clears_the_finding(unscaled):
    diagnosis = ogive.diagnose(fitted(network(), *unscaled), *unscaled)
    trial = diagnosis.try_remedies(n_seeds=5, max_remedies=2)
    scaled = of(trial, scale_inputs=True)
    assert "OGV107" in scaled.codes
    assert scaled.verdict == "better"
    assert "OGV107" in scaled.cleared
    assert trial is diagnosis.trial
    assert scaled.difference == pytest.approx(
        np.mean(scaled.scores) - np.mean(trial.patient_scores), abs=1e-12
    )


def test_the_best_remedys_estimator_is_diagnosed_without_the_finding(unscaled):
    X, y = unscaled
    diagnosis = ogive.diagnose(fitted(network(), X, y), X, y)
    trial = diagnosis.try_remedies(n_seeds=5, max_remedies=2)
    better = fitted(of(trial, scale_inputs=True).estimator, X, y)
    assert "OGV107" not in ogive.diagnose(better, X, y).codes


def test_a_pipelines_own_steps_stay_before_the_scaler(unscaled):
    X, y = unscaled
    model = make_pipeline(FunctionTransformer(np.negative), network())
    trial = ogive.diagnose(fitted(model, X, y), X, y).try_remedies(n_seeds=3, max_remedies=1)
    scaled = of(trial, scale_inputs=True)
    assert [type(step).__name__ for _, step in scaled.estimator.steps] == [
        "FunctionTransformer",
        "StandardScaler",
        "MLPClassifier",
    ]
    assert "OGV107" in scaled.cleared


def test_too_large_steps_are_helped_by_smaller_ones(unscaled):
    X, y = three_classes(240)
    model = network(activation="relu", solver="sgd", learning_rate_init=30.0)
    diagnosis = ogive.diagnose(fitted(model, X, y), X, y)
    trial = diagnosis.try_remedies(n_seeds=5)
    assert trial.best is not None
    smaller = [
        one for one in trial.remedies if one.remedy.parameters.get("learning_rate_init", 99) < 30
    ]
    assert any(one.verdict == "better" for one in smaller)
