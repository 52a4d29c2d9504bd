"""Models of two-class problems, asked together."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import make_blobs
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeRegressor

import ogive
from ogive.classification.problems import EstimatorModels, Problems, fit_problems, models
from ogive.classification.problems.models import BinaryModels, rows_by_problem
from ogive.classification.problems.pair_totals import n_classes_of_pairs, row_blocks

X, Y = make_blobs(120, 3, centers=6, cluster_std=4.0, random_state=0)
Y = Y.astype(np.int32)
INSIDE = {
    "LinearSVC": LinearSVC(random_state=0),
    "GaussianNB": GaussianNB(),
    "DecisionTreeRegressor": DecisionTreeRegressor(random_state=0),
    "LogisticRegression": ogive.LogisticRegression(),
    "LinearRegression": ogive.LinearRegression(),
    "MLPClassifier": ogive.MLPClassifier((3,), max_iter=3, tol=1e9, random_state=0),
}


pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


@pytest.fixture(params=INSIDE.values(), ids=INSIDE)
def fitted(request):
    return fit_problems(request.param, X, Y, Problems.pairs(6))


def test_votes_and_sums_of_confidences_are_counted_by_class(fitted):
    totals = fitted.pair_totals(X)
    positive, confidences = fitted.positive(X), fitted.confidences(X)
    pairs = Problems.pairs(6).members.reshape(-1, 2)
    for c in range(6):
        later, earlier = pairs[:, 1] == c, pairs[:, 0] == c
        votes = positive[:, later].sum(axis=1) + (~positive[:, earlier]).sum(axis=1)
        np.testing.assert_array_equal(totals.votes[:, c], votes)
        sums = confidences[:, later].sum(axis=1) - confidences[:, earlier].sum(axis=1)
        np.testing.assert_allclose(totals.confidences[:, c], sums, rtol=1e-12, atol=1e-12)


def test_one_model_for_each_row_says_what_it_says_among_all(fitted):
    problem = np.random.default_rng(0).integers(0, 15, 120)
    wanted = fitted.positive(X)[np.arange(120), problem]
    np.testing.assert_array_equal(fitted.positive_for(X, problem), wanted)


def test_the_way_of_the_base_class_gives_the_same(fitted):
    totals = BinaryModels.pair_totals(fitted, X)
    np.testing.assert_array_equal(totals.votes, fitted.pair_totals(X).votes)
    np.testing.assert_allclose(totals.confidences, fitted.pair_totals(X).confidences, rtol=1e-12)
    problem = np.arange(120) % 15
    np.testing.assert_array_equal(
        BinaryModels.positive_for(fitted, X, problem), fitted.positive_for(X, problem)
    )


@pytest.mark.parametrize("most", [1, 9 * 120 * 5, 9 * 120 * 9, 10**9])
def test_blocks_of_models_change_no_bit(monkeypatch, most):
    fitted = fit_problems(GaussianNB(), X, Y, Problems.pairs(6))
    whole = fitted.pair_totals(X)
    monkeypatch.setattr(models, "BLOCK_BYTES", most)
    for found, wanted in zip(fitted.pair_totals(X), whole, strict=True):
        np.testing.assert_array_equal(found, wanted)


def test_models_asked_in_parallel_answer_the_same():
    fitted = fit_problems(GaussianNB(), X, Y, Problems.pairs(6))
    parallel = EstimatorModels(list(fitted), n_jobs=2)
    np.testing.assert_array_equal(parallel.confidences(X), fitted.confidences(X))
    np.testing.assert_array_equal(parallel.probabilities(X), fitted.probabilities(X))


def test_models_are_a_sequence(fitted):
    assert len(fitted) == 15
    assert type(fitted[-1]) is type(fitted[0])
    assert len(fitted[2:5]) == 3
    assert len(list(fitted)) == 15
    with pytest.raises(IndexError):
        fitted[15]


def test_rows_are_grouped_by_the_problem_they_ask():
    groups = {j: rows.tolist() for j, rows in rows_by_problem(np.array([3, 0, 3, 2, 0]))}
    assert groups == {0: [1, 4], 2: [3], 3: [0, 2]}
    assert list(rows_by_problem(np.array([], dtype=np.intp))) == []


def test_blocks_of_rows_cover_all_rows_once():
    blocks = list(row_blocks(10, 3, 9))
    assert [i for rows in blocks for i in range(10)[rows]] == list(range(10))
    assert max(rows.stop - rows.start for rows in blocks) == 3
    assert len(list(row_blocks(5, 10**12, 9))) == 5


def test_the_number_of_classes_follows_from_that_of_pairs():
    for n in (2, 3, 10, 1000, 10_001):
        assert n_classes_of_pairs(n * (n - 1) // 2) == n
