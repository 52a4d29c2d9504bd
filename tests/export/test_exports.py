"""Exports say what the model says, for every activation there is."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from onnx.reference import ReferenceEvaluator
from sklearn.datasets import load_iris, make_classification, make_multilabel_classification
from sklearn.exceptions import NotFittedError
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.tree import DecisionTreeClassifier

import ogive
from ogive.export import numpy_source, onnx_model, python_source, to_dict

X = np.random.default_rng(0).normal(0, 3, (60, 4))
Y = np.sin(X[:, 0]) + X[:, 1]
# The reference evaluator rounds erf to float32.
ROUNDED = {"gelu", "geglu", "erf_curve", "serf", "normal_cdf"}
pytestmark = [
    pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning"),
    # It computes the branches that Where does not choose, too.
    pytest.mark.filterwarnings("ignore::RuntimeWarning:onnx"),
]
NO_FORM = {"sparsemax"}  # in ONNX


def numpy_module(model):
    names = {}
    exec(numpy_source(model), names)
    return names


def network(activation):
    return ogive.MLPRegressor(
        hidden_layer_sizes=(6, 4), activation=activation, max_iter=3, random_state=0
    ).fit(X, Y)


@pytest.mark.parametrize("name", [*ogive.activations(), "z * sigmoid(1.5 * z) + 0.1 * sin(z)"])
def test_numpy_source_predicts_what_the_network_predicts(name):
    model = network(name)
    predicted = numpy_module(model)["predict"](X)
    np.testing.assert_allclose(predicted, model.predict(X), rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("name", sorted(set(ogive.activations()) - NO_FORM))
def test_onnx_predicts_what_the_network_predicts(name):
    model = network(name)
    evaluator = ReferenceEvaluator(onnx_model(model, "float64"))
    (predicted,) = evaluator.run(None, {"X": X})
    tolerance = 2e-6 if name in ROUNDED else 1e-9
    np.testing.assert_allclose(predicted, model.predict(X), rtol=tolerance, atol=tolerance)


def test_slopes_that_each_unit_has_learnt_are_exported():
    prelu = ogive.activation("prelu", per_unit=True)
    model = ogive.MLPRegressor(
        hidden_layer_sizes=(5,), activation=prelu, max_iter=30, random_state=0
    ).fit(X, Y)
    assert len(set(model.negative_slopes_[0])) == 5
    expected = model.predict(X)
    np.testing.assert_allclose(numpy_module(model)["predict"](X), expected, rtol=1e-9)
    (onnx,) = ReferenceEvaluator(onnx_model(model, "float64")).run(None, {"X": X})
    np.testing.assert_allclose(onnx, expected, rtol=1e-9)


def classifiers():
    iris = load_iris()
    names = iris.target_names[iris.target]
    two = make_classification(80, 4, random_state=0)
    yield "three classes with names", ogive.MLPClassifier(hidden_layer_sizes=(5,)), iris.data, names
    yield "two classes", ogive.MLPClassifier(hidden_layer_sizes=(5,), activation="tanh"), *two
    yield (
        "several labels",
        ogive.MLPClassifier(hidden_layer_sizes=(5,)),
        *make_multilabel_classification(60, 4, random_state=0),
    )
    yield "logistic", ogive.LogisticRegression(), *two
    yield "softmax", ogive.LogisticRegression(), iris.data, names
    yield (
        "standardised",
        make_pipeline(StandardScaler(), ogive.MLPClassifier(hidden_layer_sizes=(5,))),
        iris.data,
        iris.target,
    )


@pytest.mark.parametrize(
    ("model", "rows", "labels"),
    [pytest.param(*given, id=what) for what, *given in classifiers()],
)
def test_classifiers_export_labels_and_probabilities(model, rows, labels):
    if "max_iter" in model.get_params():
        model.set_params(max_iter=40)
    model.fit(rows, labels)
    module = numpy_module(model)
    np.testing.assert_array_equal(module["predict"](rows), model.predict(rows))
    np.testing.assert_allclose(module["predict_proba"](rows), model.predict_proba(rows), rtol=1e-9)
    label, probabilities = ReferenceEvaluator(onnx_model(model, "float64")).run(
        None, {"X": rows.astype(np.float64)}
    )
    np.testing.assert_array_equal(label, model.predict(rows))
    np.testing.assert_allclose(probabilities, model.predict_proba(rows), rtol=1e-7, atol=1e-12)


def test_linear_regressions_are_exported_with_one_target_and_with_two():
    for y in (Y, np.column_stack([Y, -2 * Y])):
        model = ogive.LinearRegression().fit(X, y)
        np.testing.assert_allclose(numpy_module(model)["predict"](X), model.predict(X), rtol=1e-9)
        (onnx,) = ReferenceEvaluator(onnx_model(model, "float64")).run(None, {"X": X})
        np.testing.assert_allclose(onnx, model.predict(X), rtol=1e-9)


def test_numpy_source_does_not_overflow_far_out():
    model = network("silu")
    module = numpy_module(model)
    far = np.array([-1e4, -700.0, 800.0, 1e4])
    np.testing.assert_allclose(module["f1"](far), ogive.activation("silu")(far), rtol=1e-12)


def test_the_dict_holds_every_number_and_is_json():
    model = network("leaky_relu")
    read = json.loads(json.dumps(to_dict(model), allow_nan=False))
    assert [np.shape(layer["coef"]) for layer in read["layers"]] == [(4, 6), (6, 4), (4, 1)]
    np.testing.assert_array_equal(read["layers"][0]["coef"], model.coefs_[0])
    assert read["layers"][0]["activation"]["parameters"] == {"negative_slope": 0.01}
    assert read["layers"][2]["activation"] is None
    assert math.isclose(read["layers"][2]["intercept"][0], model.intercepts_[2][0])


def test_python_source_makes_the_same_network_again():
    wanted = ogive.MLPClassifier(
        hidden_layer_sizes=(5, 3),
        activation=["tanh", ogive.activation("leaky_relu", negative_slope=0.2)],
        max_iter=7,
        random_state=3,
    )
    rows, labels = make_classification(50, 4, random_state=0)
    names = {}
    exec(python_source(wanted, rows, labels), names)
    wanted.fit(rows, labels)
    for ours, theirs in zip(wanted.coefs_, names["model"].coefs_, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_python_source_writes_a_pipeline():
    text = python_source(make_pipeline(StandardScaler(), ogive.LogisticRegression(C=2.0)))
    assert "make_pipeline(StandardScaler(), LogisticRegression(C=2.0))" in text
    names = {"X": X, "y": Y > 0}
    exec(text, names)
    assert names["model"].predict(X).shape == (60,)


@pytest.mark.parametrize("write", [numpy_source, onnx_model, to_dict])
def test_other_models_are_refused_by_name(write):
    tree = DecisionTreeClassifier().fit(X, Y > 0)
    with pytest.raises(ValueError, match="a DecisionTreeClassifier cannot be exported"):
        write(tree)
    with pytest.raises(ValueError, match="a Pipeline cannot be exported"):
        write(make_pipeline(MinMaxScaler(), ogive.LinearRegression()).fit(X, Y))
    with pytest.raises(NotFittedError):
        write(ogive.LinearRegression())


def test_a_function_without_a_form_in_onnx_is_named():
    with pytest.raises(ValueError, match="'sparsemax' cannot be exported to ONNX"):
        onnx_model(network("sparsemax"))
    with pytest.raises(ValueError, match="dtype='float16'"):
        onnx_model(network("tanh"), "float16")
