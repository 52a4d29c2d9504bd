"""Networks of many two-class problems, trained as one fleet."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from sklearn.datasets import make_blobs
from sklearn.exceptions import ConvergenceWarning

import ogive
from ogive.classification.problems import Problems
from ogive.classification.problems import networks as module
from ogive.classification.problems.alone import fit_alone
from ogive.classification.problems.networks import fit_networks

X, Y = make_blobs(240, 4, centers=5, cluster_std=3.0, random_state=0)
Y = Y.astype(np.int32)
TERNARY = np.array([[1, 1, 0], [-1, 0, 1], [0, -1, 1], [1, -1, -1], [-1, 1, 0]], dtype=np.int8)
BOOKS = {
    "pairs": Problems.pairs(5),
    "rest": Problems.against_rest(5),
    "ternary": Problems.code_book(TERNARY),
}
QUICK = {"hidden_layer_sizes": (4,), "max_iter": 4, "random_state": 0}
pytestmark = pytest.mark.filterwarnings(
    "ignore::sklearn.exceptions.ConvergenceWarning", "ignore:Got `batch_size` less"
)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"early_stopping": True, "class_weight": "balanced"},
        {"solver": "sgd", "batch_size": 8, "dropout": 0.2},
        {"random_state": np.random.RandomState(3)},
    ],
)
@pytest.mark.parametrize("negative", [0, -1])
@pytest.mark.parametrize("problems", BOOKS.values(), ids=BOOKS)
def test_networks_are_those_of_each_problem_by_itself(problems, negative, more):
    estimator = ogive.MLPClassifier(**QUICK | more)
    for rows in (X, X.astype(np.float32), sparse.csr_matrix(X)):
        fleet = fit_networks(estimator, rows, Y, problems, {}, negative, None)
        for j, one in enumerate(fleet):
            alone = fit_alone(estimator, rows, Y, 5, problems.of(j), {}, negative)
            assert one.classes_.tolist() == alone.classes_.tolist() == [negative, 1]
            for ours, theirs in zip(one.coefs_, alone.coefs_, strict=True):
                assert ours.dtype == theirs.dtype
                np.testing.assert_array_equal(ours, theirs)


def test_fleets_of_bounded_memory_give_the_same_networks(monkeypatch):
    estimator = ogive.MLPClassifier(**QUICK)
    whole = fit_networks(estimator, X, Y, BOOKS["pairs"], {}, 0, None)
    monkeypatch.setattr(module, "BLOCK_BYTES", 16 * 240 * 3)
    parts = fit_networks(estimator, X, Y, BOOKS["pairs"], {}, 0, 1)
    for one, other in zip(whole, parts, strict=True):
        np.testing.assert_array_equal(one.coefs_[0], other.coefs_[0])


class Own(ogive.MLPClassifier):
    """What a subclass changes is not known."""


@pytest.mark.parametrize(
    ("estimator", "fit_params"),
    [
        (ogive.MLPClassifier(solver="lbfgs"), {}),
        (ogive.MLPClassifier(verbose=True), {}),
        (ogive.MLPClassifier(), {"sample_weight": np.ones(240)}),
        (ogive.MLPRegressor(), {}),
        (Own(), {}),
    ],
)
def test_what_a_fleet_cannot_do_is_left_to_each_by_itself(estimator, fit_params):
    assert fit_networks(estimator, X, Y, BOOKS["pairs"], fit_params, 0, None) is None


def test_networks_that_had_not_converged_are_counted():
    with pytest.warns(ConvergenceWarning, match=r"reached by 10 of 10 networks"):
        fit_networks(ogive.MLPClassifier(**QUICK), X, Y, BOOKS["pairs"], {}, 0, None)


def test_a_classifier_of_networks_is_the_same_as_one_of_networks_fitted_alone():
    estimator = ogive.MLPClassifier(**QUICK)
    ours = ogive.OneVsOneClassifier(estimator).fit(X, Y)
    alone = ogive.OneVsOneClassifier(Own(**QUICK)).fit(X, Y)
    np.testing.assert_array_equal(ours.decision_function(X), alone.decision_function(X))
    np.testing.assert_array_equal(ours.predict_proba(X), alone.predict_proba(X))
