"""Logistic regressions of many two-class problems, solved together."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning

from ogive import LogisticRegression, OneVsRestClassifier
from ogive.classification.problems import Problems, fit_problems
from ogive.classification.problems.logistic_models import LogisticModels

DIGITS, LABELS = load_digits(return_X_y=True)
DIGITS = np.ascontiguousarray(DIGITS[:600])
LABELS = LABELS[:600].astype(np.int32)


def alone(estimator, X, y, problems, weight=None):
    """The coefficients of each problem fitted by itself to a copy of its rows."""
    found = []
    for j in range(len(problems)):
        members, sides = problems.of(j)
        side = np.zeros(problems.n_classes)
        side[members] = sides
        rows = side[y] != 0
        model = clone(estimator).fit(
            X[rows], side[y[rows]] > 0, sample_weight=None if weight is None else weight[rows]
        )
        found.append(np.append(model.coef_[0], model.intercept_))
    return np.array(found)


def together(models):
    assert isinstance(models, LogisticModels)
    return np.column_stack([models.coef_, models.intercept_])


def code_book(rng, n_problems):
    code = rng.choice([-1, 0, 1], size=(10, n_problems), p=[0.4, 0.2, 0.4]).astype(np.int8)
    code[0], code[1] = 1, -1
    return Problems.code_book(code)


@pytest.mark.parametrize(
    "problems",
    [Problems.pairs(10), Problems.against_rest(10), code_book(np.random.default_rng(0), 12)],
    ids=["pairs", "against rest", "code book"],
)
@pytest.mark.parametrize("options", [{}, {"C": 0.01, "fit_intercept": False}], ids=str)
def test_each_problem_has_the_solution_it_has_alone(problems, options):
    estimator = LogisticRegression(**options)
    models = fit_problems(estimator, DIGITS, LABELS, problems)
    assert models.converged_.all()
    assert models.gradient_norm_.max() <= 1e-8
    assert together(models) == pytest.approx(
        alone(estimator, DIGITS, LABELS, problems), rel=1e-3, abs=2e-5
    )


@pytest.mark.parametrize("class_weight", ["balanced", {0: 1, 1: 3}])
def test_weights_of_rows_and_sides_count(class_weight):
    estimator = LogisticRegression(class_weight=class_weight, tol=1e-10)
    weight = np.random.default_rng(1).uniform(0.5, 2, len(LABELS))
    problems = Problems.against_rest(10)
    models = fit_problems(estimator, DIGITS, LABELS, problems, fit_params={"sample_weight": weight})
    assert together(models) == pytest.approx(
        alone(estimator, DIGITS, LABELS, problems, weight), rel=1e-4, abs=1e-6
    )


def test_the_number_of_threads_changes_no_bit():
    first, second = (
        fit_problems(LogisticRegression(), DIGITS, LABELS, Problems.pairs(10), n_jobs=n)
        for n in (1, 2)
    )
    assert np.array_equal(together(first), together(second))


def test_float32_rows_give_float32_coefficients():
    models = fit_problems(
        LogisticRegression(), DIGITS.astype(np.float32), LABELS, Problems.pairs(10)
    )
    assert models.coef_.dtype == models[3].coef_.dtype == np.float32
    exact = fit_problems(LogisticRegression(), DIGITS, LABELS, Problems.pairs(10))
    assert models.coef_ == pytest.approx(exact.coef_, rel=1e-3, abs=1e-4)


def test_votes_of_pairs_are_those_counted_from_every_answer():
    models = fit_problems(LogisticRegression(), DIGITS, LABELS, Problems.pairs(10))
    totals = models.pair_totals(DIGITS[:37])
    said, sure = models.positive(DIGITS[:37]), models.confidences(DIGITS[:37])
    votes, sums = np.zeros((37, 10)), np.zeros((37, 10))
    for j in range(45):
        (low, high), _ = Problems.pairs(10).of(j)
        votes[np.arange(37), np.where(said[:, j], high, low)] += 1
        sums[:, high] += sure[:, j]
        sums[:, low] -= sure[:, j]
    assert np.array_equal(totals.votes, votes)
    assert totals.confidences == pytest.approx(sums, rel=1e-12, abs=1e-12)


def test_one_model_for_each_row_answers_as_all_do():
    models = fit_problems(LogisticRegression(), DIGITS, LABELS, Problems.pairs(10))
    problem = np.random.default_rng(2).integers(0, 45, 50)
    assert np.array_equal(
        models.positive_for(DIGITS[:50], problem),
        models.positive(DIGITS[:50])[np.arange(50), problem],
    )


def test_an_estimator_of_the_sequence_predicts_like_the_sequence():
    models = fit_problems(LogisticRegression(), DIGITS, LABELS, Problems.pairs(10))
    assert len(models) == len(models[:]) == 45
    assert models[7].decision_function(DIGITS) == pytest.approx(
        models.confidences(DIGITS)[:, 7], rel=1e-12, abs=1e-12
    )
    assert np.array_equal(models[-1].coef_[0], models.coef_[44])
    with pytest.raises(IndexError):
        models[45]


def test_models_survive_pickling():
    models = fit_problems(LogisticRegression(), DIGITS, LABELS, Problems.pairs(10))
    again = pickle.loads(pickle.dumps(models))
    assert np.array_equal(again.probabilities(DIGITS), models.probabilities(DIGITS))


def test_problems_that_do_not_converge_are_counted():
    with pytest.warns(ConvergenceWarning, match="10 of 10 two-class problems failed to converge"):
        fit_problems(LogisticRegression(max_iter=1), DIGITS, LABELS, Problems.against_rest(10))


@pytest.mark.parametrize("class_weight", [None, "balanced"])
def test_labels_of_many_kinds_at_once_are_solved_together(class_weight):
    rng = np.random.default_rng(3)
    Y = (rng.random((600, 5)) < [0.1, 0.3, 0.5, 0.7, 0.9]).astype(int)
    estimator = LogisticRegression(class_weight=class_weight)
    models = OneVsRestClassifier(estimator).fit(DIGITS, Y).estimators_
    assert isinstance(models, LogisticModels)
    for j in range(5):
        single = clone(estimator).fit(DIGITS, Y[:, j])
        assert models.coef_[j] == pytest.approx(single.coef_[0], rel=1e-3, abs=1e-6)


def test_a_hundred_columns_and_few_rows_have_a_minimum_too():
    rng = np.random.default_rng(4)
    X, y = rng.normal(size=(40, 300)), np.arange(40, dtype=np.int32) % 4
    models = fit_problems(LogisticRegression(), X, y, Problems.pairs(4))
    assert models.gradient_norm_.max() <= 1e-8
