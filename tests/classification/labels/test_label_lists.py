import numpy as np
import pandas as pd
import pytest

from ogive import LogisticRegression, OneVsRestClassifier
from ogive.text import InputError

X = np.array([[0.0], [1], [2]])


@pytest.mark.parametrize(
    "y",
    [
        [["a"], ["b", "a"], ["a"]],
        [["a", "b"], ["b"], []],
        [("a",), (), ("b", "c")],
        [{"a"}, {"b"}, {"a", "b"}],
        pd.Series([["a"], ["b", "a"], ["a"]]),
        pd.Series([["a", "c"], ["b", "a"], ["a", "b"]]),
        [["a", "c"], ["b", "a"], ["a", "b"]],
    ],
    ids=["lists", "an empty list", "tuples", "sets", "a series", "series of two", "of one length"],
)
def test_lists_of_labels_are_referred_to_the_binarizer(y):
    with pytest.raises(InputError, match="MultiLabelBinarizer") as error:
        OneVsRestClassifier(LogisticRegression()).fit(X, y)
    assert "MultiLabelBinarizer" in error.value.text.zh


def test_the_first_list_is_shown():
    with pytest.raises(InputError, match=r"such as \['a'\] in row 1 ") as error:
        LogisticRegression().fit(X, ["a", ["a"], "b"])
    assert "第 1 行（从 0 起数）的 ['a']" in error.value.text.zh


def test_lists_of_one_length_are_the_rows_of_a_matrix():
    Y = [[1, 0], [0, 1], [1, 1]]
    model = OneVsRestClassifier(LogisticRegression()).fit(X, Y)
    np.testing.assert_array_equal(
        model.predict_proba(X),
        OneVsRestClassifier(LogisticRegression()).fit(X, np.array(Y)).predict_proba(X),
    )
