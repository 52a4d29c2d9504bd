"""Trainings that diverge stop with a warning and keep finite weights."""

from __future__ import annotations

import numpy as np
import pytest
from network_tables import same_weights
from sklearn.exceptions import ConvergenceWarning
from small_trainings import regressor, table

from ogive.network import NonFinite


def diverge(**parameters):
    X, y, _ = table("number")
    with pytest.warns(ConvergenceWarning) as caught:
        model = regressor(**{"solver": "sgd", "max_iter": 200, **parameters}).fit(X, y)
    return model, [str(w.message) for w in caught]


@pytest.mark.parametrize(
    "parameters",
    [
        {"learning_rate_init": 5.0, "activation": "identity", "batch_size": 100},
        {"learning_rate_init": 1e200, "batch_size": 100},
        {"learning_rate_init": 1e200},
        {"solver": "adam", "learning_rate_init": 1e200},
        {"solver": "adamw", "learning_rate_init": 1e300, "hidden_layer_sizes": (5, 5)},
        {"learning_rate_init": 1e200, "early_stopping": True},
    ],
    ids=["slowly", "in the second epoch", "in the first", "adam", "adamw", "early stopping"],
)
def test_a_diverging_training_stops_with_one_warning_and_finite_weights(parameters):
    model, messages = diverge(**parameters)
    assert len(messages) == 1
    epoch, layer = model.nonfinite_
    assert isinstance(model.nonfinite_, NonFinite)
    assert f"in epoch {epoch}, first in layer {layer}" in messages[0]
    assert "learning_rate_init" in messages[0]
    assert 1 <= layer <= model.n_layers_ - 1
    assert len(model.loss_curve_) == model.n_iter_ == epoch - 1
    assert np.isfinite(model.loss_curve_).all()
    assert all(np.isfinite(w).all() for w in [*model.coefs_, *model.intercepts_])
    assert not model.converged_


def test_the_epoch_named_is_the_one_in_which_the_loss_diverges():
    parameters = {"learning_rate_init": 5.0, "activation": "identity", "batch_size": 100}
    model, _ = diverge(**parameters)
    epoch = model.nonfinite_.epoch
    assert epoch > 3
    X, y, _ = table("number")
    with pytest.warns(ConvergenceWarning, match="Maximum iterations"):
        before = regressor(**{"solver": "sgd", **parameters, "max_iter": epoch - 1}).fit(X, y)
    assert before.nonfinite_ is None
    assert same_weights(before, model)


def test_the_layer_named_is_the_first_with_a_number_that_is_not_finite():
    X, y, _ = table("number")
    model = regressor(hidden_layer_sizes=(5, 5), activation="identity", warm_start=True, max_iter=1)
    with pytest.warns(ConvergenceWarning, match="Maximum"):
        model.fit(X, y)
    for layer in (1, 2, 3):
        model.coefs_[layer - 1][:] = 1e308
        for later in range(layer, 3):
            model.coefs_[later][:] = 0.1
        with pytest.warns(ConvergenceWarning, match=f"in epoch 1, first in layer {layer} "):
            model.fit(X, y)
        for w in model.coefs_:
            w[:] = 0.1


def test_training_can_go_on_after_divergence_with_a_smaller_rate():
    parameters = {"learning_rate_init": 5.0, "activation": "identity", "batch_size": 100}
    model, _ = diverge(**parameters)
    X, y, _ = table("number")
    for w in [*model.coefs_, *model.intercepts_]:
        w[:] = np.random.RandomState(0).uniform(-0.1, 0.1, w.shape)
    model.set_params(learning_rate_init=0.01)
    for _ in range(3):
        model.partial_fit(X, y)
    assert model.nonfinite_ is None
    assert np.isfinite(model.loss_)


def test_float32_diverges_where_float32_ends():
    X, y, _ = table("number")
    with pytest.warns(ConvergenceWarning, match="infinite or undefined"):
        model = regressor(solver="sgd", learning_rate_init=1e30).fit(X.astype(np.float32), y)
    assert all(np.isfinite(w).all() for w in model.coefs_)
