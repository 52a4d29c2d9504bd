"""What monitor=True records of a training."""

import numpy as np
import pytest

import ogive

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
RNG = np.random.default_rng(0)
X = RNG.normal(size=(300, 6))
Y = (X[:, 0] * X[:, 1] > 0).astype(int)


def network(sizes=(12, 8), **given):
    given = {"max_iter": 6, "random_state": 0, "batch_size": 64, "alpha": 0.0} | given
    return ogive.MLPClassifier(sizes, **given)


@pytest.mark.parametrize("solver", ["adam", "sgd", "adamw"])
@pytest.mark.parametrize("dropout", [0.0, 0.3])
def test_the_weights_are_the_same_with_and_without(solver, dropout):
    given = {"solver": solver, "dropout": dropout}
    seen, alone = network(monitor=True, **given).fit(X, Y), network(**given).fit(X, Y)
    for one, other in zip(seen.coefs_, alone.coefs_, strict=True):
        np.testing.assert_array_equal(one, other)
    assert alone.course_ is None and seen.course_.epoch.tolist() == [1, 2, 3, 4, 5, 6]
    np.testing.assert_array_equal(seen.course_.loss, seen.loss_curve_)


def test_one_full_batch_is_measured_exactly():
    """Of one step on all rows, everything is known beforehand from the initial weights."""
    given = {"batch_size": 60, "max_iter": 1, "solver": "sgd", "momentum": 0.0, "shuffle": False}
    rows, labels = X[:60], Y[:60]
    start = network(activation=["tanh", "relu"], **given)
    start.set_params(learning_rate_init=1e-300).fit(rows, labels)
    after = network(activation=["tanh", "relu"], learning_rate_init=0.1, monitor=True, **given)
    after.fit(rows, labels)
    w, b = start.coefs_, start.intercepts_
    z1 = rows @ w[0] + b[0]
    a1 = np.tanh(z1)
    z2 = a1 @ w[1] + b[1]
    a2 = np.maximum(z2, 0)
    d3 = 1 / (1 + np.exp(-(a2 @ w[2] + b[2]))) - labels[:, None]
    d2 = (d3 @ w[2].T) * (z2 > 0)
    d1 = (d2 @ w[1].T) * (1 - a1**2)
    course = after.course_
    assert course.n_rows.tolist() == [60]
    np.testing.assert_allclose(course.mean[0], [a1.mean(), a2.mean()], rtol=1e-10)
    np.testing.assert_allclose(course.std[0], [a1.std(), a2.std()], rtol=1e-9)
    flat = [np.mean(1 - a1**2 <= 0.05), np.mean(z2 <= 0)]
    np.testing.assert_allclose(course.saturated_share[0], flat, rtol=1e-10)
    silent = ~(z2 > 0).any(axis=0)
    np.testing.assert_allclose(course.silent_share[0], [0, silent.mean()])
    np.testing.assert_array_equal(course.last_active[1] == 0, silent)
    norms = [np.sqrt(np.mean(np.sum(d**2, axis=1))) for d in (d1, d2, d3)]
    np.testing.assert_allclose(course.error_norm[0], norms, rtol=1e-10)
    gradients = [rows.T @ d1 / 60, a1.T @ d2 / 60, a2.T @ d3 / 60]
    rms = [np.sqrt(np.mean(g**2)) for g in gradients]
    np.testing.assert_allclose(course.gradient_rms[0], rms, rtol=1e-9)
    np.testing.assert_allclose(
        course.weight_rms[0], [np.sqrt(np.mean(v**2)) for v in w], rtol=1e-10
    )
    ratio = [0.1 * np.linalg.norm(g) / np.linalg.norm(v) for g, v in zip(gradients, w, strict=True)]
    np.testing.assert_allclose(course.update_ratio[0], ratio, rtol=1e-8)
    nearest = np.abs(course.samples[0, 0][:, None] - a1.ravel()).min(axis=1)
    assert nearest.max() < 1e-12


