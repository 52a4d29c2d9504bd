"""Exports of many classes put together from two say what the estimators say, ties included."""

import itertools
import json

import numpy as np
import pytest
from onnx_running import RUNNERS
from sklearn.datasets import load_iris, load_wine, make_multilabel_classification
from sklearn.linear_model import LogisticRegression as TheirLogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ogive import (
    LinearRegression,
    LogisticRegression,
    MLPClassifier,
    OneVsOneClassifier,
    OneVsRestClassifier,
    OutputCodeClassifier,
)
from ogive.export import Reduction, layered, numpy_source, onnx_model, python_source, to_dict
from ogive.text import InputError

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning:onnx")

INNER = [LogisticRegression(), LinearRegression()]
LOSSES = ("exponential", "hinge", "logistic", "squared", "squared_hinge")
DECODINGS = ("euclidean", "hamming", "loss", *(f"{one}_loss" for one in LOSSES), "probabilistic")
BOOKS = ("exhaustive", "one_vs_one")  # the second with zeros


def reductions():
    for inner in INNER:
        yield OneVsOneClassifier(inner)
        yield OneVsOneClassifier(inner, decision="elimination")
        yield OneVsRestClassifier(inner)
        for book, decoding in itertools.product(BOOKS, DECODINGS):
            if decoding != "probabilistic" or inner is INNER[0]:
                yield OutputCodeClassifier(inner, code_book=book, decoding=decoding)


def named(model):
    kind, inside = type(model).__name__, type(model.estimator).__name__
    how = [getattr(model, name, "") for name in ("decision", "code_book", "decoding")]
    return " ".join([kind, inside, *filter(None, how)])


MODELS = [pytest.param(model, id=named(model)) for model in reductions()]


def module_of(model):
    names = {}
    exec(numpy_source(model), names)
    return names


def scores_of(model, rows):
    """Return the scores of all classes; regressions against the rest have no public ones."""
    if isinstance(model, OneVsRestClassifier):
        return model.estimators_.confidences(rows)
    return model.decision_function(rows)


def four_classes():
    """Return rows about four corners with names, that overlap."""
    rng = np.random.default_rng(3)
    y = np.arange(120) % 4
    corners = np.array([[1, 1, 0], [1, -1, 0], [-1, 1, 0], [-1, -1, 1]])
    return corners[y] + rng.normal(0, 0.9, (120, 3)), np.array(["north", "east", "west", "up"])[y]


X, Y = four_classes()
AROUND = np.vstack([X, np.random.default_rng(0).normal(0, 4, (200, 3))])


def with_whole_weights(model):
    """Put small whole numbers in place of the weights: answers and scores then tie often."""
    model.fit(X, Y)
    rng = np.random.default_rng(5)
    models = model.estimators_
    models.coef_ = rng.integers(-2, 3, models.coef_.shape).astype(float)
    # Of regressions, that their threshold of 1/2 is met.
    half = 0.5 * isinstance(model.estimator, LinearRegression)
    models.intercept_ = rng.integers(-1, 2, models.intercept_.shape) + half
    return model


WHOLE = np.array(list(itertools.product(range(-2, 3), repeat=3)), dtype=float)


