"""Parameters: activations in every form, widths, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from network_tables import features, same_weights, target
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils._param_validation import InvalidParameterError

import ogive
from ogive.activations import activations
from ogive.text import InputError

pytestmark = pytest.mark.filterwarnings("ignore:Stochastic Optimizer")

SMALL = {"max_iter": 4, "random_state": 0, "batch_size": 16}


def table():
    X = features(80)
    return X, target("binary", X)


@pytest.mark.parametrize("name", activations())
def test_every_function_of_the_catalogue_can_be_trained_with(name):
    X, y = table()
    model = ogive.MLPClassifier((6, 4), activation=name, **SMALL).fit(X, y)
    assert np.isfinite(model.loss_curve_).all()
    probabilities = model.predict_proba(X)
    z = X
    for w, b, slopes in zip(model.coefs_, model.intercepts_, model.negative_slopes_, strict=False):
        learnt = {"negative_slope": slopes[0]} if slopes.size else {}
        z = ogive.activation(name, **learnt)(z @ w + b)
    z = z @ model.coefs_[-1] + model.intercepts_[-1]
    np.testing.assert_allclose(probabilities[:, 1:], 1 / (1 + np.exp(-z)), rtol=1e-9)


def test_one_function_for_all_layers_can_be_given_in_three_ways():
    X, y = table()
    ways = ["gelu", ogive.activation("gelu"), ["gelu", "gelu"]]
    models = [ogive.MLPClassifier((6, 5), activation=way, **SMALL).fit(X, y) for way in ways]
    assert same_weights(models[0], models[1])
    assert same_weights(models[0], models[2])


@pytest.mark.parametrize("make", [list, tuple, np.array])
def test_each_layer_can_have_its_own_function(make):
    X, y = table()
    names = ["tanh", "relu", "silu"]
    model = ogive.MLPClassifier((6, 5, 4), activation=make(names), **SMALL).fit(X, y)
    z = X
    for name, w, b in zip(names, model.coefs_, model.intercepts_, strict=False):
        z = ogive.activation(name)(z @ w + b)
    z = z @ model.coefs_[-1] + model.intercepts_[-1]
    np.testing.assert_allclose(model.predict_proba(X)[:, 1:], 1 / (1 + np.exp(-z)), rtol=1e-9)


def test_a_function_s_own_parameters_are_used():
    X, y = table()

    def fit(slope):
        function = ogive.activation("leaky_relu", negative_slope=slope)
        return ogive.MLPClassifier((6,), activation=function, **SMALL).fit(X, y)

    assert same_weights(fit(0.0), ogive.MLPClassifier((6,), activation="relu", **SMALL).fit(X, y))
    assert same_weights(
        fit(1.0), ogive.MLPClassifier((6,), activation="identity", **SMALL).fit(X, y)
    )
    assert not same_weights(fit(0.2), fit(0.3))


def test_activations_survive_get_params_and_clone():
    function = ogive.activation("elu", alpha=0.5)
    model = ogive.MLPRegressor(activation=[function, "relu"], hidden_layer_sizes=(3, 3))
    assert model.get_params()["activation"] == [function, "relu"]
    assert clone(model).get_params() == model.get_params()
    assert "elu" in repr(model)


def test_activations_can_be_searched():
    X, y = table()
    choices = ["relu", ogive.activation("leaky_relu", negative_slope=0.3), ["tanh", "gelu"]]
    search = GridSearchCV(
        make_pipeline(StandardScaler(), ogive.MLPClassifier((6, 4), **SMALL)),
        {"mlpclassifier__activation": choices},
        cv=2,
    ).fit(X, y)
    assert search.best_params_["mlpclassifier__activation"] in choices
    assert np.isfinite(search.cv_results_["mean_test_score"]).all()


@pytest.mark.parametrize("name", ["rellu", "Relu", ""])
def test_an_unknown_activation_is_refused_with_the_nearest_name(name):
    X, y = table()
    with pytest.raises(InputError, match="catalogue") as refusal:
        ogive.MLPClassifier(activation=name).fit(X, y)
    if name:
        assert "'relu'" in str(refusal.value)
        assert "'relu'" in refusal.value.text.zh


@pytest.mark.parametrize("functions", [["relu"], ["relu"] * 3, []], ids=len)
def test_a_list_of_another_length_is_refused_in_both_languages(functions):
    X, y = table()
    with pytest.raises(InputError, match=f"lists {len(functions)} functions") as refusal:
        ogive.MLPClassifier((6, 5), activation=functions).fit(X, y)
    assert f"{len(functions)} 个函数" in refusal.value.text.zh


def test_a_list_with_something_else_is_refused():
    X, y = table()
    with pytest.raises(InputError, match="activation must be a name"):
        ogive.MLPClassifier((6, 5), activation=["relu", 3]).fit(X, y)


@pytest.mark.parametrize("sizes", [(10**9,), (10**9, 10**9), (5, 10**9), (10**30,)], ids=str)
@pytest.mark.parametrize("solver", ["adam", "lbfgs"])
def test_a_network_that_cannot_fit_into_memory_is_refused_in_both_languages(sizes, solver):
    X, y = table()
    with pytest.raises(InputError, match=r"GiB of memory.*hidden_layer_sizes") as refusal:
        ogive.MLPClassifier(sizes, solver=solver).fit(X, y)
    assert "GiB 内存" in refusal.value.text.zh
    assert "1,000,000,000" in refusal.value.text.zh


@pytest.mark.parametrize("sizes", [0, -3, (5, 0), (5, 2.5), ("5",)], ids=repr)
def test_impossible_widths_are_refused(sizes):
    X, y = table()
    with pytest.raises(ValueError, match="hidden_layer_sizes"):
        ogive.MLPClassifier(sizes).fit(X, y)


@pytest.mark.parametrize("sizes", [7, (7,), [7], np.array([7]), np.int64(7)], ids=repr)
def test_widths_come_in_many_forms(sizes):
    X, y = table()
    model = ogive.MLPClassifier(sizes, **SMALL).fit(X, y)
    assert model.coefs_[0].shape == (6, 7)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("alpha", -1),
        ("batch_size", 0),
        ("learning_rate", "slow"),
        ("learning_rate_init", 0),
        ("max_iter", 0),
        ("momentum", 1.5),
        ("solver", "newton"),
        ("init", "zeros"),
        ("weight_decay", -0.1),
        ("early_stopping", "accuracy"),
        ("n_iter_no_change", 0),
        ("beta_1", 1.0),
        ("class_weight", "heavy"),
        ("activation", 3),
    ],
)
def test_parameters_out_of_range_are_refused_by_name(name, wrong):
    X, y = table()
    with pytest.raises(ValueError, match=name):
        ogive.MLPClassifier(**{name: wrong}).fit(X, y)


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_tables_with_numbers_that_are_not_finite_are_refused(wrong):
    X, y = table()
    X[3, 2] = wrong
    with pytest.raises(ValueError, match="NaN|infinity"):
        ogive.MLPClassifier().fit(X, y)


def test_a_negative_count_is_refused_in_both_languages():
    X, _ = table()
    with pytest.raises(InputError, match="poisson") as refusal:
        ogive.MLPRegressor(loss="poisson").fit(X, X[:, 0])
    assert "poisson" in refusal.value.text.zh


@pytest.mark.parametrize("estimator", [ogive.MLPClassifier, ogive.MLPRegressor])
@pytest.mark.parametrize("value", [None, 3, True, b"relu", {"relu"}, {"relu": 1}, np.array("relu")])
def test_what_activation_must_be_is_said_in_words(estimator, value):
    X, y = table()
    with pytest.raises(InvalidParameterError) as caught:
        estimator(activation=value).fit(X, y)
    message = str(caught.value)
    name = estimator.__name__
    assert message.startswith(f"The 'activation' parameter of {name} must be a name such as 'relu'")
    assert "a formula such as 'z * sigmoid(z)', an ogive.Activation, or a list of these" in message
    assert message.endswith(f"Got {value!r} instead.")
    assert "instance" not in message


def test_an_array_or_a_series_lists_functions_too():
    X, y = table()
    for given in (["relu", "tanh"], ("relu", "tanh"), np.array(["relu", "tanh"])):
        ogive.MLPClassifier((4, 4), activation=given, **SMALL).fit(X, y)
    with pytest.raises(InputError, match="lists 0 functions, but hidden_layer_sizes has 1 layer;"):
        ogive.MLPClassifier((4,), activation=[]).fit(X, y)