def test_killed_units_are_seen_when_they_die():
    model = ogive.MLPRegressor(
        hidden_layer_sizes=(30,), solver="sgd", batch_size=64, random_state=0, monitor=True
    ).set_params(learning_rate_init=0.1, max_iter=12)
    course = model.fit(X, X[:, 0] * X[:, 1] + 5).course_
    assert course.silent_share[-1, 0] > 0.3 > 0.05 > course.silent_share[0, 0]
    dead = np.flatnonzero(~(X @ model.coefs_[0] + model.intercepts_[0] > 0).any(axis=0))
    assert len(dead) and set(dead) <= set(course.silent_units(0, patience=1))
    assert set(course.silent_units(0)) <= set(course.silent_units(0, patience=1))


def test_dropped_units_do_not_count_as_saturated():
    kept = network((400,), dropout=0.5, max_iter=1, monitor=True, activation="identity").fit(X, Y)
    assert kept.course_.saturated_share[0, 0] == pytest.approx(0, abs=0.02)


def test_functions_of_a_whole_row_have_outputs_but_no_slopes():
    course = network((8, 6), activation=["glu", "softmax"], monitor=True).fit(X, Y).course_
    assert np.isnan(course.silent_share).all() and np.isnan(course.saturated_share).all()
    np.testing.assert_allclose(course.mean[:, 1], 1 / 6, rtol=1e-6)
    assert np.isfinite(course.error_norm).all()


def test_a_warm_start_goes_on():
    model = network(warm_start=True, monitor=True, max_iter=3).fit(X, Y).fit(X, Y)
    assert model.course_.epoch.tolist() == [1, 2, 3, 4, 5, 6]
    assert max(model.course_.last_active[0]) == 6
    assert model.set_params(warm_start=False).fit(X, Y).course_.epoch.tolist() == [1, 2, 3]


def test_partial_fit_records_each_call():
    model = network(monitor=True)
    for _ in range(4):
        model.partial_fit(X, Y, classes=[0, 1])
    assert model.course_.epoch.tolist() == [1, 2, 3, 4]
    assert model.course_.samples.shape == (4, 2, 64)


def test_a_failed_training_tells_epoch_step_and_layer():
    with pytest.warns(UserWarning, match="infinite or undefined"):
        model = network((12,), solver="sgd", learning_rate_init=1e300, monitor=True).fit(X, Y)
    epoch, step, layer = model.course_.nonfinite
    assert (epoch, layer) == tuple(model.nonfinite_)
    assert 1 <= step <= 5


def test_after_the_tenth_epoch_small_networks_are_measured_now_and_then():
    course = network((4,), max_iter=100, monitor=True, n_iter_no_change=1000).fit(X, Y).course_
    assert course.epoch[:10].tolist() == list(range(1, 11))
    assert 10 < len(course.epoch) < 60 and course.epoch[-1] > 90
    assert len(course.loss) == len(course.epoch) == len(course.samples)


def test_without_hidden_layers_the_output_is_recorded():
    course = network((), monitor=True).fit(X, Y).course_
    assert course.layers == ("output",) and course.error_norm.shape == (6, 1)
    assert course.samples.shape == (6, 0, 64)


def test_the_course_survives_pickling_and_a_clone_has_none():
    import pickle

    from sklearn.base import clone

    model = network(monitor=True).fit(X, Y)
    again = pickle.loads(pickle.dumps(model))
    np.testing.assert_array_equal(again.course_.error_norm, model.course_.error_norm)
    assert not hasattr(clone(model), "course_")


def test_a_fleet_records_the_same():
    from ogive.network.fleet import FleetJob, fit_fleet

    one, two = fit_fleet([FleetJob(network(monitor=True), X, Y)] * 2, n_jobs=2)
    alone = network(monitor=True).fit(X, Y)
    for model in (one, two):
        np.testing.assert_array_equal(model.course_.error_norm, alone.course_.error_norm)
