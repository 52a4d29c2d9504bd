"""Dropout leaves out the share asked for, in training only."""

from __future__ import annotations

import numpy as np
import pytest
from network_tables import features, same_weights, target

import ogive
from ogive.network.engine import build_network, build_table, generator_state, training_kind
from ogive.text import InputError

pytestmark = pytest.mark.filterwarnings("ignore:Stochastic Optimizer")

SMALL = {"hidden_layer_sizes": (20, 10), "batch_size": 16, "max_iter": 8, "random_state": 0}


def one_step(dropout: float, seed: int, n_rows=400, n_units=64):
    """Intercept gradients of one step of descent: each tells how many rows kept its unit.

    Input and weights are such that a unit's gradient is the number of rows that did not drop it
    times the scale, over the number of rows.
    """
    X = np.ones((n_rows, 1))
    network = build_network(
        [1, n_units, 1], [ogive.activation("identity")], "squared_error", X.dtype
    )
    network.set_weights(
        [np.zeros((1, n_units)), np.ones((n_units, 1))],
        [np.zeros(n_units), np.zeros(1)],
        [np.empty(0)],
    )
    network.reset_optimizer("sgd", 1.0)
    model = ogive.MLPRegressor(dropout=dropout)
    key, position = generator_state(np.random.RandomState(seed))
    options = {
        **{k: v for k, v in model.get_params().items() if not isinstance(v, list | tuple)},
        "solver": "sgd",
        "momentum": 0.0,
        "nesterovs_momentum": False,
        "alpha": 0.0,
        "learning_rate_init": 1.0,
        "batch_size": n_rows,
        "max_iter": 1,
        "n_iter_no_change": 1.0,
        "dropout_seed": seed,
        "monitor": "training_loss",
    }
    table = build_table(X, np.full((n_rows, 1), -1.0))
    nothing = np.empty(0, np.int64)
    training_kind(X.dtype)(
        network,
        table.data,
        np.arange(n_rows),
        None,
        nothing,
        options,
        key,
        position,
        0,
        0,
        np.inf,
        0,
    ).run()
    return -network.weights()[1][0]


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.75])
def test_the_share_of_units_asked_for_is_dropped_and_the_rest_scaled(rate):
    kept = np.concatenate([one_step(rate, seed) for seed in range(20)]) * (1 - rate)
    n = kept.size * 400
    assert kept.mean() == pytest.approx(1 - rate, abs=5 * np.sqrt(rate * (1 - rate) / n))
    deviation = np.sqrt(rate * (1 - rate) / 400)
    assert kept.std() == pytest.approx(deviation, rel=0.1)


def test_without_dropout_nothing_is_dropped():
    np.testing.assert_allclose(one_step(0.0, 1), 1.0)


def test_each_seed_drops_others():
    assert not np.array_equal(one_step(0.5, 1), one_step(0.5, 2))
    np.testing.assert_array_equal(one_step(0.5, 1), one_step(0.5, 1))


def table():
    X = features(200)
    return X, target("multiclass", X)


def test_the_same_seed_gives_the_same_network():
    X, y = table()
    first, second = (ogive.MLPClassifier(**SMALL, dropout=0.3).fit(X, y) for _ in range(2))
    assert same_weights(first, second)
    assert not same_weights(first, ogive.MLPClassifier(**SMALL).fit(X, y))


def test_predictions_do_not_drop_anything():
    X, y = table()
    model = ogive.MLPClassifier(**SMALL, dropout=0.5).fit(X, y)
    plain = ogive.MLPClassifier(**SMALL).fit(X, y)
    plain.coefs_, plain.intercepts_ = model.coefs_, model.intercepts_
    np.testing.assert_array_equal(model.predict_proba(X), plain.predict_proba(X))
    np.testing.assert_array_equal(model.predict_proba(X), model.predict_proba(X))


def test_validation_does_not_drop_anything():
    X, y = table()
    model = ogive.MLPClassifier(**SMALL, dropout=0.5).fit(X, y, validation_data=(X, y))
    assert model.validation_scores_[-1] == model.score(X, y)


def test_a_network_still_learns_with_dropout():
    X, y = table()
    model = ogive.MLPClassifier(
        (64,), dropout=0.3, max_iter=200, learning_rate_init=0.01, random_state=0
    ).fit(X, y)
    assert model.score(X, y) > 0.85


@pytest.mark.parametrize("wrong", [-0.1, 1.0, "half"])
def test_rates_outside_their_range_are_refused(wrong):
    X, y = table()
    with pytest.raises(ValueError, match="dropout"):
        ogive.MLPClassifier(dropout=wrong).fit(X, y)


def test_lbfgs_refuses_dropout_in_both_languages():
    X, y = table()
    with pytest.raises(InputError, match="lbfgs") as refusal:
        ogive.MLPClassifier(solver="lbfgs", dropout=0.5).fit(X, y)
    assert "dropout" in refusal.value.text.zh