@pytest.mark.parametrize("model", MODELS)
def test_numpy_source_predicts_what_the_model_predicts(model):
    model.fit(X, Y)
    module = module_of(model)
    np.testing.assert_array_equal(module["predict"](AROUND), model.predict(AROUND))
    expected = scores_of(model, AROUND)
    np.testing.assert_allclose(module["scores"](AROUND), expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("model", MODELS)
def test_numpy_source_decides_ties_as_the_model_does(model):
    with_whole_weights(model)
    assert (model.estimators_.confidences(WHOLE) == layered(model).reduction.threshold).any()
    module = module_of(model)
    np.testing.assert_array_equal(module["predict"](WHOLE), model.predict(WHOLE))


@pytest.mark.parametrize("decision", ["vote", "elimination"])
@pytest.mark.parametrize("inner", INNER)
def test_votes_are_the_models(inner, decision):
    model = with_whole_weights(OneVsOneClassifier(inner, decision=decision))
    votes = module_of(model)["votes"](WHOLE)
    np.testing.assert_array_equal(votes, model.votes(WHOLE))
    assert (np.sort(votes)[:, -1] == np.sort(votes)[:, -2]).any()


@pytest.mark.parametrize("model", MODELS)
def test_probabilities_are_the_models_where_they_are_written(model):
    module = module_of(model.fit(X, Y))
    of_pairs = isinstance(model, OneVsOneClassifier)
    if of_pairs or isinstance(model.estimator, LinearRegression):
        assert "predict_proba" not in module
        return
    far = np.vstack([AROUND, 200 * AROUND])
    np.testing.assert_allclose(
        module["predict_proba"](far), model.predict_proba(far), rtol=1e-8, atol=1e-12
    )


@pytest.mark.parametrize("run", RUNNERS)
@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 3e-5), ("float64", 1e-7)])
@pytest.mark.parametrize("model", MODELS)
def test_onnx_predicts_what_the_model_predicts(model, dtype, tolerance, run):
    model.fit(X, Y)
    rows = AROUND.astype(dtype)
    label, scores, *probabilities = run(onnx_model(model, dtype), rows)
    expected = scores_of(model, rows.astype(float))
    np.testing.assert_allclose(scores, expected, rtol=tolerance, atol=tolerance)
    # What ties but for rounding may be decided otherwise; numbers of answers are not rounded.
    best = np.sort(scores)
    clear = best[:, -1] - best[:, -2] > tolerance * (1 + np.abs(best[:, -1]))
    clear |= getattr(model, "decoding", "") == "hamming"
    assert clear.mean() > 0.8
    np.testing.assert_array_equal(label[clear], model.predict(rows.astype(float))[clear])
    assert len(probabilities) == ("predict_proba" in module_of(model))
    for told in probabilities:
        expected = model.predict_proba(rows.astype(float))
        np.testing.assert_allclose(told, expected, rtol=tolerance, atol=tolerance)


EXACT = ("euclidean", "hamming", "hinge_loss", "squared_loss", "squared_hinge_loss")


