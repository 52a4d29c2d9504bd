"""Linear regressions of many two-class problems from sums by class."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from sklearn.linear_model import LinearRegression as ScikitLearns

import ogive
from ogive.classification.problems import EstimatorModels, Problems, fit_problems
from ogive.classification.problems.alone import fit_alone
from ogive.classification.problems.least_squares import fit_least_squares

RNG = np.random.default_rng(0)
Y = RNG.permutation(np.arange(600) % 6).astype(np.int32)
X = RNG.normal(size=(600, 5)) @ RNG.normal(size=(5, 5)) + RNG.normal(size=(6, 5))[Y]
TERNARY = np.array([[1, 1, 0], [-1, 0, 1], [0, -1, 1], [1, -1, -1], [-1, 1, 0], [1, 0, -1]])
BOOKS = {
    "pairs": Problems.pairs(6),
    "rest": Problems.against_rest(6),
    "ternary": Problems.code_book(TERNARY.astype(np.int8)),
}


def together(estimator, X, problems, fit_params=None, negative=0):
    return fit_least_squares(estimator, X, Y, problems, fit_params or {}, negative, None)


def one_by_one(estimator, X, problems, fit_params=None, negative=0):
    return [
        fit_alone(estimator, X, Y, 6, problems.of(j), fit_params or {}, negative)
        for j in range(len(problems))
    ]


def assert_same(models, alone):
    for j, one in enumerate(alone):
        scale = np.abs(one.coef_).max()
        np.testing.assert_allclose(models.coef_[j], one.coef_, rtol=1e-10, atol=1e-10 * scale)
        np.testing.assert_allclose(models.intercept_[j], one.intercept_, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("shift", [0.0, 1e4])
@pytest.mark.parametrize("negative", [0, -1])
@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("problems", BOOKS.values(), ids=BOOKS)
def test_coefficients_are_those_of_each_problem_by_itself(problems, fit_intercept, negative, shift):
    estimator = ogive.LinearRegression(fit_intercept=fit_intercept)
    models = together(estimator, X + shift, problems, negative=negative)
    assert_same(models, one_by_one(estimator, X + shift, problems, negative=negative))
    if shift == 0:
        assert not models.fitted  # all were solved together


@pytest.mark.parametrize("problems", BOOKS.values(), ids=BOOKS)
def test_weights_are_taken_into_the_sums(problems):
    weight = {"sample_weight": RNG.random(600) * (RNG.random(600) < 0.9)}
    models = together(ogive.LinearRegression(), X, problems, weight)
    assert not models.fitted
    assert_same(models, one_by_one(ogive.LinearRegression(), X, problems, weight))


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("problems", BOOKS.values(), ids=BOOKS)
def test_columns_near_to_depending_on_each_other_are_solved_from_the_rows(problems, weighted):
    near = np.column_stack([X, X[:, 0] + 1e-7 * RNG.normal(size=600)])
    params = {"sample_weight": RNG.random(600)} if weighted else {}
    models = together(ogive.LinearRegression(), near, problems, params, negative=-1)
    assert len(models.fitted) == len(problems)
    alone = one_by_one(ogive.LinearRegression(), near, problems, params, negative=-1)
    assert_same(models, alone)
    for one, other in zip(models, alone, strict=True):
        assert vars(one).keys() == vars(other).keys()
        assert vars(one.solution_).keys() == vars(other.solution_).keys()
        np.testing.assert_allclose(one.solution_.inverse, other.solution_.inverse, rtol=1e-9)
        np.testing.assert_allclose(
            one.solution_.residual_sum_of_squares, other.solution_.residual_sum_of_squares
        )


def test_problems_of_the_same_rows_share_one_factorisation_also_then(monkeypatch):
    fits = []
    fit = ogive.LinearRegression.fit
    monkeypatch.setattr(
        ogive.LinearRegression, "fit", lambda *args: (fits.append(args[2].shape), fit(*args))[1]
    )
    near = np.column_stack([X, X[:, 0] + 1e-7 * RNG.normal(size=600)])
    together(ogive.LinearRegression(), near, BOOKS["rest"])
    assert fits == [(600, 6)]


@pytest.mark.parametrize("fit_intercept", [True, False])
def test_constant_columns_have_coefficient_0_also_together(fit_intercept):
    estimator = ogive.LinearRegression(fit_intercept=fit_intercept)
    constant = np.full(600, 0.1) if fit_intercept else np.zeros(600)
    rows = np.column_stack([X, constant])
    models = together(estimator, rows, BOOKS["pairs"])
    assert not models.fitted
    alone = one_by_one(estimator, rows, BOOKS["pairs"])
    assert_same(models, alone)
    assert not models.coef_[:, -1].any()
    for made, one in zip(models, alone, strict=True):
        assert made.rank_ == one.rank_ == 5
        np.testing.assert_allclose(made.solution_.coef, one.solution_.coef, atol=1e-12)


def test_fewer_rows_than_columns_are_no_trouble():
    wide, y = RNG.normal(size=(60, 80)), np.repeat(np.arange(3, dtype=np.int32), 20)
    pairs = Problems.pairs(3)
    models = fit_least_squares(ogive.LinearRegression(), wide, y, pairs, {}, 0, None)
    assert len(models.fitted) == 3
    alone = [fit_alone(ogive.LinearRegression(), wide, y, 3, pairs.of(j), {}, 0) for j in range(3)]
    assert_same(models, alone)


def test_a_perfect_fit_is_solved_from_the_rows():
    perfect = np.column_stack([X, Y == 2])
    models = together(ogive.LinearRegression(), perfect, BOOKS["pairs"])
    assert models.fitted
    alone = one_by_one(ogive.LinearRegression(), perfect, BOOKS["pairs"])
    np.testing.assert_allclose(models.coef_, [one.coef_ for one in alone], atol=1e-10)


@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("negative", [0, -1])
def test_estimators_have_the_statistics_of_those_fitted_alone(negative, fit_intercept):
    estimator = ogive.LinearRegression(fit_intercept=fit_intercept)
    models = together(estimator, X, BOOKS["pairs"], negative=negative)
    for made, alone in zip(
        models, one_by_one(estimator, X, BOOKS["pairs"], negative=negative), strict=True
    ):
        assert vars(made).keys() - {"_moments"} == vars(alone).keys()
        for name in ("residual_sum_of_squares", "total_sum_of_squares", "inverse", "target_means"):
            ours, theirs = getattr(made.solution_, name), getattr(alone.solution_, name)
            np.testing.assert_allclose(ours, theirs, rtol=1e-11, atol=1e-14)
        np.testing.assert_allclose(made.predict(X), alone.predict(X), rtol=1e-10, atol=1e-11)


def test_float32_rows_give_float32_coefficients():
    models = together(ogive.LinearRegression(), X.astype(np.float32), BOOKS["pairs"])
    alone = one_by_one(ogive.LinearRegression(), X.astype(np.float32), BOOKS["pairs"])
    assert models.coef_.dtype == alone[0].coef_.dtype == np.float32
    np.testing.assert_allclose(models.coef_, [one.coef_ for one in alone], rtol=1e-6)


class Own(ogive.LinearRegression):
    """What a subclass changes is not known."""


@pytest.mark.parametrize(
    "estimator",
    [
        ScikitLearns(),
        Own(),
        ogive.LinearRegression(solver="normal"),
        ogive.LinearRegression(positive=True),
    ],
)
def test_estimators_of_other_kinds_are_fitted_one_by_one(estimator):
    assert together(estimator, X, BOOKS["pairs"]) is None
    assert isinstance(fit_problems(estimator, X, Y, BOOKS["pairs"]), EstimatorModels)


@pytest.mark.parametrize(
    ("X", "fit_params"),
    [
        (sparse.csr_matrix(X), {}),
        (np.where(X > 3, np.nan, X), {}),
        (X.astype(object), {}),
        (X, {"sample_weight": -np.ones(600)}),
        (X, {"sample_weight": np.ones(7)}),
        (X, {"something": 1}),
        (X, {"sample_weight": (Y > 0).astype(float)}),
    ],
    ids=["sparse", "NaN", "object", "negative", "length", "unknown", "class of no weight"],
)
def test_what_sums_cannot_hold_is_left_to_each_by_itself(X, fit_params):
    assert together(ogive.LinearRegression(), X, BOOKS["pairs"], fit_params) is None
