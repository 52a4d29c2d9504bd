"""Validation, stopping, callbacks, schedules, records, and trainings that diverge."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from network_tables import features, same_weights, target, weights
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import log_loss

import ogive
from ogive.network import Epoch, NonFinite
from ogive.text import InputError

quiet = pytest.mark.filterwarnings("ignore:Stochastic Optimizer")

SMALL = {"hidden_layer_sizes": (8,), "batch_size": 16, "max_iter": 12, "learning_rate_init": 0.02}


def table(kind="multiclass"):
    X = features(160)
    y = target(kind, X)
    return X[:100], y[:100], (X[100:], y[100:])


def classifier(**parameters):
    return ogive.MLPClassifier(**{"random_state": 0, **SMALL, **parameters})


def regressor(**parameters):
    return ogive.MLPRegressor(**{"random_state": 0, **SMALL, **parameters})


# Validation


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


# Early stopping


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


# Callbacks


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


# Schedules


def rates(**parameters):
    X, y, _ = table("number")
    seen = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = regressor(**parameters)
        model.fit(X, y, callbacks=[lambda e: seen.append(e.learning_rate)])
    return np.array(seen), model


@pytest.mark.parametrize("solver", ["adam", "adamw", "sgd"])
def test_a_cosine_falls_from_the_first_rate_towards_zero(solver):
    seen, _ = rates(
        solver=solver, learning_rate="cosine", max_iter=10, tol=0, learning_rate_init=0.01
    )
    expected = 0.01 * 0.5 * (1 + np.cos(np.pi * np.arange(10) / 10))
    np.testing.assert_allclose(seen, expected, rtol=1e-12)


def test_inverse_scaling_divides_by_a_power_of_the_rows_seen():
    seen, _ = rates(solver="sgd", learning_rate="invscaling", power_t=0.25)
    rows = 100 * np.arange(1, 12) + 1
    assert seen[0] == SMALL["learning_rate_init"]
    # The rate that an epoch reports is the one of the next: it changes at an epoch's end.
    np.testing.assert_allclose(seen[1:], SMALL["learning_rate_init"] / rows**0.25, rtol=1e-12)


def test_an_adaptive_rate_is_divided_by_five_until_it_is_tiny():
    seen, model = rates(
        solver="sgd", learning_rate="adaptive", tol=10.0, n_iter_no_change=2, max_iter=200
    )
    assert model.converged_
    distinct = np.unique(seen)[::-1]
    np.testing.assert_allclose(distinct[:-1] / distinct[1:], 5)
    assert 2e-7 < distinct[-1] <= 1e-6


# Records


@quiet
@pytest.mark.parametrize("sizes", [(), (8,), (8, 5, 7)])
def test_gradients_are_recorded_for_each_epoch_and_layer(sizes):
    X, y, _ = table()
    model = classifier(hidden_layer_sizes=sizes, record_gradients=True).fit(X, y)
    assert model.gradient_norms_.shape == (model.n_iter_, len(sizes) + 1)
    assert (model.gradient_norms_ > 0).all()
    assert same_weights(model, classifier(hidden_layer_sizes=sizes).fit(X, y))


@quiet
@pytest.mark.parametrize("alpha", [0.0, 2.0])
def test_recorded_gradients_are_root_mean_squares_over_weights(alpha):
    """With one batch and plain descent, a step is minus the rate times the gradient."""
    X, y, _ = table("numbers")
    parameters = {
        "solver": "sgd",
        "momentum": 0.0,
        "nesterovs_momentum": False,
        "batch_size": 100,
        "learning_rate_init": 0.1,
        "alpha": alpha,
        "hidden_layer_sizes": (8, 5),
        "activation": "tanh",
        "record_gradients": True,
    }
    models = [regressor(**parameters, max_iter=n).fit(X, y) for n in (3, 4)]
    for layer in range(3):
        step = models[1].coefs_[layer] - models[0].coefs_[layer]
        assert models[1].gradient_norms_[3, layer] == pytest.approx(
            np.sqrt(np.mean(step**2)) / 0.1, rel=1e-9
        )


@quiet
def test_recorded_gradients_are_averaged_over_steps():
    X, y, _ = table("number")
    parameters = {"solver": "sgd", "momentum": 0.0, "nesterovs_momentum": False, "shuffle": False}
    parameters |= {"alpha": 0.0, "hidden_layer_sizes": (), "record_gradients": True}
    two = regressor(**parameters, batch_size=50, max_iter=1).fit(X, y)
    first = regressor(**parameters, batch_size=50, max_iter=1).fit(X[:50], y[:50])
    second = first.partial_fit(X[50:], y[50:])
    one = regressor(**parameters, batch_size=50, max_iter=1).fit(X[:50], y[:50]).gradient_norms_
    expected = np.sqrt((one[0] ** 2 + second.gradient_norms_[0] ** 2) / 2)
    np.testing.assert_allclose(two.gradient_norms_[0], expected, rtol=1e-10)


@quiet
def test_seconds_are_recorded():
    X, y, _ = table()
    assert 0 < classifier().fit(X, y).fit_time_ < 10
    assert 0 < classifier(solver="lbfgs", max_iter=300, tol=0.1).fit(X, y).fit_time_ < 10


# Trainings that diverge


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


# Weights of rows


@quiet
@pytest.mark.parametrize("solver", ["adam", "lbfgs"])
def test_rows_of_weight_zero_do_not_count(solver):
    X, y, _ = table("number")
    weight = (np.arange(100) < 60).astype(float)
    parameters = {"batch_size": 100, "shuffle": False, "solver": solver, "tol": 1e-6}
    with_zeros = regressor(**parameters, activation="tanh")
    without = regressor(**{**parameters, "batch_size": 60}, activation="tanh")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        with_zeros.fit(X, y, weight)
        without.fit(X[:60], y[:60])
    np.testing.assert_allclose(with_zeros.predict(X), without.predict(X), rtol=1e-5)


@quiet
def test_a_batch_without_weight_is_passed_over():
    X, y, _ = table("number")
    weight = np.ones(100)
    weight[32:64] = 0
    parameters = {"batch_size": 16, "shuffle": False}
    model = regressor(**parameters).fit(X, y, weight)
    assert np.isfinite(model.loss_curve_).all()
    rows = np.r_[0:32, 64:100]
    assert same_weights(model, regressor(**parameters).fit(X[rows], y[rows]))


def test_weights_that_are_all_zero_are_refused():
    X, y, _ = table("number")
    with pytest.raises(ValueError, match="non-zero"):
        regressor().fit(X, y, np.zeros(100))


@quiet
def test_integer_weights_are_rows_repeated():
    X, y, _ = table("number")
    counts = np.random.RandomState(0).randint(1, 4, 100)
    parameters = {"shuffle": False, "alpha": 0.0, "max_iter": 5}
    weighted = regressor(**parameters, batch_size=100).fit(X, y, counts)
    repeated = regressor(**parameters, batch_size=int(counts.sum()))
    repeated.fit(np.repeat(X, counts, axis=0), np.repeat(y, counts))
    np.testing.assert_allclose(weighted.loss_curve_, repeated.loss_curve_, rtol=1e-9)


@quiet
def test_weights_are_relative():
    X, y, _ = table("number")
    parameters = {"alpha": 0.0, "max_iter": 5}
    first = regressor(**parameters).fit(X, y, weights(100))
    second = regressor(**parameters).fit(X, y, 7 * weights(100))
    np.testing.assert_allclose(first.loss_curve_, second.loss_curve_, rtol=1e-9)
