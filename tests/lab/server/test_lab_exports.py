"""A room's model, written by the server."""

import json

import numpy as np
import pytest
from onnx.reference import ReferenceEvaluator
from sklearn.datasets import load_iris

import ogive

X, Y = load_iris(return_X_y=True)


def described(model):
    """Return a network as a page tells it."""
    return {
        "estimator": "MLPClassifier",
        "parameters": {
            "hidden_layer_sizes": [4],
            "activation": [{"name": "leaky_relu", "parameters": {"negative_slope": 0.2}}],
            "max_iter": 30,
            "random_state": 0,
        },
        "coefs": [coef.tolist() for coef in model.coefs_],
        "intercepts": [one.tolist() for one in model.intercepts_],
        "activations": [{"name": "leaky_relu", "parameters": {"negative_slope": 0.2}}],
        "output": "softmax",
        "classes": [0, 1, 2],
    }


@pytest.fixture(scope="module")
def network():
    function = ogive.activation("leaky_relu", negative_slope=0.2)
    model = ogive.MLPClassifier((4,), activation=function, max_iter=30, random_state=0)
    with pytest.warns(match="converged"):
        return model.fit(X, Y)


def test_numpy_source_predicts_what_the_page_s_network_predicts(visitor, network):
    answer = visitor.post("/api/exports/numpy", json=described(network))
    assert answer.status_code == 200, answer.text
    assert 'filename="model_numpy.py"' in answer.headers["content-disposition"]
    names = {}
    exec(answer.text, names)
    np.testing.assert_allclose(names["predict_proba"](X), network.predict_proba(X), rtol=1e-9)


def test_onnx_predicts_what_the_page_s_network_predicts(visitor, network):
    answer = visitor.post("/api/exports/onnx", json=described(network))
    label, probabilities = ReferenceEvaluator(answer.content).run(None, {"X": X.astype(np.float32)})
    np.testing.assert_array_equal(label, network.predict(X))
    np.testing.assert_allclose(probabilities, network.predict_proba(X), rtol=1e-4, atol=1e-6)


def test_python_makes_the_network_again(visitor, network):
    told = described(network) | {"X": X.tolist(), "y": Y.tolist()}
    answer = visitor.post("/api/exports/python", json=told)
    names = {}
    with pytest.warns(match="converged"):
        exec(answer.text, names)
    np.testing.assert_array_equal(names["model"].predict(X), network.predict(X))


def test_json_holds_the_weights(visitor, network):
    read = json.loads(visitor.post("/api/exports/json", json=described(network)).content)
    np.testing.assert_array_equal(read["layers"][1]["coef"], network.coefs_[1])
    assert read["output"] == "softmax"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"coefs": [[[1.0], [2.0, 3.0]]], "intercepts": [[0.0]], "activations": []}, "coefs"),
        ({"intercepts": [[0.0], [0.0]]}, "coefs does not fit the layers"),
        ({"classes": [0, 1]}, "classes does not fit the layers: 3 expected, got 2"),
        ({"center": [0.0], "scale": [1.0]}, "center does not fit the layers"),
        ({"activations": [{"name": "rellu"}]}, "Did you mean 'relu'?"),
        ({"estimator": "Unpickler"}, "must be one of"),
    ],
)
def test_what_does_not_fit_is_said_in_both_languages(visitor, network, change, says):
    answer = visitor.post("/api/exports/numpy", json=described(network) | change)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert says in error["en"]
    assert error["zh"]


def test_an_unknown_parameter_is_named(visitor, network):
    told = described(network) | {"parameters": {"layers": 3}}
    answer = visitor.post("/api/exports/python", json=told)
    assert answer.status_code == 422
    assert "MLPClassifier has no parameter 'layers'" in answer.json()["error"]["en"]
