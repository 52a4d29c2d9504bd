"""Early stopping keeps the best weights."""

from __future__ import annotations

import numpy as np
import pytest
from network_tables import same_weights
from sklearn.exceptions import ConvergenceWarning
from small_trainings import classifier, regressor, table

from ogive.text import InputError

quiet = pytest.mark.filterwarnings("ignore:Stochastic Optimizer")


@pytest.mark.parametrize("monitor", ["loss", "score", True])
def test_early_stopping_keeps_the_weights_of_the_best_epoch(monitor):
    X, y, held = table("number")
    snapshots = []

    def keep(epoch):
        snapshots.append([w.copy() for w in epoch.estimator.coefs_])

    model = regressor(
        early_stopping=monitor, learning_rate_init=0.1, max_iter=500, n_iter_no_change=8, tol=0.0
    ).fit(X, y, validation_data=held, callbacks=[keep])
    curve = (
        model.validation_loss_curve_ if monitor == "loss" else -np.array(model.validation_scores_)
    )
    assert model.best_iter_ == np.argmin(curve) + 1
    assert model.best_iter_ < model.n_iter_ < 500
    assert model.converged_
    for kept, snapshot in zip(model.coefs_, snapshots[model.best_iter_ - 1], strict=True):
        np.testing.assert_array_equal(kept, snapshot)
    assert model.score(*held) == pytest.approx(model.validation_scores_[model.best_iter_ - 1])
    assert model.best_validation_score_ == model.validation_scores_[model.best_iter_ - 1]
    if monitor == "loss":
        assert model.best_loss_ == min(model.validation_loss_curve_)
    else:
        assert model.best_loss_ is None


def test_true_and_score_are_the_same():
    X, y, _ = table()
    models = [classifier(early_stopping=e, max_iter=300).fit(X, y) for e in (True, "score")]
    assert same_weights(*models)


def test_without_early_stopping_the_last_weights_are_kept():
    X, y, _ = table("number")
    with pytest.warns(ConvergenceWarning, match="Maximum iterations"):
        model = regressor().fit(X, y)
    assert model.best_iter_ == model.n_iter_ == 12
    assert not model.converged_
    assert model.best_loss_ == min(model.loss_curve_)


@quiet
def test_a_warm_start_keeps_earlier_weights_if_later_ones_are_no_better():
    X, y, held = table("number")
    model = regressor(early_stopping=True, warm_start=True).fit(X, y, validation_data=held)
    kept = [w.copy() for w in model.coefs_]
    # A penalty so large that weights only shrink.
    model.set_params(solver="sgd", learning_rate_init=0.001, alpha=1000.0, momentum=0.0, max_iter=2)
    model.fit(X, y, validation_data=held)
    assert max(model.validation_scores_[12:]) < model.best_validation_score_
    for before, after in zip(kept, model.coefs_, strict=True):
        np.testing.assert_array_equal(before, after)


def test_a_validation_part_of_one_row_is_refused_in_both_languages():
    X, y, _ = table("number")
    with pytest.raises(InputError, match="validation set is too small") as refusal:
        regressor(early_stopping=True, validation_fraction=0.001).fit(X, y)
    assert "validation_fraction" in refusal.value.text.zh
