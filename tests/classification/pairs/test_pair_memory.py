"""More pairs of classes than memory holds are refused before anything is allocated."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import LinearSVC

import ogive
from ogive.classification.pairs.pair_memory import available_memory, bytes_of_pairs, check_pairs
from ogive.text import InputError

MANY = np.arange(10_000)


@pytest.mark.parametrize("inside", [ogive.LogisticRegression(), LinearSVC()])
def test_ten_thousand_classes_are_refused_at_once_with_advice(inside):
    X = np.zeros((10_000, 1))
    tracemalloc.start()
    with pytest.raises(InputError, match="49,995,000 two-class problems") as caught:
        ogive.OneVsOneClassifier(inside).fit(X, MANY)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20e6
    for text in caught.value.text:
        assert "GB" in text
        assert "OneVsRestClassifier" in text
        assert "OutputCodeClassifier" in text
        assert "softmax" in text
        assert "max_memory=" in text


def test_a_thousand_classes_are_not_refused():
    check_pairs(ogive.LogisticRegression(), 1000, 32, 4e9)
    assert bytes_of_pairs(LinearSVC(), 1000, 32) < 4e9


def test_the_number_that_the_message_gives_is_enough():
    inside = ogive.LogisticRegression()
    with pytest.raises(InputError) as caught:
        check_pairs(inside, 123, 7, 1000)
    given = float(caught.value.text.en.split("max_memory=")[1].split(")")[0])
    check_pairs(inside, 123, 7, given)


def test_max_memory_is_what_decides():
    X, y = np.random.default_rng(0).normal(size=(60, 2)), np.arange(60) % 6
    with pytest.raises(InputError, match="15 two-class problems"):
        ogive.OneVsOneClassifier(GaussianNB(), max_memory=1000).fit(X, y)
    assert len(ogive.OneVsOneClassifier(GaussianNB(), max_memory=1e6).fit(X, y).estimators_) == 15


def test_partial_fit_is_refused_as_well():
    from sklearn.linear_model import SGDClassifier

    with pytest.raises(InputError, match="49,995,000"):
        ogive.OneVsOneClassifier(SGDClassifier()).partial_fit(
            np.zeros((2, 1)), [0, 1], classes=MANY
        )


def test_the_memory_of_the_machine_is_known_to_be_some():
    assert available_memory() > 10**8


@pytest.mark.parametrize("inside", [LinearSVC(), GaussianNB()])
def test_the_estimate_is_not_below_what_fitted_estimators_take(inside):
    X, y = np.random.default_rng(0).normal(size=(120, 32)), np.arange(120) % 12
    tracemalloc.start()
    model = ogive.OneVsOneClassifier(inside).fit(X, y)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(model.estimators_) == 66
    assert taken < 1.2 * bytes_of_pairs(inside, 12, 32)
