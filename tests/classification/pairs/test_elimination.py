"""Deciding by elimination, as the lecture does."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.datasets import make_blobs
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import LinearSVC

import ogive
from ogive.classification.pairs.elimination import duels_of_answers, pair_number
from ogive.classification.problems import EstimatorModels

X, Y = make_blobs(150, 2, centers=6, cluster_std=3.0, random_state=1)


class Column(ClassifierMixin, BaseEstimator):
    """Says what one column of X says, and counts the rows that it is asked about."""

    def __init__(self, column=0):
        self.column = column
        self.asked = 0

    def fit(self, X, y):
        return self

    def predict(self, X):
        self.asked += len(X)
        return (X[:, self.column] > 0).astype(int)

    def decision_function(self, X):
        return X[:, self.column]


def by_answers(answers, n_classes):
    """Return a classifier whose models of pairs say what the columns of `answers` say."""
    model = ogive.OneVsOneClassifier(Column(), decision="elimination")
    model.classes_ = np.array(list("ABCDEFGH"[:n_classes]))
    model.estimators_ = EstimatorModels([Column(j) for j in range(answers.shape[1])])
    model.n_features_in_ = answers.shape[1]
    return model


def one_by_one(row, n_classes):
    """Return the class left of one row and the pairs that were asked."""
    pairs = list(combinations(range(n_classes), 2))
    champion, asked = 0, []
    for challenger in range(1, n_classes):
        j = pairs.index((champion, challenger))
        asked.append(j)
        champion = challenger if row[j] > 0 else champion
    return champion, asked


def test_the_lectures_example():
    # A|B says A; A|C says C: the answer is hardly B, and B|C, which is not asked, confirms.
    answers = np.array([[-1.0, 1.0, 1.0]])
    model = by_answers(answers, 3)
    assert model.predict(answers).tolist() == ["C"]
    assert [one.asked for one in model.estimators_] == [1, 1, 0]
    table = model.vote_table(answers)
    assert table.by_vote == table.by_elimination == "C"
    assert "A|B says A, A|C says C" in table.text("en")


@settings(max_examples=50, deadline=None)
@given(st.integers(3, 8), st.integers(0, 10**6))
def test_only_n_minus_1_models_are_asked_for_each_row(n_classes, seed):
    answers = np.random.default_rng(seed).normal(size=(30, n_classes * (n_classes - 1) // 2))
    model = by_answers(answers, n_classes)
    wanted = [one_by_one(row, n_classes) for row in answers]
    assert model.predict(answers).tolist() == [model.classes_[one] for one, _ in wanted]
    asked = np.bincount([j for _, pairs in wanted for j in pairs], minlength=answers.shape[1])
    assert [one.asked for one in model.estimators_] == asked.tolist()
    assert asked.sum() == 30 * (n_classes - 1)


def test_scores_say_in_which_duel_a_class_was_put_out():
    # A|B says B, B|C says B, B|D says D: A is out first, then C, then B.
    answers = np.array([[1.0, -1, -1, -1, 1, 1]])
    model = by_answers(answers, 4)
    assert model.decision_function(answers).tolist() == [[0, 2, 1, 3]]
    assert model.predict(answers).tolist() == ["D"]


@pytest.mark.parametrize("n_jobs", [None, 2])
@pytest.mark.parametrize(
    "inside",
    [LinearSVC(random_state=0), GaussianNB(), ogive.LogisticRegression(), ogive.LinearRegression()],
)
def test_elimination_follows_the_answers_of_all_pairs(inside, n_jobs):
    model = ogive.OneVsOneClassifier(inside, decision="elimination", n_jobs=n_jobs).fit(X, Y)
    answers = model.estimators_.positive(X)
    wanted = [duels_of_answers(row, 6)[-1].winner for row in answers]
    np.testing.assert_array_equal(model.predict(X), wanted)
    np.testing.assert_array_equal(model.decision_function(X).argmax(axis=1), wanted)


def test_a_class_that_wins_against_all_others_is_elected_by_both_ways():
    model = ogive.OneVsOneClassifier(LinearSVC(random_state=0)).fit(X, Y)
    clear = model.votes(X).max(axis=1) == 5
    assert clear.sum() > 100
    by_vote = model.predict(X)
    by_elimination = model.set_params(decision="elimination").predict(X)
    np.testing.assert_array_equal(by_vote[clear], by_elimination[clear])


def test_pairs_are_numbered_in_their_order():
    pairs = np.array(list(combinations(range(9), 2)))
    np.testing.assert_array_equal(pair_number(pairs[:, 0], pairs[:, 1], 9), np.arange(36))
