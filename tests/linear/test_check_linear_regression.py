"""scikit-learn's own checks of an estimator; none is expected to fail for the default solver."""

from __future__ import annotations

import numpy as np
import pytest
import sklearn.linear_model as scikit_learn
from sklearn.utils.estimator_checks import check_estimator, parametrize_with_checks

import ogive

# Needed by the checks of column names; without it they would be skipped.
pytest.importorskip("pandas")
pytestmark = pytest.mark.filterwarnings("ignore")

SOLVERS = {
    "qr": {},
    "without constant": {"fit_intercept": False},
    "positive": {"positive": True},
    "normal": {"solver": "normal"},
    "gd": {"solver": "gd"},
    "batches": {"solver": "gd", "batch_size": 8, "max_iter": 30, "random_state": 0},
    "single samples": {"solver": "gd", "batch_size": 1, "max_iter": 30, "random_state": 0},
}
WEIGHTS = (
    "check_sample_weight_equivalence_on_dense_data",
    "check_sample_weight_equivalence_on_sparse_data",
)


def expected_failures(estimator) -> dict[str, str]:
    if estimator.batch_size is not None:
        # As for scikit-learn's SGDRegressor.
        return dict.fromkeys(WEIGHTS, "a row drawn twice is not one of double weight")
    if estimator.solver == "normal":
        return dict.fromkeys(WEIGHTS, "15 rows of 30 columns: the normal equations are singular")
    return {}


@parametrize_with_checks(
    [ogive.LinearRegression(**given) for given in SOLVERS.values()],
    expected_failed_checks=expected_failures,
)
def test_check(estimator, check):
    check(estimator)


def outcomes(estimator) -> dict[str, set[str]]:
    by_status: dict[str, set[str]] = {}
    for result in check_estimator(estimator, on_skip=None, on_fail=None):
        by_status.setdefault(result["status"], set()).add(result["check_name"])
    return by_status


@pytest.mark.slow
def test_only_checks_that_scikit_learn_skips_for_its_own_class_are_skipped():
    theirs = outcomes(scikit_learn.LinearRegression())
    ours = outcomes(ogive.LinearRegression())
    assert ours.get("skipped", set()) <= theirs.get("skipped", set())
    assert set(ours) <= {"passed", "skipped"}


@pytest.mark.parametrize("given", SOLVERS.values(), ids=SOLVERS)
def test_the_checks_really_fit_something(given):
    X = np.random.RandomState(0).randn(30, 2)
    with pytest.raises(ValueError, match="features"):
        ogive.LinearRegression(**given).fit(X, X[:, 0]).predict(X[:, :1])
