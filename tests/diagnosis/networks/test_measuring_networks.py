"""Our networks measured, against NumPy on all rows at once."""

import pickle

import numpy as np
import pytest
from scipy import sparse, special
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import ogive
from ogive.diagnosis.networks.probe import measure_network

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
RNG = np.random.default_rng(0)
X = RNG.normal(size=(700, 5))
Y = np.digitize(X[:, 0] + X[:, 1] ** 2, [0.3, 1.2])


def classifier(sizes=(9, 7), **given):
    given = {"max_iter": 5, "random_state": 0, "activation": ["tanh", "relu"]} | given
    return ogive.MLPClassifier(sizes, **given).fit(X, Y)


@pytest.fixture(scope="module")
def measured():
    model = classifier()
    return model, measure_network(model, X, Y)


def by_hand(model, X, Y):
    (w1, w2, w3), (b1, b2, b3) = model.coefs_, model.intercepts_
    z1 = X @ w1 + b1
    a1 = np.tanh(z1)
    z2 = a1 @ w2 + b2
    a2 = np.maximum(z2, 0)
    z3 = a2 @ w3 + b3
    d3 = special.softmax(z3, axis=1) - np.eye(3)[Y]
    d2 = (d3 @ w3.T) * (z2 > 0)
    d1 = (d2 @ w2.T) * (1 - a1**2)
    return (z1, z2, z3), (a1, a2), (d1, d2, d3)


def test_units(measured):
    model, found = measured
    zs, outputs, _ = by_hand(model, X, Y)
    slopes = (1 - outputs[0] ** 2, (zs[1] > 0).astype(float))
    for layer, z, a, slope in zip(found.hidden, zs, outputs, slopes, strict=False):
        units = layer.units
        np.testing.assert_allclose(units.z_min, z.min(axis=0), rtol=1e-10)
        np.testing.assert_allclose(units.z_mean, z.mean(axis=0), rtol=1e-9)
        np.testing.assert_allclose(units.z_var, z.var(axis=0), rtol=1e-9)
        np.testing.assert_allclose(units.a_var, a.var(axis=0), rtol=1e-9)
        np.testing.assert_allclose(units.active_share, (slope > 0.05).mean(axis=0), rtol=1e-10)
        np.testing.assert_allclose(units.slope_max, slope.max(axis=0), rtol=1e-10)
        np.testing.assert_allclose(units.slope_square_mean, (slope**2).mean(axis=0), rtol=1e-9)
        assert layer.saturated_share == pytest.approx((slope <= 0.05).mean())


def test_gradients_errors_and_gains(measured):
    model, found = measured
    _, outputs, errors = by_hand(model, X, Y)
    norms = [np.sqrt(np.mean(np.sum(d**2, axis=1))) for d in errors]
    np.testing.assert_allclose([one.error_norm for one in found.layers], norms, rtol=1e-10)
    below = (X, *outputs)
    for layer, a, d in zip(found.layers, below, errors, strict=True):
        gradient = a.T @ d / len(X)
        assert layer.gradient_norm == pytest.approx(np.linalg.norm(gradient), rel=1e-9)
        assert layer.gradient_rms == pytest.approx(np.sqrt(np.mean(gradient**2)), rel=1e-9)
    gains = [one.gain_measured for one in found.layers]
    np.testing.assert_allclose(gains[:2], [norms[0] / norms[1], norms[1] / norms[2]], rtol=1e-10)
    assert np.isnan(gains[2])


def test_loss_score_and_baseline(measured):
    model, found = measured
    proba = model.predict_proba(X)
    assert found.loss == pytest.approx(-np.log(proba[np.arange(len(Y)), Y]).mean(), rel=1e-10)
    assert found.score == model.score(X, Y)
    share = np.bincount(Y) / len(Y)
    assert found.curves.baseline_loss == pytest.approx(-(share * np.log(share)).sum())
    assert found.curves.training_loss.tolist() == model.loss_curve_


