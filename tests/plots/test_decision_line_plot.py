import numpy as np
import pandas as pd
import pytest
from chart_data import marks, said, svg

from ogive import LogisticRegression
from ogive.plots import decision_line
from ogive.text import InputError

POINTS = [[2, 4], [2, 1], [3, 3]]
CLASSES = [1, 0, 0]
NAMES = list("ABC")


def given(w1, w2, b):
    return LogisticRegression.from_weights([w1, w2], b)


L1, L2 = given(-1, 2, -2), given(-1, 1, -1)
each_line = pytest.mark.parametrize(
    "weights", [(-1, 2, -2), (1, -2, 2), (2, 0, -5), (-2, 0, 5), (0, 1, -2)]
)


def corners(chart):
    return np.array([(r["x"], r["y"]) for r in marks(chart, "line", "corner")])


def rings(chart):
    return {(r["group"], r["x"], r["y"]) for r in marks(chart, "point", "size")}


@each_line
def test_the_line_drawn_is_where_z_is_0(weights):
    w1, w2, b = weights
    ends = marks(decision_line(given(*weights), POINTS, CLASSES), "line", "group")
    assert len(ends) == 2
    assert [w1 * r["x"] + w2 * r["y"] + b for r in ends] == pytest.approx([0, 0], abs=1e-9)


@each_line
def test_the_shaded_side_is_the_positive_one(weights):
    w1, w2, b = weights
    shaded = corners(decision_line(given(*weights), POINTS, CLASSES))
    z = shaded @ [w1, w2] + b
    assert (z >= -1e-9).all()
    assert z.max() > 0.1


def test_line_1_of_the_lecture_misjudges_c_only_and_line_2_nothing():
    assert rings(decision_line(L1, POINTS, CLASSES)) == {("wrong", 3.0, 3.0)}
    assert rings(decision_line(L2, POINTS, CLASSES)) == set()


def test_both_lines_of_the_lecture_are_named_in_one_chart():
    chart = decision_line({"L1": L1, "L2": L2}, POINTS, CLASSES, labels=NAMES)
    assert rings(chart) == {("wrong by L1", 3.0, 3.0)}
    assert {r["group"] for r in marks(chart, "line", "group")} == {"L1", "L2"}
    drawn = svg(chart)
    assert all(f">{name}<" in drawn for name in NAMES)


def test_points_tell_their_z():
    drawn = marks(decision_line(L1, POINTS, CLASSES), "point", "z")
    assert [r["z"] for r in drawn] == [4.0, -2.0, 1.0]


def test_the_line_alone_can_be_drawn():
    chart = decision_line(L1)
    assert len(marks(chart, "line", "group")) == 2
    assert not marks(chart, "point", "z")


def test_a_record_of_a_model_of_more_features_can_be_drawn():
    model = LogisticRegression.from_weights([1.0, 5.0, 2.0], 3.0)
    line = model.decision_line(features=(0, 2), at={1: -1.0})
    ends = marks(decision_line(line, [[0, 0], [1, 3]], [0, 1]), "line", "group")
    assert [r["x"] + 2 * r["y"] - 2 for r in ends] == pytest.approx([0, 0], abs=1e-9)


def test_axes_have_the_names_of_the_features():
    X = pd.DataFrame({"age": [1.0, 2.0, 3.0, 4.0], "dose": [2.0, 1.0, 4.0, 3.0]})
    y = np.array(["ill", "ill", "well", "well"])
    text = svg(decision_line(LogisticRegression().fit(X, y), X, y))
    assert ">age<" in text
    assert ">dose<" in text
    assert "class well" in text


def test_many_points_are_sampled_and_it_is_said():
    random = np.random.RandomState(0)
    X = random.normal(size=(6000, 2))
    X[17] = 9.0, -9.0
    y = (X @ [-1, 2] > 2).astype(int)
    y[17] = 1
    chart = decision_line(L1, X, y)
    assert "of 6,000 rows are drawn" in said(chart)
    assert ("wrong", 9.0, -9.0) in rings(chart)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["decision line", "wrong", "z &gt; 0: class 1", "above the line"]),
        ("zh", ["决策直线", "判错", "z &gt; 0：类别 1", "上方"]),
    ],
)
def test_texts_are_in_the_language(language, words):
    text = svg(decision_line(L1, POINTS, CLASSES, language=language))
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    ("line", "X", "y", "options", "message"),
    [
        (L1, POINTS, [1, 0, 7], {}, "neither of the line's classes"),
        (L1, POINTS, [1, 0], {}, "y has 2 rows and X 3"),
        (L1, POINTS, None, {}, "y is missing"),
        (L1, None, CLASSES, {}, "X is missing"),
        (L1, [[1, 2, 3]] * 3, CLASSES, {}, "two features"),
        (L1, [[1, np.nan]] * 3, CLASSES, {}, "nan in row 0"),
        (L1, POINTS, [1.0, np.nan, 0.0], {}, "missing value"),
        (L1, POINTS, CLASSES, {"labels": ["A"]}, "1 names for 3 points"),
        ({}, POINTS, CLASSES, {}, "Between one and 4 lines"),
        ("L1", POINTS, CLASSES, {}, "Got str instead"),
        (
            LogisticRegression.from_weights(np.eye(3, 2), np.zeros(3), classes=[0, 1, 2]),
            POINTS,
            CLASSES,
            {},
            "3 classes",
        ),
        (LogisticRegression.from_weights([1.0], 0.0), POINTS, CLASSES, {}, "only one"),
    ],
)
def test_bad_input_is_named(line, X, y, options, message):
    with pytest.raises(InputError, match=message):
        decision_line(line, X, y, **options)


@pytest.mark.parametrize(
    ("classes", "y", "english"),
    [
        ((0, 1), np.array([1, 0, 2]), "y holds 2, which is neither of the line's classes 0 and 1."),
        (("a", "b"), np.array(["a", "b", "c"]), "y holds 'c', .* classes 'a' and 'b'."),
    ],
)
def test_unknown_labels_are_told_as_plain_values(classes, y, english):
    model = LogisticRegression.from_weights([-1, 2], -2, classes=classes)
    with pytest.raises(InputError, match=english) as error:
        decision_line(model, POINTS, y)
    assert "np." not in "".join(error.value.text)
    assert f"y 中的 {y[2].item()!r} 不是" in error.value.text.zh
