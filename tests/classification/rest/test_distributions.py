import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

import ogive
from ogive import OneVsRestClassifier

IRIS, SPECIES = load_iris(return_X_y=True)


@settings(max_examples=40, deadline=None)
@given(scale=st.floats(1e-3, 1e8), seed=st.integers(0, 10**6))
def test_probabilities_of_classes_are_a_distribution_at_any_distance(scale, seed):
    X = np.random.default_rng(seed).normal(scale=scale, size=(30, 4))
    model = OneVsRestClassifier(ogive.LogisticRegression()).fit(IRIS, SPECIES)
    probabilities = model.predict_proba(X)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, rtol=1e-14)
    assert (probabilities >= 0).all()
    chosen = probabilities[np.arange(30), model.predict(X)]
    np.testing.assert_allclose(chosen, probabilities.max(axis=1), rtol=1e-14)


class NeverSure(ClassifierMixin, BaseEstimator):
    """Gives the positive class a probability of 0, as fit decides with or without logarithms."""

    def __init__(self, logarithm=None):
        self.logarithm = logarithm

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        self.which_ = int(np.flatnonzero(y)[0]) // 50
        return self

    def predict_proba(self, X):
        return np.tile([1.0, 0.0], (len(X), 1))

    def predict_log_proba(self, X):
        return np.tile([0.0, self.logarithm[self.which_]], (len(X), 1))


def test_equal_probabilities_stand_where_nothing_tells_classes_apart():
    model = OneVsRestClassifier(NeverSure([-np.inf] * 3)).fit(IRIS, SPECIES)
    np.testing.assert_array_equal(model.predict_proba(IRIS[:2]), np.full((2, 3), 1 / 3))


def test_logarithms_give_the_quotients_of_probabilities_that_underflow():
    logarithms = np.array([-2000.0, -2000.0 + np.log(3.0), -3000.0])
    model = OneVsRestClassifier(NeverSure(list(logarithms))).fit(IRIS, SPECIES)
    np.testing.assert_allclose(
        model.predict_proba(IRIS[:1]), [[0.25, 0.75, 0.0]], rtol=1e-12, atol=1e-300
    )


@pytest.mark.parametrize("Inside", [LogisticRegression, ogive.LogisticRegression])
def test_a_row_that_every_class_gives_0_is_decided_by_log_odds(Inside):
    # Each feature speaks for its class less than for the rest of the two others: all together say
    # "rest" three times.
    X, y = np.repeat(np.eye(3), 20, axis=0), np.repeat([0, 1, 2], 20)
    model = OneVsRestClassifier(Inside(fit_intercept=False)).fit(X, y)
    far = 1e4 * np.ones((3, 3)) + np.eye(3)
    decision = model.decision_function(far)
    assert (decision < -746).all(), "else the probabilities are not all 0"
    assert (model.estimators_.probabilities(far) == 0).all()
    odds = np.exp(decision - decision.max(axis=1, keepdims=True))
    expected = odds / odds.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(model.predict_proba(far), expected, rtol=1e-9)
    assert expected.argmax(axis=1).tolist() == [0, 1, 2]