def test_classes_and_recalls(measured):
    model, found = measured
    predicted = model.predict(X)
    assert found.classes.labels == (0, 1, 2)
    assert found.classes.counts.tolist() == np.bincount(Y).tolist()
    recall = [np.mean(predicted[k == Y] == k) for k in range(3)]
    np.testing.assert_allclose(found.classes.recall, recall)
    assert found.task == "multiclass"


def test_bounds_hold_for_every_row_within_the_ranges(measured):
    model, found = measured
    inside = RNG.uniform(X.min(axis=0), X.max(axis=0), (3000, 5))
    z = inside @ model.coefs_[0] + model.intercepts_[0]
    first = found.layers[0].units
    assert (z <= first.z_high + 1e-9).all() and (z >= first.z_low - 1e-9).all()
    second = found.layers[1].units
    assert (second.z_high >= second.z_max).all() and (second.z_low <= second.z_min).all()


def test_samples_are_rows_of_the_layers(measured):
    model, found = measured
    (z1, *_), (a1, _), _ = by_hand(model, X, Y)
    sample = found.layers[0].sample_z
    assert sample.shape == (512, 9)
    distance = np.abs(sample[:, None, :] - z1[None]).max(axis=2)
    at = distance.argmin(axis=1)
    assert distance.min(axis=1).max() < 1e-9 and len(set(at)) == 512
    np.testing.assert_allclose(found.layers[0].sample_a, a1[at], rtol=1e-9)


def test_the_predicted_gain_is_near_the_measured_one_in_a_wide_network():
    wide = ogive.MLPClassifier((400, 400, 400), activation="tanh", init="auto", max_iter=1)
    wide.set_params(random_state=0, learning_rate_init=1e-9).fit(X, Y)
    for layer in measure_network(wide, X, Y).hidden:
        assert layer.gain_predicted == pytest.approx(layer.gain_measured, rel=0.15)


def test_nothing_of_the_model_is_changed():
    model = classifier(monitor=True)
    before = pickle.dumps(model)
    np.random.seed(3)
    state = np.random.get_state()[1].copy()
    given = X.copy()
    ogive.diagnose(model, given, Y)
    np.testing.assert_array_equal(given, X)
    assert (np.random.get_state()[1] == state).all()
    again = pickle.loads(before)
    for name in ("coefs_", "intercepts_"):
        for one, other in zip(getattr(model, name), getattr(again, name), strict=True):
            np.testing.assert_array_equal(one, other)
    one, other = model.partial_fit(X, Y), again.partial_fit(X, Y)
    np.testing.assert_array_equal(one.coefs_[0], other.coefs_[0])


def test_a_regression_a_binary_and_a_multilabel_network():
    target = X[:, 0] * 2 + 1
    regression = ogive.MLPRegressor(hidden_layer_sizes=(8,), max_iter=3, random_state=0)
    found = measure_network(regression.fit(X, target), X, target)
    assert found.task == "regression" and found.outputs.activation == "identity"
    assert found.curves.baseline_loss == pytest.approx(target.var() / 2)
    assert found.outputs.target_least == target.min() and found.outputs.target_values == 700
    two = ogive.MLPClassifier((8,), max_iter=3, random_state=0).fit(X, Y > 0)
    found = measure_network(two, X, Y > 0)
    assert found.task == "binary" and found.outputs.activation == "logistic"
    labels = np.c_[X[:, 0] > 0, X[:, 1] > 1].astype(int)
    several = ogive.MLPClassifier((8,), max_iter=3, random_state=0).fit(X, labels)
    found = measure_network(several, X, labels)
    assert found.task == "multilabel" and found.classes.counts.tolist() == labels.sum(0).tolist()


def test_poisson_has_the_deviance_of_the_mean_as_its_baseline():
    counts = RNG.poisson(np.exp(0.3 * X[:, 0]))
    model = ogive.MLPRegressor(loss="poisson", hidden_layer_sizes=(8,), max_iter=3, random_state=0)
    found = measure_network(model.fit(X, counts), X, counts)
    mean = counts.mean()
    deviance = special.xlogy(counts, counts / mean) - counts + mean
    assert found.curves.baseline_loss == pytest.approx(deviance.mean())
    assert found.outputs.activation == "exp" and found.outputs.mean[0] > 0


