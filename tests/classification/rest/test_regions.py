import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.multiclass import OneVsRestClassifier as Theirs
from sklearn.naive_bayes import GaussianNB

from ogive import OneVsRestClassifier
from ogive.classification.rest.regions import regions_of
from ogive.text import InputError

IRIS, SPECIES = load_iris(return_X_y=True)
CLASSES = np.array(["a", "b", "c"])
CONFIDENCES = np.array(
    [[2.0, -1.0, -1.0], [-1.0, -2.0, -3.0], [1.0, 2.0, -1.0], [0.5, 0.4, 0.3], [-5.0, 1.0, -5.0]]
)
TRUE = ["a", "b", "b", "a", "b"]


def test_rows_may_come_in_blocks(example):
    found = regions_of([CONFIDENCES[:2], CONFIDENCES[2:]], 0.0, CLASSES, TRUE)
    np.testing.assert_array_equal(found.yes, example.yes)
    np.testing.assert_array_equal(found.predicted, example.predicted)


@pytest.fixture
def example():
    return regions_of([CONFIDENCES], 0.0, CLASSES, TRUE)


def test_answers_are_counted_by_row(example):
    assert example.n_yes.tolist() == [1, 0, 2, 3, 1]
    assert example.all_rest.tolist() == [False, True, False, False, False]
    assert example.two_or_more.tolist() == [False, False, True, True, False]
    assert example.ambiguous.tolist() == [False, True, True, True, False]


def test_the_most_confident_class_is_decided_for(example):
    assert example.predicted.tolist() == ["a", "a", "b", "a", "b"]


def test_shares_and_accuracies_are_those_of_the_regions(example):
    assert [example.share(name) for name in ("one", "none", "several")] == [0.4, 0.2, 0.4]
    assert [example.accuracy(name) for name in ("one", "none", "several")] == [1.0, 0.0, 1.0]


def test_classes_that_are_claimed_together_are_listed_with_the_most_frequent_first(example):
    assert example.pairs() == [("a", "b", 2), ("a", "c", 1), ("b", "c", 1)]


def test_the_data_frame_has_a_row_for_each_region(example):
    frame = example.to_polars()
    assert frame["region"].to_list() == ["one", "none", "several"]
    assert frame["rows"].to_list() == [2, 1, 2]
    assert regions_of([CONFIDENCES], 0.0, CLASSES).to_polars()["accuracy"].null_count() == 3


@given(arrays(np.float64, st.tuples(st.integers(1, 20), st.integers(3, 6)),
              elements=st.floats(-3, 3)))  # fmt: skip
def test_every_row_is_in_exactly_one_region(confidences):
    found = regions_of([confidences], 0.0, np.arange(confidences.shape[1]))
    masks = np.array(list(found.masks().values()))
    assert (masks.sum(axis=0) == 1).all()
    assert sum(found.share(name) for name in found.masks()) == pytest.approx(1.0)


@pytest.mark.parametrize("inside", [LogisticRegression(), GaussianNB(), Ridge()])
def test_the_answers_are_those_of_the_estimators_themselves(inside):
    found = OneVsRestClassifier(inside).fit(IRIS, SPECIES).regions(IRIS, SPECIES)
    theirs = Theirs(inside).fit(IRIS, SPECIES)
    said = np.column_stack([one.predict(IRIS) > 0.5 for one in theirs.estimators_])
    np.testing.assert_array_equal(found.yes, said)
    np.testing.assert_array_equal(found.predicted, theirs.predict(IRIS))
    assert found.right.mean() == theirs.score(IRIS, SPECIES)


def test_both_ambiguous_regions_occur_in_iris():
    found = OneVsRestClassifier(LogisticRegression()).fit(IRIS, SPECIES).regions(IRIS, SPECIES)
    assert found.count("none") > 10
    assert found.count("several") > 5
    assert found.accuracy("one") > found.accuracy("several")


def test_one_classifier_for_two_classes_contradicts_itself_nowhere():
    found = OneVsRestClassifier(LogisticRegression()).fit(IRIS, SPECIES > 1).regions(IRIS)
    assert not found.ambiguous.any()
    assert "contradict each other nowhere" in found.text("en")


def test_the_text_shows_counts_and_shares_and_says_how_ambiguous_rows_are_decided(example):
    text = example.text("en")
    assert "all say rest" in text
    assert "highest confidence" in text
    assert "a and b (2)" in text
    assert next(line for line in text.splitlines() if line.startswith("two or more")).split()[
        -4:
    ] == ["2", "40.0%", "2", "100.0%"]


def test_the_text_speaks_chinese(example):
    text = example.text("zh").replace("\n   ", "")
    assert "都说“其余”" in text
    assert "置信度最高" in text
    assert "yes" not in text


def test_without_y_nothing_is_said_of_being_right():
    text = regions_of([CONFIDENCES], 0.0, CLASSES).text("en")
    assert "right" not in text


def test_printing_and_notebooks_show_the_same_regions(example, monkeypatch):
    monkeypatch.setenv("OGIVE_LANG", "en")
    assert str(example) == example.text("en")
    assert "<td>40.0%</td>" in example._repr_html_()
    assert 'lang="zh-Hans"' in example.html("zh")


def test_names_of_classes_are_escaped_in_html():
    odd = np.array(["<b>", "b", "c"])
    assert "<b>" not in regions_of([CONFIDENCES], 0.0, odd).html("en")


def test_no_rows_have_no_shares():
    found = regions_of([np.empty((0, 3))], 0.0, CLASSES, [])
    assert np.isnan(found.share("one"))
    assert found.text("en")


def test_a_y_of_another_length_is_refused():
    with pytest.raises(InputError, match="one class for each of the 5 rows") as caught:
        regions_of([CONFIDENCES], 0.0, CLASSES, ["a"])
    assert "5 行" in caught.value.text.zh


def test_models_of_labels_have_no_regions():
    labels = np.eye(3, dtype=int)[SPECIES]
    model = OneVsRestClassifier(LogisticRegression()).fit(IRIS, labels)
    with pytest.raises(InputError, match="fitted to a matrix of labels"):
        model.regions(IRIS)
