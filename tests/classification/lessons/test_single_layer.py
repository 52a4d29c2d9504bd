import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from sklearn.datasets import load_iris, load_linnerud

from ogive import LinearRegression, LogisticRegression, OneVsRestClassifier
from ogive.classification.lessons.single_layer import single_layer, single_layer_table
from ogive.data import infer_task, load_house, load_pictures
from ogive.data.pictures import CONTENTS, FEATURES
from ogive.text import InputError

IRIS, SPECIES = load_iris(return_X_y=True)
HOUSES, PICTURES = load_house(), load_pictures()
EXERCISES, BODIES = load_linnerud(return_X_y=True)

LECTURE = [
    ("one variable", "one", "none", "none", "linear regression"),
    ("many variables", "one", "none", "none", "linear regression"),
    ("many variables", "one", "none", "two-class (logistic)", "binary classification"),
    ("many variables", "many", "none", "multi-class (softmax)", "multi-class classification"),
]
CASES = {
    "simple_regression": (HOUSES.select("size"), HOUSES["price"], LinearRegression),
    "multiple_regression": (HOUSES.drop("price"), HOUSES["price"], LinearRegression),
    "binary": ([[2, 4], [2, 1], [3, 3]], [1, 0, 0], LogisticRegression),
    "multiclass": (IRIS, SPECIES, LogisticRegression),
    "several_targets": (EXERCISES, BODIES, LinearRegression),
    "multilabel": (PICTURES.select(FEATURES), PICTURES.select(CONTENTS), OneVsRestClassifier),
}


def test_the_table_is_that_of_the_lecture():
    rows = [row.cells("en") for row in single_layer_table(lecture_only=True)]
    assert rows == [["single layer", *cells] for cells in LECTURE]


def test_two_rows_more_are_of_several_targets_and_of_labels():
    more = [row.key for row in single_layer_table() if not row.in_lecture]
    assert more == ["several_targets", "multilabel"]


def test_rows_are_found_by_place_and_by_key():
    table = single_layer_table()
    assert table["binary"] is table[2]
    assert table[:2] == table.rows[:2]
    assert len(table) == 6


def test_the_table_is_shown_in_both_languages(monkeypatch):
    table = single_layer_table()
    assert "two-class (logistic)" in table.text("en")
    assert "二分类函数（logistic）" in table.text("zh")
    assert 'lang="zh-Hans"' in table.html("zh")
    assert table.to_polars("zh")["does"].to_list()[0] == "线性回归"
    monkeypatch.setenv("OGIVE_LANG", "zh")
    assert str(table) == table.text("zh")
    assert table._repr_html_() == table.html("zh")


@pytest.mark.parametrize("key", CASES)
def test_the_row_that_applies_is_found(key):
    X, y, _ = CASES[key]
    assert single_layer(X, y).row is single_layer_table()[key]


@pytest.mark.parametrize("key", CASES)
def test_the_network_that_is_built_can_be_fitted_and_predicts_such_targets(key):
    X, y, Model = CASES[key]
    layer = single_layer(X, y)
    model = layer.build()
    assert type(model) is Model
    assert type(model).__name__ in layer.row.model
    predicted = model.fit(X, y).predict(X)
    assert predicted.shape == np.shape(y)


@pytest.mark.parametrize("key", CASES)
def test_as_many_numbers_are_learned_as_it_says(key):
    X, y, _ = CASES[key]
    layer = single_layer(X, y)
    model = layer.build().fit(X, y)
    models = model.estimators_ if key == "multilabel" else [model]
    learned = sum(np.size(one.coef_) + np.size(one.intercept_) for one in models)
    assert layer.n_weights == learned


def test_parameters_reach_the_model_that_is_built():
    assert single_layer(IRIS, SPECIES).build(C=7.0).C == 7.0
    X, y, _ = CASES["multilabel"]
    assert single_layer(X, y).build(C=7.0).estimator.C == 7.0
    assert single_layer(EXERCISES, BODIES).build(fit_intercept=False).fit_intercept is False


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60))
def test_whole_numbers_are_taken_for_what_the_command_line_takes_them_for(values):
    if len(set(values)) == 1:
        return
    kind = single_layer(np.zeros((len(values), 2)), np.array(values)).target.kind
    assert (kind != "numbers") == (infer_task(pl.Series(values)) == "classification")


@pytest.mark.parametrize(
    ("y", "task", "key"),
    [
        ([0.0, 1.0, 1.0], "auto", "binary"),
        ([0.5, 1.0, 1.0], "auto", "multiple_regression"),
        ([True, False, True], "auto", "binary"),
        (["a", "b", "c"], "auto", "multiclass"),
        (np.array(["a", "b", "a"], dtype=object), "auto", "binary"),
        (np.array([1, 2.5, 3], dtype=object), "auto", "multiple_regression"),
        ([3, 1, 2], "auto", "multiple_regression"),
        ([3, 1, 2], "classification", "multiclass"),
        ([0, 1, 1], "regression", "multiple_regression"),
        ([[0], [1], [1]], "auto", "binary"),
        ([[0, 1], [1, 1], [0, 0]], "auto", "multilabel"),
        ([[0, 1], [1, 1], [0, 0]], "regression", "several_targets"),
        (sparse.csr_array([[0, 1], [1, 1], [0, 0]]), "auto", "multilabel"),
        ([[False, True], [True, True], [False, False]], "auto", "multilabel"),
        ([[0.5, 1], [1, 1], [0, 0]], "auto", "several_targets"),
    ],
)
@pytest.mark.filterwarnings("ignore:A column-vector y")
def test_targets_of_every_kind_are_told_apart(y, task, key):
    assert single_layer([[1, 2], [3, 4], [5, 7]], y, task=task).row.key == key


