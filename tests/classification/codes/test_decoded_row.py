import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import sparse
from sklearn.datasets import load_digits, load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from ogive import OutputCodeClassifier
from ogive.text import InputError

LECTURE = ["AB|CD", "AC|BD"]


def standardised(load, n=None):
    X, y = load(return_X_y=True)
    return StandardScaler().fit_transform(X)[:n], y[:n]


@pytest.fixture(scope="module")
def wine():
    return standardised(load_wine)


@pytest.fixture(scope="module")
def digits():
    return standardised(load_digits, 300)


@pytest.fixture(scope="module")
def quarters():
    """Four classes in the four quarters of the plane."""
    X = np.random.RandomState(0).uniform(-1, 1, size=(200, 2))
    return X, np.array(["D", "C", "B", "A"])[2 * (X[:, 0] > 0) + (X[:, 1] > 0)]


def refusal(call, *arguments):
    with pytest.raises(InputError) as caught:
        call(*arguments)
    return caught.value.text


def test_ab_and_bd_together_mean_b(quarters):
    X, y = quarters
    model = OutputCodeClassifier(LogisticRegression(), code_book=LECTURE, decoding="hamming")
    model.fit(X, y)
    # The first problem parts right from left, the second up from down.
    row = model.explain_row([0.8, -0.7], "B")
    assert row.said(0) == ("A", "B")
    assert row.said(1) == ("B", "D")
    assert row.predicted == "B"
    assert_array_equal(row.distances, [1, 0, 2, 1])
    assert row.corrected == row.wrong == ()
    text = row.text("en")
    assert 'Answers: "AB", "BD".' in text
    assert "decoded: B" in text and "right" in text
    assert "“AB”、“BD”" in row.text("zh")
    assert model.code_quality().errors_corrected == 0
    assert model.score(X, y) > 0.9


def test_a_row_of_any_kind_is_explained(quarters):
    import pandas as pd
    import polars as pl

    X, y = quarters
    names = ["right", "up"]
    model = OutputCodeClassifier(LogisticRegression(), code_book=LECTURE)
    model.fit(pd.DataFrame(X, columns=names), y)
    row = [0.8, -0.7]
    for frame in (pd.DataFrame([row], columns=names), pl.DataFrame([row], names, orient="row")):
        assert model.explain_row(frame).predicted == "B"
    model.fit(sparse.csr_array(X), y)
    for given in (row, np.array(row), [row], sparse.csr_array([row])):
        assert model.explain_row(given).predicted == "B"


def test_by_hamming_the_bits_that_differ_are_the_score(quarters):
    X, y = quarters
    model = OutputCodeClassifier(LogisticRegression(), code_book=LECTURE, decoding="hamming")
    text = model.fit(X, y).explain_row(X[0]).text("en")
    assert "score" not in text and "fewest bits" in text


def test_an_answer_that_was_wrong_and_corrected_is_shown(digits):
    X, y = digits
    model = OutputCodeClassifier(
        LogisticRegression(C=0.001), code_book="bch", decoding="hamming", random_state=0
    ).fit(X, y)
    bits = model.estimators_.positive(X)
    wrong = (bits != (model.code_book_[y] > 0)).sum(axis=1)
    i = int(np.flatnonzero((wrong > 0) & (wrong <= model.code_quality().errors_corrected))[0])
    row = model.explain_row(X[i], y[i])
    assert row.winner == row.true == y[i]
    assert len(row.corrected) == len(row.wrong) == row.distances[row.winner] == wrong[i]
    assert "did not decide" in row.text("en")
    assert "没有改变结果" in row.text("zh")


def test_a_wrong_prediction_says_which_answers_should_have_been_otherwise(quarters):
    X, y = quarters
    model = OutputCodeClassifier(LogisticRegression(), code_book=LECTURE).fit(X, y)
    row = model.explain_row([0.8, -0.7], "A")
    assert row.wrong == (1,)
    assert "wrong. Answer 2 should have been otherwise." in row.text("en")
    assert "第 2 个回答应当相反" in row.text("zh")


@pytest.mark.parametrize(
    ("names", "en", "zh"),
    [
        ("ABC", '"AB", "B".', "“AB”、“B”。"),
        ([0, 1, 2], "{0, 1}, {1}.", "{0、1}、{1}。"),
        (["cat", "dog", "fox"], "{cat, dog}, {dog}.", "{cat、dog}、{dog}。"),
        (["a", "b", "cd"], "{a, b}, {b}.", "{a、b}、{b}。"),
    ],
)
def test_names_that_are_no_single_letters_are_separated(names, en, zh):
    X = np.array([[-3.0, 1], [-2, 1], [-3, -1], [-2, -1], [3, 1], [2, 1]])
    y = np.array(list(names))[[0, 0, 1, 1, 2, 2]]
    book = [[1, 0], [1, 1], [0, 0]]
    row = OutputCodeClassifier(LogisticRegression(), code_book=book).fit(X, y).explain_row([-2, -1])
    assert "Answers: " + en in row.text("en")
    assert "回答：" + zh in row.text("zh")


def test_problems_without_a_class_are_told_to_count_a_half(wine):
    model = OutputCodeClassifier(LogisticRegression(), code_book="one_vs_one").fit(*wine)
    row = model.explain_row(wine[0][0])
    assert row.distances[row.winner] == 0.5
    en, zh = (" ".join(row.text(language).split()) for language in ("en", "zh"))
    assert "takes no part in a problem; it counts as half a bit that differs" in en
    assert "按半个不同的位计" in zh
    assert "In all problems that 0 takes part in, the answer agrees with its code word" in en
    assert "All answers agree" not in en
    assert "在 0 参与的所有问题中" in zh


def test_a_row_is_explained_by_the_scores_that_decide(wine):
    X, y = wine
    for decoding in ("euclidean", "hamming", "loss", "probabilistic"):
        model = OutputCodeClassifier(
            LogisticRegression(), code_book="exhaustive", decoding=decoding
        ).fit(X, y)
        row = model.explain_row(X[:1])
        assert_allclose(row.scores, model.decision_function(X[:1])[0])
        assert model.classes_[row.winner] == model.predict(X[:1])[0]
        assert row.true is row.wrong is None
        assert row.to_polars()["winner"].sum() == 1
        assert "<table>" in row.html("zh") and "zh-Hans" in row.html("zh")


def test_more_than_one_row_is_not_explained(wine):
    model = OutputCodeClassifier(LogisticRegression()).fit(*wine)
    assert "explains one row; got 2" in refusal(model.explain_row, wine[0][:2]).en
    assert "is none of the classes" in refusal(model.explain_row, wine[0][0], 7).en
