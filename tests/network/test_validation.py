"""Rows to validate on, given by the user."""

from __future__ import annotations

import numpy as np
import pytest
from network_tables import features, same_weights
from scipy import sparse
from sklearn.metrics import log_loss
from small_trainings import classifier, regressor, table

from ogive.text import InputError

quiet = pytest.mark.filterwarnings("ignore:Stochastic Optimizer")


@quiet
def test_validation_data_is_scored_after_each_epoch():
    X, y, held = table()
    seen = []

    def measure(epoch):
        model = epoch.estimator
        seen.append((model.score(*held), log_loss(held[1], model.predict_proba(held[0]))))

    model = classifier().fit(X, y, validation_data=held, callbacks=[measure])
    np.testing.assert_allclose(model.validation_scores_, [score for score, _ in seen])
    np.testing.assert_allclose(model.validation_loss_curve_, [loss for _, loss in seen], rtol=1e-10)
    assert model.best_validation_score_ is None  # nothing was chosen by it


@quiet
@pytest.mark.parametrize("kind", ["number", "numbers", "counts"])
def test_validation_scores_of_regressors_are_r2(kind):
    X, y, held = table(kind)
    scores = []
    loss = "poisson" if kind == "counts" else "squared_error"
    model = regressor(loss=loss).fit(
        X, y, validation_data=held, callbacks=[lambda e: scores.append(e.estimator.score(*held))]
    )
    np.testing.assert_allclose(model.validation_scores_, scores, rtol=1e-9)


@quiet
def test_validation_data_does_not_change_the_training():
    X, y, held = table()
    assert same_weights(classifier().fit(X, y), classifier().fit(X, y, validation_data=held))


@quiet
@pytest.mark.parametrize("convert", [np.float32, sparse.csr_matrix, sparse.csc_array, list])
@pytest.mark.parametrize("of_training", [np.asarray, sparse.csr_matrix, np.float32])
def test_validation_data_may_be_of_another_kind_than_the_training_rows(convert, of_training):
    X, y, held = table()
    expected = classifier().fit(X, y, validation_data=held).validation_scores_
    model = classifier().fit(of_training(X), y, validation_data=(convert(held[0]), held[1]))
    np.testing.assert_allclose(model.validation_scores_, expected, atol=0.04)


@pytest.mark.parametrize("wrong", [5, (1, 2, 3), "ab", [features(3)]], ids=repr)
def test_validation_data_that_is_no_pair_is_refused(wrong):
    X, y, _ = table()
    if wrong == "ab":
        wrong = {"X": 1}
    with pytest.raises(InputError, match="pair") as refusal:
        classifier().fit(X, y, validation_data=wrong)
    assert "validation_data" in refusal.value.text.zh


def test_validation_rows_with_an_unknown_class_are_refused():
    X, y, held = table()
    with pytest.raises(ValueError, match="classes not in"):
        classifier().fit(X, y, validation_data=(held[0], held[1] + 2))


def test_validation_rows_with_other_columns_are_refused():
    X, y, held = table()
    with pytest.raises(ValueError, match="features"):
        classifier().fit(X, y, validation_data=(held[0][:, :2], held[1]))


def test_validation_labels_of_another_kind_are_refused():
    X, y, held = table("binary")
    with pytest.raises(InputError, match="one kind"):
        classifier().fit(X, y, validation_data=(held[0], np.column_stack([held[1], held[1]])))


@pytest.mark.parametrize("more", [{"validation_data": ([[0.0] * 6], [0])}, {"callbacks": [print]}])
def test_lbfgs_refuses_what_needs_epochs(more):
    X, y, _ = table()
    with pytest.raises(InputError, match="lbfgs"):
        classifier(solver="lbfgs").fit(X, y, **more)
