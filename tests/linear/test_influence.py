import numpy as np
import pytest
from reference_fits import WAY_NAMES, WAYS, K, M, X, Y, reference_influence
from scipy import sparse

from ogive import LinearRegression
from ogive.text import InputError


@pytest.mark.parametrize(("weight", "constant"), WAYS, ids=WAY_NAMES)
def test_influence_is_that_of_statsmodels(weight, constant):
    found = LinearRegression(fit_intercept=constant).fit(X, Y, weight).influence()
    for i in range(M):
        right = reference_influence(Y[:, i], weight, constant)
        expected = {
            "internally_studentized": right.resid_studentized_internal,
            "externally_studentized": right.resid_studentized_external,
            "cooks_distance": right.cooks_distance[0],
            "dffits": right.dffits[0],
        }
        np.testing.assert_allclose(found.leverage, right.hat_matrix_diag, rtol=1e-10)
        for name, value in expected.items():
            np.testing.assert_allclose(
                getattr(found, name)[:, i], value, rtol=1e-8, atol=1e-13, err_msg=name
            )


def test_externally_studentized_residuals_are_those_of_a_fit_without_the_row():
    model = LinearRegression().fit(X, Y[:, 0])
    found = model.influence()
    others = np.arange(len(X)) != 9
    left = LinearRegression().fit(X[others], Y[others, 0])
    _, low, high = left.predict(X[9:10], interval="prediction", level=0.5)
    from scipy import stats

    error = (high - low)[0] / 2 / stats.t.ppf(0.75, len(X) - 1 - K - 1)
    expected = (Y[9, 0] - left.predict(X[9:10])[0]) / error
    np.testing.assert_allclose(found.externally_studentized[9], expected, rtol=1e-9)


@pytest.mark.parametrize("degree", (3, 6, 9))
def test_leverages_add_up_to_the_number_of_coefficients_however_bad_the_columns(degree):
    x = np.linspace(2, 5, 50)
    features = np.vander(x, degree + 1, increasing=True)[:, 1:]
    found = LinearRegression().fit(features, np.sin(x)).influence()
    condition = np.linalg.cond((features - features.mean(axis=0)) / features.std(axis=0))
    assert found.leverage.sum() == pytest.approx(degree + 1, abs=1e-15 * condition + 1e-12)
    assert (found.leverage > 0).all()


def test_sparse_rows_have_the_influence_of_dense_ones():
    thin = np.where(np.abs(X - X.mean(axis=0)) < X.std(axis=0), 0.0, X)
    found = LinearRegression().fit(sparse.coo_array(thin), Y).influence()
    right = LinearRegression().fit(thin, Y).influence()
    np.testing.assert_allclose(found.leverage, right.leverage, rtol=1e-9)
    np.testing.assert_allclose(found.cooks_distance, right.cooks_distance, rtol=1e-7, atol=1e-12)


def test_rows_of_weight_0_have_no_leverage_and_nothing_to_tell():
    weight = np.ones(len(X))
    weight[3] = 0
    found = LinearRegression().fit(X, Y[:, 0], weight).influence()
    others = np.arange(len(X)) != 3
    right = LinearRegression().fit(X[others], Y[others, 0]).influence()
    assert found.leverage[3] == 0
    assert np.isnan(found.cooks_distance[3])
    assert np.isnan(found.externally_studentized[3])
    np.testing.assert_allclose(found.dffits[others], right.dffits, rtol=1e-9)


def test_a_row_of_leverage_1_has_no_studentized_residual():
    alone = np.zeros((len(X), 1))
    alone[17] = 1
    found = LinearRegression().fit(np.hstack([X, alone]), Y[:, 0]).influence()
    assert found.leverage[17] == pytest.approx(1)
    for name in ("internally_studentized", "externally_studentized", "cooks_distance", "dffits"):
        values = getattr(found, name)
        assert np.isnan(values[17])
        assert np.isfinite(np.delete(values, 17)).all()


def test_the_one_row_off_a_line_has_an_infinite_external_residual():
    x = np.arange(10.0)
    y = 3 * x + 1
    y[4] += 2
    found = LinearRegression().fit(x[:, None], y).influence()
    assert found.externally_studentized[4] == np.inf
    assert found.dffits[4] == np.inf
    assert np.isfinite(np.delete(found.externally_studentized, 4)).all()


def test_a_perfect_fit_has_leverages_only():
    found = LinearRegression().fit(X, X @ [1.0, 2.0, 3.0, 4.0]).influence()
    assert found.leverage.sum() == pytest.approx(K + 1)
    assert np.isnan(found.internally_studentized).all()
    assert np.isnan(found.cooks_distance).all()


def test_the_frame_has_a_row_for_each_row_and_target():
    influence = LinearRegression().fit(X, Y).influence()
    frame = influence.to_polars()
    assert frame.shape == (len(X) * M, 8)
    second = frame.filter(row=5, target="y1")
    assert second["cooks_distance"].item() == influence.cooks_distance[5, 1]
    assert second["leverage"].item() == influence.leverage[5]


def test_rows_can_be_given_again():
    kept = LinearRegression().fit(X, Y)
    bare = LinearRegression(keep_rows=False).fit(X, Y)
    np.testing.assert_array_equal(bare.influence(X, Y).dffits, kept.influence().dffits)
    with pytest.raises(InputError, match="keeps no rows") as caught:
        bare.influence()
    assert "数据行" in caught.value.text.zh


def test_rows_that_are_not_those_of_the_fit_are_refused():
    bare = LinearRegression(keep_rows=False).fit(X, Y)
    changed = Y.copy()
    changed[0, 1] += 1
    with pytest.raises(InputError, match="not the rows that the model was fitted to") as caught:
        bare.influence(X, changed)
    assert "不是拟合模型时所用的" in caught.value.text.zh
    with pytest.raises(InputError, match="y is missing"):
        bare.influence(X)
    with pytest.raises(InputError, match="has 1 targets, but the model was fitted to 3"):
        bare.influence(X, Y[:, 0])


def test_rows_changed_in_place_since_the_fit_are_noticed():
    features, target = X.copy(), Y.copy()
    model = LinearRegression(copy_X=False).fit(features, target)
    model._rows.X[:] += np.arange(len(X))[:, None]
    with pytest.raises(InputError, match="not the rows"):
        model.influence()


def test_coefficients_that_are_not_of_least_squares_have_leverages_only():
    for options in ({"positive": True}, {"solver": "gd", "max_iter": 5000, "tol": 1e-8}):
        scaled = (X - X.mean(axis=0)) / X.std(axis=0)
        found = LinearRegression(**options).fit(scaled, Y[:, 0]).influence()
        right = LinearRegression().fit(scaled, Y[:, 0]).influence()
        np.testing.assert_allclose(found.leverage, right.leverage, rtol=1e-9)
        for name in ("internally_studentized", "cooks_distance", "dffits"):
            assert np.isnan(getattr(found, name)).all()
