"""scikit-learn's own checks of an estimator; none is expected to fail."""

from __future__ import annotations

import numpy as np
import pytest
import sklearn.linear_model as scikit_learn
from sklearn.utils.estimator_checks import check_estimator, parametrize_with_checks
from threadpoolctl import threadpool_limits

import ogive

# Needed by the checks of column names; without it they would be skipped.
pytest.importorskip("pandas")
pytestmark = pytest.mark.filterwarnings("ignore")

SOLVERS = {
    "auto": {},
    "newton-cholesky": {"solver": "newton-cholesky"},
    "newton-cg": {"solver": "newton-cg"},
    "gd": {"solver": "gd"},
}


@pytest.fixture(autouse=True, scope="module")
def _one_thread():
    # Small products wait for each other where cores are busy.
    with threadpool_limits(limits=1, user_api="blas"):
        yield


@parametrize_with_checks([ogive.LogisticRegression(**given) for given in SOLVERS.values()])
def test_check(estimator, check):
    check(estimator)


def outcomes(estimator) -> dict[str, set[str]]:
    by_status: dict[str, set[str]] = {}
    for result in check_estimator(estimator, on_skip=None, on_fail=None):
        by_status.setdefault(result["status"], set()).add(result["check_name"])
    return by_status


@pytest.mark.slow
def test_only_checks_that_scikit_learn_skips_for_its_own_class_are_skipped():
    theirs = outcomes(scikit_learn.LogisticRegression())
    ours = outcomes(ogive.LogisticRegression())
    assert ours.get("skipped", set()) <= theirs.get("skipped", set())
    assert set(ours) <= {"passed", "skipped"}


@pytest.mark.parametrize("given", SOLVERS.values(), ids=SOLVERS)
def test_the_checks_really_fit_something(given):
    X = np.random.RandomState(0).randn(30, 2)
    with pytest.raises(ValueError, match="features"):
        ogive.LogisticRegression(**given).fit(X, X[:, 0] > 0).predict(X[:, :1])