@pytest.mark.parametrize("run", RUNNERS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_onnx_decides_ties_as_the_model_does_where_numbers_are_exact(dtype, run):
    for model in reductions():
        # Confidences are squashed by tanh where the code book has zeros.
        squashed = getattr(model, "code_book", "") == "one_vs_one"
        if getattr(model, "decoding", "hamming") not in EXACT[squashed:]:
            continue
        with_whole_weights(model)
        label = run(onnx_model(model, dtype), WHOLE.astype(dtype))[0]
        np.testing.assert_array_equal(label, model.predict(WHOLE), err_msg=named(model))


@pytest.mark.parametrize("run", RUNNERS)
@pytest.mark.parametrize("model", MODELS)
def test_two_classes_are_told_apart_as_the_model_does(model, run):
    two = np.isin(Y, ["north", "up"])
    if getattr(model, "code_book", "") == "exhaustive":
        model.set_params(code_book=["north|up"])
    model.fit(X[two], Y[two])
    module = module_of(model)
    label, *told = run(onnx_model(model, "float64"), AROUND)
    expected = model.predict(AROUND)
    np.testing.assert_array_equal(module["predict"](AROUND), expected)
    np.testing.assert_array_equal(label, expected)
    assert module["scores"](AROUND).shape == told[0].shape == (len(AROUND), 2)
    for probabilities in [*told[1:], *(module[k](AROUND) for k in module if k == "predict_proba")]:
        np.testing.assert_allclose(probabilities, model.predict_proba(AROUND), atol=1e-7)


@pytest.mark.parametrize("run", RUNNERS)
@pytest.mark.parametrize("inner", INNER)
def test_labels_that_do_not_exclude_one_another_are_exported(inner, run):
    rows, labels = make_multilabel_classification(80, 4, random_state=0)
    labels[:, 1], labels[:, 3] = 1, 0
    model = OneVsRestClassifier(inner)
    with pytest.warns(match="present in all training examples"):
        model.fit(rows, labels)
    module = module_of(model)
    found, _, *probabilities = run(onnx_model(model, "float64"), rows)
    np.testing.assert_array_equal(module["predict"](rows), model.predict(rows))
    np.testing.assert_array_equal(found, model.predict(rows))
    if inner is INNER[1]:
        assert not probabilities and "predict_proba" not in module
        return
    np.testing.assert_allclose(module["predict_proba"](rows), model.predict_proba(rows), rtol=1e-9)
    np.testing.assert_allclose(probabilities[0], model.predict_proba(rows), atol=1e-9)


@pytest.mark.parametrize("kind", [OneVsOneClassifier, OneVsRestClassifier, OutputCodeClassifier])
def test_features_are_standardised_before_the_reduction(kind):
    rows, labels = load_wine(return_X_y=True)
    model = make_pipeline(StandardScaler(), kind(LogisticRegression())).fit(rows, labels)
    np.testing.assert_array_equal(module_of(model)["predict"](rows), model.predict(rows))
    assert len(to_dict(model)["center"]) == rows.shape[1]


def test_models_that_were_fitted_one_by_one_are_exported():
    model = OneVsOneClassifier(LogisticRegression(class_weight="balanced", fit_intercept=False))
    model.fit(X, Y)
    np.testing.assert_array_equal(module_of(model)["predict"](AROUND), model.predict(AROUND))


def test_the_dict_holds_how_the_models_decide():
    model = OutputCodeClassifier(LogisticRegression(), code_book=["AB|CD", "AC|BD"])
    letters = np.array(list("ABCD"))[np.unique(Y, return_inverse=True)[1]]
    read = json.loads(json.dumps(to_dict(model.fit(X, letters)), allow_nan=False))
    assert read["reduction"] == {
        "kind": "output_code",
        "decision": "euclidean",
        "inside": "logistic",
        "code_book": [[1, 1], [1, -1], [-1, 1], [-1, -1]],
    }
    assert read["classes"] == ["A", "B", "C", "D"]
    np.testing.assert_array_equal(np.transpose(read["layers"][0]["coef"]), model.estimators_.coef_)
    assert "reduction" not in to_dict(LogisticRegression().fit(X, Y))


@pytest.mark.parametrize(
    "inside",
    [
        MLPClassifier((3,), max_iter=20),
        TheirLogisticRegression(),
        make_pipeline(StandardScaler(), LogisticRegression()),
    ],
)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_other_models_inside_are_refused_with_what_can_be_exported(inside):
    model = OneVsRestClassifier(inside).fit(X, Y)
    with pytest.raises(InputError, match=r"StandardScaler\(\), OneVsRestClassifier\(Log") as told:
        numpy_source(model)
    assert "内部模型" in told.value.text.to("zh")


def test_a_reduction_that_was_put_together_by_hand_is_checked():
    with pytest.raises(InputError, match="decision='duel' is unknown: use one of vote, elim"):
        Reduction.pairs(3, "duel", "logistic")
    with pytest.raises(InputError, match="1000 classes have too many pairs"):
        Reduction.pairs(1000, "vote", "logistic")
    with pytest.raises(InputError, match="decoding='nearest' is unknown"):
        Reduction.code_words([[1, 1], [1, -1]], ["a", "b"], "nearest", "logistic")
    with pytest.raises(InputError, match="needs probabilities"):
        Reduction.code_words([[1], [-1]], ["a", "b"], "probabilistic", "least_squares")
    with pytest.raises(InputError, match="code_book"):
        Reduction.code_words([[1, 1], [1, 1]], ["a", "b"], "hamming", "logistic")


def test_python_source_makes_a_reduction_with_its_estimator_again():
    wanted = make_pipeline(
        StandardScaler(),
        OutputCodeClassifier(
            LogisticRegression(C=0.25), code_book=np.array([[1, 1], [1, -1], [-1, 1]])
        ),
    )
    rows, labels = load_iris(return_X_y=True)
    text = python_source(wanted, rows, labels)
    assert "OutputCodeClassifier(LogisticRegression(C=0.25), code_book=[[1, 1], [1, -1]" in text
    names = {}
    exec(text, names)
    np.testing.assert_array_equal(
        names["model"].decision_function(rows), wanted.fit(rows, labels).decision_function(rows)
    )


def test_python_source_names_where_each_estimator_comes_from():
    text = python_source(OneVsOneClassifier(TheirLogisticRegression(C=2.0)))
    assert "from ogive import OneVsOneClassifier\n" in text
    assert "from sklearn.linear_model import LogisticRegression\n" in text
    names = {"X": X, "y": Y}
    exec(text, names)
    assert names["model"].estimators_[0].C == 2.0
