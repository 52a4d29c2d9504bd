import json
import re

import mpmath
import numpy as np
import pytest
from sklearn.exceptions import NotFittedError

from ogive import LogisticRegression
from ogive.text import InputError

POINTS = [[2, 4], [2, 1], [3, 3]]
LABELS = [1, 0, 0]
LINES = {"L1": ([-1, 2], -2), "L2": ([-1, 1], -1)}


def exact(z, label):
    """a, loss and dL/dz of one row, in 50 digits."""
    with mpmath.workdps(50):
        a = 1 / (1 + mpmath.exp(-mpmath.mpf(z)))
        loss = -mpmath.log(a if label else 1 - a)
        return float(a), float(loss), float(a - label)


@pytest.mark.parametrize("name", LINES)
def test_the_three_points_have_the_exact_values_under_both_lines(name):
    (w1, w2), b = LINES[name]
    explanation = LogisticRegression.from_weights([w1, w2], b).explain(POINTS, LABELS)
    for i, ((x1, x2), label) in enumerate(zip(POINTS, LABELS, strict=True)):
        z = w1 * x1 + w2 * x2 + b
        a, loss, dz = exact(z, label)
        assert explanation.z[i] == z
        assert explanation.a[i] == pytest.approx(a, rel=1e-15)
        assert explanation.loss[i] == pytest.approx(loss, rel=1e-15)
        assert explanation.dz[i] == pytest.approx(dz, rel=1e-15)
        assert explanation.right[i] == ((z > 0) == label)


def test_the_lectures_numbers_are_shown_to_six_decimals():
    text = LogisticRegression.from_weights([-1, 2], -2).explain(POINTS, LABELS).text("en")
    for number in ("0.018150", "0.126928", "1.313262", "0.731059"):
        assert number in text
    assert text.count("wrong") == 1
    text = LogisticRegression.from_weights([-1, 1], -1).explain(POINTS, LABELS).text("zh")
    assert text.count("0.313262") == 2
    assert "错误" not in text


@pytest.mark.parametrize("z", [1e4, -1e4, 40.0, -40.0, 800.0])
@pytest.mark.parametrize("label", [0, 1])
def test_loss_and_derivative_are_right_far_out(z, label):
    explanation = LogisticRegression.from_weights([1.0]).explain([[z]], [label])
    with mpmath.workdps(5000):  # as many as 1 - exp(-1e4) needs
        a = 1 / (1 + mpmath.exp(-mpmath.mpf(z)))
        loss = -mpmath.log(a if label else 1 - a)
        dz = a - label
    assert explanation.loss[0] == pytest.approx(float(loss), rel=1e-14, abs=0)
    assert explanation.dz[0] == pytest.approx(float(dz), rel=1e-14, abs=0)
    assert np.isfinite(explanation.loss[0])


def test_softmax_has_z_a_and_dz_for_each_class():
    coef = np.array([[1.0, 0], [0, 1], [-1, -1]])
    model = LogisticRegression.from_weights(coef, [0.5, 0, 0], classes=("a", "b", "c"))
    X, y = np.array([[1.0, 2], [3, -1], [0, 0]]), ["b", "a", "c"]
    explanation = model.explain(X, y)
    for i in range(3):
        with mpmath.workdps(50):
            z = [sum(mpmath.mpf(c) * x for c, x in zip(row, X[i], strict=True)) for row in coef]
            z[0] += mpmath.mpf(0.5)
            total = sum(mpmath.exp(one) for one in z)
            a = [mpmath.exp(one) / total for one in z]
            own = "abc".index(y[i])
            loss = -mpmath.log(a[own])
            dz = [p - (k == own) for k, p in enumerate(a)]
        np.testing.assert_allclose(explanation.a[i], np.array(a, float), rtol=1e-14)
        np.testing.assert_allclose(explanation.dz[i], np.array(dz, float), rtol=1e-13)
        assert explanation.loss[i] == pytest.approx(float(loss), rel=1e-14)
    assert explanation.right.tolist() == [True, True, False]


@pytest.mark.parametrize("label", ["a", "b", "c"])
def test_softmax_loss_is_right_far_out(label):
    coef = [[1.0], [0.0], [-1.0]]
    model = LogisticRegression.from_weights(coef, 0.0, classes=("a", "b", "c"))
    explanation = model.explain([[1e4]], [label])
    assert explanation.loss[0] == {"a": 0.0, "b": 1e4, "c": 2e4}[label]
    small = model.explain([[50.0]], ["a"])
    assert small.loss[0] == pytest.approx(float(mpmath.exp(-50)), rel=1e-14, abs=0)
    assert small.dz[0, 0] == pytest.approx(-float(mpmath.exp(-50)), rel=1e-14, abs=0)


def test_it_is_plain_data_for_json_and_a_data_frame():
    explanation = LogisticRegression.from_weights([-1, 2], -2).explain(
        POINTS, LABELS, names=["A", "B", "C"]
    )
    record = json.loads(json.dumps(explanation.to_dict()))
    assert record["rows"][2] == {
        "name": "C",
        "y": 0,
        "z": 1.0,
        "a": explanation.a[2],
        "loss": explanation.loss[2],
        "dz": explanation.dz[2],
        "prediction": 1,
        "right": False,
    }
    frame = explanation.to_polars()
    assert frame["name"].to_list() == ["A", "B", "C"]
    assert frame["loss"].to_list() == explanation.loss.tolist()