def test_the_text_names_equation_outputs_and_model():
    text = single_layer(IRIS, SPECIES).text("en").replace("\n   ", " ")
    assert "150 rows, 4 variables" in text
    assert "z = x1 w1 + … + x4 w4 + b: 12 weights and 3 biases, 15 numbers to learn" in text
    assert "3 classes (0, 1, 2)" in text
    assert "build() gives LogisticRegression()" in text
    assert "task='regression'" in text


def test_the_text_speaks_chinese(monkeypatch):
    layer = single_layer(HOUSES.drop("price"), HOUSES["price"])
    text = layer.text("zh")
    assert "z = x1 w1 + x2 w2 + b：2 个权重和 1 个偏置" in text
    assert "线性回归" in text
    monkeypatch.setenv("OGIVE_LANG", "zh")
    assert str(layer) == text
    assert layer._repr_html_() == layer.html("zh")


def test_a_single_variable_with_classes_is_told_to_be_the_same_row():
    text = single_layer(IRIS[:, :1], SPECIES).text("en").replace("\n   ", " ")
    assert "With one variable it is the same row of the table" in text
    assert "1 variable:" in text


def test_columns_with_exactly_one_1_in_a_row_may_be_classes():
    layer = single_layer(IRIS, np.eye(3, dtype=int)[SPECIES])
    assert layer.row.key == "multilabel"
    assert "argmax" in layer.text("en")
    assert "argmax" not in single_layer(*CASES["multilabel"][:2]).text("en")


def test_the_data_frame_tells_how_many_variables_and_outputs_there_are():
    frame = single_layer(IRIS, SPECIES).to_polars("en")
    assert frame.select("key", "n_features", "n_outputs").row(0) == ("multiclass", 4, 3)


@pytest.mark.parametrize(
    ("X", "y", "task", "message"),
    [
        ([1, 2, 3], [1, 2, 3], "auto", "table with rows and columns"),
        (np.empty((3, 0)), [1, 2, 3], "auto", "table with rows and columns"),
        (np.ones((3, 2)), [1.5, 2.0], "auto", "X has 3 rows and y has 2"),
        (np.ones((3, 2)), [1, 2, 3], "fit", "task must be one of auto"),
        (np.ones((3, 2)), [1.5, np.nan, 2], "auto", "NaN or infinity: 1 of its values"),
        (np.ones((3, 2)), ["a", "a", "a"], "auto", "only one class"),
        (np.ones((3, 2)), ["a", "b", "c"], "regression", "no numbers"),
        (np.ones((3, 2)), [["a", "b"]] * 3, "auto", "no numbers"),
        (np.ones((9, 2)), [[2, 1], [1, 2], [1, 1]] * 3, "auto", "look like classes"),
        (np.ones((3, 2)), [[2, 1]] * 3, "classification", "other values than 0 and 1"),
    ],
)
def test_what_no_row_is_for_is_refused_with_advice(X, y, task, message):
    with pytest.raises(InputError, match=message) as caught:
        single_layer(X, y, task=task)
    assert caught.value.text.zh != caught.value.text.en


TOWNS = {"size": [1.0, 2, 3], "town": [None, "Ulm", "Bonn"]}


@pytest.mark.parametrize(
    ("X", "column", "value"),
    [
        (pl.DataFrame(TOWNS), "'town'", "'Ulm'"),
        (pd.DataFrame(TOWNS), "'town'", "'Ulm'"),
        (pd.DataFrame(TOWNS).astype({"town": "category"}), "'town'", "'Ulm'"),
        (np.array([[1, "a"], [2, "b"], [3, "a"]], dtype=object), "1", "'a'"),
        (np.array([["1", "a"], ["2", "b"], ["3", "a"]]), "1", "'a'"),
        ([[1, "a"], [2, "b"], [3, "a"]], "1", "'a'"),
        (pl.DataFrame({"day": np.arange(3).astype("datetime64[D]")}), "'day'", "1970"),
    ],
    ids=["polars", "pandas", "category", "objects", "texts", "list", "dates"],
)
def test_columns_that_are_no_numbers_have_no_number_of_weights(X, column, value):
    with pytest.raises(InputError, match=f"column {column} of X holds .*Encode it first") as error:
        single_layer(X, [1.5, 2, 4])
    assert value in str(error.value) or value == "1970"
    assert f"列 {column}" in error.value.text.zh


def test_numbers_held_as_objects_and_truth_values_have_weights():
    assert single_layer(np.array([[1, True], [2.5, None]], dtype=object), [1.5, 2]).n_weights == 3
    assert single_layer(pl.DataFrame({"a": [True, False], "b": [1, None]}), [1.5, 2]).n_weights == 3