def test_linear_outputs_have_an_r2_of_one():
    linear = ogive.MLPClassifier((8,), activation="identity", max_iter=3, random_state=0).fit(X, Y)
    assert measure_network(linear, X, Y).outputs.linear_r2 == pytest.approx(1, abs=1e-9)
    noise = ogive.MLPClassifier((300,), activation="sine", max_iter=1, random_state=0)
    noise.fit(X * 50, Y)
    assert measure_network(noise, X * 50, Y).outputs.linear_r2 < 0.2
    assert np.isnan(measure_network(linear, X[:11], Y[:11]).outputs.linear_r2)


@pytest.mark.parametrize("name", ["glu", "softmax", "prelu", "rrelu", "z*sigmoid(z)"])
def test_every_kind_of_activation_is_measured(name):
    model = classifier((8, 6), activation=name)
    found = measure_network(model, X, Y)
    assert all(np.isfinite(layer.error_norm) for layer in found.layers)
    assert all(layer.units.a_mean.shape == (layer.n_units,) for layer in found.hidden)


def test_without_targets_gradients_are_unknown(measured):
    model, _ = measured
    found = measure_network(model, X)
    assert all(np.isnan(layer.error_norm) for layer in found.layers)
    assert np.isnan(found.loss) and found.classes is None and found.remarks
    other = measured[1].hidden[0].units
    np.testing.assert_array_equal(found.hidden[0].units.z_max, other.z_max)


def test_a_pipeline_is_looked_through():
    far = X * 100 + 5
    model = make_pipeline(StandardScaler(), ogive.MLPClassifier((6,), max_iter=3, random_state=0))
    found = measure_network(model.fit(far, Y), far, Y)
    assert found.inputs.scaled_by == "StandardScaler"
    np.testing.assert_allclose(found.inputs.std, 1, rtol=1e-9)
    search = GridSearchCV(model, {"mlpclassifier__alpha": [0.1]}, cv=2).fit(far, Y)
    assert measure_network(search, far, Y).inputs.scaled_by == "StandardScaler"


def test_sparse_rows_give_the_same(measured):
    model, dense = measured
    found = measure_network(model, sparse.csr_array(X), Y)
    for one, other in zip(found.layers, dense.layers, strict=True):
        assert one.error_norm == pytest.approx(other.error_norm, rel=1e-10)
    np.testing.assert_allclose(found.inputs.mean, dense.inputs.mean, rtol=1e-10)
    assert found.outputs.linear_r2 == pytest.approx(dense.outputs.linear_r2)


def test_float32_is_measured_as_it_is():
    model = ogive.MLPClassifier((9,), max_iter=3, random_state=0).fit(X.astype(np.float32), Y)
    found = measure_network(model, X.astype(np.float32), Y)
    assert found.layers[0].error_norm > 0 and np.isfinite(found.layers[0].update_ratio)


@pytest.mark.parametrize("solver", ["sgd", "adam", "adamw"])
def test_the_last_update_is_read_from_the_moments(solver):
    given = {"solver": solver, "alpha": 0.0, "max_iter": 1, "batch_size": 700, "weight_decay": 0.0}
    given |= {"nesterovs_momentum": False, "learning_rate_init": 0.01}
    start = classifier(**given | {"learning_rate_init": 1e-300})
    after = classifier(**given)
    found = measure_network(after, X, Y)
    for layer, w, v in zip(found.layers, start.coefs_, after.coefs_, strict=True):
        wanted = np.linalg.norm(v - w) / np.linalg.norm(v)
        assert layer.update_ratio == pytest.approx(wanted, rel=1e-6)