def test_a_data_frame_of_many_classes_holds_lists():
    model = LogisticRegression.from_weights(np.eye(3), 0.0, classes=("a", "b", "c"))
    frame = model.explain(np.eye(3), ["a", "b", "c"]).to_polars()
    assert frame["z"].to_list()[0] == [1.0, 0.0, 0.0]


def test_html_escapes_names_and_speaks_both_languages():
    model = LogisticRegression.from_weights([1.0], classes=("<i>no", "yes"))
    explanation = model.explain([[1.0]], ["yes"], names=["<b>"], language="zh")
    assert "&lt;b&gt;" in explanation._repr_html_()
    assert "<b>" not in explanation.html("en")
    assert "平均损失" in explanation.html()
    assert "Mean loss" in explanation.html("en")


def test_many_rows_are_cut_and_the_text_says_so():
    model = LogisticRegression.from_weights([1.0])
    explanation = model.explain(np.linspace(-1, 1, 50)[:, None], np.arange(50) % 2)
    assert "30 more rows are not shown" in explanation.text("en")
    assert "另有 30 行" in explanation.text("zh")
    assert len(explanation.to_polars()) == 50


def test_a_probability_just_below_1_is_not_shown_as_1():
    text = LogisticRegression.from_weights([1.0]).explain([[30.0]], [1]).text("en")
    assert "1.000000" not in text
    assert "9.36e-14" in text


def test_a_label_that_the_model_does_not_know_is_named():
    model = LogisticRegression.from_weights([1.0], classes=("no", "yes"))
    with pytest.raises(InputError, match="'maybe' in row 1") as caught:
        model.explain([[1.0], [2.0]], ["no", "maybe"])
    assert "'maybe'" in caught.value.text.zh


def test_a_name_for_each_row_is_needed():
    with pytest.raises(InputError, match="1 names for 2 rows"):
        LogisticRegression.from_weights([1.0]).explain([[1.0], [2.0]], [0, 1], names=["A"])


@pytest.mark.parametrize("n_classes", [2, 3])
def test_without_y_there_are_z_a_and_the_predicted_class(n_classes):
    coef = [[1.0, -1]] if n_classes == 2 else np.array([[1.0, 0], [0, 1], [-1, -1]])
    model = LogisticRegression.from_weights(coef, 0.0, classes=range(n_classes))
    X = np.array([[1.0, 2], [3, -1], [0.5, 0]])
    explanation, full = model.explain(X), model.explain(X, [0, 1, 0])
    np.testing.assert_array_equal(explanation.z, full.z)
    np.testing.assert_array_equal(explanation.a, full.a)
    np.testing.assert_array_equal(explanation.prediction, model.predict(X))
    assert explanation.y is explanation.loss is explanation.dz is explanation.right is None
    assert explanation.mean_loss is None
    assert explanation.accuracy is None
    assert explanation.to_polars().columns == ["name", "z", "a", "prediction"]
    assert set(explanation.to_dict()["rows"][0]) == {"name", "z", "a", "prediction"}
    for language, predicted, loss in (("en", "predicted", "loss"), ("zh", "预测", "损失")):
        assert predicted in explanation.text(language)
        assert predicted in explanation.html(language)
        assert loss not in explanation.text(language)


def test_a_model_that_is_not_fitted_says_so_with_and_without_y():
    for given in ((POINTS,), (POINTS, LABELS)):
        with pytest.raises(NotFittedError, match="LogisticRegression instance is not fitted yet"):
            LogisticRegression().explain(*given)


@pytest.mark.parametrize(
    ("z", "label", "shown"),
    [
        (14.0, 1, ("1 - 8.32e-07", "8.32e-07", "-8.32e-07")),
        (14.0, 0, ("1 - 8.32e-07", "14.000001", "1 - 8.32e-07")),
        (-14.0, 1, ("8.32e-07", "14.000001", "-1 + 8.32e-07")),
        (10.0, 1, ("1 - 0.0000454", "0.0000454", "-0.0000454")),
        (-9.0, 0, ("0.000123", "0.000123", "0.000123")),
    ],
)
def test_small_numbers_and_distances_to_1_have_three_digits(z, label, shown):
    text = LogisticRegression.from_weights([1.0]).explain([[z]], [label]).text("en")
    row = next(line for line in text.splitlines() if line.startswith("0 "))
    assert tuple(re.split(r"\s{2,}", row)[3:6]) == shown


def test_softmax_shows_what_a_probability_lacks_to_1_though_it_is_rounded():
    model = LogisticRegression.from_weights([[1.0], [0.0], [-1.0]], classes=("a", "b", "c"))
    explanation = model.explain([[50.0]], ["b"])
    assert explanation.a[0, 0] == 1.0
    assert explanation.text("en").count("1 - 1.93e-22") == 2
    assert "-1 + 1.93e-22" in explanation.text("en")
