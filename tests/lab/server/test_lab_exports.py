"""A room's model, written by the server."""

import json

import numpy as np
import pytest
from onnx.reference import ReferenceEvaluator
from sklearn.datasets import load_iris

import ogive

X, Y = load_iris(return_X_y=True)
FORMS = ("python", "numpy", "onnx", "json")


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


def reduction(model, **how):
    """Return many classes by logistic regressions as a page tells them."""
    estimators = model.estimators_
    return {
        "estimator": "LogisticRegression",
        "parameters": {"C": model.estimator.C},
        "coefs": [estimators.coef_.T.tolist()],
        "intercepts": [estimators.intercept_.tolist()],
        "output": "identity",
        "classes": model.classes_.tolist(),
        "reduction": how,
    }


NAMES = np.array(["setosa", "versicolor", "virginica"])[Y]
WORDS = [[1, 1, 0], [-1, 1, 1], [-1, -1, -1]]
INNER = ogive.LogisticRegression(C=0.5)
REDUCTIONS = {
    "vote": (ogive.OneVsOneClassifier(INNER), {"kind": "one_vs_one"}),
    "elimination": (
        ogive.OneVsOneClassifier(INNER, decision="elimination"),
        {"kind": "one_vs_one", "decision": "elimination"},
    ),
    "rest": (ogive.OneVsRestClassifier(INNER), {"kind": "one_vs_rest"}),
    "codes": (
        ogive.OutputCodeClassifier(INNER, code_book=WORDS, decoding="hamming"),
        {"kind": "output_code", "decoding": "hamming", "code_book": WORDS},
    ),
}


@pytest.mark.parametrize("what", REDUCTIONS)
def test_every_form_of_a_reduction_predicts_what_the_library_does(visitor, what):
    model, how = REDUCTIONS[what]
    told = reduction(model.fit(X, NAMES), **how) | {"X": X.tolist(), "y": NAMES.tolist()}
    answers = {form: visitor.post(f"/api/exports/{form}", json=told) for form in FORMS}
    assert {answer.status_code for answer in answers.values()} == {200}
    for form in ("python", "numpy"):
        names = {}
        exec(answers[form].text, names)
        predict = names["model"].predict if form == "python" else names["predict"]
        np.testing.assert_array_equal(predict(X), model.predict(X))
    label, *_ = ReferenceEvaluator(answers["onnx"].content).run(None, {"X": X.astype(np.float32)})
    np.testing.assert_array_equal(label, model.predict(X))
    written = json.loads(answers["json"].content)["reduction"]
    assert written["kind"] == how["kind"]
    assert np.shape(written["code_book"]) == (3, 3)


def test_code_words_go_with_their_classes_in_whatever_order_a_page_has_them(visitor):
    book = dict(zip("cab", WORDS, strict=True))
    letters = np.array(list("cab"))[Y]
    model = ogive.OutputCodeClassifier(INNER, code_book=[book[name] for name in "abc"])
    told = reduction(model.fit(X, letters), kind="output_code", code_book=WORDS)
    told |= {"classes": list("cab"), "X": X.tolist(), "y": letters.tolist()}
    names = {}
    exec(visitor.post("/api/exports/python", json=told).text, names)
    np.testing.assert_array_equal(names["model"].code_book_, model.code_book_)
    exec(visitor.post("/api/exports/numpy", json=told).text, names)
    np.testing.assert_array_equal(names["predict"](X), model.predict(X))


def test_the_python_of_a_reduction_without_rows_asks_for_them(visitor):
    told = reduction(REDUCTIONS["vote"][0].fit(X, NAMES), kind="one_vs_one")
    text = visitor.post("/api/exports/python", json=told).text
    assert "model = OneVsOneClassifier(LogisticRegression(C=0.5))\nmodel.fit(X, y)\n" in text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"classes": None}, "classes must name two classes or more"),
        ({"classes": ["a", "b", "a"]}, "each once"),
        ({"classes": ["a", 1, "1"]}, "each once"),
        ({"classes": [*"abcdefgh"]}, "coefs does not fit the layers: 8 expected, got 3"),
        ({"estimator": "MLPClassifier"}, "logistic or linear regressions inside"),
        ({"output": "softmax"}, "logistic or linear regressions inside"),
        ({"coefs": [[[1.0, 2.0, None]] * 4]}, "coefs"),
        ({"reduction": {"kind": "one_vs_two"}}, "must be one of"),
        ({"reduction": {"kind": "one_vs_one", "decision": "duel"}}, "must be one of"),
        ({"reduction": {"kind": "output_code", "decoding": "nearest"}}, "must be one of"),
        ({"reduction": {"kind": "output_code"}}, "code_book is missing"),
        ({"reduction": {"kind": "output_code", "code_book": [[1], [-1]]}}, "code_book"),
        ({"reduction": {"kind": "output_code", "code_book": [[1], [2], [3]]}}, "code_book"),
        ({"reduction": {"kind": "output_code", "code_book": [[1], [1, -1], [-1]]}}, "code_book"),
        ({"reduction": {"kind": "output_code", "code_book": []}}, "code_book"),
        ({"reduction": {"kind": "output_code", "code_book": [[], [], []]}}, "code_book"),
        ({"reduction": {"kind": "output_code", "code_book": [[1], [1], [-1]]}}, "are equal"),
        (
            {"reduction": {"kind": "output_code", "code_book": [[1, 1], [1, -1], [-1, 1]]}},
            "code_book does not fit the layers: 3 expected, got 2",
        ),
    ],
)
@pytest.mark.parametrize("form", ["python", "numpy"])
def test_a_reduction_that_does_not_fit_is_said_in_both_languages(visitor, form, change, says):
    told = reduction(REDUCTIONS["rest"][0].fit(X, NAMES), kind="one_vs_rest")
    answer = visitor.post(f"/api/exports/{form}", json=told | change)
    assert answer.status_code == 422, answer.text
    error = answer.json()["error"]
    assert says in error["en"]
    assert error["zh"]
