"""Fleets give the networks that single fits give, over shared data."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from network_tables import features, same_weights, target
from scipy import sparse

import ogive
from ogive.network import FleetJob, fit_fleet
from ogive.text import InputError

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")

SMALL = {"batch_size": 16, "max_iter": 6, "learning_rate_init": 0.01}


def different_jobs(X, y, Estimator=ogive.MLPClassifier):
    random = np.random.RandomState(0)
    settings = [
        {"hidden_layer_sizes": (5,), "activation": "tanh"},
        {"hidden_layer_sizes": (12, 7), "activation": ["gelu", "relu"]},
        {"hidden_layer_sizes": (), "solver": "sgd"},
        {"hidden_layer_sizes": (33,), "solver": "adamw", "learning_rate": "cosine"},
        {"hidden_layer_sizes": (9,), "dropout": 0.4, "init": "auto"},
        {"hidden_layer_sizes": (6,), "early_stopping": True, "max_iter": 20},
        {"hidden_layer_sizes": (8,), "record_gradients": True, "alpha": 1.0},
    ]
    return [
        FleetJob(
            Estimator(**{**SMALL, "random_state": i, **setting}),
            X,
            y,
            random.permutation(len(y))[: 60 + i],
        )
        for i, setting in enumerate(settings)
    ]


def assert_same(fitted, single):
    assert same_weights(fitted, single)
    assert fitted.loss_curve_ == single.loss_curve_
    assert fitted.validation_scores_ == single.validation_scores_
    assert fitted.n_iter_ == single.n_iter_
    assert fitted.t_ == single.t_
    assert fitted.best_iter_ == single.best_iter_
    assert fitted.converged_ == single.converged_
    assert fitted.out_activation_ == single.out_activation_


@pytest.mark.parametrize("n_jobs", [1, 2, 3, None])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_fleet_equals_single_fits_on_the_same_rows(n_jobs, dtype):
    X = features(120).astype(dtype)
    y = target("multiclass", X)
    jobs = different_jobs(X, y)
    fitted = fit_fleet(jobs, n_jobs=n_jobs)
    assert len(fitted) == len(jobs)
    for job, one in zip(jobs, fitted, strict=True):
        assert_same(one, job.estimator.fit(X[job.rows], y[job.rows]))
        assert one.fit_time_ > 0


@pytest.mark.parametrize("kind", ["number", "numbers", "counts", "strings", "multilabel"])
def test_every_kind_of_target_can_be_learnt(kind):
    X = features(120)
    y = target(kind, X)
    Estimator = ogive.MLPClassifier if kind in ("strings", "multilabel") else ogive.MLPRegressor
    jobs = different_jobs(X, y, Estimator)
    if kind == "counts":
        jobs = [job._replace(estimator=job.estimator.set_params(loss="poisson")) for job in jobs]
    for job, one in zip(jobs, fit_fleet(jobs), strict=True):
        assert_same(one, job.estimator.fit(X[job.rows], y[job.rows]))
        np.testing.assert_array_equal(one.predict(X), job.estimator.predict(X))


def test_sparse_tables_are_shared_too():
    X = features(120)
    X[np.abs(X) < 0.7] = 0
    X, y = sparse.csr_matrix(X), target("binary", X)
    jobs = different_jobs(X, y)
    for job, one in zip(jobs, fit_fleet(jobs), strict=True):
        assert_same(one, job.estimator.fit(X[job.rows], y[job.rows]))


@pytest.mark.parametrize("early_stopping", [False, True, "loss"])
def test_validation_rows_are_a_user_s_validation_data(early_stopping):
    X = features(120)
    y = target("number", X)
    estimator = ogive.MLPRegressor(
        hidden_layer_sizes=(8,), **SMALL, random_state=1, early_stopping=early_stopping
    )
    train, held = np.arange(80), np.arange(90, 120)
    (one,) = fit_fleet([FleetJob(estimator, X, y, train, held)])
    estimator.fit(X[train], y[train], validation_data=(X[held], y[held]))
    assert_same(one, estimator)
    assert one.validation_loss_curve_ == estimator.validation_loss_curve_
    assert len(one.validation_loss_curve_) == one.n_iter_


@pytest.mark.parametrize("class_weight", ["balanced", {0: 3.0, 1: 0.5}])
def test_class_weights_are_those_of_the_job_s_rows(class_weight):
    X = features(120)
    y = (X[:, 0] > 0.9).astype(int)
    estimator = ogive.MLPClassifier((6,), **SMALL, random_state=0, class_weight=class_weight)
    parts = [np.arange(50), np.arange(20, 120), None]
    held = np.arange(100, 120)
    for rows, one in zip(
        parts, fit_fleet([FleetJob(estimator, X, y, r, held) for r in parts]), strict=True
    ):
        rows = slice(None) if rows is None else rows
        single = estimator.fit(X[rows], y[rows], validation_data=(X[held], y[held]))
        assert_same(one, single)


def test_a_mask_chooses_rows():
    X = features(90)
    y = target("number", X)
    mask = X[:, 0] > 0
    estimator = ogive.MLPRegressor(hidden_layer_sizes=(4,), **SMALL, random_state=0)
    by_mask, by_number = fit_fleet(
        [FleetJob(estimator, X, y, mask), FleetJob(estimator, X, y, np.flatnonzero(mask))]
    )
    assert same_weights(by_mask, by_number)


@pytest.mark.parametrize("name", ["rows", "validation_rows"])
@pytest.mark.parametrize(
    "wrong", [[0, 90], [-1, 3], [], [0.5, 1.0], [[0, 1]], [True, False]], ids=repr
)
def test_rows_that_are_not_row_numbers_are_refused(name, wrong):
    X = features(90)
    job = FleetJob(ogive.MLPRegressor(), X, target("number", X), **{name: np.array(wrong)})
    with pytest.raises(InputError, match=name) as refusal:
        fit_fleet([job])
    assert name in refusal.value.text.zh


def test_estimators_given_are_not_touched():
    X = features(90)
    estimator = ogive.MLPClassifier((4,), **SMALL)
    before = dict(vars(estimator))
    (fitted,) = fit_fleet([FleetJob(estimator, X, target("binary", X))])
    assert vars(estimator) == before
    assert fitted is not estimator


def test_x_is_not_copied():
    X = features(20_000, 400)
    y = target("number", X)
    estimator = ogive.MLPRegressor(hidden_layer_sizes=(1,), batch_size=64, max_iter=1)
    rows = np.arange(64)
    import tracemalloc

    tracemalloc.start()
    fit_fleet([FleetJob(estimator, X, y, rows) for _ in range(20)])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < X.nbytes / 4


def test_progress_is_called_from_the_calling_thread_up_to_the_end():
    X = features(400, 30)
    y = target("number", X)
    estimator = ogive.MLPRegressor(
        hidden_layer_sizes=(30,), batch_size=8, max_iter=400, tol=0.0, n_iter_no_change=10**6
    )
    calls = []
    fit_fleet(
        [FleetJob(estimator, X, y) for _ in range(16)],
        n_jobs=2,
        progress=lambda done, total: calls.append((done, total, threading.current_thread())),
    )
    assert calls[-1][:2] == (16, 16)
    assert {total for _, total, _ in calls} == {16}
    assert [done for done, *_ in calls] == sorted(done for done, *_ in calls)
    assert {thread for *_, thread in calls} == {threading.main_thread()}
    assert len(calls) > 2


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_every_network_is_handed_over_once_when_it_has_ended(n_jobs):
    X = features(90)
    y = target("binary", X)
    estimators = [ogive.MLPClassifier(8, max_iter=1 + 3 * (i % 5)) for i in range(40)]
    handed = []
    fitted = fit_fleet([FleetJob(one, X, y) for one in estimators], n_jobs, finished=handed.extend)
    assert sorted(number for number, _ in handed) == list(range(40))
    for number, model in handed:
        assert model is fitted[number]
        assert model.n_iter_ == estimators[number].max_iter


def test_a_network_is_handed_over_while_others_still_train():
    X = features(400, 30)
    y = target("number", X)
    short, long = (
        ogive.MLPRegressor(
            hidden_layer_sizes=50, batch_size=8, max_iter=n, tol=0.0, n_iter_no_change=10**9
        )
        for n in (1, 400)
    )
    calls = []
    fit_fleet(
        [FleetJob(short, X, y), FleetJob(long, X, y)],
        n_jobs=1,
        finished=lambda ended: calls.append([number for number, _ in ended]),
    )
    assert calls == [[0], [1]]


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_an_error_in_progress_ends_the_fleet(n_jobs):
    X = features(400, 30)
    estimator = ogive.MLPRegressor(
        hidden_layer_sizes=(50,), batch_size=4, max_iter=10**6, tol=0.0, n_iter_no_change=10**9
    )

    def fail(done, total):
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        fit_fleet([FleetJob(estimator, X, target("number", X))] * 4, n_jobs, fail)


def test_networks_that_diverge_say_so_and_harm_no_others():
    X = features(90)
    y = target("number", X)
    good = ogive.MLPRegressor(hidden_layer_sizes=(4,), **SMALL, random_state=0)
    bad = ogive.MLPRegressor(hidden_layer_sizes=(4,), solver="sgd", learning_rate_init=1e160)
    fitted = fit_fleet([FleetJob(one, X, y) for one in (good, bad, good)], n_jobs=2)
    assert fitted[1].nonfinite_ is not None
    assert all(np.isfinite(w).all() for w in fitted[1].coefs_)
    assert fitted[0].nonfinite_ is None
    assert_same(fitted[0], good.fit(X, y))
    assert_same(fitted[2], good)


def test_training_can_go_on_afterwards():
    X = features(90)
    y = target("binary", X)
    estimator = ogive.MLPClassifier((4,), **SMALL, random_state=0)
    (fitted,) = fit_fleet([FleetJob(estimator, X, y)])
    single = estimator.fit(X, y)
    assert same_weights(fitted.partial_fit(X, y), single.partial_fit(X, y))


def test_an_empty_fleet_is_an_empty_list():
    assert fit_fleet([]) == []


def test_lbfgs_is_refused():
    X = features(20)
    with pytest.raises(InputError, match="lbfgs") as refusal:
        fit_fleet([FleetJob(ogive.MLPRegressor(solver="lbfgs"), X, X[:, 0])])
    assert "lbfgs" in refusal.value.text.zh


def test_two_dtypes_are_refused():
    X = features(20)
    estimator = ogive.MLPRegressor(max_iter=1)
    with pytest.raises(InputError, match="one dtype"):
        fit_fleet([FleetJob(estimator, X, X[:, 0]), FleetJob(estimator, X.astype("f4"), X[:, 0])])


def test_a_loss_that_needs_counts_is_checked_for_each_job():
    X = features(20)
    jobs = [
        FleetJob(ogive.MLPRegressor(loss=loss), X, X[:, 0]) for loss in ("squared_error", "poisson")
    ]
    with pytest.raises(InputError, match="poisson"):
        fit_fleet(jobs)


def test_parameters_are_checked():
    X = features(20)
    with pytest.raises(ValueError, match="alpha"):
        fit_fleet([FleetJob(ogive.MLPRegressor(alpha=-1), X, X[:, 0])])
