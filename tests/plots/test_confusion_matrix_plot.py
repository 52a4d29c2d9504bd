from collections import Counter

import numpy as np
import pytest
from chart_data import marks, said, svg

from ogive.plots import confusion_matrix
from ogive.text import InputError

TRUE = np.array(list("aaaabbbccc"))
PREDICTED = np.array(list("aaabbbbcaa"))


def cells(chart):
    return {(r["true"], r["predicted"]): r for r in marks(chart, "rect", "count")}


def test_cells_count_the_pairs():
    found = cells(confusion_matrix(TRUE, PREDICTED))
    expected = Counter(zip(TRUE.tolist(), PREDICTED.tolist(), strict=True))
    assert {pair: cell["count"] for pair, cell in found.items() if cell["count"]} == expected


def test_shares_are_those_of_each_true_class():
    found = cells(confusion_matrix(TRUE, PREDICTED))
    assert found["a", "a"]["share"] == 0.75
    assert found["c", "a"]["share"] == pytest.approx(2 / 3, abs=1e-6)


def test_weights_are_added_up():
    weight = np.arange(10.0)
    found = cells(confusion_matrix(TRUE, PREDICTED, sample_weight=weight))
    assert found["c", "a"]["count"] == 17.0
    assert found["c", "a"]["share"] == pytest.approx(17 / 24, abs=1e-6)


def test_the_note_has_how_many_are_right():
    assert "7 of 10 right (70.0%)" in said(confusion_matrix(TRUE, PREDICTED))


def test_a_class_that_is_predicted_only_has_an_empty_row():
    found = cells(confusion_matrix(["a", "b"], ["a", "c"]))
    assert found["c", "c"]["share"] == 0
    assert found["b", "c"]["count"] == 1


def test_labels_set_the_order():
    chart = confusion_matrix(TRUE, PREDICTED, labels=["c", "a"])
    assert list(cells(chart)) == [("c", "c"), ("c", "a"), ("a", "c"), ("a", "a")]


def test_numbers_of_thirty_classes_are_written_and_those_of_a_hundred_left_to_tooltips():
    random = np.random.RandomState(0)
    for n, written in ((30, True), (100, False)):
        true = random.randint(0, n, 5000)
        chart = confusion_matrix(true, np.where(random.rand(5000) < 0.8, true, 0)).to_dict()
        kinds = [layer["mark"]["type"] for layer in chart["layer"]]
        assert ("text" in kinds) == written
        assert chart["width"]["step"] * n <= 640


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["True class", "Predicted class", "wrong"]), ("zh", ["真实类别", "预测类别", "错误"])],
)
def test_titles_are_in_the_language(language, words):
    text = svg(confusion_matrix(TRUE, PREDICTED, language=language))
    assert all(word in text for word in words)


@pytest.mark.parametrize(
    ("true", "predicted", "options", "message"),
    [
        ([0, 1], [0, 1, 1], {}, "2 rows and y_pred 3"),
        ([0.0, np.nan], [0, 1], {}, "y_true has a missing value"),
        ([0, 1], [0.0, np.nan], {}, "y_pred has a missing value"),
        ([0, 1], [0, 1], {"labels": [5]}, "no row of the classes"),
        ([0, 1], [0, 1], {"sample_weight": [1]}, "sample_weight"),
        (np.arange(500), np.arange(500), {}, "500 classes"),
        (np.array([0, "a"], dtype=object), ["a", "a"], {}, "several types"),
    ],
)
def test_bad_input_is_named(true, predicted, options, message):
    with pytest.raises(InputError, match=message):
        confusion_matrix(true, predicted, **options)


def test_numbers_of_another_type_are_the_same_classes():
    found = cells(confusion_matrix([0, 1, 1], np.array([0.0, 1.0, 0.0])))
    assert {pair: cell["count"] for pair, cell in found.items()} == {
        ("0", "0"): 1,
        ("0", "1"): 0,
        ("1", "0"): 1,
        ("1", "1"): 1,
    }


def test_large_counts_are_written_out():
    true = np.repeat([0, 1], [1_234_567, 3])
    found = cells(confusion_matrix(true, true))
    assert found["0", "0"]["count"] == 1_234_567
    assert found["0", "0"]["written"] == "1,234,567"


def test_text_beside_numbers_is_refused():
    with pytest.raises(InputError, match="mixes labels of several types"):
        confusion_matrix(["0", "1"], [0, 1])
