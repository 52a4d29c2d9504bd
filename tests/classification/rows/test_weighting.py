"""Weights of classes, beside scikit-learn's."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.utils.class_weight import compute_class_weight

from ogive.classification.labels.labels import checked_labels
from ogive.classification.rows.weighting import class_weights, combined_weight

Y = np.array(["a", "b", "b", "c", "c", "c"])
LABELS = checked_labels(Y)
WEIGHT = np.array([2.0, 1, 1, 3, 0, 1])


@pytest.mark.parametrize("given", ["balanced", {"a": 2.0}, {"a": 0, "b": 1, "c": 5, "d": 9}, {}])
@pytest.mark.parametrize("weight", [None, WEIGHT])
def test_weights_of_classes_are_those_of_scikit_learn(given, weight):
    expected = compute_class_weight(
        given, classes=LABELS.classes, y=Y, sample_weight=np.ones(6) if weight is None else weight
    )
    np.testing.assert_allclose(class_weights(given, LABELS, weight), expected)


def test_a_class_of_weight_0_gets_no_weight_where_all_are_to_count_the_same():
    weight = np.array([0.0, 1, 1, 1, 1, 1])
    np.testing.assert_allclose(class_weights("balanced", LABELS, weight), [0, 5 / 6, 5 / 9])


def test_weights_of_rows_and_classes_multiply():
    given = {"a": 2.0, "c": 10}
    np.testing.assert_array_equal(combined_weight(given, LABELS, WEIGHT), [4, 1, 1, 30, 0, 10])
    np.testing.assert_array_equal(combined_weight(given, LABELS, None), [2, 1, 1, 10, 10, 10])
    assert combined_weight(None, LABELS, None) is None
    assert combined_weight(None, LABELS, WEIGHT) is WEIGHT
