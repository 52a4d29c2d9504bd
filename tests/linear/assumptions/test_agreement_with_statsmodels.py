"""Every test of the residuals gives what statsmodels gives."""

import warnings

import numpy as np
import pytest
import statsmodels.api as sm
from statsmodels.stats import diagnostic, stattools
from statsmodels.stats.outliers_influence import variance_inflation_factor

from ogive.linear import LinearRegression


def table(rows, columns, *, seed=0, mean=0.0):
    rng = np.random.default_rng(seed)
    mixing = np.eye(columns) + 0.3 * rng.normal(size=(columns, columns))
    X = rng.normal(size=(rows, columns)) @ mixing + mean
    spread = np.exp(0.2 * (X[:, 0] - mean))
    y = 3 + X @ rng.normal(size=columns) + spread * rng.standard_t(6, size=rows)
    return X, y


CASES = {
    "small": table(40, 2),
    "larger": table(500, 6, seed=1),
    "one column": table(60, 1, seed=2),
    "far from 0": table(200, 3, seed=3, mean=1000.0),
}


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def fitted(request):
    X, y = request.param
    report = LinearRegression().fit(X, y).check_assumptions(order=True)
    return report, sm.OLS(y, sm.add_constant(X)).fit()


def made(test, *arguments, **settings):
    """Statistic and p; newer versions of statsmodels warn that they will return a record."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return test(*arguments, **settings)[:2]


def agrees(ours, theirs):
    np.testing.assert_allclose(ours, theirs, rtol=1e-8, atol=1e-300)


def test_breusch_pagan(fitted):
    report, theirs = fitted
    lm, p = made(diagnostic.het_breuschpagan, theirs.resid, theirs.model.exog)
    numbers = report.of("OGV212").numbers
    agrees([numbers["lm"], numbers["p"]], [lm, p])


def test_white(fitted):
    report, theirs = fitted
    lm, p = made(diagnostic.het_white, theirs.resid, theirs.model.exog)
    numbers = report.of("OGV213").numbers
    assert numbers["regressed_on"] == "products"
    agrees([numbers["lm"], numbers["p"]], [lm, p])


def test_durbin_watson(fitted):
    report, theirs = fitted
    agrees(report.of("OGV214").numbers["d"], stattools.durbin_watson(theirs.resid))


def test_breusch_godfrey(fitted):
    report, theirs = fitted
    numbers = report.of("OGV215").numbers
    lm, p = made(diagnostic.acorr_breusch_godfrey, theirs, nlags=numbers["lags"])
    agrees([numbers["lm"], numbers["p"]], [lm, p])


def test_jarque_bera(fitted):
    report, theirs = fitted
    statistic, p, skewness, kurtosis = stattools.jarque_bera(theirs.resid)
    numbers = report.of("OGV216").numbers
    agrees(
        [numbers[name] for name in ("jarque_bera", "p", "skewness", "excess_kurtosis")],
        [statistic, p, skewness, kurtosis - 3],
    )


def test_reset(fitted):
    report, theirs = fitted
    expected = diagnostic.linear_reset(theirs, power=3, test_type="fitted", use_f=True)
    numbers = report.of("OGV211").numbers
    agrees([numbers["f"], numbers["p"]], [float(expected.fvalue), float(expected.pvalue)])


def test_curvature_is_the_t_of_each_square_added(fitted):
    report, theirs = fitted
    numbers = report.of("OGV210").numbers
    column = int(numbers["column"][1:]) + 1
    x = theirs.model.exog[:, column]
    wider = sm.OLS(theirs.model.endog, np.column_stack([theirs.model.exog, (x - x.mean()) ** 2]))
    agrees(numbers["t"], wider.fit().tvalues[-1])


def test_outliers_and_influence(fitted):
    report, theirs = fitted
    influence = theirs.get_influence()
    studentized = influence.resid_studentized_external
    row = report.of("OGV217").numbers["row"]
    assert row == np.argmax(np.abs(studentized))
    agrees(report.of("OGV217").numbers["largest"], studentized[row])
    agrees(report.of("OGV218").numbers["largest"], influence.cooks_distance[0].max())
    agrees(report.of("OGV219").numbers["largest"], influence.hat_matrix_diag.max())


def test_variance_inflation_factors():
    X, y = CASES["larger"]
    report = LinearRegression().fit(X, y).check_assumptions()
    wide = sm.add_constant(X)
    agrees(
        list(report.of("OGV222").numbers["vif"].values()),
        [variance_inflation_factor(wide, j + 1) for j in range(X.shape[1])],
    )


def test_variance_inflation_factors_without_a_constant_are_about_zero():
    X, y = table(80, 3, seed=4, mean=2.0)
    report = LinearRegression(fit_intercept=False).fit(X, y).check_assumptions()
    agrees(
        list(report.of("OGV222").numbers["vif"].values()),
        [1 / (1 - sm.OLS(X[:, j], np.delete(X, j, axis=1)).fit().rsquared) for j in range(3)],
    )


def test_without_a_constant_the_tests_of_the_residuals_agree():
    X, y = table(120, 3, seed=5, mean=0.5)
    report = LinearRegression(fit_intercept=False).fit(X, y).check_assumptions(order=True)
    theirs = sm.OLS(y, X).fit()
    with_constant = sm.add_constant(X)
    lm, _ = made(diagnostic.het_breuschpagan, theirs.resid, with_constant)
    agrees(report.of("OGV212").numbers["lm"], lm)
    expected = diagnostic.linear_reset(theirs, power=3, use_f=True)
    agrees(report.of("OGV211").numbers["f"], float(expected.fvalue))


def test_breusch_godfrey_adds_no_constant_where_the_fit_has_none():
    # R's lmtest::bgtest does the same; statsmodels adds one, which tests the residuals' mean too.
    X, y = table(120, 3, seed=5, mean=0.5)
    report = LinearRegression(fit_intercept=False).fit(X, y).check_assumptions(order=True, lags=2)
    residuals = np.asarray(sm.OLS(y, X).fit().resid)
    before = np.column_stack([np.r_[0, residuals[:-1]], np.r_[0, 0, residuals[:-2]]])
    auxiliary = sm.OLS(residuals, np.column_stack([X, before]), hasconst=False).fit()
    agrees(report.of("OGV215").numbers["lm"], 120 * auxiliary.rsquared)


def weighted():
    X, y = table(150, 3, seed=6)
    weight = np.random.default_rng(7).uniform(0.2, 4.0, size=150)
    report = LinearRegression().fit(X, y, weight).check_assumptions(order=True)
    return X, y, weight, report, sm.WLS(y, sm.add_constant(X), weights=weight).fit()


def test_weighted_residuals_are_tested_where_there_are_weights():
    X, _, _, report, theirs = weighted()
    lm, _ = made(diagnostic.het_breuschpagan, theirs.wresid, sm.add_constant(X))
    agrees(report.of("OGV212").numbers["lm"], lm)
    lm, _ = made(diagnostic.het_white, theirs.wresid, sm.add_constant(X))
    agrees(report.of("OGV213").numbers["lm"], lm)
    agrees(report.of("OGV214").numbers["d"], stattools.durbin_watson(theirs.wresid))
    agrees(report.of("OGV216").numbers["jarque_bera"], stattools.jarque_bera(theirs.wresid)[0])


def test_weighted_reset_is_the_f_test_of_the_weighted_regression_with_the_powers():
    X, y, weight, report, theirs = weighted()
    fitted = theirs.fittedvalues
    wide = np.column_stack([sm.add_constant(X), fitted**2, fitted**3])
    expected = sm.WLS(y, wide, weights=weight).fit().f_test(np.eye(6)[4:])
    agrees(report.of("OGV211").numbers["f"], float(expected.fvalue))


def test_weighted_outliers_are_those_of_the_scaled_rows():
    X, y, weight, report, _ = weighted()
    root = np.sqrt(weight)
    scaled = sm.OLS(y * root, sm.add_constant(X) * root[:, None]).fit().get_influence()
    agrees(
        abs(report.of("OGV217").numbers["largest"]),
        np.abs(scaled.resid_studentized_external).max(),
    )
    agrees(report.of("OGV218").numbers["largest"], scaled.cooks_distance[0].max())


def test_rows_of_weight_zero_do_not_count():
    X, y = table(90, 3, seed=8)
    weight = np.ones(90)
    weight[::9] = 0
    report = LinearRegression().fit(X, y, weight).check_assumptions(order=True)
    used = weight > 0
    fewer = LinearRegression().fit(X[used], y[used]).check_assumptions(order=True)
    for code in ("OGV210", "OGV211", "OGV212", "OGV213", "OGV214", "OGV215", "OGV216", "OGV217"):
        agrees(report.of(code).numbers["p"], fewer.of(code).numbers["p"])
    assert (
        report.of("OGV217").numbers["row"]
        == np.flatnonzero(used)[fewer.of("OGV217").numbers["row"]]
    )


def test_with_many_columns_white_uses_fitted_values():
    X, y = table(400, 25, seed=9)
    numbers = LinearRegression().fit(X, y).check_assumptions().of("OGV213").numbers
    theirs = sm.OLS(y, sm.add_constant(X)).fit()
    fitted = theirs.fittedvalues
    auxiliary = sm.OLS(theirs.resid**2, sm.add_constant(np.column_stack([fitted, fitted**2])))
    assert numbers["regressed_on"] == "fitted"
    assert numbers["df"] == 2
    agrees(numbers["lm"], 400 * auxiliary.fit().rsquared)


def test_white_counts_products_that_are_new():
    rng = np.random.default_rng(10)
    X = np.column_stack([rng.integers(0, 2, size=300), rng.normal(size=300)]).astype(float)
    y = X @ [1.0, 2.0] + rng.normal(size=300)
    numbers = LinearRegression().fit(X, y).check_assumptions().of("OGV213").numbers
    resid = np.asarray(sm.OLS(y, sm.add_constant(X)).fit().resid)
    products = np.column_stack([X, X[:, 1] ** 2, X[:, 0] * X[:, 1]])
    auxiliary = sm.OLS(resid**2, sm.add_constant(products)).fit()
    assert numbers["df"] == 4
    agrees(numbers["lm"], 300 * auxiliary.rsquared)


@pytest.mark.parametrize("fit_intercept", [True, False])
def test_correlations_are_weighted_and_about_the_mean(fit_intercept):
    X, y = table(100, 3, seed=11, mean=2.0)
    weight = np.random.default_rng(12).uniform(0.2, 4.0, size=100)
    model = LinearRegression(fit_intercept=fit_intercept).fit(X, y, weight)
    numbers = model.check_assumptions().of("OGV223").numbers
    covariance = np.cov(np.column_stack([X, y]).T, aweights=weight)
    deviation = np.sqrt(np.diag(covariance))
    expected = covariance / np.outer(deviation, deviation)
    agrees([list(row.values()) for row in numbers["table"].values()], expected[:3, :3])
    agrees(list(numbers["with_target"].values()), expected[:3, 3])


@pytest.mark.parametrize("name", ["longley", "stackloss", "fair"])
def test_real_data(name):
    data = getattr(sm.datasets, name).load_pandas()
    X, y = data.exog.to_numpy(float), data.endog.to_numpy(float)
    report = LinearRegression().fit(X, y).check_assumptions(order=True)
    theirs = sm.OLS(y, sm.add_constant(X)).fit()
    lm, p = made(diagnostic.het_breuschpagan, theirs.resid, theirs.model.exog)
    np.testing.assert_allclose(
        [report.of("OGV212").numbers["lm"], report.of("OGV212").numbers["p"]], [lm, p], rtol=1e-7
    )
    # In the table's own units statsmodels finds Longley's powers to be singular.
    scaled = (X - X.mean(axis=0)) / X.std(axis=0)
    fitted = np.asarray(theirs.fittedvalues)
    fitted = (fitted - fitted.mean()) / fitted.std()
    wide = sm.OLS(y, np.column_stack([sm.add_constant(scaled), fitted**2, fitted**3])).fit()
    expected = wide.f_test(np.eye(wide.params.size)[-2:]).fvalue
    np.testing.assert_allclose(report.of("OGV211").numbers["f"], float(expected), rtol=1e-7)
