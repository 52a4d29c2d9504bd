import numpy as np
import pytest
from reference_fits import NEW, WAY_NAMES, WAYS, WEIGHT, M, X, Y, design, reference
from scipy import sparse

from ogive import LinearRegression
from ogive.text import InputError


@pytest.mark.parametrize("level", (0.95, 0.5))
@pytest.mark.parametrize(("weight", "constant"), WAYS, ids=WAY_NAMES)
def test_intervals_are_those_of_get_prediction(weight, constant, level):
    model = LinearRegression(fit_intercept=constant).fit(X, Y, weight)
    for i in range(M):
        right = reference(Y[:, i], weight, constant).get_prediction(design(NEW, constant))
        frame = right.summary_frame(1 - level)
        for interval, prefix in (("confidence", "mean_ci"), ("prediction", "obs_ci")):
            found = model.predict(NEW, interval=interval, level=level)
            np.testing.assert_allclose(found.prediction[:, i], frame["mean"], rtol=1e-10)
            np.testing.assert_allclose(found.low[:, i], frame[f"{prefix}_lower"], rtol=1e-10)
            np.testing.assert_allclose(found.high[:, i], frame[f"{prefix}_upper"], rtol=1e-10)


@pytest.mark.parametrize("kind", ("HC0", "HC1", "HC2", "HC3"))
@pytest.mark.parametrize(("weight", "constant"), WAYS, ids=WAY_NAMES)
def test_robust_intervals_are_those_of_get_prediction(weight, constant, kind):
    model = LinearRegression(fit_intercept=constant).fit(X, Y, weight)
    for i in range(M):
        right = reference(Y[:, i], weight, constant, kind).get_prediction(design(NEW, constant))
        frame = right.summary_frame(0.05)
        for interval, prefix in (("confidence", "mean_ci"), ("prediction", "obs_ci")):
            found = model.predict(NEW, interval=interval, covariance=kind)
            np.testing.assert_allclose(found.low[:, i], frame[f"{prefix}_lower"], rtol=1e-9)
            np.testing.assert_allclose(found.high[:, i], frame[f"{prefix}_upper"], rtol=1e-9)


def test_robust_intervals_need_rows_and_say_so():
    model = LinearRegression(keep_rows=False).fit(X, Y)
    with pytest.raises(InputError, match="keep_rows=True, or use covariance='nonrobust'") as caught:
        model.predict(NEW, interval="confidence", covariance="HC3")
    assert "keep_rows=True" in caught.value.text.zh
    with pytest.raises(InputError, match="Got 'HC9' instead"):
        model.predict(NEW, interval="confidence", covariance="HC9")


def test_only_predictions_that_depend_on_a_row_of_leverage_1_have_no_robust_interval():
    alone = np.zeros((len(X), 1))
    alone[17] = 1
    model = LinearRegression().fit(np.hstack([X, alone]), Y[:, 0])
    new = np.column_stack([NEW, [1.0, 0, 0, 0, 0, 0, 0.5]])
    found = model.predict(new, interval="confidence", covariance="HC3")
    np.testing.assert_array_equal(np.isnan(found.low), [True, *5 * [False], True])


def test_one_target_gives_three_vectors_that_unpack():
    model = LinearRegression().fit(X, Y[:, 0])
    prediction, low, high = model.predict(NEW, interval="prediction")
    assert prediction.shape == low.shape == high.shape == (len(NEW),)
    np.testing.assert_array_equal(prediction, model.predict(NEW))
    assert (low < prediction).all()
    assert (prediction < high).all()


def test_without_rows_the_intervals_are_the_same():
    kept = LinearRegression().fit(X, Y)
    bare = LinearRegression(keep_rows=False).fit(X, Y)
    for name in ("low", "high"):
        np.testing.assert_allclose(
            getattr(bare.predict(NEW, interval="confidence"), name),
            getattr(kept.predict(NEW, interval="confidence"), name),
            rtol=1e-12,
        )


def test_sparse_rows_have_the_intervals_of_dense_ones():
    model = LinearRegression().fit(X, Y, WEIGHT)
    found = model.predict(sparse.csc_array(NEW), interval="confidence")
    right = model.predict(NEW, interval="confidence")
    np.testing.assert_allclose(found.low, right.low, rtol=1e-10)
    np.testing.assert_allclose(found.high, right.high, rtol=1e-10)


def test_only_predictions_that_the_data_determine_have_intervals():
    wide = np.column_stack([X, X[:, 0] + X[:, 1]])
    model = LinearRegression().fit(wide, Y[:, 0])
    on = np.column_stack([NEW, NEW[:, 0] + NEW[:, 1]])
    off = on + [0, 0, 0, 0, 1.0]
    found = model.predict(on, interval="prediction")
    right = LinearRegression().fit(X, Y[:, 0]).predict(NEW, interval="prediction")
    np.testing.assert_allclose(found.low, right.low, rtol=1e-9)
    np.testing.assert_allclose(found.high, right.high, rtol=1e-9)
    beside = model.predict(off, interval="prediction")
    assert np.isnan(beside.low).all()
    assert np.isfinite(beside.prediction).all()


def test_a_fit_without_degrees_of_freedom_has_no_intervals():
    model = LinearRegression().fit(X[:4], Y[:4])
    found = model.predict(NEW, interval="confidence")
    assert np.isnan(found.low).all()
    assert np.isnan(found.high).all()
    assert np.isfinite(found.prediction).all()


def test_a_perfect_fit_has_intervals_of_no_width():
    model = LinearRegression().fit(X, X @ [1.0, 2.0, 3.0, 4.0])
    found = model.predict(NEW, interval="prediction")
    np.testing.assert_array_equal(found.low, found.prediction)
    np.testing.assert_array_equal(found.high, found.prediction)


def test_intervals_hold_their_level():
    rng = np.random.default_rng(5)
    inside = []
    for _ in range(400):
        x = rng.normal(size=(12, 2))
        y = x @ [1.0, -1.0] + rng.normal(size=12)
        new = rng.normal(size=(5, 2))
        _, low, high = LinearRegression().fit(x, y).predict(new, interval="prediction", level=0.8)
        truth = new @ [1.0, -1.0] + rng.normal(size=5)
        inside.append((low <= truth) & (truth <= high))
    # 2000 draws, in groups of 5 that share a fit: the standard error is below 0.015.
    assert abs(np.mean(inside) - 0.8) < 0.045


def test_an_unknown_interval_is_refused():
    model = LinearRegression().fit(X, Y)
    with pytest.raises(InputError, match="Got 'both' instead") as caught:
        model.predict(NEW, interval="both")
    assert "interval 只能是" in caught.value.text.zh
    with pytest.raises(InputError, match="level"):
        model.predict(NEW, interval="prediction", level=95)
