"""What only the classifier has: class weights, labels, probabilities."""

from __future__ import annotations

import numpy as np
import pytest
from network_tables import features, same_weights, target
from scipy import sparse
from sklearn.utils.class_weight import compute_sample_weight

import ogive

pytestmark = pytest.mark.filterwarnings("ignore:Stochastic Optimizer")

SMALL = {"hidden_layer_sizes": (8,), "batch_size": 16, "max_iter": 8, "random_state": 0}


def table(kind="strings"):
    X = features(120)
    return X, target(kind, X)


@pytest.mark.parametrize("kind", ["binary", "strings", "multilabel"])
@pytest.mark.parametrize("early_stopping", [False, True])
def test_balanced_class_weights_are_the_equivalent_sample_weights(kind, early_stopping):
    X, y = table(kind)
    parameters = {**SMALL, "early_stopping": early_stopping}
    by_class = ogive.MLPClassifier(**parameters, class_weight="balanced").fit(X, y)
    by_row = ogive.MLPClassifier(**parameters).fit(X, y, compute_sample_weight("balanced", y))
    assert same_weights(by_class, by_row)
    assert by_class.validation_scores_ == by_row.validation_scores_


@pytest.mark.parametrize("solver", ["adam", "lbfgs"])
def test_class_weights_multiply_sample_weights(solver):
    X, y = table()
    weight = np.random.RandomState(0).uniform(0.5, 2, 120)
    given = {"ash": 3.0, "cedar": 0.5}
    parameters = {**SMALL, "solver": solver, "tol": 0.05, "max_iter": 100}
    by_class = ogive.MLPClassifier(**parameters, class_weight=given).fit(X, y, weight)
    by_row = ogive.MLPClassifier(**parameters)
    by_row.fit(X, y, weight * compute_sample_weight(given, y))
    assert same_weights(by_class, by_row)


def test_a_class_that_y_does_not_have_cannot_be_weighed():
    X, y = table()
    with pytest.raises(ValueError, match="oak"):
        ogive.MLPClassifier(class_weight={"oak": 2.0}).fit(X, y)


def test_class_weights_help_a_rare_class():
    X = features(400)
    y = (X[:, 0] + 0.8 * np.random.RandomState(1).randn(400) > 1.6).astype(int)
    parameters = {"hidden_layer_sizes": (), "max_iter": 300, "random_state": 0}
    plain = ogive.MLPClassifier(**parameters).fit(X, y)
    weighed = ogive.MLPClassifier(**parameters, class_weight="balanced").fit(X, y)
    assert weighed.predict(X).sum() > 2 * plain.predict(X).sum()


@pytest.mark.parametrize("kind", ["binary", "strings"])
def test_probabilities_sum_to_one(kind):
    X, y = table(kind)
    model = ogive.MLPClassifier(**SMALL).fit(X, y)
    probabilities = model.predict_proba(X)
    assert probabilities.shape == (120, len(np.unique(y)))
    np.testing.assert_allclose(probabilities.sum(axis=1), 1)
    np.testing.assert_array_equal(model.predict(X), model.classes_[probabilities.argmax(axis=1)])
    np.testing.assert_allclose(np.exp(model.predict_log_proba(X)), probabilities)


def test_probabilities_of_labels_are_independent():
    X, y = table("multilabel")
    model = ogive.MLPClassifier(**SMALL).fit(X, y)
    assert model.predict_proba(X).shape == (120, 4)
    np.testing.assert_array_equal(model.predict(X), model.predict_proba(X) > 0.5)


def test_labels_may_be_sparse():
    X, y = table("multilabel")
    dense = ogive.MLPClassifier(**SMALL).fit(X, y)
    assert same_weights(dense, ogive.MLPClassifier(**SMALL).fit(X, sparse.csr_matrix(y)))


def test_certain_probabilities_have_logarithms():
    X = np.array([[-1e4], [1e4]])
    model = ogive.MLPClassifier((), max_iter=300, learning_rate_init=0.1).fit(X, [0, 1])
    logarithms = model.predict_log_proba(X)
    assert not np.isnan(logarithms).any()
    assert logarithms.max() <= 0


@pytest.mark.parametrize("labels", [[True, False], [-1.0, 1.0], ["no", "yes"], [7, 3]], ids=str)
def test_predictions_have_the_labels_of_the_target(labels):
    X = features(60)
    y = np.asarray(labels)[(X[:, 0] > 0).astype(int)]
    model = ogive.MLPClassifier(**SMALL).fit(X, y)
    assert model.predict(X).dtype == y.dtype
    np.testing.assert_array_equal(model.classes_, np.unique(y))


def test_a_continuous_target_is_refused():
    X = features(60)
    with pytest.raises(ValueError, match="continuous"):
        ogive.MLPClassifier().fit(X, X[:, 0])


def test_the_loss_is_the_log_loss():
    assert ogive.MLPClassifier().loss == "log_loss"
    assert "loss" not in ogive.MLPClassifier().get_params()
