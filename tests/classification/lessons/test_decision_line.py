import json
import math

import numpy as np
import polars as pl
import pytest

from ogive import LogisticRegression
from ogive.text import InputError

SIDES = {
    "above": lambda line, x, y: y > line.slope * x + line.intercept,
    "below": lambda line, x, y: y < line.slope * x + line.intercept,
    "right": lambda line, x, y: x > line.at,
    "left": lambda line, x, y: x < line.at,
    "everywhere": lambda line, x, y: np.ones(len(x), bool),
    "nowhere": lambda line, x, y: np.zeros(len(x), bool),
}


@pytest.mark.parametrize(
    ("weights", "b", "side"),
    [
        ((-1, 2), -2, "above"),
        ((1, -2), 2, "below"),
        ((0, 3), 1, "above"),
        ((0, -3), 1, "below"),
        ((2, 0), -1, "right"),
        ((-2, 0), -1, "left"),
        ((0, 0), 1, "everywhere"),
        ((0, 0), -1, "nowhere"),
        ((0, 0), 0, "nowhere"),
    ],
)
def test_the_positive_side_is_where_the_model_says_so(weights, b, side):
    model = LogisticRegression.from_weights(weights, b)
    line = model.decision_line()
    assert line.positive_side == side
    X = np.random.default_rng(0).uniform(-3, 3, (500, 2))
    np.testing.assert_array_equal(SIDES[side](line, X[:, 0], X[:, 1]), model.predict(X) == 1)


def test_the_lectures_lines_have_their_slopes_and_intercepts():
    first = LogisticRegression.from_weights([-1, 2], -2).decision_line()
    assert (first.slope, first.intercept) == (0.5, 1.0)
    second = LogisticRegression.from_weights([-1, 1], -1).decision_line()
    assert (second.slope, second.intercept) == (1.0, 1.0)


def test_a_vertical_line_has_a_place_and_no_slope():
    line = LogisticRegression.from_weights([2, 0], -1).decision_line()
    assert line.vertical
    assert line.at == 0.5
    assert math.isnan(line.slope)
    assert math.isnan(line.intercept)


def test_other_features_are_held_where_they_are_given():
    model = LogisticRegression.from_weights([1.0, 2, 3, 4], 5, feature_names=["p", "q", "r", "s"])
    line = model.decision_line(["s", "q"], at={"p": 0.5, 2: -1})
    assert line.features == ("s", "q")
    assert line.held == {"p": 0.5, "r": -1.0}
    assert (line.slope, line.intercept) == (-2.0, -(5 + 0.5 - 3) / 2)
    X = np.random.default_rng(1).uniform(-3, 3, (200, 4))
    X[:, 0], X[:, 2] = 0.5, -1
    predicted = model.predict(pl.DataFrame(X, schema=["p", "q", "r", "s"]))
    np.testing.assert_array_equal(SIDES[line.positive_side](line, X[:, 3], X[:, 1]), predicted == 1)


def test_softmax_has_a_line_for_each_pair_of_classes():
    rng = np.random.default_rng(2)
    coef, intercept = rng.normal(size=(4, 2)), rng.normal(size=4)
    model = LogisticRegression.from_weights(coef, intercept, classes=("a", "b", "c", "d"))
    lines = model.decision_line()
    assert [(line.negative, line.positive) for line in lines] == [
        ("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d"),
    ]  # fmt: skip
    X = rng.uniform(-3, 3, (200, 2))
    p = model.predict_proba(X)
    for line in lines:
        i, j = "abcd".index(line.negative), "abcd".index(line.positive)
        side = SIDES[line.positive_side](line, X[:, 0], X[:, 1])
        np.testing.assert_array_equal(side, p[:, j] > p[:, i])
    assert len(lines[1:3]) == 2
    assert str(lines).count("\n") == 5


@pytest.mark.parametrize(
    ("weights", "b", "english", "chinese"),
    [
        (
            (-1, 2),
            -2,
            "x1 = 0.5 x0 + 1: positives (1) above the line, negatives (0) below.",
            "x1 = 0.5 x0 + 1：正类（1）在直线上方，负类（0）在下方。",
        ),
        (
            (-1, -1),
            0,
            "x1 = -x0: positives (1) below the line, negatives (0) above.",
            "x1 = -x0：正类（1）在直线下方，负类（0）在上方。",
        ),
        (
            (0, 2),
            3,
            "x1 = -1.5: positives (1) above the line, negatives (0) below.",
            "x1 = -1.5：正类（1）在直线上方，负类（0）在下方。",
        ),
        (
            (2, 0),
            -1,
            "x0 = 0.5: positives (1) right of the vertical line, negatives (0) left.",
            "x0 = 0.5：正类（1）在竖线右侧，负类（0）在左侧。",
        ),
        (
            (0, 0),
            1,
            "No line: x0 and x1 have weight 0, and 1 is the more probable everywhere.",
            "没有直线：x0 和 x1 的权重为 0，处处都是 1 更可能。",
        ),
    ],
)
def test_the_line_is_put_into_words(weights, b, english, chinese):
    line = LogisticRegression.from_weights(weights, b).decision_line()
    assert line.text("en") == english
    assert line.text("zh") == chinese


def test_held_values_are_said():
    model = LogisticRegression.from_weights([1.0, 1, 1])
    text = model.decision_line([0, 1], at={2: 4}).text("en")
    assert text.startswith("x1 = -x0 - 4 (x2 = 4): ")


def test_it_is_plain_data_for_json():
    line = LogisticRegression.from_weights([2, 0], -1).decision_line()
    record = json.loads(json.dumps(line.to_dict(), allow_nan=False))
    assert record["slope"] is None
    assert record["at"] == 0.5
    assert record["positive_side"] == "right"


@pytest.mark.parametrize(
    ("n_features", "features", "at", "words"),
    [
        (1, None, None, "only one"),
        (3, None, None, "choose the two"),
        (3, ["x0", "x1"], None, "no value for 'x2'"),
        (3, ["x0", "x0"], None, "twice"),
        (3, ["x0", "x9"], None, "'x9'"),
        (3, [0, 3], None, "from 0 to 2"),
        (3, "x0", None, "two names"),
        (3, [0, 1], {"x1": 1}, "one of the two"),
        (3, [0, 1], {"x2": np.inf}, "finite"),
        (3, [0, 1], {"x2": "a"}, "finite"),
    ],
)
def test_what_leaves_the_line_undefined_is_refused(n_features, features, at, words):
    model = LogisticRegression.from_weights(np.ones(n_features))
    with pytest.raises(InputError, match=words):
        model.decision_line(features, at=at)
