import warnings

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from ogive.activations import activation
from ogive.activations import activations as activation_names
from ogive.comparison import COMPARED, compare
from ogive.text import InputError

X, Y = load_iris(return_X_y=True)
SMALL = {"activations": ["relu"], "n_splits": 3, "n_repeats": 1, "max_iter": 5}
QUICK = {"n_splits": 2, "n_repeats": 1, "max_iter": 2, "learning_rates": (0.01,)}


def mixed_table(n=90):
    rng = np.random.default_rng(0)
    colour = rng.choice(["red", "green", "blue"], n)
    size = np.where(rng.random(n) < 0.1, np.nan, rng.normal(size=n))
    y = np.where((colour == "red") ^ (np.nan_to_num(size) > 0), "yes", "no")
    return {"colour": colour, "size": size}, y


def test_it_is_the_public_function():
    import ogive

    assert ogive.compare is compare


def test_the_usual_twelve_are_compared_unless_told_otherwise():
    comparison = compare(X, Y, **QUICK)
    assert comparison.settings.labels == COMPARED
    assert len(comparison.rows()) == 12


def test_all_means_the_whole_catalogue():
    comparison = compare(X, Y, **(QUICK | {"activations": "all", "max_iter": 1}))
    assert list(comparison.settings.labels) == activation_names()


def test_formulas_are_compared_under_their_own_text_and_parameters():
    formula = activation("z * sigmoid(beta * z)", beta=1.5)
    comparison = compare(X, Y, **(QUICK | {"activations": ["max(z, 0.1*z)", formula, "relu"]}))
    assert comparison.settings.labels == (
        "max(z, 0.1*z)",
        "z*sigmoid(beta*z)(beta=1.5)",
        "relu",
    )


def test_it_learns():
    comparison = compare(*load_breast_cancer(return_X_y=True), **(SMALL | {"max_iter": 30}))
    assert comparison.task == "classification"
    assert comparison.rows()[0].score > 0.93
    assert np.mean(comparison.guesses) == pytest.approx(0.627, abs=0.01)


def test_regression_is_scored_on_the_targets_own_scale():
    X, y = load_diabetes(return_X_y=True)
    errors = compare(X, y, scoring="neg_mean_absolute_error", **(SMALL | {"max_iter": 30}))
    assert errors.task == "regression"
    assert -60 < errors.rows()[0].score < -35
    assert compare(X, y, **(SMALL | {"max_iter": 30})).rows()[0].score > 0.2


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
def test_tables_of_any_kind_with_text_and_missing_values_will_do(make):
    table, y = mixed_table()
    comparison = compare(make(table), y, **(SMALL | {"max_iter": 60}))
    assert (comparison.data.n_numeric, comparison.data.n_categorical) == (1, 1)
    assert comparison.data.n_missing > 0
    assert comparison.rows()[0].score > 0.75


def test_both_kinds_of_table_give_the_same_result():
    table, y = mixed_table()
    one, two = (compare(make(table), y, **SMALL).scores for make in (pd.DataFrame, pl.DataFrame))
    assert one == two


def test_a_transformer_of_the_users_prepares_the_columns():
    prepare = make_pipeline(MinMaxScaler(), StandardScaler())
    comparison = compare(X, Y, prepare=prepare, **SMALL)
    plain = compare(X, Y, **SMALL)
    assert comparison.scores["relu"] == pytest.approx(plain.scores["relu"], abs=0.05)
    assert not hasattr(prepare[0], "scale_")


def test_columns_may_be_used_as_they_are():
    comparison = compare(X, Y, prepare="passthrough", **SMALL)
    assert "prepare='passthrough'" in comparison.command


def test_activations_may_be_objects_or_one_for_each_layer():
    leaky = activation("leaky_relu", negative_slope=0.2)
    comparison = compare(X, Y, **(SMALL | {"activations": ["relu", leaky, ["tanh", "relu"]]}))
    assert comparison.settings.labels == ("relu", "leaky_relu(negative_slope=0.2)", "tanh → relu")


