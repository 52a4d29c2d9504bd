import numpy as np
import pytest
from chart_data import marks, said, svg
from sklearn.datasets import load_iris

from ogive import LogisticRegression, OutputCodeClassifier
from ogive.plots import code_book
from ogive.text import InputError

SIGN = {"+1": 1, "−1": -1, "0": 0}


def table(chart):
    found = {}
    for cell in marks(chart, "rect", "kind"):
        found[cell["row"], cell["column"]] = SIGN[cell["text"]]
    return found


def framed(chart):
    return {(r["row"], r["column"]) for r in marks(chart, "rect", "kind") if r["framed"]}


@pytest.fixture(scope="module")
def model():
    return OutputCodeClassifier(LogisticRegression(), code_book="one_vs_one").fit(
        *load_iris(return_X_y=True)
    )


def test_the_code_of_the_lecture_is_drawn_bit_by_bit():
    assert table(code_book(["AB|CD", "AC|BD"])) == {
        ("A", "f1"): 1,
        ("A", "f2"): 1,
        ("B", "f1"): 1,
        ("B", "f2"): -1,
        ("C", "f1"): -1,
        ("C", "f2"): 1,
        ("D", "f1"): -1,
        ("D", "f2"): -1,
    }


def test_the_lectures_code_corrects_no_error_and_it_is_said():
    assert "Least distance of two code words: 1" in said(code_book(["AB|CD", "AC|BD"]))
    assert "Errors corrected: 0" in said(code_book(["AB|CD", "AC|BD"]))


def test_the_nearest_pair_of_words_is_framed():
    code = [[1, 1, 1, 1, 1], [-1, -1, -1, -1, 1], [-1, -1, -1, 1, -1], [1, -1, 1, -1, -1]]
    distance = (np.array(code)[:, None] != np.array(code)).sum(axis=2)
    assert distance[1, 2] == 2
    assert (distance + 9 * np.eye(4) >= 2).all()
    rows = {row for row, _ in framed(code_book(code, classes=["w", "x", "y", "z"]))}
    assert rows == {"x", "y"}


def test_a_fitted_classifier_has_its_classes_and_code_book(model):
    found = table(code_book(model))
    assert [[found[str(i), f"f{j + 1}"] for j in range(3)] for i in range(3)] == (
        model.code_book_.tolist()
    )
    assert "takes no part" in svg(code_book(model))


def test_a_decoded_row_has_its_answers_and_distances():
    X, y = load_iris(return_X_y=True)
    code = [[1, 1, 1, -1, -1], [1, -1, -1, 1, 1], [-1, 1, -1, 1, -1]]
    model = OutputCodeClassifier(LogisticRegression(), code_book=code).fit(X, y)
    row = model.explain_row(X[70])
    chart = code_book(row)
    found = table(chart)
    answers = [found["— answers —", f"f{j + 1}"] for j in range(5)]
    expected = [1 if one.predict(X[[70]])[0] > 0 else -1 for one in model.estimators_]
    assert answers == expected
    distances = [bar["value"] for bar in marks(chart, "bar", "value")]
    assert distances == (np.array(code) != expected).sum(axis=1).tolist()
    word = code[row.winner]
    assert framed(chart) == {
        ("— answers —", f"f{j + 1}") for j in range(5) if word[j] != expected[j]
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Two-class problem", "Class", "positive side", "Least distance"]),
        ("zh", ["二分类问题", "类别", "正类一侧", "码字间最小距离"]),
    ],
)
def test_texts_are_in_the_language(language, words):
    text = svg(code_book(["AB|CD", "AC|BD"], language=language))
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ([[1, 1], [1, 1], [-1, -1]], "code_book"),
        ([[1, 1], [1, -1]], "code_book"),
        ([[1, np.nan], [-1, 1]], "code_book"),
        ([[1, 7], [-1, 1]], "code_book"),
        (["AB,CD"], "code_book"),
        (OutputCodeClassifier(LogisticRegression()), "no code book yet"),
        (np.where(np.eye(80) > 0, 1, -1), "has no room"),
    ],
)
def test_bad_code_books_are_refused(code, message):
    with pytest.raises(InputError, match=message):
        code_book(code)


def frames(chart):
    return {(r["row"], r["column"], r["last"]) for r in marks(chart, "rect", "last")}


def test_a_code_word_has_one_frame_around_all_its_bits():
    chart = code_book(["AB|CD", "AC|BD", "AD|BC"])
    assert {(first, last) for _, first, last in frames(chart)} == {("f1", "f3")}
    assert len(frames(chart)) == 2


def test_frames_of_answers_hold_just_those_that_differ():
    X, y = load_iris(return_X_y=True)
    code = [[1, 1, 1, -1, -1], [1, -1, -1, 1, 1], [-1, 1, -1, 1, -1]]
    model = OutputCodeClassifier(LogisticRegression(), code_book=code).fit(X, y)
    charts = [code_book(model.explain_row(X[i])) for i in (70, 106, 119, 133)]
    assert any(map(framed, charts))
    for chart in charts:
        held = {
            (row, f"f{j}")
            for row, first, last in frames(chart)
            for j in range(int(first[1:]), int(last[1:]) + 1)
        }
        assert held == framed(chart)
