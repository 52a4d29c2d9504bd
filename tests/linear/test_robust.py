import numpy as np
import pytest
from reference_fits import WAY_NAMES, WAYS, WEIGHT, M, X, Y
from scipy import linalg

from ogive import LinearRegression
from ogive.linear.given_rows import get_rows
from ogive.linear.robust import robust_covariance

KINDS = ("HC0", "HC1", "HC2", "HC3")


def by_definition(features, residuals, weight, constant, kind):
    """The sandwich, with n x n matrices where the formulas have them."""
    design = np.column_stack([np.ones(len(features)), features]) if constant else features
    root = np.sqrt(weight)[:, None]
    design, residuals = design * root, residuals * root[:, 0]
    inverse = np.linalg.pinv(design.T @ design)
    hat = design @ inverse @ design.T
    h, n, p = np.diag(hat), len(design), round(np.trace(hat))
    adjusted = {
        "HC0": residuals**2,
        "HC1": residuals**2 * n / (n - p),
        "HC2": residuals**2 / (1 - h),
        "HC3": residuals**2 / (1 - h) ** 2,
    }[kind]
    return inverse @ design.T @ np.diag(adjusted) @ design @ inverse


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("weight", "constant"), WAYS, ids=WAY_NAMES)
def test_errors_are_those_of_the_definition(weight, constant, kind):
    model = LinearRegression(fit_intercept=constant).fit(X, Y, weight)
    given = get_rows(model)
    found = robust_covariance(model.solution_, given, kind)
    for i in range(M):
        weights = np.ones(len(X)) if weight is None else weight
        right = by_definition(X, given.residuals[:, i], weights, constant, kind)
        np.testing.assert_allclose(found.standard_errors[i], np.sqrt(np.diag(right)), rtol=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_dependent_columns_leave_the_others_errors_as_they_are(kind):
    wide = np.column_stack([X, X[:, 0] - 2 * X[:, 1]])
    model = LinearRegression().fit(wide, Y, WEIGHT)
    reduced = LinearRegression().fit(X, Y, WEIGHT)
    found = model.summary(covariance=kind).inference
    right = reduced.summary(covariance=kind).inference
    np.testing.assert_array_equal(found.estimable, [True, False, False, True, True, False])
    np.testing.assert_allclose(
        found.standard_errors[:, [0, 3, 4]], right.standard_errors[:, [0, 3, 4]], rtol=1e-9
    )
    assert np.isnan(found.standard_errors[:, [1, 2, 5]]).all()
    np.testing.assert_allclose(found.f, right.f, rtol=1e-9)


@pytest.mark.parametrize("kind", ("nonrobust", *KINDS))
def test_columns_1e15_apart_have_errors_that_far_apart(kind):
    scale = np.array([1e15, 1.0, 1e-15, 1e8])
    plain = LinearRegression().fit(X, Y).summary(covariance=kind).inference
    scaled = LinearRegression().fit(X * scale, Y).summary(covariance=kind).inference
    np.testing.assert_allclose(
        scaled.standard_errors[:, 1:] * scale, plain.standard_errors[:, 1:], rtol=1e-10
    )
    for name in ("t", "p", "f", "f_p"):
        np.testing.assert_allclose(getattr(scaled, name), getattr(plain, name), rtol=1e-9)


def test_badly_conditioned_columns_keep_the_digits_that_the_rows_have():
    x = np.linspace(1, 3, 40)
    features = np.vander(x, 7, increasing=True)[:, 1:]
    y = np.cos(3 * x)
    model = LinearRegression().fit(features, y)
    found = robust_covariance(model.solution_, get_rows(model), "HC3").standard_errors[0]
    # The same in the coordinates of an orthonormal basis, in long doubles where there are any.
    design = np.column_stack([np.ones(40), features]).astype(np.longdouble)
    basis, triangle = linalg.qr(design.astype(np.float64), mode="economic")
    residuals = y - basis @ (basis.T @ y)
    h = (basis * basis).sum(axis=1)
    back = linalg.solve_triangular(triangle, (basis * (residuals / (1 - h))[:, None]).T)
    np.testing.assert_allclose(found, np.sqrt((back * back).sum(axis=1)), rtol=1e-6)


@pytest.mark.parametrize("kind", ("HC2", "HC3"))
def test_a_row_of_leverage_1_leaves_only_its_own_coefficient_undefined(kind):
    alone = np.zeros((len(X), 1))
    alone[17] = 1
    model = LinearRegression().fit(np.hstack([X, alone]), Y[:, 0])
    found = model.summary(covariance=kind).inference
    # The row and the column that is there for it alone have nothing to do with the rest.
    others = np.arange(len(X)) != 17
    right = LinearRegression().fit(X[others], Y[others, 0]).summary(covariance=kind).inference
    np.testing.assert_allclose(found.standard_errors[0, :5], right.standard_errors[0], rtol=1e-10)
    assert np.isnan(found.standard_errors[0, 5])
    assert np.isnan(found.f).all()
    assert found.remarks[0][0].code == "full_leverage"
    assert "row 17 " in found.remarks[0][0].text.en
    assert "(x4)" in found.remarks[0][0].text.en
    assert "第 17 行" in found.remarks[0][0].text.zh
    assert np.isfinite(model.summary(covariance="HC1").inference.standard_errors).all()


def test_a_category_of_one_row_that_is_the_reference_leaves_what_compares_with_it_undefined():
    category = np.arange(len(X)) % 3 + 1
    category[5] = 0
    dummies = (category[:, None] == np.arange(1, 4)).astype(float)
    found = LinearRegression().fit(np.hstack([X, dummies]), Y[:, 0]).summary(covariance="HC3")
    np.testing.assert_array_equal(
        np.isnan(found.inference.standard_errors[0]), [True] + 4 * [False] + 3 * [True]
    )
    assert "((Intercept), x4, x5, x6)" in found.inference.remarks[0][0].text.en