def test_the_curvature_of_a_step_is_that_of_the_hessian():
    target = X @ [1.0, 2, 3, 4, 5]
    given = {"solver": "sgd", "max_iter": 1, "alpha": 0.0, "learning_rate_init": 1e-3}
    model = ogive.MLPRegressor(hidden_layer_sizes=(), random_state=0, **given).fit(X, target)
    with_one = np.c_[X, np.ones(len(X))]
    hessian = with_one.T @ with_one / len(X)
    rest = with_one @ np.r_[model.coefs_[0].ravel(), model.intercepts_[0]] - target
    g = with_one.T @ rest / len(X)
    wanted = 1e-3 * (g @ hessian @ g) / (g @ g)
    found = measure_network(model, X, target).settings.step_curvature
    assert found == pytest.approx(wanted, rel=1e-5)


def test_rows_that_are_not_finite_are_told_and_left_out(measured):
    model, clean = measured
    bad = np.vstack([X, [[np.nan] * 5, [np.inf] * 5]])
    found = measure_network(model, bad, np.append(Y, [0, 1]))
    assert (found.nonfinite.where, found.nonfinite.count) == ("input", 2)
    assert found.n_rows == 700 and found.loss == pytest.approx(clean.loss)
    target = X[:, 0].copy()
    target[7] = np.nan
    regression = ogive.MLPRegressor(hidden_layer_sizes=(4,), max_iter=2, random_state=0)
    found = measure_network(regression.fit(X, X[:, 0]), X, target)
    assert (found.nonfinite.where, found.n_rows) == ("target", 699)


def test_a_failed_training_is_told():
    given = {"solver": "sgd", "learning_rate_init": 1e300, "monitor": True}
    with pytest.warns(UserWarning, match="infinite or undefined"):
        model = classifier(**given)
    found = measure_network(model, X, Y)
    assert found.nonfinite.where == "loss" and found.nonfinite.epoch == model.nonfinite_.epoch
    assert found.nonfinite.batch == model.course_.nonfinite[1]


def test_validation_data_stand_for_a_curve_that_was_not_recorded(measured):
    model, _ = measured
    found = measure_network(model, X[:500], Y[:500], validation_data=(X[500:], Y[500:]))
    assert found.curves.validation_score.tolist() == [model.score(X[500:], Y[500:])]
    with pytest.raises(ogive.text.InputError, match="pair"):
        measure_network(model, X, Y, validation_data=X)


def test_what_is_no_network_is_refused():
    with pytest.raises(ogive.text.InputError, match="cannot measure LinearRegression"):
        ogive.diagnose(LinearRegression().fit(X, Y), X, Y)
    with pytest.raises(ogive.text.InputError, match=r"findings\(\)"):
        ogive.diagnose(ogive.LogisticRegression().fit(X, Y), X, Y)
    with pytest.raises(ogive.text.InputError, match="class MLPClassifier"):
        ogive.diagnose(ogive.MLPClassifier, X, Y)
    with pytest.raises(NotFittedError):
        ogive.diagnose(ogive.MLPClassifier(), X, Y)
    with pytest.raises(ogive.text.InputError, match="loss="):
        ogive.diagnose(classifier(), X, Y, loss="mse")


def test_rows_that_do_not_fit_are_refused(measured):
    model, _ = measured
    with pytest.raises(ValueError, match="4 features"):
        ogive.diagnose(model, X[:, :4], Y)
    with pytest.raises(ValueError, match="inconsistent numbers of samples"):
        ogive.diagnose(model, X, Y[:10])
    with pytest.raises(ogive.text.InputError, match="every row"):
        ogive.diagnose(model, np.full((4, 5), np.nan), Y[:4])
    with pytest.raises(ValueError, match="minimum of 1"):
        ogive.diagnose(model, X[:0], Y[:0])


def test_text_labels_and_frames():
    import polars as pl

    frame = pl.DataFrame(X, schema=list("abcde"))
    names = np.array(["low", "middle", "high"])[Y]
    model = ogive.MLPClassifier((6,), max_iter=3, random_state=0).fit(frame, names)
    found = measure_network(model, frame, names)
    assert found.inputs.names == tuple("abcde") and set(found.classes.labels) == set(names)