def test_float64_is_as_good_as_float32():
    one, two = (compare(X, Y, dtype=dtype, **SMALL) for dtype in (np.float32, np.float64))
    assert one.scores["relu"] == pytest.approx(two.scores["relu"], abs=0.05)


def test_without_a_seed_the_one_drawn_is_recorded():
    comparison = compare(X, Y, random_state=None, **SMALL)
    again = compare(X, Y, random_state=comparison.settings.random_state, **SMALL)
    assert comparison.scores == again.scores


def test_the_call_that_repeats_it_is_given():
    comparison = compare(X, Y, n_jobs=1, **SMALL)
    assert comparison.command == (
        "ogive.compare(X, y, activations=['relu'], n_splits=3, n_repeats=1, max_iter=5, "
        "random_state=0)"
    )
    ogive = type("ogive", (), {"compare": staticmethod(compare)})
    again = eval(comparison.command, {"ogive": ogive, "X": X, "y": Y})
    assert again.scores == comparison.scores


def test_a_command_of_the_callers_is_kept():
    assert compare(X, Y, command="ogive compare iris", **SMALL).command == "ogive compare iris"


def test_names_for_the_report_are_kept():
    comparison = compare(X, Y, target_name="species", data_name="iris", **SMALL)
    assert (comparison.data.target, comparison.data_name) == ("species", "iris")


def test_it_is_silent():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        compare(X, Y, **SMALL)


def test_the_best_of_two_plainly_different_functions_is_found():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(400, 2))
    y = np.where(X[:, 0] * X[:, 1] > 0, "same", "other")
    comparison = compare(X, y, activations=["identity", "tanh"], max_iter=60, n_repeats=1)
    assert comparison.best == "tanh"
    assert comparison.rows()[1].group == "worse"
    assert comparison.verdict.en.startswith("tanh is best")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"activations": []}, "activations is empty"),
        ({"activations": ["rellu"]}, "Did you mean 'relu'"),
        ({"activations": ["relu", "relu"]}, "'relu' more than once"),
        ({"activations": ["silu", "swish"]}, "'silu' more than once"),
        ({"learning_rates": []}, "learning_rates is empty"),
        ({"scoring": "acuracy"}, "Did you mean 'accuracy'"),
        ({"scoring": "r2"}, "not available for classification"),
        ({"n_splits": 1}, "n_splits must be"),
        ({"n_repeats": 0}, "n_repeats must be"),
        ({"max_iter": 0}, "max_iter must be"),
        ({"batch_size": 0}, "batch_size must be"),
        ({"hidden_layer_sizes": ()}, "at least one layer"),
        ({"solver": "lbfgs"}, "solver must be"),
        ({"validation_fraction": 0.9}, "not above 0.5"),
        ({"random_state": -1}, "random_state must be"),
        ({"prepare": "scale"}, "prepare must be"),
        ({"task": "ranking"}, "task must be"),
        ({"dtype": "int8"}, "dtype must be"),
    ],
)
def test_settings_that_make_no_sense_are_refused(changed, message):
    with pytest.raises(InputError, match=message) as error:
        compare(X, Y, **(SMALL | changed))
    assert any("\u4e00" <= character <= "\u9fff" for character in error.value.text.zh)


@pytest.mark.parametrize(
    ("X", "y", "message"),
    [
        (X, np.zeros(150, int), "one value only"),
        (X[:60], np.repeat(["a", "b"], [58, 2]), "Class 'b' of the target has 2 rows"),
        (X[:2], [0.5, 1.5], "2 rows cannot be cut into 3 folds"),
        (np.where(X > 7.5, np.inf, X), Y, "infinite"),
        (X, np.where(Y == 0, np.inf, Y + 0.5), "infinite"),
        (X[:100], Y, "X has 100 rows and y has 150"),
    ],
)
def test_data_that_cannot_be_used_are_refused(X, y, message):
    with pytest.raises(InputError, match=message):
        compare(X, y, **SMALL)
