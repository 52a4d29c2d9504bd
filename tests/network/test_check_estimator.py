"""scikit-learn's own checks of an estimator, with no expected failure."""

from __future__ import annotations

import numpy as np
import pytest
import sklearn.neural_network as scikit_learn
from sklearn.utils.estimator_checks import check_estimator, parametrize_with_checks

import ogive

# Needed by the checks of column names; without it they would be skipped.
pytest.importorskip("pandas")
pytestmark = pytest.mark.filterwarnings("ignore")

BOTH = [ogive.MLPClassifier(), ogive.MLPRegressor()]


@parametrize_with_checks(BOTH)
def test_check(estimator, check):
    check(estimator)


def outcomes(estimator) -> dict[str, set[str]]:
    by_status: dict[str, set[str]] = {}
    for result in check_estimator(estimator, on_skip=None, on_fail=None):
        by_status.setdefault(result["status"], set()).add(result["check_name"])
    return by_status


@pytest.mark.slow
@pytest.mark.parametrize("name", ["MLPClassifier", "MLPRegressor"])
def test_only_checks_that_scikit_learn_skips_for_its_own_class_are_skipped(name):
    theirs = outcomes(getattr(scikit_learn, name)(max_iter=2))
    ours = outcomes(getattr(ogive, name)())
    assert ours.get("skipped", set()) <= theirs.get("skipped", set())
    assert set(ours) <= {"passed", "skipped"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "parameters",
    [
        {"activation": "gelu", "solver": "adamw", "init": "auto", "learning_rate": "cosine"},
        {"activation": ["tanh"], "solver": "lbfgs", "hidden_layer_sizes": (4,), "max_iter": 30},
        {"solver": "sgd", "learning_rate_init": 0.01, "nesterovs_momentum": False},
        {
            "activation": ["mish", "tanh"],
            "hidden_layer_sizes": (20, 10),
            "learning_rate_init": 0.01,
            "record_gradients": True,
        },
    ],
    ids=["adamw", "lbfgs", "sgd", "a list"],
)
@pytest.mark.parametrize("Estimator", [ogive.MLPClassifier, ogive.MLPRegressor])
def test_no_check_fails_with_other_parameters(Estimator, parameters):
    failed = [
        (result["check_name"], result["exception"])
        for result in check_estimator(Estimator(**parameters), on_skip=None, on_fail=None)
        if result["status"] == "failed"
    ]
    assert not failed


def test_the_checks_really_fit_something():
    X = np.random.RandomState(0).randn(30, 2)
    for estimator in BOTH:
        with pytest.raises(ValueError, match="features"):
            estimator.fit(X, X[:, 0] > 0).predict(X[:, :1])
