"""Callbacks see, and may stop, a training."""

from __future__ import annotations

import numpy as np
import pytest
from network_tables import features, same_weights, target
from small_trainings import classifier, table

from ogive.network import Epoch

quiet = pytest.mark.filterwarnings("ignore:Stochastic Optimizer")


@quiet
def test_callbacks_see_every_epoch():
    X, y, held = table()
    epochs = []
    model = classifier().fit(X, y, callbacks=[epochs.append], validation_data=held)
    assert [e.epoch for e in epochs] == list(range(1, 13))
    assert all(isinstance(e, Epoch) for e in epochs)
    assert [e.loss for e in epochs] == model.loss_curve_
    assert [e.validation_loss for e in epochs] == model.validation_loss_curve_
    assert [e.validation_score for e in epochs] == model.validation_scores_
    assert {e.learning_rate for e in epochs} == {0.02}
    assert {id(e.estimator) for e in epochs} == {id(model)}


@quiet
def test_callbacks_without_validation_see_none():
    X, y, _ = table()
    epochs = []
    classifier().fit(X, y, callbacks=[epochs.append])
    assert {(e.validation_loss, e.validation_score) for e in epochs} == {(None, None)}


@quiet
def test_callbacks_do_not_change_the_training():
    X, y, _ = table()
    plain, called = classifier().fit(X, y), classifier().fit(X, y, callbacks=[lambda e: None])
    assert same_weights(plain, called)
    assert plain.loss_curve_ == called.loss_curve_


def test_a_true_return_value_stops_the_training_without_a_warning():
    X, y, _ = table()
    calls = []
    model = classifier().fit(
        X, y, callbacks=[lambda e: e.epoch == 5, lambda e: calls.append(e.epoch)]
    )
    assert model.n_iter_ == 5 == len(model.loss_curve_)
    assert calls == [1, 2, 3, 4, 5]
    assert not model.converged_
    assert model.score(X, y) > 0


@pytest.mark.parametrize("sizes", [(8,), (128, 128)], ids=["one thread", "a team"])
def test_an_exception_in_a_callback_comes_through(sizes):
    X, y = features(600, 60), target("binary", features(600))

    def fail(epoch):
        if epoch.epoch == 3:
            raise LookupError("the disk is full")

    model = classifier(hidden_layer_sizes=sizes, batch_size=128)
    with pytest.raises(LookupError, match="the disk is full"):
        model.fit(X, y, callbacks=[fail])
    assert model.predict(X).shape == (600,)
    assert model.n_iter_ == 3
    model.set_params(early_stopping=False).partial_fit(X, y)


def test_a_value_without_truth_in_a_callback_comes_through():
    X, y, _ = table()
    with pytest.raises(ValueError, match="truth value"):
        classifier().fit(X, y, callbacks=[lambda e: np.zeros(2)])


@quiet
def test_a_network_can_be_used_and_copied_in_a_callback():
    import pickle

    X, y, _ = table()
    copies = []
    model = classifier().fit(X, y, callbacks=[lambda e: copies.append(pickle.dumps(e.estimator))])
    assert same_weights(pickle.loads(copies[-1]), model)
    assert not same_weights(pickle.loads(copies[0]), model)


@quiet
def test_verbose_prints_each_epoch(capsys):
    X, y, held = table()
    model = classifier(verbose=True, max_iter=2).fit(X, y, validation_data=held)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"Iteration 1, loss = {model.loss_curve_[0]:.8f}"
    assert lines[3] == f"Validation score: {model.validation_scores_[1]:f}"
