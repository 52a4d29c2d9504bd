"""onnxruntime says what the models say, for every activation that it has the operators of."""

from dataclasses import replace

import numpy as np
import pytest
from onnx_running import run_by_runtime
from sklearn.datasets import load_iris, make_classification, make_multilabel_classification
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import ogive
from ogive.export import layered, onnx_model

runtime = pytest.importorskip("onnxruntime")
VERSION = tuple(int(part) for part in runtime.__version__.split(".")[:2])
pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")

X = np.random.default_rng(0).normal(0, 3, (60, 4))
Y = np.sin(X[:, 0]) + X[:, 1]
NO_FORM = {"sparsemax"}  # in ONNX
# Operators that onnxruntime has in float32 only, and the functions written with them.
ONLY_FLOAT32 = {
    "Asinh": {"asinh"},
    "Atan": {"arctan_curve", "gudermannian"},
    "Erf": {"erf_curve", "geglu", "gelu", "normal_cdf", "serf"},
}
if VERSION < (1, 29):
    ONLY_FLOAT32["Cos"] = {"cosine"}
NAMES = sorted(set(ogive.activations()) - NO_FORM)


def network(name):
    # Few steps, and small ones: exp of exp has left float32 soon.
    return ogive.MLPRegressor(
        hidden_layer_sizes=(6, 4),
        activation=name,
        max_iter=2,
        learning_rate_init=1e-5,
        random_state=0,
    ).fit(X / 10, Y)


def compare(model, dtype, tolerance):
    (predicted,) = run_by_runtime(onnx_model(model, dtype), (X / 10).astype(dtype))
    expected = model.predict(X / 10)
    assert np.isfinite(expected).all()
    np.testing.assert_allclose(predicted, expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("name", NAMES)
def test_every_activation_runs_in_float32(name):
    compare(network(name), "float32", 2e-5)


@pytest.mark.parametrize("name", sorted(set(NAMES).difference(*ONLY_FLOAT32.values())))
def test_every_activation_with_operators_in_float64_runs_in_float64(name):
    compare(network(name), "float64", 1e-11)


@pytest.mark.parametrize(
    ("operator", "name"),
    [(op, name) for op, names in ONLY_FLOAT32.items() for name in sorted(names)],
)
def test_the_list_of_what_float64_lacks_is_true(operator, name):
    with pytest.raises(Exception, match=f"NOT_IMPLEMENTED.*{operator}"):
        compare(network(name), "float64", 1e-11)


def test_the_far_tail_of_gelu_is_right_to_the_rounding_of_1_in_float32_and_no_further():
    one = layered(network("gelu"))
    ones, zeros = (np.ones((1, 1)),) * 2, (np.zeros(1),) * 2
    activations, slopes = one.activations[:1], one.slopes[:1]
    model = replace(
        one, coefs=ones, intercepts=zeros, activations=activations, slopes=slopes, single=True
    )
    z = np.linspace(-12, -4, 81, dtype=np.float32)
    exact = ogive.activation("gelu")(z.astype(np.float64))
    (told,) = run_by_runtime(onnx_model(model), z[:, None])
    rounding = np.finfo(np.float32).eps
    np.testing.assert_array_less(np.abs(told - exact), np.abs(z) * rounding)
    # If this fails, 1 - Erf has been bettered: tell so in the notes of `onnx_model`.
    assert np.abs(told / exact - 1).max() > 0.5


def classifiers():
    iris = load_iris()
    names = iris.target_names[iris.target]
    yield "names", ogive.MLPClassifier((5,), max_iter=40), iris.data, names
    two = make_classification(80, 4, random_state=0)
    yield "two", ogive.MLPClassifier((5,), activation="tanh", max_iter=40), *two
    several = make_multilabel_classification(60, 4, random_state=0)
    yield "several", ogive.MLPClassifier((5,), max_iter=40), *several
    yield "logistic", ogive.LogisticRegression(), *two
    softmax = make_pipeline(StandardScaler(), ogive.LogisticRegression())
    yield "softmax", softmax, iris.data, names


@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 2e-5), ("float64", 1e-10)])
@pytest.mark.parametrize(
    ("model", "rows", "labels"), [pytest.param(*given, id=what) for what, *given in classifiers()]
)
def test_classifiers_run(model, rows, labels, dtype, tolerance):
    model.fit(rows, labels)
    label, probabilities = run_by_runtime(onnx_model(model, dtype), rows.astype(dtype))
    np.testing.assert_array_equal(label, model.predict(rows))
    expected = model.predict_proba(rows)
    np.testing.assert_allclose(probabilities, expected, rtol=tolerance, atol=tolerance)
